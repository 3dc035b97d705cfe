"""The to-do list by the legal clock, and the calendar it counts with (story S12)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import AuditEntry, DecisionLine, HolidayEntry
from catalogue.services.drafting import LineInput
from catalogue.web.office.labels import days_left
from decisions.working_days import DEFAULT_HOLIDAYS, Calendar
from tests.web.office.conftest import Officer, stored
from tests.web.office.drafts import brought, drafted

FRIDAY = date(2026, 4, 24)


class TestWhoIsTold:
    def test_everybody_sees_their_own_step(self, an: Officer, binh: Officer, chi: Officer) -> None:
        drafted("1/QĐ-UBND")
        brought("submitted", number="2/QĐ-UBND")
        brought("reviewed", number="3/QĐ-UBND")
        for person, words in ((an, "Soạn tiếp và trình Quyết định 1/"), (binh, "Kiểm soát Quyết định 2/"),
                              (chi, "Phê duyệt Quyết định 3/")):  # fmt: skip
            assert any(words in section for section in self.mine(person))

    def test_the_most_urgent_comes_first(self, an: Officer) -> None:
        drafted("8/QĐ-UBND", signed_on=clock.today())
        drafted("9/QĐ-UBND", signed_on=clock.today() - timedelta(days=30))
        text = " ".join(self.mine(an))
        assert text.index("9/QĐ-UBND") < text.index("8/QĐ-UBND")

    def test_an_issued_one_waits_for_the_national_database(self, an: Officer) -> None:
        number = brought("issued")
        assert any("Cơ sở dữ liệu quốc gia" in words for words in self.mine(an))
        page = an.get(f"/quan-tri/quyet-dinh/{number}/cong-khai-quoc-gia")
        an.send(page, {"on": f"{clock.today():%d/%m/%Y}"})
        assert not any("Cơ sở dữ liệu quốc gia" in words for words in self.mine(an))
        assert "trong hạn" in an.get(f"/quan-tri/quyet-dinh/{number}").text

    def test_an_empty_list_says_so(self, an: Officer) -> None:
        assert "Không có việc nào đang chờ bạn." in an.get("/quan-tri/").text

    @staticmethod
    def mine(person: Officer) -> list[str]:
        return person.get("/quan-tri/").all("sheet")[:1]


class TestTheClock:
    """S12: signed on Friday 24/4/2026, the last day is 06/5/2026; the 7th counts late; the calendar recalculates."""

    @pytest.fixture
    def issued(self, an: Officer) -> int:
        return brought("issued", signed_on=FRIDAY)

    def test_the_last_day_in_time(self, an: Officer, issued: int) -> None:
        address = f"/quan-tri/quyet-dinh/{issued}/cong-khai-quoc-gia"
        assert "Hạn công khai 06/05/2026" in an.get(address).text
        an.send(an.get(address), {"on": "06/05/2026"})
        assert "trong hạn 06/05/2026" in an.get(address).text

    def test_a_day_later_is_late_and_recorded_so(self, an: Officer, issued: int) -> None:
        an.send(an.get(f"/quan-tri/quyet-dinh/{issued}/cong-khai-quoc-gia"), {"on": "07/05/2026"})
        assert "muộn so với hạn 06/05/2026" in an.get(f"/quan-tri/quyet-dinh/{issued}").text
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "db_entry_recorded")).one()
        assert (entry.detail["late"], entry.detail["due"]) == (True, "2026-05-06")

    def test_a_changed_calendar_recalculates_and_is_logged(self, an: Officer, admin: Officer, issued: int) -> None:
        values = {"day": "06/05/2026", "kind": "holiday", "name": "Nghỉ của tỉnh", "source": "Công văn số 12/UBND-VX"}
        admin.send(admin.get("/quan-tri/lich-nghi"), values, to="lich-nghi")
        assert "Hạn công khai 07/05/2026" in an.get(f"/quan-tri/quyet-dinh/{issued}/cong-khai-quoc-gia").text
        shown = admin.get("/quan-tri/lich-nghi").text
        assert "06/05/2026: loại từ «(để trống)» thành «Nghỉ lễ, tết»" in shown and "Tạ Minh Khôi" in shown

    @pytest.mark.parametrize("day", ["31/02/2026", "01/01/2126", "23/04/2026", ""])
    def test_a_day_that_cannot_be_is_refused(self, an: Officer, issued: int, day: str) -> None:
        page = an.send(an.get(f"/quan-tri/quyet-dinh/{issued}/cong-khai-quoc-gia"), {"on": day}, status=422)
        assert page is not None and len(page.all("error")) == 1
        assert stored(issued).db_entered_on is None

    def test_days_are_said_in_words(self) -> None:
        calendar = Calendar(DEFAULT_HOLIDAYS)
        told = [days_left(date(2026, 5, 6), date(2026, 5, day), calendar) for day in (4, 6, 8)]
        assert told == ["còn 2 ngày làm việc", "hết hạn hôm nay", "quá hạn 2 ngày làm việc"]


class TestTheCalendar:
    def test_only_the_administrator_changes_it(self, an: Officer, admin: Officer) -> None:
        assert an.get("/quan-tri/lich-nghi").tree.xpath("//main//form") == []
        an.post("/quan-tri/lich-nghi", {"day": "06/05/2026", "kind": "holiday", "source": "x"}, status=403)
        an.post("/quan-tri/lich-nghi/bo", {"ngay": "2026-11-24"}, status=403)
        admin.post("/quan-tri/lich-nghi/bo", {"ngay": "2026-11-24"}, status=303)
        assert db.session.get(HolidayEntry, date(2026, 11, 24)) is None

    def test_a_day_without_its_source_is_not_taken(self, admin: Officer) -> None:
        page = admin.send(admin.get("/quan-tri/lich-nghi"), {"day": "06/05/2026"}, to="lich-nghi", status=422)
        assert page is not None and "Ghi văn bản hoặc thông báo" in page.text

    @pytest.mark.parametrize("day", ["x", "2026-02-31", "2031-01-01", ""])
    def test_an_unknown_day_is_not_found(self, admin: Officer, day: str) -> None:
        admin.post("/quan-tri/lich-nghi/bo", {"ngay": day}, status=404)


class TestWaitingRows:
    LINE = LineInput(kind="introduced", name="Đăng ký giám hộ", code_printed="1.004837", level="commune",
                     basis="Luật Hộ tịch", effect_type="unresolved", effect_text="từ ngày luật mới có hiệu lực",
                     fields={"time": "02 ngày", "place": "Cấp xã"})  # fmt: skip

    def test_a_second_person_gives_the_day(self, an: Officer, binh: Officer) -> None:
        number = brought("issued", lines=(self.LINE,))
        assert "Xác định ngày có hiệu lực của 1 dòng" in binh.get("/quan-tri/").text
        line = db.session.scalars(select(DecisionLine).where(DecisionLine.decision_id == number)).one().id
        address = f"/quan-tri/quyet-dinh/{number}/cac-dong/{line}/hieu-luc"
        an.send(an.get(address), {"on": "01/03/2026", "evidence": "Luật số 5"}, status=403)
        binh.send(binh.get(address), {"on": "01/03/2026", "evidence": "Điều 60 Luật số 5"})
        assert "Đăng ký giám hộ" in binh.get("/thu-tuc?q=giam+ho").text
        assert "Điều 60 Luật số 5" in binh.get(f"/quan-tri/quyet-dinh/{number}/nhat-ky").text

    def test_it_needs_day_and_evidence(self, binh: Officer) -> None:
        number = brought("issued", lines=(self.LINE,))
        line = db.session.scalars(select(DecisionLine).where(DecisionLine.decision_id == number)).one().id
        page = binh.get(f"/quan-tri/quyet-dinh/{number}/cac-dong/{line}/hieu-luc")
        refused = binh.send(page, status=422)
        assert refused is not None and len(refused.all("error")) == 2
