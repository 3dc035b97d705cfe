"""The comparison of two versions in a real Chromium: for phone and desk, keyboard, screen reader and paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import grave_findings, overflows

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
COMPARISON = "/thu-tuc/1.013225/so-sanh"
widths = pytest.mark.parametrize("width", [360, 1280])


@widths
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, width: int, scheme: str) -> None:
    page = visit(COMPARISON, width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert grave_findings(page) == []
    assert not overflows(page)


@pytest.mark.parametrize("script", [True, False])
def test_another_pair_of_versions_is_chosen_without_script_too(visit: Visit, script: bool) -> None:
    page = visit(COMPARISON, script=script)
    page.get_by_label("So từ").select_option("1")
    page.get_by_label("đến").select_option("1")
    page.get_by_role("button", name="So sánh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("So sánh phiên bản 1 và phiên bản 1")
    expect(page.locator(".redline-sentence")).to_have_text("Không có thay đổi.")


def test_marks_can_be_read_without_colour(visit: Visit) -> None:
    page = visit(COMPARISON)
    looks = "element => getComputedStyle(element).textDecorationLine"
    assert page.locator("ins").first.evaluate(looks) == "underline"
    assert page.locator("del").first.evaluate(looks) == "line-through"


def test_paper_has_no_form_and_keeps_the_marks(visit: Visit) -> None:
    page = visit(COMPARISON)
    page.emulate_media(media="print")
    expect(page.locator(".compare-choice")).to_be_hidden()
    expect(page.locator("del").first).to_be_visible()
