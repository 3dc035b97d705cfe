"""What decisions did to a procedure at a level, as one list: texts, internal workflows, the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Agency, Decision, Workflow, WorkflowLine, WorkflowTarget, WorkflowValidity
from catalogue.queries.facts import DECISION_COLUMNS, DecisionFact, decision_fact
from catalogue.queries.history import Ending, Term
from catalogue.queries.workflows import speaks_at
from decisions.kinds import ChangeKind

WORKFLOW = "workflow"


@dataclass(frozen=True)
class ProcedureAct:
    """One act and the day from which it counts.

    ``kind`` is the kind of its annex row, ``workflow`` for the adoption of an internal workflow (``symbols`` as
    printed, which may be none), or the reason of an end. ``number`` is the version it opened; ``decision`` is None
    where only "có hiệu lực từ trước" is known.
    """

    day: date
    kind: str
    decision: DecisionFact | None = None
    number: int | None = None
    symbols: tuple[str, ...] = ()


def text_acts(terms: Iterable[Term], ending: Ending | None, on: date) -> Iterator[ProcedureAct]:
    """The acts that opened these texts, and the one that ended the last of them by the day."""
    for term in terms:
        decision = term.opening.decision if term.opening and term.opening.decision.shown else None
        kind = term.opening.kind if term.opening else ChangeKind.INVENTORY.value
        yield ProcedureAct(term.valid_from, kind, decision, term.number)
    if ending and ending.day <= on:
        decision = ending.decision if ending.decision and ending.decision.shown else None
        yield ProcedureAct(ending.day, ending.reason, decision)


def adoptions(
    session: Session, procedure_id: int, level: str, on: date, *, known_at: datetime | None = None
) -> list[ProcedureAct]:
    """The adoptions of internal workflows of a level up to a day, oldest first; a decision that adopted several once.

    ``known_at`` leaves out what was recorded later.
    """
    columns = (WorkflowValidity.valid_from, Workflow.level, Workflow.symbol, *DECISION_COLUMNS)
    query = (
        select(*columns)
        .join(WorkflowTarget, WorkflowTarget.id == WorkflowValidity.opened_by)
        .join(Workflow, Workflow.id == WorkflowValidity.workflow_id)
        .join(WorkflowLine, WorkflowLine.id == WorkflowTarget.line_id)
        .join(Decision, Decision.id == WorkflowLine.decision_id)
        .outerjoin(Agency, Agency.id == Decision.issuer_id)
        .where(WorkflowValidity.procedure_id == procedure_id, WorkflowValidity.valid_from <= on)
        .order_by(WorkflowValidity.valid_from, Workflow.id)
    )
    if known_at is not None:
        query = query.where(WorkflowTarget.recorded_at <= known_at)
    found: dict[int, tuple[date, DecisionFact, list[str]]] = {}
    for row in session.execute(query):
        if speaks_at(row.level, level):
            _, _, symbols = found.setdefault(row.decision_id, (row.valid_from, decision_fact(row), []))
            symbols += [row.symbol] if row.symbol and row.symbol not in symbols else []
    return [ProcedureAct(day, WORKFLOW, decision, symbols=tuple(names)) for day, decision, names in found.values()]
