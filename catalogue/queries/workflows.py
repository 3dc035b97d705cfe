"""Workflows read by day: what binds for a procedure, who adopted it, and whether it still fits the text in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, defer

from catalogue.models import (
    Decision,
    ElectronicWorkflow,
    Procedure,
    ProcedureVersion,
    Validity,
    Workflow,
    WorkflowConfirmation,
    WorkflowLine,
    WorkflowTarget,
    WorkflowValidity,
)
from decisions.kinds import Level, Register
from decisions.legal_numbers import printed_number
from decisions.numbering import parse_decision_number
from decisions.text import clean
from decisions.workflow_review import touching_parts

MOST_NAMED = 100
APPROVED, DRAFT = "approved", "draft"
_ANY = (Level.SHARED.value, Level.UNKNOWN.value)


@dataclass(frozen=True)
class BindingWorkflow:
    """A workflow on a day: its period, the row and decision that adopted it, and what has moved since.

    ``moved`` are names of parts (times, papers, bodies, fees) that differ between the text it was written for and the
    one in force on the day; empty when it fits, or when a person confirmed that it does (``confirmation``).
    """

    workflow: Workflow
    valid_from: date
    valid_until: date | None
    line: WorkflowLine
    decision: Decision
    moved: tuple[str, ...] = ()
    confirmation: WorkflowConfirmation | None = None
    electronic: ElectronicWorkflow | None = None

    @property
    def needs_review(self) -> bool:
        """ "Cần rà soát": the text has moved on and nobody has looked at the workflow since."""
        return bool(self.moved) and self.confirmation is None


@dataclass(frozen=True)
class WorkflowGap:
    """One text in force and what it still lacks on a day. ``days`` since it took effect; ``workflows`` it has."""

    procedure: Procedure
    level: str
    version: ProcedureVersion
    in_force_since: date
    days: int
    internal: bool
    electronic: bool
    moved: tuple[str, ...]
    workflows: tuple[Workflow, ...] = ()


def workflows_on(session: Session, procedure_id: int, on: date, *, public_only: bool = False) -> list[BindingWorkflow]:
    """The internal workflows of a procedure that bind on a day, by level and track."""
    found = workflows_of(session, [procedure_id], on)[procedure_id]
    return [item for item in found if item.decision.workflows_public or not public_only]


def workflows_of(session: Session, procedure_ids: Collection[int], on: date) -> dict[int, list[BindingWorkflow]]:
    """The same for many procedures at once; every id is a key."""
    found: dict[int, list[BindingWorkflow]] = {procedure_id: [] for procedure_id in procedure_ids}
    ids = sorted(set(procedure_ids))
    for start in range(0, len(ids), 400):
        chunk = ids[start : start + 400]
        rows = _binding_rows(session, WorkflowValidity.procedure_id.in_(chunk), on)
        versions = _versions_on(session, {workflow.procedure_id for workflow, *_ in rows}, on)
        confirmed = _confirmations(session, [workflow.id for workflow, *_ in rows])
        electronic = electronic_of(session, [workflow.id for workflow, *_ in rows])
        for workflow, period, line, decision in rows:
            version = version_at(versions[workflow.procedure_id], workflow.level)
            moved = moved_parts(workflow, version)
            found[workflow.procedure_id].append(
                BindingWorkflow(
                    workflow, period.valid_from, period.valid_until, line, decision, moved,
                    confirmed.get((workflow.id, version.id)) if version else None, electronic.get(workflow.id),
                )
            )  # fmt: skip
    return found


def workflows_named(session: Session, words: str, on: date) -> list[BindingWorkflow]:
    """The workflows in force on a day that some words of an annex name: by their symbol, or by the decision that
    adopted them ("quy trình có số thứ tự 12 … của 1308/QĐ-UBND")."""
    said, number = clean(words).casefold(), printed_number(words)
    symbols = [symbol for symbol in session.scalars(select(Workflow.symbol).distinct()) if symbol.casefold() in said]
    keys = [parse_decision_number(number).key] if number else []
    which = or_(
        Workflow.symbol.in_([symbol for symbol in symbols if symbol][:MOST_NAMED]), Decision.number_key.in_(keys)
    )
    return [BindingWorkflow(workflow, period.valid_from, period.valid_until, line, decision)
            for workflow, period, line, decision in _binding_rows(session, which, on)]  # fmt: skip


def moved_parts(workflow: Workflow, version: ProcedureVersion | None) -> tuple[str, ...]:
    """The parts that matter to a workflow and differ between its text and the one in force."""
    if version is None or workflow.version is None or workflow.version_id == version.id:
        return ()
    return touching_parts(workflow.version.value, version.value)


def version_at(versions: dict[str, ProcedureVersion], level: str) -> ProcedureVersion | None:
    """The text that speaks for a level: its own, one for all levels, or the only one there is."""
    for near in (level, *_ANY):
        if near in versions:
            return versions[near]
    return next(iter(versions.values())) if level in _ANY and len(versions) == 1 else None


def speaks_at(workflow_level: str, text_level: str) -> bool:
    """Whether a workflow is one of a text: of its level, or where one of them speaks for every level."""
    return workflow_level == text_level or workflow_level in _ANY or text_level in _ANY


def workflows_for(session: Session, procedure_id: int, on: date, levels: Collection[str]) -> list[BindingWorkflow]:
    """The workflows that bind on a day for texts in force at these levels; with its text a workflow rests too."""
    found = workflows_on(session, procedure_id, on)
    return [item for item in found if any(speaks_at(item.workflow.level, level) for level in levels)]


def text_on(session: Session, workflow: Workflow, on: date) -> ProcedureVersion | None:
    """The text in force on a day that a workflow has to fit."""
    return version_at(_versions_on(session, [workflow.procedure_id], on)[workflow.procedure_id], workflow.level)


def electronic_of(session: Session, workflow_ids: Iterable[int]) -> dict[int, ElectronicWorkflow]:
    """The approved electronic workflow of each internal one that has it."""
    query = select(ElectronicWorkflow).where(
        ElectronicWorkflow.workflow_id.in_(list(workflow_ids)), ElectronicWorkflow.status == APPROVED
    )
    return {item.workflow_id: item for item in session.scalars(query.order_by(ElectronicWorkflow.id))}


def adopting_decision(session: Session, workflow_id: int) -> Decision | None:
    """The decision that adopted a workflow."""
    query = (
        select(Decision)
        .join(WorkflowLine, WorkflowLine.decision_id == Decision.id)
        .join(WorkflowTarget, WorkflowTarget.line_id == WorkflowLine.id)
        .where(WorkflowTarget.workflow_id == workflow_id)
    )
    return session.scalars(query).first()


def electronic_made(session: Session, workflow_id: int) -> list[ElectronicWorkflow]:
    """Every electronic workflow made from an internal one, newest first."""
    query = select(ElectronicWorkflow).where(ElectronicWorkflow.workflow_id == workflow_id)
    return list(session.scalars(query.order_by(ElectronicWorkflow.id.desc())))


def history_of(session: Session, procedure_id: int) -> list[tuple[WorkflowValidity, WorkflowLine, Decision]]:
    """Every period of every workflow of a procedure, newest first."""
    query = (
        select(WorkflowValidity, WorkflowLine, Decision)
        .join(WorkflowTarget, WorkflowTarget.id == WorkflowValidity.opened_by)
        .join(WorkflowLine, WorkflowLine.id == WorkflowTarget.line_id)
        .join(Decision, Decision.id == WorkflowLine.decision_id)
        .where(WorkflowValidity.procedure_id == procedure_id)
        .order_by(WorkflowValidity.valid_from.desc(), WorkflowValidity.id.desc())
    )
    return [(period, line, decision) for period, line, decision in session.execute(query)]


def gaps(session: Session, on: date, *, register: str = Register.PUBLIC) -> list[WorkflowGap]:
    """Texts in force on a day without internal or electronic workflow, or with one older than the text; oldest first.

    Central texts and those whose level nobody knows are left out: the province makes no workflow for them.
    """
    query = (
        select(Validity, ProcedureVersion, Procedure)
        .options(defer(ProcedureVersion.content))  # thousands of texts of which only the names are read
        .join(ProcedureVersion, ProcedureVersion.id == Validity.version_id)
        .join(Procedure, Procedure.id == Validity.procedure_id)
        .where(Validity.valid_from <= on, (Validity.valid_until.is_(None)) | (Validity.valid_until > on))
        .where(Procedure.register == register, Validity.level.in_((Level.PROVINCE, Level.COMMUNE, Level.SHARED)))
    )
    rows = session.execute(query).all()
    binding = workflows_of(session, {procedure.id for *_, procedure in rows}, on)
    found = []
    for period, version, procedure in rows:
        own = [b for b in binding[procedure.id] if speaks_at(b.workflow.level, period.level)]
        moved = tuple(dict.fromkeys(part for b in own if b.needs_review for part in b.moved))
        electronic = bool(own) and all(b.electronic for b in own)
        if not own or not electronic or moved:
            days = (on - period.valid_from).days
            lacks = bool(own), electronic, moved, tuple(b.workflow for b in own)
            found.append(WorkflowGap(procedure, period.level, version, period.valid_from, days, *lacks))
    return sorted(found, key=lambda gap: (-gap.days, gap.procedure.key, gap.level))


def binding_on(session: Session, on: date) -> list[BindingWorkflow]:
    """Every workflow that binds on a day, by symbol."""
    query = select(WorkflowValidity.procedure_id).where(
        WorkflowValidity.valid_from <= on,
        (WorkflowValidity.valid_until.is_(None)) | (WorkflowValidity.valid_until > on),
    )
    found = workflows_of(session, set(session.scalars(query)), on)
    every = [binding for bindings in found.values() for binding in bindings]
    return sorted(every, key=lambda binding: (binding.workflow.symbol, binding.workflow.track, binding.workflow.id))


def _binding_rows(
    session: Session, which: ColumnElement[bool], on: date
) -> list[tuple[Workflow, WorkflowValidity, WorkflowLine, Decision]]:
    query = (
        select(Workflow, WorkflowValidity, WorkflowLine, Decision)
        .join(WorkflowValidity, WorkflowValidity.workflow_id == Workflow.id)
        .join(WorkflowTarget, WorkflowTarget.id == WorkflowValidity.opened_by)
        .join(WorkflowLine, WorkflowLine.id == WorkflowTarget.line_id)
        .join(Decision, Decision.id == WorkflowLine.decision_id)
        .where(which, WorkflowValidity.valid_from <= on)
        .where((WorkflowValidity.valid_until.is_(None)) | (WorkflowValidity.valid_until > on))
        .order_by(Workflow.level, Workflow.track, Workflow.id)
    )
    return [(workflow, period, line, decision) for workflow, period, line, decision in session.execute(query)]


def _versions_on(session: Session, ids: Collection[int], on: date) -> dict[int, dict[str, ProcedureVersion]]:
    found: dict[int, dict[str, ProcedureVersion]] = defaultdict(dict)
    query = (
        select(ProcedureVersion, Validity.level)
        .join(Validity, Validity.version_id == ProcedureVersion.id)
        .where(Validity.procedure_id.in_(ids), Validity.valid_from <= on)
        .where((Validity.valid_until.is_(None)) | (Validity.valid_until > on))
    )
    for version, level in session.execute(query):
        found[version.procedure_id][level] = version
    return found


def _confirmations(session: Session, ids: Collection[int]) -> dict[tuple[int, int], WorkflowConfirmation]:
    query = select(WorkflowConfirmation).where(WorkflowConfirmation.workflow_id.in_(ids))
    return {(item.workflow_id, item.version_id): item for item in session.scalars(query)}
