"""Finding procedures: by the index when there is a question, by the database when there is none or no index."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.extensions import db
from catalogue.indexing import version_of
from catalogue.queries import history, procedures
from catalogue.queries.procedures import ProcedureRow, Selection, Tally
from catalogue.web.portal.filters import ProcedureFilter
from catalogue.web.portal.memory import remembered
from catalogue.web.portal.moment import Moment
from catalogue.words import look_up
from search_index.ports import Hit, Query, ResultPage, SearchBackend, SearchError, Span

logger = logging.getLogger(__name__)

PAGE_SIZE = 20
SORTED_AT_MOST = 1000  # results that are put in another order than the index gives

Counts = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Found:
    """One result: the row, the name people use (may be empty), and which words of both answer the question."""

    row: ProcedureRow
    friendly_name: str = ""
    highlights: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Findings:
    """One page of results with counts by facet (``level``, ``sector`` by slug, ``online``).

    ``degraded`` is True when the index could not be asked and names alone were compared.
    """

    found: tuple[Found, ...]
    total: int
    facets: Mapping[str, Counts]
    degraded: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))


def find(session: Session, backend: SearchBackend, wanted: ProcedureFilter, moment: Moment) -> Findings:
    """What answers the filter on the day."""
    selection = Selection(moment.on, wanted.state, wanted.levels, wanted.sectors, wanted.online)
    if moment.known_at is not None:
        return _known(session, selection, wanted, moment.known_at)
    if not wanted.text:
        return _listed(session, selection, wanted)
    try:
        return _searched(session, backend, wanted, moment)
    except SearchError as error:
        logger.warning("search index not used: %s", error)
        return _by_name(session, selection, wanted)


def tally(selection: Selection) -> Tally:
    """The counts of a day and state; one pass serves every filter."""
    plain = replace(selection, levels=(), sectors=(), online=())
    return remembered(lambda: procedures.tally(db.session(), plain), "tally", plain)


def _listed(session: Session, selection: Selection, wanted: ProcedureFilter) -> Findings:
    ids = remembered(
        lambda: procedures.ordered_ids(session, selection, wanted.order), "ordered", selection, wanted.order
    )
    start = (wanted.page - 1) * PAGE_SIZE
    rows = procedures.rows_by_validity(session, ids[start : start + PAGE_SIZE])
    return Findings(_with_friendly_names(session, list(rows.values())), len(ids), _facets(selection))


def _known(session: Session, selection: Selection, wanted: ProcedureFilter, known_at: datetime) -> Findings:
    """The list as it was known: the index holds only what is known now, so names are compared."""
    plain = replace(selection, levels=(), sectors=(), online=())
    everything = remembered(lambda: procedures.known_rows(session, plain, known_at), "known", plain, known_at)
    rows = [row for row in procedures.holding(everything, wanted.text) if procedures.chosen(selection, row)]
    counted = procedures.tally_of(procedures.holding(everything, wanted.text))
    start = (wanted.page - 1) * PAGE_SIZE
    if wanted.order == "newest":
        rows = sorted(rows, key=lambda row: row.valid_from, reverse=True)
    facets = {facet: list(counted.count_by(selection, facet).items()) for facet in procedures.FACETS}
    return Findings(_with_friendly_names(session, rows[start : start + PAGE_SIZE]), len(rows), facets)


def _searched(session: Session, backend: SearchBackend, wanted: ProcedureFilter, moment: Moment) -> Findings:
    names = procedures.sector_names(session)
    reordered = bool(wanted.order)
    result = look_up(
        session,
        backend,
        Query(
            text=wanted.text,
            on=moment.on,
            limit=SORTED_AT_MOST if reordered else PAGE_SIZE,
            offset=0 if reordered else (wanted.page - 1) * PAGE_SIZE,
            status=wanted.state.value,  # type: ignore[arg-type]
            levels=wanted.levels,
            sectors=tuple(names[slug] for slug in wanted.sectors if slug in names),
            online_grades=wanted.online,
            facets=("level", "sector", "online_grade"),
        ),
        moment.today,
    )
    found = _found(session, result.hits, moment)
    if reordered:
        start = (wanted.page - 1) * PAGE_SIZE
        found = _ordered(found, wanted.order)[start : start + PAGE_SIZE]
    rows = _with_friendly_names(session, [item.row for item in found])
    marks = {item.row.version_id: item.highlights for item in found}
    shown = tuple(Found(item.row, item.friendly_name, marks[item.row.version_id]) for item in rows)
    return Findings(shown, result.total, _index_facets(result, names))


def _found(session: Session, hits: Sequence[Hit], moment: Moment) -> list[Found]:
    """Hits as rows; the database is the truth, so a hit whose version is gone is left out."""
    rows = procedures.rows_of_versions(session, [version_of(hit.key) for hit in hits], moment.on)
    pairs = ((rows.get(version_of(hit.key)), hit) for hit in hits)
    return [Found(row, highlights=hit.highlights) for row, hit in pairs if row is not None]


def _ordered(found: list[Found], order: str) -> list[Found]:
    by_name = sorted(found, key=lambda item: (item.row.sort_name, item.row.key))
    if order == "newest":
        return sorted(by_name, key=lambda item: item.row.valid_from, reverse=True)
    return by_name


def _index_facets(result: ResultPage, names: Mapping[str, str]) -> dict[str, Counts]:
    slugs = {name: slug for slug, name in names.items()}
    return {
        "level": result.facets.get("level", ()),
        "sector": [(slugs[name], n) for name, n in result.facets.get("sector", ()) if name in slugs],
        "online": result.facets.get("online_grade", ()),
    }


def _by_name(session: Session, selection: Selection, wanted: ProcedureFilter) -> Findings:
    rows = procedures.holding(procedures.every_row(session, selection), wanted.text)
    start = (wanted.page - 1) * PAGE_SIZE
    shown = _with_friendly_names(session, rows[start : start + PAGE_SIZE])
    return Findings(shown, len(rows), _facets(selection), degraded=True)


def _facets(selection: Selection) -> dict[str, Counts]:
    counted = tally(selection)
    return {facet: list(counted.count_by(selection, facet).items()) for facet in procedures.FACETS}


def _with_friendly_names(session: Session, rows: Sequence[ProcedureRow]) -> tuple[Found, ...]:
    contents = history.listing_contents(session, [row.version_id for row in rows])
    return tuple(Found(row, contents[row.version_id].friendly_name) for row in rows)
