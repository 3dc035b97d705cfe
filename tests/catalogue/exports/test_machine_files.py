"""Spreadsheets, CSV and JSON: for filters and programs, with keys that stay and texts that stay texts."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

from catalogue.exports import FORMATS, machine, spreadsheet
from tests.catalogue.exports.papers import CONTENT, TODAY, listing, row, sheet


def read_csv(text):
    return list(csv.DictReader(io.StringIO(machine.listing_csv(text).decode("utf-8-sig"))))


def read_book(text):
    return openpyxl.load_workbook(io.BytesIO(spreadsheet.render_listing(text)))


def test_the_json_of_a_list_has_the_day_and_the_rows():
    found = json.loads(machine.listing_json(listing(row(1, valid_until=date(2027, 3, 1)))))
    assert found["on"] == "2026-11-21"
    (only,) = found["rows"]
    assert tuple(only) == machine.ROW_KEYS
    assert (only["code"], only["level"], only["valid_from"], only["valid_until"]) == (
        "1.000001", "commune", "2025-11-20", "2027-03-01",
    )  # fmt: skip
    assert only["channels"] == ["direct", "online"]
    assert found["totals"] == {
        "rows": 1, "procedures": 1, "by_level": {"commune": 1}, "by_sector": {"Đất đai": 1},
    }  # fmt: skip


def test_a_first_day_that_nobody_knows_is_not_given():
    text = listing(row(1, since_known=False, valid_from=date(2025, 7, 1)))
    (only,) = json.loads(machine.listing_json(text))["rows"]
    assert (only["valid_from"], only["since_known"]) == (None, False)
    assert read_csv(text)[0]["Có hiệu lực từ ngày"] == ""


def test_the_json_of_a_procedure_has_the_printed_text_and_the_value():
    found = json.loads(machine.procedure_json(sheet()))
    assert (found["code"], found["level"], found["state"]) == ("1.001193", "commune", "in_force")
    assert found["valid_from"] == "2025-11-20"
    assert found["content"]["channels"][0]["fees"][0]["exempt"] == list(CONTENT.channels[0].fees[0].exempt)
    assert found["content"]["extra"]["id"] == "019d2bfd-3fe0"
    assert found["sections"][0]["label"] == "1. Trình tự thực hiện"


def test_a_procedure_without_code_has_none_in_json():
    assert json.loads(machine.procedure_json(sheet(code=None)))["code"] is None
    assert json.loads(machine.listing_json(listing(row(1, code=None))))["rows"][0]["code"] is None


def test_the_csv_opens_with_its_letters_in_spreadsheets():
    data = machine.listing_csv(listing())
    assert data.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == list(machine.HEADINGS.values())


def test_the_csv_has_one_line_a_row_with_labels_people_know():
    (first, *rest) = read_csv(listing(row(1), row(2)))
    assert len(rest) == 1
    assert first["Cấp thực hiện"] == "Cấp tỉnh"
    assert first["Cách thức thực hiện"] == "Trực tiếp, Trực tuyến"
    assert first["Có hiệu lực từ ngày"] == "20/11/2025"
    assert first["Căn cứ pháp lý"] == "Luật Hộ tịch (số 60/2014/QH13)\nNghị định số 123/2015/NĐ-CP"


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-Trực tiếp", "@SUM(1)"])
def test_no_cell_is_a_formula(name):
    text = listing(row(1, name=name))
    assert read_csv(text)[0]["Tên thủ tục hành chính"] == f" {name}"
    for worksheet in read_book(text):
        found = [cell for cells in worksheet.iter_rows() for cell in cells if cell.value == name]
        assert [cell.data_type for cell in found] == ["s"]


def test_the_first_sheet_is_the_form_and_the_second_can_be_filtered():
    book = read_book(listing())
    assert book.sheetnames == ["Danh mục", "Dữ liệu"]
    form, flat = book.worksheets
    assert form.page_setup.orientation == "landscape"
    assert form.page_setup.paperSize == 9
    header = next(cells[0].row for cells in form.iter_rows() if cells[0].value == "STT")
    assert form.print_title_rows == f"${header}:${header}"
    assert [cell.value for cell in flat[1]] == list(machine.HEADINGS.values())
    assert flat.max_row == 1 + 6
    assert flat.auto_filter.ref is not None


def test_codes_are_texts_in_spreadsheets():
    flat = read_book(listing(row(1, code="1.001190"))).worksheets[1]
    assert flat["A2"].value == "1.001190"


def test_a_cell_longer_than_a_spreadsheet_allows_says_where_the_rest_is():
    flat = read_book(listing(row(1, fee_text="Lệ phí " * 6000))).worksheets[1]
    value = flat.cell(2, list(machine.HEADINGS).index("fee_text") + 1).value
    assert len(value) <= 32_767
    assert value.endswith("(xem đủ trên trang của thủ tục)")


def test_every_format_says_what_it_is():
    assert list(FORMATS) == ["pdf", "docx", "xlsx", "csv", "json"]
    assert all(made.suffix == suffix and "/" in made.media_type for suffix, made in FORMATS.items())
    assert TODAY.isoformat() in machine.listing_json(listing()).decode()
