"""What filters let pass, and how it divides: a facet counts what passes every other filter.

A facet holds one value for a document (its level) or several (its subjects). A mark, such as being free of charge, is
a facet whose only value is `YES`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Protocol, TypeAlias

from search_index import vietnamese
from search_index.ports import YES, Query, Status

Scored: TypeAlias = "list[tuple[float, int]]"  # score, document number in the view
Counts: TypeAlias = "dict[str, tuple[tuple[str, int], ...]]"
Column: TypeAlias = "Sequence[str] | Sequence[tuple[str, ...]]"

SEVERAL = frozenset({"agency", "subjects"})
STATUSES: tuple[Status, ...] = ("in_force", "coming", "ended")


class Divided(Protocol):
    """Documents by number, as facets see them."""

    def column(self, facet: str) -> Column:
        """The value of a facet for every document, or its values for a facet of `SEVERAL`."""


def value(facts: object, facet: str) -> str | tuple[str, ...]:
    """The value or values of a facet in what is known of a document; no mark is the empty text."""
    found: str | tuple[str, ...] | bool = getattr(facts, facet)
    if facet == "agency":
        return tuple(str(found).split("; "))
    if isinstance(found, bool):
        return YES if found else ""
    return found


def filters(query: Query) -> dict[str, frozenset[str]]:
    """The values wanted of each facet that the query filters by."""
    wanted: Mapping[str, Iterable[str]] = {
        "level": query.levels, "sector": query.sectors, "agency": query.agencies, "subjects": query.subjects,
        "online_grade": query.online_grades, "register": (query.register,) if query.register else (),
        "fee_free": (YES,) if query.fee_free else (), "non_territorial": (YES,) if query.non_territorial else (),
    }  # fmt: skip
    return {name: frozenset(map(vietnamese.clean, values)) for name, values in wanted.items() if values}


def filtered(view: Divided, scored: Scored, query: Query) -> tuple[Scored, Counts]:
    """What passes every filter, and the counts of the facets wanted (`status` aside, which takes other views)."""
    active = filters(query)
    passing = _passing(view, scored, active)
    counts: Counts = {}
    for name in query.facets:
        if name == "status":
            continue
        others = {other: wanted for other, wanted in active.items() if other != name}
        counted = passing if name not in active else _passing(view, scored, others)
        counts[name] = _most_frequent(_counted(view.column(name), counted))
    return passing, counts


def by_status(number_of: Callable[[Status], int]) -> tuple[tuple[str, int], ...]:
    """How many documents of each status answer, in the order of time; none is left out."""
    counts = ((status, number_of(status)) for status in STATUSES)
    return tuple((status, count) for status, count in counts if count)


def _passing(view: Divided, scored: Scored, wanted: Mapping[str, frozenset[str]]) -> Scored:
    for name, values in wanted.items():
        column = view.column(name)
        if name in SEVERAL:
            scored = [entry for entry in scored if not values.isdisjoint(column[entry[1]])]
        else:
            scored = [entry for entry in scored if column[entry[1]] in values]
    return scored


def _counted(column: Column, scored: Scored) -> Counter[str]:
    values = (column[number] for _, number in scored)
    found: Counter[str] = Counter(chain.from_iterable((one,) if isinstance(one, str) else one for one in values))
    return found


def _most_frequent(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Most frequent first, then in the order of the alphabet; documents without a value are not counted."""
    told = ((found, count) for found, count in counts.items() if found)
    return tuple(sorted(told, key=lambda entry: (-entry[1], vietnamese.collation_key(entry[0]))))
