"""Tables of steps in Word decisions become workflows, whatever their columns, merges and headings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.imports.decision_document import read_decision
from catalogue.imports.decision_values import ParsedDecision, ParsedWorkflow, RowRole
from decisions.kinds import Level
from decisions.step_times import parse_step_time
from decisions.workflow import Branching, Counting, StepKind, WorkflowKind, workflow_from_json, workflow_json
from decisions.workflow_paths import longest_path
from decisions.workflow_proof import ProofFacts, prove
from tests.word_decisions import LISTING, Rows, build_decision

ANNEX = "PHỤ LỤC II\nQUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH LĨNH VỰC HỘ TỊCH"
LIST_ANNEX = "PHỤ LỤC I\nDANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH LĨNH VỰC HỘ TỊCH"
NAME = "Thủ tục đăng ký lại khai sinh"
HEAD = ["Thứ tự công việc", "Nội dung công việc", "Đơn vị/Người thực hiện", "Thời gian thực hiện", "Kết quả"]
STEPS = [
    ["Bước 1", "Tiếp nhận hồ sơ", "Công chức Trung tâm Phục vụ hành chính công cấp xã", "02 giờ", "Mẫu 01, 06"],
    ["Bước 2", "Thẩm định hồ sơ", "Công chức Phòng Văn hóa - Xã hội", "1,5 ngày", "Dự thảo"],
    ["Bước 3", "Ký duyệt kết quả", "Lãnh đạo UBND cấp xã", "1/4 ngày", "Giấy khai sinh"],
    ["Bước 4", "Trả kết quả cho cá nhân", "Trung tâm Phục vụ hành chính công cấp xã", "Giờ hành chính", ""],
]
TOTAL = ["Tổng thời gian giải quyết TTHC", "02 ngày", "", "", ""]


def read(*blocks: str | Rows, listed: Rows | None = None, title: str = ANNEX) -> ParsedDecision:
    annexes = [(LIST_ANNEX, [listed])] if listed else []
    return read_decision(build_decision(annexes=[*annexes, (title, list(blocks))]), "quy-trinh.docx")


def only(decision: ParsedDecision) -> ParsedWorkflow:
    (workflow,) = decision.workflows
    return workflow


def hours(workflow: ParsedWorkflow) -> Decimal:
    return longest_path(workflow.workflow).hours


def test_a_table_of_steps_becomes_a_workflow() -> None:
    parsed = only(read(f"1. {NAME} (Mã TTHC: 1.004837)", [HEAD, *STEPS, TOTAL]))
    workflow = parsed.workflow
    assert (parsed.name, parsed.code_key, parsed.ordinal) == (NAME, "1.004837", "1")
    assert [step.label for step in workflow.steps] == ["Bước 1", "Bước 2", "Bước 3", "Bước 4"]
    first, *_, last = workflow.steps
    assert (first.kind, first.forms, first.time.hours) == (StepKind.RECEIVE, ("Mẫu 01", "Mẫu 06"), 2)
    assert (last.kind, last.time.counting) == (StepKind.RETURN, Counting.OFFICE_HOURS)
    assert (workflow.steps[2].role, workflow.steps[2].unit) == ("Lãnh đạo", "UBND cấp xã")
    assert (workflow.total.hours, hours(parsed)) == (16, 16)
    assert prove(workflow, ProofFacts()) == () and parsed.doubts == ()
    assert workflow_from_json(workflow_json(workflow)) == workflow


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (0, 2, 1, 3, 4), (0, 1, 2, 4, 3), (0, 2, 3, 1, 4)])
def test_columns_may_stand_in_any_order(order: tuple[int, ...]) -> None:
    table = [[row[i] for i in order] for row in [HEAD, *STEPS]]
    parsed = only(read(f"1. {NAME}", table))
    assert [step.text for step in parsed.workflow.steps] == [row[1] for row in STEPS]
    assert hours(parsed) == 16


@pytest.mark.parametrize(
    "head",
    [
        ["TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả"],
        ["Các bước", "Trình tự thực hiện", "Đơn vị giải quyết", "Thời gian giải quyết", "Ghi chú"],
        ["Tên bước", "Nội dung công việc", "Đơn vị/người thực hiện", "Thời hạn (ngày làm việc)", "Biểu mẫu/ kết quả"],
        ["Bước thực hiện", "Mô tả công việc", "Chức danh", "Thời gian", "Sản phẩm"],
    ],
)
def test_columns_are_known_by_any_of_their_names(head: list[str]) -> None:
    assert hours(only(read(f"1. {NAME}", [head, *STEPS]))) == 16


def test_a_unit_and_a_person_in_two_columns_are_unit_and_role() -> None:
    head = ["TT", "Nội dung", "Đơn vị thực hiện", "Người thực hiện", "Thời gian"]
    parsed = only(read(f"1. {NAME}", [head, ["B1", "Tiếp nhận hồ sơ", "UBND xã", "Công chức tư pháp", "0,5 ngày"]]))
    (step,) = parsed.workflow.steps
    assert (step.unit, step.role) == ("UBND xã", "Công chức tư pháp")


def test_other_columns_are_kept_beside_the_step() -> None:
    head = [*HEAD[:4], "DVCTT mức độ"]
    parsed = only(read(f"1. {NAME}", [head, [*STEPS[0][:4], "Toàn trình"]]))
    assert parsed.workflow.steps[0].extra == {"DVCTT mức độ": "Toàn trình"}


def test_numbers_without_a_unit_take_that_of_the_header_or_else_of_the_total() -> None:
    bare = [["Bước 1", "Tiếp nhận hồ sơ", "Văn thư Sở", "0,5", ""], ["Bước 2", "Thẩm định", "Lãnh đạo Sở", "1,5", ""]]
    named = [*HEAD[:3], "Thời gian (ngày làm việc)", "Kết quả"]
    assert hours(only(read(f"1. {NAME}", [named, *bare]))) == 16
    summed = only(read(f"1. {NAME}", [HEAD, *bare, TOTAL]))
    assert hours(summed) == 16 and "đơn vị" in summed.doubts[0].reason
    unknown = only(read(f"1. {NAME}", [HEAD, *bare]))
    assert [step.time.counting for step in unknown.workflow.steps] == [Counting.UNREAD] * 2


def test_one_time_cell_over_several_steps_counts_once() -> None:
    table = [
        HEAD,
        ["Bước 1", "Tiếp nhận hồ sơ", "Văn thư Sở", "07 ngày", ""],
        ["Bước 2", "Phân công xử lý", "Lãnh đạo Sở", "^", ""],
        ["Bước 3", "Dự thảo văn bản", "Chuyên viên Sở", "^", ""],
    ]
    parsed = only(read(f"1. {NAME}", table))
    assert [step.time.counting for step in parsed.workflow.steps] == [Counting.COUNTED, *[Counting.SHARED] * 2]
    assert hours(parsed) == 56


def test_a_step_over_several_rows_gives_a_step_for_each() -> None:
    table = [
        HEAD,
        ["Bước 1", "Tiếp nhận hồ sơ", "Văn thư Sở", "0,5 ngày", ""],
        ["Bước 2", "Xử lý hồ sơ", "Lãnh đạo Phòng Nội vụ", "0,5 ngày", ""],
        ["^", "^", "Chuyên viên Phòng Nội vụ", "01 ngày", "Dự thảo"],
    ]
    steps = only(read(f"1. {NAME}", table)).workflow.steps
    assert [(step.label, step.role, step.text) for step in steps[1:]] == [
        ("Bước 2", "Lãnh đạo", "Xử lý hồ sơ"), ("Bước 2", "Chuyên viên", "Xử lý hồ sơ"),
    ]  # fmt: skip
    assert len({step.key for step in steps}) == 3


def test_rows_that_lost_their_merged_cells_are_put_under_the_right_columns() -> None:
    table = [
        HEAD,
        ["Bước 1", "Phòng Văn hóa - Xã hội", "Lãnh đạo Phòng phân công", "1/4 ngày", "Ý kiến"],
        ["Chuyên viên được phân công", "1/2 ngày", "Dự thảo quyết định", "", ""],
        ["", "Bước 2", "Ký duyệt", "Lãnh đạo UBND cấp xã", "1/4 ngày"],
    ]
    parsed = only(read(f"1. {NAME}", table))
    assert [step.time.hours for step in parsed.workflow.steps] == [2, 4, 2]
    assert parsed.workflow.steps[1].role == "Chuyên viên được phân công"


def test_stage_rows_and_their_totals_divide_the_way() -> None:
    table = [
        HEAD, ["I", "Quy trình tại UBND cấp xã (01 ngày)", "", "", ""],
        ["Bước 1", "Tiếp nhận hồ sơ", "Văn thư UBND xã", "01 ngày", ""],
        ["II", "Quy trình giải quyết tại cấp tỉnh (02 ngày làm việc)", "", "", ""],
        ["Bước 1", "Thẩm định", "Chuyên viên Sở Tư pháp", "1,5 ngày", ""],
        ["Bước 2", "Ký duyệt; nếu không đồng ý: chuyển lại bước 1", "Lãnh đạo Sở Tư pháp", "0,5 ngày", ""],
        ["Tổng thời gian giải quyết TTHC", "03 ngày", "", "", ""],
    ]  # fmt: skip
    parsed = only(read(f"1. {NAME}", table))
    workflow = parsed.workflow
    assert [(stage.name[:14], stage.total.hours) for stage in workflow.stages] == [
        ("Quy trình tại ", 8), ("Quy trình giải", 16),
    ]  # fmt: skip
    assert [route.to for route in workflow.steps[2].routes] == [workflow.steps[1].key]
    assert prove(workflow, ProofFacts()) == ()


def test_totals_of_parts_name_their_stage() -> None:
    table = [
        HEAD, STEPS[0], ["Tổng thời gian giải quyết TTHC ở cấp xã là:", "02 giờ", "", "", ""],
        *STEPS[1:], ["Tổng thời gian giải quyết TTHC tại Sở Tư pháp", "14 giờ", "", "", ""],
        ["Tổng thời gian giải quyết TTHC", "16 giờ làm việc (02 ngày làm việc) trong đó: cấp xã 02 giờ", "", "", ""],
    ]  # fmt: skip
    parsed = only(read(f"1. {NAME}", table))
    assert [(stage.name, stage.total.hours) for stage in parsed.workflow.stages] == [("cấp xã", 2), ("Sở Tư pháp", 14)]
    assert parsed.workflow.total.hours == 16 and prove(parsed.workflow, ProofFacts()) == ()


def test_a_header_repeated_on_the_next_page_continues_the_workflow() -> None:
    parsed = only(read(f"1. {NAME}", [HEAD, *STEPS[:2], HEAD, *STEPS[2:], TOTAL]))
    assert len(parsed.workflow.steps) == 4
    split = only(read(f"1. {NAME}", [HEAD, *STEPS[:2]], [HEAD, *STEPS[2:], TOTAL]))
    assert hours(split) == 16
    bare = only(read(f"1. {NAME}", [HEAD, *STEPS[:2]], [*STEPS[2:], TOTAL]))
    assert hours(bare) == 16


def test_a_header_of_two_rows_counts_the_time_after_the_cut() -> None:
    table = [
        ["TT", "Trình tự", "Trách nhiệm", "Thời gian", ">", "Kết quả"],
        ["^", "^", "^", "Theo quy định", "Sau cắt giảm", "^"],
        ["1", "Tiếp nhận hồ sơ", "Văn thư Sở", "01 ngày", "0,5 ngày", "Mẫu 01"],
        ["2", "Thẩm định", "Chuyên viên Sở", "02 ngày", "1,5 ngày", "Dự thảo"],
        ["Tổng cộng", ">", ">", "03 ngày", "02 ngày", ""],
    ]
    decision = read(f"1. {NAME}", table)
    parsed = only(decision)
    assert (hours(parsed), parsed.workflow.total.hours, decision.unexplained) == (16, 16, ())
    assert parsed.workflow.steps[0].extra == {"Thời gian – Theo quy định": "01 ngày"}


def test_tables_under_headings_of_stages_are_one_workflow() -> None:
    last = ["Bước 3", "Thẩm định", "Chuyên viên Sở Tư pháp", "2,25 giờ", ""]
    parsed = only(read(
        f"1. {NAME} (Mã TTHC: 1.004837)", "Ký hiệu quy trình: QT-HT-01", "1.1. Quy trình tại UBND cấp xã",
        [HEAD, *STEPS[:2]], "1.2. Quy trình tại Sở Tư pháp", [HEAD, last, TOTAL],
    ))  # fmt: skip
    assert (parsed.name, parsed.symbol, parsed.code_key) == (NAME, "QT-HT-01", "1.004837")
    assert [stage.name for stage in parsed.workflow.stages] == [
        "1.1. Quy trình tại UBND cấp xã", "1.2. Quy trình tại Sở Tư pháp",
    ]  # fmt: skip
    assert [step.stage[:3] for step in parsed.workflow.steps] == ["1.1", "1.1", "1.2"]


def test_labels_may_be_bare_numbers_or_stand_in_front_of_the_text() -> None:
    numbered = only(read(f"1. {NAME}", [HEAD, *[[str(n), *row[1:]] for n, row in enumerate(STEPS, start=1)]]))
    assert [step.label for step in numbered.workflow.steps] == ["1", "2", "3", "4"]
    inside = only(read(f"1. {NAME}", [HEAD[1:4], *[[f"{row[0]}: {row[1]}", *row[2:4]] for row in STEPS]]))
    assert [(s.label, s.text) for s in inside.workflow.steps] == [(row[0], row[1]) for row in STEPS]


def test_steps_without_any_label_and_with_letters_are_steps() -> None:
    bare = only(read(f"1. {NAME}", [HEAD[1:4], *[row[1:4] for row in STEPS]]))
    assert [step.text for step in bare.workflow.steps] == [row[1] for row in STEPS] and hours(bare) == 16
    lettered = only(
        read(f"1. {NAME}", [HEAD, *[[letter, *row[1:]] for letter, row in zip("abcd", STEPS, strict=True)]])
    )
    assert [step.label for step in lettered.workflow.steps] == list("abcd")


def test_a_label_cell_may_name_the_step_too() -> None:
    table = [HEAD, ["Bước 1\nTiếp nhận", "Nhận hồ sơ, ghi sổ", "Văn thư Sở", "0,5 ngày", ""]]
    (step,) = only(read(f"1. {NAME}", table)).workflow.steps
    assert (step.label, step.text) == ("Bước 1", "Tiếp nhận\nNhận hồ sơ, ghi sổ")


def test_numbers_below_the_column_labels_are_part_of_the_header() -> None:
    decision = read(f"1. {NAME}", [HEAD, ["(1)", "(2)", "(3)", "(4)", "(5)"], *STEPS, TOTAL])
    assert (len(only(decision).workflow.steps), decision.unexplained) == (4, ())


def test_a_stage_row_with_its_time_is_no_step() -> None:
    table = [HEAD, ["I", "Quy trình tại UBND cấp xã", "", "14 giờ", ""], *STEPS[:2],
             ["II", "Quy trình tại Sở Tư pháp", "", "02 giờ", ""], ["Bước 3", "Ký duyệt", "Lãnh đạo Sở", "02 giờ", ""],
             TOTAL]  # fmt: skip
    parsed = only(read(f"1. {NAME}", table))
    assert [stage.total.hours for stage in parsed.workflow.stages] == [14, 2]
    assert (hours(parsed), prove(parsed.workflow, ProofFacts())) == (16, ())


words = st.sampled_from(["Tiếp nhận hồ sơ", "Thẩm định hồ sơ, dự thảo văn bản", "Ký duyệt", "Lấy số, đóng dấu"])
actors = st.sampled_from(["Văn thư Sở", "Lãnh đạo Phòng Nội vụ", "UBND tỉnh", "Chuyên viên được phân công"])
times = st.sampled_from(["0,25 ngày", "04 giờ làm việc", "1/2 ngày", "02 ngày làm việc", "Không tính thời gian"])
products = st.sampled_from(["", "Dự thảo quyết định", "Mẫu 05 và hồ sơ"])


@settings(max_examples=25)
@given(
    st.lists(st.tuples(words, actors, times, products), min_size=1, max_size=9), st.permutations(range(1, 5)), st.data()
)
def test_what_is_written_is_read_in_any_order_of_columns_over_any_page_break(
    steps: list[tuple[str, str, str, str]], order: list[int], data: st.DataObject
) -> None:
    rows = [[f"Bước {n}", *step] for n, step in enumerate(steps, start=1)]
    table = [[row[i] for i in (0, *order)] for row in [HEAD, *rows]]
    cut = data.draw(st.integers(1, len(rows)))
    repeated = [*table[: cut + 1], table[0], *table[cut + 1 :]] if cut < len(rows) else table
    parsed = only(read(f"1. {NAME}", repeated))
    found = parsed.workflow.steps
    assert [(s.text, f"{s.role} {s.unit}".strip(), s.time.text, s.product) for s in found] == steps
    assert hours(parsed) == sum(parse_step_time(step[2]).counted for step in steps)


def test_several_workflows_stand_in_one_table_behind_their_totals() -> None:
    glued = ["Tổng thời gian giải quyết TTHC", "02 ngày", "2. Thủ tục đăng ký lại kết hôn (Mã TTHC: 1.004746)", *HEAD]
    first, second = read(f"1. {NAME}", [HEAD, *STEPS, glued, *STEPS, TOTAL]).workflows
    assert (first.name, second.name, second.code_key) == (NAME, "Thủ tục đăng ký lại kết hôn", "1.004746")
    assert (hours(first), hours(second), first.workflow.total.hours) == (16, 16, 16)
    rows = ["2. Thủ tục đăng ký lại kết hôn", *[">"] * 4]
    assert [w.name for w in read(f"1. {NAME}", [HEAD, *STEPS, TOTAL, rows, HEAD, *STEPS]).workflows][1] == second.name


def test_one_workflow_for_a_group_is_given_to_each_procedure() -> None:
    heading = (
        "Quy trình số 02\n2. Quy trình nội bộ giải quyết nhóm TTHC: 2.1. Đăng ký lại khai sinh (Mã TTHC: 1.004837); "
        "2.2. Đăng ký lại khai tử (Mã TTHC: 1.005461)"
    )
    first, second = read(*heading.split("\n"), [HEAD, *STEPS]).workflows
    assert [(w.code_key, w.ordinal, w.group) for w in (first, second)] == [
        ("1.004837", "02", ("Đăng ký lại khai tử",)), ("1.005461", "02", ("Đăng ký lại khai sinh",)),
    ]  # fmt: skip
    assert first.workflow.steps == second.workflow.steps


def test_cases_of_one_procedure_are_workflows_of_their_own() -> None:
    decision = read(
        f"1. {NAME} (Mã TTHC: 1.004837)", "a) Trường hợp không phải xác minh", [HEAD, *STEPS, TOTAL],
        "b) Trường hợp phải xác minh", "Thời gian giải quyết: 05 ngày làm việc", [HEAD, *STEPS],
    )  # fmt: skip
    first, second = decision.workflows
    assert (first.case, second.case) == ("Trường hợp không phải xác minh", "Trường hợp phải xác minh")
    assert first.code_key == second.code_key == "1.004837" and second.limit.hours == 40
    inside = [
        HEAD,
        ["I", "Trường hợp trong nước", "", "", ""],
        *STEPS,
        ["II", "Trường hợp nước ngoài", *[""] * 3],
        *STEPS,
    ]
    assert [w.case for w in read(f"1. {NAME}", inside).workflows] == ["Trường hợp trong nước", "Trường hợp nước ngoài"]


def test_a_workflow_without_a_code_finds_its_procedure_among_the_lines() -> None:
    listed = [LISTING, ["1", "1.004837", "Đăng ký lại khai sinh", "02 ngày", "UBND cấp xã", "Không", "Luật Hộ tịch"]]
    parsed = only(read("1. Thủ tục Đăng ký lại  khai sinh.", [HEAD, *STEPS], listed=listed))
    assert (parsed.line, parsed.code_key) == (1, "1.004837")
    stranger = only(read("1. Thủ tục đăng ký nhận cha, mẹ, con", [HEAD, *STEPS], listed=listed))
    assert (stranger.line, stranger.code_key, stranger.name) == (None, None, "Thủ tục đăng ký nhận cha, mẹ, con")


def test_the_level_is_that_of_the_capital_heading_above() -> None:
    decision = read(
        "A. QUY TRÌNH GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH CẤP TỈNH (01 quy trình)", f"1. {NAME}", [HEAD, *STEPS, TOTAL],
        "B. QUY TRÌNH GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH CẤP XÃ (01 quy trình)", f"1. {NAME}", [HEAD, *STEPS, TOTAL],
    )  # fmt: skip
    assert [workflow.level for workflow in decision.workflows] == [Level.PROVINCE, Level.COMMUNE]


def test_electronic_and_non_territorial_workflows_are_marked() -> None:
    title = "PHỤ LỤC II\nQUY TRÌNH ĐIỆN TỬ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH KHÔNG PHỤ THUỘC VÀO ĐỊA GIỚI HÀNH CHÍNH"
    workflow = only(read(f"1. {NAME}", [HEAD, *STEPS], title=title)).workflow
    assert (workflow.kind, workflow.non_territorial) == (WorkflowKind.ELECTRONIC, True)
    assert only(read(f"1. {NAME}", [HEAD, *STEPS])).workflow.kind is WorkflowKind.INTERNAL


def test_a_part_done_at_the_same_time_branches_and_joins() -> None:
    table = [HEAD, STEPS[0], STEPS[1], ["Bước 3", "Lấy ý kiến công an; thực hiện song song với bước 2", "Công an xã",
             "02 ngày", ""], ["Bước 4", "Ký duyệt", "Lãnh đạo UBND xã", "01 ngày", ""]]  # fmt: skip
    steps = only(read(f"1. {NAME}", table)).workflow.steps
    assert steps[0].branching is Branching.ALL and [r.to for r in steps[0].routes] == [steps[1].key, steps[2].key]
    assert steps[3].waits_for_all
    assert hours(only(read(f"1. {NAME}", table))) == 2 + 16 + 8


def test_a_remark_row_is_a_note_and_every_row_has_an_owner() -> None:
    remark = "Trường hợp hồ sơ quá hạn, cơ quan giải quyết gửi phiếu xin lỗi và hẹn lại ngày trả kết quả."
    decision = read(f"1. {NAME}", [HEAD, *STEPS, ["", remark, "", "", ""], TOTAL])
    parsed = only(decision)
    assert parsed.workflow.note == remark and decision.unexplained == ()
    assert parsed.rows == tuple((3, number) for number in range(1, 8))
    assert {account.role for account in decision.rows if account.table == 3} == {RowRole.HEADER, RowRole.WORKFLOW}
