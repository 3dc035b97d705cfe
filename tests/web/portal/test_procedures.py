"""The list of procedures and search."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from catalogue.queries.facts import State
from catalogue.web.portal.filters import ProcedureFilter
from decisions.content import Named, OnlineGrade
from search_index.whoosh_backend import WhooshBackend
from tests.builders import end, make_content, make_decision, put_in_force
from tests.pages import Browser

START = date(2025, 7, 1)


@pytest.fixture
def civil_status(session, index) -> None:
    """Four names in two sectors, three levels."""
    put_in_force(session, "1.001193", make_content("Đăng ký khai sinh", friendly_name="Làm giấy khai sinh"), on=START)
    put_in_force(session, "1.000656", make_content("Đăng ký khai tử", online=OnlineGrade.FULL), on=START)
    put_in_force(session, "2.000635", make_content("Cấp bản sao trích lục hộ tịch"), on=START, level="shared")
    put_in_force(
        session,
        "1.002693",
        make_content("Âu tàu: cấp phép", sectors=(Named("Đường thủy"),)),
        on=START,
        level="province",
    )
    index()


def headings(page) -> list[str]:
    return [" ".join(h.text_content().split()) for h in page.tree.xpath("//ul[contains(@class,'rows')]/li/h3")]


@pytest.mark.usefixtures("civil_status")
class TestList:
    def test_names_stand_in_vietnamese_order(self, browser: Browser) -> None:
        assert headings(browser.get("/thu-tuc")) == [
            "Âu tàu: cấp phép", "Cấp bản sao trích lục hộ tịch", "Làm giấy khai sinh", "Đăng ký khai tử",
        ]  # fmt: skip

    def test_the_friendly_name_leads_and_the_legal_name_follows(self, browser: Browser) -> None:
        text = browser.get("/thu-tuc").text
        assert text.index("Làm giấy khai sinh") < text.index("Đăng ký khai sinh")

    def test_facets_narrow_and_are_shown_as_removable_words(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc?cap=xa&linh-vuc=ho-tich")
        assert headings(page) == ["Làm giấy khai sinh", "Đăng ký khai tử"]
        assert page.link("Cấp xã") == "/thu-tuc?linh-vuc=ho-tich"
        assert page.link("Hộ tịch") == "/thu-tuc?cap=xa"

    def test_facet_counts_ignore_their_own_filter(self, browser: Browser) -> None:
        checks = [" ".join(c.text_content().split()) for c in browser.get("/thu-tuc?cap=xa").tree.find_class("check")]
        assert {"Cấp xã 2", "Cấp tỉnh 1", "Dùng chung 1"} <= set(checks)

    def test_the_list_of_a_day_before_everything_is_empty(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc?ngay=30/06/2025")
        assert "Chưa tìm thấy thủ tục phù hợp" in page.text
        assert "30/06/2025" in page.band

    def test_links_keep_the_day(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc?ngay=2025-08-01")
        assert page.link("Làm giấy khai sinh") == "/thu-tuc/1.001193?ngay=2025-08-01&cap=xa"


@pytest.mark.usefixtures("civil_status")
class TestSearch:
    def test_marks_may_be_left_out(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc?q=dang+ky+khai+sinh")
        assert headings(page)[0] == "Làm giấy khai sinh"
        assert page.tree.get_element_by_id("q").get("value") == "dang ky khai sinh"

    def test_found_words_are_marked_on_the_accented_text(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc?q=trich+luc")
        assert [m.text_content() for m in page.tree.iter("mark")] == ["trích lục"]

    @pytest.mark.parametrize("code", ["1.000656", "1.000656.000.00.00.H44", "1.000656.H44", " 1.000656 "])
    def test_a_code_finds_its_procedure_first(self, browser: Browser, code: str) -> None:
        assert headings(browser.get(f"/thu-tuc?q={code}"))[0] == "Đăng ký khai tử"

    def test_results_may_be_sorted_by_name(self, browser: Browser) -> None:
        names = headings(browser.get("/thu-tuc?q=đăng+ký&sap-xep=ten"))
        assert names.index("Làm giấy khai sinh") < names.index("Đăng ký khai tử")

    def test_nothing_found_offers_ways_on(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc?q=xyzzy&cap=xa")
        assert "Thử viết ngắn hơn, ví dụ: khai sinh." in page.text
        assert page.link("Tìm lại trong mọi cấp") == "/thu-tuc?q=xyzzy"

    def test_without_an_index_names_are_compared_and_the_page_says_so(
        self, browser: Browser, app: Flask, tmp_path: Path
    ) -> None:
        app.extensions["search"] = WhooshBackend(tmp_path / "never-built")
        page = browser.get("/thu-tuc?q=khai tu")
        assert headings(page) == ["Đăng ký khai tử"]
        assert "Công cụ tìm kiếm đang được lập lại" in page.text


def test_coming_and_ended_have_their_own_lists(browser: Browser, session, index) -> None:
    put_in_force(session, "1.001193", make_content("Đăng ký khai sinh"), on=date(2027, 3, 1))
    put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=START)
    end(session, "1.000656", on=date(2026, 1, 1))
    index()
    day = "ngay=2026-11-21"
    for question in ("", "&q=đăng ký"):
        assert headings(browser.get(f"/thu-tuc?{day}{question}")) == []
        assert headings(browser.get(f"/thu-tuc?{day}&trang-thai=sap-co-hieu-luc{question}")) == ["Đăng ký khai sinh"]
        assert headings(browser.get(f"/thu-tuc?{day}&trang-thai=het-hieu-luc{question}")) == ["Đăng ký khai tử"]
        assert headings(browser.get(f"/thu-tuc?ngay=2027-03-01{question}")) == ["Đăng ký khai sinh"]


def test_pages_lead_on_and_end_with_a_sentence(browser: Browser, session) -> None:
    for number in range(45):
        put_in_force(session, f"1.{number:06}", make_content(f"Thủ tục số {number:02}"), on=START)
    session.commit()
    first = browser.get("/thu-tuc?sap-xep=ten")
    assert len(headings(first)) == 20
    assert "Trang 1 trên 3" in first.text
    assert len(headings(browser.get(first.link("Trang sau")))) == 20
    assert len(headings(browser.get("/thu-tuc?trang=3"))) == 5
    assert "Danh sách chỉ có 3 trang." in browser.get("/thu-tuc?trang=1000000000000", status=404).text


@pytest.mark.parametrize("page", ["abc", "1.5", "", "٣", "1e3"])
def test_a_page_that_is_no_number_is_the_first(browser: Browser, page: str) -> None:
    assert browser.get(f"/thu-tuc?trang={page}").heading == "Thủ tục hành chính"


@pytest.mark.parametrize(
    "question",
    [
        "a" * 10_000,
        '"',
        "*",
        "(",
        '"*(',
        "%00",
        "\u202eđăng ký",
        "&lt;script&gt;",
        "' OR 1=1 --",
        "🙂",
        "%ff%fe",
        "đ" * 400,
    ],
)
def test_no_question_breaks_the_page(browser: Browser, session, index, question: str) -> None:
    put_in_force(session, on=START)
    index()
    page = browser.get(f"/thu-tuc?q={question}")
    assert "\x00" not in page.source and "\u202e" not in page.source


def test_a_question_too_long_is_cut_and_said(browser: Browser) -> None:
    page = browser.get("/thu-tuc?q=" + "khai sinh " * 1000)
    assert "Câu hỏi dài hơn 300 ký tự" in page.text
    assert len(page.tree.get_element_by_id("q").get("value")) <= 300


@pytest.mark.parametrize(
    "day, sentence",
    [
        ("31/02/2026", "Ngày «31/02/2026» không có trong lịch."),
        ("31/02", "Ngày «31/02» chưa đọc được."),
        ("hôm qua", "Ngày «hôm qua» chưa đọc được."),
        ("9999-01-01", "nằm ngoài khoảng tra cứu được"),
        ("2026-13-01", "không có trong lịch"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/thu-tuc", "/danh-muc", "/thay-doi", "/quyet-dinh"])
def test_a_day_that_is_none_is_named(browser: Browser, path: str, day: str, sentence: str) -> None:
    page = browser.get(f"{path}?ngay={day}", status=400)
    assert sentence in page.text
    assert "20/11/2025" in page.text or "1945" in page.text


@pytest.mark.parametrize(
    "wanted",
    [
        ProcedureFilter(),
        ProcedureFilter("khai sinh", ("commune", "shared"), ("ho-tich", "dat-dai"), ("full",), State.COMING, "name", 7),
        ProcedureFilter(state=State.ENDED, order="newest"),
        ProcedureFilter(state=None, agencies=("so-y-te",), subjects=("doanh-nghiep", "hop-tac-xa"), fee_free=True),
        ProcedureFilter("sổ đỏ", non_territorial=True),
    ],
)
def test_a_filter_survives_its_own_address(wanted: ProcedureFilter) -> None:
    pairs = [
        (k, v) for k, found in wanted.to_args().items() for v in (found if isinstance(found, list) else [str(found)])
    ]
    assert ProcedureFilter.from_args(MultiDict(pairs)) == wanted


def test_unknown_filters_are_ignored(browser: Browser, session) -> None:
    put_in_force(session, on=START)
    session.commit()
    page = browser.get("/thu-tuc?cap=sao-hoa&linh-vuc=%27%3B&truc-tuyen=x&trang-thai=y&sap-xep=z")
    assert headings(page) == ["Đăng ký khai sinh"]


@pytest.mark.parametrize(
    "question", ["2815/QĐ-UBND", "2815/qd-ubnd", "QĐ 2815", "quyết định số 2815/QĐ-UBND", "qđ 2815"]
)
def test_a_decision_number_leads_to_the_decision(browser: Browser, session, index, question: str) -> None:
    decision = make_decision(session, "2815/QĐ-UBND", date(2025, 11, 20))
    put_in_force(
        session, "1.014391", make_content("Cấp giấy phép môi trường"), on=date(2025, 11, 20), decision=decision
    )
    index()
    page = browser.get(f"/thu-tuc?q={question}")
    assert page.link("Quyết định 2815/QĐ-UBND") == "/quyet-dinh/2025/2815-qd-ubnd"
    assert headings(page) == ["Cấp giấy phép môi trường"]


def test_internal_procedures_are_not_found(browser: Browser, session, index) -> None:
    put_in_force(session, "1.200001", make_content("Xét thi đua nội bộ"), on=START, register="internal")
    index()
    for question in ("xét thi đua nội bộ", "1.200001"):
        assert "Xét thi đua" not in browser.get(f"/thu-tuc?q={question}").text.replace("«xét thi đua nội bộ»", "")
    assert headings(browser.get("/thu-tuc")) == []
