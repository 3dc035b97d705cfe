"""When each version binds, written from the replay; and the check that what is stored is what the ledger says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from catalogue.models import Procedure, ProcedureVersion, Validity
from catalogue.queries.ledger import Ledger, chunked, ledger
from catalogue.services.sealing import broken_seals, seal
from catalogue.services.versions import projected
from decisions.content import content_hash, from_json

Row = tuple[int, int, str, str, str, int]
"""(version, procedure, level, from, until or "", opened by), as stored."""


@dataclass(frozen=True)
class Difference:
    """One stored value that is not what the ledger gives: where it stands, what it says and what it should say."""

    procedure: str
    level: str
    what: str
    stored: str
    expected: str


def project(session: Session, procedure_ids: Iterable[int]) -> int:
    """Rewrite the validity of these procedures from the ledger; returns the number of procedures that changed."""
    changed = 0
    session.flush()  # the ledger is read by plain selects
    for ids in chunked(procedure_ids):
        expected = _expected(ledger(session, ids), ids)
        stored = _stored(session, ids)
        touched = [pid for pid in ids if expected[pid] != stored[pid]]
        if touched:
            # Unique indexes are checked row by row: clear the old periods before setting the new ones.
            session.execute(delete(Validity).where(Validity.procedure_id.in_(touched)))
            rows = [_values(row) for pid in touched for row in expected[pid]]
            if rows:
                session.execute(insert(Validity), rows)
        changed += len(touched)
    for known in list(session.identity_map.values()):
        if isinstance(known, ProcedureVersion | Validity):
            session.expire(known)
    return changed


def check(session: Session) -> list[Difference]:
    """Replay everything and name every stored value that differs: periods, texts against their hash, list columns."""
    found: list[Difference] = []
    keys: dict[int, str] = dict(session.execute(select(Procedure.id, Procedure.key)).all())
    for ids in chunked(keys):
        expected = _expected(ledger(session, ids), ids)
        stored = _stored(session, ids)
        for pid in ids:
            found.extend(_period_differences(keys[pid], expected[pid], stored[pid]))
        found.extend(_text_differences(session, keys, ids))
    found.extend(Difference(d.number, "", "seal", d.seal, seal(d)) for d in broken_seals(session))
    return found


def _expected(book: Ledger, ids: list[int]) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = {pid: [] for pid in ids}
    for procedure_id, level in book.entries:
        for p in book.periods((procedure_id, level)):
            until = p.valid_until.isoformat() if p.valid_until else ""
            rows[procedure_id].append((p.version, procedure_id, level, p.valid_from.isoformat(), until, p.entry))
    return {pid: sorted(found) for pid, found in rows.items()}


def _stored(session: Session, ids: list[int]) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = {pid: [] for pid in ids}
    columns = (
        Validity.version_id, Validity.procedure_id, Validity.level, Validity.valid_from, Validity.valid_until,
        Validity.opened_by,
    )  # fmt: skip
    query = select(*columns).where(Validity.procedure_id.in_(ids))
    for version, pid, level, start, end, opened in session.execute(query):
        rows[pid].append((version, pid, level, start.isoformat(), end.isoformat() if end else "", opened))
    return {pid: sorted(found) for pid, found in rows.items()}


def _values(row: Row) -> dict[str, object]:
    version, procedure, level, start, end, opened = row
    return {
        "version_id": version,
        "procedure_id": procedure,
        "level": level,
        "valid_from": date.fromisoformat(start),
        "valid_until": date.fromisoformat(end) if end else None,
        "opened_by": opened,
    }


def _period_differences(key: str, expected: list[Row], stored: list[Row]) -> list[Difference]:
    missing = [row for row in expected if row not in stored]
    extra = [row for row in stored if row not in expected]
    return [Difference(key, row[2], "validity", "", _period_text(row)) for row in missing] + [
        Difference(key, row[2], "validity", _period_text(row), "") for row in extra
    ]


def _period_text(row: Row) -> str:
    return f"phiên bản {row[0]}: từ {row[3]}" + (f" đến trước {row[4]}" if row[4] else "")


def _text_differences(session: Session, keys: dict[int, str], ids: list[int]) -> list[Difference]:
    """Plain rows, not entities: the whole catalogue passes through here and must not stay in the session."""
    found: list[Difference] = []
    query = select(*ProcedureVersion.__table__.columns).where(ProcedureVersion.procedure_id.in_(ids))
    for row in session.execute(query):
        key = keys[row.procedure_id]
        try:
            value = from_json(row.content)
        except ValueError as error:
            found.append(Difference(key, row.level, f"content ({row.number})", "", str(error)))
            continue
        expected = {**projected(value), "content_hash": content_hash(value)}
        for column, right in expected.items():
            if (stored := getattr(row, column)) != right:
                found.append(Difference(key, row.level, f"{column} ({row.number})", str(stored), str(right)))
    return found
