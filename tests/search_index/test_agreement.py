"""Every back end gives the same answers after the same changes, whatever they were."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index.memory import MemoryBackend
from search_index.ports import IndexedDocument, Query, SearchBackend
from search_index.whoosh_backend import WhooshBackend
from tests.search_index.documents import CATALOGUE, TODAY

QUESTIONS = ("đăng ký khai sinh", "dang ky", "đường", "2815", "1.001193", "", "giấy tờ nước ngoài")
STATUSES = ("in_force", "coming", "ended", "any")

documents = st.builds(
    lambda one, version, since, length: replace(
        one, key=f"{one.code}/{version}", valid_from=TODAY + timedelta(since),
        valid_until=None if length > 20 else TODAY + timedelta(since + length),
    ),
    st.sampled_from(CATALOGUE), st.integers(0, 2), st.integers(-20, 20), st.integers(0, 25),
)  # fmt: skip
several = st.lists(documents, max_size=5)
codes = st.sampled_from([one.code for one in CATALOGUE])
changes = st.one_of(
    st.tuples(st.just("replace"), several),
    st.tuples(st.just("remove"), st.lists(documents.map(lambda one: one.key), max_size=3)),
    st.tuples(st.just("replace_procedures"), st.dictionaries(codes, st.just([]), max_size=2)),
    st.tuples(st.just("rebuild"), several),
)


def answers(backend: SearchBackend, on: date) -> list[object]:
    told = []
    for text in QUESTIONS:
        for status in STATUSES:
            page = backend.search(Query(text, on, status=status, limit=50, facets=("sector", "status")))
            told.append((text, status, page.total, page.facets, [(hit.key, hit.score) for hit in page.hits]))
    return told


def apply(backend: SearchBackend, verb: str, argument: list[IndexedDocument]) -> None:
    getattr(backend, verb)(argument)


def asked_after(backend: SearchBackend, steps: list[tuple[str, list[IndexedDocument]]], on: date) -> object:
    backend.rebuild(CATALOGUE)
    for verb, argument in steps:
        apply(backend, verb, argument)
    return backend.count(), answers(backend, on)


@settings(max_examples=25)
@given(st.lists(changes, min_size=1, max_size=5), st.integers(-25, 25))
def test_memory_and_disk_agree(steps, days):
    on = TODAY + timedelta(days)
    with tempfile.TemporaryDirectory() as folder:
        assert asked_after(MemoryBackend(), steps, on) == asked_after(WhooshBackend(folder), steps, on)


@pytest.mark.postgres
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(changes, min_size=1, max_size=12), st.integers(-25, 25))
def test_memory_and_postgresql_agree(postgres_backend, steps, days):
    on = TODAY + timedelta(days)
    assert asked_after(MemoryBackend(), steps, on) == asked_after(postgres_backend, steps, on)
