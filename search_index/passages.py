"""The one short passage of a long text that answers a question best, with the places of the words found.

Whole catalogues are never read this way, only the texts of one page of results: letters are looked for as they are
written, with any marks, and only the passage chosen is taken apart into words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search_index import vietnamese
from search_index.ports import Span
from search_index.vietnamese import Word

LONGEST = 180  # characters of a passage
_BEFORE = 50  # characters kept before the first word found
MOST_WORDS = 12
LEAST_HELD = 2
MOST_TEXT = 6_000  # characters read for one passage

_VARIANTS = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ", "d": "dđ", "e": "eèéẻẽẹêềếểễệ", "i": "iìíỉĩị", "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự", "y": "yỳýỷỹỵ",
}  # fmt: skip
_TONES = {"1": "\u0300", "2": "\u0309", "3": "\u0303", "4": "\u0301", "5": "\u0323"}  # as in `vietnamese.Word.marked`
_SPLIT = re.compile(r"(?<=[.;:!?])\s+|\s*\n\s*")


@dataclass(frozen=True)
class Passage:
    """A piece of a text, cut between words, with the half-open spans of the words that were asked for."""

    text: str
    spans: tuple[Span, ...]


def best(texts: Iterable[str], asked: Sequence[Word], known: Iterable[str] = ()) -> Passage | None:
    """The piece that holds most of the words asked for that are not among the folded words `known` already.

    Of equal pieces the earlier one is taken, so texts come in the order of their worth. None when no piece has more
    than one of several words: a lone syllable may stand anywhere.
    """
    by_letters: dict[str, str] = {}
    for word in asked:
        by_letters.setdefault(word.folded, word.marked)
    wanted = tuple(by_letters.items())[:MOST_WORDS]  # groups cost time for every letter of every text
    held = set(known)
    # Groups of a pattern are counted from one.
    missing = frozenset(number for number, (folded, _) in enumerate(wanted, start=1) if folded not in held)
    if not missing:
        return None
    least = min(LEAST_HELD, len(missing))
    looked_for = _pattern(wanted)
    chosen, most, left = "", least - 1, MOST_TEXT
    for text in texts:
        if left <= 0 or most == len(missing):
            break
        read = text[:left]
        left -= len(read)
        if len(_held(looked_for, read, missing)) <= most:
            continue
        for piece in _SPLIT.split(read):
            found = len(_held(looked_for, piece, missing))
            if found > most:
                chosen, most = piece, found
    return _cut(chosen, looked_for, asked, missing) if chosen else None


def _held(looked_for: re.Pattern[str], text: str, missing: frozenset[int]) -> frozenset[int]:
    return missing & {match.lastindex for match in looked_for.finditer(text)}


def _cut(piece: str, looked_for: re.Pattern[str], asked: Sequence[Word], missing: Collection[int]) -> Passage | None:
    line = " ".join(piece.split()).lstrip("-–+•* ")
    first = next((match.start() for match in looked_for.finditer(line) if match.lastindex in missing), 0)
    start = 0
    if len(line) > LONGEST and first > _BEFORE:
        start = line.find(" ", first - _BEFORE) + 1
    text = line[start : start + LONGEST]
    if start + LONGEST < len(line):
        text = text.rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
    text = ("…" if start else "") + text
    spans = vietnamese.highlight(text, asked)
    return Passage(text, spans) if spans else None


@lru_cache(maxsize=256)
def _pattern(wanted: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Any of the words, each a group, in whatever case they are written."""
    return re.compile(r"\b(?:" + "|".join(f"({_written(folded, marked)})" for folded, marked in wanted) + r")\b")


def _written(folded: str, marked: str) -> str:
    """The letters of a word: with the marks typed, its tone on any of them, or with any marks where none were typed."""
    if marked == folded:
        letters = [_VARIANTS.get(letter, letter) for letter in folded]
    else:
        tone = _TONES.get(marked[-1], "")
        letters = [letter + unicodedata.normalize("NFC", letter + tone)[:1] for letter in marked.rstrip("12345")]
    if re.fullmatch(r"(?:h|k|l|m|s|t|v|qu)y", folded):  # công ti, đăng kí: one word with those in y
        letters[-1] += _VARIANTS["i"] if marked == folded else unicodedata.normalize("NFC", "i" + tone)[:1]
    return "".join(f"[{re.escape(some + some.upper())}]" for some in letters)
