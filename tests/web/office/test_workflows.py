"""Workflows of a draft in the office: added, filled in without script, measured, adopted, confirmed, reported."""

from __future__ import annotations

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import Workflow
from catalogue.services import publication
from decisions.workflow import Counting
from tests.catalogue.cast import amended, introduced
from tests.web.office.conftest import Officer, stored
from tests.web.office.drafts import account, brought, drafted

NEW = introduced("1.014391", "Cấp giấy phép hoạt động", "10 ngày làm việc", level="province")


def area(number: int) -> str:
    return f"/quan-tri/quyet-dinh/{number}/quy-trinh"


def added(an: Officer, number: int, **values) -> str:
    """The address of a new workflow of the draft."""
    page = an.get(f"{area(number)}/moi")
    an.send(page, {"code_printed": "1.014391", "level": "province", **values})
    return an.answer.location


def row(number: int, **values) -> dict[str, str]:
    return {f"steps-{number}-{name}": text for name, text in values.items()}


def fill(an: Officer, address: str, *times: str) -> None:
    """Steps one after another, added by the button of the page and saved."""
    page = an.get(address)
    for _ in times:
        page = an.send(page, {"lam": "them:steps"}, status=200)
    values = {"lam": "luu", "symbol": "QT.NV.01"}
    for number, time in enumerate(times):
        values |= row(number, label=f"B{number + 1}", text=f"Việc thứ {number + 1}", role="Chuyên viên", time=time)
    an.send(page, values)


def carried(number: int) -> None:
    session, now = db.session(), clock.now()
    decision = stored(number)
    publication.submit(session, decision, actor=account("an"), now=now)
    publication.review(session, decision, actor=account("binh"), now=now)
    seen = publication.rehearse(session, decision, now).fingerprint
    publication.approve(session, decision, seen=seen, actor=account("chi"), now=now)
    publication.issue(session, decision, actor=account("an"), now=now)
    session.commit()


