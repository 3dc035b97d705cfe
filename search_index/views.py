"""What a status selects on a day, renumbered densely, with its postings; a question about today never sees yesterday's.

A back end hands in *shelves*: facts by document number, and for each term the documents and saturated weights. A view
asks only the shelves that hold something of it, so history kept apart costs a question about today nothing, and it asks
for all the terms of a question at once, so a back end behind a network needs one journey.
"""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import compress
from typing import Protocol, TypeAlias

from search_index import facets
from search_index.naming import Rarities
from search_index.validity import Facts

Name: TypeAlias = tuple[str, str]  # kind of term, term
Postings: TypeAlias = "tuple[array[int], array[float]]"  # document numbers (ascending), saturated weights

POSTINGS_KEPT = 1_500_000  # eight bytes each
# Where a list is so many times longer than what the view has on the shelf, looking each one up is faster than a walk.
MUCH_LONGER = 8


class Shelf(Protocol):
    """A part of an index that does not change while it is looked at."""

    @property
    def facts(self) -> Sequence[Facts | None]:
        """By document number; None where a document was removed."""

    def postings(self, kind: str, term: str) -> Postings | None:
        """What the term is found in, or None when no document has it."""


Fetch: TypeAlias = "Callable[[Sequence[Shelf], Sequence[Name]], Sequence[Sequence[Postings | None]]]"
"""For each shelf, the postings of each name."""


def one_by_one(shelves: Sequence[Shelf], names: Sequence[Name]) -> Sequence[Sequence[Postings | None]]:
    """The way to fetch where asking costs nothing."""
    return [[shelf.postings(kind, term) for kind, term in names] for shelf in shelves]


class View:
    """The documents of one status on one stretch of days, and their postings as far as they were asked for."""

    def __init__(self, shelves: Sequence[Shelf], places: Iterable[int], fetch: Fetch = one_by_one) -> None:
        """`places` number the documents through all shelves, one shelf after the other."""
        wanted = set(places)
        # Numbered by name: equal scores then sort by name, code and key without looking anything up.
        named = []
        offset = 0
        for at, shelf in enumerate(shelves):
            for number, facts in enumerate(shelf.facts):
                if facts is not None and offset + number in wanted:
                    named.append((facts.sort_key, facts.code, facts.key, at, number, facts))
            offset += len(shelf.facts)
        named.sort(key=lambda entry: entry[:5])
        self.facts: list[Facts] = [entry[5] for entry in named]
        self._parts = _parts(shelves, ((at, number) for *_, at, number, _ in named))
        self._fetch = fetch
        self._columns: dict[str, facets.Column] = {}
        self._kept: OrderedDict[Name, Postings] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def gather(self, names: Iterable[Name]) -> dict[Name, Postings]:
        """The postings of every name, over the numbers of this view; empty when no document has the term."""
        wanted = list(dict.fromkeys(names))
        found: dict[Name, Postings] = {}
        with self._lock:
            for name in wanted:
                if name in self._kept:
                    self._kept.move_to_end(name)
                    found[name] = self._kept[name]
        missing = [name for name in wanted if name not in found]
        if missing:
            fetched = self._fetch([part.shelf for part in self._parts], missing)
            for at, name in enumerate(missing):
                found[name] = self._cut([of_shelf[at] for of_shelf in fetched])
            self._keep((name, found[name]) for name in missing)
        return found

    def postings(self, kind: str, term: str) -> Postings:
        """`gather` for one term."""
        return self.gather([(kind, term)])[kind, term]

    def column(self, facet: str) -> facets.Column:
        """The value of a facet for every document of the view, or its values."""
        if facet not in self._columns:
            self._columns[facet] = [facets.value(facts, facet) for facts in self.facts]  # type: ignore[assignment]
        return self._columns[facet]

    @cached_property
    def rarities(self) -> Rarities:
        """How telling each word is in the names of the view."""
        return Rarities(facts.name for facts in self.facts)

    def _keep(self, fetched: Iterable[tuple[Name, Postings]]) -> None:
        with self._lock:
            for name, postings in fetched:
                if name not in self._kept:
                    self._kept[name] = postings
                    self._size += len(postings[0]) + 8
            while self._size > POSTINGS_KEPT and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped[0]) + 8

    def _cut(self, found: Sequence[Postings | None]) -> Postings:
        numbers, weights = array("I"), array("f")
        for part, postings in zip(self._parts, found, strict=True):
            if postings is not None:
                part.cut(postings, numbers, weights)
        return numbers, weights


class Part:
    """What a view has on one shelf."""

    def __init__(self, shelf: Shelf, numbered: Sequence[tuple[int, int]]) -> None:
        """`numbered` are pairs of the number in the view and on the shelf."""
        self.shelf = shelf
        self._dense = array("i", [-1]) * len(shelf.facts)
        for number, place in numbered:
            self._dense[place] = number
        self._places = array("I", sorted(place for _, place in numbered))

    def cut(self, postings: Postings, numbers: array[int], weights: array[float]) -> None:
        """Add those of the postings that are in the view."""
        places, values = postings
        dense = self._dense
        if len(self._places) * MUCH_LONGER < len(places):
            for place in self._places:
                at = bisect_left(places, place)
                if at < len(places) and places[at] == place:
                    numbers.append(dense[place])
                    weights.append(values[at])
            return
        mapped = array("i", map(dense.__getitem__, places))
        if len(self._places) == len(dense):
            numbers.extend(array("I", mapped.tobytes()))
            weights.extend(values)
            return
        inside = [number >= 0 for number in mapped]
        numbers.extend(compress(mapped, inside))
        weights.extend(compress(values, inside))


def _parts(shelves: Sequence[Shelf], ordered: Iterable[tuple[int, int]]) -> list[Part]:
    """The shelves that hold something of a view; `ordered` are its documents as (shelf, number on it)."""
    numbered: dict[int, list[tuple[int, int]]] = {}
    for number, (at, place) in enumerate(ordered):
        numbered.setdefault(at, []).append((number, place))
    return [Part(shelves[at], found) for at, found in sorted(numbered.items())]
