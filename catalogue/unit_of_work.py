"""One transaction, opened at the edge (view, command, worker), then the hooks that must run after the commit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)


@dataclass
class UnitOfWork:
    """A session and what to do once its changes are safe."""

    session: Session
    after_commit: list[Callable[[], None]] = field(default_factory=list)


@contextmanager
def unit_of_work(session: Session) -> Iterator[UnitOfWork]:
    """Commit when the block ends well, roll back when it raises; then run the hooks (a failing hook is logged only)."""
    work = UnitOfWork(session)
    try:
        _take_turn(session)
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


def _take_turn(session: Session) -> None:
    """On SQLite wait for the writer's turn at the start: a transaction that reads first and writes later is refused
    at once, without waiting, when somebody else wrote in between."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return
    driver: Any = connection.connection.dbapi_connection
    if not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
