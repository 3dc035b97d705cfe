"""Finding procedures: by the index when there is a question, by the database when there is none or no index."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue import words
from catalogue.extensions import db
from catalogue.indexing import version_of
from catalogue.queries import history, procedures, tallies
from catalogue.queries.facts import State
from catalogue.queries.history import Successor
from catalogue.queries.procedures import ProcedureRow, Selection
from catalogue.queries.tallies import Tally
from catalogue.queries.words import friendly_names
from catalogue.web.portal import search_facets
from catalogue.web.portal.filters import ProcedureFilter
from catalogue.web.portal.memory import remembered
from catalogue.web.portal.moment import Moment
from catalogue.web.portal.search_facets import OF_THE_INDEX, Counted, Names
from search_index import question
from search_index.ports import SURE, Hit, Query, SearchBackend, SearchError, Span
from search_index.vietnamese import Word

logger = logging.getLogger(__name__)

PAGE_SIZE = 20
TALLIES_KEPT = 12
KNOWN_KEPT = 2  # each holds every row of a day, some fifteen megabytes


@dataclass(frozen=True)
class Found:
    """One result: the row, which words of its names answer, and how sure that is (0 to 1).

    ``successors`` follow a procedure that has ended, ``elsewhere`` are levels at which it goes on; ``twins`` tells that
    another result has the same name.
    """

    row: ProcedureRow
    highlights: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    confidence: float = 1.0
    pinned: bool = False
    successors: tuple[Successor, ...] = ()
    elsewhere: tuple[str, ...] = ()
    twins: bool = False

    @property
    def friendly_name(self) -> str:
        """The name people use; may be empty."""
        return self.row.friendly_name


@dataclass(frozen=True)
class Findings:
    """One page of results for ``wanted`` (as understood) with counts by facet and value of the address.

    ``intent`` is what the question asks of a procedure (``search_index.intents``), "" when the whole. ``degraded`` is
    True when the index could not be asked and names alone were compared, ``wordless`` when the question holds no word
    and everything is listed. ``asked`` are the words to mark in what was found.
    """

    wanted: ProcedureFilter
    found: tuple[Found, ...]
    total: int
    counts: Counted
    names: Names
    intent: str = ""
    degraded: bool = False
    wordless: bool = False
    asked: tuple[Word, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def confidence(self) -> float:
        """How sure the best result of this page is."""
        return max((item.confidence for item in self.found), default=0.0)

    @property
    def is_sure(self) -> bool:
        """Whether the best result of this page is more than a guess."""
        return self.confidence >= SURE


def find(session: Session, backend: SearchBackend, asked: ProcedureFilter, moment: Moment) -> Findings:
    """What answers the filter on the day."""
    names = search_facets.known_names(session, asked)
    wanted = search_facets.understood(asked, names)
    selection = search_facets.selection_of(wanted, moment.on, names)
    if moment.known_at is not None:
        return _known(session, selection, wanted, names, moment, moment.known_at)
    if not wanted.text:
        return _listed(session, selection, wanted, names, moment)
    asked_for = question.read(wanted.text, words.vocabulary(session, moment.today))
    if not (asked_for.terms or asked_for.codes or asked_for.numbers):
        return replace(_listed(session, selection, wanted, names, moment), wordless=True)
    try:
        found = _searched(session, backend, selection, wanted, names, moment)
        return replace(found, asked=asked_for.highlighted)
    except SearchError as error:
        logger.warning("search index not used: %s", error)
        return _by_name(session, selection, wanted, names, moment)


def tally(selection: Selection) -> Tally:
    """The counts of a day and state; one pass serves every filter."""
    plain = selection.unfiltered
    return remembered(lambda: tallies.tally(db.session(), plain), "tally", plain, most=TALLIES_KEPT)


def _listed(session: Session, selection: Selection, wanted: ProcedureFilter, names: Names, moment: Moment) -> Findings:
    ids = remembered(
        lambda: procedures.ordered_ids(session, selection, wanted.order), "ordered", selection, wanted.order
    )
    start = (wanted.page - 1) * PAGE_SIZE
    rows = procedures.rows_by_validity(session, ids[start : start + PAGE_SIZE])
    found = _told_apart(session, [Found(row) for row in rows.values()], selection, moment.today)
    return Findings(wanted, found, len(ids), counts(selection, names), names)


def _known(
    session: Session, selection: Selection, wanted: ProcedureFilter, names: Names, moment: Moment, known_at: datetime
) -> Findings:
    """The list as it was known: the index holds only what is known now, so names are compared."""
    plain = selection.unfiltered
    everything = remembered(
        lambda: procedures.known_rows(session, plain, known_at), "known", plain, known_at, most=KNOWN_KEPT
    )
    held = procedures.holding(everything, wanted.text)
    rows = [row for row in held if all(selection.allows(row.values))]
    start = (wanted.page - 1) * PAGE_SIZE
    if wanted.order == "newest":
        rows = sorted(rows, key=lambda row: row.valid_from, reverse=True)
    found = _told_apart(session, [Found(row) for row in rows[start : start + PAGE_SIZE]], selection, moment.today)
    return Findings(wanted, found, len(rows), _by_slug(tallies.tally_of(held), selection, names), names)


def _searched(
    session: Session, backend: SearchBackend, selection: Selection, wanted: ProcedureFilter, names: Names,
    moment: Moment,
) -> Findings:  # fmt: skip
    query = query_of(selection, wanted.text, names, PAGE_SIZE, (wanted.page - 1) * PAGE_SIZE)
    query = replace(query, order=wanted.order or "best")  # type: ignore[arg-type]
    result = words.look_up(session, backend, query, moment.today)
    found = found_rows(session, result.hits, selection)
    found_counts = {facet: result.facets.get(name, ()) for facet, name in OF_THE_INDEX.items()}
    slugs = {name: slug for slug, name in names.sectors.items()}
    found_counts["sector"] = tuple((slugs[name], count) for name, count in found_counts["sector"] if name in slugs)
    return Findings(
        wanted, _told_apart(session, found, selection, moment.today), result.total,
        search_facets.counted(found_counts, names), names, result.intent,
    )  # fmt: skip


def query_of(selection: Selection, text: str, names: Names, limit: int, offset: int = 0) -> Query:
    """The selection as a question to the index."""
    return Query(
        text=text,
        on=selection.on,
        limit=limit,
        offset=offset,
        status=selection.state.value if selection.state else "any",  # type: ignore[arg-type]
        levels=selection.levels,
        sectors=tuple(names.sectors[slug] for slug in selection.sectors),
        agencies=selection.agencies,
        subjects=selection.subjects,
        online_grades=selection.online,
        fee_free=selection.fee_free,
        non_territorial=selection.non_territorial,
        facets=tuple(OF_THE_INDEX.values()) if limit else (),
    )


def found_rows(session: Session, hits: Sequence[Hit], selection: Selection) -> list[Found]:
    """Hits as rows; the database is the truth, so a hit whose version is gone is left out."""
    rows = procedures.rows_of_versions(session, [version_of(hit.key) for hit in hits], selection.on)
    pairs = ((rows.get(version_of(hit.key)), hit) for hit in hits)
    return [
        Found(row, hit.highlights, hit.confidence, hit.pinned) for row, hit in pairs if row is not None
    ]  # fmt: skip


def _told_apart(session: Session, found: Sequence[Found], selection: Selection, today: date) -> tuple[Found, ...]:
    """Results as people call them, successors on the page before what has ended, and equal names together."""
    given = friendly_names(session, {item.row.procedure_id for item in found}, today)
    named = [
        replace(item, row=replace(item.row, friendly_name=given[item.row.procedure_id]))
        if item.row.procedure_id in given else item
        for item in found
    ]  # fmt: skip
    return tuple(_twins_together(_successors_first(with_successors(session, named, selection))))


def with_successors(session: Session, found: Sequence[Found], selection: Selection) -> tuple[Found, ...]:
    """Results with what follows the ended ones: other procedures, or the same at other levels."""
    ended = [item.row.procedure_id for item in found if item.row.state_on(selection.on) is State.ENDED]
    if not ended:
        return tuple(found)
    follow = history.successors_of(session, ended)
    levels = history.levels_in_force(session, ended, selection.on)
    return tuple(
        replace(
            item, successors=follow.get(item.row.procedure_id, ()), elsewhere=levels.get(item.row.procedure_id, ())
        )
        if item.row.procedure_id in ended and item.row.state_on(selection.on) is State.ENDED else item
        for item in found
    )  # fmt: skip


def _successors_first(found: Sequence[Found]) -> list[Found]:
    placed: list[Found] = []
    for item in found:
        keys = {successor.key for successor in item.successors}
        placed += [other for other in found if other.row.key in keys and other not in placed and other is not item]
        if item not in placed:
            placed.append(item)
    return placed


def _twins_together(found: list[Found]) -> Iterable[Found]:
    by_name: dict[str, list[Found]] = {}
    for item in found:
        by_name.setdefault(item.row.sort_name, []).append(item)
    for same in by_name.values():
        yield from (replace(item, twins=True) for item in same) if len(same) > 1 else same


def _by_name(session: Session, selection: Selection, wanted: ProcedureFilter, names: Names, moment: Moment) -> Findings:
    rows = procedures.holding(procedures.every_row(session, selection), wanted.text)
    start = (wanted.page - 1) * PAGE_SIZE
    found = _told_apart(session, [Found(row) for row in rows[start : start + PAGE_SIZE]], selection, moment.today)
    return Findings(wanted, found, len(rows), counts(selection, names), names, degraded=True)


def counts(selection: Selection, names: Names) -> Counted:
    """Rows by facet and value of the address, without a question."""
    by_facet = remembered(lambda: _by_slug(tally(selection), selection, names), "counts", selection)
    totals = {state.value: tally(replace(selection, state=state)).total(selection) for state in _STATES}
    states = {state: total for state, total in totals.items() if total}
    return replace(by_facet, by={**by_facet.by, "state": states})


_STATES = (State.IN_FORCE, State.COMING, State.ENDED)


def _by_slug(tallied: Tally, selection: Selection, names: Names) -> Counted:
    return search_facets.counted({facet: by.items() for facet, by in tallied.facets(selection).items()}, names)
