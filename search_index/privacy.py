"""Which questions may be kept for counting: none that could tell of a person. When in doubt, a question is dropped.

The rule keeps what is made of words of the catalogue. It drops what holds figures (telephones, papers, plates, house
numbers), addresses of the net, words no Vietnamese dictionary could have (foreign names, accounts), and every word that
people or streets are named with, unless the catalogue itself prints it beside the same neighbour: "hồ sơ" and "đường
bộ" are kept, "ông Hồ Văn Sơ" and "đường Láng" are not. Two such words in a row, one after "tên" or "bé", and all of
them where no marks were typed, must stand in three words that are printed together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_index import person_names, vietnamese
from search_index.vietnamese import Word, clean

MOST_WORDS = 16
LONGEST = 120  # characters; a longer text tells a story, and stories tell of people
MOST_READ = 1_000  # characters as typed; an address may hold a hundred thousand

# "@", addresses of the net, a dot inside a word, and the apostrophe of names of the highlands ("H'Hen").
_NET = re.compile(r"@|://|\bwww\b|\w\.\w*[a-z]|\w['’ʼ]\w", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LONE_DIGIT = re.compile(r"(?<!\w)\d(?!\w)")
# Four figures in a row, spoken: a telephone read out.
_SPOKEN_FIGURES = frozenset(
    folded for folded, _ in vietnamese.forms("không một hai ba bốn năm sáu bảy tám chín mười linh lẻ")
)
MOST_SPOKEN_FIGURES = 3

# A syllable by its letters: beginning, middle, end. What is none is no Vietnamese word.
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|ieu|yeu|oai|oay|oao|oeo|uau|uay|uoi|uou"
    r"|uya|uye|uyu)"
    r"(?:c|ch|m|n|ng|nh|p|t)?"
)

_Forms = tuple[frozenset[str], frozenset[str]]
"""The same words with their marks, and by their letters alone."""


def _both(text: str) -> _Forms:
    forms = vietnamese.forms(text)
    return frozenset(marked for _, marked in forms), frozenset(folded for folded, _ in forms)


_FAMILIES, _GIVEN, _SURE = map(_both, (person_names.FAMILY, person_names.GIVEN, person_names.ONLY_FAMILY))
_PLACES, _PLAIN, _BEFORE = map(_both, (person_names.PLACES, person_names.AFTER_A_PLACE, person_names.BEFORE_A_PERSON))
_NAMES: _Forms = (_FAMILIES[0] | _GIVEN[0], _FAMILIES[1] | _GIVEN[1])
# What is dropped where it stands alone.
_TELLING: _Forms = (_NAMES[0], _NAMES[1] - _both(person_names.SMALL)[1])
_CALLED = _both("tên")
_EDGE = "·"


def _runs(said: Sequence[str], size: int) -> Iterable[str]:
    return (" ".join(said[at : at + size]) for at in range(len(said) - size + 1))


def _ordinary() -> frozenset[str]:
    found: set[str] = set()
    for phrase in person_names.ORDINARY.replace("\n", "|").split("|"):
        forms = vietnamese.forms(phrase)
        found.update(_runs([marked for _, marked in forms], 2), _runs([folded for folded, _ in forms], 2))
    return frozenset(found)


_ORDINARY = _ordinary()


@dataclass(frozen=True)
class KnownWords:
    """What the catalogue prints: single words by their letters, and neighbours, two with marks and three either way.

    The edges of a text count as neighbours where three are wanted.
    """

    words: frozenset[str] = frozenset()
    runs: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str], more: Iterable[str] = ()) -> KnownWords:
        """From names and phrases of ours; of the texts in `more` the single words only."""
        words: set[str] = set()
        runs: set[str] = set()
        for text in texts:
            forms = vietnamese.forms(text)
            folded, marked = [form for form, _ in forms], [form for _, form in forms]
            words.update(folded)
            runs.update(_runs(marked, 2))
            for said in (folded, marked):
                runs.update(_runs([_EDGE, *said, _EDGE], 3))
        for text in more:
            words.update(folded for folded, _ in vietnamese.forms(text))
        return cls(frozenset(words), frozenset(runs))


def keepable(text: str, known: KnownWords) -> str:
    """The question as it may be kept, lower case and without signs; empty when it must not be."""
    if len(text) > MOST_READ:
        return ""
    asked = clean(text)
    words = list(vietnamese.words(asked))
    if not words or len(words) > MOST_WORDS or len(asked) > LONGEST or _NET.search(asked) or _figures(asked, words):
        return ""
    if not all(_plausible(word, known) for word in words):
        return ""
    said = _Said(words, known)
    if any(map(said.tells, range(len(words)))) or any(not said.printed(at) for at in _capitals(asked, words)):
        return ""
    return " ".join(asked[word.start : word.end] for word in words).lower()


class _Said:
    """The words of a question as they were typed, beside what the catalogue prints."""

    def __init__(self, words: Sequence[Word], known: KnownWords) -> None:
        self._with_marks = any(word.marked != word.folded for word in words)
        self._words = [_EDGE, *(word.marked if self._with_marks else word.folded for word in words), _EDGE]
        self._plain = [True, *(word.marked == word.folded for word in words), True]
        self._known = known.runs

    def tells(self, at: int) -> bool:
        """Whether the word may name a person or a street."""
        if self._is(_SURE, at) or (self._is(_TELLING, at) and not self.printed(at)):
            return True
        named = self._is(_NAMES, at + 1) and (self._is(_NAMES, at) or self._is(_BEFORE, at))
        if self._is(_CALLED, at) and self._words[at + 2] != _EDGE and not self._together(at):
            return True  # "tên Bống", "tên Thơm": any word may be a name
        placed = self._is(_PLACES, at) and self._words[at + 2] != _EDGE and not self._is(_PLAIN, at + 1)
        return (named and not self._together(at)) or (placed and not self._pair(at) and not self._together(at))

    def _is(self, forms: _Forms, at: int) -> bool:
        """Whether the word is one of these; one typed without marks may be any that has its letters."""
        word = self._words[at + 1]
        return (self._with_marks and word in forms[0]) or (self._plain[at + 1] and word in forms[1])

    def printed(self, at: int) -> bool:
        """Whether the catalogue prints the word among these neighbours."""
        if self._pair(at) or self._pair(at - 1):
            return True
        return any(self._triple(first) for first in range(at - 1, at + 2))

    def _together(self, at: int) -> bool:
        """Whether it prints this word and the next one among these neighbours."""
        return self._ordinary(at) or self._triple(at) or self._triple(at + 1)

    def _ordinary(self, at: int) -> bool:
        return " ".join(self._words[at + 1 : at + 3]) in _ORDINARY

    def _pair(self, at: int) -> bool:
        return self._ordinary(at) or " ".join(self._words[at + 1 : at + 3]) in self._known

    def _triple(self, first: int) -> bool:
        """Three words from a place on, edges counted: -1 begins with the edge before the first word."""
        at = max(first, 0)
        return first >= 0 and " ".join(self._words[at : at + 3]) in self._known


def _figures(asked: str, words: Sequence[Word]) -> bool:
    """Whether there is a figure besides one lone digit ("lớp 1"), or figures are spelt out in a row."""
    if _DIGIT.search(_LONE_DIGIT.sub("", asked, count=1)) or any(c.isnumeric() and not c.isascii() for c in asked):
        return True
    if any(word.folded == "so" and after.folded.isdigit() for word, after in zip(words, words[1:], strict=False)):
        return True
    row = 0
    for word in words:
        row = row + 1 if word.folded in _SPOKEN_FIGURES or word.folded.isdigit() else 0
        if row > MOST_SPOKEN_FIGURES:
            return True
    return False


def _plausible(word: Word, known: KnownWords) -> bool:
    return word.folded in known.words or word.folded.isdigit() or bool(_SYLLABLE.fullmatch(word.folded))


def _capitals(asked: str, words: Sequence[Word]) -> list[int]:
    """Places of words that a capital marks as names: not where a sentence begins, nor where all are written so."""
    written = [asked[word.start : word.end] for word in words]
    if sum(text[0].isupper() for text in written) > len(written) / 2:
        return []
    return [
        at for at, text in enumerate(written)
        if text[0].isupper() and at > 0 and not asked[: words[at].start].rstrip().endswith((".", "?", "!", ":"))
        and not (text.isupper() and len(text) > 1)
    ]  # fmt: skip
