"""How the sample's decisions came about: the opening inventory, then each decision carried through by three people."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from catalogue import audit, outbox
from catalogue.audit import AuditAction
from catalogue.clock import VIETNAM
from catalogue.models import Account, Decision, DecisionAct, Leftover
from catalogue.sample.annexes import Library, inventory_row, rows_of
from catalogue.sample.texts import Raw
from catalogue.sample.workflows import add_workflows
from catalogue.services import publication
from catalogue.services.acting import resolve_target, set_rows
from catalogue.services.drafting import (
    DraftHead,
    add_line,
    append_line,
    confirm_act,
    confirm_problem,
    new_draft,
)
from catalogue.services.enactment import enact
from catalogue.services.planning import make_plan
from catalogue.services.sealing import seal
from decisions.kinds import DecisionKind, DecisionStatus, EffectType
from decisions.serials import RowPosition, parse_serials, resolve

ISSUER = "Chủ tịch Ủy ban nhân dân tỉnh Sông Thao"
INVENTORY_DAY = date(2023, 1, 1)
INVENTORY_RECORDED_ON = date(2023, 1, 16)
NAMED = {date(2024, 7, 1): "1120/QĐ-UBND", date(2024, 8, 1): "1345/QĐ-UBND"}
"""Decisions that the inventory only knows by number and day, with nothing else of theirs at hand."""

Staff = dict[str, Account]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a working day in Vietnam."""
    return datetime.combine(day, time(hour, minute), VIETNAM)


def open_inventory(session: Session, library: Library, actor: Account) -> None:
    """What was in force when the record begins: lines without a known decision, and two decisions known by number."""
    old = [raw for raw in library.first.values() if raw.get("opened") != "decision"]
    unnamed = [raw for raw in old if "opened_on" not in raw]
    head = DraftHead(kind=DecisionKind.INVENTORY, effect_type=EffectType.FIXED, effect_from=INVENTORY_DAY)
    _record_inventory(session, head, unnamed, INVENTORY_DAY, actor, at(INVENTORY_RECORDED_ON, 9))
    for day, number in NAMED.items():
        found = [raw for raw in old if raw.get("opened_on") == day.isoformat()]
        head = DraftHead(
            number=number, issuer_text=ISSUER, signed_on=day, effect_type=EffectType.FIXED, effect_from=day,
        )  # fmt: skip
        _record_inventory(session, head, found, day, actor, at(day, 9))


def _record_inventory(
    session: Session, head: DraftHead, texts: list[Raw], since: date, actor: Account, now: datetime
) -> None:
    decision = new_draft(session, head, actor=actor, now=now)
    for number, raw in enumerate(texts, start=1):
        append_line(session, decision, inventory_row(raw, number, since))
    plan = make_plan(session, decision, now)
    decision.status, decision.issued_at = DecisionStatus.ISSUED, now
    touched = enact(session, decision, plan, now)
    decision.seal = seal(decision)
    audit.record(
        session, actor=actor, action=AuditAction.INVENTORY_IMPORTED, subject=decision, at=now, procedures=len(texts)
    )
    outbox.enqueue(session, touched, now)


def carry(session: Session, data: Raw, library: Library, staff: Staff, now: datetime) -> Decision:
    """Draft a decision and take it as far as its ``status`` says (default: issued), on the day it was signed.

    Raises:
        publication.NotIssuable: a problem of the draft is neither mended nor confirmed.
    """
    drafter = staff[data.get("drafter", "an")]
    day = data.get("signed_on") or now.date() - timedelta(days=1)
    decision = new_draft(session, head_of(data), actor=drafter, now=at(day, 8, 30))
    for line in rows_of(data, library):
        add_line(session, decision, line, actor=drafter, now=at(day, 8, 40))
    add_workflows(session, decision, data, drafter, at(day, 8, 45))
    for act in data.get("act", ()):
        _add_act(session, decision, act, drafter, at(day, 8, 50))
    for left in data.get("leftover", ()):
        session.add(Leftover(decision_id=decision.id, text=left["text"], place=left["place"]))
    status = data.get("status", DecisionStatus.ISSUED)
    if status != DecisionStatus.DRAFT:
        _confirm(session, decision, data.get("confirm", {}), drafter, at(day, 9))
        _advance(session, decision, status, staff, drafter)
    if entered := data.get("db_entered_on"):
        decision.db_entered_on = entered
        audit.record(
            session, actor=drafter, action=AuditAction.DB_ENTRY_RECORDED, subject=decision, at=at(entered, 15),
            number=decision.number, on=entered.isoformat(),
        )  # fmt: skip
    return decision


