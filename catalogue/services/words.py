"""Changing the words of search: one person proposes, a second decides, and every change ends on a day that is known."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import audit, outbox
from catalogue.audit import AuditAction
from catalogue.models import Account, Procedure, Setting, WordRule, WordRuleProcedure
from catalogue.queries import words as queries
from catalogue.queries.words import WordKind, WordState
from catalogue.services.words_checks import BadWords, checked, still_fits
from catalogue.services.words_effect import Effect


@dataclass(frozen=True)
class WordInput:
    """What a form holds. ``keys`` are those of procedures, in their order; ``last_day`` is the last day in force."""

    kind: WordKind
    phrases: tuple[str, ...] = ()
    legal: str = ""
    keys: tuple[str, ...] = ()
    reason: str = ""
    owner: str = ""
    last_day: date | None = None
    removes: bool = False
    replaces_id: int | None = None
    replaces_shipped: str = ""


def propose(session: Session, given: WordInput, *, actor: Account, now: datetime, on: date) -> WordRule:
    """Put a change before a second person; nothing is different yet.

    Raises:
        BadWords: something cannot be as it is given; the sentence names it.
    """
    found = checked(session, given, on)
    # What stands in for a shipped group is changed, not given up: the group must not come back by it.
    standing = found.replaces.replaces_shipped if found.replaces and not given.removes else ""
    rule = WordRule(
        kind=given.kind.value, phrases=list(found.phrases), legal=found.legal, removes=given.removes,
        replaces_id=found.replaces.id if found.replaces else None, replaces_shipped=given.replaces_shipped or standing,
        reason=found.reason, last_day=given.last_day, owner=found.owner, proposer=actor, proposed_at=now,
    )  # fmt: skip
    rule.procedures = _placed(found.procedures)
    session.add(rule)
    session.flush()
    _record(session, rule, AuditAction.WORDS_PROPOSED, actor, now, reason=rule.reason)
    return rule


def approve(
    session: Session, rule: WordRule, effect: Effect, *, override: str, actor: Account, now: datetime, on: date
) -> None:
    """Let a change hold from now on, having seen what it does to the judged questions.

    Raises:
        BadWords: the proposer cannot decide, the proposal is not open any more, its day is over, another
            rule has taken its place, or the effect is a fall that nobody has given a reason for.
    """
    _still_open(rule, actor)
    if rule.last_day is not None and rule.last_day < on:
        raise BadWords(f"Ngày cuối {rule.last_day:%d/%m/%Y} của đề nghị đã qua; hãy đề nghị lại với ngày mới.")
    still_fits(session, rule, on)
    if effect.falls and not override.strip():
        raise BadWords(
            f"Thay đổi này làm điểm nDCG của các câu được chạm đến giảm {effect.fall:.3f}".replace(".", ",")
            + "; hãy trả lại, hoặc ghi lý do vẫn duyệt."
        )
    if rule.replaces is not None:
        _end(rule.replaces, rule, now)
    rule.state = WordState.ENDED if rule.removes and not rule.replaces_shipped else WordState.APPROVED
    rule.decided_by, rule.decided_at, rule.override, rule.effect = actor, now, override.strip(), effect.to_json()
    _moved_on(session, [rule, rule.replaces], now)
    _record(session, rule, AuditAction.WORDS_APPROVED, actor, now, override=rule.override, effect=rule.effect)


def reject(session: Session, rule: WordRule, *, note: str, actor: Account, now: datetime) -> None:
    """Send a proposal back for good; the note says why, and the proposer may propose anew.

    Raises:
        BadWords: the proposer cannot decide, the proposal is not open any more, or the note is empty.
    """
    _still_open(rule, actor)
    if not note.strip():
        raise BadWords("Ghi lý do không duyệt để người đề nghị biết.")
    rule.state, rule.decided_by, rule.decided_at, rule.note = WordState.REJECTED, actor, now, note.strip()
    _record(session, rule, AuditAction.WORDS_REJECTED, actor, now, note=rule.note)


def withdraw(session: Session, rule: WordRule, *, actor: Account, now: datetime) -> None:
    """Take back one's own proposal.

    Raises:
        BadWords: it is another's, or not open any more.
    """
    if rule.state != WordState.PROPOSED:
        raise BadWords("Đề nghị này đã được quyết định nên không rút lại được.")
    if rule.proposer_id != actor.id:
        raise BadWords("Chỉ người đề nghị mới rút lại được đề nghị này.")
    rule.state, rule.decided_by, rule.decided_at = WordState.WITHDRAWN, actor, now
    _record(session, rule, AuditAction.WORDS_WITHDRAWN, actor, now)


def write_down_expired(session: Session, *, on: date, now: datetime) -> int:
    """Note what has run out, and queue the procedures whose friendly name did; returns how many rules.

    Readers never wait for this: a rule stops holding by its day alone. Only the index still knows the old name.
    """
    overdue = queries.overdue(session, on)
    for rule in overdue:
        rule.state, rule.ended_at = WordState.EXPIRED, now
        _record(session, rule, AuditAction.WORDS_EXPIRED, None, now)
    if overdue:
        _moved_on(session, overdue, now)
    return len(overdue)


def _still_open(rule: WordRule, actor: Account) -> None:
    if rule.state != WordState.PROPOSED:
        raise BadWords("Đề nghị này đã được quyết định hoặc đã rút lại.")
    if rule.proposer_id == actor.id:
        raise BadWords("Người đề nghị không tự duyệt; hãy để một người khác xem và quyết định.")
    if rule.replaces is not None and rule.replaces.state not in (WordState.APPROVED, WordState.EXPIRED):
        raise BadWords("Mục mà đề nghị này thay thế không còn dùng nữa; hãy đề nghị lại.")


def _end(replaced: WordRule, by: WordRule, now: datetime) -> None:
    replaced.state, replaced.ended_by_id, replaced.ended_at = WordState.ENDED, by.id, now


def _moved_on(session: Session, rules: Sequence[WordRule | None], now: datetime) -> None:
    """Tell every process that the words are others now, and have the documents with other names written again."""
    named = [rule for rule in rules if rule is not None and rule.kind == WordKind.FRIENDLY_NAME]
    outbox.enqueue(session, [held.procedure_id for rule in named for held in rule.procedures], now)
    mark = session.get(Setting, queries.REVISION) or Setting(key=queries.REVISION)
    mark.value = secrets.token_hex(8)
    session.add(mark)


def _placed(procedures: Sequence[Procedure]) -> list[WordRuleProcedure]:
    return [WordRuleProcedure(procedure=procedure, place=place) for place, procedure in enumerate(procedures, start=1)]


def _record(
    session: Session, rule: WordRule, action: AuditAction, actor: Account | None, now: datetime, **detail: object
) -> None:
    audit.record(
        session, actor=actor, action=action, subject=rule, at=now, kind=rule.kind, phrases=rule.phrases,
        legal=rule.legal, procedures=[held.procedure.key for held in rule.procedures],
        last_day=rule.last_day.isoformat() if rule.last_day else "", **detail,
    )  # fmt: skip


def owners(session: Session) -> list[Account]:
    """The people who may answer for words: active accounts with a role."""
    query = select(Account).where(Account.active.is_(True), Account.roles != "").order_by(Account.full_name)
    return list(session.scalars(query))
