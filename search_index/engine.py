"""Ranking, filtering and counting over immutable shelves of postings; every embedded back end answers through it.

A question is put to a *view* (`views`): what its status selects on its day. Rarity is that of the day asked.
"""

from __future__ import annotations

import heapq
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search_index import facets, intents, naming, pinning, question, relevance, validity, vietnamese
from search_index.facets import Scored
from search_index.ports import Hit, IndexedDocument, Query, ResultPage, Span, Status
from search_index.question import Question, Term
from search_index.relevance import CODE, FOLDED, NUMBER, PAIR
from search_index.shelves import as_if
from search_index.validity import Facts
from search_index.views import Fetch, Postings, Shelf, View, one_by_one

# A long question keeps its most telling terms (a syllable may be up to three), so its time is bounded.
MOST_TERMS = 40
# What scores less than this share of the best answer is noise; it is neither shown nor counted.
LEAST_SHARE = 0.3
# The names of so many answers are weighed besides; what words alone put lower has never been the right answer.
NAMES_WEIGHED = 60
VIEWS_KEPT = 6
EXACT_CODE, EXACT_NUMBER = 1_000.0, 500.0


@dataclass(frozen=True)
class Found:
    """Answers before filters; by document number the weight covered, of the `full` weight of the question."""

    scored: Scored
    covered: Sequence[float] = ()
    full: float = 0.0

    def coverage(self, number: int) -> float:
        """The share of the question that a document holds; all of it for what was found without words."""
        return self.covered[number] / self.full if self.full else 1.0


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
        asked = question.read(query.text, vocabulary)
        view = self.view(query.on.toordinal(), query.status)
        found = _led(view, asked, query)
        passing, counts = facets.filtered(view, found.scored, query)
        if "status" in query.facets:
            known = {query.status: len(passing)}
            counts["status"] = facets.by_status(
                lambda status: known[status] if status in known else self._number(replace(query, status=status), asked)
            )
        last = max(0, query.offset) + max(0, query.limit)
        best = heapq.nsmallest(last, ((-round(score, 4), number) for score, number in passing))
        page = best[max(0, query.offset) :]
        hits = tuple(_hit(view.facts[number], -negated, found, number, asked) for negated, number in page)
        return ResultPage(hits, len(passing), counts, intent=intents.intent(query.text[: question.MOST_CHARACTERS]))

    def as_if(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> Snapshot:
        """This state as if each procedure of `changes` had the documents given and no others; nothing is written."""
        shelves, fetch = as_if(self.shelves, changes, self._fetch)
        return Snapshot(shelves, self.revision, fetch)

    def _number(self, query: Query, asked: Question) -> int:
        """How many documents answer and pass, nothing counted besides."""
        view = self.view(query.on.toordinal(), query.status)
        return len(facets.filtered(view, _led(view, asked, query).scored, replace(query, facets=()))[0])


def _led(view: View, asked: Question, query: Query) -> Found:
    """The answers, what people put first on top; nothing leads what was named by code or number."""
    found = answers(view, asked)
    named = asked.codes or asked.numbers and (asked.certain or _named(view, asked))
    if not query.first or asked.blank or named:
        return found
    return replace(found, scored=pinning.led(view, found.scored, query.first))


def answers(view: View, asked: Question) -> Found:
    """Everything in the view that answers: what is named by code or number, else what the words find."""
    if asked.blank:
        return Found([(0.0, number) for number in range(len(view.facts))])
    _gather(view, asked)
    named = _named(view, asked)
    if named and (asked.codes or not asked.certain or not asked.terms):
        return Found([(score, number) for number, score in named.items()])
    found = _by_words(view, asked.terms)
    scored = [(score + named.pop(number, 0.0), number) for score, number in found.scored]
    return Found(scored + [(score, number) for number, score in named.items()], found.covered, found.full)


def _gather(view: View, asked: Question) -> None:
    """Bring all that the question may need in one journey."""
    named = [(kind, term) for kind, terms in ((CODE, asked.codes), (NUMBER, asked.numbers)) for term in terms]
    view.gather(named + [(term.kind, term.text) for term in asked.terms])


def _named(view: View, asked: Question) -> dict[int, float]:
    named: dict[int, float] = {}
    for kind, terms, worth in ((CODE, asked.codes, EXACT_CODE), (NUMBER, asked.numbers, EXACT_NUMBER)):
        for rank, term in enumerate(terms):
            for number, weight in zip(*view.postings(kind, term), strict=True):
                named[number] = max(named.get(number, 0.0), (worth - rank) * weight)
    return named


def _by_words(view: View, terms: Sequence[Term]) -> Found:
    documents = len(view.facts)
    weighed: list[tuple[float, Term, Postings]] = []
    for term in terms:
        found = view.postings(term.kind, term.text)
        weighed.append((relevance.rarity(documents, len(found[0])) * term.weight, term, found))
    full = sum(rarity for rarity, term, _ in weighed if term.essential)
    telling = sorted((entry for entry in weighed if entry[2][0]), key=lambda entry: -entry[0])[:MOST_TERMS]
    scores, covered = [0.0] * documents, [0.0] * documents
    for rarity, term, (numbers, weights) in telling:
        for number, weight in zip(numbers, weights, strict=True):
            scores[number] += rarity * weight
        if term.essential:
            for number in numbers:
                covered[number] += rarity
    facts = view.facts
    scored = [(score * facts[number].boost, number) for number, score in enumerate(scores) if score > 0.0]
    least = max(scored, default=(0.0, 0))[0] * LEAST_SHARE
    kept = [entry for entry in scored if entry[0] >= least]
    return _by_names(view, terms, Found(kept, covered, full))


def _by_names(view: View, terms: Sequence[Term], found: Found) -> Found:
    """The answers with what their names add, for those that words put first."""
    first = heapq.nsmallest(NAMES_WEIGHED, ((-round(score, 4), number) for score, number in found.scored))
    if not first:
        return found
    best = -first[0][0]
    wanted = _wanted(terms)
    added = {
        number: best * naming.bonus(naming.taken_apart(view.facts[number].name), wanted, found.coverage(number))
        for _, number in first
    }
    scored = [(max(score + added.get(number, 0.0), 0.0), number) for score, number in found.scored]
    return Found(scored, found.covered, found.full)


def _wanted(terms: Sequence[Term]) -> naming.Wanted:
    return naming.Wanted.of(
        (term.text for term in terms if term.kind == FOLDED), (term.text for term in terms if term.kind == PAIR)
    )


def _hit(facts: Facts, score: float, found: Found, number: int, asked: Question) -> Hit:
    highlights: dict[str, tuple[Span, ...]] = {
        name: vietnamese.highlight(text, asked.highlighted)
        for name, text in (("name", facts.name), ("friendly_name", facts.friendly_name)) if text
    }  # fmt: skip
    held = found.coverage(number)
    # What was found by its code or number was named outright.
    names = (facts.name, facts.friendly_name)
    sure = naming.confidence(names, _wanted(asked.terms), held) if found.full and score < EXACT_NUMBER else 1.0
    return Hit(
        key=facts.key, code=facts.code, level=facts.level, score=round(score, 4), name=facts.name,
        procedure=facts.procedure, coverage=round(held, 3), confidence=round(sure, 3), highlights=highlights,
        pinned=pinning.is_pinned(score),
    )  # fmt: skip
