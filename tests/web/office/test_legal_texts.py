"""Legal texts: linked from the page of a procedure with their state on the day, and the way back."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from catalogue.extensions import db
from catalogue.models import LegalDocument
from decisions.content import LegalBasis
from tests.builders import make_content, make_decision, put_in_force

ACT = LegalBasis("Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ", "123/2015/NĐ-CP")
SINCE = date(2026, 1, 5)


@pytest.fixture
def published(session) -> None:
    decision = make_decision(session, "100/QĐ-UBND", SINCE)
    for code, name, basis in (
        ("1.001193", "Đăng ký khai sinh", ACT),
        ("1.004884", "Đăng ký lại khai sinh", LegalBasis(ACT.title, "123/2015/NĐ-CP ")),
        ("1.000894", "Đăng ký kết hôn", LegalBasis("Luật Hộ tịch", "60/2014/QH13")),
    ):
        put_in_force(session, code, replace(make_content(name), bases=(basis,)), on=SINCE, decision=decision)
    session.commit()


@pytest.mark.usefixtures("published")
class TestThePublicPages:
    def test_a_basis_leads_to_all_that_rests_on_it(self, browser) -> None:
        page = browser.get("/thu-tuc/1.001193")
        page = browser.get(page.link("Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ"))
        assert "Thủ tục dựa trên văn bản này (2)" in page.text
        assert "Đăng ký lại khai sinh" in page.text and "Đăng ký kết hôn" not in page.text

    def test_nothing_rests_on_it_before_the_first_day(self, browser) -> None:
        assert "(0)" in browser.get("/van-ban/123-2015-nd-cp?ngay=2026-01-04").text

    def test_a_text_nobody_cites_is_not_found(self, browser) -> None:
        browser.get("/van-ban/999-2099-nd-cp", status=404)
        browser.get("/van-ban/%00%27", status=404)


@pytest.mark.usefixtures("published")
class TestTheOffice:
    def test_days_are_entered_and_every_page_says_how_the_text_stands(self, an, browser) -> None:
        listed = an.get("/quan-tri/van-ban?q=123/2015")
        page = an.get(listed.link("123/2015/NĐ-CP"))
        an.send(page, {"effective_from": "01/01/2016", "last_day": "30/06/2026", "replaced_by": "18/2026/NĐ-CP"})
        ended = browser.get("/thu-tuc/1.001193?ngay=2026-07-01").text
        assert "Hết hiệu lực từ 01/07/2026, thay bằng 18/2026/NĐ-CP" in ended
        assert "Hết hiệu lực" not in browser.get("/thu-tuc/1.001193?ngay=2026-06-30").text
        assert "123/2015/NĐ-CP" in an.get("/quan-tri/van-ban?chi=het-hieu-luc").text

    def test_days_in_a_wrong_order_are_refused_and_nothing_is_lost(self, an) -> None:
        number = db.session.query(LegalDocument).filter_by(number_key="123/2015/ND-CP").one().id
        page = an.get(f"/quan-tri/van-ban/{number}")
        shown = an.send(page, {"effective_from": "01/01/2016", "last_day": "31/12/2015"}, status=422)
        assert any("phải sau ngày có hiệu lực" in words for words in shown.all("error"))
        assert "01/01/2016" in shown.source

    def test_a_last_day_without_a_next_one_is_refused(self, an) -> None:
        number = db.session.query(LegalDocument).first().id
        shown = an.send(an.get(f"/quan-tri/van-ban/{number}"), {"last_day": "31/12/9999"}, status=422)
        assert any("để trống" in words for words in shown.all("error"))

    def test_signs_of_search_patterns_and_parted_marks_are_words_like_others(self, an) -> None:
        assert "123/2015/NĐ-CP" not in an.get("/quan-tri/van-ban?q=%25_%00x").text
        parted = unicodedata.normalize("NFD", "Luật Hộ tịch")
        assert "60/2014/QH13" in an.get(f"/quan-tri/van-ban?q={parted}").text

    def test_who_only_reviews_reads(self, binh) -> None:
        number = db.session.query(LegalDocument).first().id
        assert "Lưu văn bản" not in binh.get(f"/quan-tri/van-ban/{number}").source
        binh.post(f"/quan-tri/van-ban/{number}", {"title": "x"}, status=403)


@pytest.mark.usefixtures("published")
def test_a_reader_with_an_old_copy_of_the_page_gets_the_new_state(an, browser) -> None:
    mark = browser.file("/thu-tuc/1.001193").headers["ETag"]
    number = db.session.query(LegalDocument).filter_by(number_key="123/2015/ND-CP").one().id
    an.send(an.get(f"/quan-tri/van-ban/{number}"), {"effective_from": "01/01/2016", "last_day": "30/06/2026"})
    assert browser.client.get("/thu-tuc/1.001193", headers={"If-None-Match": mark}).status_code == 200
