"""What the page says besides its results: a likelier spelling, what has been abolished, where else to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from catalogue import words
from catalogue.queries.facts import State
from catalogue.queries.procedures import Selection
from catalogue.web.portal import search_facets, suggestions
from catalogue.web.portal.moment import Moment
from catalogue.web.portal.search import Findings, Found, counts, found_rows, query_of, with_successors
from search_index.ports import SURE, Hit, SearchBackend, SearchError

ENDED_SHOWN = 2
SECTORS_SHOWN = 12


@dataclass(frozen=True)
class Advice:
    """``meant`` is a spelling that finds more, or empty; ``ended`` answer better than anything in force; ``sectors``
    are (slug, name, count) to choose from where the results are few or doubtful.
    """

    doubtful: bool = False
    meant: str = ""
    ended: tuple[Found, ...] = ()
    sectors: Sequence[tuple[str, str, int]] = ()


def advice(session: Session, backend: SearchBackend, findings: Findings, moment: Moment) -> Advice:
    """What to say about the first page of an answer; nothing where the best result is certain."""
    wanted = findings.wanted
    asked = bool(wanted.text) and not findings.wordless and moment.known_at is None and not findings.degraded
    if wanted.page > 1 or not asked or (findings.total and findings.is_sure):
        return Advice(sectors=() if findings.total else _sectors(findings, moment))
    try:
        meant = _meant(session, backend, findings, moment)
        ended = _ended(session, backend, findings, moment)
    except SearchError:
        meant, ended = "", ()
    return Advice(bool(findings.total), meant, ended, _sectors(findings, moment))


def _meant(session: Session, backend: SearchBackend, findings: Findings, moment: Moment) -> str:
    spelt = suggestions.meant(session, findings.wanted.text, moment)
    if not spelt:
        return ""
    found = _best(session, backend, findings, moment, findings.wanted.state, spelt, 1)
    return spelt if found and found[0].confidence >= SURE else ""


def _ended(session: Session, backend: SearchBackend, findings: Findings, moment: Moment) -> tuple[Found, ...]:
    if findings.wanted.state is not State.IN_FORCE:
        return ()
    hits = _best(session, backend, findings, moment, State.ENDED, findings.wanted.text, ENDED_SHOWN)
    sure = [hit for hit in hits if hit.confidence >= max(SURE, findings.confidence)]
    selection = Selection(moment.on, State.ENDED)
    return with_successors(session, found_rows(session, sure, selection), selection) if sure else ()


def _best(
    session: Session, backend: SearchBackend, findings: Findings, moment: Moment, state: State | None, text: str,
    most: int,
) -> tuple[Hit, ...]:  # fmt: skip
    selection = replace(search_facets.selection_of(findings.wanted, moment.on, findings.names), state=state)
    query = replace(query_of(selection, text, findings.names, most), facets=())
    return words.look_up(session, backend, query, moment.today).hits


def _sectors(findings: Findings, moment: Moment) -> Sequence[tuple[str, str, int]]:
    counted = counts(Selection(moment.on), findings.names).by["sector"]
    return [(slug, findings.names.sectors[slug], count) for slug, count in list(counted.items())[:SECTORS_SHOWN]]
