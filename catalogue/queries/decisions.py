"""Issued public decisions: the list, one decision with its lines, and the acts of later decisions upon it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.models import (
    Agency,
    Decision,
    DecisionAct,
    DecisionLine,
    LineTarget,
    Procedure,
    ProcedureVersion,
    StoredFile,
    WorkflowLine,
)
from catalogue.queries.facts import DECISION_COLUMNS, NO_YEAR, DecisionFact, decision_fact
from decisions.kinds import DecisionKind, DecisionStatus, Register


@dataclass(frozen=True)
class LineTargetFact:
    """A procedure that a line opened (``number`` of the version) or closed (``number`` None)."""

    key: str
    level: str
    number: int | None
    effective_on: date
    until: date | None


@dataclass(frozen=True)
class LineRow:
    """One annex row of an issued decision."""

    id: int
    annex: str
    part: str
    section: str
    ordinal: str
    kind: str
    code_printed: str
    name: str
    level: str
    sector: str
    changed_parts: str
    basis: str
    effect_text: str
    targets: tuple[LineTargetFact, ...] = ()


@dataclass(frozen=True)
class ActFact:
    """What one decision does to another; ``decision`` is the other end as seen from the page."""

    kind: str
    decision: DecisionFact | None
    target_text: str
    serials: str
    sentence: str
    whole: bool
    effective_on: date | None


@dataclass(frozen=True)
class FileFact:
    """The kept original file. ``inside`` says that it holds workflows which only the office may see."""

    sha256: str
    name: str
    media_type: str
    size: int
    inside: bool = False


@dataclass(frozen=True)
class DecisionView:
    """A decision as its page shows it."""

    fact: DecisionFact
    place: str
    signer: str
    capacity: str
    bases: tuple[str, ...]
    proposal: str
    articles: tuple[tuple[str, str], ...]
    recipients: tuple[str, ...]
    effect_text: str
    effect_from: date | None
    effect_until: date | None
    lines: tuple[LineRow, ...] = ()
    acts: tuple[ActFact, ...] = ()
    acts_upon: tuple[ActFact, ...] = ()
    file: FileFact | None = None
    counts: dict[str, int] = field(default_factory=dict)


def years(session: Session) -> list[int]:
    """The years in which public decisions were signed, latest first."""
    query = _public(Decision.year).where(Decision.year.is_not(None)).distinct().order_by(Decision.year.desc())
    return [year for year in session.scalars(query) if year is not None]


def listed(
    session: Session, *, year: int | None = None, text: str = "", limit: int, offset: int = 0
) -> list[DecisionFact]:
    """One page of public decisions, latest first, by year and by words of number or subject."""
    query = _filtered(year, text, *DECISION_COLUMNS)
    query = query.order_by(Decision.signed_on.is_(None), Decision.signed_on.desc(), Decision.id.desc())
    return [decision_fact(row) for row in session.execute(query.limit(limit).offset(offset))]


def count(session: Session, *, year: int | None = None, text: str = "") -> int:
    """How many public decisions there are."""
    return session.scalar(select(func.count()).select_from(_filtered(year, text, Decision.id).subquery())) or 0


def line_counts(session: Session, decision_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Public lines by kind for each decision."""
    found: dict[int, dict[str, int]] = {}
    query = (
        select(DecisionLine.decision_id, DecisionLine.kind, func.count())
        .where(DecisionLine.decision_id.in_(decision_ids), ~_internal_line())
        .group_by(DecisionLine.decision_id, DecisionLine.kind)
        # Without an order PostgreSQL changes it whenever it changes its plan, and the page with it.
        .order_by(DecisionLine.decision_id, func.min(DecisionLine.position))
    )
    for decision_id, kind, number in session.execute(query):
        found.setdefault(decision_id, {})[kind] = number
    return found


def by_address(session: Session, year: str, slug: str) -> list[DecisionFact]:
    """The public decisions under one address: several when two bodies used one number in one year."""
    if year == NO_YEAR:
        query = _public(*DECISION_COLUMNS).where(Decision.year.is_(None))
    elif year.isascii() and year.isdecimal() and len(year) == 4:
        query = _public(*DECISION_COLUMNS).where(Decision.year == int(year))
    else:
        return []
    facts = (decision_fact(row) for row in session.execute(query.order_by(Decision.id)))
    return [fact for fact in facts if fact.slug == slug]


def by_number(session: Session, number_key: str) -> list[DecisionFact]:
    """The public decisions of a number (``DecisionNumber.key``), with or without its symbol, latest first."""
    matches = [Decision.number_key == number_key]
    if "/" not in number_key:
        matches.append(Decision.number_key.startswith(f"{number_key}/", autoescape=True))
    query = _public(*DECISION_COLUMNS).where(or_(*matches)).order_by(Decision.signed_on.desc(), Decision.id.desc())
    return [decision_fact(row) for row in session.execute(query.limit(5))]


def view(session: Session, decision_id: int) -> DecisionView:
    """Everything the page of a decision shows; lines of internal procedures are left out."""
    decision = session.get_one(Decision, decision_id)
    row = session.execute(_public(*DECISION_COLUMNS).where(Decision.id == decision_id)).one()
    return DecisionView(
        fact=decision_fact(row),
        place=decision.place,
        signer=decision.signer,
        capacity=decision.capacity,
        bases=tuple(decision.bases),
        proposal=decision.proposal,
        articles=tuple((label, text) for label, text in decision.articles),
        recipients=tuple(decision.recipients),
        effect_text=decision.effect_text,
        effect_from=decision.effect_from,
        effect_until=decision.effect_until,
        lines=_lines(session, decision_id),
        acts=_acts(session, DecisionAct.decision_id, DecisionAct.target_id, decision_id),
        acts_upon=_acts(session, DecisionAct.target_id, DecisionAct.decision_id, decision_id),
        file=_file(session, decision),
        counts=line_counts(session, [decision_id]).get(decision_id, {}),
    )


