"""What the workflow rows of an issued decision do: immutable texts, targets, and the periods that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Decision, DecisionAct, LineTarget, Procedure, Workflow, WorkflowLine, WorkflowTarget
from catalogue.services.matching import procedure_with_code
from catalogue.services.workflow_planning import Opened, PlannedWorkflow
from catalogue.services.workflow_projection import project_workflows
from decisions.workflow import workflow_hash, workflow_json


def enact_workflows(
    session: Session, decision: Decision, planned: Iterable[PlannedWorkflow], targets: Iterable[Opened],
    made: Mapping[str, Procedure], now: datetime,
) -> set[int]:  # fmt: skip
    """Write texts and targets of what is planned, and the periods; returns the ids of the procedures concerned.

    ``targets`` are the planned texts, written already; ``made`` has their procedures by the keys of the plan. A row
    that plans nothing stays a row of the paper.
    """
    concerned = _acted(session, decision)
    texts = {target.number: target for target in targets}
    for one in planned:
        procedure = made.get(one.key) or procedure_with_code(session, one.key)
        if procedure is None:
            raise LookupError(one.key)
        _write(session, one, procedure, _version(session, one, texts, procedure), now)
        concerned.add(procedure.id)
    session.flush()  # the replay reads the rows
    project_workflows(session, concerned)
    for line in decision.workflow_lines:
        session.expire(line, ["targets"])
    return concerned


def _version(
    session: Session, planned: PlannedWorkflow, texts: Mapping[int, Opened], procedure: Procedure
) -> int | None:
    """The version that a workflow is written for."""
    target = texts.get(planned.text) if planned.text is not None else None
    if target is None:
        return planned.text
    query = select(LineTarget.version_id).where(
        LineTarget.line_id == target.line.id, LineTarget.procedure_id == procedure.id,
        LineTarget.level == target.level, LineTarget.version_id.is_not(None),
    )  # fmt: skip
    return session.scalar(query.order_by(LineTarget.id.desc()).limit(1))


def _write(
    session: Session, planned: PlannedWorkflow, procedure: Procedure, version_id: int | None, now: datetime
) -> None:
    text = _text(session, planned.line, planned, procedure, version_id, now) if planned.adopts else None
    session.add(
        WorkflowTarget(
            line_id=planned.line.id, procedure_id=procedure.id, level=planned.level, track=planned.track,
            workflow_id=text.id if text else None, effective_on=planned.effective_on, until=planned.until,
            recorded_at=now,
        )
    )  # fmt: skip


def _text(
    session: Session, line: WorkflowLine, planned: PlannedWorkflow, procedure: Procedure, version_id: int | None,
    now: datetime,
) -> Workflow | None:  # fmt: skip
    value = line.value
    if value is None:
        return None
    text = Workflow(
        procedure_id=procedure.id, level=planned.level, track=planned.track, symbol=value.symbol, name=value.name,
        version_id=version_id, content_hash=workflow_hash(value), created_at=now, content=workflow_json(value),
    )  # fmt: skip
    session.add(text)
    session.flush()  # targets point to the id
    return text


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
