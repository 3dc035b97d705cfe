"""Two versions side by side, and what a decision changed for citizens."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from decisions.content import Case, Channel, ChannelKind, Fee, LegalBasis, Named, Paper, ProcedureContent, Step
from decisions.reading import parse_time
from tests.builders import make_decision, put_in_force
from tests.pages import Browser

FIRST, SECOND, THIRD = date(2025, 7, 1), date(2025, 11, 20), date(2026, 2, 5)
PAPERS = (
    Paper("Đơn đề nghị cấp giấy phép", originals=1),
    Paper("Bản sao giấy chứng nhận đăng ký doanh nghiệp", copies=1),
    Paper("Bản vẽ thiết kế", originals=2),
)
TEXT = ProcedureContent(
    name="Cấp giấy phép xây dựng",
    sectors=(Named("Hoạt động xây dựng"),),
    steps=(Step("- Bước 1: Nộp hồ sơ.\n- Bước 2: Sở Xây dựng thẩm định hồ sơ.\n- Bước 3: Trả kết quả."),),
    cases=(Case(papers=PAPERS),),
    channels=(
        Channel(ChannelKind.DIRECT, parse_time("20 ngày"), (Fee(text="Lệ phí 75.000 đồng"),)),
        Channel(ChannelKind.ONLINE, parse_time("20 ngày"), (Fee(text="Lệ phí 75.000 đồng"),)),
    ),
    bases=(LegalBasis(number="50/2014/QH13"),),
)
ONLINE = replace(TEXT.channels[1], time=parse_time("15 ngày"), fees=(Fee(text="Lệ phí: 0 đồng"),))
LATER = replace(
    TEXT,
    cases=(Case(papers=(replace(PAPERS[0], name="Đơn đề nghị cấp giấy phép xây dựng"), PAPERS[2])),),
    channels=(replace(TEXT.channels[0], time=parse_time("15 ngày")), ONLINE),
)
ADDRESS = "/thu-tuc/1.013236/so-sanh"


@pytest.fixture(autouse=True)
def versions(session) -> None:
    texts = (TEXT, LATER, replace(LATER, steps=(Step("Bước 1. Nộp hồ sơ"), *LATER.steps[1:])))
    for number, (day, text) in enumerate(zip((FIRST, SECOND, THIRD), texts, strict=True), start=1):
        decision = make_decision(session, f"{number}20/QĐ-UBND", day)
        kind = "introduced" if number == 1 else "amended"
        put_in_force(session, "1.013236", text, on=day, kind=kind, decision=decision, level="province")
    session.commit()


def test_the_sentence_comes_first(browser: Browser) -> None:
    page = browser.get(f"{ADDRESS}?tu=1&den=2")
    assert page.heading == "So sánh phiên bản 1 và phiên bản 2"
    sentence = "Bỏ 1 giấy tờ, sửa 1 giấy tờ, giảm 5 ngày (còn 15 ngày), lệ phí trực tuyến còn 0 đồng."
    assert page.all("redline-sentence") == [sentence]


def test_words_inside_a_row_are_marked_and_said(browser: Browser) -> None:
    page = browser.get(f"{ADDRESS}?tu=1&den=2")
    marked = [element.text_content() for element in page.tree.iter("ins", "del")]
    assert "(thêm: xây dựng)" in marked
    assert "(bỏ: Bản sao giấy chứng nhận đăng ký doanh nghiệp)" in marked
    assert "(bỏ: 20 ngày)" in marked and "(thêm: 15 ngày)" in marked


def test_papers_stand_in_a_table_with_what_became_of_each(browser: Browser) -> None:
    page = browser.get(f"{ADDRESS}?tu=1&den=2")
    (table,) = page.tree.find_class("redline-table")
    rows = [[" ".join(cell.text_content().split()) for cell in row.iter("td")] for row in table.iter("tr")]
    assert rows[1:] == [
        ["Sửa", "Đơn đề nghị cấp giấy phép (thêm: xây dựng)", "1", "0"],
        ["Bỏ", "(bỏ: Bản sao giấy chứng nhận đăng ký doanh nghiệp)", "(bỏ: 0)", "(bỏ: 1)"],
    ]


def test_what_stayed_is_folded_away(browser: Browser) -> None:
    page = browser.get(f"{ADDRESS}?tu=1&den=2")
    (folded,) = page.tree.find_class("unchanged")
    assert "open" not in folded.attrib
    assert "Trình tự thực hiện" in folded.text_content() and "Thành phần hồ sơ" not in folded.text_content()


def test_figures_before_and_after(browser: Browser) -> None:
    (table,) = browser.get(f"{ADDRESS}?tu=1&den=2").tree.find_class("figures")
    text = " ".join(table.text_content().split())
    assert "Giấy tờ phải nộp hoặc xuất trình3 giấy tờ2 giấy tờgiảm" in text
    assert "20 ngày15 ngàygiảm" in text
    assert "75.000 đồngtừ 0 đồng đến 75.000 đồnggiảm" in text


def test_without_a_choice_the_last_two_are_compared(browser: Browser) -> None:
    page = browser.get(ADDRESS)
    assert page.heading == "So sánh phiên bản 2 và phiên bản 3"
    assert page.all("redline-sentence") == ["Sửa trình tự thực hiện."]


def test_a_version_against_itself_shows_no_change(browser: Browser) -> None:
    assert browser.get(f"{ADDRESS}?tu=2&den=2").all("redline-sentence") == ["Không có thay đổi."]


def test_the_same_backwards(browser: Browser) -> None:
    sentence = browser.get(f"{ADDRESS}?tu=2&den=1").all("redline-sentence")[0]
    assert sentence.startswith("Thêm 1 giấy tờ, sửa 1 giấy tờ, tăng 5 ngày (thành 20 ngày), lệ phí trực tuyến tăng lên")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tu=9", "Thủ tục 1.013236 không có phiên bản 9."),
        ("den=hai", "«hai» không phải là số của một phiên bản, ví dụ: 2."),
        ("tu=-1", "«-1» không phải là số của một phiên bản"),
        ("den=99999999999999999999", "không phải là số của một phiên bản"),
    ],
)
def test_a_version_that_is_none_is_named(browser: Browser, query: str, sentence: str) -> None:
    assert sentence in browser.get(f"{ADDRESS}?{query}", status=404).text


def test_the_decision_says_what_it_changed_for_citizens(browser: Browser) -> None:
    page = browser.get("/quyet-dinh/2025/220-qd-ubnd")
    (table,) = page.tree.find_class("figures")
    assert "3 giấy tờ2 giấy tờgiảm" in " ".join(table.text_content().split())
    assert page.link("Xem khác biệt với phiên bản 1") == f"{ADDRESS}?tu=1&den=2"


def test_a_decision_that_only_brings_new_procedures_has_no_figures(browser: Browser) -> None:
    assert browser.get("/quyet-dinh/2025/120-qd-ubnd").tree.find_class("figures") == []


def test_programs_read_the_figures_of_a_text(browser: Browser) -> None:
    told = json.loads(browser.file("/thu-tuc/1.013236.json?ngay=2025-12-01").data)["burden"]
    assert told["papers"] == {"low": "2", "high": "2"}
    assert told["time"] == {"span": {"low": "15", "high": "15"}, "unit": "day"}
    assert Decimal(told["money"]["high"]) == 75_000


def test_markup_in_a_text_stays_text(session, browser: Browser) -> None:
    text = replace(TEXT, note="<script>alert(1)</script> Ghi chú mới")
    put_in_force(session, "1.013236", text, on=date(2026, 5, 4), kind="amended", level="province")
    session.commit()
    page = browser.get(f"{ADDRESS}?tu=1&den=4")
    assert "alert(1)" in page.text
    assert all("alert" not in (script.text or "") for script in page.tree.iter("script"))
