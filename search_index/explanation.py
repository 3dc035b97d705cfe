"""The parts of a score, taken from the very values that ranking used."""

from __future__ import annotations

from search_index import pinning
from search_index.ports import ScorePart
from search_index.ranking import Found
from search_index.views import View


def parts(view: View, found: Found, number: int, score: float) -> tuple[ScorePart, ...]:
    """What each term, the name and the rest add to the score of a document of the view; they sum to the score."""
    if pinning.is_pinned(score):
        return (ScorePart("pinned", score),)
    words = [
        ScorePart(term.kind, rarity * weights[numbers.index(number)], term.text.replace("_", " "), term.origin)
        for rarity, term, (numbers, weights) in found.weighed
        if number in numbers
    ]
    boost = view.facts[number].boost
    told = [*words, *(ScorePart(what, worth) for what, worth in found.added.get(number, ()))]
    if words and boost != 1.0:
        told.append(ScorePart("boost", sum(part.worth for part in words) * (boost - 1.0)))
    if number in found.named:
        told.append(ScorePart(found.named_by, found.named[number]))
    # A name may cost more than the words earned; no score is below nothing.
    if (full := sum(part.worth for part in told)) < 0.0:
        told.append(ScorePart("floor", score - full))
    return tuple(sorted(told, key=lambda part: -abs(part.worth)))
