"""Papers of workflows for officers: drafts that say so, adopted ones, and the decision with its annex."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from docx import Document

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import Workflow
from catalogue.services.workflow_lines import EXPIRED, WorkflowLineInput, add_workflow, choose_expired
from tests.catalogue.adoptions import CODE, NAME, workflow
from tests.catalogue.cast import introduced
from tests.catalogue.exports.papers import squeezed, words_of
from tests.web.office.conftest import Officer, stored
from tests.web.office.drafts import account, carried, drafted

NEW = introduced(CODE, NAME, "10 ngày làm việc", level="province")
SUFFIXES = pytest.mark.parametrize("suffix", ["pdf", "docx"])


def with_workflow(*, kind: str = "workflow", number: str = "1319/QĐ-UBND", line=None, **head) -> int:
    lines = (NEW,) if kind == "publication" else ()
    made = drafted(number, lines=lines, kind=kind, subject="Phê duyệt quy trình nội bộ lĩnh vực nội vụ", **head)
    add_workflow(db.session(), stored(made), line or workflow("4", "2"), actor=account("an"), now=clock.now())
    db.session.commit()
    return made


def published() -> None:
    carried(drafted("1181/QĐ-UBND", lines=(NEW,)), "issued")


def words(an: Officer, address: str, suffix: str, query: str = "") -> str:
    return squeezed(words_of(suffix, an.file(f"{address}.{suffix}{query}").data))


def paper(number: int) -> str:
    return f"/quan-tri/quyet-dinh/{number}/quy-trinh"


@SUFFIXES
def test_the_draft_of_a_decision_says_that_it_is_one_and_has_no_number(an: Officer, suffix: str) -> None:
    published()
    made = with_workflow(place="Sông Thao", capacity="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", signer="Trịnh Quốc Khải")
    text = words(an, paper(made), suffix)
    for wanted in ("DỰ THẢO", "Dự thảo, chưa ký, chưa có hiệu lực.", "Số: ……/QĐ-UBND", "Điều 1.", "Điều 2.", "Điều 3.",
                   "Phê duyệt kèm theo Quyết định này 01 quy trình nội bộ", "do hệ thống đề xuất",
                   "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
                   "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG THAO", "Phụ lục", "(Kèm theo Quyết định số ……/QĐ-UBND",
                   CODE, NAME, "Công việc 1", "4 ngày làm việc", "10 ngày làm việc"):  # fmt: skip
        assert squeezed(wanted) in text, wanted
    assert squeezed("Số: 1319") not in text and squeezed("Đã ký") not in text


@SUFFIXES
def test_an_issued_decision_prints_its_own_articles_bases_and_recipients(an: Officer, suffix: str) -> None:
    published()
    made = with_workflow(
        signed_on=clock.today(), signer="Trịnh Quốc Khải", capacity="CHỦ TỊCH",
        bases=["Căn cứ Luật Tổ chức chính quyền địa phương", "Nghị định số 118/2025/NĐ-CP;"],
        proposal="Giám đốc Sở Nội vụ tại Tờ trình số 88/TTr-SNV",
        articles=[["Điều 1", "Phê duyệt 01 quy trình.\n1. Quy trình cấp giấy phép."], ["Điều 2", "Từ ngày ký./."]],
        recipients=["Như Điều 2", "- Lưu: VT"],
    )  # fmt: skip
    carried(made, "issued")
    text = words(an, paper(made), suffix)
    for wanted in ("Số: 1319/QĐ-UBND", "Căn cứ Luật Tổ chức chính quyền địa phương;",
                   "Căn cứ Nghị định số 118/2025/NĐ-CP;",
                   "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 88/TTr-SNV.", "Điều 1. Phê duyệt 01 quy trình.",
                   "1. Quy trình cấp giấy phép.", "- Như Điều 2", "- Lưu: VT", "(Đã ký)", "Trịnh Quốc Khải",
                   "văn bản đã ký là bản chính"):  # fmt: skip
        assert squeezed(wanted) in text, wanted
    assert squeezed("Dự thảo") not in text and squeezed("đề xuất;") not in text


def test_workflows_that_end_are_named_in_article_two_and_in_the_annex(an: Officer) -> None:
    published()
    carried(with_workflow(), "issued")
    later = with_workflow(number="1400/QĐ-UBND", line=replace(workflow("3"), name=NAME))
    ending = WorkflowLineInput(EXPIRED, name=NAME, code_printed=CODE, level="province", expires_text="QT.NV.01")
    session = db.session()
    row = add_workflow(session, stored(later), ending, actor=account("an"), now=clock.now())
    old = session.query(Workflow).one()
    choose_expired(session, row, old.id, actor=account("an"), now=clock.now())
    session.commit()
    text = words(an, paper(later), "docx", "?mau=iso")
    assert text.count(squeezed(f"QT.NV.01 ({CODE} – {NAME})")) == 2
    assert squeezed("Quy trình hết hiệu lực (01)") in text and squeezed("2.10 Quy trình xử lý công việc") in text


def test_a_decision_on_procedures_prints_the_annex_of_its_workflows_alone(an: Officer) -> None:
    made = with_workflow(kind="publication")
    with pypdfium2.PdfDocument(an.file(f"{paper(made)}.pdf").data) as pdf:
        assert [page.get_width() > page.get_height() for page in pdf] == [True]
    text = words(an, paper(made), "docx")
    assert squeezed("Phụ lục") in text and squeezed("Công việc 1") in text and squeezed("10 ngày làm việc") in text
    assert squeezed("Nơi nhận") not in text and squeezed("Điều 1.") not in text


@SUFFIXES
def test_one_row_of_a_draft_is_printed_as_a_draft(an: Officer, suffix: str) -> None:
    published()
    made = with_workflow()
    page = an.get(paper(made))
    line = stored(made).workflow_lines[0]
    href = page.link("PDF dạng bảng")
    assert href == f"{paper(made)}/{line.id}.pdf?mau=bang"
    text = words(an, f"{paper(made)}/{line.id}", suffix, "?mau=iso")
    assert squeezed("Dự thảo, chưa được phê duyệt, chưa áp dụng.") in text and squeezed("Công việc 2") in text


def test_an_adopted_workflow_is_printed_in_every_layout_its_page_offers(an: Officer) -> None:
    published()
    carried(with_workflow(), "issued")
    workflow_id = db.session.query(Workflow).one().id
    page = an.get(f"/quan-tri/quy-trinh/{workflow_id}")
    hrefs = [link.href for link in page.links if f"/quy-trinh/{workflow_id}." in link.href and "mau=" in link.href]
    assert len(hrefs) == 8
    for href in hrefs:
        suffix = "pdf" if ".pdf" in href else "docx"
        assert squeezed("Công việc 1") in squeezed(words_of(suffix, an.file(href).data))


def test_the_word_file_of_a_decision_can_be_edited_and_turns_for_its_annex(an: Officer) -> None:
    published()
    made = with_workflow()
    document = Document(io.BytesIO(an.file(f"{paper(made)}.docx").data))
    assert [section.page_width > section.page_height for section in document.sections] == [False, True]


def test_what_is_not_there_is_not_found_and_a_stranger_signs_in_first(an: Officer, browser) -> None:
    published()
    made = with_workflow()
    an.get(f"{paper(made)}.pdf?mau=khac", status=404)
    an.get(f"{paper(made)}/99999.pdf", status=404)
    an.get("/quan-tri/quy-trinh/99999.docx", status=404)
    an.get(f"{paper(drafted('7/QĐ-UBND'))}.pdf", status=404)
    for address in (f"{paper(made)}.pdf", f"{paper(made)}/1.docx", "/quan-tri/quy-trinh/1.pdf"):
        assert browser.client.get(address).status_code in (302, 303, 401)
