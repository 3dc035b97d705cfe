"""The workflows of a read Word file become rows of the draft, each with the words that were read with doubt."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from catalogue.imports.decision_values import ParsedDecision, ParsedWorkflow, WorkflowExpiry, short_annex
from catalogue.models import Decision
from catalogue.services.workflow_lines import EXPIRED, WorkflowLineInput, append_workflow


def append_workflows(session: Session, decision: Decision, parsed: ParsedDecision) -> None:
    """Add a row for every workflow (the reader gives one to each procedure of a group) and for each that ends."""
    for found in parsed.workflows:
        append_workflow(session, decision, _adopted(found))
    for ended in parsed.expiries:
        append_workflow(session, decision, _expired(ended))


def _adopted(found: ParsedWorkflow) -> WorkflowLineInput:
    return WorkflowLineInput(
        code_printed=found.code_printed, name=found.name, level=found.level.value, annex=short_annex(found.annex),
        ordinal=found.ordinal, place=found.place, doubts=tuple(asdict(doubt) for doubt in found.doubts),
        content=found.workflow,
    )  # fmt: skip


def _expired(ended: WorkflowExpiry) -> WorkflowLineInput:
    named = ended.symbol or ended.serials or ended.name or ended.code
    words = f"{named} của {ended.target}" if ended.target else named
    return WorkflowLineInput(
        action=EXPIRED, code_printed=ended.code, name=ended.name, place=ended.article, expires_text=words
    )
