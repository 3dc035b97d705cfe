"""Drafts for the tests of the office, made by the services as the pages would make them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import Account, Decision
from catalogue.services import drafting, publication
from catalogue.services.drafting import DraftHead, LineInput
from tests.catalogue.cast import ISSUER, introduced

CELLS = (("Mã TTHC", "1.001193"), ("Tên thủ tục", "Đăng ký khai sinh"))
BIRTH = introduced("1.001193", "Đăng ký khai sinh", cells=CELLS)


def account(username: str) -> Account:
    return db.session.scalars(select(Account).where(Account.username == username)).one()


def drafted(
    number: str = "101/QĐ-UBND", *, by: str = "an", lines: tuple[LineInput, ...] = (BIRTH,), **head: Any
) -> int:
    """A draft without open problems; its id."""
    signed_on: date = head.pop("signed_on", clock.today())
    values = {"subject": "Công bố danh mục thủ tục hành chính lĩnh vực hộ tịch", "effect_type": "on_signing",
              "issuer_text": ISSUER, **head}  # fmt: skip
    session, now = db.session(), clock.now()
    decision = drafting.new_draft(
        session, DraftHead(number=number, signed_on=signed_on, **values), actor=account(by), now=now
    )
    for line in lines:
        drafting.add_line(session, decision, line, actor=account(by), now=now)
    session.commit()
    return decision.id


def brought(step: str, **head: Any) -> int:
    """A decision carried to a step by An, Bình and Chi."""
    return carried(drafted(**head), step)


def carried(number: int, step: str) -> int:
    """The same with a draft that is there already."""
    session, now = db.session(), clock.now()
    decision = session.get_one(Decision, number)
    for problem in publication.rehearse(session, decision, now).open:
        drafting.confirm_problem(session, decision, problem.key, reason="đã đối chiếu", actor=account("an"), now=now)
    steps = ("submitted", "reviewed", "approved", "issued")
    for name in steps[: steps.index(step) + 1]:
        if name == "submitted":
            publication.submit(session, decision, actor=account("an"), now=now)
        elif name == "reviewed":
            publication.review(session, decision, actor=account("binh"), now=now)
        elif name == "approved":
            seen = publication.rehearse(session, decision, now).fingerprint
            publication.approve(session, decision, seen=seen, actor=account("chi"), now=now)
        else:
            publication.issue(session, decision, actor=account("an"), now=now)
    session.commit()
    return number
