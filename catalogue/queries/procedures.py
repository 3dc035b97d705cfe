"""Lists of procedures on a day: rows, counts by facet, one page at a time."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, collate, exists, false, literal, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.models import Procedure, ProcedureVersion, Sector, Validity
from catalogue.queries.facts import State, state_on
from catalogue.queries.ledger import chunked, ledger
from decisions.kinds import Level, Register
from decisions.timeline import Period
from search_index.ports import YES
from search_index.vietnamese import collation_key, fold

FACETS = ("level", "sector", "online", "agency", "subject", "fee_free", "non_territorial")
SEVERAL = "; "  # stands between the names in a column that holds several
Values = tuple[tuple[str, ...], ...]  # what one row has of each of the FACETS; a mark it has not is ()


@dataclass(frozen=True)
class Selection:
    """Which procedures of a day are wanted; empty sets mean all. ``sectors`` are slugs, "" for rows without one.

    ``state`` None takes of each procedure and level what is in force, else the next to come, else the last to end.
    ``agencies`` and ``subjects`` are names, one of which a row must have; the marks, when True, must be there.
    """

    on: date
    state: State | None = State.IN_FORCE
    levels: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    register: str = Register.PUBLIC
    agencies: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    fee_free: bool = False
    non_territorial: bool = False

    @property
    def unfiltered(self) -> Selection:
        """The same day, state and register without any filter."""
        return Selection(self.on, self.state, register=self.register)

    @cached_property
    def filters(self) -> Values:
        """The values wanted of each of the FACETS; an empty set means all."""
        marks = ((YES,) if self.fee_free else (), (YES,) if self.non_territorial else ())
        return (self.levels, self.sectors, self.online, self.agencies, self.subjects, *marks)

    def allows(self, values: Values) -> list[bool]:
        """For each of the FACETS whether these values pass the filter on it."""
        return [
            not wanted or any(value in wanted for value in several)
            for wanted, several in zip(self.filters, values, strict=True)
        ]  # fmt: skip


@dataclass(frozen=True)
class ProcedureRow:
    """One text of one procedure at one level, as lists show it, with the period it is listed for."""

    version_id: int
    procedure_id: int
    key: str
    code: str | None
    number: int
    level: str
    name: str
    sort_name: str
    sector: str
    sector_slug: str
    agency: str
    time_text: str
    fee_text: str
    online: str
    awaits_content: bool
    valid_from: date
    valid_until: date | None
    opened_by: int
    friendly_name: str = ""
    subjects: str = ""
    fee_free: bool = False
    non_territorial: bool = False

    def state_on(self, day: date) -> State:
        """How the text stands to a day."""
        return state_on(day, self.valid_from, self.valid_until)

    @property
    def values(self) -> Values:
        """What the row has of each of the FACETS."""
        marks = ((YES,) if self.fee_free else (), (YES,) if self.non_territorial else ())
        several = (apart(self.agency), apart(self.subjects))
        return ((self.level,), (self.sector_slug,), (self.online,), *several, *marks)


@lru_cache(maxsize=4096)
def apart(names: str) -> tuple[str, ...]:
    """The names that stand in a column of several."""
    return tuple(sys.intern(name) for name in names.split(SEVERAL) if name)


def covers(day: date) -> ColumnElement[bool]:
    """The condition that a period holds the day."""
    return and_(Validity.valid_from <= day, or_(Validity.valid_until.is_(None), Validity.valid_until > day))


def ordered_ids(session: Session, wanted: Selection, order: str = "name") -> list[int]:
    """Ids of all periods of the selection in the order of the Vietnamese alphabet, or by ``order`` = newest day."""
    # "C" is the order of code points, which is what the stored sorting key is made for, on every database.
    by_name = (_plain_order(session, ProcedureVersion.sort_name), Procedure.key, Validity.level)
    day = (Validity.valid_from.desc(),) if order == "newest" else ()
    return list(session.scalars(selected(wanted, Validity.id).order_by(*day, *by_name)))


def every_row(session: Session, wanted: Selection) -> list[ProcedureRow]:
    """The whole selection in alphabetical order."""
    rows = [_period_row(found) for found in session.execute(selected(wanted, *_COLUMNS))]
    return sorted(rows, key=lambda row: (row.sort_name, row.key, row.level))


def outline(session: Session, wanted: Selection) -> list[tuple[int, str, str]]:
    """(period id, level, sector slug) of the whole selection in the order of the printed list."""
    columns = (Validity.id, Validity.level, Sector.slug, Sector.name, ProcedureVersion.sort_name, Procedure.key)
    sectors = {slug: (not slug, collation_key(name)) for slug, name in {**sector_names(session), "": ""}.items()}
    levels = {level.value: place for place, level in enumerate(Level)}
    rows = sorted(
        session.execute(selected(wanted, *columns)),
        key=lambda row: (levels.get(row[1], 99), sectors[row[2] or ""], row[4], row[5]),
    )
    return [(row[0], row[1], row[2] or "") for row in rows]


def names(session: Session, on: date) -> list[tuple[str, str]]:
    """The distinct (name, friendly name) of public procedures in force on a day, in alphabetical order of names."""
    columns = (ProcedureVersion.name, ProcedureVersion.friendly_name, ProcedureVersion.sort_name)
    found = {row[:2]: row.sort_name for row in session.execute(selected(Selection(on), *columns).distinct())}
    return [(name, friendly) for name, friendly in sorted(found, key=lambda pair: (found[pair], pair))]


def sector_names(session: Session, slugs: Collection[str] | None = None) -> dict[str, str]:
    """Names of sectors by slug, all of them when ``slugs`` is None."""
    query = select(Sector.slug, Sector.name)
    if slugs is not None:
        query = query.where(Sector.slug.in_(slugs))
    return {row.slug: row.name for row in session.execute(query)}


def rows_of_versions(session: Session, version_ids: Iterable[int], on: date) -> dict[int, ProcedureRow]:
    """Rows by version id; of several periods, the one that holds ``on``, else the next, else the last."""
    found: dict[int, ProcedureRow] = {}
    for ids in chunked(version_ids):
        for row in map(_period_row, session.execute(_base(*_COLUMNS).where(Validity.version_id.in_(ids)))):
            known = found.get(row.version_id)
            if known is None or _nearness(row, on) < _nearness(known, on):
                found[row.version_id] = row
    return found


def _nearness(row: ProcedureRow, on: date) -> tuple[int, int]:
    state = row.state_on(on)
    if state is State.ENDED:
        return 2, -row.valid_from.toordinal()
    return (0 if state is State.IN_FORCE else 1), row.valid_from.toordinal()


def rows_by_validity(session: Session, ids: Sequence[int]) -> dict[int, ProcedureRow]:
    """Rows by id of their period, in the order of ``ids``."""
    query = _base(Validity.id.label("validity_id"), *_COLUMNS).where(Validity.id.in_(ids))
    found = {row.validity_id: _period_row(row) for row in session.execute(query)}
    return {validity_id: found[validity_id] for validity_id in ids if validity_id in found}


def known_rows(session: Session, wanted: Selection, known_at: datetime) -> list[ProcedureRow]:
    """The selection as it was known at an instant: the whole ledger replayed, so slower than the stored periods."""
    book = ledger(session, list(session.scalars(select(Procedure.id).where(Procedure.register == wanted.register))))
    periods = [
        (track[1], period)
        for track in book.entries
        if (period := _period_on(book.periods(track, known_at=known_at), wanted)) is not None
    ]
    texts = _version_rows(session, {period.version for _, period in periods})
    made = (
        _row(texts[period.version], level, period.valid_from, period.valid_until, period.entry)
        for level, period in periods
    )
    rows = [row for row in made if all(wanted.allows(row.values))]
    return sorted(rows, key=lambda row: (row.sort_name, row.key, row.level))


def _period_on(periods: Sequence[Period], wanted: Selection) -> Period | None:
    """The one period of a track that the state of the selection means."""
    if wanted.state is None:
        by_preference = (replace(wanted, state=state) for state in _BY_PREFERENCE)
        return next((found for one in by_preference if (found := _period_on(periods, one)) is not None), None)
    of_state = [p for p in periods if state_on(wanted.on, p.valid_from, p.valid_until) is wanted.state]
    if wanted.state is State.ENDED:
        goes_on = any(period.covers(wanted.on) for period in periods)
        return of_state[-1] if of_state and not goes_on else None
    return of_state[0] if of_state else None


def _version_rows(session: Session, version_ids: Iterable[int]) -> dict[int, Any]:
    query = (
        select(*_TEXT_COLUMNS)
        .select_from(ProcedureVersion)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .outerjoin(Sector, Sector.id == ProcedureVersion.sector_id)
    )
    found: dict[int, Any] = {}
    for ids in chunked(version_ids):
        rows = session.execute(query.where(ProcedureVersion.id.in_(ids)))
        found.update({row.version_id: row for row in rows})
    return found


def printed_order(rows: Sequence[ProcedureRow]) -> list[ProcedureRow]:
    """Rows in the order of the printed list: level, sector, name."""
    levels = {level.value: place for place, level in enumerate(Level)}
    sectors = {row.sector_slug: (not row.sector_slug, collation_key(row.sector)) for row in rows}
    order = {slug: place for place, slug in enumerate(sorted(sectors, key=lambda slug: sectors[slug]))}
    return sorted(rows, key=lambda r: (levels.get(r.level, 99), order[r.sector_slug], r.sort_name, r.key))


def holding(rows: Iterable[ProcedureRow], text: str) -> list[ProcedureRow]:
    """Rows whose name, key or sector holds every word, marks aside: what lists use when there is no index."""
    words = fold(text).split()
    return [row for row in rows if all(word in f"{fold(row.name)} {row.key} {fold(row.sector)}" for word in words)]


_TEXT_COLUMNS: tuple[Any, ...] = (
    ProcedureVersion.id.label("version_id"), ProcedureVersion.procedure_id, Procedure.key, Procedure.code,
    ProcedureVersion.number, ProcedureVersion.name, ProcedureVersion.sort_name, ProcedureVersion.agency_name,
    ProcedureVersion.time_text, ProcedureVersion.fee_text, ProcedureVersion.online, ProcedureVersion.awaits_content,
    ProcedureVersion.friendly_name, ProcedureVersion.subjects, ProcedureVersion.fee_free,
    ProcedureVersion.non_territorial, Sector.name.label("sector"), Sector.slug.label("sector_slug"),
)  # fmt: skip
_COLUMNS: tuple[Any, ...] = (
    *_TEXT_COLUMNS, Validity.level, Validity.valid_from, Validity.valid_until, Validity.opened_by,
)  # fmt: skip


def _base(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Validity)
        .join(ProcedureVersion, ProcedureVersion.id == Validity.version_id)
        .join(Procedure, Procedure.id == Validity.procedure_id)
        .outerjoin(Sector, Sector.id == ProcedureVersion.sector_id)
    )


def selected(wanted: Selection, *columns: Any) -> Select[Any]:
    """The columns of every period of a selection."""
    query = _base(*columns).where(Procedure.register == wanted.register, _state_condition(wanted))
    if wanted.levels:
        query = query.where(Validity.level.in_(wanted.levels))
    if wanted.sectors:
        none = Sector.id.is_(None) if "" in wanted.sectors else false()
        query = query.where(or_(Sector.slug.in_(wanted.sectors), none))
    if wanted.online:
        query = query.where(ProcedureVersion.online.in_(wanted.online))
    if wanted.agencies:
        query = query.where(_holds_one(ProcedureVersion.agency_name, wanted.agencies))
    if wanted.subjects:
        query = query.where(_holds_one(ProcedureVersion.subjects, wanted.subjects))
    if wanted.fee_free:
        query = query.where(ProcedureVersion.fee_free)
    if wanted.non_territorial:
        query = query.where(ProcedureVersion.non_territorial)
    return query


def _holds_one(column: Any, names: Iterable[str]) -> ColumnElement[bool]:
    """Whether one of the names stands in a column that holds several apart by "; "."""
    whole = literal(SEVERAL) + column + literal(SEVERAL)
    return or_(*(whole.contains(f"{SEVERAL}{name}{SEVERAL}", autoescape=True) for name in names))


_BY_PREFERENCE = (State.IN_FORCE, State.COMING, State.ENDED)


def _state_condition(wanted: Selection) -> ColumnElement[bool]:
    if wanted.state is None:
        in_force, coming, ended = (_state_condition(replace(wanted, state=state)) for state in _BY_PREFERENCE)
        not_over = or_(_OTHER.valid_until.is_(None), _OTHER.valid_until > wanted.on)
        goes_on, binds = _neighbour(not_over), _neighbour(and_(not_over, _OTHER.valid_from <= wanted.on))
        return or_(in_force, and_(coming, ~binds), and_(ended, ~goes_on))
    if wanted.state is State.IN_FORCE:
        return covers(wanted.on)
    if wanted.state is State.COMING:
        return and_(Validity.valid_from > wanted.on, ~_neighbour(and_(_OTHER.valid_from > wanted.on, _EARLIER)))
    later = or_(_OTHER.valid_until.is_(None), _OTHER.valid_until > wanted.on, _OTHER.valid_from > Validity.valid_from)
    begun = _OTHER.valid_from <= wanted.on
    return and_(Validity.valid_until <= wanted.on, ~_neighbour(and_(later, begun)))


_OTHER = aliased(Validity)
_EARLIER = _OTHER.valid_from < Validity.valid_from


def _neighbour(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the same procedure and level has another period for which the condition holds."""
    return exists(
        select(literal(1)).where(
            _OTHER.procedure_id == Validity.procedure_id, _OTHER.level == Validity.level, condition
        )
    ).correlate(Validity)


def _plain_order(session: Session, column: Any) -> Any:
    return collate(column, "C") if session.get_bind().dialect.name == "postgresql" else column


def _period_row(found: Any) -> ProcedureRow:
    return _row(found, found.level, found.valid_from, found.valid_until, found.opened_by)


def _row(text: Any, level: str, valid_from: date, valid_until: date | None, opened_by: int) -> ProcedureRow:
    return ProcedureRow(
        version_id=text.version_id,
        procedure_id=text.procedure_id,
        key=text.key,
        code=text.code,
        number=text.number,
        level=level,
        name=text.name,
        sort_name=text.sort_name,
        sector=text.sector or "",
        sector_slug=text.sector_slug or "",
        agency=text.agency_name,
        time_text=text.time_text,
        fee_text=text.fee_text,
        online=text.online,
        awaits_content=text.awaits_content,
        valid_from=valid_from,
        valid_until=valid_until,
        opened_by=opened_by,
        friendly_name=text.friendly_name,
        subjects=text.subjects,
        fee_free=text.fee_free,
        non_territorial=text.non_territorial,
    )