def head_of(data: Raw) -> DraftHead:
    """The head of a decision as its file gives it."""
    effect = data["effect"]
    return DraftHead(
        kind=data.get("kind", DecisionKind.PUBLICATION),
        register=data.get("register", "public"),
        number=data["number"],
        issuer_text=ISSUER,
        signed_on=data.get("signed_on"),
        place="Sông Thao",
        signer=data["signer"],
        capacity=data["capacity"],
        subject=data["subject"],
        bases=tuple(data["bases"]),
        proposal=data["proposal"],
        articles=tuple((label, text) for label, text in data["articles"]),
        recipients=("Như Điều 3", "Các sở, Ủy ban nhân dân xã, phường", "Lưu: VT, KSTT"),
        effect_type=effect["type"],
        effect_text=effect["text"],
        effect_from=effect.get("from"),
        effect_until=effect.get("until"),
        stated=tuple(data.get("stated", ())),
    )


def _add_act(session: Session, decision: Decision, data: Raw, actor: Account, now: datetime) -> None:
    """An act on an earlier decision; its rows are found by the printed serials and confirmed by the drafter."""
    act = DecisionAct(
        decision_id=decision.id,
        kind=data["kind"],
        target_text=data["target"],
        serials=data.get("serials", ""),
        sentence=data["sentence"],
        effective_on=data.get("effective_on"),
    )
    session.add(act)
    session.flush()  # the rows point to the act
    session.refresh(decision, ["acts"])
    resolve_target(session, act, data["target_signed_on"], ISSUER)
    if act.serials and act.target_id is not None and not act.rows:
        _find_rows(session, act)
    confirm_act(session, act, actor=actor, now=now)


def _find_rows(session: Session, act: DecisionAct) -> None:
    target = session.get(Decision, act.target_id)
    assert target is not None
    lines = {line.id: line for line in target.lines}
    rows = [RowPosition(line.id, line.ordinal, line.annex, line.part, line.section) for line in target.lines]
    found = resolve(parse_serials(act.serials), rows)
    if not found.is_complete:
        raise ValueError(f"serials do not resolve: {act.serials!r}")
    set_rows(session, act, [lines[row] for row in found.rows])


def _confirm(session: Session, decision: Decision, reasons: Raw, actor: Account, now: datetime) -> None:
    """Confirm the problems for which the file gives a reason; any other stops the decision at submission."""
    for problem in publication.rehearse(session, decision, now).open if reasons else ():
        if not problem.blocking and problem.code in reasons:
            confirm_problem(session, decision, problem.key, reason=reasons[problem.code], actor=actor, now=now)


def _advance(session: Session, decision: Decision, status: str, staff: Staff, drafter: Account) -> None:
    day = decision.signed_on
    assert day is not None
    publication.submit(session, decision, actor=drafter, now=at(day, 9, 40))
    if status == DecisionStatus.SUBMITTED:
        return
    seen = publication.review(session, decision, actor=staff["binh"], now=at(day, 14, 10))
    if status == DecisionStatus.REVIEWED:
        return
    publication.approve(session, decision, seen=seen.fingerprint, actor=staff["chi"], now=at(day, 16))
    publication.issue(session, decision, actor=staff["chi"], now=at(day, 16, 30))
