"""Workflows in a real Chromium: written or pasted with script and without, measured, issued by three, seen by all."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import Account, WorkflowLine
from catalogue.services.drafting import DraftHead, new_draft
from catalogue.services.workflow_lines import make_workflows_public
from catalogue.unit_of_work import unit_of_work
from tests.browser.accessibility import grave_findings, overflows
from tests.browser.test_editor import carry

pytestmark = pytest.mark.browser

SignIn = Callable[..., Page]
PERMIT = "1.014199"  # work permits: 10 working days, no workflow in the sample
BUILDING = "1.013236"
STEPS = (
    ("Tiếp nhận hồ sơ", "Trung tâm Phục vụ hành chính công tỉnh Sông Thao", "Công chức tiếp nhận", "Giờ hành chính"),
    ("Thẩm định hồ sơ", "Phòng Việc làm, Sở Nội vụ", "Chuyên viên", "08 ngày"),
    ("Ký giấy phép", "Sở Nội vụ tỉnh Sông Thao", "Lãnh đạo Sở", "04 ngày"),
)
TABLE = (
    "<table><tr><th>Bước</th><th>Nội dung công việc</th><th>Trách nhiệm</th><th>Thời gian (ngày)</th></tr>"
    "<tr><td>B1</td><td>Tiếp nhận hồ sơ</td><td>Công chức Trung tâm Phục vụ hành chính công</td><td>0,5</td></tr>"
    "<tr><td>B2</td><td>Thẩm định hồ sơ. Nếu chưa đạt: chuyển lại bước B1</td><td>Chuyên viên Phòng Việc làm</td>"
    "<td rowspan='2'>6</td></tr><tr><td>B3</td><td>Dự thảo giấy phép</td><td>Chuyên viên Phòng Việc làm</td></tr>"
    "<tr><td>B4</td><td>Ký giấy phép</td><td>Lãnh đạo Sở Nội vụ</td><td>3</td></tr>"
    "<tr><td colspan='3'>Tổng thời gian</td><td>9,5</td></tr></table>"
)


def drafted(app: Flask, number: str) -> str:
    """A decision without rows whose workflows citizens may see; its address."""
    head = DraftHead(
        number=number, issuer_text="Chủ tịch Ủy ban nhân dân tỉnh Sông Thao", signed_on=date(2026, 11, 20),
        signer="Hà Minh Thuận", subject="Phê duyệt quy trình nội bộ", effect_type="on_signing",
    )  # fmt: skip
    with app.app_context(), unit_of_work(db.session()) as work:
        an = work.session.scalars(select(Account).where(Account.username == "an")).one()
        decision = new_draft(work.session, head, actor=an, now=clock.now())
        make_workflows_public(work.session, decision, True, actor=an, now=clock.now())
        work.session.flush()
        return f"/quan-tri/quyet-dinh/{decision.id}"


def opened(page: Page, address: str, code: str = PERMIT) -> None:
    """Add a workflow for a procedure that has none; its empty editor."""
    page.goto(f"{address}/quy-trinh/moi")
    page.get_by_label("Mã thủ tục").fill(code)
    page.get_by_label("Cấp thực hiện").select_option("province")
    page.get_by_role("button", name="Thêm quy trình").click()
    expect(page.get_by_role("heading", name="Các bước")).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu quy trình").last.click()
    expect(page.get_by_text("Đã lưu quy trình.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_workflow_goes_from_an_empty_form_to_the_citizen(office_app: Flask, sign_in: SignIn, script: bool) -> None:
    an = sign_in("an", script=script)
    address = drafted(office_app, f"270{script:d}/QĐ-UBND")
    opened(an, address)
    an.get_by_label("Ký hiệu quy trình").fill("QT.LD.01")
    for place, (text, unit, role, time) in enumerate(STEPS):
        if not an.locator(f"[name=steps-{place}-text]").count():
            an.get_by_role("button", name="Thêm bước").click()
        for name, words in {"text": text, "unit": unit, "role": role, "time": time}.items():
            an.locator(f"[name=steps-{place}-{name}]").fill(words)
    save(an)
    expect(an.get_by_text("12,0 > 10, thừa 2,0")).to_be_visible()
    assert grave_findings(an) == [] if script else True
    an.locator("[name=steps-1-time]").fill("06 ngày")
    save(an)
    expect(an.get_by_text("thừa")).to_have_count(0)
    expect(an.get_by_text("48 giờ = 6 ngày")).to_be_visible()
    carry(sign_in, an, address, script=script)

    citizen = sign_in("dung", width=360, script=script)
    citizen.goto(f"/thu-tuc/{PERMIT}")
    citizen.get_by_role("link", name="Xem quy trình giải quyết").click()
    expect(citizen.get_by_role("heading", name=re.compile("QT.LD.01"))).to_be_visible()
    expect(citizen.get_by_role("cell", name="Ký giấy phép").first).to_be_visible()
    expect(citizen.get_by_text("10 ngày làm việc").first).to_be_visible()


class TestRows:
    @pytest.fixture
    def editor(self, office_app: Flask, sign_in: SignIn) -> Page:
        """The workflow of the sample that is still a draft, six steps long."""
        with office_app.app_context():
            line = db.session.scalars(select(WorkflowLine).where(WorkflowLine.name.contains("học tập"))).one()
            address = f"/quan-tri/quyet-dinh/{line.decision_id}/quy-trinh/{line.id}"
        page = sign_in("dung")
        page.goto(address)
        return page

    @staticmethod
    def labels(page: Page) -> list[str]:
        return [field.input_value() for field in page.locator("[name^=steps-][name$=-label]").all()]

    def test_a_step_moves_by_keyboard_and_keeps_the_focus_on_its_button(self, editor: Page) -> None:
        button = editor.get_by_role("button", name="Lên bước thứ 3")
        button.focus()
        editor.keyboard.press("Enter")
        expect(editor.locator("[data-editor-state]")).to_have_text("Đã chuyển bước lên. Chưa lưu.")
        assert self.labels(editor) == ["B1", "B3", "B2", "B4", "B5", "B6"]
        expect(editor.get_by_role("button", name="Lên bước thứ 2")).to_be_focused()

    def test_a_step_is_put_between_two_others_and_taken_out_again(self, editor: Page) -> None:
        editor.get_by_role("button", name="Chèn sau bước thứ 2").click()
        expect(editor.locator("[name=steps-2-label]")).to_be_focused()
        assert self.labels(editor) == ["B1", "B2", "", "B3", "B4", "B5", "B6"]
        editor.get_by_role("button", name="Bỏ bước thứ 3").click()
        expect(editor.locator(".workflow-row")).to_have_count(6)
        assert self.labels(editor) == ["B1", "B2", "B3", "B4", "B5", "B6"]

    def test_what_is_folded_is_told_in_a_few_words(self, editor: Page) -> None:
        row = editor.locator("#steps-2")
        expect(row.locator("summary")).to_contain_text("rẽ nhánh: B4, trả lại B2")
        row.locator("summary").click()
        expect(row.get_by_label("Rẽ nhánh")).to_have_value("B4: đồng ý\ntrả lại B2: cần đối chiếu lại")


class TestPasting:
    @pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
    def test_a_table_is_shown_then_taken(self, office_app: Flask, sign_in: SignIn, script: bool) -> None:
        page = sign_in("an", script=script)
        opened(page, drafted(office_app, f"275{script:d}/QĐ-UBND"), BUILDING)
        page.get_by_text("Dán bảng từ Word").click()
        page.get_by_label("Chọn bảng trong Word").fill(TABLE)  # as text: without script its HTML is read all the same
        page.get_by_role("button", name="Đọc bảng").click()
        preview = page.get_by_role("region", name="Bảng vừa dán", exact=True)
        expect(preview.get_by_role("combobox")).to_have_count(4)
        expect(preview.get_by_label("Cột 4 là gì")).to_have_value("time")
        expect(preview.get_by_text("(tính chung với bước trên)")).to_be_visible()
        assert grave_findings(page) == [] if script else True
        page.get_by_role("button", name="Lấy các dòng đã chọn").click()
        expect(page.locator("[name=steps-3-text]")).to_have_value("Ký giấy phép")
        expect(page.locator("[name=steps-1-role]")).to_have_value("Chuyên viên")
        expect(page.locator("[name=total]")).to_have_value("9,5 ngày")
        save(page)
        expect(page.get_by_text("Bản đã lưu: 4 bước, dài nhất 9,5 ngày làm việc.")).to_be_visible()

    def test_words_that_are_no_table_are_named(self, office_app: Flask, sign_in: SignIn) -> None:
        page = sign_in("an")
        opened(page, drafted(office_app, "2760/QĐ-UBND"), BUILDING)
        page.get_by_text("Dán bảng từ Word").click()
        page.get_by_role("button", name="Đọc bảng").click()
        expect(page.locator(".paste .error")).to_contain_text("Chưa thấy dòng nào trong nội dung dán.")


OFFICE = (
    "/quan-tri/", "/quan-tri/quy-trinh", "/quan-tri/quy-trinh?thieu=dang-ap-dung", "/quan-tri/quy-trinh/5",
    "/quan-tri/quy-trinh/dien-tu/1", "/quan-tri/quy-trinh/dien-tu/3", "/quan-tri/quyet-dinh/13/quy-trinh",
)  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280])
def test_office_pages_have_nothing_grave_and_stay_in_their_width(sign_in: SignIn, width: int) -> None:
    page = sign_in("an", width=width)
    for address in OFFICE:
        answer = page.goto(address)
        assert answer and answer.ok, address
        assert not overflows(page), address
        assert grave_findings(page) == [], address


@pytest.mark.parametrize("width", [360, 1280])
def test_the_public_page_has_nothing_grave(visit: Callable[..., Page], width: int) -> None:
    page = visit("/thu-tuc/1.013225/quy-trinh", width=width)
    expect(page.get_by_role("heading", level=2).first).to_contain_text("QT.XD.01")
    assert not overflows(page)
    assert grave_findings(page) == []
