"""Questions that no careful person would type, by command: an answer or one sentence, never a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue.imports.portal_records import detail
from tests.cli.papers import portal_file
from tests.cli.terminal import Terminal


@pytest.fixture
def filled(terminal: Terminal, tmp_path: Path) -> Terminal:
    """An office with one procedure."""
    terminal.run("import", "portal", portal_file(tmp_path, [detail("1.001193", name="Đăng ký khai sinh")]))
    return terminal


def test_marks_alone_ask_for_words(filled: Terminal) -> None:
    for question in ('"', "*", "(", "?!", "\x00", "\u202e\u202c", ""):
        said = filled.run("search", "--", question)
        assert "không có chữ hay số nào" in said.out and not {"\x00", "\u202e"} & set(said.out)
        assert filled.run("search", "--json", "--", question).json == []


def test_marks_around_words_do_no_harm(filled: Terminal) -> None:
    for question in ('"khai sinh"', "khai sinh*", "(khai sinh", "khai\x00sinh", "\u202ekhai sinh\u202c", "-khai sinh"):
        assert filled.run("search", "--json", "--", question).json[0]["code"] == "1.001193", ascii(question)


def test_a_question_of_ten_thousand_characters_is_cut_and_said(filled: Terminal) -> None:
    said = filled.run("search", "khai sinh " * 1_000, "--json")
    assert said.json[0]["code"] == "1.001193"
    assert said.err == "Câu tìm dài 9999 ký tự; chỉ dùng 300 ký tự đầu.\n"
    assert filled.run("search", "a" * 10_000, "--json").json == []


def test_a_word_that_is_no_text_is_refused(filled: Terminal) -> None:
    assert "UTF-8" in filled.run("search", "khai\udcffsinh", code=2).err


@pytest.mark.parametrize("line", ["{", "[]", "42", '{"query": 1, "codes": []}', '{"query": "a", "codes": "x"}', "\x00"])
def test_a_line_of_questions_that_is_none_is_named(filled: Terminal, tmp_path: Path, line: str) -> None:
    file = tmp_path / "hoi.jsonl"
    file.write_text(f'{{"query": "khai sinh", "codes": ["1.001193"]}}\n{line}\n', encoding="utf-8")
    assert "Dòng 2 của tệp «hoi.jsonl»" in filled.refused("search", "eval", file)


def test_questions_in_another_encoding_are_refused(filled: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "hoi.jsonl"
    file.write_bytes("khai sinh ở xã".encode("utf-16"))
    assert "không phải chữ UTF-8" in filled.refused("search", "eval", file)
    assert "vang.jsonl" in filled.refused("search", "eval", tmp_path / "vang.jsonl")
