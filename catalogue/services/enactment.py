"""Doing what a plan says: procedures, versions, targets and successions become rows, then the periods follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.models import Decision, DecisionLine, LineTarget, Procedure, Succession
from catalogue.services.matching import match_words, procedure_with_code
from catalogue.services.planning import Plan, PlannedTarget, act_day, acted_procedures, make_plan
from catalogue.services.projection import project
from catalogue.services.versions import make_version
from catalogue.services.workflow_enactment import enact_workflows
from catalogue.services.workflow_planning import for_texts
from decisions.kinds import ActKind

NO_CODE = "chua-co-ma-"


def enact(session: Session, decision: Decision, plan: Plan, now: datetime) -> set[int]:
    """Write a plan. Returns the ids of every procedure whose pages may look different."""
    touched = acted_procedures(session, decision)
    for act in decision.acts:
        if act.kind == ActKind.ABOLISHED and not act.dismissed:
            act.effective_on = act_day(act)
    made = _write_targets(session, decision, plan.targets, now)
    touched |= {procedure.id for procedure in made.values()}
    _write_successions(session, decision.lines, made)
    project(session, touched)
    return touched | enact_workflows(session, decision, plan.workflows, plan.targets, made, now)


def enact_line(session: Session, line: DecisionLine, now: datetime) -> set[int]:
    """Write the targets of one line of an issued decision that had waited for its day, and the workflows with it."""
    plan = make_plan(session, line.decision, now)
    own = [target for target in plan.targets if target.line is line]
    made = _write_targets(session, line.decision, own, now)
    _write_successions(session, [line], made)
    touched = {procedure.id for procedure in made.values()}
    project(session, touched)
    workflows = for_texts(plan.workflows, own)
    return touched | enact_workflows(session, line.decision, workflows, own, made, now)


def _write_targets(
    session: Session, decision: Decision, targets: Iterable[PlannedTarget], now: datetime
) -> dict[str, Procedure]:
    made: dict[str, Procedure] = {}
    for planned in targets:
        procedure = planned.procedure or made.get(planned.key)
        if procedure is None:
            procedure = make_procedure(session, planned.line.code_key, decision.register, now)
        made[planned.key] = procedure
        code = planned.line.code_key
        if planned.content is not None and procedure.code is None and code and procedure.key != code:
            procedure.code = code  # given later; the address of the years without a code stays
        version = None
        if planned.content is not None:
            version = make_version(session, procedure, planned.level, planned.content, now)
        session.add(
            LineTarget(
                line_id=planned.line.id,
                procedure_id=procedure.id,
                level=planned.level,
                version_id=version.id if version else None,
                effective_on=planned.effective_on,
                until=planned.until,
                recorded_at=now,
                corrects_id=planned.corrects.id if planned.corrects else None,
            )
        )
    session.flush()  # the replay reads the rows
    for line in decision.lines:
        session.expire(line, ["targets"])
    return made


def make_procedure(session: Session, code_key: str, register: str, now: datetime) -> Procedure:
    """A new identity; without a code it gets a key of its own and is shown as "chưa có mã"."""
    found = procedure_with_code(session, code_key)
    if found is not None:
        return found
    number = (session.scalar(select(func.max(Procedure.id))) or 0) + 1
    procedure = Procedure(
        key=code_key or f"{NO_CODE}{number}", code=code_key or None, register=register, created_at=now
    )
    session.add(procedure)
    session.flush()  # versions and targets point to the id
    return procedure


def _write_successions(session: Session, lines: Iterable[DecisionLine], made: dict[str, Procedure]) -> None:
    """Old → new for replacing rows, and for abolished rows that name what follows them."""
    for line in lines:
        own = [target.procedure for target in _targets(session, line) if target.version_id is not None]
        register = line.decision.register
        pairs = [(old, new) for old in match_words(session, line.replaces, register) for new in own]
        if line.successors:
            closed = [t.procedure for t in _targets(session, line) if t.version_id is None]
            pairs += [(old, new) for old in closed for new in match_words(session, line.successors, register)]
        for old_id, new_id in dict.fromkeys((old.id, new.id) for old, new in pairs if old.id != new.id):
            session.add(Succession(line_id=line.id, old_procedure_id=old_id, new_procedure_id=new_id))
    session.flush()  # pages read the graph


def _targets(session: Session, line: DecisionLine) -> list[LineTarget]:
    return list(session.scalars(select(LineTarget).where(LineTarget.line_id == line.id)))
