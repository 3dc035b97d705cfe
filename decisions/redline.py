"""Two texts word by word: what went, what came, what stayed, in spans that a person can read.

Words are compared by their key: capitals, punctuation, blanks, list marks, tone placement, i for y, a leading zero and
left-over tags do not count. Printed words are kept, so that the runs of a redline give both texts back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from decisions.text import clean, spelling


class Edit(StrEnum):
    """What happened to a row or to words in it."""

    SAME = "same"  # words only
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # rows only
    MOVED = "moved"  # rows only


@dataclass(frozen=True)
class Words:
    """A run of words with the blank or line end behind it.

    The texts of all runs but the removed ones, joined, are the new text; those of all but the added ones are the old
    text with the common words in their new spelling.
    """

    edit: Edit
    text: str


@dataclass(frozen=True)
class Wording:
    """A text as words: ``keys`` to compare, ``printed`` as it stands, each with what follows up to the next word."""

    keys: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Equal for two texts that say the same words."""
        return " ".join(self.keys)


Block = tuple[int, int, int]
"""Where ``n`` words are common: first index in the old words, first index in the new ones, ``n``."""

_NUMBER_MARK = r"\(?\d{1,2}(?:\.\d{1,2})*[.)]+(?=\s|$|[^\W\d])"
_LETTER_MARK = r"\(?[a-zđ][.)](?=\s|$)|[a-zđ]\)|[ivx]{1,5}[.);:](?=\s|$)"
_MARK = rf"(?:[-+*•–—·]+|{_LETTER_MARK}|{_NUMBER_MARK})"
_LIST_MARK = re.compile(rf"\s*(?:{_MARK}\s*)+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>|&nbsp;", re.IGNORECASE)
_FINAL_Y = re.compile(r"(?<=^[bcdđghklmnprstvx])y(?=\W*$)|(?<=^qu)y(?=\W*$)")
_SMALL_WINDOW = 40_000  # words times words that may be compared in full
_ISLAND = 4  # common words between two edits that are read as one with them


def word_runs(before: str, after: str) -> list[Words]:
    """The two texts as runs of same, removed and added words."""
    old, new = wording(before), wording(after)
    runs: list[Words] = []
    i = j = 0
    for start, place, length in [*common_words(old.keys, new.keys), (len(old.keys), len(new.keys), 0)]:
        runs += _run(Edit.REMOVED, old.printed[i:start])
        runs += _run(Edit.ADDED, new.printed[j:place])
        runs += _run(Edit.SAME, new.printed[place : place + length])
        i, j = start + length, place + length
    return runs


def _run(edit: Edit, printed: Sequence[str]) -> list[Words]:
    return [Words(edit, "".join(printed))] if printed else []


def word_key(text: str) -> str:
    """The words of a text in the form in which they are compared, one blank apart; empty when it has none."""
    return wording(text).key


@lru_cache(maxsize=2_000)  # rows are looked at several times within one comparison
def wording(text: str) -> Wording:
    """A text as words, line by line; marks of lists at the beginning of a line belong to no key."""
    keys: list[str] = []
    printed: list[str] = []
    for raw in text.splitlines():
        line = clean(_TAG.sub(" ", raw) if "<" in raw or "&" in raw else raw)
        mark = _LIST_MARK.match(line)
        starts = [found.span() for found in _WORD.finditer(line, mark.end() if mark else 0)]
        if not starts:
            continue
        if printed:
            printed[-1] = printed[-1].rstrip() + "\n"
        ends = [start for start, _ in starts[1:]] + [len(line)]
        keys += (_key(line[start:end]) for start, end in starts)
        printed += (line[start:end] for (start, _), end in zip(starts, ends, strict=True))
        printed[-len(starts)] = line[: starts[0][0]] + printed[-len(starts)]
    if printed:
        printed[-1] += " "  # what ends one text may stand in the middle of the runs
    return Wording(tuple(keys), tuple(printed))


