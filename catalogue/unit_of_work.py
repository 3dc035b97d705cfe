"""One transaction, opened at the edge (view, command, worker), then the hooks that must run after the commit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

WRITERS = 63_2010
"""Any number, the same for all writers: the key of their lock on PostgreSQL, held until commit or rollback."""

PATIENCE = 15.0
"""Seconds to wait for the turn, as long as SQLite waits (``busy_timeout``): one long import must not hold up, request
by request, every thread that serves readers."""

READING = "reading"

logger = logging.getLogger(__name__)


@dataclass
class UnitOfWork:
    """A session and what to do once its changes are safe."""

    session: Session
    after_commit: list[Callable[[], None]] = field(default_factory=list)


@contextmanager
def unit_of_work(session: Session, patience: float = PATIENCE) -> Iterator[UnitOfWork]:
    """Commit when the block ends well, roll back when it raises; then run the hooks (a failing hook is logged only).

    Raises:
        OperationalError: another writer kept the turn for longer than ``patience`` (seconds; on SQLite that of the
            connection counts).
    """
    work = UnitOfWork(session)
    try:
        take_turn(session, patience)
        yield work
        session.commit()
    except BaseException:
        session.rollback()
        raise
    for hook in work.after_commit:
        try:
            hook()
        except Exception:
            logger.exception("after-commit hook failed; the outbox will retry")


def take_turn(session: Session, patience: float = PATIENCE) -> None:
    """Wait for the writer's turn at the start: writers follow one another, so that a plan is never computed from a
    ledger that another one is changing. A transaction of SQLite that reads first and writes later would be refused at
    once when somebody else wrote in between; on PostgreSQL two writers would both see the state before."""
    if session.info.pop(READING, False):
        session.rollback()  # what was read so far may be old by now
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config("lock_timeout", f"{patience:.3f}s", True)))
        connection.execute(select(func.pg_advisory_xact_lock(WRITERS)))
        connection.execute(select(func.set_config("lock_timeout", "0", True)))
    if connection.dialect.name != "sqlite":
        return
    driver: Any = connection.connection.dbapi_connection
    if not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def is_waiting(error: DBAPIError) -> bool:
    """Whether a statement failed only because another writer was at work: ``database is locked``, ``canceling
    statement due to lock timeout``."""
    words = str(error.orig).lower()
    return "locked" in words or "lock timeout" in words


def read_one_moment(session: Session) -> None:
    """Let everything that the session reads from here on be of one moment: a page never shows half of a decision.

    Ends with the session, or with the first ``unit_of_work``. Does nothing inside a transaction that has begun.
    """
    if session.in_transaction():
        return
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})
    elif dialect == "sqlite":
        connection = session.connection()
        driver: Any = connection.connection.dbapi_connection
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN")
    session.info[READING] = True
