"""Every part of a text stands on its page as it was written: cases, channels, times, bodies, forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from catalogue.services.form_files import checked_file, keep_file
from decisions.codec import to_plain
from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    FeeKind,
    Named,
    OfficialForm,
    Paper,
    ProcedureContent,
    Step,
    TimeLimit,
    TimeUnit,
)
from tests.builders import make_content, moment, put_in_force
from tests.catalogue.exports.papers import CONTENT, squeezed
from tests.catalogue.exports.test_procedure_text import strings
from tests.pages import Page

CODE, SINCE = "1.001193", date(2026, 1, 5)


@pytest.fixture
def show(session, browser):
    def page_of(content: ProcedureContent) -> Page:
        put_in_force(session, CODE, content, on=SINCE)
        session.commit()
        return browser.get(f"/thu-tuc/{CODE}")

    return page_of


def rows(page: Page, name: str) -> list[list[str]]:
    """The cells of the table in the section of that name."""
    table = page.tree.get_element_by_id(name).getparent().find(".//table")
    return [[" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")]


def on_paper(page: Page) -> str:
    """What the printer gets: the same page without what the style hides there."""
    for element in page.tree.find_class("no-print") + page.tree.find_class("crumbs"):
        element.drop_tree()
    return squeezed(page.text)


def test_nothing_that_a_text_says_is_missing_on_the_screen_or_in_print(show):
    page = show(CONTENT)
    said = [line.lstrip("-+ ") for text in strings(to_plain(CONTENT)) for line in text.replace("**", "").split("\n")]
    screen = squeezed(page.text)
    assert [line for line in said if squeezed(line) not in screen] == []
    printed = on_paper(page)
    assert [line for line in said if squeezed(line) not in printed] == []
    for beside in (
        "Không có thì nộp văn bản của người làm chứng",
        "Thu khi trả kết quả",
        "Trẻ bị bỏ rơi được niêm yết",
    ):
        assert squeezed(beside) in printed


def test_a_case_shows_its_own_steps_time_and_fees_beside_its_papers(show):
    page = show(CONTENT)
    case = " ".join(page.tree.get_element_by_id("truong-hop-2").text_content().split())
    for words in ("Đăng ký quá hạn", "2,5 ngày làm việc", "8.000 đồng", "Người khuyết tật", "Nghị quyết số 12/2026",
                  "Giấy cam đoan", "Công chức xác minh thêm tại nơi cư trú."):  # fmt: skip
        assert words in case


def test_cases_that_differ_in_time_and_fees_alone_are_a_table(show):
    half = TimeLimit(quantity=Decimal("0.5"), unit=TimeUnit.WORKING_DAY)
    cases = (
        Case("Hồ sơ phải xác minh", "1.001193.02", time=TimeLimit("05 ngày làm việc", cut_text="03 ngày làm việc")),
        Case("Cấp lại", time=half, fees=(Fee(FeeKind.CHARGE, Decimal(8000), basis="Nghị quyết số 12/2026/NQ-HĐND"),)),
    )
    page = show(replace(make_content("Đăng ký khai sinh"), cases=cases))
    assert rows(page, "theo-truong-hop")[1:] == [
        ["Hồ sơ phải xác minh (1.001193.02)", "Theo quy định: 05 ngày làm việc Sau cắt giảm: 03 ngày làm việc", ""],
        ["Cấp lại", "0,5 ngày làm việc", "Lệ phí: 8.000 đồng Căn cứ: Nghị quyết số 12/2026/NQ-HĐND"],
    ]


def test_a_case_that_only_repeats_the_procedure_makes_no_table(show):
    page = show(
        replace(make_content("Đăng ký khai sinh"), cases=(Case("Đăng ký khai sinh", time=TimeLimit("01 ngày")),))
    )
    assert "theo-truong-hop" not in page.source
    assert "01 ngày" in page.text


def test_steps_of_cases_are_shown_also_where_no_paper_is_asked_for(show):
    cases = (
        Case("Nộp tại quầy", steps=(Step("Công chức nhận tờ khai."),)),
        Case("Nộp trực tuyến", steps=(Step("Gửi."),)),
    )
    page = show(replace(make_content("Đăng ký khai sinh"), cases=cases))
    assert page.all("case") == ["Nộp tại quầy Các bước của trường hợp này Công chức nhận tờ khai.",
                                "Nộp trực tuyến Các bước của trường hợp này Gửi."]  # fmt: skip


def test_phases_are_told_one_by_one_and_cuts_beside_what_the_law_says(show):
    phases = (
        TimeLimit("Sở thẩm định: 10 ngày làm việc", cut_text="07 ngày làm việc"),
        TimeLimit("Ủy ban nhân dân tỉnh quyết định: 05 ngày làm việc"),
    )
    page = show(replace(make_content("Đăng ký khai sinh"), times=phases))
    time = page.tree.get_element_by_id("bao-lau").text_content()
    assert [line for line in time.split("\n") if "ngày" in line] == [
        "Bao lâuTheo quy định: Sở thẩm định: 10 ngày làm việc", "Sau cắt giảm: 07 ngày làm việc",
        "Ủy ban nhân dân tỉnh quyết định: 05 ngày làm việc",
    ]  # fmt: skip


def test_each_channel_has_its_own_time_and_fees(show):
    ways = (
        Channel(ChannelKind.DIRECT, TimeLimit("03 ngày làm việc"), (Fee(FeeKind.CHARGE, Decimal(8000)),), "Tại quầy."),
        Channel(ChannelKind.ONLINE, TimeLimit("02 ngày làm việc"), (Fee(FeeKind.CHARGE, Decimal(4000)),)),
        Channel(ChannelKind.POSTAL, TimeLimit("03 ngày làm việc")),
    )
    page = show(replace(make_content("Đăng ký khai sinh"), channels=ways))
    assert rows(page, "cach-nop")[1:] == [
        ["Trực tiếp", "03 ngày làm việc", "Lệ phí: 8.000 đồng", "Tại quầy."],
        ["Trực tuyến", "02 ngày làm việc", "Lệ phí: 4.000 đồng", ""],
        ["Bưu chính công ích", "03 ngày làm việc", "", ""],
    ]


def test_the_four_bodies_stand_under_their_roles(show):
    bodies = Bodies(
        (Named("Sở Tư pháp"),), (Named("Ủy ban nhân dân tỉnh"),), (Named("Phòng Hộ tịch"),), (Named("Công an tỉnh"),)
    )
    page = show(replace(make_content("Đăng ký khai sinh"), bodies=bodies))
    section = page.tree.get_element_by_id("co-quan").getparent()
    names = [" ".join(found.text_content().split()) for found in section.iter("dd")]
    assert names[:4] == ["Sở Tư pháp", "Ủy ban nhân dân tỉnh", "Phòng Hộ tịch", "Công an tỉnh"]
    assert len({found.text_content() for found in section.iter("dt")}) >= 4


def test_every_form_follows_the_procedure_once_with_its_file(session, show, browser):
    data = b"%PDF-1.7 mau to khai"
    sha256 = keep_file(session, checked_file(data, "to-khai-khai-sinh.pdf"), now=moment(SINCE)).sha256
    named, stored = OfficialForm("Tờ khai đăng ký khai sinh"), OfficialForm("Tờ khai đăng ký khai sinh", sha256)
    papers = (
        Paper("Tờ khai", 1, forms=(stored,)),
        Paper("Tờ khai thứ hai", 1, forms=(named, OfficialForm("Giấy cam đoan"))),
    )
    page = show(replace(make_content("Đăng ký khai sinh"), cases=(Case(papers=papers),), forms=(named,)))
    section = page.tree.get_element_by_id("bieu-mau").getparent()
    forms = [" ".join(item.text_content().split()) for item in section.iter("li")]
    assert forms == ["Tờ khai đăng ký khai sinh Tải mẫu (PDF, 20 byte)", "Giấy cam đoan"]
    assert browser.file(next(section.iter("a")).get("href")).data == data
