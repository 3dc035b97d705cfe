"""Results that people have put first for a question: they lead what the words find, and change nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

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
