"""A pasted table of steps: columns known by their headers or by what they hold, times counted once, ways read."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from catalogue.imports.pasted_steps import ROLES, PastedSteps, proposed_steps, steps_of_rows
from catalogue.imports.pasted_table import read_pasted
from decisions.workflow import Counting, Route, StepKind, Workflow
from decisions.workflow_paths import longest_path
from decisions.workflow_ways import ways_text

HEAD = ("Bước", "Nội dung công việc", "Đơn vị", "Người thực hiện", "Thời gian (ngày làm việc)", "Kết quả")
ROWS = (
    (
        "B1",
        "Tiếp nhận hồ sơ",
        "Trung tâm Phục vụ hành chính công",
        "Công chức tiếp nhận",
        "Giờ hành chính",
        "Mẫu số 01",
    ),
    (
        "B2",
        "Thẩm định. Nếu hồ sơ chưa đạt: chuyển lại bước B1",
        "Phòng Đất đai",
        "Chuyên viên",
        "5",
        "Tờ trình",
    ),
    ("B3", "Ký quyết định", "Sở Nông nghiệp và Môi trường", "Lãnh đạo Sở", "1,5", "Quyết định"),
    ("B4", "Trả kết quả", "Trung tâm Phục vụ hành chính công", "Công chức trả kết quả", "Giờ hành chính", ""),
)


def markup(*rows: tuple[str, ...]) -> str:
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"


def taken(html: str, labels: tuple[str, ...] = ()) -> PastedSteps:
    """Everything that the proposal ticks, under the columns it proposes."""
    table, reading = proposed_steps(read_pasted("", html))
    return steps_of_rows(table.rows[reading.heads :], reading.roles, labels)


def test_headers_name_the_columns() -> None:
    _table, reading = proposed_steps(read_pasted("", markup(HEAD, *ROWS)))
    assert reading.roles == ("label", "content", "unit", "actor", "time", "product")
    assert reading.heads == 1


def test_rows_become_steps_with_times_kinds_and_ways() -> None:
    found = taken(markup(HEAD, *ROWS)).steps
    assert [step.label for step in found] == ["B1", "B2", "B3", "B4"]
    assert [step.kind for step in found] == [StepKind.RECEIVE, StepKind.TASK, StepKind.TASK, StepKind.RETURN]
    assert [step.time.counted for step in found] == [0, 40, 12, 0]
    assert found[1].time.text == "5 ngày làm việc"  # the unit that only the header named
    assert found[1].routes == (Route("b1", "Nếu hồ sơ chưa đạt", returns=True),)
    assert (found[1].unit, found[1].role) == ("Phòng Đất đai", "Chuyên viên")
    assert found[0].forms == ("Mẫu 01",)


def test_without_headers_what_cells_hold_tells() -> None:
    bare = tuple((row[0], row[3], row[1], f"{row[4]} ngày" if row[4][0].isdigit() else row[4]) for row in ROWS)
    found = taken(markup(*bare)).steps
    assert [step.text for step in found][2] == "Ký quyết định"
    assert [step.time.counted for step in found] == [0, 40, 12, 0]


def test_a_merged_time_counts_once() -> None:
    html = markup(HEAD[:3] + HEAD[4:5], ("B1", "Thẩm định", "Phòng A", "@"), ("B2", "Dự thảo", "Phòng A")).replace(
        "<td>@</td>", "<td rowspan=2>4</td>"
    )
    found = taken(html).steps
    assert [step.time.counting for step in found] == [Counting.COUNTED, Counting.SHARED]
    assert longest_path(Workflow("", found)).hours == 32


def test_a_total_is_no_step_but_gathering_opinions_is() -> None:
    rows = (("B1", "Tổng hợp ý kiến", "Phòng A", "2"), ("Tổng cộng", "", "", "2"))
    found = taken(markup(HEAD[:3] + HEAD[4:5], *rows))
    assert [step.text for step in found.steps] == ["Tổng hợp ý kiến"]
    assert found.total.hours == Decimal(16)


def test_a_row_of_one_cell_names_the_part_that_follows() -> None:
    html = markup(HEAD, *ROWS).replace("<tr><td>B1", "<tr><td colspan=6>I. Tại Trung tâm</td></tr><tr><td>B1")
    assert {step.stage for step in taken(html).steps} == {"I. Tại Trung tâm"}


def test_a_step_without_a_label_gets_one_that_is_free() -> None:
    html = markup(HEAD[1:], *(row[1:] for row in ROWS))
    assert [step.label for step in taken(html, ("B1", "B2")).steps] == ["B3", "B4", "B5", "B6"]


def test_labels_that_are_taken_change_and_ways_follow_them() -> None:
    found = taken(markup(HEAD, *ROWS), ("B1", "B2", "B5"))
    assert [step.label for step in found.steps] == ["B4", "B6", "B7", "B8"]
    assert ways_text(found.steps[1], found.steps).startswith("trả lại B4")
    assert found.doubts[0] == "Ký hiệu «B1» đã có ở bước khác nên các bước vừa lấy mang ký hiệu B4 trở đi."


def test_styles_scripts_and_macros_of_word_are_left_behind() -> None:
    dirty = markup(HEAD, *ROWS).replace(
        "Ký quyết định",
        "<style>td {}</style><script>alert(1)</script><o:p>Ký quyết định</o:p><!--[if mso]>x-->",
    )
    assert [step.text for step in taken(dirty).steps][2] == "Ký quyết định"


CELLS = st.text(alphabet="B12 .,:-–()Nếutrả lạibướcngàygiờTổngcộngPhòng/\n", max_size=25)


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    roles=st.lists(st.sampled_from(sorted(ROLES)), min_size=3, max_size=3),
)
def test_whatever_is_chosen_gives_steps_with_keys_of_their_own(rows: list[list[str]], roles: list[str]) -> None:
    found = steps_of_rows(rows, roles)
    assert len({step.key for step in found.steps}) == len(found.steps) <= len(rows)
    assert all(step.label for step in found.steps)
