"""What decisions did to a procedure, as one list on its page and on paper (S11)."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.services.drafting import LineInput
from tests.builders import end, make_content, make_decision, put_in_force
from tests.catalogue.cast import carry, draft, make_cast
from tests.catalogue.exports.papers import words_of
from tests.catalogue.test_workflow_stories import CODE, NAME, adopting, published, workflow

THIRD_ACT = date(2025, 10, 31)


@pytest.fixture
def three_acts(session, index) -> None:
    """Published on 5/9, workflow on 16/9, independent of territory from 31/10."""
    cast = make_cast(session)
    published(session, cast)
    carry(session, cast, adopting(session, cast, workflow("9")))
    mark = LineInput(kind="non_territorial", name=NAME, code_printed=CODE, level="province")
    carry(session, cast, draft(session, cast, "2095/QĐ-UBND", THIRD_ACT, [mark], kind="listing"))
    index()


def acts(page) -> list[str]:
    section = page.tree.get_element_by_id("cac-phien-ban").getparent()
    return [" ".join(item.text_content().split()) for item in section.iter("li")]


@pytest.mark.usefixtures("three_acts")
class TestThreeActs:
    def test_the_page_lists_them_in_the_order_of_time(self, browser):
        third, second, first = acts(browser.get(f"/thu-tuc/{CODE}?ngay={THIRD_ACT}"))
        assert "Phiên bản 2" in third and "2095/QĐ-UBND ngày 31/10/2025" in third
        assert second.startswith("Phê duyệt quy trình nội bộ QT.NV.01: áp dụng từ 16/09/2025")
        assert second.endswith("Quyết định 1319/QĐ-UBND ngày 16/09/2025")
        assert "Phiên bản 1" in first and "1181/QĐ-UBND ngày 05/09/2025" in first

    @pytest.mark.parametrize(("day", "count"), [("2025-09-05", 1), ("2025-09-15", 1), ("2025-09-16", 2),
                                                ("2025-10-30", 2), ("2025-10-31", 3)])  # fmt: skip
    def test_a_day_shows_what_was_done_by_then(self, browser, day, count):
        page = browser.get(f"/thu-tuc/{CODE}?ngay={day}")
        assert len(acts(page)) == count
        assert ("Không phụ thuộc địa giới hành chính" in page.text) is (count == 3)

    def test_each_decision_has_its_page(self, browser):
        page = browser.get(f"/thu-tuc/{CODE}?ngay={THIRD_ACT}")
        for number in ("1181/QĐ-UBND", "1319/QĐ-UBND", "2095/QĐ-UBND"):
            assert number in browser.get(page.link(number)).text

    @pytest.mark.parametrize("suffix", ["pdf", "docx", "json"])
    def test_papers_name_them_too(self, browser, suffix):
        words = " ".join(words_of(suffix, browser.file(f"/thu-tuc/{CODE}.{suffix}?ngay={THIRD_ACT}").data).split())
        places = [words.index(number, words.rindex("Quyết định công bố")) for number in ("2095/", "1319/", "1181/")]
        assert places == sorted(places)
        assert "Phê duyệt quy trình nội bộ QT.NV.01" in words

    def test_what_was_recorded_later_is_not_told_as_known_before(self, browser):
        assert len(acts(browser.get(f"/thu-tuc/{CODE}?ngay={THIRD_ACT}&biet-ngay=2025-09-10"))) == 1


def test_the_end_stands_in_the_list_from_its_day(session, browser):
    put_in_force(session, CODE, make_content(NAME), on=date(2025, 9, 5))
    ending = make_decision(session, "2815/QĐ-UBND", date(2025, 11, 20))
    end(session, CODE, on=date(2025, 12, 1), decision=ending)
    session.commit()
    assert len(acts(browser.get(f"/thu-tuc/{CODE}?ngay=2025-11-30"))) == 1
    last, _ = acts(browser.get(f"/thu-tuc/{CODE}?ngay=2025-12-01"))
    assert last == "Bị bãi bỏ: từ 01/12/2025, Quyết định 2815/QĐ-UBND ngày 20/11/2025"


def test_an_inventory_is_no_decision_in_the_list(session, browser):
    put_in_force(session, CODE, make_content(NAME), on=date(2026, 1, 5), kind="inventory",
                 decision=make_decision(session, "KK-2026", date(2026, 1, 5), kind="inventory"))  # fmt: skip
    session.commit()
    assert acts(browser.get(f"/thu-tuc/{CODE}?ngay=2026-02-01")) == ["Phiên bản 1: có hiệu lực từ trước"]
