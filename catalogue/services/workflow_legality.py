"""What stands in the way of the workflow rows of a draft: each is proved against the text it will be used with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Decision, DecisionLine, LineTarget, Procedure, WorkflowLine
from catalogue.services.planning import Plan, PlannedTarget
from catalogue.services.posts import posts_by_unit
from catalogue.services.versions import name_key
from catalogue.services.workflow_lines import EXPIRED
from catalogue.services.workflow_planning import (
    ends_nothing,
    procedure_of,
    texts_at,
    texts_brought,
    track_of,
    waits,
    workflow_day,
)
from decisions.checks import DISTRICT_ENDED_ON, Problem
from decisions.content import ProcedureContent
from decisions.kinds import ChangeKind
from decisions.workflow import Workflow
from decisions.workflow_proof import ProofFacts, facts_of, prove


def workflow_problems(session: Session, decision: Decision, plan: Plan) -> list[Problem]:
    """Every problem of the workflow rows, confirmed or not, in the order of the paper."""
    if not decision.workflow_lines:
        return []
    day, until = workflow_day(decision)
    found: list[Problem] = []
    if day is None and any(_needs_day(line, plan) for line in decision.workflow_lines):
        found.append(Problem("workflow_day_unknown", value=decision.effect_text or "văn bản không ghi"))
    elif day is not None and until is not None and until <= day:
        found.append(Problem("workflow_ends_first", value=f"{until:%d/%m/%Y}", detail=f"{day:%d/%m/%Y}"))
    roles = posts_by_unit(session)
    for line in decision.workflow_lines:
        found += _row(session, line, day, plan.targets, roles)
    return found + list(_twice(session, decision.workflow_lines, plan))


def _needs_day(line: WorkflowLine, plan: Plan) -> bool:
    """Whether a row takes its day from the decision: it is for no text that the decision brings itself."""
    if line.dismissed:
        return False
    return line.action == EXPIRED or not (texts_brought(line, plan.targets) or waits(line))


def workflow_place(line: WorkflowLine) -> str:
    """How a row is named to people: "Quy trình QT.01 (Phụ lục II, số 3)"."""
    value = line.value
    symbol = value.symbol if value else ""
    labels = [line.annex, f"số {line.ordinal}" if line.ordinal else ""]
    printed = ", ".join(label for label in labels if label) or line.place
    name = f"Quy trình {symbol or line.code_printed or line.position + 1}"
    return f"{name} ({printed})" if printed else name


def texts_for(
    session: Session, line: WorkflowLine, day: date | None, targets: Sequence[PlannedTarget]
) -> list[ProcedureContent]:
    """The texts a workflow will be used with: those this decision opens, else those in force on its day."""
    own = [target.content for target in texts_brought(line, targets) if target.content is not None]
    if own:
        return own
    procedure = procedure_of(session, line)
    if procedure is None or day is None:
        return []
    return [
        period.version.value
        for period in texts_at(session, procedure, line.level, day, targets).values()
        if period is not None
    ]


def _row(
    session: Session, line: WorkflowLine, day: date | None, targets: Sequence[PlannedTarget],
    roles: dict[str, frozenset[str]],
) -> Iterator[Problem]:  # fmt: skip
    where, named = workflow_place(line), line.code_printed or line.name
    if line.dismissed:
        return
    if line.action == EXPIRED:
        if line.expires_id is None:
            yield _at(line, "workflow_expires_unknown", where, line.expires_text or named)
        elif day is not None and ends_nothing(session, line, day):
            yield replace(
                _at(line, "workflow_ended_already", where, line.expires_text or named, f"{day:%d/%m/%Y}"),
                blocking=False,
            )
        return
    value = line.value
    brought = bool(texts_brought(line, targets)) or waits(line)
    if not brought and procedure_of(session, line) is None:
        yield _at(line, "workflow_procedure_unknown", where, named)
    elif not brought and day is not None and not texts_for(session, line, day, targets):
        yield replace(_at(line, "workflow_text_ended", where, named, f"{day:%d/%m/%Y}"), blocking=False)
    for doubt in line.doubts:
        said, reason = str(doubt.get("text", "")), str(doubt.get("reason", ""))
        yield replace(_at(line, "workflow_doubtful", where, said, reason), blocking=False)
    if value is None:
        yield _at(line, "workflow_text_missing", where, named)
        return
    for problem in _proved(session, line, value, day, targets, roles):
        step = f"{where}, {problem.where}" if problem.where else where
        yield replace(problem, where=step, line=f"workflow{line.position}:{problem.line}")


def _proved(
    session: Session, line: WorkflowLine, value: Workflow, day: date | None, targets: Sequence[PlannedTarget],
    roles: dict[str, frozenset[str]],
) -> list[Problem]:  # fmt: skip
    found: dict[str, Problem] = {}
    after_districts = day is None or day >= DISTRICT_ENDED_ON
    texts: list[ProcedureContent | None] = [*texts_for(session, line, day, targets)]
    younger = day is not None and not texts_brought(line, targets) and _is_younger(session, line, day, targets)
    for text in texts or [None]:
        limits, papers = facts_of(text, value) if text is not None else ((), ())
        for problem in prove(value, ProofFacts(limits, papers, roles, after_districts)):
            if younger and problem.code == "workflow_time_over":
                problem = replace(problem, code="workflow_time_over_later", blocking=False)
            found.setdefault(problem.key, problem)
    return list(found.values())


def _is_younger(session: Session, line: WorkflowLine, day: date, targets: Sequence[PlannedTarget]) -> bool:
    """Whether the text in force may be later than the workflow: a record of the inventory, whose first day nobody
    knows, or of a decision signed after this one. Its time limit then accuses nobody for certain."""
    procedure, signed_on = procedure_of(session, line), line.decision.signed_on
    if procedure is None:
        return False
    opened = [p.opened_by for p in texts_at(session, procedure, line.level, day, targets).values() if p is not None]
    query = select(Decision.kind, Decision.signed_on, DecisionLine.kind).select_from(LineTarget)
    query = query.join(DecisionLine, DecisionLine.id == LineTarget.line_id)
    query = query.join(Decision, Decision.id == DecisionLine.decision_id).where(LineTarget.id.in_(opened))
    return any(
        kind == ChangeKind.INVENTORY or signed is None or (signed_on is not None and signed > signed_on)
        for _, signed, kind in session.execute(query)
    )


def _twice(session: Session, lines: Sequence[WorkflowLine], plan: Plan) -> Iterator[Problem]:
    """One decision cannot give one procedure, level and case two workflows."""
    planned: dict[int, set[tuple[str, str, str]]] = {}
    for one in plan.workflows:
        if one.adopts:
            planned.setdefault(one.line.id, set()).add((one.key, one.level, one.track))
    seen: dict[tuple[str, str, str], WorkflowLine] = {}
    for line in lines:
        value = line.value
        if value is None or line.dismissed:
            continue
        procedure: Procedure | None = procedure_of(session, line)
        key = (procedure.key if procedure else line.code_key or name_key(line.name), line.level, track_of(value))
        keys = planned.get(line.id) or {key}
        other = next((seen[known] for known in sorted(keys) if known in seen), None)
        if other is not None:
            yield _at(line, "workflow_twice", workflow_place(line), line.code_printed or line.name,
                      workflow_place(other))  # fmt: skip
        seen.update({known: line for known in keys if known not in seen})


def _at(line: WorkflowLine, code: str, where: str, value: str, detail: str = "") -> Problem:
    return Problem(code, where, value, detail, line=f"workflow{line.position}")
