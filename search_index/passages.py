"""The one short passage of a long text that answers a question best, with the places of the words found.

Whole catalogues are never read this way, only the texts of one page of results: letters are looked for as they are
written, with any marks, and only the passage chosen is taken apart into words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search_index import vietnamese
from search_index.ports import Span
from search_index.vietnamese import Word

LONGEST = 180  # characters of a passage
_BEFORE = 50  # characters kept before the first word found
MOST_WORDS = 8
MOST_TEXT = 6_000  # characters read of one text

_VARIANTS = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ", "d": "dđ", "e": "eèéẻẽẹêềếểễệ", "i": "iìíỉĩị", "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự", "y": "yỳýỷỹỵ",
}  # fmt: skip
_SPLIT = re.compile(r"(?<=[.;:!?])\s+|\s*\n\s*")


@dataclass(frozen=True)
class Passage:
    """A piece of a text, cut between words, with the half-open spans of the words that were asked for."""

    text: str
    spans: tuple[Span, ...]


def best(texts: Iterable[str], asked: Sequence[Word], known: Iterable[str] = ()) -> Passage | None:
    """The piece that holds most of the words asked for that are not among the folded words `known` already.

    Of equal pieces the earlier one is taken, so texts come in the order of their worth. None when no text has any.
    """
    held = set(known)
    missing = tuple(dict.fromkeys(word.folded for word in asked if word.folded not in held))[:MOST_WORDS]
    if not missing:
        return None
    looked_for = _pattern(missing)
    chosen, most = "", 0
    for text in texts:
        if not looked_for.search(text, 0, MOST_TEXT):
            continue
        for piece in _SPLIT.split(text[:MOST_TEXT]):
            found = len({vietnamese.fold(match) for match in looked_for.findall(piece)})
            if found > most:
                chosen, most = piece, found
        if most == len(missing):
            break
    return _cut(chosen, looked_for, asked) if most else None


def _cut(piece: str, looked_for: re.Pattern[str], asked: Sequence[Word]) -> Passage | None:
    line = " ".join(piece.split()).lstrip("-–+•* ")
    first = looked_for.search(line)
    if first is None:
        return None
    start = 0
    if len(line) > LONGEST and first.start() > _BEFORE:
        start = line.find(" ", first.start() - _BEFORE) + 1
    text = line[start : start + LONGEST]
    if start + LONGEST < len(line):
        text = text.rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
    text = ("…" if start else "") + text
    spans = vietnamese.highlight(text, asked)
    return Passage(text, spans) if spans else None


@lru_cache(maxsize=256)
def _pattern(folded: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the folded words, with whatever marks and in whatever case they are written."""
    return re.compile(r"\b(?:" + "|".join(map(_written, folded)) + r")\b")


def _written(folded: str) -> str:
    letters = [_VARIANTS.get(letter, letter) for letter in folded]
    if re.fullmatch(r"(?:h|k|l|m|s|t|v|qu)y", folded):  # công ti, đăng kí: one word with those in y
        letters[-1] = _VARIANTS["y"] + _VARIANTS["i"]
    return "".join(f"[{re.escape(some + some.upper())}]" for some in letters)
