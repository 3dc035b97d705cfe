"""Records as rows of the ledger, in batches: a procedure, its version, its line and its target at each level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from catalogue import outbox
from catalogue.imports.portal import PortalRecord
from catalogue.models import (
    ActRow,
    Base,
    DecisionAct,
    DecisionLine,
    ImportedRecord,
    LineTarget,
    Procedure,
    ProcedureVersion,
    Validity,
    VersionBasis,
)
from catalogue.services.enactment import NO_CODE
from catalogue.services.inventory_sources import Sources
from catalogue.services.inventory_state import InventoryState, Placement, Standing, named_key
from catalogue.services.legal_texts import basis_keys
from catalogue.services.projection import project
from catalogue.services.versions import projected
from decisions.content import canonical_json, content_hash
from decisions.kinds import ActKind, ChangeKind, Register

BATCH = 250
_RETIRING = "Thay bằng bản ghi đầy đủ hơn của Cơ sở dữ liệu quốc gia; coi như chưa ghi."

Row = dict[str, Any]


@dataclass
class _Pending:
    """A record on its way into the ledger; ``procedure_id`` is None until the procedure is made."""

    record: PortalRecord
    key: str
    procedure_id: int | None
    decision_id: int
    day: date
    placement: Placement
    standing: Standing
    new: bool


@dataclass
class LedgerRows:
    """Collects records and writes them. ``flush`` before reading anything that these records may have changed."""

    session: Session
    state: InventoryState
    sources: Sources
    now: datetime
    procedures: int = 0
    versions: int = 0
    _pending: list[_Pending] = field(default_factory=list)
    _keys: set[str] = field(default_factory=set)
    _remembered: list[Row] = field(default_factory=list)
    _retired: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _made: set[int] = field(default_factory=set)
    _replayed: set[int] = field(default_factory=set)
    _reindexed: set[int] = field(default_factory=set)

    def holds(self, key: str) -> bool:
        """Whether a record of this identity still waits to be written."""
        return key in self._keys

    def remember(self, record: PortalRecord, key: str, fingerprint: str, procedure_id: int | None) -> None:
        """Keep the fingerprint, so that the same record adds nothing again."""
        self.state.fingerprints.add(fingerprint)
        self._remembered.append(
            {
                "fingerprint": fingerprint,
                "source": f"{self.sources.source}, {record.place}",
                "record_key": key,
                "procedure_id": procedure_id,
                "imported_at": self.now,
            }
        )

    def add(self, record: PortalRecord, key: str, procedure_id: int | None, day: date, placement: Placement) -> None:
        """Take a record under its identity; what it retires no longer stands."""
        self.sources.agency(record.issuer, record.issuer_code)
        decision_id = self.sources.decision(record)
        standing = Standing(record.grade, day, record.updated, decision_id, levels=list(record.levels))
        standing.fresh = named_key(record)
        if procedure_id is not None:
            known = self.state.standing[procedure_id]
            self.state.standing[procedure_id] = [*(s for s in known if s not in placement.retired), standing]
        for old in placement.retired:
            self._retired[old.decision_id].extend(old.lines)
        self._pending.append(
            _Pending(record, key, procedure_id, decision_id, day, placement, standing, procedure_id is None)
        )
        self._keys.add(key)
        if len(self._pending) >= BATCH:
            self.flush()

    def keep_internal(self, procedure_id: int) -> None:
        """One record that calls a procedure internal is enough: no citizen may see it (domain rule 12)."""
        if procedure_id not in self.state.internal:
            self.state.internal.add(procedure_id)
            self.session.get_one(Procedure, procedure_id).register = Register.INTERNAL
            self._reindexed.add(procedure_id)

    def flush(self) -> None:
        """Write what waits."""
        self._write_procedures()
        for pending in self._pending:
            self.sources.legal_documents(pending.record.content.bases)
        rows = [row for pending in self._pending for row in self._track_rows(pending)]
        version_ids = self._insert(ProcedureVersion, [row["version"] for row in rows])
        self._write_bases(version_ids, rows)
        line_ids = self._insert(DecisionLine, [row["line"] for row in rows])
        self._write_targets(rows, version_ids, line_ids)
        self.versions += len(rows)
        if self._remembered:
            self.session.execute(insert(ImportedRecord), self._remembered)
        self._pending, self._remembered, self._keys = [], [], set()

    def finish(self) -> set[int]:
        """Write the rest, retire, project and queue the index work; returns the procedures that changed."""
        self.flush()
        self._write_acts()
        project(self.session, self._replayed)
        changed = self._made | self._replayed | self._reindexed
        outbox.enqueue(self.session, changed, self.now)
        return changed

    def _write_procedures(self) -> None:
        new = [pending for pending in self._pending if pending.procedure_id is None]
        ids = self._insert(Procedure, [_procedure_row(pending, self.now) for pending in new])
        uncoded = []
        for pending, procedure_id in zip(new, ids, strict=True):
            pending.procedure_id = procedure_id
            self.state.procedures[pending.key] = procedure_id
            self.state.standing[procedure_id] = [pending.standing]
            if pending.record.register is Register.INTERNAL:
                self.state.internal.add(procedure_id)
            if pending.key != pending.record.key:
                uncoded.append({"id": procedure_id, "key": f"{NO_CODE}{procedure_id}"})
        if uncoded:
            self.session.bulk_update_mappings(Procedure.__mapper__, uncoded)
        self._made.update(ids)
        self.procedures += len(ids)
        by_key = {row["record_key"]: row for row in self._remembered if row["procedure_id"] is None}
        for key, row in by_key.items():
            row["procedure_id"] = self.state.procedures[key]

    def _track_rows(self, pending: _Pending) -> Iterable[Row]:
        """One version and one line for each level, with what the target needs."""
        content, procedure_id = pending.record.content, pending.procedure_id
        assert procedure_id is not None
        text: Row = {
            "procedure_id": procedure_id,
            "content": canonical_json(content),
            "content_hash": content_hash(content),
            "sector_id": self.sources.sector(content),
            "created_at": self.now,
            **projected(content),
        }
        untils = dict(pending.placement.untils)
        for n, level in enumerate(pending.record.levels):
            number = self.state.numbers.get(procedure_id, 0) + 1
            self.state.numbers[procedure_id] = number
            yield {
                "pending": pending,
                "version": {**text, "level": level, "number": number},
                "line": self._line_row(pending, level),
                "until": untils.get(level),
                "closes": pending.placement.closes if n == 0 else (),
            }

    def _line_row(self, pending: _Pending, level: str) -> Row:
        record = pending.record
        position = self.state.positions.get(pending.decision_id, 0)
        self.state.positions[pending.decision_id] = position + 1
        return {
            "decision_id": pending.decision_id,
            "position": position,
            "place": f"{self.sources.source}, {record.place}",
            "kind": ChangeKind.INVENTORY,
            "code_printed": record.code.printed,
            "code_key": record.key,
            "name": record.content.name,
            "level": level,
            "sector": record.content.sectors[0].name if record.content.sectors else "",
            "fields": {"grade": record.grade.name, "updated": str(record.updated)},
        }

    def _write_bases(self, version_ids: list[int], rows: list[Row]) -> None:
        """Which legal texts each new version rests on."""
        found = [
            {"version_id": version, "number_key": key}
            for version, row in zip(version_ids, rows, strict=True)
            for key in basis_keys(row["pending"].record.content)
        ]
        if found:
            self.session.execute(insert(VersionBasis), found)

    def _write_targets(self, rows: list[Row], version_ids: list[int], line_ids: list[int]) -> None:
        targets: list[Row] = []
        for row, version_id, line_id in zip(rows, version_ids, line_ids, strict=True):
            pending: _Pending = row["pending"]
            pending.standing.lines.append(line_id)
            opening = {
                "line_id": line_id,
                "procedure_id": pending.procedure_id,
                "level": row["version"]["level"],
                "version_id": version_id,
                "effective_on": pending.day,
                "until": row["until"],
                "recorded_at": self.now,
            }
            closing = {**opening, "version_id": None, "until": None}
            targets += [opening, *({**closing, "level": level} for level in row["closes"])]
            if not pending.new:
                self._replayed.add(opening["procedure_id"])
        ids = self._insert(LineTarget, targets)
        self._write_periods(targets, ids)

    def _write_periods(self, targets: list[Row], ids: list[int]) -> None:
        """A new procedure binds from its only day on, as a replay would say; the others are replayed at the end."""
        periods = []
        for target, target_id in zip(targets, ids, strict=True):
            if target["procedure_id"] not in self._replayed:
                period = {key: target[key] for key in ("version_id", "procedure_id", "level")}
                periods.append({**period, "valid_from": target["effective_on"], "opened_by": target_id})
        if periods:
            self.session.execute(insert(Validity), periods)

    def _write_acts(self) -> None:
        """Retired lines count as never written; the act belongs to the inventory of this run and to its moment."""
        if not self._retired:
            return
        inventory = self.sources.inventory()
        targets = sorted(self._retired)
        acts = [
            {
                "decision_id": inventory,
                "kind": ActKind.REVOKED,
                "target_id": target,
                "sentence": _RETIRING,
                "confirmed_at": self.now,
            }
            for target in targets
        ]
        act_ids = self._insert(DecisionAct, acts)
        pairs = [(a, line) for a, t in zip(act_ids, targets, strict=True) for line in self._retired[t]]
        self.session.execute(insert(ActRow), [{"act_id": act, "line_id": line} for act, line in pairs])

    def _insert(self, model: type[Base], rows: list[Row]) -> list[int]:
        """Insert and give the new ids in the order of the rows."""
        if not rows:
            return []
        table = model.__table__
        assert isinstance(table, Table)
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return list(self.session.execute(statement, rows).scalars())


def _procedure_row(pending: _Pending, now: datetime) -> Row:
    code = pending.record.key if pending.key == pending.record.key else ""
    address = "".join(c if c.isalnum() or c in "._-" else "-" for c in code)
    # A procedure without a code gets its address from its id, known only once it is written.
    waiting = f"{NO_CODE}{uuid4().hex}"
    return {"key": address or waiting, "code": code or None, "register": pending.record.register, "created_at": now}
