"""The calendar that legal deadlines are counted by: edited by a person, recorded, and open tasks dated anew."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, Decision, HolidayEntry, OrderedTask
from catalogue.services.tasks import open_tasks
from decisions.working_days import HolidayKind


def put_holiday(
    session: Session, day: date, kind: HolidayKind, *, name: str, source: str, actor: Account, now: datetime
) -> HolidayEntry:
    """Enter a day, or change what was entered for it."""
    entry = session.get(HolidayEntry, day)
    before = {"kind": entry.kind, "name": entry.name, "source": entry.source} if entry else {}
    if entry is None:
        entry = HolidayEntry(day=day)
        session.add(entry)
    entry.kind, entry.name, entry.source = kind.value, name, source
    after = {"kind": entry.kind, "name": entry.name, "source": entry.source}
    _record(session, actor, now, day, {key: [before.get(key, ""), after[key]] for key in after})
    return entry


def remove_holiday(session: Session, entry: HolidayEntry, *, actor: Account, now: datetime) -> None:
    """Take a day out; it is then what the week says."""
    changes = {key: [getattr(entry, key), ""] for key in ("kind", "name", "source")}
    session.delete(entry)
    _record(session, actor, now, entry.day, changes)


def _record(session: Session, actor: Account, now: datetime, day: date, changes: dict[str, list[str]]) -> None:
    session.flush()  # deadlines are counted from the rows
    moved = {name: change for name, change in changes.items() if change[0] != change[1]}
    audit.record(
        session, actor=actor, action=AuditAction.HOLIDAY_CHANGED, subject=None, at=now,
        day=day.isoformat(), changes=moved,
    )  # fmt: skip
    waiting = select(OrderedTask.decision_id).where(OrderedTask.done_at.is_(None))
    for decision in session.scalars(select(Decision).where(Decision.id.in_(waiting))):
        open_tasks(session, decision, now)
