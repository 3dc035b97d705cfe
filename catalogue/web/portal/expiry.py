"""Once a day and process, after the first page is sent: what has run out is written down and leaves the index.

Nothing waits for it. Words stop holding by their last day alone; only documents still carry the old friendly name.
"""

from __future__ import annotations

import logging
from datetime import date

from flask import Flask, Response, current_app
from sqlalchemy.orm import Session

from catalogue import clock, indexing
from catalogue.extensions import db, search
from catalogue.queries import words
from catalogue.services.words import write_down_expired
from catalogue.unit_of_work import unit_of_work

logger = logging.getLogger(__name__)

KEY = "words_looked_at"


def init_app(app: Flask) -> None:
    """Look after every page; it costs a comparison of days."""
    app.extensions[KEY] = None
    app.after_request(_look)


def _look(response: Response) -> Response:
    today = clock.today()
    if current_app.extensions[KEY] != today and response.status_code == 200:
        current_app.extensions[KEY] = today
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        response.call_on_close(lambda: _tidy(app, today))
    return response


def _tidy(app: Flask, today: date) -> None:
    with app.app_context():
        try:
            write_down(db.session(), today)
        except Exception:  # a busy database or an empty one: tomorrow, or an officer's next look, will do
            logger.info("words that ran out not written down", exc_info=True)


def write_down(session: Session, today: date) -> None:
    """Note what ran out before today, and write the documents again that bore its name."""
    if not words.overdue(session, today):
        return
    session.rollback()  # what was read must not hold up the writer's turn
    with unit_of_work(session) as work:
        write_down_expired(work.session, on=today, now=clock.now())
        work.after_commit.append(indexing.after_commit(work.session, search(), clock.now))
