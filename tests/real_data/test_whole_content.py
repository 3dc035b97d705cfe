"""Every record of the national portal of July 2026 goes in and comes out again, and an edit is not undone by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catalogue.exports.national import to_national, to_national_row
from catalogue.imports.portal import PortalRecord, read_record
from catalogue.imports.portal_reading import RawRecord, read_raw
from decisions.content import Named, ProcedureContent, canonical_json, from_json
from tests.catalogue.imports.portal_records import says_the_same

pytestmark = pytest.mark.real_data

COUNTS = {"details": 394, "rebuilt": 4037, "list": 5670, "histories": 687}


@pytest.fixture(scope="module")
def portal(real_data: Path) -> Path:
    folder = real_data / "portal-2026"
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing")
    return folder


def raws(portal: Path, name: str) -> Iterator[dict[str, Any]]:
    """The national records of a file; of a history every version."""
    for item in read_raw(portal / f"{name}.jsonl.gz"):
        assert isinstance(item, RawRecord)
        if name == "histories":
            yield from (version["data"] for version in item.value["versions"])
        else:
            yield item.value.get("data", item.value)


def text_of(value: dict[str, Any]) -> ProcedureContent:
    """The text as it is stored."""
    found = read_record(value, "bản ghi")
    assert isinstance(found, PortalRecord)
    return from_json(canonical_json(found.content))


@pytest.mark.parametrize("name", COUNTS)
def test_every_record_comes_out_as_it_went_in(portal, name):
    write = to_national_row if name == "list" else to_national
    records = list(raws(portal, name))
    assert len(records) == COUNTS[name]
    assert [value["code"] for value in records if not says_the_same(write(text_of(value)), value)] == []


def test_what_an_officer_has_edited_comes_out_edited(portal):
    """The records that keep a part in signs of their own: there the old signs would undo the edit."""
    edited = 0
    for value in raws(portal, "details"):
        text = text_of(value)
        changed = replace(text, reception="Trung tâm Phục vụ hành chính công xã", outcomes=(Named("Giấy xác nhận"),))
        out = to_national(changed)
        assert out["dossierReceivingAddresses"] == "Trung tâm Phục vụ hành chính công xã"
        assert [outcome["name"] for outcome in out["resultsDetails"]] == ["Giấy xác nhận"]
        edited += 1
    assert edited == COUNTS["details"]


def test_a_number_of_copies_that_was_edited_comes_out_edited(portal):
    odd = 0
    for value in (value for name in ("details", "rebuilt") for value in raws(portal, name)):
        text = text_of(value)
        for at, case in enumerate(text.cases):
            if any("originalQty" in paper.extra for paper in case.papers):
                papers = tuple(replace(paper, originals=2) for paper in case.papers)
                cases = (*text.cases[:at], replace(case, papers=papers), *text.cases[at + 1 :])
                out = to_national(replace(text, cases=cases))
                written = [c["profileComponents"] for c in (*out["executionCases"], *out["cases"])]
                assert [p["originalQty"] for p in written[at]] == [2] * len(papers)
                odd += 1
    assert odd


def test_a_channel_whose_time_was_edited_comes_out_edited(portal):
    for value in raws(portal, "rebuilt"):
        text = text_of(value)
        odd = next((channel for channel in text.channels if "processingTime" in channel.extra), None)
        if odd is not None:
            time = replace(odd.time, text="03 ngày", quantity=None, unit=None) if odd.time else None
            out = to_national(replace(text, channels=(replace(odd, time=time),)))
            assert out["executionMethods"][0]["processingTime"] == (time.text if time else None)
