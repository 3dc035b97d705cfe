"""The three steps on screen: three different people, an approval bound to what was shown (story S7)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from catalogue.extensions import db
from catalogue.models import AuditEntry, Validity
from tests.catalogue.cast import amended
from tests.web.office.conftest import Officer, stored
from tests.web.office.drafts import account, brought, drafted

OFFICE = "/quan-tri/quyet-dinh"


def recorded(action: str) -> int:
    return db.session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.action == action)) or 0


class TestTheWay:
    def test_three_people_carry_it_and_citizens_find_it_at_once(self, an: Officer, binh: Officer, chi: Officer) -> None:
        number = drafted()
        an.send(an.get(f"{OFFICE}/{number}/trinh"))
        binh.send(binh.get(f"{OFFICE}/{number}/kiem-soat"), {"note": "Đúng mẫu, đủ căn cứ"})
        chi.send(chi.get(f"{OFFICE}/{number}/phe-duyet"))
        chi.send(chi.get(f"{OFFICE}/{number}/ban-hanh"))
        assert stored(number).status == "issued"
        assert "Đăng ký khai sinh" in an.get("/thu-tuc?q=khai+sinh").text
        assert "Xem trang công khai" in an.get(f"{OFFICE}/{number}").text
        history = an.get(f"{OFFICE}/{number}/nhat-ky").text
        assert all(name in history for name in ("Lê Thu An", "Phan Hòa Bình", "Đặng Kim Chi", "Đúng mẫu, đủ căn cứ"))

    def test_each_page_says_who_comes_next(self, an: Officer, binh: Officer) -> None:
        number = drafted()
        assert "Phan Hòa Bình" in an.get(f"{OFFICE}/{number}/trinh").text
        an.send(an.get(f"{OFFICE}/{number}/trinh"))
        assert "Đặng Kim Chi" in binh.get(f"{OFFICE}/{number}/kiem-soat").text

    def test_problems_stand_in_the_way_with_their_sentences(self, an: Officer) -> None:
        number = drafted("")
        page = an.get(f"{OFFICE}/{number}/trinh")
        assert "Quyết định chưa có số và ký hiệu" in page.text
        assert page.tree.xpath("//main//form") == []
        an.post(f"{OFFICE}/{number}/trinh", status=409)
        assert stored(number).status == "draft"

    def test_each_step_is_recorded_once(self, an: Officer, binh: Officer) -> None:
        number = drafted()
        page = an.get(f"{OFFICE}/{number}/trinh")
        an.send(page)
        an.send(page, status=409)
        assert recorded("decision_submitted") == 1


class TestThreeDifferentPeople:
    """S7 over HTTP: no role, no role change of the same day, no administrator opens a way."""

    def test_the_drafter_may_neither_review_nor_approve(self, an: Officer) -> None:
        number = brought("submitted")
        an.get(f"{OFFICE}/{number}/kiem-soat", status=403)
        an.post(f"{OFFICE}/{number}/kiem-soat", status=403)
        an.post(f"{OFFICE}/{number}/phe-duyet", status=403)
        assert stored(number).status == "submitted"

    def test_a_role_given_the_same_day_changes_nothing(self, an: Officer) -> None:
        number = brought("submitted")
        account("an").roles = "drafter,reviewer,approver,admin"
        db.session.commit()
        page = an.get(f"{OFFICE}/{number}/kiem-soat", status=403)
        assert "ba người khác nhau" in page.text
        an.post(f"{OFFICE}/{number}/kiem-soat", status=403)
        assert stored(number).status == "submitted"

    def test_the_reviewer_may_not_approve(self, binh: Officer) -> None:
        number = brought("reviewed")
        account("binh").roles = "reviewer,approver"
        db.session.commit()
        page = binh.get(f"{OFFICE}/{number}/phe-duyet", status=403)
        assert "bạn đã kiểm soát" in page.text
        binh.post(f"{OFFICE}/{number}/phe-duyet", {"seen": stored(number).approved_plan}, status=403)

    def test_the_administrator_has_no_way_around(self, admin: Officer) -> None:
        number = brought("submitted")
        for step in ("trinh", "kiem-soat", "phe-duyet", "ban-hanh", "tra-lai", "huy", "dau-quyet-dinh"):
            admin.get(f"{OFFICE}/{number}/{step}", status=403)
            admin.post(f"{OFFICE}/{number}/{step}", status=403)
        assert stored(number).status == "submitted"

    def test_dung_of_another_agency_does_not_find_it(self, dung: Officer) -> None:
        dung.get(f"{OFFICE}/{brought('reviewed')}/ban-hanh", status=404)


class TestApprovalIsBound:
    def test_one_changed_character_voids_it_and_tells_all_three(
        self, an: Officer, binh: Officer, chi: Officer
    ) -> None:
        number = brought("approved")
        page = an.get(f"{OFFICE}/{number}/cac-dong")
        assert "các bước đó phải làm lại" in page.text
        line = stored(number).lines[0]
        an.send(page, {"name": line.name + "."}, to=f"cac-dong/{line.id}")
        decision = stored(number)
        assert (decision.status, decision.approved_plan, decision.approver_id) == ("draft", "", None)
        for person in (binh, chi):
            assert "Bước bạn đã làm không còn giá trị" in person.get("/quan-tri/").text
        assert "Lê Thu An đã sửa sau khi trình" in an.get("/quan-tri/").text
        assert "Đã báo: Lê Thu An, Phan Hòa Bình, Đặng Kim Chi." in chi.get(f"{OFFICE}/{number}/nhat-ky").text
        chi.post(f"{OFFICE}/{number}/ban-hanh", status=409)

    def test_a_stale_plan_is_shown_afresh(self, chi: Officer) -> None:
        number = brought("reviewed")
        page = chi.get(f"{OFFICE}/{number}/phe-duyet")
        stored(number).lines[0].fields = {"time": "09 ngày làm việc", "place": "Trung tâm Phục vụ hành chính công"}
        db.session.commit()
        again = chi.send(page, status=409)
        assert again is not None and "09 ngày làm việc" in again.text and "khác với bản bạn vừa xem" in again.text
        assert stored(number).status == "reviewed"
        chi.send(again)
        assert stored(number).status == "approved"

    def test_what_moved_after_approval_is_not_issued(self, chi: Officer) -> None:
        number = brought("approved")
        stored(number).lines[0].fields = {"time": "09 ngày làm việc", "place": "Trung tâm Phục vụ hành chính công"}
        db.session.commit()
        page = chi.get(f"{OFFICE}/{number}/ban-hanh")
        assert "khác với bản" in page.text
        chi.send(page, status=409)
        assert stored(number).status == "approved" and db.session.scalar(select(func.count(Validity.id))) == 0


class TestReturning:
    def test_the_drafter_reads_what_to_mend(self, an: Officer, binh: Officer) -> None:
        number = brought("submitted")
        binh.send(binh.get(f"{OFFICE}/{number}/tra-lai"), {"note": "Bổ sung căn cứ pháp lý ở dòng 1"})
        assert stored(number).status == "draft"
        assert "Bổ sung căn cứ pháp lý ở dòng 1" in an.get("/quan-tri/").text
        assert "Bổ sung căn cứ pháp lý ở dòng 1" in an.get(f"{OFFICE}/{number}").text

    def test_it_needs_a_reason(self, binh: Officer) -> None:
        number = brought("submitted")
        binh.send(binh.get(f"{OFFICE}/{number}/tra-lai"), status=422)
        assert stored(number).status == "submitted"

    def test_a_draft_cannot_be_returned(self, binh: Officer) -> None:
        page = binh.get(f"{OFFICE}/{drafted()}/tra-lai", status=409)
        assert "chưa thể trả lại" in page.text


class TestTheReport:
    def test_it_tells_totals_then_before_and_after(self, an: Officer) -> None:
        brought("issued", number="1/QĐ-UBND")
        number = drafted("2/QĐ-UBND", lines=(amended("1.001193", "Đăng ký khai sinh", "02 ngày làm việc"),))
        text = an.get(f"{OFFICE}/{number}/chay-thu").text
        assert "Quyết định này sẽ mở 1 phiên bản, đóng 1 phiên bản" in text or "không còn áp dụng ngày nào" in text
        assert "giảm 3 ngày làm việc (còn 2 ngày làm việc)" in text
        assert "Giấy tờ, thời gian, tiền và số lần đi lại trước và sau quyết định này" in text

    def test_looking_changes_nothing(self, an: Officer, chi: Officer) -> None:
        number = brought("reviewed")
        before = stored(number).lock_version, recorded("decision_approved")
        for page in ("chay-thu", "cac-dong", "nhat-ky", ""):
            an.get(f"{OFFICE}/{number}/{page}".rstrip("/"))
        chi.get(f"{OFFICE}/{number}/phe-duyet")
        assert (stored(number).lock_version, recorded("decision_approved")) == before


@pytest.mark.parametrize("step", ["trinh", "kiem-soat", "phe-duyet", "ban-hanh", "tra-lai", "chay-thu", "nhat-ky"])
def test_an_unknown_number_is_not_found(an: Officer, step: str) -> None:
    account("an").roles = "drafter,reviewer,approver,admin"
    db.session.commit()
    an.get(f"{OFFICE}/4711/{step}", status=404)
