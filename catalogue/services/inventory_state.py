"""What earlier imports have left standing, held in memory while a file is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.imports.portal import Grade, PortalRecord
from catalogue.models import (
    ActRow,
    Decision,
    DecisionAct,
    DecisionLine,
    ImportedRecord,
    LineTarget,
    Procedure,
    ProcedureVersion,
)
from catalogue.services.registry import agency_key
from catalogue.services.versions import name_key
from decisions.kinds import ChangeKind, DecisionKind, Register


@dataclass
class Standing:
    """One imported record that counts: from ``day`` on its text binds at ``levels``.

    ``fresh`` is the ``named_key`` of a record of this very run, else empty.
    """

    grade: Grade
    day: date
    updated: int
    decision_id: int
    lines: list[int] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    fresh: str = ""


@dataclass
class InventoryState:
    """Maps of everything an import has to know: at national size some ten megabytes."""

    procedures: dict[str, int] = field(default_factory=dict)  # code or record key -> id
    fingerprints: set[str] = field(default_factory=set)
    standing: dict[int, list[Standing]] = field(default_factory=lambda: defaultdict(list))
    official: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # procedure -> signed decisions
    numbers: dict[int, int] = field(default_factory=dict)  # procedure -> last version number
    internal: set[int] = field(default_factory=set)
    positions: dict[int, int] = field(default_factory=dict)  # decision -> next position


def load_state(session: Session) -> InventoryState:
    """Read the state; must be called after the import has taken its turn, so that nothing changes meanwhile."""
    state = InventoryState()
    for pid, code, register in session.execute(select(Procedure.id, Procedure.code, Procedure.register)):
        if code:
            state.procedures[code] = pid
        if register == Register.INTERNAL:
            state.internal.add(pid)
    records = select(ImportedRecord.fingerprint, ImportedRecord.record_key, ImportedRecord.procedure_id)
    for fingerprint, key, record_pid in session.execute(records):
        state.fingerprints.add(fingerprint)
        if record_pid is not None:
            state.procedures.setdefault(key, record_pid)
    numbers = select(ProcedureVersion.procedure_id, func.max(ProcedureVersion.number))
    state.numbers.update(session.execute(numbers.group_by(ProcedureVersion.procedure_id)).all())
    positions = select(DecisionLine.decision_id, func.max(DecisionLine.position) + 1)
    state.positions.update(session.execute(positions.group_by(DecisionLine.decision_id)).all())
    _load_lines(session, state)
    return state


def _load_lines(session: Session, state: InventoryState) -> None:
    retired = set(
        session.scalars(
            select(ActRow.line_id)
            .join(DecisionAct, DecisionAct.id == ActRow.act_id)
            .join(Decision, Decision.id == DecisionAct.decision_id)
            .where(Decision.kind == DecisionKind.INVENTORY)
        )
    )
    rows = select(
        DecisionLine.id, DecisionLine.decision_id, DecisionLine.kind, DecisionLine.fields, LineTarget.procedure_id,
        LineTarget.level, LineTarget.effective_on, LineTarget.version_id,
    ).join(LineTarget, LineTarget.line_id == DecisionLine.id).order_by(LineTarget.id)  # fmt: skip
    for row in session.execute(rows):
        if row.kind != ChangeKind.INVENTORY or "grade" not in row.fields:
            state.official[row.procedure_id].add(row.decision_id)
        elif row.id not in retired and row.version_id is not None:
            _put(state.standing[row.procedure_id], row.id, row.decision_id, row.fields, row.level, row.effective_on)


def _put(found: list[Standing], line: int, decision: int, fields: dict[str, str], level: str, day: date) -> None:
    grade = Grade[fields["grade"]]
    same = next((s for s in found if s.day == day and s.grade is grade), None)
    if same is None:
        same = Standing(grade, day, int(fields["updated"]), decision)
        found.append(same)
    same.lines.append(line)
    same.levels.append(level)


def named_key(record: PortalRecord) -> str:
    """Identity of a record without a code of its own: its name and the body that issued it."""
    return f"{name_key(record.content.name)}|{agency_key(record.issuer)[:160]}"


@dataclass(frozen=True)
class Placement:
    """How a record enters the ledger: what it retires from the beginning, where tracks end, which ones it closes."""

    retired: tuple[Standing, ...] = ()
    untils: tuple[tuple[str, date], ...] = ()
    closes: tuple[str, ...] = ()


def place(record: PortalRecord, day: date, standing: Iterable[Standing]) -> Placement | None:
    """Where a record belongs among those that stand; None when they say it better or as well.

    A better grade retires every lesser record as if it had never been, because that one only held the place. Records
    of one grade with different days are versions that follow each other; of one day, the later stored one counts.
    The outcome does not depend on the order in which files come.
    """
    others = list(standing)
    if any(other.grade > record.grade for other in others):
        return None
    lesser = tuple(other for other in others if other.grade < record.grade)
    peers = [other for other in others if other.grade == record.grade]
    rival = next((other for other in peers if other.day == day), None)
    if rival is not None:
        if rival.fresh or (record.updated and record.updated <= rival.updated):
            return None
        lesser = (*lesser, rival)
        peers.remove(rival)
    return Placement(lesser, _untils(record, day, peers), _closes(record, day, peers))


def _untils(record: PortalRecord, day: date, peers: list[Standing]) -> tuple[tuple[str, date], ...]:
    """The next version no longer has some of these levels: there this text ends on its day."""
    later = min((peer for peer in peers if peer.day > day), key=lambda peer: peer.day, default=None)
    if later is None:
        return ()
    return tuple((level, later.day) for level in record.levels if level not in later.levels)


def _closes(record: PortalRecord, day: date, peers: list[Standing]) -> tuple[str, ...]:
    """Levels that the version before had and this one has not."""
    before = max((peer for peer in peers if peer.day < day), key=lambda peer: peer.day, default=None)
    if before is None:
        return ()
    return tuple(dict.fromkeys(level for level in before.levels if level not in record.levels))
