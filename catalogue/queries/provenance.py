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


def part_lines(
    session: Session, terms: Sequence[Term], recall: Callable[[tuple[str, ...], Callable[[], Origins]], Origins]
) -> dict[str, LineFact]:
    """By part, the row that set it as it stands in the last of ``terms`` (oldest first, one level).

    Texts never change, so ``recall`` may keep the answer under their hashes; they are read only when it does not know.
    A part whose row is not known, or stands in the inventory, which is no decision, has none.
    """
    ids = [term.version_id for term in terms]
    query = select(ProcedureVersion.id, ProcedureVersion.content_hash).where(ProcedureVersion.id.in_(ids))
    hashes = {row.id: row.content_hash for row in session.execute(query)}

    def compare() -> Origins:
        found = texts(session, ids)
        return origins([found[version_id].content for version_id in ids])

    known = recall(tuple(hashes[version_id] for version_id in ids), compare)
    lines = {part: terms[place].opening for part, place in known.items()}
    return {part: line for part, line in lines.items() if line is not None and line.decision.shown}
