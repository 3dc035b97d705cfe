"""Drafts of decisions: the head, the lines, the leftovers and acts, edited without ever losing what somebody wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, Decision, DecisionAct, DecisionLine, Leftover
from catalogue.services.merging import DraftingError, StaleDraft, merged, plain
from catalogue.services.registry import agency_named
from decisions.content import ProcedureContent, canonical_json
from decisions.kinds import DecisionStatus
from decisions.lifecycle import after_edit
from decisions.numbering import parse_code, parse_decision_number

__all__ = [
    "DraftHead", "DraftingError", "LineInput", "StaleDraft", "add_line", "append_line", "confirm_act",
    "confirm_problem", "discard", "edit_head", "edit_line", "handle_leftover", "merged", "new_draft", "remove_line",
]  # fmt: skip


KEY_LENGTH = 80  # of the columns that hold keys; a longer cell is no code, and its words are kept as printed


@dataclass(frozen=True)
class DraftHead:
    """The head of a decision as typed or imported; empty values are allowed in a draft."""

    kind: str = "publication"
    register: str = "public"
    number: str = ""
    issuer_text: str = ""
    signed_on: date | None = None
    place: str = ""
    signer: str = ""
    capacity: str = ""
    subject: str = ""
    bases: tuple[str, ...] = ()
    proposal: str = ""
    articles: tuple[tuple[str, str], ...] = ()
    recipients: tuple[str, ...] = ()
    effect_type: str = "unresolved"
    effect_text: str = ""
    effect_from: date | None = None
    effect_until: date | None = None
    stated: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class LineInput:
    """One annex row as typed or imported. ``content`` is given only when the text was written out in full."""

    kind: str = "unknown"
    name: str = ""
    code_printed: str = ""
    level: str = "unknown"
    sector: str = ""
    annex: str = ""
    part: str = ""
    section: str = ""
    ordinal: str = ""
    place: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    doubts: tuple[dict[str, str], ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    changed_parts: str = ""
    basis: str = ""
    effect_type: str = ""
    effect_text: str = ""
    effect_from: date | None = None
    effect_until: date | None = None
    resolved_by: str = ""
    replaces: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    content: ProcedureContent | None = None


def new_draft(session: Session, head: DraftHead, *, actor: Account, now: datetime) -> Decision:
    """Start a draft. Raises ``DraftingError`` when the number, issuer and year are taken (domain rule 19)."""
    decision = Decision(created_at=now, drafter_id=actor.id, editors=[actor.id])
    _put_head(session, decision, _head_values(head))
    _refuse_second(session, decision)
    session.add(decision)
    session.flush()  # lines and the audit entry point to the id
    audit.record(
        session, actor=actor, action=AuditAction.DECISION_DRAFTED, subject=decision, at=now, number=decision.number
    )
    return decision


def edit_head(
    session: Session, decision: Decision, changes: Mapping[str, Any], *, seen: int, actor: Account, now: datetime,
    base: Mapping[str, Any] | None = None,
) -> Decision:  # fmt: skip
    """Change fields of ``DraftHead``.

    ``seen`` is the ``lock_version`` the person started from and ``base`` the values shown then. When somebody else
    saved in between, changes of different fields are merged; the same field raises ``StaleDraft`` with both texts.
    """
    refuse_issued(decision)
    before = {name: getattr(decision, name) for name in changes}
    if seen != decision.lock_version:
        changes = merged(changes, base, before, decision.lock_version)
    _put_head(session, decision, {**before, **changes})
    _refuse_second(session, decision)
    detail = _differences(before, {name: getattr(decision, name) for name in changes})
    if not detail:
        return decision  # saving what is there already takes nobody's approval back
    touched(session, decision, actor, now)
    audit.record(session, actor=actor, action=AuditAction.DECISION_EDITED, subject=decision, at=now, changes=detail)
    session.flush()  # so that the caller sees the new lock number
    return decision


def add_line(session: Session, decision: Decision, line: LineInput, *, actor: Account, now: datetime) -> DecisionLine:
    """Add a row at the end of the annexes."""
    row = append_line(session, decision, line)
    touched(session, decision, actor, now)
    audit.record(
        session, actor=actor, action=AuditAction.LINE_ADDED, subject=decision, at=now, line=row.position, name=row.name
    )
    return row


def append_line(session: Session, decision: Decision, line: LineInput) -> DecisionLine:
    """Add a row without a trace of its own; for imports, which record themselves once."""
    refuse_issued(decision)
    last = session.scalar(select(func.max(DecisionLine.position)).where(DecisionLine.decision_id == decision.id))
    row = DecisionLine(decision_id=decision.id, position=0 if last is None else last + 1)
    _put_line(row, {f.name: getattr(line, f.name) for f in fields(LineInput)})
    session.add(row)
    session.flush()  # the next position is counted from the rows
    session.expire(decision, ["lines"])
    return row


def edit_line(
    session: Session, line: DecisionLine, changes: Mapping[str, Any], *, seen: int, actor: Account, now: datetime,
    base: Mapping[str, Any] | None = None,
) -> DecisionLine:  # fmt: skip
    """Change fields of ``LineInput``; ``seen`` and ``base`` as in ``edit_head``."""
    refuse_issued(line.decision)
    before = {name: getattr(line, name) for name in changes}
    if seen != line.lock_version:
        changes = merged(changes, base, before, line.lock_version)
    _put_line(line, changes)
    detail = _differences(before, {name: getattr(line, name) for name in changes})
    if not detail:
        return line
    touched(session, line.decision, actor, now)
    audit.record(
        session,
        actor=actor,
        action=AuditAction.LINE_EDITED,
        subject=line.decision,
        at=now,
        line=line.position,
        changes=detail,
    )
    session.flush()  # so that the caller sees the new lock number
    return line


def remove_line(session: Session, line: DecisionLine, *, reason: str, actor: Account, now: datetime) -> None:
    """Take a row out of a draft; its printed words stay in the audit log."""
    decision = line.decision
    refuse_issued(decision)
    touched(session, decision, actor, now)
    audit.record(
        session, actor=actor, action=AuditAction.LINE_REMOVED, subject=decision, at=now,
        line=line.position, name=line.name, cells=line.cells, reason=reason,
    )  # fmt: skip
    session.delete(line)
    session.flush()  # a later row may take the position
    session.expire(decision, ["lines"])


def handle_leftover(
    session: Session, leftover: Leftover, *, handling: str, reason: str, actor: Account, now: datetime
) -> None:
    """Say what an unexplained row is: ``line`` (typed in as a line), ``note`` (no row of the list) or ``ignored``."""
    decision = leftover.decision
    refuse_issued(decision)
    if handling not in ("line", "note", "ignored") or (handling != "line" and not reason.strip()):
        raise DraftingError(f"{leftover.place}: cần chọn cách xử lý và ghi lý do trước khi lưu.")
    leftover.handling, leftover.reason = handling, reason.strip()
    leftover.handled_by_id, leftover.handled_at = actor.id, now
    touched(session, decision, actor, now)
    audit.record(
        session, actor=actor, action=AuditAction.LEFTOVER_HANDLED, subject=decision, at=now,
        place=leftover.place, text=leftover.text, handling=handling, reason=reason,
    )  # fmt: skip


def confirm_problem(
    session: Session, decision: Decision, key: str, *, reason: str, actor: Account, now: datetime
) -> None:
    """Confirm a problem that a person may confirm; ``key`` is ``Problem.key``. The reason is kept."""
    refuse_issued(decision)
    if not reason.strip():
        raise DraftingError("Cần ghi lý do khi xác nhận một cảnh báo.")
    decision.confirmed = {
        **decision.confirmed,
        key: {"by": actor.username, "at": now.isoformat(), "reason": reason.strip()},
    }
    touched(session, decision, actor, now)
    audit.record(
        session, actor=actor, action=AuditAction.PROBLEM_CONFIRMED, subject=decision, at=now, problem=key, reason=reason
    )


def confirm_act(
    session: Session,
    act: DecisionAct,
    *,
    dismissed: str = "",
    effective_on: date | None = None,
    actor: Account,
    now: datetime,
) -> None:
    """A person confirms the older rows an act resolved to (domain rule 7), or says why it touches nothing here."""
    refuse_issued(act.decision)
    act.confirmed_by_id, act.confirmed_at, act.dismissed = actor.id, now, dismissed.strip()
    act.effective_on = effective_on or act.effective_on
    touched(session, act.decision, actor, now)
    audit.record(
        session, actor=actor, action=AuditAction.ACT_CONFIRMED, subject=act.decision, at=now,
        target=act.target_text, serials=act.serials, rows=[row.line_id for row in act.rows], dismissed=act.dismissed,
    )  # fmt: skip


def refuse_in_hands(decision: Decision) -> None:
    """A draft in nobody else's hands: what was submitted must be returned before it can be thrown away."""
    if decision.status != DecisionStatus.DRAFT:
        raise DraftingError("Quyết định đã trình nên chưa hủy được. Nhờ người đang giữ trả lại, rồi hủy.")


