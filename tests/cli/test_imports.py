"""``catalogue import``: stable answers, and files that are no good leave the database as it was."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.catalogue.imports.portal_records import detail, row
from tests.cli.papers import amending, new_procedures, portal_file, put
from tests.cli.papers import row as annex_row
from tests.cli.terminal import Terminal
from tests.word_decisions import build_decision, with_document

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DECISION_KEYS = {"number", "signed_on", "issuer", "lines", "stated", "counted", "unexplained", "problems"}


class TestPortal:
    def test_the_answer_has_the_promised_keys_and_a_second_run_adds_nothing(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        file = portal_file(tmp_path, [detail(), detail("1.990102", name="Đăng ký khai tử lưu động")])
        first = terminal.run("import", "portal", file, "--json").json
        assert set(first) >= {"read", "procedures", "versions", "decisions", "unchanged", "problems"}
        assert (first["read"], first["procedures"], first["unchanged"]) == (2, 2, 0)
        after = terminal.content()
        second = terminal.run("import", "portal", file, "--json").json
        assert (second["read"], second["procedures"], second["versions"], second["unchanged"]) == (2, 0, 0, 2)
        assert terminal.content() == after

    def test_what_was_imported_is_listed_and_found_at_once(self, terminal: Terminal, tmp_path: Path) -> None:
        told = terminal.run("import", "portal", portal_file(tmp_path, [detail()]))
        assert told.out.startswith("Đã đọc 1 bản ghi: 1 thủ tục mới")
        assert terminal.run("search", "khai sinh luu dong", "--json").json[0]["code"] == "1.990101"
        assert "1.990101" in terminal.run("list").out

    def test_details_fill_a_row_of_the_list_whichever_comes_first(self, terminal: Terminal, tmp_path: Path) -> None:
        files = [portal_file(tmp_path, [row()], "danh-sach.jsonl"), portal_file(tmp_path, [detail()], "chi-tiet.jsonl")]
        assert terminal.run("import", "portal", *files, "--json").json["procedures"] == 1
        assert terminal.run("import", "portal", *reversed(files), "--json").json["versions"] == 0

    def test_json_cut_in_the_middle_names_the_place(self, terminal: Terminal, tmp_path: Path) -> None:
        whole = portal_file(tmp_path, [detail(), detail("1.990102")]).read_bytes()
        said = terminal.refused("import", "portal", put(tmp_path, "cut.jsonl", whole[:-300]))
        assert "cut.jsonl" in said and "dòng 2: JSON sai hoặc bị cắt ở ký tự" in said

    def test_a_packed_file_cut_in_the_middle_names_the_place(self, terminal: Terminal, tmp_path: Path) -> None:
        packed = gzip.compress(portal_file(tmp_path, [detail(f"1.99{n:04}") for n in range(50)]).read_bytes())
        said = terminal.refused("import", "portal", put(tmp_path, "cut.jsonl.gz", packed[: len(packed) // 2]))
        assert "tệp nén bị cắt hoặc hỏng" in said

    def test_one_wrong_type_among_five_thousand_refuses_the_whole_file_and_names_it(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        records: list[object] = [row(f"1.{n:06}", name=f"Thủ tục số {n}") for n in range(5_000)]
        records[3_210] = row("1.003210", name={"vi": "không phải chữ"})
        file = portal_file(tmp_path, records)
        said = terminal.refused("import", "portal", file)
        assert "có 1 bản ghi không đọc được nên chưa nhập bản ghi nào" in said
        assert "dòng 3211, trường name: phải là chuỗi ký tự" in said

    def test_a_bad_record_may_be_left_out_and_is_still_named(self, terminal: Terminal, tmp_path: Path) -> None:
        file = portal_file(tmp_path, [row(), row("1.990102", name=["không phải chữ"]), row("1.990103", name="Hộ tịch")])
        skipped = terminal.run("import", "portal", file, "--skip-bad", "--json").json
        assert (skipped["read"], skipped["procedures"]) == (3, 2)
        assert [p["blocking"] for p in skipped["problems"] if "dòng 2" in p["place"]] == [True]

    @pytest.mark.parametrize(
        ("name", "data", "told"),
        [
            ("rong.json", b"", "không có nội dung"),
            ("anh.png", b"\x89PNG\r\n\x1a\n\x00\x00", "không phải chữ UTF-8"),
            ("so.json", b"42", "42"),
            ("nul.jsonl", b"\x00\x00", "JSON sai"),
            ("sau.json", b"[" * 100_000, "JSON"),
        ],
    )
    def test_a_file_that_is_no_portal_file_is_refused(
        self, terminal: Terminal, tmp_path: Path, name: str, data: bytes, told: str
    ) -> None:
        said = terminal.refused("import", "portal", put(tmp_path, name, data))
        assert name in said and told in said

    def test_a_file_that_is_not_there_is_named(self, terminal: Terminal, tmp_path: Path) -> None:
        assert "vang.jsonl" in terminal.refused("import", "portal", tmp_path / "vang.jsonl")
        assert "đây là thư mục" in terminal.refused("import", "portal", tmp_path)

    def test_files_before_a_bad_one_are_kept_and_named(self, terminal: Terminal, tmp_path: Path) -> None:
        good, bad = portal_file(tmp_path, [detail()], "tot.jsonl"), put(tmp_path, "hong.jsonl", b"{")
        said = terminal.run("import", "portal", good, bad, code=1)
        assert "hong.jsonl" in said.err and "Các tệp đứng trước đã nhập xong: «tot.jsonl»." in said.err
        assert terminal.run("search", "khai sinh luu dong", "--json").json


class TestDecision:
    def test_the_answer_has_the_promised_keys(self, terminal: Terminal, tmp_path: Path) -> None:
        file = put(tmp_path, "qd.docx", new_procedures(annex_row(1, "1.014391", "Đăng ký khai sinh lưu động")))
        read = terminal.run("import", "decision", file, "--dry-run", "--json").json
        assert set(read) >= DECISION_KEYS
        assert read["number"] == "1250/QĐ-UBND" and read["issuer"]
        assert set(read["lines"][0]) >= {"position", "kind", "code", "name", "level"}
        assert (read["lines"][0]["kind"], read["lines"][0]["level"]) == ("introduced", "commune")

    def test_a_dry_run_writes_nothing(self, terminal: Terminal, tmp_path: Path) -> None:
        file = put(tmp_path, "qd.docx", amending(annex_row(1, "1.001193", "Đăng ký khai sinh")))
        before = terminal.content()
        dry = terminal.run("import", "decision", file, "--dry-run", "--json").json
        assert dry["id"] is None and terminal.content() == before
        real = terminal.run("import", "decision", file, "--json").json
        assert {**real, "id": None} == dry
        assert terminal.run("decision", "show", real["id"], "--json").json["status"] == "draft"

    def test_the_same_file_twice_is_refused_by_its_number(self, terminal: Terminal, tmp_path: Path) -> None:
        file = put(tmp_path, "qd.docx", new_procedures(annex_row(1, "1.014391", "Đăng ký khai sinh lưu động")))
        terminal.run("import", "decision", file)
        assert "đã được nhập trước đây thành quyết định số 1250/QĐ-UBND" in terminal.refused("import", "decision", file)

    def test_only_who_may_draft_imports(self, terminal: Terminal, tmp_path: Path) -> None:
        file = put(tmp_path, "qd.docx", new_procedures(annex_row(1, "1.014391", "Đăng ký khai sinh lưu động")))
        assert "«chi» không có quyền soạn" in terminal.refused("import", "decision", file, "--as", "chi")

    def test_a_decision_without_annex_is_refused(self, terminal: Terminal, tmp_path: Path) -> None:
        file = put(tmp_path, "thieu-phu-luc.docx", build_decision())
        for options in ((), ("--dry-run",)):
            said = terminal.refused("import", "decision", file, *options)
            assert "«thieu-phu-luc.docx» không có phụ lục" in said

    @pytest.mark.parametrize(
        ("name", "data", "told"),
        [
            ("rong.docx", b"", "rỗng (0 byte)"),
            ("anh.docx", b"\x89PNG\r\n\x1a\n", "không phải tệp Word"),
            ("mat-khau.docx", OLD_OFFICE + bytes(600), "mật khẩu"),
            ("cut.docx", build_decision()[:-2_000], "đã hỏng"),
            ("khac.docx", with_document(build_decision(), b"<a/>"), "không có nội dung"),
            ("xml.docx", with_document(build_decision(), b"<w:document"), "đã hỏng"),
            ("thu.docx", with_document(build_decision(), b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "DOCTYPE"),
        ],
    )
    def test_a_file_that_is_no_word_decision_is_refused(
        self, terminal: Terminal, tmp_path: Path, name: str, data: bytes, told: str
    ) -> None:
        said = terminal.refused("import", "decision", put(tmp_path, name, data))
        assert name in said and told in said and said.count("\n") == 1

    def test_an_encrypted_package_is_refused(self, terminal: Terminal, tmp_path: Path) -> None:
        data = bytearray(build_decision())
        at = data.index(b"PK\x01\x02")
        while at >= 0:  # the flag "encrypted" in every entry of the directory
            data[at + 8] |= 1
            at = data.find(b"PK\x01\x02", at + 4)
        assert "khoa.docx" in terminal.refused("import", "decision", put(tmp_path, "khoa.docx", bytes(data)))

    def test_a_letter_is_no_decision(self, terminal: Terminal, tmp_path: Path) -> None:
        letter = build_decision(subject="", authority="", articles=(), number="")
        assert "không phải quyết định" in terminal.refused("import", "decision", put(tmp_path, "thu.docx", letter))

    def test_two_hundred_megabytes_are_refused_unread(self, terminal: Terminal, tmp_path: Path) -> None:
        huge = tmp_path / "lon.docx"
        with huge.open("wb") as file:
            file.truncate(200 * 1024 * 1024)
        assert "«lon.docx» có 200 MB, quá giới hạn 50 MB" in terminal.refused("import", "decision", huge)

    def test_a_small_file_that_unpacks_to_200_megabytes_is_refused(self, terminal: Terminal, tmp_path: Path) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", bytes(200 * 1024 * 1024))
        said = terminal.refused("import", "decision", put(tmp_path, "bom.docx", stream.getvalue()))
        assert "khi giải nén vượt quá 40 MB" in said

    def test_a_file_that_is_not_there_is_named(self, terminal: Terminal, tmp_path: Path) -> None:
        assert "vang.docx" in terminal.refused("import", "decision", tmp_path / "vang.docx")
        assert "đây là thư mục" in terminal.refused("import", "decision", tmp_path)


def test_a_list_of_records_inside_one_answer_is_read(terminal: Terminal, tmp_path: Path) -> None:
    answer = {"code": "OK", "data": {"content": [row(), row("1.990102", name="Đăng ký khai tử lưu động")]}}
    file = put(tmp_path, "tra-loi.json", json.dumps(answer, ensure_ascii=False, indent=1).encode())
    assert terminal.run("import", "portal", file, "--json").json["procedures"] == 2
