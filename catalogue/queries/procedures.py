"""Lists of procedures on a day: rows, counts by facet, one page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, collate, exists, false, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.models import Procedure, ProcedureVersion, Sector, Validity
from catalogue.queries.facts import State, state_on
from catalogue.queries.ledger import chunked, ledger
from decisions.kinds import Level, Register
from decisions.timeline import Period
from search_index.vietnamese import collation_key, fold

FACETS = ("level", "sector", "online")


@dataclass(frozen=True)
class Selection:
    """Which procedures of a day are wanted; empty sets mean all. ``sectors`` are slugs, "" for rows without one."""

    on: date
    state: State = State.IN_FORCE
    levels: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    register: str = Register.PUBLIC


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

    def state_on(self, day: date) -> State:
        """How the text stands to a day."""
        return state_on(day, self.valid_from, self.valid_until)


def covers(day: date) -> ColumnElement[bool]:
    """The condition that a period holds the day."""
    return and_(Validity.valid_from <= day, or_(Validity.valid_until.is_(None), Validity.valid_until > day))


def ordered_ids(session: Session, wanted: Selection, order: str = "name") -> list[int]:
    """Ids of all periods of the selection in the order of the Vietnamese alphabet, or by ``order`` = newest day."""
    # "C" is the order of code points, which is what the stored sorting key is made for, on every database.
    by_name = (_plain_order(session, ProcedureVersion.sort_name), Procedure.key, Validity.level)
    day = (Validity.valid_from.desc(),) if order == "newest" else ()
    return list(session.scalars(_selected(wanted, Validity.id).order_by(*day, *by_name)))


def every_row(session: Session, wanted: Selection) -> list[ProcedureRow]:
    """The whole selection in alphabetical order."""
    rows = [_period_row(found) for found in session.execute(_selected(wanted, *_COLUMNS))]
    return sorted(rows, key=lambda row: (row.sort_name, row.key, row.level))


def outline(session: Session, wanted: Selection) -> list[tuple[int, str, str]]:
    """(period id, level, sector slug) of the whole selection in the order of the printed list."""
    columns = (Validity.id, Validity.level, Sector.slug, Sector.name, ProcedureVersion.sort_name, Procedure.key)
    sectors = {slug: (not slug, collation_key(name)) for slug, name in {**sector_names(session), "": ""}.items()}
    levels = {level.value: place for place, level in enumerate(Level)}
    rows = sorted(
        session.execute(_selected(wanted, *columns)),
        key=lambda row: (levels.get(row[1], 99), sectors[row[2] or ""], row[4], row[5]),
    )
    return [(row[0], row[1], row[2] or "") for row in rows]


@dataclass(frozen=True)
class Tally:
    """How many rows of one state on one day there are of each (level, sector slug, online grade)."""

    counts: Mapping[tuple[str, str, str], int]

    def total(self, wanted: Selection) -> int:
        """How many rows a selection has."""
        return sum(number for values, number in self.counts.items() if all(_allows(wanted, values)))

    def count_by(self, wanted: Selection, facet: str) -> dict[str, int]:
        """Rows by value of one facet (``FACETS``), most frequent first; the filter on that facet does not count."""
        place = FACETS.index(facet)
        found: Counter[str] = Counter()
        for values, number in self.counts.items():
            allowed = _allows(wanted, values)
            if all(allowed[:place]) and all(allowed[place + 1 :]) and values[place]:
                found[values[place]] += number
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def tally(session: Session, wanted: Selection) -> Tally:
    """Every count of the day and state of a selection in one pass, whatever its filters."""
    everything = Selection(wanted.on, wanted.state, register=wanted.register)
    columns = (Validity.level, Sector.slug, ProcedureVersion.online)
    query = _selected(everything, *columns, func.count().label("rows")).group_by(*columns)
    return Tally({(r.level, r.slug or "", r.online): r.rows for r in session.execute(query)})


def tally_of(rows: Iterable[ProcedureRow]) -> Tally:
    """The counts of rows at hand."""
    return Tally(Counter((row.level, row.sector_slug, row.online) for row in rows))


def chosen(wanted: Selection, row: ProcedureRow) -> bool:
    """Whether a row passes the filters on level, sector and grade."""
    return all(_allows(wanted, (row.level, row.sector_slug, row.online)))


def _allows(wanted: Selection, values: tuple[str, str, str]) -> tuple[bool, bool, bool]:
    """Whether level, sector and grade pass the filter on each."""
    filters = (wanted.levels, wanted.sectors, wanted.online)
    first, second, third = (not chosen or value in chosen for chosen, value in zip(filters, values, strict=True))
    return first, second, third


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
    rows = [row for row in made if chosen(wanted, row)]
    return sorted(rows, key=lambda row: (row.sort_name, row.key, row.level))


def _period_on(periods: Sequence[Period], wanted: Selection) -> Period | None:
    """The one period of a track that the state of the selection means."""
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
    Sector.name.label("sector"), Sector.slug.label("sector_slug"),
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


def _selected(wanted: Selection, *columns: Any) -> Select[Any]:
    query = _base(*columns).where(Procedure.register == wanted.register, _state_condition(wanted))
    if wanted.levels:
        query = query.where(Validity.level.in_(wanted.levels))
    if wanted.sectors:
        none = Sector.id.is_(None) if "" in wanted.sectors else false()
        query = query.where(or_(Sector.slug.in_(wanted.sectors), none))
    if wanted.online:
        query = query.where(ProcedureVersion.online.in_(wanted.online))
    return query


def _state_condition(wanted: Selection) -> ColumnElement[bool]:
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
    )
