"""Words of search on screen: proposed by one officer, weighed and decided by another, found by everybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue import clock, indexing, words
from catalogue.extensions import db, search
from catalogue.models import MissingContent, WordRule
from catalogue.services import question_counts
from catalogue.services.question_counts import Tally
from catalogue.web.portal import expiry
from search_index.memory import MemoryBackend
from search_index.ports import Query
from search_index.whoosh_backend import WhooshBackend
from tests.builders import make_content, put_in_force
from tests.web.office.conftest import Officer

PROPOSE = "/quan-tri/tu-ngu/de-nghi"


@pytest.fixture(autouse=True)
def procedures(office: Flask) -> None:
    """Two procedures in force, indexed."""
    put_in_force(db.session(), "1.001193", make_content(), on=date(2025, 7, 1))
    put_in_force(db.session(), "1.000894", make_content(name="Đăng ký kết hôn"), on=date(2025, 7, 1))
    db.session.commit()
    indexing.rebuild(db.session(), search(), clock.now())
    db.session.commit()


def proposed(officer: Officer, kind: str = "tu-dong-nghia", **values: Any) -> WordRule:
    """The rule that a filled form has made."""
    given = {"phrases": "rước dâu", "reason": "Người dân hay hỏi"}
    given |= {"legal": "đăng ký kết hôn"} if kind == "tu-dong-nghia" else {"keys": "1.000894"}
    officer.send(officer.get(f"{PROPOSE}/{kind}"), given | values)
    db.session.expire_all()
    return db.session.scalars(select(WordRule).order_by(WordRule.id.desc())).first()  # type: ignore[return-value]


def address(rule: WordRule) -> str:
    return f"/quan-tri/tu-ngu/{rule.id}"


class TestTheWay:
    def test_a_synonym_goes_from_one_person_over_another_to_every_visitor(self, an: Officer, binh: Officer) -> None:
        rule = proposed(an)
        assert "Không có kết quả" in an.get("/quan-tri/tu-ngu?q=rước+dâu").text
        page = binh.get("/quan-tri/tu-ngu")
        assert "(1)" in page.all("badge-count")[0]
        page = binh.get(page.link("rước dâu"))
        assert "Người dân hay hỏi" in page.text and "câu hỏi mẫu" in page.text
        binh.send(page, to="duyet")
        assert "Đăng ký kết hôn" in binh.get("/quan-tri/tu-ngu?q=rước+dâu").text
        assert "Đăng ký kết hôn" in an.get("/thu-tuc?q=rước+dâu").text
        assert "Phan Hòa Bình" in an.get(address(rule)).text

    def test_the_proposer_is_offered_no_decision_and_is_refused_one(self, an: Officer, office: Flask) -> None:
        rule = proposed(an)
        page = an.get(address(rule))
        assert [form.get("action") for form in page.tree.xpath("//main//form")] == [f"{address(rule)}/rut-lai"]
        an.post(f"{address(rule)}/duyet", status=403)

    def test_a_friendly_name_stands_over_the_legal_name(self, an: Officer, binh: Officer) -> None:
        rule = proposed(an, "ten-thuong-goi", phrases="Về chung một nhà")
        binh.send(binh.get(address(rule)), to="duyet")
        page = an.get("/thu-tuc/1.000894")
        assert page.heading == "Về chung một nhà" and "Đăng ký kết hôn" in page.text
        assert "Về chung một nhà" in an.get("/thu-tuc?q=về+chung+một+nhà").text

    def test_a_pin_leads_and_only_officers_see_that_it_does(self, an: Officer, binh: Officer) -> None:
        rule = proposed(an, "ghim", phrases="khai sinh")
        binh.send(binh.get(address(rule)), to="duyet")
        shown = binh.get("/quan-tri/tu-ngu?q=khai+sinh")
        assert shown.all("pinned") == ["Được ghim"] and shown.text.index("kết hôn") < shown.text.index("1.001193")
        public = an.get("/thu-tuc?q=khai+sinh")
        assert (
            public.text.index("Đăng ký kết hôn") < public.text.index("Đăng ký khai sinh") and "ghim" not in public.text
        )

    def test_a_shipped_group_is_taken_out_and_used_again(self, an: Officer, binh: Officer) -> None:
        page = an.get("/quan-tri/tu-ngu/tu-dong-nghia?q=lấy+vợ")
        removal = an.get(page.link("Bỏ"))
        an.send(removal, {"reason": "Gây nhầm"})
        rule = db.session.scalars(select(WordRule)).one()
        binh.send(binh.get(address(rule)), {"override": "Đã cân nhắc"}, to="duyet")
        assert "0 trong" in an.get("/quan-tri/tu-ngu/tu-dong-nghia?q=lấy+vợ").text
        assert rule.replaces_shipped in an.get("/quan-tri/tu-ngu/tu-dong-nghia").text
        an.send(an.get(an.get("/quan-tri/tu-ngu/tu-dong-nghia").link("Đề nghị dùng lại")), {"reason": "Vẫn cần"})
        again = db.session.scalars(select(WordRule).order_by(WordRule.id.desc())).first()
        binh.send(binh.get(address(again)), to="duyet")
        assert "1 trong" in an.get("/quan-tri/tu-ngu/tu-dong-nghia?q=lấy+vợ").text

    def test_a_change_starts_from_what_holds(self, an: Officer, binh: Officer) -> None:
        rule = proposed(an)
        binh.send(binh.get(address(rule)), to="duyet")
        form = an.get(an.get("/quan-tri/tu-ngu/tu-dong-nghia?q=rước+dâu").link("Sửa"))
        assert form.tree.xpath("//textarea[@name='phrases']")[0].text.strip() == "rước dâu"
        an.send(form, {"phrases": "rước dâu\nđám hỏi", "reason": "Thêm cách nói"})
        new = db.session.scalars(select(WordRule).order_by(WordRule.id.desc())).first()
        assert (new.replaces_id, new.phrases) == (rule.id, ["rước dâu", "đám hỏi"])

    def test_a_rejection_is_told_with_its_reason(self, an: Officer, binh: Officer) -> None:
        rule = proposed(an)
        page = binh.send(binh.get(address(rule)), to="khong-duyet", status=422)
        assert page is not None and "Ghi lý do không duyệt" in page.text
        binh.send(page, {"note": "Chưa thấy ai hỏi"}, to="khong-duyet")
        assert "Chưa thấy ai hỏi" in an.get(address(rule)).text

    def test_the_proposer_takes_it_back(self, an: Officer) -> None:
        rule = proposed(an)
        an.send(an.get(address(rule)), to="rut-lai")
        assert "Không có đề nghị nào đang chờ" in an.get("/quan-tri/tu-ngu").text


class TestTheEffect:
    def test_a_fall_is_approved_with_a_reason_only(self, an: Officer, binh: Officer) -> None:
        rule = proposed(an, "ghim", phrases="đăng ký khai sinh")
        page = binh.get(address(rule))
        assert "chỉ duyệt khi có lý do" in page.text
        page = binh.send(page, to="duyet", status=422)
        assert page is not None and "nDCG giảm" in page.text
        binh.send(page, {"override": "Đã cân nhắc"}, to="duyet")
        assert "Đã cân nhắc" in an.get(address(rule)).text

    def test_questions_that_move_are_shown_with_both_places(self, an: Officer, binh: Officer) -> None:
        rule = proposed(an, "ghim", phrases="đăng ký khai sinh")
        page = binh.get(address(rule))
        assert "đăng ký khai sinh" in page.text and "kém hơn" in page.text

    def test_what_differs_from_the_page_seen_is_shown_again(self, an: Officer, binh: Officer) -> None:
        rule = proposed(an)
        page = binh.send(binh.get(address(rule)), {"seen": "khac"}, to="duyet", status=409)
        assert page is not None and "Số đo đã khác" in page.text

    def test_nothing_is_approved_while_the_index_is_away(
        self, an: Officer, binh: Officer, office: Flask, tmp_path
    ) -> None:
        rule = proposed(an, "ghim", phrases="đăng ký khai sinh")
        shown = binh.get(address(rule))
        office.extensions["search"] = WhooshBackend(tmp_path / "none")
        page = binh.send(shown, to="duyet", status=503)
        assert page is not None and "Chưa đo được thì chưa duyệt được" in page.text
        office.extensions["search"] = MemoryBackend()


class TestBadForms:
    @pytest.mark.parametrize(
        ("kind", "values", "sentence"),
        [
            ("tu-dong-nghia", {"reason": ""}, "Ghi lý do"),
            ("tu-dong-nghia", {"phrases": ""}, "ít nhất một cách nói"),
            ("tu-dong-nghia", {"last_day": "31/02/2027"}, "«31/02/2027» không có trong lịch"),
            ("tu-dong-nghia", {"last_day": "01/01/2020"}, "phải sau hôm nay"),
            ("tu-dong-nghia", {"phrases": "x" * 6000}, "dài 6000 ký tự"),
            ("ten-thuong-goi", {"keys": "9.999999"}, "«9.999999»"),
            ("ten-thuong-goi", {"keys": "1.000894 1.001193"}, "đúng một thủ tục"),
            ("ghim", {"phrases": "1.001193"}, "không ghim được"),
        ],
    )  # fmt: skip
    def test_each_is_told_in_a_sentence_and_keeps_what_was_typed(self, an: Officer, kind, values, sentence) -> None:
        given = {"phrases": "rước dâu", "reason": "Vì thế", "legal": "kết hôn", "keys": "1.000894"} | values
        page = an.send(an.get(f"{PROPOSE}/{kind}"), given, status=422)
        assert page is not None and sentence in page.text
        assert page.tree.xpath("//textarea[@name='reason']")[0].text.strip() == values.get("reason", "Vì thế")
        assert db.session.scalars(select(WordRule)).all() == []

    @pytest.mark.parametrize(
        "path",
        [
            f"{PROPOSE}/khac",
            f"{PROPOSE}/ghim?thay=9",
            f"{PROPOSE}/ghim?thay={9**30}",
            f"{PROPOSE}/ghim?thay=x",
            f"{PROPOSE}/tu-dong-nghia?nhom=gì",
            "/quan-tri/tu-ngu/9",
        ],
    )
    def test_what_is_not_there_is_not_found(self, an: Officer, path: str) -> None:
        an.get(path, status=404)

    def test_those_who_do_not_draft_do_not_propose(self, binh: Officer, admin: Officer) -> None:
        binh.get(f"{PROPOSE}/ghim", status=403)
        admin.get(f"{PROPOSE}/ghim", status=403)
        assert "Đề nghị từ đồng nghĩa" not in admin.get("/quan-tri/tu-ngu").text


class TestRunningOut:
    def test_what_has_run_out_stops_at_once_and_is_on_the_list(self, an: Officer, binh: Officer) -> None:
        rule = proposed(an, "ten-thuong-goi", phrases="Về chung một nhà")
        binh.send(binh.get(address(rule)), to="duyet")
        db.session.get_one(WordRule, rule.id).last_day = clock.today() - timedelta(days=1)
        db.session.commit()
        assert an.get("/thu-tuc/1.000894?x=1").heading == "Đăng ký kết hôn"
        assert found("chung một nhà") == ["1.000894"]
        an.get("/quan-tri/tu-ngu")
        assert found("chung một nhà") == []
        page = an.get("/quan-tri/tu-ngu")
        assert "vừa hết hạn" in page.text and "(1)" in page.all("badge-count")[0]
        assert "Hết hạn" in an.get(address(rule)).text

    def test_the_first_visitor_of_a_day_sees_to_the_index(self, an: Officer, binh: Officer, office: Flask) -> None:
        rule = proposed(an, "ten-thuong-goi", phrases="Về chung một nhà")
        binh.send(binh.get(address(rule)), to="duyet")
        db.session.get_one(WordRule, rule.id).last_day = clock.today() - timedelta(days=1)
        db.session.commit()
        office.extensions[expiry.KEY] = None
        an.client.get("/thu-tuc").close()
        assert found("chung một nhà") == []
        db.session.expire_all()
        assert db.session.get_one(WordRule, rule.id).state == "expired"


def found(text: str) -> list[str]:
    query = Query(text, clock.today())
    return [hit.code for hit in words.look_up(db.session(), search(), query, clock.today()).hits]


class TestQuestions:
    @pytest.fixture(autouse=True)
    def asked(self) -> None:
        """A question of this week that nobody could answer, and one that went well."""
        tallies = [(clock.today(), "nuôi chó", Tally(3, 3)), (clock.today(), "khai sinh", Tally(5, 0, 0, 4))]
        question_counts.write_down(db.session(), tallies, secret="khóa", shown_from=2)
        db.session.commit()

    def test_the_week_lists_what_went_badly_with_three_ways_out(self, an: Officer) -> None:
        page = an.get("/quan-tri/cau-hoi")
        assert "nuôi chó" in page.text and "Không có kết quả" in page.text and "khai sinh" not in page.text
        ways = [link for link in page.links if "cau=" in link.href]
        assert [link.text for link in ways] == ["Tên thường gọi", "Từ đồng nghĩa", "Còn thiếu nội dung"]
        form = an.get(ways[1].href)
        assert form.tree.xpath("//textarea[@name='phrases']")[0].text.strip() == "nuôi chó"

    def test_missing_content_is_given_to_a_person_who_says_what_became_of_it(self, an: Officer, dung: Officer) -> None:
        an.send(an.get("/quan-tri/noi-dung-thieu/ghi?cau=nuôi+chó"), {"note": "Chưa có thủ tục nào", "owner": "dung"})
        assert "(1)" in dung.get("/quan-tri/").all("badge-count")[0]
        page = dung.get("/quan-tri/noi-dung-thieu")
        assert "nuôi chó" in page.text
        dung.send(page, {"outcome": ""}, to="xong", status=422)
        dung.send(page, {"outcome": "Đã hỏi Sở Nông nghiệp"}, to="xong")
        assert "Đã hỏi Sở Nông nghiệp" in an.get("/quan-tri/noi-dung-thieu").text
        assert db.session.scalars(select(MissingContent)).one().done_at is not None

    def test_only_those_concerned_close_it(self, an: Officer, binh: Officer) -> None:
        an.send(an.get("/quan-tri/noi-dung-thieu/ghi?cau=nuôi+chó"), {"note": "Chưa có thủ tục nào"})
        missing = db.session.scalars(select(MissingContent)).one()
        binh.post(f"/quan-tri/noi-dung-thieu/{missing.id}/xong", {"outcome": "x"}, status=422)

    def test_the_list_is_taken_along_as_a_table(self, an: Officer) -> None:
        table = an.client.get("/quan-tri/cau-hoi.csv").get_data(as_text=True).splitlines()
        assert table[0].startswith("\ufeffTuần từ,Câu hỏi,Lượt hỏi")
        assert "nuôi chó,3,3,0,0,Không có kết quả" in table[1] and len(table) == 2

    @pytest.mark.parametrize(("week", "status"), [("2026-13-01", 400), ("x", 400), ("2020-01-01", 200)])
    def test_a_week_that_cannot_be_is_told(self, an: Officer, week: str, status: int) -> None:
        an.get(f"/quan-tri/cau-hoi?tuan={week}", status=status)
