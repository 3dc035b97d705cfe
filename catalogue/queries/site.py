"""What every page needs to know: the revision of the catalogue, the province's settings, the last decision."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.models import (
    Agency,
    Decision,
    DecisionAct,
    ElectronicWorkflow,
    LegalDocument,
    LineTarget,
    ProcedureVersion,
    Setting,
    Validity,
    WorkflowConfirmation,
    WorkflowTarget,
)
from catalogue.queries.facts import DECISION_COLUMNS, DecisionFact, decision_fact
from decisions.kinds import DecisionKind, DecisionStatus, Register


def revision(session: Session) -> str:
    """Sixteen hex digits that change whenever a public page may: issued texts, periods, acts, workflows, settings."""
    row = session.execute(
        select(
            select(func.max(LineTarget.id)).scalar_subquery(),
            select(func.max(DecisionAct.id)).scalar_subquery(),
            select(func.max(ProcedureVersion.id)).scalar_subquery(),
            select(func.max(Validity.id)).scalar_subquery(),
            select(func.max(WorkflowTarget.id)).scalar_subquery(),
            select(func.max(WorkflowConfirmation.id)).scalar_subquery(),
            select(func.max(ElectronicWorkflow.approved_at)).scalar_subquery(),
            select(func.max(LegalDocument.edited_at)).scalar_subquery(),
            select(func.max(Decision.issued_at)).scalar_subquery(),
            select(func.count(Decision.id)).where(Decision.status == DecisionStatus.ISSUED).scalar_subquery(),
        )
    ).one()
    parts = [str(value) for value in row] + [f"{key}={value}" for key, value in sorted(settings(session).items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def settings(session: Session) -> dict[str, str]:
    """Names and contacts of the province by key."""
    return {row.key: row.value for row in session.execute(select(Setting.key, Setting.value))}


def last_decision(session: Session, on: date | None = None, known_at: datetime | None = None) -> DecisionFact | None:
    """The public decision with a whole number (2815/QĐ-UBND) that was signed last, on or before ``on``."""
    query = (
        select(*DECISION_COLUMNS)
        .outerjoin(Agency, Agency.id == Decision.issuer_id)
        .where(
            Decision.status == DecisionStatus.ISSUED,
            Decision.kind != DecisionKind.INVENTORY,
            Decision.register == Register.PUBLIC,
            Decision.signed_on.is_not(None),
            # A source may name a decision by its figures alone, which tells a reader nothing.
            Decision.number_key.contains("/"),
        )
        .order_by(Decision.signed_on.desc(), Decision.id.desc())
        .limit(1)
    )
    if on is not None:
        query = query.where(Decision.signed_on <= on)
    if known_at is not None:
        query = query.where(Decision.issued_at <= known_at)
    row = session.execute(query).first()
    return decision_fact(row) if row else None
