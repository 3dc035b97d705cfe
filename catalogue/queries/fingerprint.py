"""The catalogue hash: one value for everything recorded, the same on every database that holds the same rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Table, select

from catalogue.models import Base

Progress = Callable[[int], None]

# How far the index has come is no part of what is recorded.
LEFT_OUT = frozenset({"index_task"})
BATCH = 500


@dataclass(frozen=True)
class Fingerprint:
    """``hash`` is 64 hex digits; ``tables`` maps a table to its number of rows and their own hash."""

    hash: str
    tables: dict[str, tuple[int, str]]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(count for count, _ in self.tables.values())

    def differing(self, other: Fingerprint) -> list[str]:
        """The tables that are not the same in both."""
        names = sorted(set(self.tables) | set(other.tables))
        return [name for name in names if self.tables.get(name) != other.tables.get(name)]


def fingerprint(connection: Connection, progress: Progress | None = None) -> Fingerprint:
    """Read every row of every table; ``progress`` is told how many were read so far.

    A row is its values in the order of the columns' names, as JSON: instants in UTC, bytes as their SHA-256. The rows
    of a table are taken in the order of their own hashes, for databases do not agree on the order of words.
    """
    tables: dict[str, tuple[int, str]] = {}
    read = 0
    for table in sorted(Base.metadata.sorted_tables, key=lambda one: one.name):
        if table.name in LEFT_OUT:
            continue
        digests = []
        for rows in batches(connection, table):
            digests += [_digest(row) for row in rows]
            read += len(rows)
            if progress is not None:
                progress(read)
        tables[table.name] = (len(digests), hashlib.sha256(b"".join(sorted(digests))).hexdigest())
    lines = "\n".join(f"{name} {count} {digest}" for name, (count, digest) in sorted(tables.items()))
    return Fingerprint(hashlib.sha256(lines.encode()).hexdigest(), tables)


def batches(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """All rows of a table by primary key, a few at a time: with files in them, one at a time."""
    size = 1 if any(isinstance(column.type, LargeBinary) for column in table.columns) else BATCH
    query = select(*in_order(table)).order_by(*table.primary_key.columns)
    yield from connection.execute(query, execution_options={"yield_per": size}).partitions(size)


def in_order(table: Table) -> list[Column[Any]]:
    """The columns by name: where they stand in the table may differ between an old installation and a new one."""
    return sorted(table.columns, key=lambda column: column.name)


def _digest(row: Sequence[Any]) -> bytes:
    plain = json.dumps([_plain(value) for value in row], sort_keys=True)
    return hashlib.sha256(plain.encode()).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
