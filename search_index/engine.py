"""Ranking, filtering and counting over immutable shelves of postings; every embedded back end answers through it.

A question is put to a *view* (`views`): what its status selects on its day. Rarity is that of the day asked.
"""

from __future__ import annotations

import heapq
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from search_index import explanation, facets, intents, naming, pinning, question, ranking, validity, vietnamese
from search_index.facets import Scored
from search_index.ports import Hit, IndexedDocument, Query, ResultPage, Span, Status
from search_index.question import Question
from search_index.ranking import Found
from search_index.shelves import as_if
from search_index.validity import Facts
from search_index.views import Fetch, Shelf, View, one_by_one

VIEWS_KEPT = 6


class Snapshot:
    """One state of an index. Safe for many threads; dropped as a whole when the index moves on."""

    def __init__(self, shelves: Sequence[Shelf], revision: str, fetch: Fetch = one_by_one) -> None:
        self.shelves = tuple(shelves)
        self._fetch = fetch
        self.revision = revision
        self.everything = [facts for shelf in self.shelves for facts in shelf.facts]
        self._boundaries = validity.boundaries(self.everything)
        self._views: OrderedDict[tuple[int, Status], View] = OrderedDict()
        self._lock = threading.Lock()

    def count(self) -> int:
        """How many documents are held."""
        return sum(facts is not None for facts in self.everything)

    def view(self, day: int, status: Status) -> View:
        """The view of a day and status; days between two changes share one."""
        name = (validity.stretch(self._boundaries, day), status)
        with self._lock:
            if name not in self._views:
                places = validity.chosen(self.everything, day, status)
                self._views[name] = View(self.shelves, places, self._fetch)
                while len(self._views) > VIEWS_KEPT:
                    self._views.popitem(last=False)
            self._views.move_to_end(name)
            return self._views[name]

    def search(self, query: Query, vocabulary: question.Vocabulary | None = None) -> ResultPage:
        """Answer a query; see `ports.Query`."""
        view = self.view(query.on.toordinal(), query.status)
        asked, mended = ranking.understood(view, query.text, vocabulary)
        found = _led(view, asked, query)
        passing, counts = facets.filtered(view, found.scored, query)
        if "status" in query.facets:
            known = {query.status: len(passing)}
            counts["status"] = facets.by_status(
                lambda status: known[status] if status in known else self._number(replace(query, status=status), asked)
            )
        page = _placed(view, passing, query)[max(0, query.offset) :]
        hits = [_hit(view.facts[number], score, found, number, asked) for score, number in page]
        if query.explain:
            told = (explanation.parts(view, found, number, score) for score, number in page)
            hits = [replace(hit, parts=parts) for hit, parts in zip(hits, told, strict=True)]
        intent = intents.intent(query.text[: question.MOST_CHARACTERS])
        return ResultPage(tuple(hits), len(passing), counts, intent=intent, mended=mended)

    def as_if(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> Snapshot:
        """This state as if each procedure of `changes` had the documents given and no others; nothing is written."""
        shelves, fetch = as_if(self.shelves, changes, self._fetch)
        return Snapshot(shelves, self.revision, fetch)

    def _number(self, query: Query, asked: Question) -> int:
        """How many documents answer and pass, nothing counted besides."""
        view = self.view(query.on.toordinal(), query.status)
        return len(facets.filtered(view, _led(view, asked, query).scored, replace(query, facets=()))[0])


def _placed(view: View, passing: Scored, query: Query) -> Scored:
    """The first of what passes, as many as the query needs, in its order; equal ones by name, code and key."""
    last = max(0, query.offset) + max(0, query.limit)
    if query.order == "best":
        return [(-score, n) for score, n in heapq.nsmallest(last, ((-round(score, 4), n) for score, n in passing))]
    newest = query.order == "newest"
    return heapq.nsmallest(last, passing, key=lambda entry: (-view.facts[entry[1]].since if newest else 0, entry[1]))


def _led(view: View, asked: Question, query: Query) -> Found:
    """The answers, what people put first on top; nothing leads what was named by code or number."""
    found = ranking.answers(view, asked)
    named = asked.codes or asked.numbers and (asked.certain or ranking.named(view, asked))
    if not query.first or asked.blank or named:
        return found
    return replace(found, scored=pinning.led(view, found.scored, query.first))


def _hit(facts: Facts, score: float, found: Found, number: int, asked: Question) -> Hit:
    highlights: dict[str, tuple[Span, ...]] = {
        name: vietnamese.highlight(text, asked.highlighted)
        for name, text in (("name", facts.name), ("friendly_name", facts.friendly_name)) if text
    }  # fmt: skip
    held = found.coverage(number)
    # What was found by its code or number was named outright.
    names = (facts.name, facts.friendly_name)
    sure = naming.confidence(names, found.wanted, held) if found.full and score < ranking.EXACT_NUMBER else 1.0
    return Hit(
        key=facts.key, code=facts.code, level=facts.level, score=round(score, 4), name=facts.name,
        procedure=facts.procedure, coverage=round(held, 3), confidence=round(sure, 3), highlights=highlights,
        pinned=pinning.is_pinned(score),
    )  # fmt: skip
