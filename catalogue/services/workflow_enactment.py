"""What the workflow rows of an issued decision do: immutable texts, targets, and the periods that follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import (
    Decision,
    DecisionAct,
    Procedure,
    ProcedureVersion,
    Validity,
    Workflow,
    WorkflowLine,
    WorkflowTarget,
)
from catalogue.services.matching import procedure_named, procedure_with_code
from catalogue.services.workflow_lines import EXPIRED
from catalogue.services.workflow_projection import project_workflows
from decisions.kinds import EffectType, Level
from decisions.text import clean
from decisions.workflow import Workflow as WorkflowValue
from decisions.workflow import workflow_hash, workflow_json


@dataclass(frozen=True)
class Place:
    """Where a row adopts a workflow: a level of its procedure, with the text it is written for."""

    level: str
    version: ProcedureVersion | None


def workflow_day(decision: Decision) -> tuple[date | None, date | None]:
    """From which day and until which (exclusive) the workflows of a decision bind; ``None``: not resolved."""
    kind = EffectType(decision.effect_type)
    if kind is EffectType.ON_SIGNING:
        return decision.signed_on, decision.effect_until
    return (None if kind is EffectType.UNRESOLVED else decision.effect_from), decision.effect_until


def track_of(workflow: WorkflowValue) -> str:
    """What tells workflows of one procedure and level apart: case, channel, place. Empty: the only one."""
    marks = (
        clean(workflow.case).casefold(), workflow.channel.value if workflow.channel else "",
        "phi-dia-gioi" if workflow.non_territorial else "",
    )  # fmt: skip
    return "|".join(marks) if any(marks) else ""


def procedure_of(session: Session, line: WorkflowLine) -> Procedure | None:
    """The procedure a row is for: by its code, else the only one of its name."""
    if line.code_key:
        return procedure_with_code(session, line.code_key)
    return procedure_named(session, line.name, line.level, register=line.decision.register)


def places(session: Session, procedure: Procedure, level: str, day: date) -> list[Place]:
    """The levels a row speaks for: its own, or every level where a text binds (or will bind next) on its day."""
    query = select(Validity).where(Validity.procedure_id == procedure.id).order_by(Validity.valid_from, Validity.id)
    periods = [p for p in session.scalars(query) if p.valid_until is None or p.valid_until > day]
    found: dict[str, ProcedureVersion] = {}
    for period in periods:
        found.setdefault(period.level, period.version)
    if level != Level.UNKNOWN:
        near = found.get(level) or found.get(Level.SHARED) or found.get(Level.UNKNOWN)
        return [Place(level, near)]
    return [Place(at, version) for at, version in sorted(found.items())] or [Place(level, None)]


def enact_workflows(session: Session, decision: Decision, now: datetime) -> set[int]:
    """Write texts and targets of every row, and the periods; returns the ids of the procedures concerned.

    A row without a resolved day, without a procedure or dismissed writes nothing; it stays a row of the paper.
    """
    day, until = workflow_day(decision)
    concerned = _acted(session, decision)
    if day is not None:
        for line in decision.workflow_lines:
            concerned |= _enact(session, line, day, until, now)
    session.flush()  # the replay reads the rows
    project_workflows(session, concerned)
    for line in decision.workflow_lines:
        session.expire(line, ["targets"])
    return concerned


def _enact(session: Session, line: WorkflowLine, day: date, until: date | None, now: datetime) -> set[int]:
    if line.dismissed:
        return set()
    if line.action == EXPIRED:
        ended = line.expires
        if ended is None:
            return set()
        _target(session, line, ended.procedure_id, ended.level, ended.track, None, day, None, now)
        return {ended.procedure_id}
    value, procedure = line.value, procedure_of(session, line)
    if value is None or procedure is None:
        return set()
    for place in places(session, procedure, line.level, day):
        text = _text(session, procedure, place, value, now)
        _target(session, line, procedure.id, place.level, track_of(value), text.id, day, until, now)
    return {procedure.id}


def _text(session: Session, procedure: Procedure, place: Place, value: WorkflowValue, now: datetime) -> Workflow:
    text = Workflow(
        procedure_id=procedure.id, level=place.level, track=track_of(value), symbol=value.symbol, name=value.name,
        version_id=place.version.id if place.version else None, content_hash=workflow_hash(value), created_at=now,
        content=workflow_json(value),
    )  # fmt: skip
    session.add(text)
    session.flush()  # targets point to the id
    return text


def _target(
    session: Session, line: WorkflowLine, procedure_id: int, level: str, track: str, workflow_id: int | None,
    day: date, until: date | None, now: datetime,
) -> None:  # fmt: skip
    session.add(
        WorkflowTarget(
            line_id=line.id, procedure_id=procedure_id, level=level, track=track, workflow_id=workflow_id,
            effective_on=day, until=until, recorded_at=now,
        )
    )  # fmt: skip


def _acted(session: Session, decision: Decision) -> set[int]:
    """Procedures whose workflows a whole act of this decision touches, as far as acts reach back."""
    found: set[int] = set()
    waiting, seen = [decision.id], set[int]()
    while waiting:
        acting = waiting.pop()
        if acting in seen:
            continue
        seen.add(acting)
        targets = session.scalars(
            select(DecisionAct.target_id).where(DecisionAct.decision_id == acting, DecisionAct.whole.is_(True))
        )
        for target in targets:
            if target is not None:
                rows = select(WorkflowTarget.procedure_id).join(WorkflowLine)
                found |= set(session.scalars(rows.where(WorkflowLine.decision_id == target)))
                waiting.append(target)
    return found
