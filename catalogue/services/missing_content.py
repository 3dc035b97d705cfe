"""What people ask and the catalogue does not tell: noted, given to a person, closed with what was done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, MissingContent
from search_index.vietnamese import clean

LONGEST_QUESTION = 300  # characters
LONGEST_NOTE = 2_000


class BadNote(ValueError):
    """A note that cannot be; the message is one Vietnamese sentence."""


def note(session: Session, question: str, text: str, *, owner: str, actor: Account, now: datetime) -> MissingContent:
    """Give a person a question to look after.

    Raises:
        BadNote: something is missing or too long, or there is no such person.
    """
    question, text = clean(question), clean(text)
    if not question or not text:
        raise BadNote("Ghi câu hỏi và điều còn thiếu.")
    if len(question) > LONGEST_QUESTION or len(text) > LONGEST_NOTE:
        raise BadNote(f"Câu hỏi dài nhất {LONGEST_QUESTION} ký tự, phần ghi thêm dài nhất {LONGEST_NOTE} ký tự.")
    person = session.scalar(select(Account).where(Account.username == owner, Account.active.is_(True)))
    if person is None:
        raise BadNote(f"Người phụ trách «{owner}» không có trong danh sách tài khoản đang dùng.")
    found = MissingContent(question=question, note=text, owner=person, noted_by=actor, noted_at=now)
    session.add(found)
    session.flush()
    audit.record(
        session, actor=actor, action=AuditAction.CONTENT_NOTED, subject=found, at=now, question=question,
        note=text, owner=owner,
    )  # fmt: skip
    return found


def close(session: Session, found: MissingContent, outcome: str, *, actor: Account, now: datetime) -> None:
    """Say what became of it; the one who looks after it and the one who noted it may.

    Raises:
        BadNote: it is another's, closed already, or nothing is said.
    """
    if found.done_at is not None:
        raise BadNote(f"Việc «{found.question}» đã được báo xong.")
    if actor.id not in (found.owner_id, found.noted_by_id):
        raise BadNote("Chỉ người phụ trách hoặc người ghi việc này mới báo xong được.")
    if not clean(outcome):
        raise BadNote("Ghi đã xử lý thế nào.")
    if len(outcome) > LONGEST_NOTE:
        raise BadNote(f"Phần ghi dài {len(outcome)} ký tự, nhiều hơn {LONGEST_NOTE} ký tự được phép.")
    found.outcome, found.done_by, found.done_at = clean(outcome), actor, now
    audit.record(
        session, actor=actor, action=AuditAction.CONTENT_CLOSED, subject=found, at=now, question=found.question,
        outcome=found.outcome,
    )  # fmt: skip
