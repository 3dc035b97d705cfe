"""Which annex row set each part of a text: the versions of one level in order, and the rows that opened them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import ProcedureVersion
from catalogue.queries.facts import LineFact
from catalogue.queries.history import Term, texts
from decisions.provenance import origins

Origins = Mapping[str, int]


Recall = Callable[[tuple[str, ...], Callable[[], Origins]], Origins]


def content_hashes(session: Session, terms: Sequence[Term]) -> tuple[str, ...]:
    """The hashes of the texts of these terms, in their order: texts never change, so answers can be kept under them."""
    ids = [term.version_id for term in terms]
    query = select(ProcedureVersion.id, ProcedureVersion.content_hash).where(ProcedureVersion.id.in_(ids))
    hashes = {row.id: row.content_hash for row in session.execute(query)}
    return tuple(hashes[version_id] for version_id in ids)


def part_lines(session: Session, terms: Sequence[Term], hashes: tuple[str, ...], recall: Recall) -> dict[str, LineFact]:
    """By part, the row that set it as it stands in the last of ``terms`` (oldest first, one level).

    ``recall`` may keep the answer under the ``content_hashes``; the texts are read only when it does not know. A part
    whose row is not known, or stands in the inventory, which is no decision, has none.
    """

    def compare() -> Origins:
        found = texts(session, [term.version_id for term in terms])
        return origins([found[term.version_id].content for term in terms])

    lines = {part: terms[place].opening for part, place in recall(hashes, compare).items()}
    return {part: line for part, line in lines.items() if line is not None and line.decision.shown}
