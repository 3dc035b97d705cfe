"""``catalogue search`` and ``catalogue list``: stable keys, one sentence on refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_the_answer_has_the_promised_keys(run: Run) -> None:
    rows = json.loads(run("search", "dang ky khai sinh", "--json", "--limit", "3").stdout)
    assert len(rows) == 3
    assert set(rows[0]) >= {"code", "name", "level", "score"}
    assert rows[0]["code"] == "1.001193"


def test_words_need_no_quotes_and_options_may_stand_anywhere(run: Run) -> None:
    quoted = run("search", "đăng ký khai tử").stdout
    assert (
        quoted
        == run("search", "đăng", "ký", "khai", "tử").stdout
        == run("search", "--limit", "10", "đăng ký khai tử").stdout
    )


def test_the_day_of_the_question_counts(run: Run) -> None:
    codes = {row["code"] for row in json.loads(run("search", "1.001193", "--on", "1999-01-01", "--json").stdout)}
    assert codes == set()


def test_a_day_that_is_none_is_refused_in_one_sentence(run: Run) -> None:
    refused = run("search", "khai sinh", "--on", "31/02/2026", code=2)
    assert "Ngày «31/02/2026» không có trong lịch." in refused.stderr
    assert "Ngày «31/02/2026» không có trong lịch." in run("list", "--on", "31/02/2026", code=2).stderr


def test_questions_with_answers_are_measured(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    records = [
        {"query": "đăng ký khai sinh", "codes": ["1.001193"], "tier": "core"},
        {"query": "thủ tục không có ở đây", "codes": ["9.999999"], "tier": "core"},
    ]
    questions.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    found = json.loads(run("search", "eval", str(questions), "--json").stdout)
    assert found["n"] == found["by_tier"]["core"]["n"] == 1
    assert found["hit@1"] == 1.0
    assert set(found) >= {"n", "hit@1", "ndcg@10", "recall@10", "mrr", "zero_results", "p50_ms", "p95_ms", "by_tier"}


def test_a_score_is_explained_part_by_part(run: Run) -> None:
    first = json.loads(run("search", "vợ mới đẻ làm giấy gì", "--explain", "--limit", "1", "--json").stdout)[0]
    assert abs(sum(part["worth"] for part in first["parts"]) - first["score"]) < 0.01
    words = {part["term"]: part for part in first["parts"] if part["what"] == "pair"}
    assert words["khai sinh"]["origin"] == "moi de"
    assert abs(sum(words["khai sinh"]["fields"].values()) - 1) < 0.01
    told = run("search", "vợ mới đẻ làm giấy gì", "--explain", "--limit", "1").stdout
    assert "cặp chữ «khai sinh» từ «moi de» (tên " in told


def test_without_a_file_the_questions_of_the_program_are_asked(run: Run) -> None:
    found = json.loads(run("search", "eval", "--json").stdout)
    assert found["by_tier"]["sample"]["n"] > 100
    assert set(found["by_kind"]["citizen"]) == set(found["by_tier"]["sample"])
    assert found["without_marks"]["by_tier"]["sample"]["n"] == found["by_tier"]["sample"]["n"]
    assert found["out_of_scope"] == {"n": 20, "sure": 0}
    assert found["zero_share"] <= 0.01


def test_sources_are_scored_without_the_words_that_serve_them_alone(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    records = [
        {"query": "em mới đẻ làm giấy gì", "codes": ["1.001193"], "source": "một"},
        {"query": "vợ mới đẻ", "codes": ["1.001193"], "source": "hai@5f1 tệp"},
        {"query": "muốn lấy vợ", "codes": ["1.000894"], "source": "hai@5f1 tệp"},
    ]
    questions.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    found = json.loads(run("search", "eval", str(questions), "--cross-validate", "--json").stdout)
    assert set(found["groups_left_out"]) == set(found["ndcg@10_by_source"]) == {"một", "hai"}
    assert found["n"] == 3


def test_a_broken_line_of_questions_is_named(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"query": "a", "codes": []}\n{"query":', encoding="utf-8")
    assert "Dòng 2 của tệp «questions.jsonl» chưa đọc được" in run("search", "eval", str(questions), code=1).stderr


def test_the_index_can_be_built_anew(run: Run) -> None:
    assert json.loads(run("search", "rebuild", "--json").stdout)["documents"] > 50
    assert "1.001193" in run("search", "khai sinh").stdout


def test_the_list_says_its_day_and_rows(run: Run) -> None:
    told = json.loads(run("list", "--on", "2026-11-21", "--level", "commune", "--json").stdout)
    assert told["on"] == "2026-11-21"
    assert {row["level"] for row in told["rows"]} == {"commune"}


def test_a_sector_may_be_written_without_marks(run: Run) -> None:
    assert "LĨNH VỰC HỘ TỊCH" in run("list", "--sector", "ho tich").stdout
    assert "Không có lĩnh vực «sao hỏa» trong danh mục." in run("list", "--sector", "sao hỏa", code=1).stderr


def test_a_list_is_written_to_a_file(run: Run, tmp_path: Path) -> None:
    for suffix, start in {"xlsx": b"PK", "docx": b"PK", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf", "json": b"{"}.items():
        target = tmp_path / f"danh-muc.{suffix}"
        run("list", "--level", "commune", "--format", suffix, "-o", str(target))
        assert target.read_bytes().startswith(start)


def test_what_cannot_be_printed_or_written_is_said(run: Run, tmp_path: Path) -> None:
    assert "thêm -o" in run("list", "--format", "pdf", code=1).stderr
    missing = str(tmp_path / "không" / "có" / "x.json")
    assert "Chưa ghi được tệp" in run("list", "--format", "json", "-o", missing, code=1).stderr


def test_a_second_init_changes_nothing(run: Run) -> None:
    before = run("list", "--json").stdout
    assert "Đang nạp" not in run("init", "--sample").output
    assert run("list", "--json").stdout == before
