"""The yardstick itself: made-up records are like real ones, and figures are judged rightly."""

from __future__ import annotations

import json

from catalogue.cli.bench import table
from catalogue.cli.bench_measures import Figure
from catalogue.cli.bench_records import records, write
from decisions.numbering import parse_code


def test_made_up_records_are_as_many_and_as_long_as_real_ones():
    made = [item["data"] for item in records(5_000)]
    assert len({item["code"] for item in made}) == len({item["name"] for item in made}) == 5_000
    assert all(parse_code(item["code"]).is_standard for item in made[::50])
    assert 8_000 < sum(len(json.dumps(item, ensure_ascii=False)) for item in made[:200]) / 200 < 15_000


def test_the_same_records_are_made_every_time():
    assert list(records(20)) == list(records(20))


def test_records_are_written_one_a_line(tmp_path):
    write(tmp_path / "records.jsonl", 3)
    lines = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["data"]["name"] for line in lines] == [item["data"]["name"] for item in records(3)]


def test_a_figure_is_judged_by_its_budget():
    assert Figure("trang thủ tục", 39.9, "ms", 40).verdict == "đạt"
    assert Figure("trang thủ tục", 40.1, "ms", 40).verdict == "CHƯA ĐẠT"
    assert Figure("bin/run lần đầu", 12.0, "s").verdict == ""


def test_the_table_has_a_line_a_figure():
    printed = table([Figure("danh mục pdf", 1.23456, "s", 5), Figure("danh mục csv", 0.5, "s")]).splitlines()
    assert len(printed) == 3
    assert printed[1].split() == ["danh", "mục", "pdf", "5", "s", "1.23", "s", "đạt"]
