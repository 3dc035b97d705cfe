"""One procedure through time: its texts by level, when each binds, which line opened or ended it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from catalogue.models import (
    ActRow,
    Agency,
    Decision,
    DecisionAct,
    DecisionLine,
    Procedure,
    ProcedureVersion,
    Sector,
    Succession,
    Validity,
)
from catalogue.queries.facts import (
    DECISION_COLUMNS,
    DecisionFact,
    LineFact,
    State,
    decision_fact,
    line_fact,
    line_facts,
    lines_query,
    state_on,
)
from catalogue.queries.ledger import ledger, revoked_decisions
from decisions.codec import from_plain
from decisions.content import ProcedureContent, from_json
from decisions.kinds import ActKind, ChangeKind, DecisionStatus, Level, Register

LEVEL_ORDER = {level.value: place for place, level in enumerate(Level)}


@dataclass(frozen=True)
class ProcedureFact:
    """The lasting identity."""

    id: int
    key: str
    code: str | None


@dataclass(frozen=True)
class Term:
    """A period in which one text binds at one level, and the line that opened it."""

    version_id: int
    number: int
    level: str
    name: str
    valid_from: date
    valid_until: date | None
    opening: LineFact | None

    def state_on(self, day: date) -> State:
        """How the text stands to a day."""
        return state_on(day, self.valid_from, self.valid_until)


@dataclass(frozen=True)
class Text:
    """One version with its typed content; ``sector_slug`` is empty when it has no sector."""

    version_id: int
    number: int
    level: str
    content: ProcedureContent
    sector: str
    sector_slug: str
    awaits_content: bool


@dataclass(frozen=True)
class Successor:
    """A procedure that follows another one."""

    key: str
    name: str


@dataclass(frozen=True)
class Ending:
    """Why nothing binds from ``day`` on: ``reason`` is abolished, replaced, expired, revoked or unknown."""

    day: date
    reason: str
    line: LineFact | None = None
    decision: DecisionFact | None = None
    successors: tuple[Successor, ...] = ()


def public_procedure(session: Session, key: str) -> ProcedureFact | None:
    """The procedure of the public register under this key; internal ones do not exist for readers."""
    query = select(Procedure.id, Procedure.key, Procedure.code).where(Procedure.register == Register.PUBLIC)
    # A code given after years without one leads to the same procedure.
    row = session.execute(query.where(or_(Procedure.key == key, Procedure.code == key))).one_or_none()
    return ProcedureFact(row.id, row.key, row.code) if row else None


def terms(session: Session, procedure_id: int, *, known_at: datetime | None = None) -> list[Term]:
    """Every period of every level, by level and day; ``known_at`` replays with only what was recorded by then."""
    found = _replayed(session, procedure_id, known_at) if known_at else _stored(session, procedure_id)
    lines = line_facts(session, [opened for *_, opened in found])
    query = select(ProcedureVersion.id, ProcedureVersion.number, ProcedureVersion.name)
    versions = {v.id: v for v in session.execute(query.where(ProcedureVersion.procedure_id == procedure_id))}
    made = [
        Term(version, versions[version].number, level, versions[version].name, start, end, lines.get(opened))
        for version, level, start, end, opened in found
    ]
    return sorted(made, key=lambda term: (LEVEL_ORDER.get(term.level, 99), term.valid_from))


_Period = tuple[int, str, date, date | None, int]


def _stored(session: Session, procedure_id: int) -> list[_Period]:
    query = select(
        Validity.version_id, Validity.level, Validity.valid_from, Validity.valid_until, Validity.opened_by
    ).where(Validity.procedure_id == procedure_id)
    return [(r.version_id, r.level, r.valid_from, r.valid_until, r.opened_by) for r in session.execute(query)]


def _replayed(session: Session, procedure_id: int, known_at: datetime) -> list[_Period]:
    book = ledger(session, [procedure_id])
    return [
        (p.version, track[1], p.valid_from, p.valid_until, p.entry)
        for track in book.entries
        for p in book.periods(track, known_at=known_at)
    ]


def texts(session: Session, version_ids: Sequence[int]) -> dict[int, Text]:
    """Full texts by version id."""
    query = (
        select(
            ProcedureVersion.id, ProcedureVersion.number, ProcedureVersion.level, ProcedureVersion.content,
            ProcedureVersion.awaits_content, Sector.name, Sector.slug,
        )
        .outerjoin(Sector, Sector.id == ProcedureVersion.sector_id)
        .where(ProcedureVersion.id.in_(version_ids))
    )  # fmt: skip
    return {
        r.id: Text(r.id, r.number, r.level, from_json(r.content), r.name or "", r.slug or "", r.awaits_content)
        for r in session.execute(query)
    }


def listing_contents(session: Session, version_ids: Sequence[int]) -> dict[int, ProcedureContent]:
    """Texts by version id with only the parts that lists print: steps and papers, most of every text, are not read."""
    query = select(ProcedureVersion.id, ProcedureVersion.content).where(ProcedureVersion.id.in_(version_ids))
    return {row.id: _without_prose(row.content) for row in session.execute(query)}


_UNLISTED = ("steps", "sectors", "subjects", "outcomes", "forms", "conditions", "keywords", "other_names", "extra")


def _without_prose(text: str) -> ProcedureContent:
    data = json.loads(text)
    _drop(data, *_UNLISTED)
    for case in data.get("cases", ()):
        _drop(case, "steps", "papers", "extra")
    for channel in data.get("channels", ()):
        _drop(channel, "text", "extra")
    for basis in data.get("bases", ()):
        _drop(basis, "extra")
    if bodies := data.get("bodies"):
        data["bodies"] = {"executing": bodies.get("executing", [])}
    return from_plain(ProcedureContent, data)


def _drop(value: dict[str, Any], *parts: str) -> None:
    for part in parts:
        value.pop(part, None)


def text_by_number(session: Session, procedure_id: int, number: int) -> Text | None:
    """The n-th version of a procedure."""
    query = select(ProcedureVersion.id).where(
        ProcedureVersion.procedure_id == procedure_id, ProcedureVersion.number == number
    )
    found = session.scalar(query)
    return texts(session, [found])[found] if found is not None else None


def ending(session: Session, procedure_id: int, last: Term) -> Ending | None:
    """What ended the last text of a level; None while it is open."""
    if last.valid_until is None:
        return None
    day = last.valid_until
    columns = lines_query().selected_columns
    query = lines_query().where(
        columns.procedure_id == procedure_id, columns.level == last.level, columns.version_id.is_(None),
        columns.effective_on == day,
    )  # fmt: skip
    row = session.execute(query.order_by(columns.target_id.desc()).limit(1)).first()
    follow = successors(session, procedure_id)
    if row is not None:
        line = line_fact(row)
        reason = "replaced" if line.kind == ChangeKind.REPLACED or follow else "abolished"
        return Ending(day, reason, line, line.decision, follow)
    if last.opening is not None and last.opening.until == day:
        return Ending(day, "expired", last.opening, last.opening.decision, follow)
    return Ending(day, "revoked", decision=_ending_act(session, last), successors=follow)


def _ending_act(session: Session, last: Term) -> DecisionFact | None:
    """The decision that revoked or abolished, whole or by rows, the line that opened the last text."""
    if last.opening is None:
        return None
    rows = select(ActRow.act_id).where(ActRow.line_id == last.opening.line_id)
    whole = and_(DecisionAct.whole, DecisionAct.target_id == last.opening.decision.id)
    query = (
        select(*DECISION_COLUMNS)
        .select_from(DecisionAct)
        .join(Decision, Decision.id == DecisionAct.decision_id)
        .outerjoin(Agency, Agency.id == Decision.issuer_id)
        .where(Decision.status == DecisionStatus.ISSUED, DecisionAct.dismissed == "")
        .where(DecisionAct.kind.in_([ActKind.REVOKED, ActKind.ABOLISHED]), or_(whole, DecisionAct.id.in_(rows)))
        .where(DecisionAct.effective_on == last.valid_until)
        .order_by(DecisionAct.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return decision_fact(row) if row else None


def successors(session: Session, procedure_id: int) -> tuple[Successor, ...]:
    """The public procedures that follow this one, each once."""
    return successors_of(session, [procedure_id]).get(procedure_id, ())


def successors_of(session: Session, procedure_ids: Sequence[int]) -> dict[int, tuple[Successor, ...]]:
    """``successors`` of several procedures at once; those that nothing follows are left out."""
    query = (
        select(Succession.old_procedure_id, Procedure.key, ProcedureVersion.name)
        .select_from(Succession)
        .join(Procedure, Procedure.id == Succession.new_procedure_id)
        .join(ProcedureVersion, ProcedureVersion.procedure_id == Procedure.id)
        .join(DecisionLine, DecisionLine.id == Succession.line_id)
        .where(DecisionLine.decision_id.not_in(revoked_decisions(session)))
        .where(Succession.old_procedure_id.in_(procedure_ids), Procedure.register == Register.PUBLIC)
        .order_by(Procedure.key, ProcedureVersion.number)
    )
    found: dict[int, dict[str, str]] = {}
    for row in session.execute(query):
        found.setdefault(row.old_procedure_id, {})[row.key] = row.name
    return {old: tuple(Successor(key, name) for key, name in by_key.items()) for old, by_key in found.items()}


def levels_in_force(session: Session, procedure_ids: Sequence[int], on: date) -> dict[int, tuple[str, ...]]:
    """At which levels procedures are in force on a day, in the order of levels; those that are not are left out."""
    in_force = and_(Validity.valid_from <= on, or_(Validity.valid_until.is_(None), Validity.valid_until > on))
    query = select(Validity.procedure_id, Validity.level).where(Validity.procedure_id.in_(procedure_ids), in_force)
    found: dict[int, set[str]] = {}
    for row in session.execute(query):
        found.setdefault(row.procedure_id, set()).add(row.level)
    return {key: tuple(sorted(levels, key=lambda level: LEVEL_ORDER.get(level, 99))) for key, levels in found.items()}


def predecessors(session: Session, procedure_id: int) -> tuple[Successor, ...]:
    """The public procedures that this one replaces, each once."""
    query = (
        select(Procedure.key, ProcedureVersion.name)
        .select_from(Succession)
        .join(Procedure, Procedure.id == Succession.old_procedure_id)
        .join(ProcedureVersion, ProcedureVersion.procedure_id == Procedure.id)
        .join(DecisionLine, DecisionLine.id == Succession.line_id)
        .where(DecisionLine.decision_id.not_in(revoked_decisions(session)))
        .where(Succession.new_procedure_id == procedure_id, Procedure.register == Register.PUBLIC)
        .order_by(Procedure.key, ProcedureVersion.number)
    )
    found = {row.key: row.name for row in session.execute(query)}
    return tuple(Successor(key, name) for key, name in found.items())
