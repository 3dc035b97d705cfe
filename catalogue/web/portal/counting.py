"""Counting questions that found no good answer: without cookies, addresses or accounts, and after the answer is sent.

A result that was opened is known by the referrer that the browser sends from our own list of results (the policy is
``same-origin``), so that links stay as they are and what people copy says nothing of their question. Browsers that
send none are not counted as opening. Counts wait in memory and are written once a minute; a process that is killed
loses a minute of them, which a list of frequent questions can bear.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from urllib.parse import parse_qs, urlsplit

from flask import Flask, Response, current_app, g, request, url_for
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.queries import question_counts as queries
from catalogue.services import question_counts
from catalogue.services.question_counts import Tally
from catalogue.unit_of_work import unit_of_work
from catalogue.web.portal.filters import ProcedureFilter
from catalogue.web.portal.moment import Moment
from catalogue.web.portal.search import Findings
from search_index.privacy import KnownWords, keepable

logger = logging.getLogger(__name__)

EVERY = 60.0  # seconds between two writings
MOST_KEPT = 2_000
PATIENCE = 0.3  # seconds; counts can wait for a long import, visitors cannot
SHORT_PATIENCE = f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}"
USUAL_PATIENCE = "PRAGMA busy_timeout = 15000"


@dataclass
class Waiting:
    """Counts not written down yet, by day and question; ``known`` are the words of the catalogue of a revision."""

    tallies: dict[tuple[date, str], Tally] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    written_at: float = field(default_factory=time.monotonic)
    known: tuple[str, KnownWords] | None = None

    def add(self, day: date, text: str, tally: Tally) -> None:
        """Count one more; beyond a bound new questions are let go."""
        with self.lock:
            if (day, text) in self.tallies or len(self.tallies) < MOST_KEPT:
                self.tallies.setdefault((day, text), Tally()).add(tally)

    def taken(self) -> dict[tuple[date, str], Tally]:
        """Everything that waits, which then waits no more."""
        with self.lock:
            self.written_at = time.monotonic()
            found, self.tallies = self.tallies, {}
            return found


def init_app(app: Flask) -> None:
    """Count after every page of procedures, once it is sent."""
    app.extensions["question_counts"] = Waiting()
    app.after_request(_count_opened)


def asked(findings: Findings, moment: Moment) -> None:
    """A question was put and answered so; only its first page, about today and without filters, is counted."""
    text = findings.wanted.text
    if text and moment.is_ordinary and not findings.degraded and findings.wanted == ProcedureFilter(text):
        g.counted = (text, Tally(1, int(not findings.total), int(bool(findings.total) and not findings.is_sure)))


def _count_opened(response: Response) -> Response:
    counted = g.pop("counted", None)
    if request.endpoint == "portal.show_procedure" and response.status_code in (200, 304):
        counted = (_question_before(), Tally(opened=1))
    if counted and counted[0] and request.method == "GET" and current_app.config["QUESTION_WEEKS"]:
        app, revision = current_app._get_current_object(), g.get("revision", "")  # type: ignore[attr-defined]
        response.call_on_close(lambda: _count(app, revision, *counted))
    return response


def _question_before() -> str:
    """The question of the list of results that led here; empty when something else did."""
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host or before.path != url_for("portal.list_procedures"):
        return ""
    return parse_qs(before.query).get("q", [""])[0]


def _count(app: Flask, revision: str, text: str, tally: Tally) -> None:
    with app.app_context():
        waiting: Waiting = app.extensions["question_counts"]
        try:
            if waiting.known is None or waiting.known[0] != revision:
                waiting.known = (revision, queries.known_words(db.session()))
            if kept := keepable(text, waiting.known[1]):
                waiting.add(clock.today(), kept, tally)
            if time.monotonic() - waiting.written_at >= EVERY:
                write_down(app)
        except Exception:
            logger.exception("questions not counted")


def write_down(app: Flask) -> None:
    """Write what waits; where another writer is at work it waits on."""
    waiting: Waiting = app.extensions["question_counts"]
    found = waiting.taken()
    try:
        with db.engine.connect() as connection, _impatient(connection), Session(connection) as session:
            _write(session, app, found)
    except OperationalError as error:
        logger.info("questions wait to be counted: %s", error.orig)
        for (day, text), tally in found.items():
            waiting.add(day, text, tally)


def _write(session: Session, app: Flask, found: dict[tuple[date, str], Tally]) -> None:
    config = app.config
    with unit_of_work(session, PATIENCE) as work:
        question_counts.write_down(
            work.session, ((day, text, tally) for (day, text), tally in found.items()),
            secret=config["SECRET_KEY"], shown_from=config["QUESTION_SHOWN_FROM"],
        )  # fmt: skip
        question_counts.purge(work.session, clock.today(), config["QUESTION_WEEKS"])


@contextmanager
def _impatient(connection: Connection) -> Iterator[None]:
    """Do not stand in line behind a long import; the connection goes back to the others as it was."""
    sqlite = connection.dialect.name == "sqlite"
    try:
        if sqlite:
            connection.exec_driver_sql(SHORT_PATIENCE)
            connection.commit()
        yield
    finally:
        if sqlite:
            connection.rollback()
            connection.exec_driver_sql(USUAL_PATIENCE)
            connection.commit()
