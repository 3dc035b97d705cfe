"""What a decision changes for citizens: the figures of all texts it amended, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from catalogue.burden_words import FigureRow, total_rows
from catalogue.queries.amendments import amendments, stored_contents
from catalogue.queries.decisions import LineTargetFact
from catalogue.web.portal.memory import Memory
from decisions.burden import Burden, burden, totals
from decisions.content import from_json

_BURDENS = Memory(10_000)


@dataclass(frozen=True)
class Amended:
    """``figures`` are sums over every amended text; ``numbers`` lead from a new version to the one it followed."""

    figures: tuple[FigureRow, ...]
    numbers: Mapping[tuple[str, str, int], int]

    def before(self, target: LineTargetFact) -> int | None:
        """The number of the version that bound before the one this target opened."""
        return self.numbers.get((target.key, target.level, target.number or 0))


def amended(session: Session, decision_id: int) -> Amended:
    """What the decision changed in texts that were there before."""
    found = amendments(session, decision_id)
    book = _Book(session, frozenset(text for one in found for text in (one.before_hash, one.after_hash)))
    pairs = [(book.burden(one.before_hash), book.burden(one.after_hash)) for one in found]
    numbers = {(one.key, one.level, one.after_number): one.before_number for one in found}
    return Amended(tuple(total_rows(totals(pairs), len(pairs))), numbers)


@dataclass(frozen=True)
class _Book:
    """Figures by hash; texts are read, all at once, only when one is met for the first time in this process."""

    session: Session
    hashes: frozenset[str]

    def burden(self, content_hash: str) -> Burden:
        return _BURDENS.recall(content_hash, lambda: burden(from_json(self._texts[content_hash])))

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return stored_contents(self.session, self.hashes)
