"""A row of a draft against the text in force, and the words it proposes for the annex."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from catalogue.extensions import db
from catalogue.models import DecisionLine
from tests.catalogue.cast import amended, introduced
from tests.web.office.conftest import Officer
from tests.web.office.drafts import brought, drafted


def line_of(decision: int) -> DecisionLine:
    db.session.expire_all()
    return db.session.scalars(select(DecisionLine).where(DecisionLine.decision_id == decision)).one()


def address(decision: int) -> str:
    return f"/quan-tri/quyet-dinh/{decision}/cac-dong/{line_of(decision).id}/so-sanh"


@pytest.fixture
def draft(an: Officer) -> int:
    brought("issued", number="1/QĐ-UBND")
    return drafted("2/QĐ-UBND", lines=(amended("1.001193", "Đăng ký khai sinh", "02 ngày làm việc"),))


def test_it_says_what_the_row_changes(an: Officer, draft: int) -> None:
    page = an.get(address(draft))
    assert page.all("redline-sentence") == ["Giảm 3 ngày làm việc (còn 2 ngày làm việc)."]
    assert [element.text_content() for element in page.tree.iter("ins")] == ["(thêm: 02 ngày làm việc)"]


def test_the_proposed_words_go_into_the_annex_column(an: Officer, draft: int) -> None:
    page = an.get(address(draft))
    proposal = "Thời hạn giải quyết: từ «05 ngày làm việc» thành «02 ngày làm việc»"
    assert proposal in page.text
    an.send(page, {}, to="/so-sanh")
    assert line_of(draft).changed_parts == proposal


def test_a_form_without_its_mark_is_refused_kindly(an: Officer, draft: int) -> None:
    page = an.send(an.get(address(draft)), {"seen": "x"}, to="/so-sanh", status=400)
    assert page is not None and "Tải lại trang rồi thử lại." in page.text
    assert line_of(draft).changed_parts == "Thời hạn giải quyết"


def test_a_new_procedure_has_nothing_to_be_compared_with(an: Officer) -> None:
    page = an.get(address(drafted("3/QĐ-UBND", lines=(introduced("1.014391", "Cấp giấy phép môi trường"),))))
    assert "dòng này mở một thủ tục mới" in page.text
    assert not list(page.tree.iter("ins"))


def test_the_row_leads_to_it(an: Officer, draft: int) -> None:
    page = an.get(address(draft).removesuffix("/so-sanh"))
    assert page.link("So với bản đang áp dụng") == address(draft)


def test_a_row_of_no_draft_is_not_found(an: Officer, draft: int) -> None:
    an.get(f"/quan-tri/quyet-dinh/{draft}/cac-dong/999999/so-sanh", status=404)
