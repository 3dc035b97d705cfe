"""Carrying a whole installation into an empty database: every row of every table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, bindparam, func, insert, inspect, or_, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from catalogue.models import Base
from catalogue.queries.fingerprint import BATCH, batches, in_order

MIGRATIONS = Path(__file__).parents[1] / "migrations"

Progress = Callable[[int], None]


class NotMovable(Exception):
    """Why the installation cannot be carried there, in one Vietnamese sentence; nothing was written."""


def total(source: Connection) -> int:
    """How many rows there are to carry."""
    return sum(_count(source, table) for table in Base.metadata.sorted_tables)


def prepare(source: Connection, target: Connection) -> None:
    """Make sure that both have the form this program knows, creating the tables where there are none.

    Raises:
        NotMovable: the source is of another version; the target is, or holds rows already.
    """
    config = _config(target)
    newest = ScriptDirectory.from_config(config).get_current_head()
    if _version(source) != newest:
        raise NotMovable("Cơ sở dữ liệu đang dùng chưa ở phiên bản của chương trình; hãy chạy: catalogue init.")
    present = set(inspect(target).get_table_names()) & set(Base.metadata.tables)
    version = _version(target)
    if version is None and not present:
        command.upgrade(config, "head")
        return
    if version != newest:
        raise NotMovable("Cơ sở dữ liệu đích thuộc một phiên bản khác của chương trình; hãy dùng cơ sở dữ liệu trống.")
    for table in Base.metadata.sorted_tables:
        if count := _count(target, table):
            raise NotMovable(
                f"Cơ sở dữ liệu đích đã có dữ liệu (bảng {table.name}: {count} dòng); hãy dùng cơ sở dữ liệu trống."
            )


def carry(source: Connection, target: Connection, progress: Progress | None = None) -> int:
    """Copy every row, tables in the order of their references; returns how many. The caller commits or rolls back.

    Raises:
        NotMovable: the target refuses a value, for instance because the source never checked its length.
    """
    done = 0
    for table in Base.metadata.sorted_tables:
        later = _later(table)
        for rows in batches(source, table):
            values = [dict(row._mapping) for row in rows]
            _put(target, table, [{**row, **dict.fromkeys(later)} for row in values])
            done += len(rows)
            if progress is not None:
                progress(done)
        if later:
            _refer(source, target, table, later)
        _continue_numbers(target, table)
    return done


def _config(connection: Connection) -> Config:
    config = Config(MIGRATIONS / "alembic.ini")
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _later(table: Table) -> list[str]:
    """Columns that refer to rows of the same table, which may come after: filled in once all rows are there."""
    return [column.name for column in in_order(table) if any(key.column.table is table for key in column.foreign_keys)]


def _put(target: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    try:
        target.execute(insert(table), rows)
    except (DataError, IntegrityError) as error:
        reason = str(error.orig).split("\n")[0]
        raise NotMovable(f"Cơ sở dữ liệu đích không nhận một dòng của bảng {table.name} ({reason}).") from error


def _refer(source: Connection, target: Connection, table: Table, columns: list[str]) -> None:
    key = next(iter(table.primary_key.columns))
    query = select(key, *(table.c[name] for name in columns)).where(or_(*(table.c[n].is_not(None) for n in columns)))
    filled: dict[Any, Any] = {name: bindparam(f"to_{name}") for name in columns}
    statement = update(table).where(key == bindparam("of_key")).values(filled)
    found = source.execute(query.order_by(key), execution_options={"yield_per": BATCH})
    for rows in found.partitions(BATCH):
        values = [{"of_key": row[0], **{f"to_{name}": row._mapping[name] for name in columns}} for row in rows]
        target.execute(statement, values)


def _continue_numbers(target: Connection, table: Table) -> None:
    """PostgreSQL counts apart from the rows: new ones must not get numbers that are taken."""
    key = table.autoincrement_column
    if target.dialect.name != "postgresql" or key is None:
        return
    statement = text("SELECT setval(pg_get_serial_sequence(:table, :key), greatest(:last, 1), :used)")
    last = target.scalar(select(func.max(key))) or 0
    target.execute(statement, {"table": f'"{table.name}"', "key": key.name, "last": last, "used": last > 0})
