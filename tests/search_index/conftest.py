"""Every back end, empty and filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from search_index.memory import MemoryBackend
from search_index.ports import SearchBackend
from search_index.question import Expansions
from search_index.whoosh_backend import WhooshBackend
from tests.postgres_server import PostgresServer
from tests.search_index.documents import CATALOGUE

if TYPE_CHECKING:
    from search_index.postgres_backend import PostgresBackend

BACKENDS = ("memory", "whoosh", "postgresql")


@pytest.fixture(scope="session")
def _search_database(_postgres_server: PostgresServer) -> Iterator[str]:
    with _postgres_server.empty_database() as url:
        yield url


@pytest.fixture
def search_database(_search_database: str) -> str:
    """An SQLAlchemy URL of a database without any table of an index."""
    import psycopg

    with psycopg.connect(_search_database.replace("+psycopg", ""), autocommit=True) as connection:
        for table in ("state", "segment", "document", "posting"):
            connection.execute(f"DROP TABLE IF EXISTS search_{table}")  # type: ignore[arg-type]
    return _search_database


@pytest.fixture
def postgres_backends(search_database: str) -> Iterator[Callable[..., PostgresBackend]]:
    """Makes back ends on that database, as many machines would; takes what `PostgresBackend` takes besides."""
    from search_index.postgres_access import OwnAccess
    from search_index.postgres_backend import PostgresBackend

    made: list[OwnAccess] = []

    def make(*args: object, **options: object) -> PostgresBackend:
        made.append(OwnAccess(search_database))
        return PostgresBackend(made[-1], *args, **options)  # type: ignore[arg-type]

    yield make
    for access in made:
        access.close()


@pytest.fixture
def postgres_backend(postgres_backends: Callable[..., PostgresBackend]) -> PostgresBackend:
    """One of them."""
    return postgres_backends()


@pytest.fixture(params=[name if name != "postgresql" else pytest.param(name, marks=pytest.mark.postgres)
                        for name in BACKENDS])  # fmt: skip
def make_backend(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., SearchBackend]:
    """Makes an empty back end, with expansions if given."""

    def make(expansions: Expansions | None = None) -> SearchBackend:
        if request.param == "memory":
            backend: SearchBackend = MemoryBackend(expansions)
        elif request.param == "whoosh":
            backend = WhooshBackend(tmp_path / "index", expansions)
        else:
            backend = request.getfixturevalue("postgres_backends")(expansions)
        backend.rebuild([])
        return backend

    return make


@pytest.fixture
def backend(make_backend: Callable[..., SearchBackend]) -> SearchBackend:
    """An empty back end."""
    return make_backend()


@pytest.fixture
def filled(backend: SearchBackend) -> SearchBackend:
    """A back end that holds the small catalogue of `documents`."""
    backend.rebuild(CATALOGUE)
    return backend
