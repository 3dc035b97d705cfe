"""One transaction, opened at the edge (view, command, worker), then the hooks that must run after the commit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

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
