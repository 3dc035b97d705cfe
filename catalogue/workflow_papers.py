"""What the ledger says about workflows, made into the values that their papers print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue.exports import labels
from catalogue.exports.procedure_text import decision_reference
from catalogue.exports.text import Head
from catalogue.exports.workflow_paper import workflow_text
from catalogue.exports.workflow_paper_decision import BLANK, AnnexRow, DecisionFacts, DecisionText, decision_text
from catalogue.exports.workflow_paper_values import Layout, WorkflowFacts, WorkflowText
from catalogue.glossary import WORKFLOW_PARTS
from catalogue.models import Decision, Workflow, WorkflowLine
from catalogue.papers import Frame, procedure_path
from catalogue.queries.workflows import BindingWorkflow, adopting_decision, history_of, text_on, workflows_on
from catalogue.services.planning import PlannedTarget, make_plan
from catalogue.services.workflow_legality import texts_for
from catalogue.services.workflow_planning import workflow_day
from decisions.content import ProcedureContent
from decisions.kinds import DecisionKind, DecisionStatus


def binding_paper(
    binding: BindingWorkflow, layout: Layout, *, on: date, today: date, frame: Frame, name: str = ""
) -> WorkflowText:
    """The paper of a workflow that binds on a day; ``name`` is what the procedure is called on that day."""
    workflow, version = binding.workflow, binding.workflow.version
    public = binding.decision.workflows_public and frame.address
    path = f"{procedure_path(workflow.procedure.key)}/quy-trinh"
    facts = WorkflowFacts(
        head=frame.head,
        today=today,
        on=on,
        level=workflow.level,
        name=name or (version.name if version else workflow.name),
        code=workflow.procedure.code or "",
        decision=_cited(binding.decision),
        valid_from=binding.valid_from,
        valid_until=binding.valid_until,
        moved=tuple(WORKFLOW_PARTS[part] for part in binding.moved) if binding.needs_review else (),
        address=f"{frame.address}{path}" if public else "",
    )
    return workflow_text(workflow.value, version.value if version else None, facts, layout)


def adopted_paper(session: Session, workflow: Workflow, layout: Layout, *, today: date, frame: Frame) -> WorkflowText:
    """The paper of an adopted workflow today; one that does not bind says so, with the days on which it did."""
    found = workflows_on(session, workflow.procedure_id, today)
    binding = next((item for item in found if item.workflow.id == workflow.id), None)
    if binding is not None:
        return binding_paper(binding, layout, on=today, today=today, frame=frame)
    version = workflow.version or text_on(session, workflow, today)
    decision = adopting_decision(session, workflow.id)
    periods = [period for period, *_ in history_of(session, workflow.procedure_id) if period.workflow_id == workflow.id]
    facts = WorkflowFacts(
        head=frame.head,
        today=today,
        on=today,
        level=workflow.level,
        name=version.name if version else workflow.name,
        code=workflow.procedure.code or "",
        decision=_cited(decision) if decision else "",
        valid_from=periods[0].valid_from if periods else None,
        valid_until=periods[0].valid_until if periods else None,
        binds=False,
    )
    return workflow_text(workflow.value, version.value if version else None, facts, layout)


def row_paper(session: Session, line: WorkflowLine, layout: Layout, *, now: datetime, frame: Frame) -> WorkflowText:
    """The paper of one row of a decision that adopts a workflow, issued or not.

    Raises:
        ValueError: the row only ends a workflow.
    """
    value, draft = line.value, _is_draft(line.decision)
    if value is None:
        raise ValueError(f"row {line.id} holds no workflow")
    row = next(found for found in _rows(session, line.decision, [line], now))
    opened = [target for target in line.targets if target.workflow_id]
    facts = WorkflowFacts(
        head=frame.head,
        today=now.date(),
        on=now.date(),
        level=line.level,
        name=row.name or value.name,
        code=row.code,
        decision="" if draft else _cited(line.decision),
        valid_from=opened[0].effective_on if opened else None,
        valid_until=opened[0].until if opened else None,
        draft=draft,
    )
    return workflow_text(value, row.content, facts, layout)


def decision_paper(
    session: Session, decision: Decision, layout: Layout, *, now: datetime, frame: Frame
) -> DecisionText:
    """The decision with its workflows as annex; of a decision about procedures, the annex of workflows alone."""
    lines = [line for line in decision.workflow_lines if not line.dismissed]
    return decision_text(tuple(_rows(session, decision, lines, now)), _decision_facts(decision, now, frame), layout)


# ---------------------------------------------------------------- rows of a decision


def _rows(session: Session, decision: Decision, lines: Sequence[WorkflowLine], now: datetime) -> Iterator[AnnexRow]:
    draft = _is_draft(decision)
    targets = make_plan(session, decision, now).targets if draft else ()
    for line in lines:
        row = AnnexRow(
            name=line.name,
            code=line.code_printed,
            level=line.level,
            annex=line.annex,
            ordinal=line.ordinal,
            expires=line.expires_text,
        )
        content = _planned(session, line, targets) if draft else _adopted(session, line)
        yield replace(row, workflow=line.value, content=content, name=row.name or (content.name if content else ""))


def _planned(session: Session, line: WorkflowLine, targets: Sequence[PlannedTarget]) -> ProcedureContent | None:
    """The text that a workflow of a draft will be used with."""
    found = texts_for(session, line, workflow_day(line.decision)[0], targets)
    return found[0] if found else None


def _adopted(session: Session, line: WorkflowLine) -> ProcedureContent | None:
    """The text that a workflow was adopted for."""
    workflows = (session.get(Workflow, target.workflow_id) for target in line.targets if target.workflow_id)
    return next((found.version.value for found in workflows if found and found.version), None)


# ---------------------------------------------------------------- the head of a decision


def _decision_facts(decision: Decision, now: datetime, frame: Frame) -> DecisionFacts:
    draft = _is_draft(decision)
    issuer = decision.issuer.name if decision.issuer else decision.issuer_text
    body = issuer.removeprefix("Chủ tịch ")
    signed_on = None if draft else decision.signed_on
    symbol = decision.number.partition("/")[2]
    number = f"{BLANK}/{symbol or 'QĐ-UBND'}" if draft else decision.number
    place = decision.place or frame.head.place
    year = (decision.signed_on or now.date()).year
    day = labels.day_in_words(place, signed_on) if signed_on else f"{place}, ngày {BLANK} tháng {BLANK} năm {year}"
    authority = _authority(issuer, decision.capacity)
    tied = f"ngày {labels.day(signed_on)}" if signed_on else f"ngày {BLANK} tháng {BLANK} năm {year}"
    return DecisionFacts(
        head=Head(body or frame.head.issuer, place=place, number=number, day=day),
        today=now.date(),
        authority=authority,
        reference=f"Kèm theo Quyết định số {number} {tied} của {authority}",
        subject=decision.subject,
        bases=tuple(map(str, decision.bases)),
        proposal=decision.proposal,
        articles=tuple((str(label), str(words)) for label, words in decision.articles),
        recipients=tuple(map(str, decision.recipients)),
        capacity=decision.capacity,
        signer=decision.signer,
        effect=decision.effect_text,
        draft=draft,
        whole=decision.kind == DecisionKind.WORKFLOW or not decision.lines,
    )


def _authority(issuer: str, capacity: str) -> str:
    """The chairman decides on workflows; the committee only where the signature says so ("TM.")."""
    if issuer.startswith("Ủy ban nhân dân") and not capacity.upper().startswith("TM."):
        return f"Chủ tịch {issuer}"
    return issuer


def _is_draft(decision: Decision) -> bool:
    return decision.status != DecisionStatus.ISSUED


def _cited(decision: Decision) -> str:
    issuer = decision.issuer.name if decision.issuer else decision.issuer_text
    return decision_reference(decision.number, decision.signed_on, issuer)
