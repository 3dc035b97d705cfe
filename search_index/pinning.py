"""Results that people have put first for a question: they lead what the words find, and change nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from search_index import question
from search_index.facets import Scored
from search_index.validity import Facts

# Above every score of words; what is named by code or number is never led by anything.
PINNED = 2_000.0


class Standing(Protocol):
    """The documents of a day, by number."""

    facts: list[Facts]


def led(view: Standing, scored: Scored, first: Sequence[str]) -> Scored:
    """The scores with the procedures of `first` on top in that order, found by the words or not.

    A procedure that the day or status leaves out stays out; filters are applied afterwards, to these as to all.
    """
    places = {procedure: place for place, procedure in enumerate(dict.fromkeys(first))}
    pinned = {
        number: PINNED - places[facts.procedure]
        for number, facts in enumerate(view.facts) if facts.procedure in places
    }  # fmt: skip
    kept = [entry for entry in scored if entry[1] not in pinned]
    return [*((score, number) for number, score in pinned.items()), *kept]


def is_pinned(score: float) -> bool:
    """Whether a score is one that `led` gave."""
    return score > PINNED - 500.0


class Pins:
    """Questions and the procedures that people have put first for them."""

    def __init__(self, pins: Iterable[tuple[str, Sequence[str]]] = ()) -> None:
        self._pins: dict[tuple[str, ...], list[tuple[tuple[str, ...], Sequence[str]]]] = {}
        for asked, procedures in pins:
            folded, marked = _said(asked)
            self._pins.setdefault(folded, []).append((marked, procedures))

    def first(self, text: str) -> tuple[str, ...]:
        """The procedures for a question: one that says the same in other wrapping, or without marks, is the same."""
        folded, marked = _said(text)
        known = self._pins.get(folded, ()) if folded else ()
        plain = folded == marked
        return tuple(dict.fromkeys(
            procedure for with_marks, procedures in known if plain or marked == with_marks for procedure in procedures
        ))  # fmt: skip


def _said(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that carry the question, by their letters alone and with their marks."""
    words = question.read(text).highlighted
    return tuple(word.folded for word in words), tuple(word.marked for word in words)
