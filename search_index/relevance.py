"""How well a document answers, in a form that can be explained: weighted words, saturation, rarity.

Ranking is BM25F. The fields of a document are melted into one weighted frequency for each term before saturation:

    weight(term)  = Σ over fields of  boost · occurrences / (1 - b + b · length / typical length)
    score         = Σ over terms of   question weight · rarity · weight · (k + 1) / (weight + k)

Three kinds of terms are kept apart: folded syllables, syllables with their marks, and folded pairs of neighbours.
Pairs carry the meaning (most Vietnamese words are two syllables), marks tell đường from dương, folded syllables find
what was typed without marks or slipped.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search_index import identifiers, vietnamese
from search_index.ports import IndexedDocument

FOLDED, MARKED, PAIR = "folded", "marked", "pair"
CODE, NUMBER = "code", "number"
TEXT_KINDS = (FOLDED, MARKED, PAIR)
ALL_KINDS = (*TEXT_KINDS, CODE, NUMBER)

Terms = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class FieldWeight:
    """What one occurrence in a field is worth, and the length in syllables at which it is worth exactly that.

    Pairs of long texts are left out: there are too many of them, and measured, they mislead more than they help.
    """

    boost: float
    typical_length: int
    length_matters: float
    with_pairs: bool = True


FIELDS: Mapping[str, FieldWeight] = {
    "name": FieldWeight(5.0, 16, 0.5),
    "friendly_name": FieldWeight(4.0, 8, 0.3),
    "keywords": FieldWeight(4.0, 8, 0.3),
    "sector": FieldWeight(1.5, 4, 0.0),
    "agency": FieldWeight(0.5, 6, 0.0),
    "body": FieldWeight(0.6, 900, 0.5, with_pairs=False),
}
SATURATION = 4.0
# What a code's more general terms lose, each against the one before it: the plain code before its cases.
LESS_EXACT = 0.01
# A number that a text only cites, against one by which the document was published.
CITED = 0.4
# Longer texts repeat themselves; what lies beyond has never decided a question and costs time and memory.
MOST_BODY_SYLLABLES = 3_000

# A pair does not reach over the end of a sentence or a list item.
_STOP_RE = re.compile(r"[.;:!?()\[\]\n\r•+]|\s[-–]\s")


def rarity(documents: int, containing: int) -> float:
    """The inverse document frequency of BM25, never negative."""
    return math.log(1.0 + (documents - containing + 0.5) / (containing + 0.5))


def saturate(weight: float) -> float:
    """What a weighted frequency adds at most: repeating a word ten times is not ten times better."""
    return weight * (SATURATION + 1.0) / (weight + SATURATION)


def document_terms(document: IndexedDocument) -> Terms:
    """Everything a document is found by: kind of term, then term, then saturated weight (1.0 for its own numbers)."""
    weights: dict[str, defaultdict[str, float]] = {kind: defaultdict(float) for kind in TEXT_KINDS}
    for name, text in _texts(document):
        _add_field(weights, FIELDS[name], text)
    terms: dict[str, dict[str, float]] = {
        kind: {term: saturate(weight) for term, weight in found.items()} for kind, found in weights.items()
    }
    terms[CODE] = {term: 1.0 - LESS_EXACT * rank for rank, term in enumerate(identifiers.code_terms(document.code))}
    own = (term for number in document.decision_numbers for term in identifiers.number_terms(number))
    terms[NUMBER] = {**dict.fromkeys(identifiers.cited(document.body), CITED), **dict.fromkeys(own, 1.0)}
    return terms


def shares(document: IndexedDocument, kind: str, term: str) -> dict[str, float]:
    """How much of the weight of a term (`TEXT_KINDS`) each field of a document brought, in shares of 1."""
    brought: dict[str, float] = {}
    for name, text in _texts(document):
        weights: dict[str, defaultdict[str, float]] = {kind: defaultdict(float) for kind in TEXT_KINDS}
        _add_field(weights, FIELDS[name], text)
        if weight := weights[kind].get(term, 0.0):
            brought[name] = weight
    full = sum(brought.values())
    return {name: weight / full for name, weight in brought.items()}


def _texts(document: IndexedDocument) -> Iterator[tuple[str, str]]:
    yield "name", document.name
    yield "friendly_name", document.friendly_name
    yield "keywords", "\n".join(document.keywords)
    yield "sector", document.sector
    yield "agency", document.agency
    yield "body", document.body


def _add_field(weights: Mapping[str, defaultdict[str, float]], field: FieldWeight, text: str) -> None:
    pieces = [vietnamese.forms(piece) for piece in _STOP_RE.split(text)]
    length = min(sum(map(len, pieces)), MOST_BODY_SYLLABLES)
    if not length:
        return
    relative = length / field.typical_length
    each = field.boost / (1.0 - field.length_matters + field.length_matters * relative)
    folded_weights, marked_weights, pair_weights = weights[FOLDED], weights[MARKED], weights[PAIR]
    left = length
    for piece in pieces:
        found = piece[:left]
        left -= len(found)
        for folded, marked in found:
            folded_weights[folded] += each
            if marked != folded:
                marked_weights[marked] += each
        if field.with_pairs:
            for pair in vietnamese.pairs([folded for folded, _ in found]):
                pair_weights[pair] += each
