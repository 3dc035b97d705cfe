"""What answers a question in a view, and how well: by code or number, else by words and then by names.

The score of an answer found by words is the sum of what its terms add (`relevance`), times the boost of the document,
and of what its name adds (`naming`) and its sector. `Found` keeps what is needed to tell each part (`explanation`).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search_index import naming, question, relevance, slips, vietnamese
from search_index.facets import Scored
from search_index.naming import Part, Wanted
from search_index.question import Question, Term
from search_index.relevance import CODE, FOLDED, NUMBER, PAIR
from search_index.views import Postings, View

# A long question keeps its most telling terms (a syllable may be up to three), so its time is bounded.
MOST_TERMS = 40
# What scores less than this share of the best answer is noise; it is neither shown nor counted.
LEAST_SHARE = 0.3
# The names of so many answers are weighed besides; what words alone put lower has never been the right answer.
NAMES_WEIGHED = 60
# Answers keep company: the sectors of so many first procedures tell where the others belong, the first ones most.
SECTORS_TOLD_BY = 15
SECTOR = 0.3
EXACT_CODE, EXACT_NUMBER = 1_000.0, 500.0

Weighed = Sequence[tuple[float, Term, Postings]]  # rarity times weight in the question, most telling first
NOTHING_WANTED = Wanted.of((), {})


@dataclass(frozen=True)
class Found:
    """Answers before filters.

    By document number: `covered` is the weight covered, of the `full` weight of the question; `added` are the parts
    that name and sector add, `named` what was named outright. `weighed` are the terms the words were found by,
    `wanted` what was wanted of names.
    """

    scored: Scored
    covered: Sequence[float] = ()
    full: float = 0.0
    weighed: Weighed = ()
    wanted: Wanted = NOTHING_WANTED
    named: Mapping[int, float] = field(default_factory=dict)
    named_by: str = NUMBER
    added: Mapping[int, Sequence[Part]] = field(default_factory=dict)

    def coverage(self, number: int) -> float:
        """The share of the question that a document holds; all of it for what was found without words."""
        return self.covered[number] / self.full if self.full else 1.0


def understood(view: View, text: str, vocabulary: question.Vocabulary | None) -> tuple[Question, str]:
    """A question read, and its text with slips mended where any was found (`slips`), else ""."""
    asked = question.read(text, vocabulary)
    if asked.blank or asked.codes or asked.numbers:
        return asked, ""
    text = text[: question.MOST_CHARACTERS]
    words = list(vietnamese.words(text))[: question.MOST_WORDS]

    def held(wanted: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
        names = {term: (FOLDED if len(term) == 1 else PAIR, "_".join(term)) for term in wanted}
        found = view.gather(names.values())
        return {term: len(found[name][0]) for term, name in names.items()}

    telling = {term.text for term in asked.terms if term.essential}
    meant = slips.mended(words, telling, held)
    if not meant:
        return asked, ""
    mended = text
    for place in sorted(meant, reverse=True):
        mended = mended[: words[place].start] + meant[place] + mended[words[place].end :]
    # A word mended without its marks would be taken for one that has none.
    plain = any(word == vietnamese.fold(word) for word in meant.values())
    return question.read(vietnamese.fold(mended) if plain else mended, vocabulary), mended


def answers(view: View, asked: Question) -> Found:
    """Everything in the view that answers: what is named by code or number, else what the words find."""
    if asked.blank:
        return Found([(0.0, number) for number in range(len(view.facts))])
    _gather(view, asked)
    by_name = named(view, asked)
    if by_name and (asked.codes or not asked.certain or not asked.terms):
        by = CODE if asked.codes else NUMBER
        return Found([(score, number) for number, score in by_name.items()], named=by_name, named_by=by)
    found = _by_words(view, asked.terms)
    scores = {number: score for score, number in found.scored}
    for number, score in by_name.items():
        scores[number] = scores.get(number, 0.0) + score
    return replace(found, scored=[(score, number) for number, score in scores.items()], named=by_name)


def _gather(view: View, asked: Question) -> None:
    """Bring all that the question may need in one journey."""
    exact = [(kind, term) for kind, terms in ((CODE, asked.codes), (NUMBER, asked.numbers)) for term in terms]
    view.gather(exact + [(term.kind, term.text) for term in asked.terms])


def named(view: View, asked: Question) -> dict[int, float]:
    """What the question names by code or decision number, with its score."""
    found: dict[int, float] = {}
    for kind, terms, worth in ((CODE, asked.codes, EXACT_CODE), (NUMBER, asked.numbers, EXACT_NUMBER)):
        for rank, term in enumerate(terms):
            for number, weight in zip(*view.postings(kind, term), strict=True):
                found[number] = max(found.get(number, 0.0), (worth - rank) * weight)
    return found


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
    return _by_names(view, Found(kept, covered, full, telling, _wanted(weighed)))


def _wanted(weighed: Weighed) -> Wanted:
    return Wanted.of(
        (term.text for _, term, _ in weighed if term.kind == FOLDED),
        {term.text: rarity for rarity, term, _ in weighed if term.kind == PAIR},
    )


def _by_names(view: View, found: Found) -> Found:
    """The answers with what their names and sectors add, for those that words put first."""
    first = heapq.nsmallest(NAMES_WEIGHED, ((-round(score, 4), number) for score, number in found.scored))
    if not first:
        return found
    best = -first[0][0]
    added: dict[int, list[Part]] = {}
    for _, number in first:
        added[number] = [(what, best * worth) for what, worth in _name_parts(view, found, number)]
    scores = {number: -negated + sum(worth for _, worth in added[number]) for negated, number in first}
    sectors = _sectors(view, scores)
    for number in added:
        if share := sectors.get(view.facts[number].sector, 0.0):
            added[number].append(("sector", best * SECTOR * share))
    scored = [
        (max(score + sum(worth for _, worth in added.get(number, ())), 0.0), number) for score, number in found.scored
    ]
    return replace(found, scored=scored, added=added)


def _name_parts(view: View, found: Found, number: int) -> list[Part]:
    """What the name adds, or the friendly name where that answers better."""
    facts, held = view.facts[number], found.coverage(number)
    weighed = [
        naming.parts(naming.taken_apart(name), facts.level, found.wanted, held, view.rarities)
        for name in (facts.name, facts.friendly_name) if name
    ]  # fmt: skip
    return max(weighed, key=lambda parts: sum(worth for _, worth in parts), default=[])


def _sectors(view: View, scores: Mapping[int, float]) -> dict[str, float]:
    """The share of each sector among the first procedures, each counted by its place."""
    codes: set[str] = set()
    shares: dict[str, float] = {}
    for number in sorted(scores, key=lambda number: (-round(scores[number], 4), number)):
        facts = view.facts[number]
        if facts.code not in codes and len(codes) < SECTORS_TOLD_BY:
            codes.add(facts.code)
            shares[facts.sector] = shares.get(facts.sector, 0.0) + 1.0 / math.sqrt(len(codes))
    full = sum(shares.values())
    return {sector: share / full for sector, share in shares.items() if sector}
