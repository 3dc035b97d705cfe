"""Small facts that several reads share: which decision and line stand behind a text, and how they are addressed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalogue.models import Agency, Decision, DecisionLine, LineTarget
from catalogue.queries.ledger import chunked
from decisions.kinds import DecisionKind
from decisions.text import fold

NO_YEAR = "khong-ro-nam"
"""Stands for the year in the address of a decision whose date is not known."""


class State(StrEnum):
    """How a text stands to a day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    ENDED = "ended"
    NEVER = "never"  # issued, yet it binds on no day: revoked or overtaken before it took effect


def state_on(day: date, valid_from: date | None, valid_until: date | None) -> State:
    """The state of a half-open period on a day."""
    if valid_from is None:
        return State.NEVER
    if day < valid_from:
        return State.COMING
    return State.IN_FORCE if valid_until is None or day < valid_until else State.ENDED


@dataclass(frozen=True)
class DecisionFact:
    """A decision in one line. ``shown`` is False for the inventory, which is no decision."""

    id: int
    number: str
    year: int | None
    slug: str
    signed_on: date | None
    issuer: str
    issuer_id: int | None
    kind: str
    subject: str = ""
    issued_at: datetime | None = None

    @property
    def shown(self) -> bool:
        """Whether readers may see it as a decision."""
        return self.kind != DecisionKind.INVENTORY

    @property
    def address_year(self) -> str:
        """The year as it stands in the address."""
        return str(self.year) if self.year else NO_YEAR


@dataclass(frozen=True)
class LineFact:
    """The annex row behind a text: what it did, where it stands, the words on what it changed."""

    target_id: int
    line_id: int
    kind: str
    ordinal: str
    section: str
    annex: str
    changed_parts: str
    basis: str
    effective_on: date
    until: date | None
    recorded_at: datetime
    decision: DecisionFact


def decision_slug(number_key: str | None) -> str:
    """A decision number in an address: ``2815/QD-UBND`` becomes ``2815-qd-ubnd``; without one, ``khong-so``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(number_key or "")).strip("-") or "khong-so"


DECISION_COLUMNS = (
    Decision.id.label("decision_id"),
    Decision.number,
    Decision.number_key,
    Decision.year,
    Decision.signed_on,
    Decision.issuer_id,
    Decision.issuer_text,
    Decision.kind.label("decision_kind"),
    Decision.subject,
    Decision.issued_at,
    Agency.name.label("issuer_name"),
)


def decision_fact(row: Any) -> DecisionFact:
    """The fact in a row that holds ``DECISION_COLUMNS``."""
    return DecisionFact(
        id=row.decision_id,
        number=row.number,
        year=row.year,
        slug=decision_slug(row.number_key or row.number),
        signed_on=row.signed_on,
        issuer=row.issuer_name or row.issuer_text,
        issuer_id=row.issuer_id,
        kind=row.decision_kind,
        subject=row.subject,
        issued_at=row.issued_at,
    )


def line_facts(session: Session, target_ids: Iterable[int]) -> dict[int, LineFact]:
    """The lines behind these ``LineTarget`` rows, by target id."""
    found: dict[int, LineFact] = {}
    for ids in chunked(target_ids):
        rows = session.execute(lines_query().where(LineTarget.id.in_(ids)))
        found.update({row.target_id: line_fact(row) for row in rows})
    return found


_LINE_COLUMNS: tuple[Any, ...] = (
    LineTarget.id.label("target_id"), LineTarget.procedure_id, LineTarget.level, LineTarget.version_id,
    LineTarget.effective_on, LineTarget.until, LineTarget.recorded_at, DecisionLine.id.label("line_id"),
    DecisionLine.kind.label("line_kind"), DecisionLine.ordinal, DecisionLine.section, DecisionLine.annex,
    DecisionLine.changed_parts, DecisionLine.basis, *DECISION_COLUMNS,
)  # fmt: skip


def lines_query() -> Select[Any]:
    """Targets with their line and decision; only issued decisions have targets."""
    return (
        select(*_LINE_COLUMNS)
        .select_from(LineTarget)
        .join(DecisionLine, DecisionLine.id == LineTarget.line_id)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .outerjoin(Agency, Agency.id == Decision.issuer_id)
    )


def line_fact(row: Any) -> LineFact:
    """The fact in a row of ``lines_query``."""
    return LineFact(
        target_id=row.target_id,
        line_id=row.line_id,
        kind=row.line_kind,
        ordinal=row.ordinal,
        section=row.section,
        annex=row.annex,
        changed_parts=row.changed_parts,
        basis=row.basis,
        effective_on=row.effective_on,
        until=row.until,
        recorded_at=row.recorded_at,
        decision=decision_fact(row),
    )
