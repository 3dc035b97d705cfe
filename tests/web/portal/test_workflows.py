"""The page that says how a procedure is handled inside: what is public in full, the rest by its decision only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from catalogue.services.workflow_lines import add_workflow, make_workflows_public
from tests.catalogue.cast import abolished, amended, at, carry, draft, make_cast
from tests.catalogue.test_workflow_stories import ADOPTED, CODE, NAME, adopting, published, workflow
from tests.workflows import branching


@pytest.fixture
def cast(session):
    return make_cast(session)


def ready(session, cast, index, *, public=True, line=None):
    published(session, cast)
    decision = adopting(session, cast, line or workflow("0.5", "6.5", "2", "0.5"))
    make_workflows_public(session, decision, public, actor=cast.an, now=at(ADOPTED))
    carry(session, cast, decision)
    index()


def test_a_public_workflow_is_shown_step_by_step_with_its_sum_and_diagram(session, cast, index, browser):
    ready(session, cast, index)
    page = browser.get(f"/thu-tuc/{CODE}/quy-trinh?ngay={ADOPTED}")
    assert "9,5 ngày làm việc" in page.text
    assert "Quyết định 1319/QĐ-UBND ngày 16/09/2025" in page.text
    assert page.source.count("<svg") == 1


def test_what_is_kept_inside_is_named_by_its_decision_only(session, cast, index, browser):
    ready(session, cast, index, public=False)
    page = browser.get(f"/thu-tuc/{CODE}/quy-trinh?ngay={ADOPTED}")
    assert "1319/QĐ-UBND" in page.text
    assert "Công việc 1" not in page.text


def test_branches_and_returns_are_said_in_words(session, cast, index, browser):
    line = replace(workflow("1"), content=branching())
    ready(session, cast, index, line=line)
    page = browser.get(f"/thu-tuc/{CODE}/quy-trinh?ngay={ADOPTED}")
    assert "Trường hợp “Chưa đồng ý”: quay lại Bước 7." in page.text
    assert "làm đồng thời Bước 5 và Bước 6" in page.text


def test_pages_say_when_the_text_has_moved_on(session, cast, index, browser):
    ready(session, cast, index)
    later = date(2025, 11, 20)
    shorter = amended(CODE, NAME, "12 ngày làm việc", level="province")
    carry(session, cast, draft(session, cast, "2815/QĐ-UBND", later, [shorter]))
    index()
    for address in (f"/thu-tuc/{CODE}?ngay={later}", f"/thu-tuc/{CODE}/quy-trinh?ngay={later}"):
        page = browser.get(address)
        assert "Cần rà soát" in page.text and "thời hạn giải quyết" in page.text
    assert "Cần rà soát" not in browser.get(f"/thu-tuc/{CODE}?ngay=2025-11-19").text


def test_the_page_of_the_procedure_lists_the_decision_that_adopted_it(session, cast, index, browser):
    ready(session, cast, index, public=False)
    page = browser.get(f"/thu-tuc/{CODE}?ngay={ADOPTED}")
    assert "1181/QĐ-UBND" in page.text and "1319/QĐ-UBND" in page.text


def test_before_its_first_day_there_is_no_workflow_and_no_page(session, cast, index, browser):
    ready(session, cast, index)
    assert "chưa có quy trình nội bộ" in browser.get(f"/thu-tuc/{CODE}/quy-trinh?ngay=2025-09-15").text
    assert browser.get(f"/thu-tuc/{CODE}/quy-trinh?ngay=2025-09-01", status=404).heading


def test_a_text_of_a_step_cannot_write_into_the_page(session, cast, index, browser):
    bad = workflow("1")
    step = replace(bad.content.steps[0], text="<script>alert(1)</script>", unit="<b>Phòng</b>", role='"x"')
    ready(session, cast, index, line=replace(bad, content=replace(bad.content, steps=(step,))))
    page = browser.get(f"/thu-tuc/{CODE}/quy-trinh?ngay={ADOPTED}")
    assert "<script>alert" not in page.source and "<b>Phòng" not in page.source


def test_two_cases_stand_one_after_the_other(session, cast, index, browser):
    published(session, cast)
    decision = adopting(session, cast, workflow("4", case="Cấp mới"))
    add_workflow(session, decision, workflow("2", symbol="QT.NV.02", case="Cấp lại"), actor=cast.an, now=at(ADOPTED))
    make_workflows_public(session, decision, True, actor=cast.an, now=at(ADOPTED))
    carry(session, cast, decision)
    index()
    page = browser.get(f"/thu-tuc/{CODE}/quy-trinh?ngay={ADOPTED}")
    assert "QT.NV.01: Cấp mới" in page.text and "QT.NV.02: Cấp lại" in page.text


def test_a_workflow_rests_with_its_procedure(session, cast, index, browser):
    ready(session, cast, index)
    last = date(2025, 12, 1)
    carry(session, cast, draft(session, cast, "2900/QĐ-UBND", last, [abolished(CODE, NAME, level="province")]))
    index()
    page = browser.get(f"/thu-tuc/{CODE}/quy-trinh?ngay={last}")
    assert "thủ tục không còn hiệu lực" in page.text and "Công việc 1" not in page.text
    assert browser.client.get(f"/thu-tuc/{CODE}/quy-trinh.pdf?ngay={last}").status_code == 404
    assert "Công việc 1" in browser.get(f"/thu-tuc/{CODE}/quy-trinh?ngay={ADOPTED}").text
