"""Pending index work: queued in the transaction of the change, done after it; never carries legal effect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from catalogue.models import IndexTask
from catalogue.queries.ledger import chunked


def enqueue(session: Session, procedure_ids: Iterable[int], now: datetime) -> int:
    """Queue procedures whose search documents must be written again; returns how many."""
    session.flush()  # a procedure made in this transaction needs its row before the task refers to it
    rows = [{"procedure_id": procedure_id, "queued_at": now} for procedure_id in sorted(set(procedure_ids))]
    if rows:
        session.execute(insert(IndexTask), rows)
    return len(rows)


def pending(session: Session, limit: int = 500) -> list[tuple[int, int]]:
    """The oldest tasks not yet done: (task id, procedure id)."""
    query = select(IndexTask.id, IndexTask.procedure_id).where(IndexTask.done_at.is_(None))
    return [(row.id, row.procedure_id) for row in session.execute(query.order_by(IndexTask.id).limit(limit))]


def finish(session: Session, task_ids: Iterable[int], now: datetime) -> None:
    """Mark tasks as done."""
    for ids in chunked(task_ids):
        session.execute(update(IndexTask).where(IndexTask.id.in_(ids)).values(done_at=now))