def public_file(session: Session, decision_id: int) -> tuple[FileFact, bytes] | None:
    """The original file of a public decision; None where it holds workflows that are kept inside."""
    query = select(StoredFile).join(Decision, Decision.file_sha256 == StoredFile.sha256)
    stored = session.scalar(query.where(Decision.id == decision_id, ~_holds_inside(), *_IS_PUBLIC))
    if stored is None:
        return None
    return FileFact(stored.sha256, stored.name, stored.media_type, stored.size), stored.data


_ADOPTER = aliased(Decision)
_IS_PUBLIC = (
    # A decision known from a national record gives way once its paper has been issued here.
    ~select(_ADOPTER.id)
    .where(_ADOPTER.id == Decision.adopted_by_id, _ADOPTER.status == DecisionStatus.ISSUED)
    .correlate(Decision)
    .exists(),
    Decision.status == DecisionStatus.ISSUED,
    Decision.kind != DecisionKind.INVENTORY,
    Decision.register == Register.PUBLIC,
)


def _public(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(Decision).outerjoin(Agency, Agency.id == Decision.issuer_id).where(*_IS_PUBLIC)


def _filtered(year: int | None, text: str, *columns: Any) -> Select[Any]:
    query = _public(*columns)
    if year is not None:
        query = query.where(Decision.year == year)
    for word in text.split()[:8]:
        query = query.where(
            or_(Decision.number.icontains(word, autoescape=True), Decision.subject.icontains(word, autoescape=True))
        )
    return query


def _internal_line() -> Any:
    """Whether a line touches a procedure of the internal register."""
    return (
        select(LineTarget.id)
        .join(Procedure, Procedure.id == LineTarget.procedure_id)
        .where(LineTarget.line_id == DecisionLine.id, Procedure.register == Register.INTERNAL)
        .exists()
    )


def _lines(session: Session, decision_id: int) -> tuple[LineRow, ...]:
    targets = _targets(session, decision_id)
    query = select(DecisionLine).where(DecisionLine.decision_id == decision_id, ~_internal_line())
    return tuple(
        LineRow(
            id=line.id,
            annex=line.annex,
            part=line.part,
            section=line.section,
            ordinal=line.ordinal,
            kind=line.kind,
            code_printed=line.code_printed,
            name=line.name,
            level=line.level,
            sector=line.sector,
            changed_parts=line.changed_parts,
            basis=line.basis,
            effect_text=line.effect_text,
            targets=tuple(targets.get(line.id, ())),
        )
        for line in session.scalars(query.order_by(DecisionLine.position))
    )


def _targets(session: Session, decision_id: int) -> dict[int, list[LineTargetFact]]:
    query = (
        select(
            LineTarget.line_id, Procedure.key, LineTarget.level, ProcedureVersion.number, LineTarget.effective_on,
            LineTarget.until,
        )
        .join(DecisionLine, DecisionLine.id == LineTarget.line_id)
        .join(Procedure, Procedure.id == LineTarget.procedure_id)
        .outerjoin(ProcedureVersion, ProcedureVersion.id == LineTarget.version_id)
        .where(DecisionLine.decision_id == decision_id)
        .order_by(LineTarget.id)
    )  # fmt: skip
    found: dict[int, list[LineTargetFact]] = {}
    for row in session.execute(query):
        fact = LineTargetFact(row.key, row.level, row.number, row.effective_on, row.until)
        found.setdefault(row.line_id, []).append(fact)
    return found


def _acts(session: Session, this: Any, other: Any, decision_id: int) -> tuple[ActFact, ...]:
    """Acts whose ``this`` end is the decision; an act counts once the decision that makes it is issued."""
    acting = select(Decision.id).where(*_IS_PUBLIC)
    query = (
        select(DecisionAct, *DECISION_COLUMNS)
        .outerjoin(Decision, Decision.id == other)
        .outerjoin(Agency, Agency.id == Decision.issuer_id)
        .where(this == decision_id, DecisionAct.decision_id.in_(acting), DecisionAct.dismissed == "")
        .order_by(DecisionAct.id)
    )
    return tuple(
        ActFact(
            kind=row.DecisionAct.kind,
            decision=decision_fact(row) if row.decision_id is not None else None,
            target_text=row.DecisionAct.target_text,
            serials=row.DecisionAct.serials,
            sentence=row.DecisionAct.sentence,
            whole=row.DecisionAct.whole,
            effective_on=row.DecisionAct.effective_on,
        )
        for row in session.execute(query)
    )


def _file(session: Session, decision: Decision) -> FileFact | None:
    if decision.file_sha256 is None:
        return None
    stored = session.get_one(StoredFile, decision.file_sha256)
    inside = session.scalar(select(_holds_inside()).where(Decision.id == decision.id))
    return FileFact(stored.sha256, stored.name, stored.media_type, stored.size, bool(inside))


def _holds_inside() -> ColumnElement[bool]:
    """Whether a decision brings workflows that it does not make public: its paper has them in full."""
    rows = select(WorkflowLine.id).where(WorkflowLine.decision_id == Decision.id, WorkflowLine.content != "")
    return and_(Decision.workflows_public.is_(False), rows.correlate(Decision).exists())
