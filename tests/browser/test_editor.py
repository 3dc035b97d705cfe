"""The editor in a real Chromium: from an empty form to an issued text, with script and without; what script adds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import grave_findings, overflows
from tests.catalogue.imports.test_pasted_table import WORD
from tests.web.office.test_content import word_file

pytestmark = pytest.mark.browser
SignIn = Callable[..., Page]
PASTE = """([selector, markup, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", markup);
  data.setData("text/plain", text);
  const place = document.querySelector(selector);
  place.focus();
  place.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
  place.value = text;
}"""


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url).split("#")[0]


def new_draft(page: Page, number: str, code: str, name: str) -> tuple[str, str]:
    """An empty decision and one row typed by hand; addresses of the decision and of the row's text."""
    page.goto("/quan-tri/quyet-dinh/moi")
    page.get_by_label("Số và ký hiệu").fill(number)
    page.get_by_label("Cơ quan ban hành").fill("Ủy ban nhân dân tỉnh Sông Thao")
    page.get_by_label("Ngày ký").fill("19/11/2026")
    page.get_by_label("Trích yếu").fill("Công bố thủ tục hành chính lĩnh vực thư viện")
    page.get_by_label("Hiệu lực", exact=True).select_option("on_signing")
    page.get_by_role("button", name="Lập dự thảo").click()
    address = path_of(page)
    page.goto(f"{address}/cac-dong/moi")
    page.get_by_label("Loại", exact=True).select_option("introduced")
    page.get_by_label("Mã", exact=True).fill(code)
    page.get_by_label("Tên thủ tục", exact=True).fill(name)
    page.get_by_label("Cấp thực hiện").select_option("commune")
    page.get_by_label("Lĩnh vực").fill("Văn hóa")
    page.get_by_label("Căn cứ pháp lý của dòng").fill("Luật Thư viện 2019")
    page.get_by_role("button", name="Thêm dòng").click()
    page.get_by_role("link", name="Nội dung đầy đủ của dòng 1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nội dung đầy đủ")
    return address, path_of(page)


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu phần này").first.click()
    expect(page.locator(".band [role=status], .band").first).to_contain_text("Đã lưu phần")


def write_all(page: Page, text: str, tmp_path: Path) -> None:
    """Every part the law asks for, with rows added by buttons and a form as a file."""
    page.goto(f"{text}/trinh-tu")
    for words in ("Nộp phiếu tại thư viện", "Nhận thẻ"):
        count = page.locator("#noi-dung textarea[name$=-text]").count()
        page.get_by_role("button", name="Thêm bước").click()
        page.locator(f"[name=steps-{count}-text]").fill(words)
    page.get_by_role("button", name="Chuyển lên: Bước 2").click()
    expect(page.locator("[name=steps-0-text]")).to_have_value("Nhận thẻ")
    page.get_by_role("button", name="Chuyển xuống: Bước 1").click()
    expect(page.locator("[name=steps-0-text]")).to_have_value("Nộp phiếu tại thư viện")
    save(page)
    page.goto(f"{text}/cach-thuc")
    page.get_by_role("button", name="Thêm cách nộp").click()
    page.locator("[name=channels-0-kind]").select_option("direct")
    page.locator("[name=channels-0-text]").fill("Nộp tại thư viện xã")
    save(page)
    page.goto(f"{text}/ho-so")
    page.get_by_role("button", name="Thêm giấy tờ").click()
    page.locator("[name=cases-0-papers-0-name]").fill("Phiếu đăng ký")
    page.locator("[name=cases-0-papers-0-originals]").fill("1")
    page.get_by_text("Mẫu đơn, bản điện tử").first.click()
    page.locator("[name=cases-0-papers-0-forms]").fill("Mẫu số 01")
    save(page)
    page.goto(f"{text}/thoi-han")
    page.get_by_role("button", name="Thêm thời hạn").click()
    page.locator("[name=times-0-text]").fill("03 ngày làm việc")
    save(page)
    for section, label, words in (("doi-tuong", "Đối tượng thực hiện", "Cá nhân"),
                                  ("co-quan", "Cơ quan thực hiện", "Ủy ban nhân dân cấp xã"),
                                  ("ket-qua", "Kết quả thực hiện", "Thẻ đọc")):  # fmt: skip
        page.goto(f"{text}/{section}")
        page.get_by_label(label, exact=True).fill(words)
        save(page)
    path = tmp_path / "Mẫu số 01.docx"
    path.write_bytes(word_file())
    page.goto(f"{text}/bieu-mau")
    page.get_by_role("button", name="Thêm mẫu").click()
    page.locator("[name=forms-0-upload]").set_input_files(path)
    save(page)
    expect(page.locator("[name=forms-0-name]")).to_have_value("Mẫu số 01")


def carry(sign_in: SignIn, an: Page, address: str, *, script: bool) -> Page:
    """Confirm, submit, review, approve, issue; the approver's page."""
    an.goto(address)
    if an.locator("#canh-bao").count():
        for box in an.locator("#canh-bao input[type=checkbox]").all():
            box.check()
        an.get_by_label("Lý do xác nhận").fill("Đã đối chiếu")
        an.get_by_role("button", name="Xác nhận các cảnh báo đã chọn").click()
    an.get_by_role("link", name="Trình kiểm soát").click()
    an.get_by_role("button", name="Trình", exact=True).click()
    binh, chi = (sign_in(name, script=script) for name in ("binh", "chi"))
    binh.goto(f"{address}/kiem-soat")
    binh.get_by_role("button", name="Đồng ý, chuyển phê duyệt").click()
    chi.goto(f"{address}/phe-duyet")
    chi.get_by_role("button", name="Phê duyệt nội dung này").click()
    chi.get_by_role("link", name="Ghi nhận ban hành").click()
    chi.get_by_role("button", name="Ban hành").click()
    expect(chi.get_by_text("Đã ban hành. Danh mục và tìm kiếm")).to_be_visible()
    return chi


@pytest.mark.parametrize(("script", "code"), [(True, "9.700001"), (False, "9.700002")], ids=["script", "no script"])
def test_from_an_empty_form_to_an_issued_text(sign_in: SignIn, tmp_path: Path, script: bool, code: str) -> None:
    an = sign_in("an", script=script)
    address, text = new_draft(an, f"{code[-1]}701/QĐ-UBND", code, f"Cấp thẻ đọc thư viện số {code[-1]}")
    write_all(an, text, tmp_path)
    an.goto(text)
    expect(an.get_by_text("Đã đủ các phần mà mọi thủ tục phải có.")).to_be_visible()
    an.goto(f"{text}/xem-truoc")
    expect(an.get_by_text("Bản xem trước, chưa công bố.")).to_be_visible()
    chi = carry(sign_in, an, address, script=script)
    chi.goto(f"/thu-tuc/{code}")
    expect(chi.get_by_text("03 ngày làm việc").first).to_be_visible()
    with chi.expect_download() as download:
        chi.get_by_role("link", name="Tải mẫu (Word").first.click()
    assert Path(download.value.path()).read_bytes() == word_file()


class TestWithScript:
    @pytest.fixture
    def text(self, sign_in: SignIn, request: pytest.FixtureRequest) -> tuple[Page, str]:
        page = sign_in("an")
        number = 100 + sum(map(ord, request.node.name)) % 800
        return page, new_draft(page, f"8{number}/QĐ-UBND", f"9.71{number:04}", f"Cấp thẻ mượn sách {number}")[1]

    def test_rows_come_and_go_without_a_new_page_and_keep_the_focus(self, text: tuple[Page, str]) -> None:
        page, address = text
        page.goto(f"{address}/trinh-tu")
        page.evaluate("window.stayed = true")
        for words in ("Một", "Hai", "Ba"):
            page.get_by_role("button", name="Thêm bước").click()
            expect(page.locator(":focus")).to_have_attribute("name", re.compile(r"steps-\d-name"))
            page.keyboard.press("Tab")
            page.keyboard.type(words)
        page.get_by_role("button", name="Chuyển lên: Bước 3").click()
        expect(page.locator("[data-editor-state]")).to_have_text("Đã chuyển lên. Chưa lưu.")
        expect(page.locator(":focus")).to_have_attribute("aria-label", "Chuyển lên: Bước 2")
        page.keyboard.press("Enter")
        expect(page.locator("[name=steps-0-text]")).to_have_value("Ba")
        page.get_by_role("button", name="Bỏ: Bước 2").click()
        expect(page.locator("[name$=-text][name^=steps]")).to_have_count(2)
        assert page.evaluate("window.stayed") is True
        save(page)
        page.reload()
        assert [page.locator(f"[name=steps-{n}-text]").input_value() for n in range(2)] == ["Ba", "Hai"]

    def test_what_is_typed_survives_a_crash(self, text: tuple[Page, str], sign_in: SignIn) -> None:
        page, address = text
        page.goto(f"{address}/thoi-han")
        page.get_by_role("button", name="Thêm thời hạn").click()
        page.locator("[name=times-0-text]").fill("04 ngày làm việc")
        page.locator("[name=times-0-text]").blur()
        expect(page.locator("[data-editor-state]")).to_contain_text("Đã giữ bản gõ dở")
        expect(page.locator("[name=times-0-quantity]")).to_have_value("4")
        page.context.close()
        again = sign_in("an")
        again.goto(f"{address}/thoi-han")
        expect(again.locator("[name=times-0-text]")).to_have_count(0)
        again.get_by_role("link", name="Lấy lại nội dung đã gõ").click()
        expect(again.locator("[name=times-0-text]")).to_have_value("04 ngày làm việc")
        save(again)
        expect(again.locator("#go-do")).to_have_count(0)

    def test_a_disagreement_is_named_while_typing(self, text: tuple[Page, str]) -> None:
        page, address = text
        page.goto(f"{address}/phi")
        page.get_by_role("button", name="Thêm mức thu").click()
        page.locator("[name=fees-0-text]").fill("Phí: 8.000 đồng")
        page.locator("[name=fees-0-amount]").fill("9.000")
        note = page.locator('[data-note="fees-0-text"]')
        expect(note).to_have_text("Lời văn ghi 8.000 đồng, ô mức thu ghi 9.000 đồng. Sửa một bên cho khớp.")

    def test_a_table_from_word_is_pasted_with_its_html(self, text: tuple[Page, str]) -> None:
        page, address = text
        page.goto(f"{address}/ho-so")
        page.get_by_text("Dán bảng từ Word").click()
        page.evaluate(PASTE, ["[name='dan:text:cases-0-papers']", WORD, "chỉ là chữ"])
        page.get_by_role("button", name="Đọc bảng").click()
        expect(page.get_by_role("region", name="Bảng vừa dán").first).to_contain_text("Giấy chứng sinh")
        assert grave_findings(page) == []
        assert "chạy rồi" not in page.title()
        page.get_by_role("button", name="Lấy các dòng đã chọn").click()
        expect(page.locator("[data-editor-state]")).to_have_text("Đã lấy 3 dòng. Chưa lưu.")
        expect(page.locator("[name=cases-0-papers-1-originals]")).to_have_value("1")
        save(page)

    def test_leaving_with_unsaved_words_is_asked_about(self, text: tuple[Page, str]) -> None:
        page, address = text
        page.goto(f"{address}/doi-tuong")
        page.get_by_label("Đối tượng thực hiện").fill("Cá nhân")
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.goto(address)
        assert asked == ["beforeunload"]


@pytest.mark.parametrize("width", [360, 1280])
def test_no_section_has_a_grave_fault_or_scrolls_sideways(sign_in: SignIn, width: int) -> None:
    page = sign_in("an", width=width)
    text = new_draft(page, f"9{width}/QĐ-UBND", f"9.72{width:04}", "Cấp thẻ đọc " + "rất dài " * 40)[1]
    rows = {"trinh-tu": "Thêm bước", "cach-thuc": "Thêm cách nộp", "ho-so": "Thêm giấy tờ", "thoi-han": "Thêm thời hạn",
            "bieu-mau": "Thêm mẫu", "phi": "Thêm mức thu", "can-cu": "Thêm căn cứ"}  # fmt: skip
    for section in ("", "/ten", "/co-quan", "/khac", *(f"/{slug}" for slug in rows)):
        page.goto(text + section)
        if section[1:] in rows:
            page.get_by_role("button", name=rows[section[1:]]).first.click()
            expect(page.locator("[data-editor-state]")).to_contain_text("Chưa lưu")
        assert grave_findings(page) == [], section
        assert not overflows(page), section
    page.goto(f"{text}/ho-so")
    page.get_by_text("Dán bảng từ Word").click()
    page.evaluate(PASTE, ["[name='dan:text:cases-0-papers']", WORD, "chỉ là chữ"])
    page.get_by_role("button", name="Đọc bảng").click()
    expect(page.locator("#xem-truoc-bang")).to_be_visible()
    assert not overflows(page), "a pasted table scrolls inside its frame"
