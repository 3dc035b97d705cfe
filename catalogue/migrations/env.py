"""Runs the migrations on the application's database, or on a connection handed over in ``config.attributes``."""

from __future__ import annotations

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine

from catalogue.models import Base
from catalogue.models.base import Instant

config = context.config


def _engine() -> Engine:
    # Imported late: without an application (tests, other tools) a connection is handed over instead.
    from flask import current_app

    return current_app.extensions["migrate"].db.engine


def _render_item(kind: str, item: Any, _: AutogenContext) -> str | bool:
    """Write column types of ours as what the database stores: an old migration must not follow new code."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def _include_object(_: Any, name: str | None, kind: str, reflected: bool, __: Any) -> bool:
    """Search tables are rebuilt, never migrated."""
    return not (reflected and kind == "table" and (name or "").startswith("search_"))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite cannot alter most things in place: Alembic then copies the table.
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_render_item,
        include_object=_include_object,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if (given := config.attributes.get("connection")) is not None:
    _run(given)
else:
    with _engine().connect() as opened:
        _run(opened)