def discard(session: Session, decision: Decision, *, reason: str, actor: Account, now: datetime) -> None:
    """Throw a draft away; the audit entry stays. What was submitted or issued is never thrown away."""
    refuse_in_hands(decision)
    audit.record(
        session, actor=actor, action=AuditAction.DECISION_DISCARDED, subject=decision, at=now,
        number=decision.number, subject_text=decision.subject, reason=reason,
    )  # fmt: skip
    session.delete(decision)


def touched(session: Session, decision: Decision, actor: Account, now: datetime) -> None:
    """Whoever edits counts as a drafter; an edit after submission voids review and approval."""
    if actor.id not in decision.editors:
        decision.editors = [*decision.editors, actor.id]
    status = DecisionStatus(decision.status)
    if (back := after_edit(status)) is not status:
        audit.record(
            session, actor=actor, action=AuditAction.APPROVAL_VOIDED, subject=decision, at=now, status=status.value,
            told=[p.username for p in (decision.drafter, decision.reviewer, decision.approver) if p],
        )  # fmt: skip
        decision.status, decision.approved_plan = back.value, ""
        decision.reviewer_id = decision.approver_id = None
        decision.reviewed_at = decision.approved_at = None
        decision.return_note = f"{actor.full_name} đã sửa sau khi trình; cần trình, kiểm soát và phê duyệt lại."


