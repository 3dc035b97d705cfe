"""Public papers of workflows: offered where the workflow is public, not found on any day where it is not."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.services.workflow_lines import add_workflow, make_workflows_public
from tests.catalogue.adoptions import ADOPTED, CODE, NAME, adopting, published, workflow
from tests.catalogue.cast import amended, at, carry, draft, make_cast
from tests.catalogue.exports.papers import squeezed, words_of

ADDRESS = f"/thu-tuc/{CODE}/quy-trinh"
DAYS = ("2025-09-04", "2025-09-05", "2025-09-16", "2025-12-31", "")


@pytest.fixture
def cast(session):
    return make_cast(session)


def ready(session, cast, index, *, public=True):
    published(session, cast)
    decision = adopting(session, cast, workflow("4", case="Cấp mới"))
    add_workflow(session, decision, workflow("2", symbol="QT.NV.02", case="Cấp lại"), actor=cast.an, now=at(ADOPTED))
    make_workflows_public(session, decision, public, actor=cast.an, now=at(ADOPTED))
    carry(session, cast, decision)
    index()


def words(browser, query, suffix="pdf"):
    return squeezed(words_of(suffix, browser.file(f"{ADDRESS}.{suffix}?{query}").data))


def test_the_page_links_four_papers_of_each_public_workflow(session, cast, index, browser):
    ready(session, cast, index)
    page = browser.get(f"{ADDRESS}?ngay={ADOPTED}")
    for name in ("PDF theo mẫu ISO", "Word theo mẫu ISO", "PDF dạng bảng", "Word dạng bảng"):
        found = [link.href for link in page.links if link.text == name]
        assert [f"so={number}" in href for number, href in enumerate(found, 1)] == [True, True]
        assert all(f"ngay={ADOPTED}" in href for href in found)
        for href in found:
            assert browser.file(href).data[:4] in (b"%PDF", b"PK\x03\x04")


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_the_number_chooses_the_workflow_and_the_layout_its_form(session, cast, index, browser, suffix):
    ready(session, cast, index)
    lists = {number: words(browser, f"mau=iso&so={number}&ngay={ADOPTED}", suffix) for number in (1, 2)}
    symbols = [squeezed(symbol) for symbol in ("QT.NV.01", "QT.NV.02")]
    assert sorted([symbol in text for symbol in symbols] for text in lists.values()) == [[False, True], [True, False]]
    assert all(squeezed("2.10 Quy trình xử lý công việc") in text for text in lists.values())
    table = words(browser, f"mau=bang&so=1&ngay={ADOPTED}", suffix)
    assert squeezed("Thứ tự công việc") in table and squeezed("2.10 Quy trình") not in table
    assert squeezed("Quyết định số 1319/QĐ-UBND ngày 16/09/2025") in table


def test_a_paper_of_a_later_day_says_that_the_text_has_moved_on(session, cast, index, browser):
    ready(session, cast, index)
    later = date(2025, 11, 20)
    carry(session, cast, draft(session, cast, "2815/QĐ-UBND", later, [
        amended(CODE, NAME, "12 ngày làm việc", level="province")]))  # fmt: skip
    index()
    moved = squeezed("đã thay đổi sau khi phê duyệt quy trình: thời hạn giải quyết")
    assert moved in words(browser, f"ngay={later}")
    assert moved not in words(browser, "ngay=2025-11-19")
    assert squeezed("Quy trình theo ngày 19/11/2025") in words(browser, "ngay=2025-11-19")


def test_a_workflow_kept_inside_leaves_by_no_public_address_on_any_day(session, cast, index, browser):
    ready(session, cast, index, public=False)
    for day in DAYS:
        for suffix in ("pdf", "docx"):
            for layout in ("", "iso", "bang", "bang-don-vi", "bang-bieu-mau"):
                for number in ("", "1", "2"):
                    browser.file(f"{ADDRESS}.{suffix}?ngay={day}&mau={layout}&so={number}", status=404)
    page = browser.get(f"{ADDRESS}?ngay={ADOPTED}")
    assert not [link for link in page.links if "quy-trinh.pdf" in link.href]


@pytest.mark.parametrize(
    "query", ["so=3", "so=0", "so=-1", "so=99999999999999999999", "mau=ISO", "mau=<b>", "mau=xlsx"]
)
def test_what_is_not_there_is_answered_in_words(session, cast, index, browser, query):
    ready(session, cast, index)
    page = browser.get(f"{ADDRESS}.pdf?ngay={ADOPTED}&{query}", status=404)
    assert "công khai số" in page.text or "Các mẫu: iso, bang" in page.text


def test_before_its_first_day_and_for_an_unknown_procedure_there_is_no_paper(session, cast, index, browser):
    ready(session, cast, index)
    browser.get(f"{ADDRESS}.pdf?ngay=2025-09-15", status=404)
    browser.get(f"{ADDRESS}.pdf?ngay=2025-09-01", status=404)
    browser.get("/thu-tuc/1.999999/quy-trinh.docx", status=404)
    browser.get(f"{ADDRESS}.pdf?ngay=31-02-2025", status=400)
