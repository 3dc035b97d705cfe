"""Officers at work in a real Chromium with script: a file becomes a public page, the grid obeys the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import grave_findings, overflows
from tests.word_decisions import LISTING, build_decision

pytestmark = pytest.mark.browser

SignIn = Callable[..., Page]
HALL = "Trung tâm Phục vụ hành chính công cấp xã"
ROWS = [
    ["1", "9.900001", "Xác nhận hộ gia đình văn hóa", "05 ngày làm việc", HALL, "Không", "Luật Hộ tịch 2014"],
    ["2", "9.900002", "Cấp giấy mời đại biểu", "03 ngày làm việc", HALL, "Không", "Luật Hộ tịch 2014"],
    ["3", "9.900003", "Đăng ký sinh hoạt hè", "02 ngày làm việc", HALL, "Không", "Luật Hộ tịch 2014"],
]
NEW = "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH LĨNH VỰC VĂN HÓA THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA ỦY BAN NHÂN DÂN CẤP XÃ"
ARTICLES = (
    "Điều 1. Công bố kèm theo Quyết định này danh mục 03 thủ tục hành chính mới ban hành lĩnh vực văn hóa.",
    "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.",
    "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh và các cơ quan có liên quan chịu trách nhiệm thi hành./.",
)


def word_file(number: str) -> bytes:
    return build_decision(
        number=number, issuer="ỦY BAN NHÂN DÂN\nTỈNH SÔNG THAO", place="Sông Thao", signed="19/11/2026", subject=
        "VỀ VIỆC CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH LĨNH VỰC VĂN HÓA", annex=f"PHỤ LỤC\n{NEW}",
        authority="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG THAO", articles=ARTICLES, tables=[[LISTING, *ROWS]],
    )  # fmt: skip


def imported(page: Page, tmp_path: Path, number: str) -> str:
    """Import a file on screen; the address of the draft."""
    path = tmp_path / f"{number.split('/')[0]}.docx"
    path.write_bytes(word_file(number))
    page.goto("/quan-tri/quyet-dinh/nhap")
    page.get_by_label("Tệp Word của quyết định").set_input_files(path)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    return re.sub(r"^https?://[^/]+", "", page.url)


def confirm_everything(page: Page, address: str) -> None:
    page.goto(address)
    if page.locator("#canh-bao").count():
        page.get_by_role("button", name="Chọn tất cả").click()
        page.get_by_label("Lý do xác nhận").fill("Đã đối chiếu bản ký")
        page.get_by_role("button", name="Xác nhận các cảnh báo đã chọn").click()


class TestFromFileToPublicPage:
    def test_three_people_with_script(self, sign_in: SignIn, tmp_path: Path) -> None:
        an, binh, chi = (sign_in(name) for name in ("an", "binh", "chi"))
        address = imported(an, tmp_path, "3001/QĐ-UBND")
        confirm_everything(an, address)
        an.get_by_role("link", name="Trình kiểm soát").click()
        expect(an.get_by_text("Quyết định này sẽ mở 3 phiên bản")).to_be_visible()
        an.get_by_role("button", name="Trình", exact=True).click()

        binh.goto(f"{address}/kiem-soat")
        binh.get_by_role("button", name="Đồng ý, chuyển phê duyệt").click()
        chi.goto(f"{address}/phe-duyet")
        chi.get_by_role("button", name="Phê duyệt nội dung này").click()
        chi.get_by_role("link", name="Ghi nhận ban hành").click()
        chi.get_by_role("button", name="Ban hành").click()
        expect(chi.get_by_text("Đã ban hành. Danh mục và tìm kiếm")).to_be_visible()

        chi.goto("/thu-tuc?q=ho+gia+dinh+van+hoa")
        chi.get_by_role("link", name="Xác nhận hộ gia đình văn hóa").first.click()
        expect(chi.get_by_text("05 ngày làm việc").first).to_be_visible()
        expect(chi.get_by_text("3001/QĐ-UBND").first).to_be_visible()


class TestTheGrid:
    @pytest.fixture
    def grid(self, sign_in: SignIn, tmp_path: Path, request: pytest.FixtureRequest) -> Page:
        page = sign_in("an")
        number = 3100 + sum(map(ord, request.node.name)) % 800
        page.goto(imported(page, tmp_path, f"{number}/QĐ-UBND") + "/cac-dong")
        return page

    @staticmethod
    def cells(page: Page, name: str) -> list[str]:
        return [cell.input_value() for cell in page.locator(f"[data-cell={name}]").all()]

    @staticmethod
    def focused(page: Page) -> str:
        return str(page.evaluate("document.activeElement.id"))

    def test_keys_move_between_cells(self, grid: Page) -> None:
        ids = grid.locator("[data-row]").evaluate_all("rows => rows.map(row => row.dataset.row)")
        grid.locator(f"#name-{ids[0]}").focus()
        for key, place in (
            ("Enter", f"name-{ids[1]}"), ("ArrowDown", f"name-{ids[2]}"), ("Shift+Enter", f"name-{ids[1]}"),
            ("ArrowUp", f"name-{ids[0]}"), ("ArrowRight", f"field_time-{ids[0]}"), ("ArrowLeft", f"name-{ids[0]}"),
            ("Tab", f"field_time-{ids[0]}"),
        ):  # fmt: skip
            grid.keyboard.press(key)
            assert self.focused(grid) == place, key

    def test_leaving_a_row_saves_it_and_undo_brings_it_back(self, grid: Page) -> None:
        first = grid.locator("[data-row]").first
        first.locator("[data-cell=field_time]").fill("07 ngày làm việc")
        expect(first.locator("[data-state]")).to_have_text("Chưa lưu")
        grid.keyboard.press("Enter")
        expect(first.locator("[data-state]")).to_contain_text("Đã lưu lúc")
        grid.reload()
        assert self.cells(grid, "field_time")[0] == "07 ngày làm việc"
        first.locator("[data-cell=field_time]").fill("08 ngày làm việc")
        grid.keyboard.press("Control+s")
        expect(first.locator("[data-state]")).to_contain_text("Đã lưu lúc")
        first.get_by_role("button", name="Hoàn tác").click()
        expect(first.locator("[data-state]")).to_contain_text("Đã lưu lúc")
        grid.reload()
        assert self.cells(grid, "field_time")[0] == "07 ngày làm việc"

    def test_problems_follow_what_is_typed(self, grid: Page) -> None:
        first = grid.locator("[data-row]").first
        first.locator("[data-cell=kind]").select_option("unknown")
        first.locator("[data-cell=name]").focus()
        grid.keyboard.press("Enter")
        expect(first.get_by_text("hãy chọn loại")).to_be_visible()

    def test_the_original_scrolls_along(self, grid: Page) -> None:
        grid.locator("[data-cell=name]").nth(2).focus()
        here = grid.locator(".original .here")
        expect(here).to_contain_text("Đăng ký sinh hoạt hè")
        expect(here).to_be_in_viewport()

    def test_two_people_in_one_cell_choose(self, grid: Page, sign_in: SignIn) -> None:
        other = sign_in("an")
        other.goto(grid.url)
        for page, words in ((other, "01 ngày"), (grid, "02 ngày")):
            page.locator("[data-cell=field_time]").first.fill(words)
            page.locator("[data-cell=sector]").first.focus()
            page.keyboard.press("Control+s")
            if page is other:
                expect(page.locator("[data-state]").first).to_contain_text("Đã lưu lúc")
        expect(grid.get_by_text("của tôi «02 ngày», người kia đã lưu «01 ngày»")).to_be_visible()
        grid.get_by_role("button", name="Giữ của tôi").click()
        expect(grid.locator("[data-state]").first).to_contain_text("Đã lưu lúc")
        grid.reload()
        assert self.cells(grid, "field_time")[0] == "02 ngày"

    def test_a_row_is_saved_without_script(self, grid: Page, sign_in: SignIn) -> None:
        plain = sign_in("an", script=False)
        plain.goto(re.sub(r"^https?://[^/]+", "", grid.url))
        plain.locator("[data-cell=sector]").first.fill("Văn hóa cơ sở")
        plain.get_by_role("button", name="Lưu", exact=True).first.click()
        expect(plain.get_by_text("Đã lưu dòng.")).to_be_visible()
        assert self.cells(plain, "sector")[0] == "Văn hóa cơ sở"


PAGES = (
    "/quan-tri/", "/quan-tri/quyet-dinh", "/quan-tri/quyet-dinh/nhap", "/quan-tri/quyet-dinh/moi",
    "/quan-tri/lich-nghi", "{draft}", "{draft}/cac-dong", "{draft}/dau-quyet-dinh", "{draft}/chay-thu",
    "{draft}/nhat-ky", "{draft}/trinh", "{draft}/huy", "{line}",
)  # fmt: skip


@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_has_a_grave_fault_or_scrolls_sideways(sign_in: SignIn, width: int) -> None:
    page = sign_in("an", width=width)
    page.goto("/quan-tri/quyet-dinh?trang-thai=draft")
    draft = page.locator("main table a").last.get_attribute("href") or ""
    page.goto(f"{draft}/cac-dong")
    line = page.get_by_role("link", name=re.compile("Mọi ô của dòng")).first.get_attribute("href") or ""
    found = {}
    for address in PAGES:
        page.goto(address.format(draft=draft, line=line))
        found[address] = grave_findings(page) + (["scrolls sideways"] if overflows(page) else [])
    assert {address: faults for address, faults in found.items() if faults} == {}
