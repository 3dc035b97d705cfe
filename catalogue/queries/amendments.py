"""Which text a decision put in the place of which: pairs of versions of one procedure at one level."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from catalogue.models import DecisionLine, LineTarget, Procedure, ProcedureVersion, Validity
from catalogue.queries.ledger import CHUNK
from decisions.kinds import Register


@dataclass(frozen=True)
class Amendment:
    """One text that took the place of another on the day it began; hashes tell equal texts."""

    key: str
    level: str
    before_number: int
    after_number: int
    before_hash: str
    after_hash: str


def amendments(session: Session, decision_id: int) -> list[Amendment]:
    """What the decision amended in the public register, in the order of its lines; new procedures are none."""
    before, after = aliased(Validity), aliased(Validity)
    old, new = aliased(ProcedureVersion), aliased(ProcedureVersion)
    preceding = and_(
        before.procedure_id == after.procedure_id, before.level == after.level, before.valid_until == after.valid_from
    )
    query = (
        select(
            Procedure.key, after.level, old.number.label("before_number"), new.number.label("after_number"),
            old.content_hash.label("before_hash"), new.content_hash.label("after_hash"),
        )
        .select_from(LineTarget)
        .join(DecisionLine, DecisionLine.id == LineTarget.line_id)
        .join(after, after.opened_by == LineTarget.id)
        .join(before, preceding)
        .join(Procedure, Procedure.id == after.procedure_id)
        .join(old, old.id == before.version_id)
        .join(new, new.id == after.version_id)
        .where(DecisionLine.decision_id == decision_id, Procedure.register == Register.PUBLIC)
        .order_by(DecisionLine.position, Procedure.key, after.level)
    )  # fmt: skip
    return [Amendment(**row._mapping) for row in session.execute(query)]


def stored_contents(session: Session, hashes: Collection[str]) -> dict[str, str]:
    """The stored JSON of texts by their hash."""
    found: dict[str, str] = {}
    ordered = sorted(hashes)
    for start in range(0, len(ordered), CHUNK):
        query = select(ProcedureVersion.content_hash, ProcedureVersion.content)
        rows = session.execute(query.where(ProcedureVersion.content_hash.in_(ordered[start : start + CHUNK])))
        found.update((row.content_hash, row.content) for row in rows)
    return found
