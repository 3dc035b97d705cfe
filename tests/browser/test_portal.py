"""Every type of public page in a real Chromium: readable by everybody, on phone and desk, with and without script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import grave_findings, overflows
from tests.catalogue.exports.papers import pages_of

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
DAY = "ngay=2026-11-21"
PAGES = {
    "home": "/",
    "home of a past day": "/?ngay=2025-08-15",
    "results": f"/thu-tuc?q=khai+sinh&{DAY}",
    "filtered list": f"/thu-tuc?cap=xa&linh-vuc=ho-tich&{DAY}",
    "no results": "/thu-tuc?q=xyzzy",
    "procedure with cases": f"/thu-tuc/1.001193?{DAY}",
    "procedure that will change": f"/thu-tuc/1.013864?{DAY}",
    "abolished procedure": f"/thu-tuc/2.001009?{DAY}",
    "old version": "/thu-tuc/1.001193/phien-ban/1",
    "history": "/thu-tuc/1.001193/lich-su",
    "decisions": "/quyet-dinh",
    "decision": "/quyet-dinh/2026/2311-qd-ubnd",
    "list of the province": f"/danh-muc?{DAY}",
    "changes": f"/thay-doi?{DAY}",
    "not found": "/khong-co-trang-nay",
}
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, path: str, scheme: str) -> None:
    assert grave_findings(visit(path, color_scheme=scheme)) == []


@every_page
@pytest.mark.parametrize("width", [360, 768, 1366])
def test_nothing_sticks_out_sideways(visit: Visit, path: str, width: int) -> None:
    assert not overflows(visit(path, width=width))


@every_page
def test_on_a_phone_axe_finds_nothing_serious_either(visit: Visit, path: str) -> None:
    assert grave_findings(visit(path, width=360)) == []


@every_page
def test_targets_are_big_enough_for_a_thumb(visit: Visit, path: str) -> None:
    page = visit(path, width=360)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input:not([type=hidden]), nav a, .words a, .plain a')]
        .filter(e => e.offsetParent !== null && !e.closest('label.check'))
        .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect().height])
        .filter(([_, height]) => height < 44)"""
    )
    assert small == []


def test_the_keyboard_reaches_the_content_first(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Đến nội dung chính")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("name", "q")


def test_focus_can_be_seen(visit: Visit) -> None:
    page = visit("/thu-tuc")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert float(outline.removesuffix("px")) >= 2, page.evaluate("document.activeElement.outerHTML")


def test_without_script_a_citizen_finds_filters_and_reads(visit: Visit) -> None:
    page = visit("/", script=False, width=360)
    page.get_by_label("Tên thủ tục, mã số hoặc số quyết định").fill("dang ky khai sinh")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_label("Cấp xã").check()
    page.get_by_role("button", name="Áp dụng").click()
    expect(page).to_have_url(re.compile("cap=xa"))
    page.get_by_role("link", name="Làm giấy khai sinh").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Làm giấy khai sinh cho con")
    expect(page.get_by_text("Giấy tờ cần nộp")).to_be_visible()


def test_a_day_that_is_not_today_cannot_go_unnoticed_on_paper(visit: Visit) -> None:
    page = visit("/thu-tuc/1.001193?ngay=2025-08-15")
    page.emulate_media(media="print")
    expect(page.locator(".band")).to_be_visible()
    expect(page.locator(".site-nav")).to_be_hidden()


def test_the_printer_gets_every_word_but_those_for_the_screen(visit: Visit) -> None:
    page = visit(f"/thu-tuc/1.001193?{DAY}")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('.sheet :is(h1, h2, h3, dt, dd, li, p, td, th)')]
        .filter(e => !e.closest('.no-print') && !e.querySelector('.no-print, li, p')).map(e => e.textContent)"""
    )
    printed = letters("".join(pages_of(page.pdf(format="A4"))))
    assert len(wanted) > 50
    assert [words for words in wanted if letters(words) not in printed] == []


def letters(text: str) -> str:
    """Without blanks and the points that the style sets between facts."""
    return re.sub(r"[\W_]+", "", text).lower()


def test_at_double_zoom_nothing_sticks_out(visit: Visit) -> None:
    # 1280 pixels at 200 % are 640 pixels of layout.
    for path in PAGES.values():
        assert not overflows(visit(path, width=640)), path
