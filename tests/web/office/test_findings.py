"""What stands between a file and its submission: warnings, rows that were not understood, acts on earlier decisions."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from catalogue.extensions import db
from catalogue.models import ActRow, DecisionAct, Leftover
from tests.web.office.conftest import Officer, stored
from tests.web.office.drafts import BIRTH, brought, drafted

OFFICE = "/quan-tri/quyet-dinh"


class TestWarnings:
    def doubtful(self) -> int:
        brought("issued", number="1/QĐ-UBND")
        return drafted("2/QĐ-UBND")  # introduces what is in force already

    def test_several_are_confirmed_with_one_reason(self, an: Officer) -> None:
        number = self.doubtful()
        page = an.get(f"{OFFICE}/{number}")
        keys = page.tree.xpath("//input[@name='van-de']/@value")
        assert len(keys) == 1
        an.send(page, {"van-de": keys, "ly-do": "Văn bản ghi đúng như vậy"}, to="xac-nhan")
        assert {entry["reason"] for entry in stored(number).confirmed.values()} == {"Văn bản ghi đúng như vậy"}
        assert "Không còn vướng mắc" in an.get(f"{OFFICE}/{number}").text
        history = an.get(f"{OFFICE}/{number}/nhat-ky").text
        assert "Xác nhận cảnh báo: thủ tục đang có hiệu lực trước đó, dòng 1" in history

    def test_a_confirmed_one_stays_readable_at_its_row(self, an: Officer) -> None:
        number = self.doubtful()
        page = an.get(f"{OFFICE}/{number}/cac-dong")
        an.send(page, {"ly-do": "Đã đối chiếu"}, to="xac-nhan")
        assert "Đã xác nhận (Lê Thu An: Đã đối chiếu)" in an.get(f"{OFFICE}/{number}/cac-dong").text

    def test_without_a_reason_nothing_is_confirmed(self, an: Officer) -> None:
        number = self.doubtful()
        page = an.get(f"{OFFICE}/{number}")
        an.send(page, {"van-de": page.tree.xpath("//input[@name='van-de']/@value")}, to="xac-nhan")
        assert stored(number).confirmed == {}
        assert "ghi lý do" in an.get(f"{OFFICE}/{number}").band

    def test_what_must_be_mended_cannot_be_confirmed(self, an: Officer) -> None:
        number = drafted("")
        an.post(f"{OFFICE}/{number}/xac-nhan", {"van-de": "number_missing::e3b0c44298fc", "ly-do": "x"}, status=303)
        assert stored(number).confirmed == {}


class TestLeftovers:
    @pytest.fixture
    def number(self, an: Officer) -> int:
        number = drafted()
        place = "Phụ lục I, bảng 1, dòng 9"
        db.session.add(Leftover(decision_id=number, text="Đăng ký khai tử, trong ngày", place=place))
        db.session.commit()
        return number

    def test_it_stands_in_the_way_until_somebody_deals_with_it(self, an: Officer, number: int) -> None:
        assert an.get(f"{OFFICE}/{number}/trinh").tree.xpath("//main//form") == []
        row = stored(number).leftovers[0].id
        page = an.get(f"{OFFICE}/{number}")
        an.send(page, {"cach": "note", "ly-do": "Câu ghi chú dưới bảng"}, to=f"chua-giai-thich/{row}")
        assert "Câu ghi chú dưới bảng" in an.get(f"{OFFICE}/{number}").text
        assert an.get(f"{OFFICE}/{number}/trinh").tree.xpath("//main//form") != []

    def test_it_needs_a_reason(self, an: Officer, number: int) -> None:
        row = stored(number).leftovers[0].id
        an.send(an.get(f"{OFFICE}/{number}"), {"cach": "ignored", "ly-do": " "}, to=f"chua-giai-thich/{row}")
        assert stored(number).leftovers[0].handling == ""
        assert "ghi lý do" in an.get(f"{OFFICE}/{number}").band

    def test_it_can_become_a_line(self, an: Officer, number: int) -> None:
        row = stored(number).leftovers[0].id
        page = an.get(f"{OFFICE}/{number}/cac-dong/moi?tu={row}")
        assert "Đăng ký khai tử, trong ngày" in page.source
        an.send(page, {"name": "Đăng ký khai tử", "kind": "introduced", "level": "commune"})
        decision = stored(number)
        assert (decision.leftovers[0].handling, decision.lines[1].name) == ("line", "Đăng ký khai tử")
        assert decision.lines[1].place == "Phụ lục I, bảng 1, dòng 9"

    def test_one_of_another_decision_is_not_found(self, an: Officer, number: int) -> None:
        other = drafted("2/QĐ-UBND")
        row = stored(number).leftovers[0].id
        an.post(f"{OFFICE}/{other}/chua-giai-thich/{row}", {"cach": "note", "ly-do": "x"}, status=404)
        an.get(f"{OFFICE}/{other}/cac-dong/moi?tu={row}", status=404)


class TestActs:
    @pytest.fixture
    def number(self, an: Officer) -> int:
        """A draft that abolishes row 1 of 1/QĐ-UBND by its printed serial number; nobody knows which decision yet."""
        brought("issued", number="1/QĐ-UBND")
        number = drafted("2/QĐ-UBND", lines=())
        words = {"target_text": "1/QĐ-UBND", "serials": "số thứ tự 7",
                 "sentence": "Bãi bỏ thủ tục số thứ tự 7 kèm theo Quyết định số 1/QĐ-UBND"}  # fmt: skip
        db.session.add(DecisionAct(decision_id=number, kind="abolished", **words))
        db.session.commit()
        return number

    @staticmethod
    def act(number: int) -> DecisionAct:
        db.session.expire_all()
        return db.session.scalars(select(DecisionAct).where(DecisionAct.decision_id == number)).one()

    def test_the_overview_says_what_the_count_of_obstacles_is_made_of(self, an: Officer, number: int) -> None:
        page = an.get(f"{OFFICE}/{number}")
        assert page.link("1 tác động lên quyết định trước đang chờ người xem.") == "#tac-dong"

    def test_a_person_names_the_decision_and_the_rows(self, an: Officer, number: int) -> None:
        address = f"{OFFICE}/{number}/tac-dong/{self.act(number).id}"
        an.send(an.get(address), {"number": "1/QĐ-UBND"}, to="quyet-dinh-bi-tac-dong")
        page = an.get(address)
        assert "Đăng ký khai sinh" in page.text and "Chưa khớp" in page.text
        rows = page.tree.xpath("//input[@name='dong']/@value")
        an.send(page, {"dong": rows}, to=address)
        act = self.act(number)
        assert act.confirmed_at is not None and [row.line_id for row in act.rows] == [int(row) for row in rows]
        assert "Phiên bản 1 " in an.get(f"{OFFICE}/{number}/chay-thu").text

    def test_an_unknown_decision_is_said_in_a_sentence(self, an: Officer, number: int) -> None:
        page = an.get(f"{OFFICE}/{number}/tac-dong/{self.act(number).id}")
        refused = an.send(page, {"number": "999/QĐ-UBND"}, to="quyet-dinh-bi-tac-dong", status=422)
        assert refused is not None and "999/QĐ-UBND" in refused.all("error")[0]

    def test_a_sentence_that_touches_nothing_here_needs_a_reason(self, an: Officer, number: int) -> None:
        address = f"{OFFICE}/{number}/tac-dong/{self.act(number).id}"
        refused = an.send(an.get(address), {"viec": "khong-tac-dong"}, to=address, status=422)
        assert refused is not None
        an.send(refused, {"viec": "khong-tac-dong", "dismissed": "Quyết định của tỉnh khác"}, to=address)
        assert self.act(number).dismissed == "Quyết định của tỉnh khác"

    def test_rows_of_a_third_decision_are_refused(self, an: Officer, number: int) -> None:
        third = brought("issued", number="3/QĐ-UBND", lines=(BIRTH,))
        address = f"{OFFICE}/{number}/tac-dong/{self.act(number).id}"
        an.send(an.get(address), {"number": "1/QĐ-UBND"}, to="quyet-dinh-bi-tac-dong")
        refused = an.send(an.get(address), {"dong": str(stored(third).lines[0].id)}, to=address, status=409)
        assert refused is not None and "không thuộc quyết định" in refused.text
        assert db.session.scalars(select(ActRow)).all() == []
