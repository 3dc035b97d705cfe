"""Search in a real Chromium: typing, choosing by keyboard, filtering, on phone and desk, with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import grave_findings, overflows

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
DAY = "ngay=2026-11-21"
BOX = "#q"


def suggested(page: Page) -> Locator:
    """The suggestions shown; options of the filters are none."""
    return page.get_by_role("listbox", name="Gợi ý").get_by_role("option")


def type_and_wait(page: Page, text: str) -> None:
    page.locator(BOX).press_sequentially(text)
    expect(suggested(page).first).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/thu-tuc"])
def test_suggestions_are_chosen_with_the_keyboard(visit: Visit, path: str) -> None:
    page = visit(path)
    box = page.get_by_role("combobox", name="Tên thủ tục, mã số hoặc số quyết định")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.focus()
    type_and_wait(page, "dang ky ket")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Gợi ý")).to_be_visible()
    page.keyboard.press("ArrowDown")
    first = suggested(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    chosen = first.get_attribute("data-text")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Kết quả tìm «{chosen}»")
    expect(page.locator(".rows h3").first).to_contain_text("kết hôn", ignore_case=True)


def test_arrows_go_round_and_escape_gives_back_what_was_typed(visit: Visit) -> None:
    page = visit("/")
    page.locator(BOX).focus()
    type_and_wait(page, "khai sinh")
    page.keyboard.press("ArrowUp")
    expect(suggested(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    expect(page.locator(BOX)).to_have_value("khai sinh")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(suggested(page)).to_have_count(0)
    expect(page.locator(BOX)).to_have_value("khai sinh")
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kết quả tìm «khai sinh»")


def test_the_number_of_suggestions_is_told(visit: Visit) -> None:
    page = visit("/")
    page.locator(BOX).focus()
    type_and_wait(page, "kết hôn")
    told = page.locator(".ask [role=status]")
    expect(told).to_have_text(
        f"Có {page.get_by_role('option').count()} gợi ý. Dùng mũi tên lên, xuống để chọn, Enter để tìm."
    )
    page.locator(BOX).press_sequentially(" xyzzy")
    expect(told).to_have_text("Không có gợi ý.")
    expect(suggested(page)).to_have_count(0)


def test_a_suggestion_may_be_clicked_and_leaving_the_box_closes_the_list(visit: Visit) -> None:
    page = visit(f"/thu-tuc?{DAY}", width=360)
    page.locator(BOX).focus()
    type_and_wait(page, "tam tru")
    page.keyboard.press("Tab")
    expect(suggested(page)).to_have_count(0)
    page.locator(BOX).fill("")
    type_and_wait(page, "khai tu")
    suggested(page).first.click()
    expect(page.locator(".rows > li").first).to_contain_text("khai tử", ignore_case=True)
    assert DAY in page.url


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_serious_while_suggestions_are_open(visit: Visit, width: int) -> None:
    page = visit("/thu-tuc", width=width)
    page.locator(BOX).focus()
    type_and_wait(page, "giay")
    page.keyboard.press("ArrowDown")
    assert grave_findings(page) == []
    assert not overflows(page)
    heights = suggested(page).evaluate_all("found => found.map(o => o.getBoundingClientRect().height)")
    assert min(heights) >= 44


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_question_is_asked_filtered_and_opened_by_keyboard_alone(visit: Visit, width: int, script: bool) -> None:
    page = visit(f"/?{DAY}", width=width, script=script)
    page.locator(BOX).focus()
    page.keyboard.insert_text("đăng ký")
    page.keyboard.press("Enter")
    before = page.locator("#so-ket-qua").inner_text()
    filters = page.locator("#loc")
    summary = filters.locator("summary", has_text="Hiệu lực")
    summary.focus()
    page.keyboard.press("Enter")
    ended = filters.get_by_label("Cả ba, kể cả đã bãi bỏ")
    ended.focus()
    page.keyboard.press("Space")
    expect(ended).to_be_checked()
    filters.get_by_role("button", name="Áp dụng").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#so-ket-qua")).not_to_have_text(before)
    word = page.locator(".words a", has_text="Kể cả đã bãi bỏ")
    word.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#so-ket-qua")).to_have_text(before)
    page.locator(".rows h3 a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".state-line")).to_contain_text("Còn hiệu lực")
    assert DAY in page.url


def test_without_script_a_slip_leads_on_by_a_link(visit: Visit) -> None:
    page = visit("/thu-tuc?q=dang+ky+khia+sinh", script=False)
    page.get_by_role("link", name="đăng ký khai sinh", exact=True).click()
    expect(page.locator(".rows h3").first).to_contain_text("khai sinh")


@pytest.mark.parametrize(
    "query",
    ["q=khai+sinh+can+giay+to+gi", "q=dang+ky+khia+sinh", "q=mua+ve+may+bay", "q=🙂", "trang-thai=tat-ca&q=đăng+ký",
     "cap=sao-hoa&mien-phi=co"],
    ids=["answered", "slip", "doubt", "no words", "every state", "unknown filter"],
)  # fmt: skip
@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_of_answer_is_accessible(visit: Visit, query: str, width: int) -> None:
    page = visit(f"/thu-tuc?{query}&{DAY}", width=width)
    assert grave_findings(page) == []
    assert not overflows(page)


def test_the_answer_of_a_question_is_where_the_link_leads(visit: Visit) -> None:
    page = visit(f"/thu-tuc?q=khai+sinh+mất+bao+nhiêu+tiền&{DAY}", width=360)
    page.locator(".rows h3 a").first.click()
    expect(page.locator("#bao-nhieu-tien")).to_be_in_viewport()
