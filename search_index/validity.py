"""Which documents speak on a day: one for each procedure and level, whatever the length of the history."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from search_index import vietnamese
from search_index.ports import IndexedDocument, Status

OPEN_END = date.max.toordinal() + 1
# The versions of a procedure mostly agree in these, so a long history takes little memory.
_SHARED = (
    "procedure", "code", "name", "friendly_name", "sort_key", "level", "sector", "agency", "register", "online_grade",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document without its texts. Days are proleptic ordinals, `until` exclusive."""

    key: str
    procedure: str
    code: str
    name: str
    friendly_name: str
    sort_key: str
    level: str
    sector: str
    agency: str
    register: str
    online_grade: str
    subjects: tuple[str, ...]
    fee_free: bool
    non_territorial: bool
    since: int
    until: int
    boost: float

    @classmethod
    def of(cls, document: IndexedDocument) -> Facts:
        """The facts of a document, texts in NFC."""
        until = OPEN_END if document.valid_until is None else document.valid_until.toordinal()
        name = vietnamese.clean(document.name)
        return cls(
            key=document.key, procedure=document.procedure, code=document.code, name=name,
            friendly_name=vietnamese.clean(document.friendly_name), sort_key=vietnamese.collation_key(name),
            level=document.level, sector=vietnamese.clean(document.sector), agency=vietnamese.clean(document.agency),
            register=document.register, online_grade=document.online_grade,
            subjects=tuple(dict.fromkeys(map(vietnamese.clean, document.subjects))), fee_free=document.fee_free,
            non_territorial=document.non_territorial,
            since=document.valid_from.toordinal(), until=until, boost=document.boost,
        )  # fmt: skip

    @classmethod
    def from_row(cls, values: Iterable[Any]) -> Facts:
        """The facts out of what `astuple` made of them, lists for tuples; what many documents share is held once."""
        row = dict(zip(cls.__slots__, values, strict=True))
        for name in _SHARED:
            row[name] = sys.intern(row[name])
        return cls(**{**row, "subjects": tuple(map(sys.intern, row["subjects"]))})

    @property
    def group(self) -> tuple[str, str]:
        """Documents of one group exclude each other on a day."""
        return (self.procedure or self.key, self.level)


def status_on(facts: Facts, day: int) -> Status:
    """Where a document stands on a day; one that never binds (until not after since) has ended."""
    if facts.until <= day or facts.until <= facts.since:
        return "ended"
    return "in_force" if facts.since <= day else "coming"


def boundaries(everything: Iterable[Facts | None]) -> list[int]:
    """The days on which anything changes, sorted. Between two of them every day gives the same answer."""
    return sorted({day for facts in everything if facts is not None for day in (facts.since, facts.until)})


def stretch(days: Sequence[int], day: int) -> int:
    """The number of the stretch between two boundaries in which `day` lies."""
    return bisect_right(days, day)


def chosen(everything: Sequence[Facts | None], day: int, status: Status) -> list[int]:
    """Places of the documents with that status on that day, at most one for a group, in their order."""
    if status == "in_force":
        return [
            place for place, facts in enumerate(everything)
            if facts is not None and facts.since <= day < facts.until
        ]  # fmt: skip
    best: dict[tuple[str, str], tuple[int, int, int]] = {}
    for place, facts in enumerate(everything):
        if facts is None:
            continue
        candidate = (*_preference(facts, day, status), place)
        best[facts.group] = min(candidate, best.get(facts.group, candidate))
    wanted = {"coming": (0,), "ended": (2,), "any": (0, 1, 2)}[status]
    return sorted(place for rank, _, place in best.values() if rank in wanted)


def _preference(facts: Facts, day: int, status: Status) -> tuple[int, int]:
    """Lower comes first. For "coming" the next to come (0) is preferred; else in force, then next, then last ended."""
    standing = status_on(facts, day)
    if standing == "ended":
        return 2, -facts.until
    if standing == "coming":
        return (0 if status == "coming" else 1), facts.since
    return (1 if status == "coming" else 0), 0
