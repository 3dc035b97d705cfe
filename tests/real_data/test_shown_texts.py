"""Every text that citizens see in the national records of July 2026 is on the page, in print, PDF, Word and JSON.

All records of the four files are walked through all five. Papers are set many to a file and by two processes: the
words go through the same templates, and a file for each of 10,788 records would take an hour. What is compared are the
letters of each line of the raw record; placeholders ("Không có thông tin", "0 Đồng") are left out.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from catalogue.imports.portal_reading import RawRecord, read_raw
from tests.real_data.shown_texts import lost

pytestmark = pytest.mark.real_data

COUNTS = {"details": 394, "rebuilt": 4037, "list": 5670, "histories": 687}
TOGETHER = 120
"""Records of one file: more of them would take more memory than time."""


@pytest.fixture(scope="module")
def portal(real_data: Path) -> Path:
    folder = real_data / "portal-2026"
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing")
    return folder


@pytest.fixture(scope="module")
def workers() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(min(os.cpu_count() or 1, 4), multiprocessing.get_context("spawn")) as pool:
        yield pool


def raws(portal: Path, name: str) -> Iterator[dict[str, Any]]:
    """The national records of a file; of a history every version."""
    for item in read_raw(portal / f"{name}.jsonl.gz"):
        assert isinstance(item, RawRecord)
        if name == "histories":
            yield from (version["data"] for version in item.value["versions"])
        else:
            yield item.value.get("data", item.value)


@pytest.mark.parametrize("name", COUNTS)
def test_every_text_is_told_wherever_citizens_read(portal, workers, name):
    records = iter(raws(portal, name))
    chunks = list(iter(lambda: list(islice(records, TOGETHER)), []))
    assert sum(map(len, chunks)) == COUNTS[name]
    assert [line for found in workers.map(lost, chunks) for line in found] == []


def test_a_word_that_is_told_nowhere_is_seen_by_the_walk(portal):
    (raw,) = islice(raws(portal, "details"), 1)
    found = lost([raw], lambda _: ["Chữ này không có ở đâu cả"])
    assert {medium for _, medium, _ in found} == {"page", "print", "pdf", "docx", "json"}