@lru_cache(maxsize=20_000)  # few syllables, many texts
def _key(word: str) -> str:
    if word.isdigit() and len(word) <= 2:
        return word.lstrip("0") or "0"
    return _FINAL_Y.sub("i", spelling(word))


# ------------------------------------------------------------------ words common to both


def common_words(
    old: Sequence[str], new: Sequence[str], *, rows: tuple[Container[int], Container[int]] = ((), ())
) -> list[Block]:
    """The words that stayed, in order, without islands too small to be read between two edits.

    ``rows`` are the places in both texts where a row begins or ends: what is a row on both sides is no island.
    """
    return _without_islands(_joined(sorted(_matches(old, new))), (len(old), len(new)), rows)


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Words that stand once in both texts tie them together; what lies between is compared the same way."""
    windows = [(0, len(old), 0, len(new))]
    while windows:
        i, end, j, stop = windows.pop()
        length = 0
        while i + length < end and j + length < stop and old[i + length] == new[j + length]:
            length += 1
        if length:
            yield i, j, length
            i, j = i + length, j + length
        length = 0
        while i < end - length and j < stop - length and old[end - length - 1] == new[stop - length - 1]:
            length += 1
        if length:
            yield end - length, stop - length, length
            end, stop = end - length, stop - length
        if i == end or j == stop:
            continue
        if ties := _ties(old, new, i, end, j, stop):
            corners = [(i, j), *ties, (end, stop)]
            windows += [(a, c, b, d) for (a, b), (c, d) in zip(corners, corners[1:], strict=False)]
        elif (end - i) * (stop - j) <= _SMALL_WINDOW:
            matcher = SequenceMatcher(None, old[i:end], new[j:stop], autojunk=False)
            yield from ((i + a, j + b, n) for a, b, n in matcher.get_matching_blocks() if n)


def _ties(old: Sequence[str], new: Sequence[str], i: int, end: int, j: int, stop: int) -> list[tuple[int, int]]:
    """Places of phrases, else words, that stand once in both windows, the longest chain that keeps its order."""
    for size in (3, 1):
        places = _once(old, i, end, size)
        there = _once(new, j, stop, size)
        found = [(place, there[phrase]) for phrase, place in places.items() if phrase in there]
        if found:
            return longest_chain(sorted(found))
    return []


def _once(words: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    seen: dict[tuple[str, ...], int] = {}
    for place in range(start, end - size + 1):
        phrase = tuple(words[place : place + size])
        seen[phrase] = -1 if phrase in seen else place
    return {phrase: place for phrase, place in seen.items() if place >= 0}


def longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs sorted by their first number, the most whose second numbers rise too."""
    tails: list[int] = []
    before: list[int | None] = []
    values: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(values, place)
        before.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [index]
        values[length : length + 1] = [place]
    chain: list[tuple[int, int]] = []
    last = tails[-1] if tails else None
    while last is not None:
        chain.append(pairs[last])
        last = before[last]
    return chain[::-1]


def _joined(blocks: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for i, j, length in blocks:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + length)
        else:
            joined.append((i, j, length))
    return joined


def _without_islands(
    blocks: list[Block], ends: tuple[int, int], rows: tuple[Container[int], Container[int]]
) -> list[Block]:
    """Without the few common words between two edits at least as long: they are read as parts of one edit."""
    kept = list(blocks)
    place = 0
    while place < len(kept):
        i, j, length = kept[place]
        left = kept[place - 1] if place else (0, 0, 0)
        right = kept[place + 1] if place + 1 < len(kept) else (*ends, 0)
        gap_before = max(i - left[0] - left[2], j - left[1] - left[2])
        gap_after = max(right[0] - i - length, right[1] - j - length)
        is_row = i in rows[0] and i + length in rows[0] and j in rows[1] and j + length in rows[1]
        if length <= _ISLAND and length <= gap_before and length <= gap_after and not is_row:
            del kept[place]
            place = max(0, place - 1)
        else:
            place += 1
    return kept
