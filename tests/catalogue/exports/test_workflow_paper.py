"""Workflows on paper: the ISO layout and the plain tables, as PDF and Word, with every word of every step."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.exports.blocks import cell, one_line
from catalogue.exports.workflow_paper import workflow_text
from catalogue.exports.workflow_paper_pdf import workflow_pdf
from catalogue.exports.workflow_paper_values import Layout, StepRow, StepTable, SumRow, WorkflowFacts
from catalogue.exports.workflow_paper_word import workflow_docx
from decisions.content import ProcedureContent, TimeUnit
from decisions.workflow import Counting, Route, Stage, StepTime, Workflow, WorkflowStep
from tests.catalogue.exports.papers import CONTENT, HEAD, HOSTILE, TODAY, pages_of, squeezed, words_of
from tests.workflows import any_workflows, branching, hours_time, linear

MAKERS = {"pdf": workflow_pdf, "docx": workflow_docx}
FACTS = WorkflowFacts(
    head=HEAD,
    today=TODAY,
    on=TODAY,
    level="province",
    name="Cấp giấy phép hoạt động",
    code="1.014391",
    decision="Quyết định số 1319/QĐ-UBND ngày 16/09/2025 của Chủ tịch Ủy ban nhân dân tỉnh Sông Thao",
    valid_from=date(2025, 9, 16),
)
ISO_HEADINGS = (
    "1. Ký hiệu quy trình", "2. Nội dung quy trình", "2.1 Điều kiện", "2.2 Cách thức", "2.3 Thành phần hồ sơ",
    "2.4 Số lượng hồ sơ", "2.5 Thời hạn giải quyết", "2.6 Địa điểm tiếp nhận", "2.7 Cơ quan thực hiện",
    "2.8 Đối tượng thực hiện", "2.9 Kết quả giải quyết", "2.10 Quy trình xử lý công việc", "3. Biểu mẫu",
    "4. Hồ sơ lưu",
)  # fmt: skip


def text(workflow: Workflow, content: ProcedureContent | None = CONTENT, layout: Layout = Layout.ISO, **facts):
    return workflow_text(workflow, content, replace(FACTS, **facts), layout)


def printed(workflow: Workflow, suffix: str, content: ProcedureContent | None = CONTENT, layout=Layout.ISO, **facts):
    return squeezed(words_of(suffix, MAKERS[suffix](text(workflow, content, layout, **facts))))


def said(*words: str) -> list[str]:
    return [squeezed(text) for text in words]


def table_of(workflow: Workflow, layout: Layout = Layout.PLAIN, content: ProcedureContent | None = CONTENT):
    parts = text(workflow, content, layout).parts
    return next(value for part in parts for value in part.blocks if isinstance(value, StepTable))


def column(table: StepTable, key: str) -> list[str]:
    place = [c.key for c in table.columns].index(key)
    return [row.cells[place].text for row in table.rows if isinstance(row, StepRow)]


def sums(table: StepTable) -> dict[str, str]:
    return {row.label: row.text for row in table.rows if isinstance(row, SumRow)}


def timed(*times: StepTime) -> Workflow:
    steps = (WorkflowStep(f"b{n}", "Xem xét", role="Chuyên viên", time=time) for n, time in enumerate(times, 1))
    return Workflow("Quy trình", tuple(steps))


class TestEveryWord:
    @pytest.mark.parametrize("suffix", MAKERS)
    @pytest.mark.parametrize("layout", Layout)
    def test_every_layout_prints_text_actor_time_product_and_form_of_every_step(self, layout, suffix):
        workflow = branching()
        words = printed(workflow, suffix, layout=layout)
        for step in workflow.steps:
            for wanted in said(step.text, step.unit, step.role, step.time.text, step.product, *step.forms):
                assert wanted in words

    @pytest.mark.parametrize("suffix", MAKERS)
    def test_branches_returns_and_joins_are_said_in_words(self, suffix):
        words = printed(branching(), suffix, layout=Layout.PLAIN)
        for sentence in said(
            "Trường hợp “Hồ sơ chưa đầy đủ”: chuyển sang Bước 3.",
            "Trường hợp “Chưa đồng ý”: quay lại Bước 7.",
            "Tiếp theo, làm đồng thời Bước 5 và Bước 6.",
            "Bắt đầu khi đã xong Bước 5 và Bước 6.",
            "Thời gian chờ không tính vào thời hạn giải quyết.",
        ):
            assert sentence in words

    @settings(max_examples=40)
    @given(any_workflows(), st.sampled_from(Layout))
    def test_no_word_of_any_workflow_is_left_out(self, workflow, layout):
        if workflow.steps:
            table = table_of(workflow, layout)
            assert column(table, "text") == [cell(step.text) for step in workflow.steps]
            for step, words in zip(workflow.steps, column(table, "actor"), strict=True):
                assert one_line(step.unit) in words and one_line(step.role) in words

    @pytest.mark.parametrize("suffix", MAKERS)
    def test_no_word_of_a_step_can_become_markup(self, suffix):
        step = WorkflowStep("b1", HOSTILE, label="B1", unit=HOSTILE, role="x", product=HOSTILE)
        words = printed(Workflow(HOSTILE, (step,), symbol=HOSTILE), suffix, None, name=HOSTILE)
        assert words.count(squeezed(HOSTILE)) >= 5

    def test_papers_states_and_further_columns_of_the_source_stand_below_the_text(self):
        step = WorkflowStep(
            "b1", "Thẩm định", papers=("Đơn đề nghị",), state="Đang xử lý", note="Gửi qua trục liên thông",
            extra={"Ghi chú của sở": "Theo Công văn 12"},
        )  # fmt: skip
        (row, *_) = table_of(Workflow("Quy trình", (step,))).rows
        notes = next(found.notes for found in row.cells if found.notes)
        assert {
            "Giấy tờ sử dụng: Đơn đề nghị", "Trạng thái hồ sơ: Đang xử lý", "Ghi chú: Gửi qua trục liên thông",
            "Ghi chú của sở: Theo Công văn 12",
        } <= set(notes)  # fmt: skip

    def test_a_form_that_the_printed_product_names_is_not_named_twice(self):
        step = WorkflowStep("b1", "Tiếp nhận", product="Mẫu 01; 02 (nếu có)", forms=("Mẫu 01", "Mẫu 02", "BM.03"))
        assert column(table_of(Workflow("Quy trình", (step,))), "outcome") == ["BM.03\nMẫu 01; 02 (nếu có)"]


class TestTheIsoLayout:
    @pytest.mark.parametrize("suffix", MAKERS)
    def test_its_headings_stand_in_order(self, suffix):
        words, place = printed(branching(), suffix), 0
        for heading in said(*ISO_HEADINGS):
            place = words.index(heading, place) + 1

    def test_parts_are_told_from_the_text_of_the_procedure(self):
        words = printed(replace(branching(), symbol="QT.NV.01"), "docx")
        for wanted in said("QT.NV.01", "Giấy chứng sinh", "01 bộ", "Ủy ban nhân dân xã", "Công dân Việt Nam",
                           "Giấy khai sinh", "Mẫu TK-KS 01", "Cha hoặc mẹ cư trú tại xã"):  # fmt: skip
            assert wanted in words

    def test_originals_and_copies_are_ticked(self):
        document = Document(io.BytesIO(workflow_docx(text(branching()))))
        ticked = [[shown.text for shown in row.cells] for table in document.tables for row in table.rows
                  if len(row.cells) == 3]  # fmt: skip
        assert ticked[0] == ["Giấy tờ", "Bản chính", "Bản sao"]
        assert ticked[2][1:] == ["x", "x (02)"]

    def test_a_workflow_for_one_case_prints_the_papers_and_the_time_of_that_case(self):
        words = printed(replace(linear(), case="Đăng ký quá hạn"), "docx")
        assert squeezed("Giấy cam đoan") in words and squeezed("Giấy chứng sinh") not in words
        assert squeezed("2,5 ngày làm việc") in words

    def test_what_the_workflow_prints_of_its_own_stands_before_the_text_of_the_procedure(self):
        sections = [["2.4", "Số lượng hồ sơ", "03 bộ, một bộ lưu tại sở."], ["5", "Trách nhiệm phối hợp", "Hai sở."]]
        words = printed(replace(linear(), extra={"sections": sections, "forms": ["Mẫu 09 Đơn riêng"]}), "docx")
        for wanted in said("03 bộ, một bộ lưu tại sở.", "Trách nhiệm phối hợp", "Hai sở.", "Mẫu 09 Đơn riêng"):
            assert wanted in words
        assert squeezed("2.4 Số lượng hồ sơ01 bộ") not in words

    def test_front_matter_is_printed_only_where_the_workflow_has_it(self):
        full = replace(
            linear(), purpose="Thống nhất cách giải quyết.", scope="Sở Tư pháp.", references="TCVN ISO 9001:2015",
            definitions="TTHC: thủ tục hành chính", extra={"sections": [["", "Sổ theo dõi sửa đổi", "Lần 1."]]},
        )  # fmt: skip
        titles = [part.heading for part in text(full).parts]
        front = ["Mục đích", "Phạm vi áp dụng", "Tài liệu viện dẫn", "Định nghĩa, từ viết tắt", "Sổ theo dõi sửa đổi"]
        assert titles[: len(front) + 1] == [*front, "1. Ký hiệu quy trình"]
        assert text(linear()).parts[0].heading == "1. Ký hiệu quy trình"

    @pytest.mark.parametrize("suffix", MAKERS)
    def test_a_half_empty_workflow_says_what_is_missing_and_invents_nothing(self, suffix):
        step = WorkflowStep("b1", "Tiếp nhận hồ sơ")
        words = printed(Workflow("", (step,)), suffix, None, code="", decision="", valid_from=None)
        for wanted in said("Chưa có thông tin.", "Quy trình chưa có ký hiệu.", "Chưa có mã", "không nêu hồ sơ lưu"):
            assert wanted in words
        assert squeezed("Văn bản phê duyệt") not in words
        assert squeezed("Quy trình chưa có bước nào.") in printed(Workflow("Trống"), suffix, None)

    def test_records_and_how_long_they_are_kept_close_the_paper(self):
        kept = replace(linear(), records=("Hồ sơ theo mục 2.3", "Mẫu 01, 05"), retention="02 năm")
        last = text(kept).parts[-1]
        assert last.heading == "4. Hồ sơ lưu"
        for wanted in said("Hồ sơ theo mục 2.3", "Mẫu 01, 05", "Thời gian lưu: 02 năm"):
            assert wanted in printed(kept, "docx")


class TestTheTables:
    def test_each_layout_has_its_order_of_columns(self):
        workflow = linear()
        orders = {layout: [c.key for c in table_of(workflow, layout).columns] for layout in Layout}
        assert orders[Layout.PLAIN][:4] == ["label", "text", "actor", "time"]
        assert orders[Layout.ACTOR_FIRST][:5] == ["label", "actor", "text", "time", "online"]
        assert orders[Layout.FORMS_LAST][:4] == ["label", "actor", "text", "time"]
        assert orders[Layout.ISO] == ["label", "text", "actor", "time", "outcome"]

    def test_stages_are_bands_with_their_printed_time(self):
        first, second = (
            WorkflowStep("b1", "Nhận", stage="Tại sở"),
            WorkflowStep("b2", "Ký", stage="Tại Ủy ban (1 ngày)"),
        )
        stages = (Stage("Tại sở", StepTime("02 ngày")), Stage("Tại Ủy ban (1 ngày)", StepTime("1 ngày")))
        rows = table_of(Workflow("Quy trình", (first, second), stages=stages)).rows
        assert [row.text for row in rows if not isinstance(row, StepRow | SumRow)] == [
            "Tại sở (02 ngày)", "Tại Ủy ban (1 ngày)",
        ]  # fmt: skip

    def test_a_bare_number_gets_the_unit_of_its_column_and_a_shared_time_says_so(self):
        bare = StepTime("0,5", Decimal(4), TimeUnit.WORKING_DAY, Counting.COUNTED)
        found = column(table_of(timed(bare, StepTime(counting=Counting.SHARED), StepTime("Giờ hành chính"))), "time")
        assert found == ["0,5 ngày làm việc", "Tính chung với bước trên", "Giờ hành chính"]

    def test_the_sum_is_the_printed_one_and_a_different_longest_way_stands_beside_it(self):
        day = hours_time(Decimal(8))
        whole = timed(day, day)
        label = "Tổng thời gian giải quyết"
        assert sums(table_of(whole))[label] == "2 ngày làm việc (tính theo đường dài nhất)"
        assert sums(table_of(replace(whole, total=StepTime("02 ngày", Decimal(16)))))[label] == "02 ngày"
        differing = sums(table_of(replace(whole, total=StepTime("01 ngày", Decimal(8)))))[label]
        assert "01 ngày" in differing and "2 ngày làm việc" in differing

    def test_a_circle_has_no_sum(self):
        steps = (WorkflowStep("b1", "Xem", routes=(Route("b2"),)), WorkflowStep("b2", "Trả", routes=(Route("b1"),)))
        assert sums(table_of(Workflow("Quy trình", steps)))["Tổng thời gian giải quyết"] == "Chưa tính được"


@pytest.fixture(scope="module")
def long_pdf():
    return workflow_pdf(text(linear(300), layout=Layout.PLAIN))


class TestThePages:
    def test_three_hundred_steps_repeat_the_header_row_and_cut_no_row(self, long_pdf):
        workflow = linear(300)
        pages = [squeezed(page) for page in pages_of(long_pdf)]
        assert all(squeezed("Nội dung công việc cụ thể") in page for page in pages if squeezed("Bước") in page)
        labels = column(table_of(workflow), "label")
        texts = column(table_of(workflow), "text")
        for label, words in zip(labels, texts, strict=True):
            assert any(squeezed(label + words) in page for page in pages), label

    @pytest.mark.parametrize("lines", [28, 34, 46, 130])
    @pytest.mark.parametrize("layout", [Layout.ISO, Layout.PLAIN])
    def test_a_step_of_any_length_loses_no_line(self, layout, lines):
        long = WorkflowStep("b1", "\n".join(f"- Việc {n};" for n in range(lines)), label="B1")
        words = printed(Workflow("Quy trình", (long,)), "pdf", None, layout)
        assert [n for n in range(lines) if squeezed(f"Việc {n};") not in words] == []

    def test_tables_alone_lie_sideways_and_the_iso_layout_stands_upright(self, long_pdf):
        with pypdfium2.PdfDocument(long_pdf) as pdf:
            assert all(page.get_width() > page.get_height() for page in pdf)
        with pypdfium2.PdfDocument(workflow_pdf(text(branching()))) as pdf:
            assert all(page.get_width() < page.get_height() for page in pdf)

    def test_a_wide_table_turns_its_own_pages_only(self):
        graded = replace(
            linear(), steps=tuple(replace(s, extra={"DVCTT mức độ": "Toàn trình"}) for s in linear().steps)
        )
        with pypdfium2.PdfDocument(workflow_pdf(text(graded))) as pdf:
            lying = [page.get_width() > page.get_height() for page in pdf]
        assert not lying[0] and not lying[-1] and any(lying)
        sections = Document(io.BytesIO(workflow_docx(text(graded)))).sections
        upright, turned = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
        assert [section.orientation for section in sections] == [upright, turned, upright]
        assert [section.different_first_page_header_footer for section in sections] == [True, False, False]

    def test_the_word_table_repeats_its_header_and_splits_no_row(self):
        document = Document(io.BytesIO(workflow_docx(text(linear(40), layout=Layout.PLAIN))))
        rows = document.tables[-1].rows
        marks = [{child.tag for child in row._tr.trPr} for row in rows]
        assert qn("w:tblHeader") in marks[0] and all(qn("w:cantSplit") in mark for mark in marks)

    @pytest.mark.parametrize("suffix", MAKERS)
    def test_a_draft_and_a_workflow_to_be_looked_at_again_say_so(self, suffix):
        assert squeezed("Dự thảo, chưa được phê duyệt") in printed(linear(), suffix, draft=True)
        assert squeezed("đã thay đổi sau khi phê duyệt quy trình: phí, lệ phí.") in printed(
            linear(), suffix, moved=("phí, lệ phí",)
        )
        assert squeezed("quy trình này không áp dụng") in printed(linear(), suffix, binds=False)

    def test_equal_words_have_an_equal_edition(self):
        assert text(linear()).edition == text(linear()).edition
        assert text(linear()).edition.code != text(linear(8)).edition.code
