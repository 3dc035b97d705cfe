"""Entry and publication of an issued decision in the national database (NĐ 63/2010 Đ.24), done there by a person."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, Decision
from catalogue.services.drafting import DraftingError
from catalogue.services.tasks import calendar
from decisions.kinds import DecisionStatus
from decisions.working_days import Deadline, national_database_deadline


def deadline(session: Session, decision: Decision) -> Deadline | None:
    """The last day for the entry; none while the day of signing is not known."""
    return national_database_deadline(decision.signed_on, calendar(session)) if decision.signed_on else None


def record_entry(session: Session, decision: Decision, on: date, *, actor: Account, now: datetime) -> bool:
    """Record the day on which the decision was public in the national database; returns whether that was in time."""
    if decision.status != DecisionStatus.ISSUED:
        raise DraftingError("Chỉ ghi ngày công khai cho quyết định đã ban hành.")
    if on > now.date() or (decision.signed_on is not None and on < decision.signed_on):
        raise DraftingError(f"Ngày {on:%d/%m/%Y} không nằm trong khoảng từ ngày ký đến hôm nay.")
    last = deadline(session, decision)
    late = last is not None and last.is_late(on)
    before = decision.db_entered_on.isoformat() if decision.db_entered_on else ""
    decision.db_entered_on = on
    audit.record(
        session, actor=actor, action=AuditAction.DB_ENTRY_RECORDED, subject=decision, at=now, number=decision.number,
        changes={"db_entered_on": [before, on.isoformat()]}, due=last.last_day.isoformat() if last else "", late=late,
    )  # fmt: skip
    return not late
