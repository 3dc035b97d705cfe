"""A table of Word pasted into a workflow: shown before it is taken, and what cannot be taken is named in a sentence."""

from __future__ import annotations

import json

from tests.catalogue.cast import introduced
from tests.web.office.conftest import Officer, stored
from tests.web.office.drafts import drafted
from tests.web.office.test_workflows import added

NEW = introduced("1.014391", "Cấp giấy phép hoạt động", "10 ngày làm việc", level="province")
TABLE = (
    "<table><tr><td>Bước</td><td>Nội dung công việc</td><td>Trách nhiệm</td><td>Thời gian (ngày)</td></tr>"
    "<tr><td>B1</td><td>Tiếp nhận hồ sơ</td><td>Công chức Trung tâm Hành chính công</td><td>0,5</td></tr>"
    "<tr><td>B2</td><td>Thẩm định</td><td>Chuyên viên Phòng Nghiệp vụ</td><td>{days}</td></tr></table>"
)


def pasted(an: Officer, address: str, html: str, status: int = 200):
    """The page after a look at the pasted table."""
    return an.send(an.get(address), {"lam": "dan:steps", "dan:html:steps": html}, status=status)


def sent(an: Officer, page, rows: list[list[str]] | None = None, roles: str = "label content actor time") -> dict:
    """What the page of the preview sends when its button is pressed."""
    values = {"lam": "nhan:steps", "dan:dong": [str(at) for at in range(1, 3)]}
    values |= {f"dan:cot:{at}": role for at, role in enumerate(roles.split())}
    return values | ({"dan:bang": json.dumps(rows)} if rows is not None else {})


class TestTheTable:
    def test_it_is_shown_first_and_nothing_is_taken(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        page = pasted(an, added(an, number), TABLE.format(days="11,5"))
        assert "Đọc được 2 dòng. Xem rồi lấy." in page.text
        assert "11,5 ngày" in page.text
        assert stored(number).workflow_lines[0].value.steps == ()

    def test_its_steps_are_taken_saved_and_measured(self, an: Officer) -> None:
        number = drafted(lines=(NEW,))
        address = added(an, number)
        page = pasted(an, address, TABLE.format(days="11,5"))
        page = an.send(page, sent(an, page), status=200)
        assert "Đã lấy 2 bước. Chưa lưu." in page.text
        an.send(page, {"lam": "luu"})
        assert [step.text for step in stored(number).workflow_lines[0].value.steps] == ["Tiếp nhận hồ sơ", "Thẩm định"]
        assert "12,0 > 10, thừa 2,0" in an.get(address).text

    def test_the_script_gets_only_the_form_and_where_to_go_on(self, an: Officer) -> None:
        address = added(an, drafted(lines=(NEW,)))
        an.send(an.get(address), {"lam": "them:steps"}, status=200, headers={"X-Fragment": "1"})
        answer = an.answer.json
        assert answer["focus"] == "steps-0"
        assert answer["message"] == "Đã thêm một bước trống. Chưa lưu."
        assert "<html" not in answer["html"]

    def test_giving_it_up_takes_nothing(self, an: Officer) -> None:
        address = added(an, drafted(lines=(NEW,)))
        page = an.send(pasted(an, address, TABLE.format(days="3")), {"lam": "thoi"}, status=200)
        assert "Chưa lấy bước nào." in page.text


class TestBadInput:
    def test_words_that_are_no_table(self, an: Officer) -> None:
        address = added(an, drafted(lines=(NEW,)))
        assert "Chưa thấy dòng nào trong nội dung dán." in pasted(an, address, "", 422).text

    def test_more_rows_than_a_workflow_may_have(self, an: Officer) -> None:
        address = added(an, drafted(lines=(NEW,)))
        html = f"<table>{'<tr><td>B1</td><td>Việc</td></tr>' * 160_000}</table>"  # 5 MB
        assert "Bảng dán có hơn 300 dòng" in pasted(an, address, html, 422).text

    def test_nothing_ticked_or_no_column_of_work(self, an: Officer) -> None:
        address = added(an, drafted(lines=(NEW,)))
        page = pasted(an, address, TABLE.format(days="3"))
        said = an.send(page, {**sent(an, page), "dan:dong": "99"}, status=422)
        assert "Chưa lấy được bước nào" in said.text

    def test_a_preview_that_nobody_was_shown(self, an: Officer) -> None:
        address = added(an, drafted(lines=(NEW,)))
        page = an.get(address)
        for forged in ("{", '"x"', '[["a"], 3]'):
            values = {**sent(an, page), "dan:bang": forged}
            assert "Chưa lấy được bước nào" in an.send(page, values, status=422).text

    def test_script_in_a_cell_stays_words(self, an: Officer) -> None:
        html = TABLE.format(days="3").replace("Thẩm định", "Thẩm định &lt;script&gt;alert(1)&lt;/script&gt;")
        pasted(an, added(an, drafted(lines=(NEW,))), html)
        assert "<script>alert(1)" not in an.answer.text
        assert "&lt;script&gt;alert(1)" in an.answer.text
