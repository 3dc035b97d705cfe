"""The workflows of a read Word file become rows of the draft, each with the words that were read with doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace

from sqlalchemy.orm import Session

from catalogue.imports.decision_values import ParsedDecision, ParsedWorkflow, WorkflowExpiry, short_annex
from catalogue.models import Decision
from catalogue.services.workflow_lines import EXPIRED, WorkflowLineInput, append_workflow
from decisions.serials import CitedRow, parse_serials


def append_workflows(session: Session, decision: Decision, parsed: ParsedDecision) -> None:
    """Add a row for every workflow (the reader gives one to each procedure of a group) and for each that ends."""
    for found in parsed.workflows:
        append_workflow(session, decision, _adopted(found))
    for ended in parsed.expiries:
        for row in _expired(ended):
            append_workflow(session, decision, row)


def _adopted(found: ParsedWorkflow) -> WorkflowLineInput:
    return WorkflowLineInput(
        code_printed=found.code_printed, name=found.name, level=found.level.value, annex=short_annex(found.annex),
        ordinal=found.ordinal, place=found.place, doubts=tuple(asdict(doubt) for doubt in found.doubts),
        content=found.workflow,
    )  # fmt: skip


def _expired(ended: WorkflowExpiry) -> Iterator[WorkflowLineInput]:
    """One row for each serial number, for a row ends one workflow; else one for what is named."""
    named = ended.symbol or ended.serials or ended.name or ended.code
    words = f"{named} của {ended.target}" if ended.target else named
    row = WorkflowLineInput(
        action=EXPIRED, code_printed=ended.code, name=ended.name, place=ended.article, expires_text=words
    )
    cited = [CitedRow(number, place) for place in parse_serials(ended.serials) for number in place.numbers]
    if len(cited) < 2:
        yield row
    else:
        yield from (replace(row, ordinal=one.number, expires_text=f"{one.printed} ({words})") for one in cited)
