"""What changed in the public catalogue between two days: texts that began to bind and procedures that ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, literal, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.models import (
    Agency,
    Decision,
    DecisionLine,
    LineTarget,
    Procedure,
    ProcedureVersion,
    Sector,
    Validity,
)
from catalogue.queries.facts import DECISION_COLUMNS, DecisionFact, decision_fact
from decisions.kinds import ChangeKind, DecisionStatus, Register


@dataclass(frozen=True)
class ChangeRow:
    """One change of one procedure at one level from ``day`` on; ``ended`` when nothing binds from then."""

    day: date
    key: str
    code: str | None
    name: str
    level: str
    kind: str
    ended: bool
    changed_parts: str
    sector: str
    decision: DecisionFact


def begun(session: Session, since: date, until: date, *, limit: int, newest_first: bool = True) -> list[ChangeRow]:
    """Texts that begin to bind on days in ``[since, until)``; the opening inventory is no change."""
    order = Validity.valid_from.desc() if newest_first else Validity.valid_from.asc()
    query = (
        _begun(Validity.valid_from.label("day"), Validity.level)
        .where(Validity.valid_from >= since, Validity.valid_from < until)
        .order_by(order, ProcedureVersion.sort_name, Validity.level)
        .limit(limit)
    )
    return [_row(found, ended=False) for found in session.execute(query)]


def ended(session: Session, since: date, until: date, *, limit: int, newest_first: bool = True) -> list[ChangeRow]:
    """Procedures (by level) for which a line ends the last text on days in ``[since, until)``."""
    order = LineTarget.effective_on.desc() if newest_first else LineTarget.effective_on.asc()
    query = (
        _ended(LineTarget.effective_on.label("day"), LineTarget.level)
        .where(LineTarget.effective_on >= since, LineTarget.effective_on < until)
        .order_by(order, ProcedureVersion.sort_name, LineTarget.level)
        .limit(limit)
    )
    return [_row(found, ended=True) for found in session.execute(query)]


_LINE = (
    Procedure.key, Procedure.code, ProcedureVersion.name, DecisionLine.kind.label("line_kind"),
    DecisionLine.changed_parts, Sector.name.label("sector"), *DECISION_COLUMNS,
)  # fmt: skip


def _begun(*columns: Any) -> Select[Any]:
    return (
        select(*columns, *_LINE)
        .select_from(Validity)
        .join(Procedure, Procedure.id == Validity.procedure_id)
        .join(ProcedureVersion, ProcedureVersion.id == Validity.version_id)
        .outerjoin(Sector, Sector.id == ProcedureVersion.sector_id)
        .join(LineTarget, LineTarget.id == Validity.opened_by)
        .join(DecisionLine, DecisionLine.id == LineTarget.line_id)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .outerjoin(Agency, Agency.id == Decision.issuer_id)
        .where(Procedure.register == Register.PUBLIC, DecisionLine.kind != ChangeKind.INVENTORY)
    )


def _ended(*columns: Any) -> Select[Any]:
    closed, covering = aliased(Validity), aliased(Validity)
    same = and_(closed.procedure_id == LineTarget.procedure_id, closed.level == LineTarget.level)
    still = exists(
        select(literal(1)).where(
            covering.procedure_id == LineTarget.procedure_id,
            covering.level == LineTarget.level,
            covering.valid_from <= LineTarget.effective_on,
            or_(covering.valid_until.is_(None), covering.valid_until > LineTarget.effective_on),
        )
    ).correlate(LineTarget)
    return (
        select(*columns, *_LINE)
        .select_from(LineTarget)
        .join(closed, and_(same, closed.valid_until == LineTarget.effective_on))
        .join(Procedure, Procedure.id == LineTarget.procedure_id)
        .join(ProcedureVersion, ProcedureVersion.id == closed.version_id)
        .outerjoin(Sector, Sector.id == ProcedureVersion.sector_id)
        .join(DecisionLine, DecisionLine.id == LineTarget.line_id)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .outerjoin(Agency, Agency.id == Decision.issuer_id)
        .where(
            LineTarget.version_id.is_(None),
            Decision.status == DecisionStatus.ISSUED,
            Procedure.register == Register.PUBLIC,
            ~still,
        )
    )


def _row(found: Any, *, ended: bool) -> ChangeRow:
    return ChangeRow(
        day=found.day,
        key=found.key,
        code=found.code,
        name=found.name,
        level=found.level,
        kind=found.line_kind,
        ended=ended,
        changed_parts=found.changed_parts,
        sector=found.sector or "",
        decision=decision_fact(found),
    )
