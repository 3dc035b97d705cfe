"""Whatever goes wrong, a command says one Vietnamese sentence on stderr and leaves everything as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click
import pytest
from sqlalchemy.exc import OperationalError

from catalogue.cli import refusals
from tests.catalogue.imports.portal_records import detail
from tests.cli.papers import new_procedures, portal_file, put, row
from tests.cli.terminal import Terminal

COMMANDS_ON_DATA = [
    ("list",),
    ("list", "--json"),
    ("search", "khai sinh"),
    ("search", "rebuild"),
    ("replay", "--check"),
    ("decision", "show", "1"),
    ("decision", "rehearse", "1"),
    ("decision", "submit", "1", "--as", "an"),
    ("serve", "--port", "1"),
]


@pytest.mark.parametrize("command", COMMANDS_ON_DATA, ids=" ".join)
def test_before_init_every_command_says_to_run_it(tmp_path: Path, command: tuple[str, ...]) -> None:
    said = Terminal(tmp_path / "home").run(*command, code=1)
    assert said.err == f"{refusals.NOT_READY}\n"
    assert said.out == ""


def test_before_init_nothing_is_imported(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    word = put(tmp_path, "qd.docx", new_procedures(row(1, "1.014391", "Đăng ký khai sinh lưu động")))
    for command in (("decision", word), ("portal", portal_file(tmp_path, [{"name": "Tên", "code": "1.000001"}]))):
        assert "catalogue init" in terminal.run("import", *command, code=1).err


def test_a_database_of_an_older_form_says_to_run_init(terminal: Terminal) -> None:
    with sqlite3.connect(terminal.home / "catalogue.db") as connection:
        connection.execute("ALTER TABLE decision DROP COLUMN return_note")
    connection.close()
    assert "catalogue init" in terminal.run("decision", "show", "1", code=1).err


def test_a_database_of_a_newer_program_is_told(terminal: Terminal) -> None:
    with sqlite3.connect(terminal.home / "catalogue.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ngay-mai'")
    connection.close()
    assert "phiên bản khác của chương trình" in terminal.run("init", code=1).err


def test_a_damaged_database_is_told(terminal: Terminal) -> None:
    (terminal.home / "catalogue.db").write_bytes(b"day khong phai la co so du lieu" * 1_000)
    for command in (("list",), ("init",), ("replay", "--check")):
        assert "hỏng" in terminal.run(*command, code=1).err


def test_a_folder_in_place_of_the_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "home" / "catalogue.db").mkdir(parents=True)
    terminal = Terminal(tmp_path / "home")
    process = terminal.start("list")
    assert "Chưa mở được cơ sở dữ liệu" in terminal.finished(process, code=1).err


def test_a_damaged_index_is_told_and_can_be_built_anew(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("import", "portal", portal_file(tmp_path, [detail("1.001193")]))
    (terminal.home / "search" / "current").write_bytes(b"\xff\x00")
    assert "catalogue search rebuild" in terminal.refused("search", "khai sinh")
    terminal.run("search", "rebuild")
    assert "1.001193" in terminal.run("search", "khai sinh").out


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("nhap",), "Không có lệnh «nhap»."),
        (("decision", "huy"), "Không có lệnh «huy»."),
        (("import", "pdf"), "Không có lệnh «pdf»."),
        (("list", "--ngay", "x"), "Không có lựa chọn «--ngay»."),
        (("list", "--on"), "--on"),
        (("list", "--on", "31/02/2026"), "Ngày «31/02/2026» không có trong lịch."),
        (("list", "--on", "hôm qua"), "«hôm qua»"),
        (("list", "--level", "xa"), "«xa»"),
        (("list", "--format", "xml"), "chọn một trong: pdf, docx, xlsx, csv, json."),
        (("list", "thừa"), "phần thừa"),
        (("search", "text"), "Còn thiếu TEXT."),
        (("search", "x", "--limit", "0"), "«0»"),
        (("search", "x", "--limit", "-1"), "«-1»"),
        (("search", "x", "--limit", "1000000000000"), "«1000000000000»"),
        (("import", "portal"), "Còn thiếu FILE."),
        (("import", "portal", "x", "--since", "31/02/2026"), "«31/02/2026»"),
        (("decision", "submit", "1"), "Còn thiếu --as."),
        (("replay",), "Còn thiếu --check."),
        (("serve", "--port", "70000"), "--port"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_written_wrongly_is_told_in_one_sentence(
    terminal: Terminal, command: tuple[str, ...], told: str
) -> None:
    said = terminal.refused(*command, code=2)
    assert told in said and said.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "không phải địa chỉ"),
        ("SEARCH_URL", "elastic:9200"),
        ("FORCE_HTTPS", "có"),
        ("PORT", "tám"),
        ("RATELIMIT_STORAGE_URI", "kho-la://nguoi:mat-khau@may"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(terminal: Terminal, name: str, value: str) -> None:
    said = terminal.run("serve" if name == "PORT" else "list", code=2, settings={name: value})
    assert {"PORT": "--port"}.get(name, name) in said.err and said.err.count("\n") == 1
    assert "mat-khau" not in said.err


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("đây là tệp")
    assert "tep" in Terminal(tmp_path / "tep" / "home").run("list", code=1).err


def test_the_help_names_every_command(terminal: Terminal) -> None:
    told = terminal.run("--help").out
    assert all(f"  {name} " in told for name in ("init", "import", "decision", "list", "search", "replay", "serve"))


def test_what_nobody_foresaw_is_kept_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALOGUE_HOME", str(tmp_path))
    told = refusals.sentence(ZeroDivisionError("division by zero"))
    assert told.startswith("Có lỗi ngoài dự kiến (ZeroDivisionError)") and "loi.log" in told
    assert "division by zero" in (tmp_path / "loi.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("database is locked", "đang ghi dữ liệu"),
        ("database or disk is full", "Ổ đĩa đầy"),
        ("attempt to write a readonly database", "chỉ cho đọc"),
        ('relation "decision" does not exist', "catalogue init"),
        ("connection to server at 127.0.0.1 failed", "Chưa kết nối được"),
    ],
)
def test_what_a_database_says_is_told_in_our_words(words: str, told: str) -> None:
    assert told in refusals.sentence(OperationalError("SELECT 1", {}, Exception(words)))


def test_a_refusal_of_click_without_words_of_ours_names_the_parameter() -> None:
    error = click.BadParameter("is not a valid boolean", param=click.Option(["--skip-bad"]))
    assert refusals.sentence(error) == "--skip-bad: giá trị chưa dùng được."
