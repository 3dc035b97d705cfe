"""Writing from a command: wait for the turn however long another import takes, then one transaction, then the index."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from catalogue import clock, indexing, outbox
from catalogue.cli.answers import Progress, Refused
from catalogue.extensions import db, search
from catalogue.unit_of_work import UnitOfWork, is_waiting, take_turn, unit_of_work
from search_index.ports import IndexBusy, SearchError

PATIENCE = 900.0  # seconds; the longest import takes a tenth of it
MANY = 500  # procedures; from here on building anew beside the live index is faster than changing it

Result = TypeVar("Result")


@contextmanager
def writing(session: Session) -> Iterator[UnitOfWork]:
    """``unit_of_work`` that waits for other writers, and says so, instead of giving up."""
    patient_turn(session)
    with unit_of_work(session) as work:
        yield work
        _index_within(session)


def patient_turn(session: Session) -> None:
    """``take_turn`` that waits for other writers, and says so."""
    _patiently(lambda: take_turn(session), "Đang chờ một tiến trình khác ghi xong…")


def _patiently(call: Callable[[], Result], told: str) -> Result:
    """Call again while somebody else is at work."""
    until, said = time.monotonic() + PATIENCE, False
    while True:
        try:
            return call()
        except (OperationalError, IndexBusy) as error:
            if isinstance(error, OperationalError) and not is_waiting(error):
                raise
            if time.monotonic() > until:
                raise
            db.session.rollback()
        if not said:
            click.echo(told, err=True)
            said = True
        time.sleep(0.2)


def rebuild_index(session: Session) -> int:
    """Build a fresh index beside the live one, with progress on a terminal; returns the number of documents.

    Nobody who writes decisions has to wait: only the mark that the waiting tasks are done is a transaction.

    Raises:
        SearchError: the disk is full or another process never stops writing; search answers as before.
    """
    waiting = [task for task, _ in outbox.pending(session, limit=1_000_000)]
    with Progress("Lập chỉ mục", indexing.total(session)) as progress:
        written = _patiently(
            lambda: search().rebuild(indexing.documents(session), progress.show),
            "Đang chờ một tiến trình khác ghi chỉ mục…",
        )
    if search().joins_transactions:
        # The index is switched now: to hold it while waiting for an officer who writes into it would stop both.
        session.commit()
    with writing(session) as work:
        outbox.finish(work.session, waiting, clock.now())
    _catch_up(session)  # what was issued meanwhile could not reach the index
    return written


def _index_within(session: Session) -> None:
    """Where the index joins the transaction, change it in the same one; what fails is done after the commit."""
    backend = search()
    if not backend.joins_transactions:
        return
    waiting = [task for task, _ in outbox.pending(session, limit=1_000_000)]
    if not waiting or len(waiting) < MANY and _has_index():
        indexing.before_commit(session, backend, clock.now())
        return
    try:
        with Progress("Lập chỉ mục", indexing.total(session)) as progress:
            backend.rebuild(indexing.documents(session), progress.show)
    except SearchError as error:
        click.echo(str(error), err=True)
    else:
        outbox.finish(session, waiting, clock.now())


def _catch_up(session: Session) -> None:
    _patiently(indexing.after_commit(session, search(), clock.now), "Đang chờ một tiến trình khác ghi chỉ mục…")


def index_changes(session: Session) -> None:
    """Bring what the last commits changed into the index.

    Raises:
        SearchError: what was committed stands; the work stays in the outbox for the next command or page.
    """
    waiting = len(outbox.pending(session, limit=MANY))
    if waiting >= MANY or (waiting and not _has_index()):
        rebuild_index(session)
    elif waiting:
        _catch_up(session)


def _has_index() -> bool:
    try:
        search().count()
    except SearchError:
        return False
    return True


def index_or_refuse(session: Session, done: str) -> None:
    """``index_changes``; when it cannot be, say what was done nevertheless and how to go on (exit code 1)."""
    try:
        index_changes(session)
    except SearchError as error:
        raise Refused(f"{done} {error} Sau khi xử lý, hãy chạy: catalogue search rebuild.") from None
