"""One decision by command alone, from the Word file to what citizens find; three persons, nothing half done."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.papers import amending, days_ago, new_procedures, put, row
from tests.cli.terminal import Terminal

NUMBER = "1250/QĐ-UBND"
CODE = "1.014391"
NAME = "Đăng ký khai sinh lưu động tại nhà"


@pytest.fixture
def imported(terminal: Terminal, tmp_path: Path) -> Terminal:
    """An office that has read a decision of one new procedure."""
    file = put(tmp_path, "1250.docx", new_procedures(row(1, CODE, NAME)))
    terminal.run("import", "decision", file, "--as", "an")
    return terminal


def carry(terminal: Terminal, number: str = NUMBER) -> None:
    """The three persons do what they have to do."""
    terminal.run("decision", "submit", number, "--as", "an")
    terminal.run("decision", "review", number, "--as", "binh")
    terminal.run("decision", "approve", number, "--as", "chi")
    terminal.run("decision", "issue", number, "--as", "an")


def codes_on(terminal: Terminal, day: object) -> set[str]:
    rows = terminal.run("list", "--on", day, "--format", "json").json["rows"]
    return {found["code"] for found in rows}


def test_a_word_file_becomes_public_by_command_on_its_day_and_not_before(imported: Terminal) -> None:
    signed = days_ago(10)
    before = signed - timedelta(days=1)
    rehearsed = imported.run("decision", "rehearse", NUMBER, "--json").json
    assert rehearsed["problems"] == []
    assert [(e["procedure"], e["level"], e["kind"], e["first_day"]) for e in rehearsed["effects"]] == [
        (CODE, "commune", "opens", signed.isoformat())
    ]
    carry(imported)
    assert codes_on(imported, signed) == {CODE}
    assert codes_on(imported, before) == set()
    found = imported.run("search", "khai sinh luu dong", "--on", signed, "--json").json
    assert [(hit["code"], hit["name"], hit["level"]) for hit in found] == [(CODE, NAME, "commune")]
    assert imported.run("search", "khai sinh luu dong", "--on", before, "--json").json == []
    assert imported.run("replay", "--check", "--json").json == {"differences": []}


def test_an_amendment_changes_the_time_limit_from_its_day(imported: Terminal, tmp_path: Path) -> None:
    carry(imported)
    file = put(tmp_path, "1251.docx", amending(row(1, CODE, NAME, "01 ngày làm việc")))
    imported.run("import", "decision", file, "--as", "an")
    said = imported.run("decision", "rehearse", "1251/QĐ-UBND").out
    assert f"{CODE} {NAME} (cấp xã)" in said and f"{days_ago(5):%d/%m/%Y}" in said
    carry(imported, "1251/QĐ-UBND")
    words = [
        json.dumps(imported.run("list", "--on", days_ago(day), "--json").json["rows"], ensure_ascii=False)
        for day in (6, 5)
    ]
    assert "03 ngày làm việc" in words[0] and "01 ngày làm việc" not in words[0]
    assert "01 ngày làm việc" in words[1] and "03 ngày làm việc" not in words[1]


class TestThreePersons:
    def test_the_drafter_may_not_review_what_he_drafted(self, imported: Terminal) -> None:
        imported.run("decision", "submit", NUMBER, "--as", "an")
        assert "«an» không có quyền kiểm soát" in imported.refused("decision", "review", NUMBER, "--as", "an")

    def test_two_roles_do_not_make_two_persons(self, imported: Terminal) -> None:
        give_roles(imported, "an", "drafter,reviewer,approver")
        give_roles(imported, "binh", "reviewer,approver")
        imported.run("decision", "submit", NUMBER, "--as", "an")
        assert "ba người khác nhau" in imported.refused("decision", "review", NUMBER, "--as", "an")
        imported.run("decision", "review", NUMBER, "--as", "binh")
        for person in ("an", "binh"):
            assert "ba người khác nhau" in imported.refused("decision", "approve", NUMBER, "--as", person)
        imported.run("decision", "approve", NUMBER, "--as", "chi")

    def test_no_step_is_skipped(self, imported: Terminal) -> None:
        assert "đang soạn" in imported.refused("decision", "review", NUMBER, "--as", "binh")
        assert "đang soạn" in imported.refused("decision", "approve", NUMBER, "--as", "chi")
        assert "đang soạn" in imported.refused("decision", "issue", NUMBER, "--as", "an")

    def test_the_administrator_has_no_way_around(self, imported: Terminal) -> None:
        for step in ("submit", "review", "approve", "issue"):
            assert "«quan-tri» không có quyền" in imported.refused("decision", step, NUMBER, "--as", "quan-tri")

    def test_an_unknown_account_is_named(self, imported: Terminal) -> None:
        said = imported.refused("decision", "submit", NUMBER, "--as", "nguoi-la")
        assert "Không có tài khoản «nguoi-la»" in said

    def test_an_approval_is_bound_to_what_was_seen(self, imported: Terminal) -> None:
        imported.run("decision", "submit", NUMBER, "--as", "an")
        imported.run("decision", "review", NUMBER, "--as", "binh")
        seen = imported.run("decision", "rehearse", NUMBER, "--json").json["fingerprint"]
        refused = imported.refused("decision", "approve", NUMBER, "--as", "chi", "--seen", "0" * 64)
        assert "hãy chạy thử lại" in refused
        imported.run("decision", "approve", NUMBER, "--as", "chi", "--seen", seen)

    def test_a_returned_decision_starts_again(self, imported: Terminal) -> None:
        imported.run("decision", "submit", NUMBER, "--as", "an")
        imported.run("decision", "return", NUMBER, "--as", "binh", "--note", "thiếu căn cứ")
        assert imported.run("decision", "show", NUMBER, "--json").json["status"] == "draft"

    def test_what_is_issued_is_not_issued_again(self, imported: Terminal) -> None:
        carry(imported)
        assert "đã ban hành" in imported.refused("decision", "issue", NUMBER, "--as", "an")
        assert "đã ban hành" in imported.refused("decision", "rehearse", NUMBER)


def test_a_procedure_without_a_code_gets_none_invented(terminal: Terminal, tmp_path: Path) -> None:
    file = put(tmp_path, "qd.docx", new_procedures(row(1, "", NAME), row(2, CODE, "Đăng ký khai tử lưu động")))
    number = terminal.run("import", "decision", file, "--as", "an", "--json").json["id"]
    rehearsed = terminal.run("decision", "rehearse", number, "--json").json
    assert {effect["name"]: effect["procedure"] for effect in rehearsed["effects"]}[NAME] is None
    told = terminal.run("decision", "rehearse", number).out
    assert f"chưa có mã {NAME} (cấp xã): nội dung mới có hiệu lực từ" in told


def test_show_says_head_and_lines_in_words_and_as_data(imported: Terminal) -> None:
    told = imported.run("decision", "show", NUMBER)
    assert f"{NUMBER} (đang soạn)" in told.out
    assert f"Mới ban hành: {CODE} {NAME} (cấp xã)" in told.out
    shown = imported.run("decision", "show", NUMBER, "--json").json
    assert {"id", "number", "status", "signed_on", "lines", "leftovers", "acts"} <= set(shown)
    assert shown["lines"][0]["kind"] == "introduced"
    assert imported.run("decision", "show", shown["id"], "--json").json == shown


@pytest.mark.parametrize("reference", ["9", "9" * 30, "2815/QĐ-UBND", "abc", "", "-1", "١", "a" * 9_000, "%", "' OR 1"])
def test_a_decision_that_is_not_there_is_named(imported: Terminal, reference: str) -> None:
    assert f"«{reference[:80]}»" in imported.refused("decision", "show", "--", reference)


class TestObstacles:
    """What stands in the way is listed with its place; the step is not taken."""

    def test_an_amended_procedure_that_is_not_in_force_waits_for_a_person(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        file = put(tmp_path, "1251.docx", amending(row(1, "1.000656", "Đăng ký khai tử")))
        terminal.run("import", "decision", file, "--as", "an")
        said = terminal.refused("decision", "submit", "1251/QĐ-UBND", "--as", "an")
        assert said.startswith("Quyết định 1251/QĐ-UBND còn 1 vướng mắc (0 phải sửa, 1 chờ xác nhận).")
        assert "số 1: 1.000656 chưa có trong danh mục hoặc không còn hiệu lực ở cấp này" in said
        rehearsed = terminal.run("decision", "rehearse", "1251/QĐ-UBND", "--json", code=1)
        assert [p["code"] for p in rehearsed.json["problems"]] == ["not_in_force"]
        terminal.run("decision", "confirm", "1251/QĐ-UBND", "--as", "an", "--reason", "đã đối chiếu bản ký")
        terminal.run("decision", "submit", "1251/QĐ-UBND", "--as", "an")

    def test_a_code_twice_in_one_annex_must_be_mended(self, terminal: Terminal, tmp_path: Path) -> None:
        rows = [row(1, CODE, NAME), row(2, "1.000656", "Đăng ký khai tử"), row(3, CODE, NAME)]
        file = put(tmp_path, "hai-lan.docx", new_procedures(*rows))
        told = terminal.run("import", "decision", file, "--as", "an").out
        assert f"Mã {CODE} đứng ở 2 dòng" in told
        said = terminal.refused("decision", "submit", NUMBER, "--as", "an")
        assert f"số 1: {CODE} ghi hai lần" in said and f"số 3: {CODE} ghi hai lần" in said
        keys = [p["key"] for p in terminal.run("decision", "rehearse", NUMBER, "--json", code=1).json["problems"]]
        refused = terminal.refused("decision", "confirm", NUMBER, keys[0], "--as", "an", "--reason", "kệ")
        assert "phải sửa" in refused

    def test_a_key_that_no_warning_bears_is_refused(self, imported: Terminal) -> None:
        said = imported.refused("decision", "confirm", NUMBER, "khong-co", "--as", "an", "--reason", "đã xem")
        assert "«khong-co»" in said

    def test_a_date_of_31_february_is_named_and_blocks(self, terminal: Terminal, tmp_path: Path) -> None:
        file = put(tmp_path, "31-02.docx", new_procedures(row(1, CODE, NAME), signed="31/02/2026"))
        told = terminal.run("import", "decision", file, "--as", "an").out
        assert "31" in told and "chưa rõ ngày ký" in told
        said = terminal.refused("decision", "submit", NUMBER, "--as", "an")
        assert "ngày" in said


class TestReplay:
    def test_a_value_changed_by_hand_is_found_and_named(self, imported: Terminal) -> None:
        carry(imported)
        change(imported, "UPDATE validity SET valid_from = '2020-01-01'")
        said = imported.run("replay", "--check", code=1)
        assert CODE in said.out and "2020-01-01" in said.out
        assert "khác với sổ quyết định" in said.err
        assert imported.run("replay", "--check", "--json", code=1).json["differences"]

    def test_a_text_changed_by_hand_is_found_and_named(self, imported: Terminal) -> None:
        carry(imported)
        change(imported, "UPDATE procedure_version SET name = 'Tên khác'")
        assert "Tên khác" in imported.run("replay", "--check", code=1).out


def give_roles(terminal: Terminal, username: str, roles: str) -> None:
    change(terminal, f"UPDATE account SET roles = '{roles}' WHERE username = '{username}'")


def change(terminal: Terminal, statement: str) -> None:
    """What somebody with a database tool does."""
    with sqlite3.connect(terminal.home / "catalogue.db") as connection:
        connection.execute(statement)
    connection.close()
