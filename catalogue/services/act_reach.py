"""What an act on an older annex really ends: a row that a later decision has amended no longer speaks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import DecisionAct, DecisionLine, LineTarget, Procedure
from catalogue.queries.ledger import ledger
from decisions.kinds import ActKind
from decisions.timeline import winner_on


def idle_rows(session: Session, act: DecisionAct, day: date | None, planned: Collection[tuple[str, str]]) -> list[str]:
    """Older rows whose abolition changes nothing on its day, because another text binds; ``planned`` are the tracks
    (key, level) that the acting decision itself writes, where nothing needs to be said."""
    if act.kind != ActKind.ABOLISHED or act.dismissed or day is None:
        return []
    query = select(LineTarget, DecisionLine.ordinal, DecisionLine.name, Procedure.key).join(
        DecisionLine, DecisionLine.id == LineTarget.line_id
    )
    query = query.join(Procedure, Procedure.id == LineTarget.procedure_id).where(LineTarget.version_id.is_not(None))
    if act.whole and act.target_id is not None:
        query = query.where(DecisionLine.decision_id == act.target_id)
    else:
        query = query.where(DecisionLine.id.in_([row.line_id for row in act.rows]))
    rows = session.execute(query.order_by(LineTarget.id)).all()
    book = ledger(session, {target.procedure_id for target, *_ in rows})
    found: list[str] = []
    for target, ordinal, name, key in rows:
        entries = book.entries.get((target.procedure_id, target.level), [])
        winner = winner_on(day, entries, book.acts_on(entries))
        if winner is not None and winner.decision != act.target_id and (key, target.level) not in planned:
            found.append(f"số {ordinal} {name}" if ordinal else name)
    return list(dict.fromkeys(found))
