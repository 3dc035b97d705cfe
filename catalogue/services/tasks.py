"""Tasks that decisions order: opened when a decision is recorded, dated by the calendar, closed by a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, Decision, HolidayEntry, OrderedTask
from catalogue.services.drafting import DraftingError
from decisions.tasks import orders_in
from decisions.working_days import Calendar, Holiday, HolidayKind


def calendar(session: Session) -> Calendar:
    """The province's calendar as it stands."""
    rows = session.scalars(select(HolidayEntry).order_by(HolidayEntry.day))
    return Calendar(tuple(Holiday(row.day, HolidayKind(row.kind), row.source or row.name) for row in rows))


def open_tasks(session: Session, decision: Decision, now: datetime) -> list[OrderedTask]:
    """Open what the articles order and is not open yet; the last days follow when dates or calendar change."""
    have = {(task.kind, task.article): task for task in _tasks_of(session, decision)}
    days = calendar(session)
    for order in orders_in((str(label), str(text)) for label, text in decision.articles):
        task = have.get((order.kind.value, order.article))
        if task is None:
            task = OrderedTask(decision_id=decision.id, kind=order.kind.value, article=order.article, opened_at=now)
            session.add(task)
            have[order.kind.value, order.article] = task
        task.sentence = order.sentence
        task.due_on = order.due_on(decision.signed_on, decision.effect_from or decision.signed_on, days)
    session.flush()  # the to-do list reads the rows
    return list(have.values())


def close_task(session: Session, task: OrderedTask, *, note: str, actor: Account, now: datetime) -> None:
    """Say that it is done, and by what (a decision number, a date of configuration)."""
    if not note.strip():
        raise DraftingError("Cần ghi kết quả: số quyết định phê duyệt hoặc ngày đã cấu hình.")
    task.done_at, task.done_by_id, task.done_note = now, actor.id, note.strip()
    audit.record(
        session, actor=actor, action=AuditAction.TASK_CLOSED, subject=task.decision, at=now,
        kind=task.kind, article=task.article, note=note.strip(),
    )  # fmt: skip


def _tasks_of(session: Session, decision: Decision) -> list[OrderedTask]:
    query = select(OrderedTask).where(OrderedTask.decision_id == decision.id)
    return list(session.scalars(query.order_by(OrderedTask.id)))