def refuse_issued(decision: Decision) -> None:
    """Issued decisions are never edited."""
    if decision.status == DecisionStatus.ISSUED:
        raise DraftingError(
            f"Quyết định {decision.number} đã ban hành nên không sửa được. Hãy lập quyết định đính chính hoặc sửa đổi."
        )


def _refuse_second(session: Session, decision: Decision) -> None:
    """Number + issuer + year is one decision; a clear sentence instead of a constraint error."""
    _release(session, decision)
    if not (decision.number_key and decision.issuer_id and decision.year):
        return
    query = select(Decision).where(
        Decision.adopted_by_id.is_(None),
        Decision.number_key == decision.number_key,
        Decision.issuer_id == decision.issuer_id,
        Decision.year == decision.year,
    )
    with session.no_autoflush:
        other = session.scalar(query.where(Decision.id != decision.id) if decision.id else query)
    if other is not None and other.drafter_id is None and other.status == DecisionStatus.ISSUED:
        _adopt(session, decision, other)
    elif other is not None:
        raise DraftingError(
            f"Quyết định số {decision.number} năm {decision.year} của {decision.issuer_text} đã có trong hệ thống."
        )


def _adopt(session: Session, decision: Decision, known: Decision) -> None:
    """The decision was known from a national record only; from now on the paper speaks for it."""
    if decision.id is None:
        number, decision.number_key = decision.number_key, None  # the index allows one of the two at a time
        session.add(decision)
        session.flush()  # the older row refers to the id
        decision.number_key = number
    with session.no_autoflush:
        session.execute(update(Decision).where(Decision.id == known.id).values(adopted_by_id=decision.id))
    session.expire(known)


def _release(session: Session, decision: Decision) -> None:
    """A draft that took the place of a known decision and now bears another number gives that place back."""
    if decision.id is None:
        return
    with session.no_autoflush:
        known = session.scalars(select(Decision).where(Decision.adopted_by_id == decision.id)).all()
    for other in known:
        if (other.number_key, other.issuer_id, other.year) != (
            decision.number_key, decision.issuer_id, decision.year,
        ):  # fmt: skip
            wanted, decision.number_key = decision.number_key, None  # the index allows one of the two at a time
            session.flush()
            other.adopted_by_id, decision.number_key = None, wanted


def _head_values(head: DraftHead) -> dict[str, Any]:
    return {f.name: getattr(head, f.name) for f in fields(DraftHead)}


def _put_head(session: Session, decision: Decision, values: Mapping[str, Any]) -> None:
    # Looked up first: the query would write a number that another decision may hold, before anybody has compared.
    agency = agency_named(session, values.get("issuer_text", decision.issuer_text) or "")
    for name, value in values.items():
        setattr(
            decision,
            name,
            [list(v) if isinstance(v, tuple) else v for v in value] if isinstance(value, tuple) else value,
        )
    number = parse_decision_number(decision.number) if decision.number else None
    decision.number_key = number.key[:KEY_LENGTH] if number else None
    decision.year = decision.signed_on.year if decision.signed_on else (number.year if number else None)
    decision.issuer_id = agency.id if agency else None


def _put_line(line: DecisionLine, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name == "content":
            # A merge gives the stored text back as it stands.
            line.content = value if isinstance(value, str) else canonical_json(value) if value is not None else ""
        elif name == "fields":
            line.fields = {key: text for key, text in value.items() if text}
        elif isinstance(value, tuple):
            setattr(line, name, [list(v) if isinstance(v, tuple) else v for v in value])
        else:
            setattr(line, name, value)
    line.code_key = parse_code(line.code_printed).key[:KEY_LENGTH] if line.code_printed.strip() else ""


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {k: [plain(before[k]), plain(after[k])] for k in before if plain(before[k]) != plain(after[k])}
