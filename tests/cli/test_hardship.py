"""Two at once, a full disk, an interrupted run: nobody sees a lock error, nothing is half done."""

from __future__ import annotations

import resource
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogue.imports.portal_records import detail
from tests.cli.papers import new_procedures, portal_file, put, row
from tests.cli.terminal import Terminal


def records(first: int, count: int) -> list[object]:
    return [detail(f"1.{number:06}", name=f"Thủ tục số {number}") for number in range(first, first + count)]


def no_file_over(size: int) -> Callable[[], None]:
    """What a full disk looks like to a process that cannot write any file beyond ``size`` bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def until_written_to(terminal: Terminal) -> None:
    """Wait until a command has begun to write."""
    connection = sqlite3.connect(terminal.home / "catalogue.db", isolation_level=None, timeout=0)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            break
        connection.execute("ROLLBACK")
        time.sleep(0.02)
    connection.close()


def test_two_imports_at_once_both_succeed(terminal: Terminal, tmp_path: Path) -> None:
    files = [portal_file(tmp_path, records(first, 60), f"{first}.jsonl") for first in (1, 41)]
    said = [terminal.finished(process) for process in [terminal.start("import", "portal", f, "--json") for f in files]]
    assert sum(each.json["procedures"] for each in said) == 100
    assert len(terminal.run("list", "--json").json["rows"]) == 100
    assert len(terminal.run("search", "thủ tục số", "--limit", 1000, "--json").json) == 100
    assert terminal.run("replay", "--check", "--json").json == {"differences": []}


def test_the_same_word_file_twice_at_once_becomes_one_draft(terminal: Terminal, tmp_path: Path) -> None:
    file = put(tmp_path, "qd.docx", new_procedures(row(1, "1.014391", "Đăng ký khai sinh lưu động")))
    processes = [terminal.start("import", "decision", file) for _ in range(2)]
    for process in processes:
        process.wait(timeout=60)
    won, lost = sorted(processes, key=lambda process: process.returncode)
    assert "1.014391" in terminal.finished(won).out
    assert "đã được nhập trước đây" in terminal.finished(lost, code=1).err


def test_a_command_waits_for_another_writer_and_says_so(terminal: Terminal, tmp_path: Path) -> None:
    file = put(tmp_path, "qd.docx", new_procedures(row(1, "1.014391", "Đăng ký khai sinh lưu động")))
    connection = sqlite3.connect(terminal.home / "catalogue.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    process = terminal.start("import", "decision", file, "--json")
    time.sleep(2.5)  # longer than the command needs when nobody writes
    assert process.poll() is None
    connection.execute("ROLLBACK")
    connection.close()
    assert terminal.finished(process).json["number"] == "1250/QĐ-UBND"


class TestFullDisk:
    @pytest.fixture
    def filled(self, terminal: Terminal, tmp_path: Path) -> Terminal:
        """An office with an inventory and an index."""
        terminal.run("import", "portal", portal_file(tmp_path, records(1, 120)))
        return terminal

    def test_while_indexing_search_answers_as_before(self, filled: Terminal) -> None:
        before = filled.content()
        process = filled.start("search", "rebuild", preexec_fn=no_file_over(40_000))
        said = filled.finished(process, code=1)
        assert said.out == "" and "Không ghi được chỉ mục tìm kiếm" in said.err and said.err.count("\n") == 1
        assert filled.content() == before
        assert filled.run("search", "thủ tục số 7", "--json").json[0]["code"] == "1.000007"
        filled.run("search", "rebuild")

    def test_while_importing_nothing_is_kept(self, filled: Terminal, tmp_path: Path) -> None:
        before = filled.content()
        more = portal_file(tmp_path, records(500, 300))
        size = (filled.home / "catalogue.db").stat().st_size
        process = filled.start("import", "portal", more, preexec_fn=no_file_over(size + 50_000))
        said = filled.finished(process, code=1)
        assert said.out == "" and "đĩa đầy" in said.err and said.err.count("\n") == 1
        assert filled.content() == before

    def test_a_list_that_cannot_be_written_is_told(self, filled: Terminal, tmp_path: Path) -> None:
        target = tmp_path / "danh-muc.json"
        process = filled.start("list", "--format", "json", "-o", target, preexec_fn=no_file_over(40_000))
        assert "Chưa ghi được tệp" in filled.finished(process, code=1).err


def test_an_index_that_could_not_follow_is_told_and_made_up_for(terminal: Terminal, tmp_path: Path) -> None:
    file = portal_file(tmp_path, [detail("1.001193", name="Đăng ký khai sinh")])
    if (terminal.home / "search").exists():
        (terminal.home / "search").rename(terminal.home / "chi-muc-cu")
    (terminal.home / "search").write_text("đây không phải thư mục")
    said = terminal.run("import", "portal", file, code=1)
    assert said.err.startswith("Dữ liệu đã nhập xong, nhưng chỉ mục tìm kiếm chưa theo kịp.")
    assert "catalogue search rebuild" in said.err
    (terminal.home / "search").unlink()
    assert terminal.run("import", "portal", file, "--json").json["versions"] == 0
    assert terminal.run("search", "khai sinh", "--json").json[0]["code"] == "1.001193"


def test_an_interrupted_import_keeps_nothing(terminal: Terminal, tmp_path: Path) -> None:
    before = terminal.content()
    process = terminal.start("import", "portal", portal_file(tmp_path, records(1, 3_000)))
    until_written_to(terminal)
    process.send_signal(signal.SIGINT)
    said = terminal.finished(process, code=130)
    assert said.err.strip() + "\n" == "Đã dừng giữa chừng; phần chưa ghi xong không được giữ.\n"
    assert terminal.content() == before


def test_a_reader_that_goes_away_is_no_failure_worth_words(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("import", "portal", portal_file(tmp_path, records(1, 200)))
    process = terminal.start("list", "--json")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(timeout=30)
