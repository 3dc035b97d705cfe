"""What the workflow rows of a decision would do: which levels and tracks they open or end, and from which day.

A row adopts for the texts its own decision brings, from their day; else for what is in force on the decision's day. A
row for a text that still waits for its day waits with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.models import Decision, DecisionLine, Procedure, Validity, Workflow, WorkflowLine, WorkflowValidity
from catalogue.services.matching import effect_day, procedure_named, procedure_with_code
from catalogue.services.versions import name_key
from catalogue.services.workflow_lines import EXPIRED
from decisions.content import ProcedureContent
from decisions.kinds import ChangeKind, EffectType, Level
from decisions.text import clean
from decisions.workflow import Workflow as WorkflowValue

SHARING = (Level.PROVINCE.value, Level.COMMUNE.value)
LONGEST_TRACK = 200
Days = tuple[date | None, date | None]


class Opened(Protocol):
    """The part of a planned target that workflows look at; ``content`` is ``None`` where it closes."""

    @property
    def number(self) -> int: ...
    @property
    def line(self) -> DecisionLine: ...
    @property
    def key(self) -> str: ...
    @property
    def procedure(self) -> Procedure | None: ...
    @property
    def level(self) -> str: ...
    @property
    def effective_on(self) -> date: ...
    @property
    def until(self) -> date | None: ...
    @property
    def content(self) -> ProcedureContent | None: ...


@dataclass(frozen=True)
class PlannedWorkflow:
    """One thing a row would do to one track: adopt its text, or close what binds there (``adopts`` is false).

    ``key`` is the procedure's, as in the plan of texts; ``text`` names the text it is for: a version's id, the number
    of a planned target, or nothing.
    """

    line: WorkflowLine
    key: str
    level: str
    track: str
    effective_on: date
    until: date | None
    adopts: bool = True
    text: int | None = None


def workflow_day(decision: Decision) -> Days:
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
    return _short("|".join(marks)) if any(marks) else ""


def _short(track: str) -> str:
    """Databases refuse to index long texts: of a long track the end stands as a hash."""
    return track if len(track) <= LONGEST_TRACK else f"{track[: LONGEST_TRACK - 33]}#{name_key(track)}"


def procedure_of(session: Session, line: WorkflowLine) -> Procedure | None:
    """The procedure a row is for: by its code, else the only one of its name."""
    if line.code_key:
        return procedure_with_code(session, line.code_key)
    return procedure_named(session, line.name, line.level, register=line.decision.register)


def texts_brought(line: WorkflowLine, targets: Iterable[Opened]) -> list[Opened]:
    """The texts of its own decision that a row is for."""
    return [
        target
        for target in targets
        if target.content is not None
        and _same(line, target)
        and (Level.UNKNOWN in (line.level, target.level) or Level.SHARED in (line.level, target.level)
             or line.level == target.level)
    ]  # fmt: skip


def waits(line: WorkflowLine) -> bool:
    """Whether the row is for a text of its decision that has no day yet."""
    return any(
        ChangeKind(row.kind).opens and effect_day(row)[0] is None and _means(line, row) for row in line.decision.lines
    )


def plan_workflows(session: Session, decision: Decision, targets: Sequence[Opened]) -> list[PlannedWorkflow]:
    """What every row would do; a row without day, without procedure, waiting or dismissed does nothing."""
    days = workflow_day(decision)
    adopted: list[PlannedWorkflow] = []
    for line in decision.workflow_lines:
        if line.action != EXPIRED and not line.dismissed:
            adopted += _adopting(session, line, days, targets)
    opened = {(planned.key, planned.level, planned.track) for planned in adopted}
    ended = [
        planned
        for line in decision.workflow_lines
        if line.action == EXPIRED and not line.dismissed
        for planned in _ending(session, line, days[0])
        if (planned.key, planned.level, planned.track) not in opened
    ]
    return [*adopted, *_absorbed(session, adopted), *ended]


def workflow_effects(planned: Iterable[PlannedWorkflow]) -> dict[str, str]:
    """What an approval binds to beside the words: where each row leads, from when, and for which text."""
    return {
        f"workflow effect {number}": "\x1f".join(
            map(str, (p.line.position, p.adopts, p.key, p.level, p.track, p.effective_on, p.until, p.text))
        )
        for number, p in enumerate(planned)
    }


def for_texts(planned: Iterable[PlannedWorkflow], targets: Iterable[Opened]) -> list[PlannedWorkflow]:
    """The part of a plan that comes with some of its texts only."""
    every, numbers = list(planned), {target.number for target in targets}
    lines = {one.line.id for one in every if one.text in numbers}
    return [one for one in every if one.text in numbers or (one.line.id in lines and not one.adopts)]


def texts_at(
    session: Session, procedure: Procedure, level: str, day: date, targets: Iterable[Opened] = ()
) -> dict[str, Validity | None]:
    """The levels a row speaks for: its own, or every level where a text binds (or will bind next) on its day.

    What the decision itself closes (``targets``) does not count any more.
    """
    gone = {
        target.level
        for target in targets
        if target.content is None and target.procedure is procedure and target.effective_on <= day
    }
    query = select(Validity).where(Validity.procedure_id == procedure.id).order_by(Validity.valid_from, Validity.id)
    found: dict[str, Validity] = {}
    for period in session.scalars(query):
        if (period.valid_until is None or period.valid_until > day) and period.level not in gone:
            found.setdefault(period.level, period)
    if level != Level.UNKNOWN:
        near = (level, Level.SHARED.value, Level.UNKNOWN.value, *(SHARING if level == Level.SHARED else ()))
        return {level: next((found[at] for at in near if at in found), None)}
    return dict(sorted(found.items())) or {level: None}


def ends_nothing(session: Session, line: WorkflowLine, day: date) -> bool:
    """Whether the workflow that a row names binds on no day from ``day`` on."""
    query = select(WorkflowValidity.id).where(
        WorkflowValidity.workflow_id == line.expires_id,
        or_(WorkflowValidity.valid_until.is_(None), WorkflowValidity.valid_until > day),
    )
    return session.scalars(query).first() is None


def _adopting(session: Session, line: WorkflowLine, days: Days, targets: Sequence[Opened]) -> list[PlannedWorkflow]:
    value = line.value
    if value is None:
        return []
    track, (day, until) = track_of(value), days
    own = texts_brought(line, targets)
    if own:
        return [_with_text(line, target, track, days) for target in own]
    if day is None or waits(line):
        return []
    procedure = procedure_of(session, line)
    if procedure is None:
        return []
    found = texts_at(session, procedure, line.level, day, targets)
    return [
        PlannedWorkflow(line, procedure.key, level, track, day, until, text=period.version_id if period else None)
        for level, period in found.items()
    ]


def _with_text(line: WorkflowLine, target: Opened, track: str, days: Days) -> PlannedWorkflow:
    """Not before the text it is for, nor before the decision; not longer than either."""
    first = max(day for day in (target.effective_on, days[0]) if day is not None)
    last = min((day for day in (target.until, days[1]) if day is not None), default=None)
    level = target.level if line.level == Level.UNKNOWN else line.level
    return PlannedWorkflow(line, target.key, level, track, first, last, text=target.number)


def _ending(session: Session, line: WorkflowLine, day: date | None) -> list[PlannedWorkflow]:
    """Nothing where a later workflow has taken the place of the one that is named."""
    ended = session.get(Workflow, line.expires_id) if line.expires_id is not None else None
    if ended is None or day is None or ends_nothing(session, line, day):
        return []
    return [PlannedWorkflow(line, ended.procedure.key, ended.level, ended.track, day, None, adopts=False)]


def _absorbed(session: Session, adopted: Sequence[PlannedWorkflow]) -> list[PlannedWorkflow]:
    """Tracks whose place an adopted workflow takes: of a level nobody knew, and of single levels by one for all."""
    found: dict[tuple[str, str, str], PlannedWorkflow] = {}
    opened = {(planned.key, planned.level, planned.track) for planned in adopted}
    for planned in adopted:
        procedure = procedure_with_code(session, planned.key)
        wider = [] if planned.level == Level.UNKNOWN else [Level.UNKNOWN.value]
        wider += SHARING if planned.level == Level.SHARED else ()
        if procedure is None or not wider:
            continue
        query = select(WorkflowValidity.level).where(
            WorkflowValidity.procedure_id == procedure.id, WorkflowValidity.track == planned.track,
            WorkflowValidity.level.in_(wider),
            or_(WorkflowValidity.valid_until.is_(None), WorkflowValidity.valid_until > planned.effective_on),
        )  # fmt: skip
        for level in sorted(set(session.scalars(query))):
            key = planned.key, level, planned.track
            if key not in opened:
                found[key] = PlannedWorkflow(planned.line, *key, planned.effective_on, None, adopts=False)
    return list(found.values())


def _same(line: WorkflowLine, target: Opened) -> bool:
    if line.code_key:
        return line.code_key in {target.key, target.line.code_key, target.procedure.code if target.procedure else ""}
    return target.content is not None and name_key(target.content.name) == name_key(line.name)


def _means(line: WorkflowLine, row: DecisionLine) -> bool:
    if line.level not in (Level.UNKNOWN, Level.SHARED, row.level) and row.level not in (Level.UNKNOWN, Level.SHARED):
        return False
    if line.code_key:
        return line.code_key == row.code_key
    return bool(line.name) and name_key(row.name) == name_key(line.name)
