"""The provincial list: group rows and totals, pages, files, and that all of them agree."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import openpyxl
import pytest
from flask import Flask

from decisions.content import Named
from tests.builders import make_content, put_in_force
from tests.pages import Browser

START = date(2025, 7, 1)


@pytest.fixture
def small(session) -> None:
    put_in_force(session, "1.001193", make_content("Đăng ký khai sinh"), on=START)
    put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=START)
    put_in_force(
        session,
        "1.012783",
        make_content("Cấp giấy chứng nhận", sectors=(Named("Đất đai"),)),
        on=START,
        level="province",
    )
    put_in_force(session, "1.013864", make_content("Chưa tới ngày"), on=date(2127, 3, 1))
    put_in_force(session, "1.200001", make_content("Xét thi đua nội bộ"), on=START, register="internal")
    session.commit()


@pytest.mark.usefixtures("small")
class TestList:
    def test_a_chosen_sector_leaves_the_others_to_choose_with_what_the_day_knew(self, browser: Browser) -> None:
        counted = {"Hộ tịch (2)", "Đất đai (1)"}
        for address in ("/danh-muc", "/danh-muc?linh-vuc=dat-dai"):
            shown = browser.get(address).tree.xpath("//select[@id='linh-vuc']/option")
            assert {" ".join(option.text_content().split()) for option in shown[1:]} == counted
        assert not browser.get("/danh-muc?biet-ngay=2020-01-01").tree.xpath("//select[@id='linh-vuc']/option[2]")

    def test_groups_are_printed_as_the_form_prints_them(self, browser: Browser) -> None:
        assert browser.get("/danh-muc").all("group") == [
            "A. Thủ tục hành chính cấp tỉnh (01 TTHC)",
            "I. Lĩnh vực Đất đai (01 TTHC)",
            "B. Thủ tục hành chính cấp xã (02 TTHC)",
            "I. Lĩnh vực Hộ tịch (02 TTHC)",
        ]

    def test_the_day_filters_and_totals_can_be_read_aloud(self, browser: Browser) -> None:
        text = browser.get("/danh-muc?cap=xa&ngay=2026-11-21").text
        assert "Có hiệu lực ngày 21/11/2026. Chỉ gồm: cấp xã. Tổng số: 2 thủ tục." in text

    def test_future_and_internal_rows_are_not_in_it(self, browser: Browser) -> None:
        source = browser.get("/danh-muc").source
        assert "Chưa tới ngày" not in source and "Xét thi đua" not in source

    def test_downloads_keep_the_day_and_the_filters(self, browser: Browser) -> None:
        page = browser.get("/danh-muc?cap=xa&ngay=2026-11-21")
        assert page.link("Tải Excel") == "/danh-muc.xlsx?cap=xa&ngay=2026-11-21"

    def test_page_json_csv_and_workbook_hold_the_same_rows(self, browser: Browser) -> None:
        codes = {"1.012783", "1.001193", "1.000656"}
        told = json.loads(browser.file("/danh-muc.json?ngay=2026-11-21").text)
        assert told["on"] == "2026-11-21"
        assert {row["code"] for row in told["rows"]} == codes
        rows = list(csv.reader(io.StringIO(browser.file("/danh-muc.csv").data.decode("utf-8-sig"))))
        book = openpyxl.load_workbook(io.BytesIO(browser.file("/danh-muc.xlsx").data))
        cells = {str(cell) for row in book.active.iter_rows(values_only=True) for cell in row}
        for code in codes:
            assert code in browser.get("/danh-muc").text
            assert any(code in row for row in rows)
            assert code in cells
        assert not any("1.200001" in row for row in rows)

    @pytest.mark.parametrize("suffix, start", [("pdf", b"%PDF-"), ("docx", b"PK")])
    def test_papers_are_made(self, browser: Browser, suffix: str, start: bytes) -> None:
        assert browser.file(f"/danh-muc.{suffix}?cap=xa").data.startswith(start)


def test_a_long_list_has_pages_whose_numbers_and_groups_go_on(browser: Browser, session) -> None:
    for number in range(103):
        put_in_force(session, f"1.{number:06}", make_content(f"Thủ tục số {number:03}"), on=START)
    session.commit()
    second = browser.get("/danh-muc?trang=2")
    assert second.all("group") == [
        "A. Thủ tục hành chính cấp xã (103 TTHC) (tiếp theo)", "I. Lĩnh vực Hộ tịch (103 TTHC) (tiếp theo)",
    ]  # fmt: skip
    assert [td.text_content() for td in second.tree.xpath("//td[1]")] == ["101", "102", "103"]
    assert "Danh mục chỉ có 2 trang." in browser.get("/danh-muc?trang=3", status=404).text


def test_the_list_as_known_on_a_day_leaves_out_what_was_recorded_later(browser: Browser, session) -> None:
    put_in_force(session, "1.001193", on=START)
    put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=START, known_on=date(2026, 5, 1))
    session.commit()
    query = "?ngay=2026-04-01&biet-ngay=2026-04-01"
    for path in ("/danh-muc", "/thu-tuc"):
        page = browser.get(path + query)
        assert "Đăng ký khai sinh" in page.text and "Đăng ký khai tử" not in page.text
        assert "đến hết ngày 01/04/2026" in page.band
        assert "Đăng ký khai tử" in browser.get(f"{path}?ngay=2026-04-01").text
    told = json.loads(browser.file(f"/danh-muc.json{query}").text)
    assert [row["code"] for row in told["rows"]] == ["1.001193"]


def test_an_empty_list_says_so(browser: Browser) -> None:
    assert "Ngày này chưa có thủ tục nào có hiệu lực" in browser.get("/danh-muc").text
    assert json.loads(browser.file("/danh-muc.json").text)["rows"] == []


def test_a_new_issue_is_in_the_list_at_once(browser: Browser, session) -> None:
    assert "Tổng số: 0" in browser.get("/danh-muc").text
    put_in_force(session, on=START)
    session.commit()
    assert "Tổng số: 1" in browser.get("/danh-muc").text


def test_lists_of_many_days_of_knowledge_are_not_all_kept(app: Flask, browser: Browser, session) -> None:
    put_in_force(session, "1.001193", make_content(), on=START)
    session.commit()
    for day in range(1, 11):
        browser.get(f"/thu-tuc?biet-ngay=2026-05-{day:02}")
    assert len(app.extensions["portal_memory"].part("known", 0)._kept) <= 3
