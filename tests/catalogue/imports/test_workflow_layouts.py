"""The ISO layout, expiries, pasted rows without a header, and tables of steps that cannot be meant as they stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.imports.decision_document import read_decision
from catalogue.imports.decision_values import ParsedDecision
from catalogue.imports.workflow_headings import names_procedure, opens_case, opens_stage, read_heading
from catalogue.imports.workflow_targets import names_like, workflow_of_rows
from decisions.workflow import Counting, workflow_json
from decisions.workflow_paths import longest_path, loop
from decisions.workflow_proof import ProofFacts, prove
from tests.word_decisions import ARTICLES, Rows, build_decision

ANNEX = "PHỤ LỤC II\nQUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH LĨNH VỰC BÁO CHÍ"
HEAD = ["TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả"]
ISO = [
    ["1", "KÝ HIỆU QUY TRÌNH", "QT.BC.01", "", ""],
    ["2", "NỘI DUNG QUY TRÌNH", "", "", ""],
    ["2.1", "Điều kiện thực hiện TTHC: Không quy định", "", "", ""],
    ["2.3", "Thành phần hồ sơ, bao gồm:", "Bản chính", "Bản sao", ""],
    ["-", "Đơn đề nghị cấp giấy phép theo mẫu BM.BC.01.01", "x", "", ""],
    ["2.5", "Thời hạn giải quyết: 03 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ.", "", "", ""],
    ["2.10", "Quy trình xử lý công việc:", "", "", ""],
    HEAD,
    ["B1", "Tiếp nhận hồ sơ", "Tổ chức/cá nhân, Cán bộ TN&TKQ", "Giờ hành chính", "Mẫu 01; 06"],
    ["B2", "Thẩm định, dự thảo", "Chuyên viên Phòng Báo chí", "1,5 ngày", "Mẫu 05 và dự thảo giấy phép"],
    ["B3", "Ký giấy phép; nếu không đồng ý: trả lại bước 2", "Lãnh đạo Sở", "1,5 ngày", "Giấy phép"],
    ["B4", "Trả kết quả cho tổ chức, cá nhân", "Công chức TN&TKQ", "Giờ hành chính", ""],
    ["", "Trường hợp hồ sơ quá hạn xử lý, cơ quan ban hành phiếu xin lỗi và hẹn lại ngày trả.", "", "", ""],
    ["3", "BIỂU MẪU", "", "", ""],
    ["", "Mẫu 01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "", ""],
    ["4", "HỒ SƠ LƯU", "", "", ""],
    ["-", "Hồ sơ theo mục 2.3.", "", "", ""],
    ["Hồ sơ được lưu tại phòng, thời gian lưu 02 năm.", *[">"] * 4],
]


def read(*blocks: str | Rows, articles: tuple[str, ...] = ARTICLES) -> ParsedDecision:
    return read_decision(build_decision(annexes=[(ANNEX, list(blocks))], articles=articles), "quy-trinh.docx")


def table(*steps: list[str]) -> Rows:
    return [HEAD, *steps]


def test_the_iso_layout_gives_sign_limit_sections_forms_and_records() -> None:
    decision = read("1. Cấp giấy phép xuất bản bản tin", ISO)
    (parsed,) = decision.workflows
    workflow = parsed.workflow
    assert (parsed.name, parsed.symbol, parsed.limit.hours) == ("Cấp giấy phép xuất bản bản tin", "QT.BC.01", 24)
    assert [step.label for step in workflow.steps] == ["B1", "B2", "B3", "B4"]
    assert workflow.records == ("Hồ sơ theo mục 2.3.", "Hồ sơ được lưu tại phòng, thời gian lưu 02 năm.")
    assert (workflow.retention, workflow.extra["forms"]) == (
        "02 năm",
        ["Mẫu 01 Giấy tiếp nhận hồ sơ và hẹn trả kết quả"],
    )
    titles = [section[1] for section in workflow.extra["sections"]]
    assert titles[1:4] == ["Điều kiện thực hiện TTHC", "Thành phần hồ sơ, bao gồm", "Thời hạn giải quyết"]
    assert workflow.note.startswith("Trường hợp hồ sơ quá hạn")
    assert decision.unexplained == () and len(parsed.rows) == len(ISO)
    assert longest_path(workflow).hours == 24 and prove(workflow, ProofFacts()) == ()


def test_the_next_iso_workflow_may_be_glued_behind_the_last() -> None:
    second = [["2. Cấp lại giấy phép xuất bản bản tin", "1", "KÝ HIỆU QUY TRÌNH", "QT.BC.02", ""], *ISO[1:]]
    first, other = read("1. Cấp giấy phép xuất bản bản tin", [*ISO, *second]).workflows
    assert (first.symbol, other.symbol, other.name) == ("QT.BC.01", "QT.BC.02", "Cấp lại giấy phép xuất bản bản tin")


def test_the_classic_front_matter_has_fields_of_its_own() -> None:
    front = [
        ["1", "KÝ HIỆU QUY TRÌNH", "QT-01", "", ""],
        ["1.1", "Mục đích: Quy định trình tự cấp giấy phép", "", "", ""],
        ["1.2", "Phạm vi áp dụng: Sở Văn hóa", "", "", ""],
        ["1.3", "Tài liệu viện dẫn: TCVN ISO 9001:2015", "", "", ""],
    ]
    (parsed,) = read("1. Cấp giấy phép xuất bản bản tin", [*front, *ISO[6:]]).workflows
    workflow = parsed.workflow
    assert (workflow.purpose, workflow.scope) == ("Quy định trình tự cấp giấy phép", "Sở Văn hóa")
    assert workflow.references == "TCVN ISO 9001:2015"


# ---------------------------------------------------------------- what ends


def ending(words: str) -> ParsedDecision:
    return read("1. Cấp giấy phép", ISO, articles=(ARTICLES[0], f"Điều 2. {words}"))


def test_workflows_end_by_serial_numbers_of_an_older_annex() -> None:
    (expiry,) = ending(
        "Quy trình nội bộ có số thứ tự 12, 13 Mục I Phần I Phụ lục II ban hành kèm theo Quyết định số 1308/QĐ-UBND "
        "ngày 18/6/2025 của Chủ tịch UBND tỉnh hết hiệu lực thi hành."
    ).expiries
    assert (expiry.target, expiry.target_date) == ("1308/QĐ-UBND", date(2025, 6, 18))
    assert expiry.serials == "Quy trình nội bộ có số thứ tự 12, 13 Mục I Phần I Phụ lục II"


def test_workflows_end_by_name_code_and_sign() -> None:
    first, second = ending(
        "Các Quy trình nội bộ ban hành kèm theo Quyết định số 1211/QĐ-TTPVHCC ngày 22/8/2025 sau đây hết hiệu lực.\n"
        "1. Thủ tục thay đổi trụ sở (Mã TTHC 1.012644, ký hiệu: QTTP-20).\n"
        "2. Thủ tục đăng ký người đại diện (Mã TTHC: 1.012657, ký hiệu: QTTP-14)."
    ).expiries
    assert (first.symbol, first.code, first.name) == ("QTTP-20", "1.012644", "Thủ tục thay đổi trụ sở")
    assert (second.symbol, second.target) == ("QTTP-14", "1211/QĐ-TTPVHCC")


def test_an_article_that_ends_no_workflow_ends_none() -> None:
    assert ending("Quyết định này thay thế Quyết định số 12/QĐ-UBND ngày 05/01/2025.").expiries == ()
    assert ending("Giao Sở Tư pháp xây dựng quy trình điện tử.").expiries == ()


# ---------------------------------------------------------------- pasted rows


def test_rows_without_a_header_are_read_by_what_their_columns_hold() -> None:
    parsed = workflow_of_rows([
        ["Bước 1", "Văn thư Sở", "Tiếp nhận hồ sơ và chuyển phòng chuyên môn xử lý", "0,5 ngày"],
        ["Bước 2", "Lãnh đạo Phòng Nội vụ", "Thẩm định hồ sơ, trình lãnh đạo", "01 ngày", "Dự thảo"],
    ])  # fmt: skip
    assert parsed is not None
    assert [(s.role, s.unit, s.product) for s in parsed.workflow.steps] == [
        ("Văn thư", "Sở", ""), ("Lãnh đạo", "Phòng Nội vụ", "Dự thảo"),
    ]  # fmt: skip
    assert workflow_of_rows([["Tên giấy tờ", "Số bản"], ["Tờ khai", "01"]]) is None


def test_a_row_that_ran_into_the_one_above_is_taken_apart() -> None:
    parsed = workflow_of_rows([
        ["Bước 1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "02 giờ"],
        ["Bước 2", "Thẩm định", "Phòng Báo chí", "01 ngày", "Lãnh đạo Sở ký duyệt", "04 giờ"],
        ["Bước 3", "Ký duyệt hồ sơ", "Lãnh đạo UBND tỉnh", "04 giờ", "II", "Quy trình giải quyết tại cấp tỉnh"],
        ["Bước 4", "Trả kết quả", "Bộ phận Một cửa", "02 giờ"],
    ])  # fmt: skip
    assert parsed is not None
    steps = parsed.workflow.steps
    assert [step.time.hours for step in steps] == [2, 8, 4, 4, 2]
    assert (steps[2].label, steps[4].stage) == ("Bước 2", "Quy trình giải quyết tại cấp tỉnh")


def test_cells_printed_the_wrong_way_round_are_turned_with_a_doubt() -> None:
    parsed = workflow_of_rows([
        ["Bước 1", "Thẩm định hồ sơ", "Chuyên viên Phòng Khoa học", "02 ngày"],
        ["Bước 2", "Lãnh đạo UBND tỉnh", "Ký duyệt hồ sơ", "01 ngày"],
        ["Bước 3", "Trả kết quả", "Chuyên viên Phòng Khoa học", "01 ngày"],
    ])  # fmt: skip
    assert parsed is not None
    assert (parsed.workflow.steps[1].text, parsed.workflow.steps[1].unit) == ("Ký duyệt hồ sơ", "UBND tỉnh")
    assert "đổi chỗ" in parsed.doubts[0].reason


# ---------------------------------------------------------------- bad input


def test_a_time_without_a_number_is_kept_and_named_by_the_proof() -> None:
    (parsed,) = read("1. Cấp giấy phép", table(["B1", "Xét duyệt", "Hội đồng", "Theo quy chế", ""])).workflows
    assert parsed.workflow.steps[0].time.counting is Counting.UNREAD
    assert [problem.code for problem in prove(parsed.workflow, ProofFacts())] == ["workflow_time_unread"]


def test_a_step_without_a_role_is_kept_and_named_by_the_proof() -> None:
    (parsed,) = read("1. Cấp giấy phép", table(["B1", "Xét duyệt", "", "01 ngày", "Giấy phép"])).workflows
    assert [problem.code for problem in prove(parsed.workflow, ProofFacts())] == ["workflow_without_actor"]


def test_three_hundred_steps_are_three_hundred_steps() -> None:
    steps = [[f"Bước {n}", f"Công việc số {n}", "Chuyên viên Sở", "0,5 ngày", ""] for n in range(1, 301)]
    (parsed,) = read("1. Cấp giấy phép", table(*steps)).workflows
    assert len(parsed.workflow.steps) == 300 and longest_path(parsed.workflow).hours == 1200


def test_ways_that_go_round_are_ways_back_and_make_no_circle() -> None:
    (parsed,) = read("1. Cấp giấy phép", table(
        ["B1", "Thẩm định, chuyển bước 2", "Chuyên viên Sở", "01 ngày", ""],
        ["B2", "Nếu chưa đạt chuyển bước 1; chuyển bước 9", "Lãnh đạo Sở", "01 ngày", ""],
    )).workflows  # fmt: skip
    assert loop(parsed.workflow) == () and longest_path(parsed.workflow).hours == 16
    assert "không có trong bảng" in parsed.doubts[0].reason


def test_a_workflow_without_a_name_asks_for_its_procedure() -> None:
    step = ["Bước 1", "Tiếp nhận hồ sơ", "Văn thư Sở", "01 ngày", ""]
    (parsed,) = read(table(step)).workflows
    assert parsed.name == "" and "cần chọn thủ tục" in parsed.doubts[-1].reason


def test_a_row_of_steps_that_no_column_explains_is_told_with_its_place() -> None:
    decision = read("1. Cấp giấy phép", table(
        ["B1", "Xét duyệt", "Hội đồng", "01 ngày", ""], ["*", "abc", "def", "ghi", ""],
    ))  # fmt: skip
    assert [left.text for left in decision.unexplained] == ["* | abc | def | ghi"]
    assert "dòng 3" in decision.unexplained[0].place


def test_a_list_of_papers_or_of_procedures_is_no_workflow() -> None:
    papers = [["STT", "Tên hồ sơ", "Bản chính", "Số lượng"], ["1", "Đơn đề nghị", "x", "01"]]
    plan = [["TT", "Nội dung công việc", "Người thực hiện", "Thời gian"], ["", "", "", ""]]
    assert read("1. Thành phần hồ sơ", papers, plan).workflows == ()


@given(st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=7), min_size=1, max_size=8))
def test_any_rows_are_read_or_refused_and_none_breaks_the_reader(rows: list[list[str]]) -> None:
    parsed = workflow_of_rows(rows)
    assert parsed is None or parsed.workflow.steps or parsed.doubts


cells = st.sampled_from([
    "", "Bước 1", "B2", "Bước 3", "2", "I", "2.1", "-", "Tiếp nhận hồ sơ", "Văn thư Sở", "0,5 ngày", "Giờ hành chính",
    "Quy trình tại UBND cấp xã", "Trường hợp phải xác minh", "Tổng thời gian giải quyết TTHC", "03 ngày làm việc",
    "Dự thảo văn bản", "Mẫu 01, 05", "Lưu ý khi nộp hồ sơ", "3. Thủ tục cấp lại giấy phép", "BIỂU MẪU", "hồ sơ gốc",
    "Nếu không đồng ý: chuyển lại bước 1",
])  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=8))
def test_no_row_and_no_word_of_a_table_of_steps_is_dropped(rows: list[list[str]]) -> None:
    decision = read("1. Thủ tục cấp giấy phép", [HEAD, ["B1", "Nhận hồ sơ", "Văn thư Sở", "01 ngày", ""], *rows])
    owned = {row for workflow in decision.workflows for row in workflow.rows}
    told = " ".join(left.place for left in decision.unexplained)
    for number, row in enumerate(rows, start=3):
        assert not any(row) or (3, number) in owned or f"dòng {number}" in told
    kept = " ".join((
        *(f"{step.role} {step.unit}" for w in decision.workflows for step in w.workflow.steps),
        *(workflow_json(w.workflow) + w.heading + w.name for w in decision.workflows),
        *(left.text for left in decision.unexplained), *(d.text for w in decision.workflows for d in w.doubts),
    ))  # fmt: skip
    for text in {text for row in rows for text in row if len(text) > 4 and not text.startswith("Tổng thời gian")}:
        assert text in kept or text == "BIỂU MẪU", text


# ---------------------------------------------------------------- headings and names


@pytest.mark.parametrize(
    ("text", "names", "case", "stage"),
    [
        ("1. Thủ tục đăng ký khai sinh", True, False, False),
        ("Quy trình số: 03", True, False, False),
        ("6. Quy trình giải quyết", False, False, False),
        ("2. Thành phần hồ sơ", False, False, False),
        ("b) Trường hợp thành lập hội đồng", False, True, False),
        ("Quy trình nội bộ tại UBND thành phố", False, False, True),
        ("QUY TRÌNH GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH CẤP TỈNH (12 TTHC)", False, False, False),
    ],
)
def test_headings_are_told_apart(text: str, names: bool, case: bool, stage: bool) -> None:
    assert (names_procedure(text), opens_case(text), opens_stage(text)) == (names, case, stage)


def test_a_heading_gives_name_code_number_limit_and_case() -> None:
    heading = read_heading(
        "II. LĨNH VỰC PHÍ Quy trình số: 01 1. Quy trình nội bộ giải quyết TTHC: “Kê khai phí” (Mã TTHC: 1.008603)\n"
        "- Thời gian giải quyết: 10 ngày làm việc\na) Trường hợp nộp trực tuyến"
    )
    (procedure,) = heading.procedures
    assert (procedure.name, procedure.code, heading.ordinal) == ("Kê khai phí", "1.008603", "01")
    assert (heading.limit, heading.case) == ("10 ngày làm việc", "Trường hợp nộp trực tuyến")


def test_names_are_compared_without_marks_blanks_and_thu_tuc() -> None:
    names = ["Đăng ký lại kết hôn", "Đăng kí lại khai sinh cho người đã có hồ sơ"]
    assert names_like("Thủ tục đăng ký lại kết hôn", names) == [0]
    assert names_like("Đăng ký lại khai sinh cho người đã có hồ sơ", names) == [1]
    assert names_like("Đăng ký nhận cha, mẹ, con", names) == [] and names_like("", names) == []
