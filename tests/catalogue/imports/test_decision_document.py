"""Head, articles, effect and acts of a Word decision; files that are none are refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from catalogue.imports import decision_word
from catalogue.imports.decision_document import NotADecision, read_decision
from catalogue.imports.decision_values import ParsedDecision
from decisions.kinds import ActKind, DecisionKind, EffectType
from tests.word_decisions import BIRTH, LISTING, add_table, build_decision, with_document


def read(**options: object) -> ParsedDecision:
    options.setdefault("tables", [[LISTING, BIRTH]])
    return read_decision(build_decision(**options), "quyet-dinh.docx")  # type: ignore[arg-type]


def with_articles(*articles: str) -> ParsedDecision:
    return read(articles=["Điều 1. Công bố danh mục kèm theo Quyết định này.", *articles])


def test_the_head_is_read() -> None:
    head = read().head
    assert head.number.text == "1250/QĐ-UBND"
    assert head.issuer == "ỦY BAN NHÂN DÂN TỈNH LAM SƠN"
    assert head.authority == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM SƠN"
    assert (head.place, head.signed_on) == ("Lam Sơn", date(2025, 11, 20))
    assert (head.capacity, head.signer) == ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "Trần Thị Hạnh")
    assert head.subject.startswith("VỀ VIỆC CÔNG BỐ") and head.subject.endswith("HỘ TỊCH")


@pytest.mark.parametrize(
    ("capacity", "read_as"),
    [("CHỦ TỊCH", "CHỦ TỊCH"), ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH"),
     ("TUQ. CHỦ TỊCH\nCHÁNH VĂN PHÒNG", "TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG"), ("GIÁM ĐỐC", "GIÁM ĐỐC")],
)  # fmt: skip
def test_every_signing_capacity_is_read(capacity: str, read_as: str) -> None:
    assert (read(capacity=capacity).head.capacity, read(capacity=capacity).head.signer) == (read_as, "Trần Thị Hạnh")


@pytest.mark.parametrize("number", ["01779/QĐ-UBND", "1061b/QĐ-BNG", "1594/QĐ-TTPVHCC", "44/2026/QĐ-UBND"])
def test_every_form_of_number_is_read(number: str) -> None:
    assert read(number=number).head.number.text == number


def test_bases_proposal_and_recipients_are_apart() -> None:
    decision = read()
    assert [basis[:14] for basis in decision.bases] == ["Căn cứ Luật Tổ", "Căn cứ Nghị đị"]
    assert decision.proposal.startswith("Theo đề nghị của Giám đốc Sở Tư pháp")
    assert decision.recipients == ("Như Điều 3", "Lưu: VT")


def test_a_date_that_does_not_exist_is_a_problem_that_names_it() -> None:
    decision = read(signed="31/02/2025")
    assert decision.head.signed_on is None
    assert "31/02/2025" in decision.problems[0].message and decision.problems[0].place == "phần đầu"


def test_torn_syllables_of_place_and_signer_are_told_and_left() -> None:
    decision = read(place="Qu ả ng Sơn", signer="Đặ ng Thị Hạnh")
    assert (decision.head.place, decision.head.signer) == ("Qu ả ng Sơn", "Đặ ng Thị Hạnh")
    assert [problem.value for problem in decision.problems if problem.place == "phần đầu"] == [
        "Qu ả ng Sơn", "Đặ ng Thị Hạnh",
    ]  # fmt: skip


def test_a_missing_number_is_a_problem() -> None:
    assert any("số của quyết định" in problem.message for problem in read(number="").problems)


def test_both_of_two_articles_with_one_number_are_kept() -> None:
    decision = with_articles("Điều 2. Phạm vi.", "Điều 3. Tổ chức thực hiện.", "Điều 3. Hiệu lực thi hành.")
    assert [label for label, _ in decision.articles] == ["Điều 1", "Điều 2", "Điều 3", "Điều 3"]


@pytest.mark.parametrize(
    ("words", "kind", "on", "until", "other"),
    [
        ("kể từ ngày ký.", "on_signing", "2025-11-20", "", ""),
        ("kể từ ngày ban hành và thay thế Quyết định số 927/QĐ-UBND.", "on_signing", "2025-11-20", "", ""),
        ("kể từ ngày 01 tháng 3 năm 2027.", "fixed", "2027-03-01", "", ""),
        ("từ ngày 15/11/2025.", "fixed", "2025-11-15", "", ""),
        ("kể từ ngày 01/7/2026 đến hết ngày 28/02/2027.", "fixed", "2026-07-01", "2027-02-28", ""),
        ("kể từ ngày Nghị định số 268/2025/NĐ-CP ngày 14/10/2025 của Chính phủ có hiệu lực.", "with_text", "", "",
         "268/2025/NĐ-CP"),
        ("theo Quyết định số 3740/QĐ-BTC ngày 05/11/2025 của Bộ Tài chính.", "with_text", "", "", "3740/QĐ-BTC"),
    ],
)  # fmt: skip
def test_the_effect_clause_is_read(words: str, kind: str, on: str, until: str, other: str) -> None:
    clause = with_articles(f"Điều 2. Quyết định này có hiệu lực thi hành {words}").effect
    assert clause is not None
    assert (clause.type.value, str(clause.on or ""), str(clause.until or ""), clause.other_text) == (
        kind, on, until, other,
    )  # fmt: skip
    assert clause.article == "Điều 2"


def test_an_effect_on_a_day_that_does_not_exist_is_unresolved_and_told() -> None:
    decision = with_articles("Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày 31/4/2026.")
    assert decision.effects[0].type is EffectType.UNRESOLVED
    assert any("31/4/2026" in problem.message and "Điều 2" in problem.message for problem in decision.problems)


def test_an_effect_for_one_procedure_is_given_to_its_line() -> None:
    decision = with_articles(
        "Điều 2. Quyết định này có hiệu lực thi hành:",
        "1. Kể từ ngày 15 tháng 11 năm 2025 đối với thủ tục Đăng ký khai sinh.",
    )
    (line,) = decision.lines
    assert line.effect is not None and line.effect.on == date(2025, 11, 15)
    assert decision.effect is None


def test_no_effect_clause_is_a_problem() -> None:
    decision = with_articles("Điều 2. Giao Sở Tư pháp tổ chức thực hiện.")
    assert any(problem.place == "hiệu lực" for problem in decision.problems)


@pytest.mark.parametrize(
    ("words", "acts"),
    [
        ("Bãi bỏ Quyết định số 1374/QĐ-UBND ngày 30 tháng 6 năm 2025 của Chủ tịch Ủy ban nhân dân tỉnh về việc X.",
         [("abolished", "1374/QĐ-UBND", "", True)]),
        ("Bãi bỏ thủ tục có thứ tự 1, 2, 21 tại Mục A Phụ lục ban hành kèm theo Quyết định số 1347/QĐ-UBND.",
         [("abolished", "1347/QĐ-UBND", "thủ tục có thứ tự 1, 2, 21 tại Mục A Phụ lục", False)]),
        ("Nội dung tại số thứ tự 4, 5 Mục I Phụ lục kèm theo Quyết định số 01786/QĐ-UBND ngày 28/10/2025 hết hiệu lực.",
         [("abolished", "01786/QĐ-UBND", "Nội dung tại số thứ tự 4, 5 Mục I Phụ lục", False)]),
        ("Sửa đổi, bổ sung Quyết định số 616/QĐ-UBND ngày 15/8/2025 của Chủ tịch UBND tỉnh.",
         [("amended", "616/QĐ-UBND", "", True)]),
        ("Đính chính Quyết định số 700/QĐ-UBND ngày 01/9/2025 của Chủ tịch UBND tỉnh.",
         [("corrected", "700/QĐ-UBND", "", True)]),
        ("Thu hồi Quyết định số 700/QĐ-UBND ngày 01/9/2025 của Chủ tịch UBND tỉnh.",
         [("revoked", "700/QĐ-UBND", "", True)]),
        ("Bãi bỏ số thứ tự 17, 18 Mục I kèm theo Quyết định số 719/QĐ-UBND về việc công bố danh mục thủ tục"
         " hành chính được sửa đổi; số thứ tự 01 mục A kèm theo Quyết định số 241/QĐ-UBND ngày 07/02/2025.",
         [("abolished", "719/QĐ-UBND", "số thứ tự 17, 18 Mục I", False),
          ("abolished", "241/QĐ-UBND", "số thứ tự 01 mục A", False)]),
        ("Các nội dung khác tại Quyết định số 1818/QĐ-UBND ngày 23/10/2025 vẫn giữ nguyên giá trị pháp lý.", []),
        ("Nội dung cụ thể thực hiện theo Quyết định số 3578/QĐ-BKHCN ngày 07/11/2025.", []),
    ],
)  # fmt: skip
def test_acts_on_earlier_decisions_are_read(words: str, acts: list[tuple[str, str, str, bool]]) -> None:
    decision = with_articles(f"Điều 2. Quyết định này có hiệu lực kể từ ngày ký. {words}")
    assert [(act.kind.value, act.target, act.serials, act.whole) for act in decision.acts] == acts


def test_an_act_names_the_day_and_the_issuer_of_its_target() -> None:
    (act,) = with_articles(
        "Điều 2. Bãi bỏ Quyết định số 810/QĐ-UBND ngày 06/6/2025 của Chủ tịch UBND tỉnh Sông Thao về việc công bố."
    ).acts
    assert (act.target_date, act.issuer) == (date(2025, 6, 6), "Chủ tịch UBND tỉnh Sông Thao")
    assert act.article == "Điều 2"


def test_the_title_may_be_an_act() -> None:
    decision = read(subject="SỬA ĐỔI, BỔ SUNG QUYẾT ĐỊNH SỐ 3470/QĐ-UBND NGÀY 10 THÁNG 11 NĂM 2025", tables=[])
    assert [(act.kind, act.article) for act in decision.acts] == [(ActKind.AMENDED, "tiêu đề")]
    assert decision.kind is DecisionKind.ACT


def test_stated_numbers_are_compared_and_figures_with_words() -> None:
    decision = read(articles=[
        "Điều 1. Công bố kèm theo Quyết định này 02 (ba) thủ tục hành chính được sửa đổi, bổ sung.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    ])  # fmt: skip
    messages = [problem.message for problem in decision.problems]
    assert any("“02 (ba)”" in message for message in messages)
    assert any("Điều 1 ghi 2 thủ tục" in message and "đọc được 1 dòng" in message for message in messages)


def test_a_decision_without_annex_has_no_lines_and_says_so() -> None:
    decision = read(tables=[])
    assert decision.lines == ()
    assert any("không có phụ lục" in problem.message for problem in decision.problems)


def test_every_row_of_the_file_has_an_account() -> None:
    decision = read()
    assert {(account.table, account.row) for account in decision.rows} == {(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)}


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>'


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "rỗng"),
        (lambda: b"%PDF-1.7 ...", "không phải tệp Word"),
        (lambda: build_decision()[:900], "không phải tệp Word"),
        (lambda: _zip(xl__workbook_xml=b"<x/>"), "không phải tệp Word"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mật khẩu"),
        (lambda: with_document(build_decision(), b"<w:document"), "hỏng"),
        (lambda: with_document(build_decision(), b"\xff\xfe\x00"), "hỏng"),
        (lambda: with_document(build_decision(), BOMB), "DOCTYPE"),
        (lambda: b"P" * (50 * 2**20 + 1), "50 MB"),
    ],
)
def test_what_is_no_word_file_is_refused_in_one_sentence(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(NotADecision) as refused:
        read_decision(make(), "tep.docx")
    message = str(refused.value)
    assert words in message and "tep.docx" in message and message.endswith(".") and "\n" not in message


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decision_word, "MAX_DOCUMENT_BYTES", 2**16)
    with pytest.raises(NotADecision, match="giải nén"):
        read_decision(with_document(build_decision(), b" " * 2**20), "bom.docx")


@pytest.mark.parametrize("text", ["Kính gửi: Sở Tư pháp", ""])
def test_another_document_is_no_decision(text: str) -> None:
    from docx import Document

    document, stream = Document(), io.BytesIO()
    document.add_paragraph(text)
    add_table(document, [[text or " ", "Công văn"]])
    document.save(stream)
    with pytest.raises(NotADecision):
        read_decision(stream.getvalue(), "cong-van.docx")


def test_an_automatic_row_number_of_word_is_read() -> None:
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document(io.BytesIO(build_decision(tables=[[LISTING, ["", *BIRTH[1:]], ["", *BIRTH[1:]]]])))
    for row in document.tables[2].rows[1:]:
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'))
    stream = io.BytesIO()
    document.save(stream)
    assert [line.position.ordinal for line in read_decision(stream.getvalue(), "so.docx").lines] == ["1", "2"]


def test_a_list_printed_inside_an_article_does_not_end_the_articles() -> None:
    from docx import Document

    document, stream = Document(io.BytesIO(build_decision(tables=[]))), io.BytesIO()
    table = add_table(document, [LISTING, BIRTH])
    second = next(p for p in document.paragraphs if p.text.startswith("Điều 2"))
    second._p.addprevious(table._tbl)
    document.save(stream)
    decision = read_decision(stream.getvalue(), "trong-dieu.docx")
    assert [label for label, _ in decision.articles] == ["Điều 1", "Điều 2", "Điều 3"]
    assert [line.code_key for line in decision.lines] == ["1.001193"]
    assert decision.head.signer == "Trần Thị Hạnh"


def test_a_signature_without_a_table_is_read() -> None:
    from docx import Document

    document, stream = Document(io.BytesIO(build_decision(tables=[[LISTING, BIRTH]]))), io.BytesIO()
    signature = document.tables[1]
    for text in ("Nơi nhận:", "- Như Điều 3;", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Hạnh"):
        signature._tbl.addprevious(document.add_paragraph(text)._p)
    signature._tbl.getparent().remove(signature._tbl)
    document.save(stream)
    decision = read_decision(stream.getvalue(), "chu-ky.docx")
    assert (decision.head.capacity, decision.head.signer) == ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "Trần Thị Hạnh")
    assert decision.recipients == ("Như Điều 3",)
    assert len(decision.lines) == 1