class TestTheEditor:
    def test_a_workflow_is_filled_in_without_script_and_its_times_are_read(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        address = added(an, number)
        fill(an, address, "0,5 ngày", "04 giờ", "giờ hành chính")
        value = stored(number).workflow_lines[0].value
        assert [(s.key, s.time.hours, s.time.counting) for s in value.steps][:2] == [
            ("b1", 4, Counting.COUNTED), ("b2", 4, Counting.COUNTED)]  # fmt: skip
        assert "4 giờ = 0,5 ngày" in an.get(address).text

    def test_steps_change_places_and_leave_and_what_was_typed_stays(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        address = added(an, number)
        fill(an, address, "1 ngày", "2 ngày", "3 ngày")
        page = an.get(address)
        page = an.send(page, {"lam": "len:steps-2", "steps-0-note": "chưa lưu"}, status=200)
        page = an.send(page, {"lam": "bo:steps-2"}, status=200)
        an.send(page, {"lam": "luu"})
        value = stored(number).workflow_lines[0].value
        assert [(s.key, s.time.text, s.note) for s in value.steps] == [
            ("b1", "1 ngày", "chưa lưu"), ("b3", "3 ngày", "")]  # fmt: skip

    def test_ways_are_written_in_words_and_a_wrong_one_is_named_at_its_step(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        address = added(an, number)
        fill(an, address, "1 ngày", "2 ngày", "3 ngày")
        page = an.get(address)
        shown = an.send(page, {"lam": "luu", "steps-1-ways": "B9: chưa đạt"}, status=422)
        assert any("không có bước «B9»" in words for words in shown.all("error"))
        an.send(shown, {"lam": "luu", "steps-1-ways": "B3: đạt\ntrả lại B1: chưa đạt"})
        routes = stored(number).workflow_lines[0].value.steps[1].routes
        assert [(r.to, r.condition, r.returns) for r in routes] == [("b3", "đạt", False), ("b1", "chưa đạt", True)]

    def test_two_people_never_lose_a_text(self, an: Officer, officer) -> None:
        number = drafted(lines=(NEW,))
        address = added(an, number)
        fill(an, address, "1 ngày")
        giang = officer("giang")
        mine, theirs = an.get(address), giang.get(address)
        giang.send(theirs, {"lam": "luu", "steps-0-text": "Chữ của Giang"})
        shown = an.send(mine, {"lam": "luu", "steps-0-text": "Chữ của An"}, status=409)
        assert "Chữ của An" in shown.source and stored(number).workflow_lines[0].value.steps[0].text == "Chữ của Giang"

    def test_a_reader_may_look_and_not_touch(self, an: Officer, binh: Officer) -> None:
        number = drafted(lines=(NEW,))
        address = added(an, number)
        binh.get(address, status=403)
        assert "Quy trình (1)" in binh.get(area(number)).text


class TestTheWayToIssue:
    def test_what_does_not_fit_is_told_at_the_workflow_and_in_the_rehearsal(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        fill(an, added(an, number), "0,5 ngày", "9 ngày", "2 ngày", "0,5 ngày")
        for address in (area(number), f"/quan-tri/quyet-dinh/{number}/chay-thu"):
            assert "12,0 > 10, thừa 2,0" in an.get(address).text, address

    def test_it_is_adopted_reported_confirmed(self, an: Officer, binh: Officer) -> None:
        number = drafted(lines=(NEW,))
        fill(an, added(an, number), "0,5 ngày", "4 ngày")
        carried(number)
        report = an.get("/quan-tri/quy-trinh?thieu=dien-tu")
        assert "1.014391" in report.text and "Chưa có quy trình nội bộ (0)" in report.text
        assert "1.014391" in an.file("/quan-tri/quy-trinh.csv").text
        shorter = amended("1.014391", "Cấp giấy phép hoạt động", "05 ngày làm việc", level="province")
        brought("issued", number="102/QĐ-UBND", lines=(shorter,))
        assert "Quy trình cần rà soát (1)" in an.get("/quan-tri/quy-trinh").text
        workflow = db.session.query(Workflow).one().id
        page = binh.get(f"/quan-tri/quy-trinh/{workflow}")
        binh.send(page, {"reason": ""}, to="xac-nhan", status=422)
        binh.send(page, {"reason": "Các bước vẫn đủ trong 5 ngày"}, to="xac-nhan")
        assert "Đã xác nhận còn phù hợp" in binh.get(f"/quan-tri/quy-trinh/{workflow}").text
        assert "Quy trình cần rà soát (0)" in an.get("/quan-tri/quy-trinh").text

    def test_who_signs_sees_every_step_and_where_it_will_apply(self, an: Officer, chi: Officer) -> None:
        number = drafted(lines=(NEW,))
        fill(an, added(an, number), "0,5 ngày", "4 ngày")
        page = chi.get(f"/quan-tri/quyet-dinh/{number}/chay-thu")
        assert f"Áp dụng cho 1.014391, cấp tỉnh từ {clock.today():%d/%m/%Y}." in page.text
        assert "Việc thứ 2" in page.text and "chỉ dùng trong nội bộ" in page.text

    def test_an_amendment_starts_from_the_workflow_in_force(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        fill(an, added(an, number), "0,5 ngày", "4 ngày")
        carried(number)
        again = drafted("103/QĐ-UBND", lines=())
        added(an, again)
        assert [s.time.text for s in stored(again).workflow_lines[0].value.steps] == ["0,5 ngày", "4 ngày"]

    def test_an_ended_workflow_is_chosen_by_a_person(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        fill(an, added(an, number), "0,5 ngày")
        carried(number)
        again = drafted("104/QĐ-UBND", lines=())
        address = added(an, again, action="expired", expires_text="QT.NV.01")
        page = an.get(address)
        an.send(page, {"workflow": "", "reason": ""}, status=422)
        an.send(page, {"workflow": str(db.session.query(Workflow).one().id)})
        carried(again)
        assert "Hôm nay quy trình này không áp dụng" in an.get(
            f"/quan-tri/quy-trinh/{db.session.query(Workflow).one().id}").text  # fmt: skip

    def test_an_ended_workflow_is_offered_by_its_symbol_or_decision_where_no_procedure_is_printed(self, an) -> None:
        number = drafted(lines=(NEW,))
        fill(an, added(an, number), "0,5 ngày")
        carried(number)
        again = drafted("104/QĐ-UBND", lines=())
        issued = stored(number).number
        for words in ("Quy trình qt.nv.01", f"Quy trình nội bộ có số thứ tự 12 Phụ lục II của {issued}"):
            address = added(an, again, code_printed="", action="expired", expires_text=words)
            assert issued in an.get(address).text
        address = added(an, again, code_printed="", action="expired", expires_text="QT.KHÁC của 9/QĐ-UBND")
        assert "chưa có quy trình nào" in an.get(address).text

    def test_a_row_about_nothing_is_refused_with_a_sentence(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        page = an.send(an.get(f"{area(number)}/moi"), {"level": "province"}, status=422)
        assert any("Ghi mã thủ tục hoặc tên thủ tục" in words for words in page.all("error"))

    def test_a_workflow_is_taken_out_with_a_reason(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        address = added(an, number)
        an.send(an.get(f"{address}/bo"), {"reason": "ghi nhầm thủ tục"})
        assert stored(number).workflow_lines == []
        assert "Bỏ quy trình" in an.get(f"/quan-tri/quyet-dinh/{number}/nhat-ky").text

    def test_citizens_see_it_only_when_the_decision_says_so(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        fill(an, added(an, number), "0,5 ngày")
        an.send(an.get(area(number)), to="cong-khai")
        carried(number)
        assert "Việc thứ 1" in an.get("/thu-tuc/1.014391/quy-trinh").text


class TestBadInput:
    def test_a_button_nobody_made_and_a_row_that_is_not_there_are_refused(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        address = added(an, number)
        an.send(an.get(address), {"lam": "bo:steps-7"}, status=400)
        an.send(an.get(address), {"lam": "nổ:steps"}, status=400)

    def test_three_hundred_steps_are_kept_and_one_more_is_refused_in_words(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        address = added(an, number)
        many = {name: text for at in range(300) for name, text in row(at, text=f"Việc {at}", role="Chuyên viên",
                time="01 giờ").items()}  # fmt: skip
        kinds = {name: text for at in range(300) for name, text in row(at, kind="task", branching="one").items()}
        an.send(an.get(address), {"lam": "luu", **many, **kinds})
        assert len(stored(number).workflow_lines[0].value.steps) == 300
        an.send(an.get(address), {"lam": "them:steps"}, status=422)

    def test_a_workflow_of_another_decision_is_not_found(self, an: Officer) -> None:
        number, other = drafted(lines=(NEW,)), drafted("105/QĐ-UBND", lines=())
        address = added(an, number)
        an.get(address.replace(f"/{number}/", f"/{other}/"), status=404)
