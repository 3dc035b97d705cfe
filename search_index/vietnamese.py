"""Vietnamese text for search: words, their folded and marked forms, pairs, highlighting, sorting.

A *word* here is a written syllable. It has two forms: *folded* (no marks, đ as d, i and y made one where both are
written) and *marked* (letters with their vowel marks, the tone moved to the end, so that hoá and hóa are one).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]

# Tones in dictionary order: huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Soft hyphen, zero-width characters, direction marks, variation selectors, byte order mark: never part of a word.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_INVISIBLE_RE = re.compile(f"[{_INVISIBLE}]")
_WORD_RE = re.compile(f"[^\\W_](?:[^\\W_]|[\u0300-\u036f{_INVISIBLE}])*")
# Where both i and y are written: công ti, đăng kí, qui chế, lí lịch, bác sĩ, mĩ thuật, hi vọng.
_I_OR_Y_RE = re.compile(r"^(h|k|l|m|s|t|v|qu)i$")


@dataclass(frozen=True, slots=True)
class Word:
    """A written syllable with its place in the original text."""

    folded: str
    marked: str
    start: int
    end: int


def clean(text: str) -> str:
    """NFC, without invisible characters, every run of white space one blank."""
    return " ".join(_INVISIBLE_RE.sub("", unicodedata.normalize("NFC", text)).replace("\x00", " ").split())


@lru_cache(maxsize=65_536)
def _forms(written: str) -> tuple[str, str]:
    """The folded and marked form of one written word."""
    letters = unicodedata.normalize("NFD", _INVISIBLE_RE.sub("", written).casefold())
    tone = "".join(_TONES[c] for c in letters if c in _TONES)
    toneless = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    base = "".join(c for c in letters if not unicodedata.combining(c)).replace("đ", "d")
    return _I_OR_Y_RE.sub(r"\1y", base), _I_OR_Y_RE.sub(r"\1y", toneless) + tone


def words(text: str) -> Iterator[Word]:
    """The words of a text in order; offsets are those of the text as given, whatever its normal form."""
    for match in _WORD_RE.finditer(text):
        folded, marked = _forms(match.group())
        if folded:
            yield Word(folded, marked, match.start(), match.end())


def forms(text: str) -> list[tuple[str, str]]:
    """The (folded, marked) forms of the words of a text, where places do not matter: indexing, mostly."""
    return [form for written in _WORD_RE.findall(text) if (form := _forms(written))[0]]


def fold(text: str) -> str:
    """Lower case without marks: "Đăng kí  khai sinh" becomes "dang ky khai sinh"; other signs stay as they are."""
    return _WORD_RE.sub(lambda match: _forms(match.group())[0], clean(text))


def pairs(folded: Sequence[str]) -> list[str]:
    """Neighbouring words joined: most Vietnamese words are two syllables."""
    return [f"{first}_{second}" for first, second in zip(folded, folded[1:], strict=False)]


def highlight(text: str, terms: Iterable[Word]) -> tuple[Span, ...]:
    """Spans of `text` (as given, marks and all) whose words answer one of `terms`; neighbours are joined.

    Where a text holds a term with the very marks that were typed, only these places count; otherwise every place
    with the same letters. Escaping is left to whoever prints the text.
    """
    found = list(words(text))
    marked_there = {word.marked for word in found}
    folded: set[str] = set()
    marked: set[str] = set()
    for term in terms:
        exact = term.marked != term.folded and term.marked in marked_there
        (marked if exact else folded).add(term.marked if exact else term.folded)
    spans: list[Span] = []
    for word in found:
        if word.folded not in folded and word.marked not in marked:
            continue
        if spans and not text[spans[-1][1] : word.start].strip(" \u00a0\t\n" + "\u00ad\u200e\u200f"):
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return tuple(spans)


def segments(text: str, spans: Sequence[Span]) -> list[tuple[str, bool]]:
    """The text cut at the spans, each piece with whether it is highlighted; joined, the pieces are the text."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in spans:
        if at < start:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


# The alphabet of 29 letters, with f, j, w, z where dictionaries put them.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ORDER = {letter: chr(0x100 + place) for place, letter in enumerate(_ALPHABET)}


@lru_cache(maxsize=16_384)
def collation_key(text: str) -> str:
    """A text that sorts by code point as Vietnamese sorts `text`: letters first, then tones, then capitals.

    The order of letters is a ă â b c d đ e ê …, of tones ngang, huyền, hỏi, ngã, sắc, nặng; blanks and signs come
    before digits, digits before letters.
    """
    letters: list[str] = []
    tones: list[str] = []
    capitals: list[str] = []
    for character in unicodedata.normalize("NFC", clean(text)):
        lowered = character.lower()
        parts = unicodedata.normalize("NFD", lowered)
        tone = next((_TONES[c] for c in parts if c in _TONES), "0")
        letter = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
        letters.append(_ORDER.get(letter) or _other_place(letter))
        tones.append(tone)
        capitals.append("1" if lowered != character else "0")
    return "\x01".join(("".join(letters), "".join(tones), "".join(capitals)))


def _other_place(letter: str) -> str:
    """Where a character outside the alphabet sorts: white space and signs, digits, then all other letters last."""
    if letter.isspace():
        return "\x20"
    if letter[:1] in "0123456789":
        return letter
    if letter[:1].isalpha():
        return "\uffff" + letter
    return "!" + letter
