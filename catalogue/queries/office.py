"""What officers see: decisions on their way, what waits for whom, and what was recorded about a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from catalogue.models import (
    Account,
    AuditEntry,
    Decision,
    DecisionAct,
    DecisionLine,
    HolidayEntry,
    LineTarget,
    OrderedTask,
    WorkflowLine,
)
from decisions.kinds import DecisionKind, DecisionStatus, EffectType, Register


@dataclass(frozen=True)
class Viewer:
    """Whose drafts are shown: all, or those of one agency; drafts without an agency belong to everybody."""

    account_id: int
    agency_id: int | None
    everywhere: bool = False


def by_id(session: Session, viewer: Viewer, decision_id: int) -> Decision | None:
    """A decision this viewer may see; the inventory is none."""
    return session.scalar(_visible(viewer).where(Decision.id == decision_id))


def listed(
    session: Session, viewer: Viewer, *, status: str = "", text: str = "", limit: int, offset: int = 0
) -> list[Decision]:
    """One page: what is on its way first, then what was issued here, then national records; latest first in each."""
    query = _filtered(viewer, status, text).options(joinedload(Decision.drafter))
    issued = Decision.status == DecisionStatus.ISSUED
    query = query.order_by(
        issued, issued & Decision.approved_at.is_(None), issued & Decision.signed_on.is_(None),
        Decision.signed_on.desc().nulls_first(), Decision.id.desc(),
    )  # fmt: skip
    return list(session.scalars(query.limit(limit).offset(offset)))


def count(session: Session, viewer: Viewer, *, status: str = "", text: str = "") -> int:
    """How many there are in all."""
    query = _filtered(viewer, status, text).with_only_columns(func.count(Decision.id), maintain_column_froms=True)
    return session.scalar(query.order_by(None)) or 0


def line_counts(session: Session, decision_ids: Sequence[int]) -> dict[int, int]:
    """Rows of each decision."""
    query = select(DecisionLine.decision_id, func.count()).where(DecisionLine.decision_id.in_(decision_ids))
    rows = session.execute(query.group_by(DecisionLine.decision_id))
    return {row[0]: row[1] for row in rows}


def on_the_way(session: Session, viewer: Viewer) -> list[Decision]:
    """Decisions not issued yet."""
    query = _visible(viewer).where(Decision.status != DecisionStatus.ISSUED).order_by(Decision.id)
    return list(session.scalars(query))


def not_entered(session: Session, viewer: Viewer) -> list[Decision]:
    """Decisions issued here whose day of publication in the national database is not recorded."""
    query = _visible(viewer).where(
        Decision.status == DecisionStatus.ISSUED,
        Decision.approved_at.is_not(None),  # what the inventory took over was entered long ago, by others
        Decision.db_entered_on.is_(None),
        Decision.signed_on.is_not(None),
        Decision.register == Register.PUBLIC,  # the internal register has a section of its own elsewhere
        ~_only_workflows(),
    )
    return list(session.scalars(query.order_by(Decision.signed_on)))


def _only_workflows() -> ColumnElement[bool]:
    """A decision that approves workflows and publishes nothing has nothing to enter in the national database."""
    rows = select(DecisionLine.id).where(DecisionLine.decision_id == Decision.id).exists()
    acts = select(DecisionAct.id).where(DecisionAct.decision_id == Decision.id).exists()
    return select(WorkflowLine.id).where(WorkflowLine.decision_id == Decision.id).exists() & ~rows & ~acts


def waiting_lines(session: Session, viewer: Viewer, decision_id: int | None = None) -> list[DecisionLine]:
    """Rows of issued decisions that wait for their day; nobody else is shown them yet."""
    unresolved = or_(
        DecisionLine.effect_type == EffectType.UNRESOLVED,
        (DecisionLine.effect_type == "") & (Decision.effect_type == EffectType.UNRESOLVED),
        (DecisionLine.effect_type != "") & (DecisionLine.effect_type != EffectType.ON_SIGNING)
        & DecisionLine.effect_from.is_(None),
        (DecisionLine.effect_type == "") & (Decision.effect_type != EffectType.ON_SIGNING)
        & Decision.effect_from.is_(None) & DecisionLine.effect_from.is_(None),
    )  # fmt: skip
    done = select(LineTarget.id).where(LineTarget.line_id == DecisionLine.id).exists()
    query = (
        select(DecisionLine)
        .join(Decision)
        .where(Decision.status == DecisionStatus.ISSUED, _may_see(viewer), unresolved, ~done)
        .order_by(Decision.signed_on, DecisionLine.decision_id, DecisionLine.position)
    )
    if decision_id is not None:
        query = query.where(Decision.id == decision_id)
    return list(session.scalars(query))


def open_tasks(session: Session, viewer: Viewer, decision_id: int | None = None) -> list[OrderedTask]:
    """What issued decisions order and nobody has reported as done."""
    query = (
        select(OrderedTask)
        .join(Decision)
        .where(OrderedTask.done_at.is_(None), Decision.status == DecisionStatus.ISSUED, _may_see(viewer))
        .order_by(OrderedTask.due_on.nulls_last(), OrderedTask.id)
    )
    return list(session.scalars(query if decision_id is None else query.where(Decision.id == decision_id)))


def voided(session: Session, decision_ids: Sequence[int], username: str) -> set[int]:
    """Decisions on which a step of this person was taken back by a later edit and that nobody submitted again."""
    entries = select(AuditEntry).where(
        AuditEntry.subject_type == Decision.__tablename__,
        AuditEntry.subject_id.in_(decision_ids),
        AuditEntry.action.in_(("approval_voided", "decision_submitted")),
    )
    found: set[int] = set()
    for entry in session.scalars(entries.order_by(AuditEntry.id)):
        if entry.action == "decision_submitted":
            found.discard(entry.subject_id or 0)
        elif username in entry.detail.get("told", ()):
            found.add(entry.subject_id or 0)
    return found


def history(session: Session, decision_id: int) -> list[tuple[AuditEntry, str]]:
    """What was recorded about a decision, latest first, with the full names of the people."""
    query = (
        select(AuditEntry, Account.full_name)
        .outerjoin(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.subject_type == Decision.__tablename__, AuditEntry.subject_id == decision_id)
        .order_by(AuditEntry.id.desc())
    )
    return [(entry, name or entry.actor) for entry, name in session.execute(query)]


def full_names(session: Session) -> dict[str, str]:
    """Full names of all accounts by account name, closed ones too."""
    return {username: name for username, name in session.execute(select(Account.username, Account.full_name))}  # noqa: C416


def calendar_history(session: Session, limit: int = 30) -> list[tuple[AuditEntry, str]]:
    """The last changes of the calendar."""
    query = (
        select(AuditEntry, Account.full_name)
        .outerjoin(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.action == "holiday_changed")
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return [(entry, name or entry.actor) for entry, name in session.execute(query)]


def holidays(session: Session) -> list[HolidayEntry]:
    """Every day entered, in order."""
    return list(session.scalars(select(HolidayEntry).order_by(HolidayEntry.day)))


def _visible(viewer: Viewer) -> Select[Decision]:
    return select(Decision).where(_may_see(viewer))


def _may_see(viewer: Viewer) -> ColumnElement[bool]:
    # A national record whose paper came in later stands behind that paper.
    no_inventory = (Decision.kind != DecisionKind.INVENTORY) & Decision.adopted_by_id.is_(None)
    if viewer.everywhere or viewer.agency_id is None:
        return no_inventory
    elsewhere = select(Account.id).where(Account.agency_id != viewer.agency_id)
    own = or_(
        Decision.status == DecisionStatus.ISSUED,
        Decision.drafter_id.is_(None),
        Decision.drafter_id == viewer.account_id,
        Decision.drafter_id.not_in(elsewhere),
    )
    return no_inventory & own


def _filtered(viewer: Viewer, status: str, text: str) -> Select[Decision]:
    query = _visible(viewer)
    if status:
        query = query.where(Decision.status == status)
    for word in text.split()[:8]:
        found = (
            Decision.number.icontains(word, autoescape=True),
            Decision.subject.icontains(word, autoescape=True),
            Decision.issuer_text.icontains(word, autoescape=True),
        )
        query = query.where(or_(*found))
    return query
