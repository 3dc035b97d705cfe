"""Workflows as the replay sees them: the same rule as for texts, on tracks of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Decision, WorkflowLine, WorkflowTarget
from catalogue.queries.ledger import Ledger, annulments, chunked, signing_rank
from decisions.kinds import DecisionStatus
from decisions.timeline import Annulment, Entry, Period

WorkflowTrack = tuple[int, str, str]
"""(procedure id, level, track): what the replay of workflows is keyed by."""


def workflow_periods(session: Session, procedure_ids: Collection[int]) -> dict[WorkflowTrack, list[Period]]:
    """When each workflow of these procedures binds, from every issued row and act."""
    # Acts by rows name targets of procedures, whose ids mean nothing here; a whole decision takes its workflows along.
    acts = tuple(act for act in annulments(session) if act.target_decision is not None)
    entries = _entries(session, procedure_ids)
    return {track: _periods(found, acts) for track, found in sorted(entries.items())}


def _periods(entries: list[Entry], acts: tuple[Annulment, ...]) -> list[Period]:
    book = Ledger({(0, ""): entries}, acts)
    return book.periods((0, ""))


def _entries(session: Session, procedure_ids: Collection[int]) -> dict[WorkflowTrack, list[Entry]]:
    found: dict[WorkflowTrack, list[Entry]] = defaultdict(list)
    query = (
        select(WorkflowTarget, WorkflowLine.position, Decision.id, Decision.signed_on, Decision.number_key,
               Decision.issuer_id)
        .join(WorkflowLine, WorkflowLine.id == WorkflowTarget.line_id)
        .join(Decision, Decision.id == WorkflowLine.decision_id)
        .where(Decision.status == DecisionStatus.ISSUED)
        .order_by(WorkflowTarget.id)
    )  # fmt: skip
    for ids in chunked(procedure_ids):
        rows = session.execute(query.where(WorkflowTarget.procedure_id.in_(ids)))
        for target, position, decision_id, signed_on, number_key, issuer_id in rows:
            rank = signing_rank(signed_on or target.effective_on, number_key, issuer_id, position)
            found[target.procedure_id, target.level, target.track].append(
                Entry(target.id, target.effective_on, target.until, rank, target.workflow_id, target.recorded_at,
                      decision_id)
            )  # fmt: skip
    return found


def period_row(track: WorkflowTrack, period: Period) -> tuple[int, int, str, str, date, date | None, int]:
    """A period as it is stored: workflow, procedure, level, track, from, until, opened by."""
    procedure, level, name = track
    return period.version, procedure, level, name, period.valid_from, period.valid_until, period.entry
