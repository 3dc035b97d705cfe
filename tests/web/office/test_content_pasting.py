"""Pasting a table into papers and steps without script: looked at first, then taken, with everything typed kept."""

from __future__ import annotations

import pytest

from catalogue.services.drafting import LineInput
from decisions.content import from_json
from tests.catalogue.imports.test_pasted_table import WORD
from tests.web.office.conftest import Officer
from tests.web.office.drafts import drafted
from tests.web.office.test_content import editor, stored, value, wish

LIBRARY = LineInput(kind="introduced", name="Cấp thẻ đọc thư viện xã", code_printed="9.400001", level="commune",
                    sector="Văn hóa", basis="Luật Thư viện 2019")  # fmt: skip
PAPERS = "cases-0-papers"


@pytest.fixture
def draft(office: object) -> int:
    return drafted("4201/QĐ-UBND", lines=(LIBRARY,))


def test_a_word_table_is_looked_at_and_taken(an: Officer, draft: int) -> None:
    page = an.get(editor(draft, "/ho-so"))
    page = wish(an, page, "ho-so", f"them:{PAPERS}", {"dossier_sets": "01 bộ"})
    sent = {f"dan:html:{PAPERS}": WORD, f"{PAPERS}-0-name": "Phiếu yêu cầu"}
    page = wish(an, page, "ho-so", f"dan:{PAPERS}", sent)
    assert "Bảng vừa dán" in page.source and "chạy rồi" not in page.source
    assert value(page, "dan:cot:1") == "name" and value(page, f"{PAPERS}-0-name") == "Phiếu yêu cầu"
    page = wish(an, page, "ho-so", f"nhan:{PAPERS}", {"dan:dong": ["2", "3"]})
    assert "Đã lấy 2 dòng" in page.text and value(page, "dossier_sets") == "01 bộ"
    an.send(page, {"lam": "luu"}, to="/ho-so")
    names = [(paper.name, paper.originals, paper.copies) for paper in from_json(stored(draft).content).papers]
    assert names == [("Phiếu yêu cầu", 0, 0), ("- Tờ khai đăng ký khai sinh", 1, 0),
                     ("Giấy chứng sinh\nhoặc văn bản thay thế", 1, 2)]  # fmt: skip


def test_five_megabytes_of_word_go_through_the_form(an: Officer, draft: int) -> None:
    noise = "<style>" + "p.MsoNormal{mso-style-name:x}\n" * 180_000 + "</style>"
    page = an.get(editor(draft, "/ho-so"))
    page = wish(an, page, "ho-so", f"dan:{PAPERS}", {f"dan:html:{PAPERS}": WORD.replace("<body", noise + "<body")})
    an.answer.request.environ["wsgi.input"].close()  # the test client keeps large bodies in a file
    assert len(noise) > 5_000_000 and len(page.source) < 60_000
    assert "Giấy chứng sinh" in page.text


def test_steps_are_pasted_as_plain_text(an: Officer, draft: int) -> None:
    page = an.get(editor(draft, "/trinh-tu"))
    page = wish(an, page, "trinh-tu", "dan:steps", {"dan:text:steps": "1\tNộp hồ sơ\r\n2\tNhận thẻ"})
    page = wish(an, page, "trinh-tu", "nhan:steps", {"dan:dong": ["0", "1"]})
    assert [value(page, f"steps-{n}-text") for n in range(2)] == ["Nộp hồ sơ", "Nhận thẻ"]


def test_no_column_of_names_takes_nothing_and_keeps_the_table(an: Officer, draft: int) -> None:
    page = an.get(editor(draft, "/ho-so"))
    page = wish(an, page, "ho-so", f"dan:{PAPERS}", {f"dan:text:{PAPERS}": "Tờ khai\t1"})
    page = wish(an, page, "ho-so", f"nhan:{PAPERS}", {"dan:cot:0": "", "dan:cot:1": "", "dan:dong": ["0"]})
    assert "Chưa lấy được dòng nào" in page.text and "Tờ khai" in page.text


@pytest.mark.parametrize("sent", [
    {"dan:bang": "["}, {"dan:bang": "{}"}, {"dan:bang": "[1]"}, {"dan:bang": "[[]]", "dan:dong": "0"},
    {"dan:bang": '[["x"]]', "dan:dong": "7", "dan:cot:0": "name"}, {"dan:bang": '[["x"]]', "dan:cot:0": "__class__"},
])  # fmt: skip
def test_a_forged_table_takes_nothing(an: Officer, draft: int, sent: dict[str, str]) -> None:
    page = an.get(editor(draft, "/ho-so"))
    page = wish(an, page, "ho-so", f"nhan:{PAPERS}", sent)
    assert "Chưa lấy được dòng nào" in page.text


def test_nothing_pasted_is_one_sentence_and_giving_up_keeps_the_rest(an: Officer, draft: int) -> None:
    page = an.get(editor(draft, "/ho-so"))
    page = wish(an, page, "ho-so", f"dan:{PAPERS}", {"dossier_sets": "02 bộ"})
    assert "Chưa thấy dòng nào trong nội dung dán." in page.text
    page = wish(an, page, "ho-so", "thoi")
    assert value(page, "dossier_sets") == "02 bộ"
