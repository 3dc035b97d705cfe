"""The migrations build exactly what the models say, on every database, and can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

import catalogue
from catalogue.models import Base

FOLDER = Path(catalogue.__file__).parent / "migrations"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A connection to an empty database."""
    url = "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def config(connection: Connection) -> Config:
    """Alembic pointed at the migrations and at that connection."""
    config = Config(FOLDER / "alembic.ini")
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def tables(connection: Connection) -> set[str]:
    """The tables that are there, but for Alembic's own."""
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_head_is_what_the_models_say(config, connection):
    command.upgrade(config, "head")
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, Base.metadata) == [], "write a migration for the change in the models"


def test_every_migration_can_be_taken_back_and_applied_again(config, connection):
    command.upgrade(config, "head")
    built = tables(connection)
    command.downgrade(config, "base")
    assert tables(connection) == set()
    command.upgrade(config, "head")
    assert tables(connection) == built == set(Base.metadata.tables)


def test_upgrading_twice_changes_nothing(config, connection):
    command.upgrade(config, "head")
    command.upgrade(config, "head")
    assert tables(connection) == set(Base.metadata.tables)


def test_migrations_are_one_numbered_line():
    scripts = list(ScriptDirectory(str(FOLDER)).walk_revisions())
    numbers = sorted(script.revision for script in scripts)
    assert numbers == [f"{n:04}" for n in range(1, len(scripts) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", Path(script.path).name) for script in scripts)


def test_partial_indexes_keep_their_condition(config, connection):
    """Metadata comparison does not look at the condition, and without it two periods could stand open."""
    command.upgrade(config, "head")
    indexes = {index["name"]: index for index in inspect(connection).get_indexes("validity")}
    options = indexes["uq_validity_open"]["dialect_options"]
    where = options.get("sqlite_where") if connection.dialect.name == "sqlite" else options.get("postgresql_where")
    assert "valid_until is null" in str(where).lower()
