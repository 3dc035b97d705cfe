"""The people of the tests, and the way they take a decision from draft to issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from catalogue.clock import VIETNAM
from catalogue.models import Account, Decision
from catalogue.services import drafting, publication
from catalogue.services.drafting import DraftHead, LineInput
from catalogue.services.people import make_account
from catalogue.services.planning import Plan

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ISSUER = "Ủy ban nhân dân tỉnh Sông Thao"


@dataclass(frozen=True)
class Cast:
    """An drafts, Bình reviews, Chi approves, Dũng drafts elsewhere, the administrator keeps the lists."""

    an: Account
    binh: Account
    chi: Account
    dung: Account
    admin: Account


def make_cast(session: Session) -> Cast:
    """Five real accounts."""
    people = (("an", "drafter"), ("binh", "reviewer"), ("chi", "approver"), ("dung", "drafter"), ("quan-tri", "admin"))
    start = at(date(2020, 1, 1))
    return Cast(
        *(
            make_account(session, username=n, full_name=n.title(), password=n, roles=(r,), now=start, hasher=QUICK)
            for n, r in people
        )
    )


def at(day: date, hour: int = 9) -> datetime:
    """A moment of a Vietnamese day."""
    return datetime.combine(day, time(hour), VIETNAM)


def draft(session: Session, cast: Cast, number: str, signed_on: date, lines: list[LineInput], **head: Any) -> Decision:
    """A draft by An with its lines."""
    values = {
        "effect_type": "on_signing",
        "subject": "Công bố danh mục thủ tục hành chính",
        "issuer_text": ISSUER,
        **head,
    }
    decision = drafting.new_draft(
        session, DraftHead(number=number, signed_on=signed_on, **values), actor=cast.an, now=at(signed_on)
    )
    for line in lines:
        drafting.add_line(session, decision, line, actor=cast.an, now=at(signed_on))
    return decision


def confirm_all(session: Session, cast: Cast, decision: Decision, now: datetime) -> None:
    """An confirms every warning that may be confirmed."""
    for problem in publication.rehearse(session, decision, now).open:
        if not problem.blocking:
            drafting.confirm_problem(
                session, decision, problem.key, reason="đã đối chiếu bản ký", actor=cast.an, now=now
            )


def carry(session: Session, cast: Cast, decision: Decision, now: datetime | None = None) -> Plan:
    """Three people take a draft to its issue."""
    now = now or at(decision.signed_on or date(2026, 1, 1))
    confirm_all(session, cast, decision, now)
    publication.submit(session, decision, actor=cast.an, now=now)
    publication.review(session, decision, actor=cast.binh, now=now)
    seen = publication.rehearse(session, decision, now).fingerprint
    publication.approve(session, decision, seen=seen, actor=cast.chi, now=now)
    return publication.issue(session, decision, actor=cast.an, now=now)


def introduced(code: str, name: str, time: str = "05 ngày làm việc", **rest: Any) -> LineInput:
    """A complete row of a list of new procedures."""
    values: dict[str, Any] = {"level": "commune", "sector": "Hộ tịch", "basis": "Nghị định số 123/2015/NĐ-CP", **rest}
    fields = {"time": time, "place": "Trung tâm Phục vụ hành chính công cấp xã", **values.pop("fields", {})}
    return LineInput(kind="introduced", name=name, code_printed=code, fields=fields, **values)


def amended(code: str, name: str, time: str, **rest: Any) -> LineInput:
    """A row that changes the time limit."""
    values: dict[str, Any] = {
        "level": "commune", "basis": "Nghị định số 07/2025/NĐ-CP", "changed_parts": "Thời hạn giải quyết", **rest,
    }  # fmt: skip
    return LineInput(kind="amended", name=name, code_printed=code, fields={"time": time}, **values)


def abolished(code: str, name: str, **rest: Any) -> LineInput:
    """A row that takes a procedure out of force."""
    values: dict[str, Any] = {"level": "commune", "basis": "Nghị định số 120/2025/NĐ-CP", **rest}
    return LineInput(kind="abolished", name=name, code_printed=code, **values)
