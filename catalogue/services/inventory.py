"""The opening inventory: records of the national portal enter the ledger, in any order of files, each only once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.imports.portal import Grade, PortalRecord
from catalogue.imports.portal_reading import Problem
from catalogue.models import Account, ImportedRecord
from catalogue.services.inventory_rows import LedgerRows
from catalogue.services.inventory_sources import Sources
from catalogue.services.inventory_state import InventoryState, load_state, named_key, place
from decisions.kinds import Register

INVENTORY_START = date(2025, 7, 1)
"""First day of the two-tier government: what is known to be in force without a date counts from here."""

_EVERY = 100
_NAMED = 20  # bad records told in the message; ``problems`` has them all


class BadPortalFile(ValueError):
    """A file has records that cannot be read; nothing was imported. ``problems`` names every one."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        self.problems = problems
        named = [problem.sentence for problem in problems[:_NAMED]]
        more = len(problems) - len(named)
        rest = f" Còn {more} bản ghi nữa." if more else ""
        super().__init__(
            f"Tệp {source} có {len(problems)} bản ghi không đọc được nên chưa nhập bản ghi nào: {' '.join(named)}{rest}"
        )


@dataclass
class PortalReport:
    """What one run did. ``procedures``, ``versions`` and ``decisions`` count new rows; ``problems`` are for people."""

    read: int = 0
    procedures: int = 0
    versions: int = 0
    decisions: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        """The stable answer of ``import portal --json``."""
        return {
            "read": self.read,
            "procedures": self.procedures,
            "versions": self.versions,
            "decisions": self.decisions,
            "unchanged": self.unchanged,
            "problems": [
                {"file": self.source, "place": p.place, "value": p.value, "reason": p.reason, "blocking": p.blocking}
                for p in self.problems
            ],
        }


def import_portal(
    session: Session,
    records: Iterable[PortalRecord | Problem],
    *,
    source: str,
    now: datetime,
    actor: Account | None = None,
    since: date = INVENTORY_START,
    skip_bad: bool = False,
    progress: Callable[[int], None] | None = None,
) -> PortalReport:
    """Put the records of one file (``imports.portal.read_file``) into the ledger; the caller commits, file by file.

    ``source`` is the name of the file. ``since`` is the day from which a record without a decision date counts.
    ``progress`` is called with the number of records read.

    Raises:
        BadPortalFile: a record cannot be read and ``skip_bad`` is False. Roll back: all or nothing.
    """
    _take_turn(session)
    run = _Run(session, source, now, since)
    for item in records:
        run.report.read += 1
        if progress is not None and run.report.read % _EVERY == 0:
            progress(run.report.read)
        run.take(item, skip_bad)
    if run.bad:
        raise BadPortalFile(source, run.bad)
    run.finish(actor)
    return run.report


def _take_turn(session: Session) -> None:
    """Two imports at once would both take a procedure for new: the second waits here for the first."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE imported_record IN SHARE ROW EXCLUSIVE MODE"))
    else:
        session.execute(delete(ImportedRecord).where(ImportedRecord.fingerprint == ""))


class _Run:
    """One file on its way into the ledger."""

    def __init__(self, session: Session, source: str, now: datetime, since: date) -> None:
        self.session, self.now, self.since = session, now, since
        self.report = PortalReport(source=source)
        self.bad: list[Problem] = []
        self.state: InventoryState = load_state(session)
        self.sources = Sources(session, now, since, source)
        self.rows = LedgerRows(session, self.state, self.sources, now)

    def take(self, item: PortalRecord | Problem, skip_bad: bool) -> None:
        """Import one record, or note why it cannot be. After the first bad one, the rest is only looked through."""
        if isinstance(item, Problem):
            (self.report.problems if skip_bad else self.bad).append(item)
        elif not self.bad:
            self._import(item)

    def _import(self, record: PortalRecord) -> None:
        fingerprint = record.fingerprint
        if fingerprint in self.state.fingerprints:
            self.report.unchanged += 1
            return
        self.report.problems.extend(record.notes)
        key = self._identity(record)
        procedure_id = self.state.procedures.get(key)
        day = record.decision.signed_on if record.decision and record.decision.signed_on else self.since
        standing = self.state.standing[procedure_id] if procedure_id is not None else []
        placement = None if self._is_ours_already(record, procedure_id) else place(record, day, standing)
        self.rows.remember(record, key, fingerprint, procedure_id)
        if procedure_id is not None and record.register is Register.INTERNAL:
            self.rows.keep_internal(procedure_id)
        if placement is not None:
            self.rows.add(record, key, procedure_id, day, placement)
            return
        self.report.unchanged += 1
        if any(other.fresh and other.grade == record.grade and other.day == day for other in standing):
            self.report.problems.append(_note(record, "trùng với một bản ghi trước đó trong tệp; giữ bản ghi trước"))

    def _identity(self, record: PortalRecord) -> str:
        """The code; name and issuer for a record without one, and for one that was known by them before."""
        named = named_key(record)
        for key in (named, record.key):
            if self.rows.holds(key):
                self.rows.flush()
        if not record.key or named in self.state.procedures:
            return named
        if self._is_another(record, named):
            self.report.problems.append(
                _note(record, "mã này trong tệp đã thuộc một thủ tục khác; ghi như chưa có mã, cần xác định lại")
            )
            return named
        return record.key

    def _is_another(self, record: PortalRecord, named: str) -> bool:
        """Whether this file gives one code to two procedures: other name, other issuer (``1.014325`` is such a one)."""
        standing = self.state.standing.get(self.state.procedures.get(record.key, 0), [])
        name, _, issuer = named.partition("|")
        rivals = [other.fresh.partition("|") for other in standing if other.fresh and other.grade == record.grade]
        return any(other_name != name and other_issuer != issuer for other_name, _, other_issuer in rivals)

    def _is_ours_already(self, record: PortalRecord, procedure_id: int | None) -> bool:
        """What officers of this office have issued stands over a record without a date, or of the same decision."""
        signed = self.state.official.get(procedure_id, set()) if procedure_id is not None else set()
        if record.grade is not Grade.DETAIL:
            return bool(signed)
        return self.sources.signed_elsewhere(record) in signed

    def finish(self, actor: Account | None) -> None:
        """Write the rest and the audit entry; a run that adds nothing leaves no trace."""
        changed = self.rows.finish()
        self.report.procedures = self.rows.procedures
        self.report.versions = self.rows.versions
        self.report.decisions = self.sources.made
        if changed:
            counts = {k: v for k, v in self.report.as_json().items() if k != "problems"}
            audit.record(
                self.session,
                actor=actor,
                action=AuditAction.INVENTORY_IMPORTED,
                subject=None,
                at=self.now,
                source=self.sources.source,
                problems=len(self.report.problems),
                **counts,
            )


def _note(record: PortalRecord, reason: str) -> Problem:
    return Problem(record.place, record.code.printed or record.content.name, reason)
