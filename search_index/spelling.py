"""What somebody may have meant, in words that a catalogue really uses: slipped letters, wrong and forgotten marks.

Every word of a question stands for itself, for the known words with the same letters and other marks, and for those
one slip away (a letter too many, too few, wrong, or two swapped). The cheapest way through is taken; words that stand
side by side in the catalogue make a way cheaper, which is how "kết hơn" becomes "kết hôn" though "hơn" is a word too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from search_index import vietnamese
from search_index.vietnamese import Word

OTHER_MARKS, SLIP, UNKNOWN = 1.5, 2.5, 4.0
NEIGHBOURS = 0.7  # worth of a pair, per unit of the logarithm of its count
FREQUENT = 0.03
MOST_WORDS = 16
SHORTEST_SLIPPED = 3  # letters; shorter words have too many neighbours
MOST_OPTIONS = 24


@dataclass(frozen=True, slots=True)
class _Option:
    marked: str
    cost: float


class Lexicon:
    """The words of a catalogue: how they are written, how often, and next to which others they stand."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._count: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._written: dict[str, str] = {}
        for text in texts:
            found = [word for word in vietnamese.words(text) if word.folded.isalpha()]
            for word in found:
                self._count[word.marked] += 1
                self._written.setdefault(word.marked, text[word.start : word.end].lower())
            self._pairs.update((a.marked, b.marked) for a, b in zip(found, found[1:], strict=False))
        self._same_letters: dict[str, list[str]] = {}
        for marked, written in self._written.items():
            self._same_letters.setdefault(next(vietnamese.words(written)).folded, []).append(marked)
        self._shortened: dict[str, list[str]] = {}
        for folded in self._same_letters:
            for short in _shortened(folded):
                self._shortened.setdefault(short, []).append(folded)

    def holds(self, text: str) -> bool:
        """Whether every word of a text is known, marks aside."""
        return all(word.folded in self._same_letters for word in vietnamese.words(text))

    def meant(self, text: str, only: Collection[str] | None = None) -> str:
        """The text in known words where they differ from those typed; empty when nothing better is known.

        Marks alone are no difference where none were typed at all. ``only`` are the folded words that may be other
        ones; the rest stays as it was typed.
        """
        typed = [word for word in vietnamese.words(text) if word.folded.isalpha()]
        if not typed or len(typed) > MOST_WORDS:
            return ""
        with_marks = any(word.marked != word.folded for word in typed)
        chosen = self._cheapest(
            [
                self._options(word, with_marks) if only is None or word.folded in only else [_Option(word.marked, 0.0)]
                for word in typed
            ]
        )
        changed = [
            option.marked in self._written and self._differs(word, option.marked, with_marks)
            for word, option in zip(typed, chosen, strict=True)
        ]
        if not any(changed):
            return ""
        return "".join(self._respelt(text, typed, chosen))

    def _differs(self, word: Word, marked: str, with_marks: bool) -> bool:
        if with_marks:
            return word.marked != marked
        return word.folded != next(vietnamese.words(self._written[marked])).folded

    def _options(self, word: Word, with_marks: bool) -> list[_Option]:
        own = 0.0 if word.marked in self._count else UNKNOWN
        costs = {word.marked: own}
        for marked in self._same_letters.get(word.folded, ()):
            costs.setdefault(marked, OTHER_MARKS if with_marks else 0.0)
            if not with_marks:
                costs[marked] = 0.0
        if len(word.folded) >= SHORTEST_SLIPPED:
            for folded in self._one_slip_away(word.folded):
                for marked in self._same_letters[folded]:
                    costs.setdefault(marked, SLIP)
        by_worth = sorted(costs.items(), key=lambda pair: (pair[1], -self._count[pair[0]], pair[0]))
        return [_Option(marked, cost) for marked, cost in by_worth[:MOST_OPTIONS]]

    def _one_slip_away(self, folded: str) -> Iterator[str]:
        for short in _shortened(folded):
            yield from (other for other in self._shortened.get(short, ()) if _is_one_slip(folded, other))

    def _cheapest(self, options: Sequence[Sequence[_Option]]) -> list[_Option]:
        ways: list[tuple[float, list[_Option]]] = [(self._cost(option), [option]) for option in options[0]]
        for following in options[1:]:
            ways = [
                min(
                    ((cost + self._cost(option) - self._worth(way[-1], option), [*way, option]) for cost, way in ways),
                    key=lambda found: found[0],
                )
                for option in following
            ]
        return min(ways, key=lambda found: found[0])[1]

    def _cost(self, option: _Option) -> float:
        return option.cost - FREQUENT * math.log1p(self._count[option.marked])

    def _worth(self, first: _Option, second: _Option) -> float:
        return NEIGHBOURS * math.log1p(self._pairs[first.marked, second.marked])

    def _respelt(self, text: str, typed: Sequence[Word], chosen: Sequence[_Option]) -> Iterator[str]:
        at = 0
        for word, option in zip(typed, chosen, strict=True):
            yield text[at : word.start]
            yield self._written.get(option.marked, text[word.start : word.end])
            at = word.end
        yield text[at:]


def _shortened(word: str) -> set[str]:
    """The word and everything that is left of it without one letter."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_one_slip(one: str, other: str) -> bool:
    """Whether one letter was added, left out or mistaken, or two neighbours swapped."""
    if one == other:
        return False
    if len(one) == len(other):
        wrong = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and one[wrong[0]] == other[wrong[1]]
        return len(wrong) == 1 or (swapped and one[wrong[1]] == other[wrong[0]])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) == len(shorter) + 1 and shorter in _shortened(longer)
