"""Counts of procedures on a day by the facets of lists, worked out in one pass for every combination of filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.models import Procedure, ProcedureVersion, Sector, Validity
from catalogue.queries.procedures import FACETS, ProcedureRow, Selection, Values, apart, selected
from decisions.kinds import Register
from search_index.ports import YES

_ALL_ALLOWED = [True] * len(FACETS)


@dataclass(frozen=True)
class Tally:
    """How many rows of one state on one day there are of each combination of values."""

    counts: Mapping[Values, int]

    def total(self, wanted: Selection) -> int:
        """How many rows a selection has."""
        return sum(number for values, number in self.counts.items() if all(wanted.allows(values)))

    def count_by(self, wanted: Selection, facet: str) -> dict[str, int]:
        """Rows by value of one facet (``FACETS``), most frequent first; the filter on that facet does not count."""
        return self.facets(wanted)[facet]

    def facets(self, wanted: Selection) -> dict[str, dict[str, int]]:
        """``count_by`` for every facet, in one pass."""
        found: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
        filtered = any(wanted.filters)
        for values, number in self.counts.items():
            allowed = wanted.allows(values) if filtered else _ALL_ALLOWED
            refused = allowed.count(False)
            if refused > 1:
                continue
            for facet, fits, several in zip(FACETS, allowed, values, strict=True):
                if refused == 0 or not fits:
                    for value in several:
                        found[facet][value] += number
        for by in found.values():
            del by[""]
        return {facet: dict(sorted(by.items(), key=lambda pair: (-pair[1], pair[0]))) for facet, by in found.items()}


def tally(session: Session, wanted: Selection) -> Tally:
    """Every count of the day and state of a selection in one pass, whatever its filters."""
    columns = (
        Validity.level, Sector.slug.label("sector_slug"), ProcedureVersion.online, ProcedureVersion.agency_name,
        ProcedureVersion.subjects, ProcedureVersion.fee_free, ProcedureVersion.non_territorial,
    )  # fmt: skip
    query = selected(wanted.unfiltered, *columns, func.count().label("rows")).group_by(*columns)
    counts: Counter[Values] = Counter()
    for level, sector, online, agencies, subjects, free, anywhere, rows in session.execute(query):
        marks = (_alone(YES if free else ""), _alone(YES if anywhere else ""))
        single = (_alone(level), _alone(sector or ""), _alone(online))
        counts[(*single, apart(agencies), apart(subjects), *marks)] += rows
    return Tally(counts)


@lru_cache(maxsize=2048)
def _alone(value: str) -> tuple[str, ...]:
    """One tuple for all equal ones: there are thousands."""
    return (value,)


def tally_of(rows: Iterable[ProcedureRow]) -> Tally:
    """The counts of rows at hand."""
    return Tally(Counter(row.values for row in rows))


def several_names(session: Session) -> tuple[frozenset[str], frozenset[str]]:
    """Every agency and every subject that a public text names, whether in force or not."""
    found = []
    for column in (ProcedureVersion.agency_name, ProcedureVersion.subjects):
        query = select(column).distinct().join(Procedure).where(Procedure.register == Register.PUBLIC)
        found.append(frozenset(name for names in session.scalars(query) for name in apart(names)))
    return found[0], found[1]
