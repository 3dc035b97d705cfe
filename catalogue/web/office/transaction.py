"""Saving from a view: one transaction, and once more when somebody else's commit came in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import abort
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from catalogue import clock, indexing
from catalogue.extensions import db, search
from catalogue.unit_of_work import UnitOfWork, unit_of_work

Result = TypeVar("Result")


def saved(change: Callable[[Session], Result]) -> Result:
    """Run ``change`` in a transaction of its own and commit.

    What the view has read before may be old; everything is read again inside. When the database notices at the very
    end that a row was saved by another, the whole is run once more and then sees the new text: the services merge it,
    or raise ``StaleDraft`` with both.
    """
    try:
        return _once(change)
    except StaleDataError:
        pass
    try:
        return _once(change)
    except StaleDataError:
        abort(409)


def _once(change: Callable[[Session], Result]) -> Result:
    session = db.session()
    with unit_of_work(session) as work:
        session.expire_all()
        found = change(work.session)
        indexing.before_commit(work.session, search(), clock.now())
        work.after_commit.append(lambda: _index(work))
    return found


def _index(work: UnitOfWork) -> None:
    """What was queued in this transaction is searchable at once; what fails waits in the outbox."""
    indexing.after_commit(work.session, search(), clock.now)()
