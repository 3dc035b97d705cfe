"""The rules on texts that nobody wrote for them: codes, decision numbers and histories of the national portal."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from catalogue.imports.portal_content import read_detail
from catalogue.imports.portal_values import Node
from decisions.changes import changed_parts, find_changes
from decisions.numbering import parse_code, parse_decision_number

pytestmark = pytest.mark.real_data

NOT_DECISIONS = {
    "205/TTr-SNNMT",
    "205/TTr-SNNMT.2",
    "4221/EVN-KDMBD",
    "1562/BNG-VP",
    "Demo/QĐ-BCA",
    "QĐ000001SNNTEST",
}


def records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record.get("data", record)


def histories(folder: Path) -> Iterator[list[dict[str, Any]]]:
    for record in records(folder / "portal-2026" / "histories.jsonl.gz"):
        yield [version["data"] for version in record["versions"]]


def test_all_but_three_codes_of_the_national_list_are_read(real_data):
    codes = [parse_code(row["code"]) for row in records(real_data / "portal-2026" / "list.jsonl.gz")]
    odd = {code.printed for code in codes if not code.is_standard}
    assert odd <= {"1.0133611", "1.014955-Xoa", "2.009182739"}
    assert len({code.key for code in codes}) >= 5_600


def test_every_decision_number_of_the_portal_is_read_or_known_to_be_none(real_data):
    printed = set()
    for name in ("details", "rebuilt"):
        for record in records(real_data / "portal-2026" / f"{name}.jsonl.gz"):
            printed.add((record.get("procedureProposal") or {}).get("proposalNumber"))
    numbers = [parse_decision_number(text) for text in printed if text]
    assert len(numbers) > 300
    assert {number.printed for number in numbers if not number.is_decision} <= NOT_DECISIONS


def test_the_same_text_with_its_sets_turned_round_shows_no_change(real_data):
    for versions in histories(real_data):
        turned = {
            key: value[::-1] if key.endswith(("Details", "Authority", "Executing")) else value
            for key, value in versions[0].items()
        }
        assert find_changes(read_detail(Node(versions[0])), read_detail(Node(turned))) == []


def test_the_same_parts_differ_whichever_text_came_first(real_data):
    for versions in islice(histories(real_data), 80):
        first, last = read_detail(Node(versions[0])), read_detail(Node(versions[-1]))
        assert set(changed_parts(first, last)) == set(changed_parts(last, first))
