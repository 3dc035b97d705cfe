"""How much waits for somebody in the workflows, counted without reading every text: for the to-do list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.models import (
    ElectronicWorkflow,
    Procedure,
    Validity,
    Workflow,
    WorkflowConfirmation,
    WorkflowValidity,
)
from catalogue.queries.workflows import DRAFT, workflows_of
from decisions.kinds import Level, Register

GRACE_DAYS = 5
"""A text published so many days ago should have its workflow."""
MOST_COMPARED = 200
"""Procedures whose texts are compared for the to-do list; beyond that the list itself tells."""
_SPEAKS_FOR_ALL = (Level.SHARED, Level.UNKNOWN)


@dataclass(frozen=True)
class WorkflowTally:
    """``missing`` texts without internal workflow, workflows to ``review``, electronic ``drafts`` of other people.

    ``oldest`` are the days since the first of the missing ones took effect.
    """

    missing: int = 0
    oldest: int = 0
    review: int = 0
    drafts: int = 0


def workflow_tally(session: Session, on: date, account_id: int) -> WorkflowTally:
    """What stands open on a day, for one person."""
    missing, first = _missing(session, on)
    drafts = select(func.count(ElectronicWorkflow.id)).where(
        ElectronicWorkflow.status == DRAFT, ElectronicWorkflow.drafter_id != account_id
    )
    return WorkflowTally(
        missing, (on - first).days if first else 0, _to_review(session, on), session.scalar(drafts) or 0
    )


def electronic_drafts(session: Session) -> list[ElectronicWorkflow]:
    """The electronic workflows that nobody has approved yet, oldest first."""
    query = select(ElectronicWorkflow).where(ElectronicWorkflow.status == DRAFT).order_by(ElectronicWorkflow.id)
    return list(session.scalars(query))


def _missing(session: Session, on: date) -> tuple[int, date | None]:
    covers = and_(
        WorkflowValidity.procedure_id == Validity.procedure_id,
        WorkflowValidity.valid_from <= on,
        or_(WorkflowValidity.valid_until.is_(None), WorkflowValidity.valid_until > on),
        or_(
            WorkflowValidity.level == Validity.level, WorkflowValidity.level.in_(_SPEAKS_FOR_ALL),
            and_(Validity.level == Level.SHARED, WorkflowValidity.level.in_((Level.PROVINCE, Level.COMMUNE))),
        ),
    )
    query = (
        select(func.count(Validity.id), func.min(Validity.valid_from))
        .join(Procedure, Procedure.id == Validity.procedure_id)
        .where(Validity.valid_from < on - timedelta(days=GRACE_DAYS))
        .where(or_(Validity.valid_until.is_(None), Validity.valid_until > on))
        .where(Procedure.register == Register.PUBLIC)
        .where(Validity.level.in_((Level.PROVINCE, Level.COMMUNE, Level.SHARED)))
        .where(~exists().where(covers))
    )
    count, first = session.execute(query).one()
    return count, first


def _to_review(session: Session, on: date) -> int:
    """Only workflows whose procedure has another text by now, unconfirmed, are compared with it."""
    text = aliased(Validity)
    confirmed = exists().where(
        WorkflowConfirmation.workflow_id == Workflow.id, WorkflowConfirmation.version_id == text.version_id
    )
    query = (
        select(Workflow.procedure_id)
        .join(WorkflowValidity, WorkflowValidity.workflow_id == Workflow.id)
        .join(text, text.procedure_id == Workflow.procedure_id)
        .where(WorkflowValidity.valid_from <= on)
        .where(or_(WorkflowValidity.valid_until.is_(None), WorkflowValidity.valid_until > on))
        .where(text.valid_from <= on, or_(text.valid_until.is_(None), text.valid_until > on))
        .where(text.version_id != Workflow.version_id, ~confirmed)
        .distinct()
        .limit(MOST_COMPARED)
    )
    found = workflows_of(session, list(session.scalars(query)), on)
    return sum(binding.needs_review for bindings in found.values() for binding in bindings)
