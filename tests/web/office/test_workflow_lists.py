"""Where officers find workflows: in the to-do list, among those in force, at the decision that adopted them."""

from __future__ import annotations

from datetime import timedelta

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import Workflow
from catalogue.services import electronic
from tests.catalogue.cast import amended, introduced
from tests.web.office.conftest import Officer
from tests.web.office.drafts import account, brought, drafted
from tests.web.office.test_workflows import added, area, carried, fill

NEW = introduced("1.014391", "Cấp giấy phép hoạt động", "10 ngày làm việc", level="province")


def adopted(an: Officer, number: str = "101/QĐ-UBND") -> Workflow:
    """A procedure and its workflow, adopted by one decision."""
    draft = drafted(number, lines=(NEW,))
    fill(an, added(an, draft), "0,5 ngày", "4 ngày")
    carried(draft)
    return db.session.query(Workflow).one()


class TestTheToDoList:
    def test_it_says_how_many_procedures_wait_for_a_workflow_after_five_days(self, an: Officer) -> None:
        brought("issued", number="101/QĐ-UBND", lines=(NEW,), signed_on=clock.today() - timedelta(days=5))
        assert "chưa có quy trình nội bộ" not in an.get("/quan-tri/").text
        brought("issued", number="102/QĐ-UBND", signed_on=clock.today() - timedelta(days=8))
        page = an.get("/quan-tri/")
        assert "1 thủ tục công bố quá 5 ngày chưa có quy trình nội bộ, lâu nhất đã 8 ngày" in page.text

    def test_it_says_which_workflows_the_text_has_left_behind(self, an: Officer, binh: Officer) -> None:
        adopted(an)
        shorter = amended("1.014391", "Cấp giấy phép hoạt động", "05 ngày làm việc", level="province")
        brought("issued", number="102/QĐ-UBND", lines=(shorter,))
        for person in (an, binh):
            assert "1 quy trình cần rà soát vì nội dung thủ tục đã thay đổi" in person.get("/quan-tri/").text

    def test_an_electronic_draft_waits_for_somebody_else_who_may_approve(self, an: Officer, binh: Officer) -> None:
        workflow = adopted(an)
        electronic.draft_electronic(db.session(), workflow, actor=account("an"), now=clock.now())
        db.session.commit()
        assert "1 quy trình điện tử đang soạn, chờ phê duyệt" in binh.get("/quan-tri/").text
        assert "chờ phê duyệt" not in an.get("/quan-tri/").text
        assert "QT.NV.01" in binh.get("/quan-tri/quy-trinh?thieu=dien-tu-dang-soan").text

    def test_a_decision_of_workflows_alone_is_not_asked_for_in_the_national_database(self, an: Officer) -> None:
        adopted(an)
        again = drafted("102/QĐ-UBND", lines=())
        added(an, again)
        carried(again)
        page = an.get("/quan-tri/").text
        assert "101/QĐ-UBND" in page
        assert "102/QĐ-UBND" not in page


class TestTheLists:
    def test_those_in_force_stand_together(self, an: Officer) -> None:
        workflow = adopted(an)
        page = an.get("/quan-tri/quy-trinh?thieu=dang-ap-dung")
        assert "Đang áp dụng (1)" in page.text
        assert "Chưa có quy trình điện tử" in page.text
        assert f"/quan-tri/quy-trinh/{workflow.id}" in page.source

    def test_a_gap_and_the_decision_lead_to_the_workflow_there_is(self, an: Officer) -> None:
        workflow = adopted(an)
        assert f'href="/quan-tri/quy-trinh/{workflow.id}"' in an.get("/quan-tri/quy-trinh?thieu=dien-tu").source
        assert f'href="/quan-tri/quy-trinh/{workflow.id}"' in an.get(area(1)).source

    def test_an_unknown_list_is_not_found(self, an: Officer) -> None:
        an.get("/quan-tri/quy-trinh?thieu=gi-do", status=404)
