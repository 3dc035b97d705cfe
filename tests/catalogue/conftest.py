"""A bare session on a real database, and the cast: no application, no Flask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from catalogue.models import Base
from tests.catalogue.cast import Cast, make_cast


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """One schema for the whole run; every test leaves it empty."""
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose work is thrown away."""
    connection = engine.connect()
    transaction = connection.begin()
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        yield session
    transaction.rollback()
    connection.close()


@pytest.fixture
def cast(session: Session) -> Cast:
    """An drafts, Bình reviews, Chi approves, Dũng is from another agency."""
    return make_cast(session)
