"""Every back end, empty and filled. PostgreSQL joins `BACKENDS` when it comes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search_index.memory import MemoryBackend
from search_index.ports import SearchBackend
from search_index.question import Expansions
from search_index.whoosh_backend import WhooshBackend
from tests.search_index.documents import CATALOGUE

Maker = Callable[[Path, Expansions | None], SearchBackend]

BACKENDS: dict[str, Maker] = {
    "memory": lambda folder, expansions: MemoryBackend(expansions),
    "whoosh": lambda folder, expansions: WhooshBackend(folder / "index", expansions),
}


@pytest.fixture(params=BACKENDS)
def make_backend(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., SearchBackend]:
    """Makes an empty back end, with expansions if given."""

    def make(expansions: Expansions | None = None) -> SearchBackend:
        backend = BACKENDS[request.param](tmp_path, expansions)
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
