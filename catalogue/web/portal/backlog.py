"""Index work that was left behind is done soon after: a process was killed between commit and index, the disk was full,
a rebuild held the index too long. Once a minute a process looks, after a page is sent; nobody waits for it.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from flask import Flask, Response, current_app
from sqlalchemy.orm import Session

from catalogue import clock, indexing, outbox
from catalogue.extensions import db, search

logger = logging.getLogger(__name__)

EVERY = 60.0  # seconds between two looks of a process
AT_ONCE = 100  # tasks; many are for a command, which builds anew


@dataclass
class Look:
    """When this process looks next, in seconds of ``time.monotonic``: the first time after its first page."""

    due: float = 0.0


def init_app(app: Flask) -> None:
    """Look after pages; it costs a comparison of times."""
    app.extensions["index_backlog"] = Look()
    app.after_request(_look)


def _look(response: Response) -> Response:
    look: Look = current_app.extensions["index_backlog"]
    now = time.monotonic()
    if now >= look.due and response.status_code == 200:
        look.due = now + EVERY
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        response.call_on_close(lambda: _work_off(app))
    return response


def _work_off(app: Flask) -> None:
    with app.app_context():
        try:
            work_off(db.session())
        except Exception:  # no index, a busy disk, an empty database: in a minute, or with an officer's next change
            logger.info("index work still waits", exc_info=True)


def work_off(session: Session) -> int:
    """Index some of what waits; returns how many tasks were done.

    Raises:
        SearchError: the index cannot be written; the tasks wait on.
    """
    if not outbox.pending(session, 1):
        return 0
    done = indexing.sync(session, search(), clock.now(), AT_ONCE)
    session.commit()
    return done
