"""Printed words of workflow steps: times in hours, ways to other steps, kinds of steps, forms, who does it."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.content import TimeUnit
from decisions.step_times import parse_step_time, unit_of_label
from decisions.text import clean
from decisions.workflow import Counting, StepKind
from decisions.workflow_reading import (
    CONTROL_FORMS,
    Direction,
    PrintedRoute,
    parse_forms,
    parse_routes,
    split_actor,
    step_kind,
)

# ---------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("text", "hours", "unit"),
    [
        ("0,25 ngày", "2", TimeUnit.DAY), ("1/2 ngày", "4", TimeUnit.DAY), ("½ ngày", "4", TimeUnit.DAY),
        ("1 1/2 ngày", "12", TimeUnit.DAY), ("04 giờ làm việc", "4", TimeUnit.HOUR), ("30 phút", "0.5", TimeUnit.HOUR),
        ("7.5 ngày làm việc", "60", TimeUnit.WORKING_DAY), ("1 ngà y", "8", TimeUnit.DAY),
        ("03 tháng", "720", TimeUnit.MONTH), ("02 tuần", "112", TimeUnit.DAY), ("một buổi", "4", TimeUnit.DAY),
        ("nửa ngày", "4", TimeUnit.DAY), ("một ngày rưỡi", "12", TimeUnit.DAY), ("mười (10) ngày", "80", TimeUnit.DAY),
        ("05 (năm) ngày làm việc", "40", TimeUnit.WORKING_DAY), ("không quá 10 ngày", "80", TimeUnit.DAY),
        ("Tối đa 24 giờ", "24", TimeUnit.HOUR), ("02 giờ 30 phút", "2.5", TimeUnit.HOUR),
        ("1 tháng 15 ngày", "360", TimeUnit.MONTH), ("(0,5 Ngày làm việc)", "4", TimeUnit.WORKING_DAY),
    ],
)  # fmt: skip
def test_a_time_is_read_in_working_hours_with_its_printed_unit(text: str, hours: str, unit: TimeUnit) -> None:
    time = parse_step_time(text)
    assert (time.hours, time.unit, time.counting) == (Decimal(hours), unit, Counting.COUNTED)
    assert not time.conditional and time.text == text


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("01 ngày làm việc (08 giờ)", 8), ("168 giờ (tương đương 21 ngày) kể từ ngày nhận đủ hồ sơ", 168),
        ("80 giờ = 10 ngày", 80), ("12 ngày (trong đó lấy ý kiến 02 ngày)", 96),
        ("96 giờ làm việc (12 ngày làm việc) trong đó: tại xã 40 giờ, tại sở 56 giờ", 96),
    ],
)  # fmt: skip
def test_what_a_bracket_repeats_or_a_breakdown_lists_is_not_counted_again(text: str, hours: int) -> None:
    assert parse_step_time(text).hours == hours


def test_a_sum_is_added_up() -> None:
    assert parse_step_time("0,5 ngày + 02 ngày").hours == 20
    assert not parse_step_time("0,5 ngày + 02 ngày").conditional


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("02 ngày hoặc 05 ngày nếu phải xác minh", 40), ("từ 3 đến 5 ngày", 40), ("từ 03 ngày đến 05 ngày", 40),
        ("3 - 5 ngày", 40), ("Trường hợp A: 42 ngày\nTrường hợp B: 32 ngày", 336),
        ("Trong ngày làm việc; trường hợp phức tạp 03 ngày", 24),
    ],
)  # fmt: skip
def test_of_several_times_the_longest_counts_and_the_time_is_conditional(text: str, hours: int) -> None:
    time = parse_step_time(text)
    assert (time.hours, time.conditional) == (Decimal(hours), True)


@pytest.mark.parametrize(
    ("text", "counting"),
    [
        ("Giờ hành chính", Counting.OFFICE_HOURS), ("Trong ngày", Counting.OFFICE_HOURS),
        ("Ngay sau khi nhận đủ hồ sơ hợp lệ", Counting.OFFICE_HOURS), ("Không tính thời gian", Counting.NOT_COUNTED),
        ("Không tính thời gian (tổ chức hoàn thiện trong 15 ngày)", Counting.NOT_COUNTED),
        ("Không quy định", Counting.NOT_COUNTED), ("", Counting.EMPTY), ("...", Counting.EMPTY), ("-", Counting.EMPTY),
        ("Theo quy định", Counting.UNREAD), ("Trong thời gian thông báo tuyển dụng", Counting.UNREAD),
        ("1/0 ngày", Counting.UNREAD), ("ngày 24 tháng 11 năm 2026", Counting.UNREAD),
        ("trước 15 giờ hằng ngày", Counting.UNREAD), ("khoản 2 Điều 5", Counting.UNREAD),
    ],
)  # fmt: skip
def test_words_without_a_number_give_no_hours_and_stay(text: str, counting: Counting) -> None:
    time = parse_step_time(text)
    assert (time.hours, time.counting, time.text, time.counted) == (None, counting, clean(text), 0)


def test_a_bare_number_needs_the_unit_of_its_column() -> None:
    assert parse_step_time("0,5").counting is Counting.UNREAD
    assert parse_step_time("0,5", TimeUnit.WORKING_DAY).hours == 4
    assert parse_step_time("4", TimeUnit.HOUR).hours == 4
    assert parse_step_time("30 phút", TimeUnit.WORKING_DAY).hours == Decimal("0.5")


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Thời gian (ngày làm việc)", TimeUnit.WORKING_DAY), ("Thời hạn (ĐVT: Ngày)", TimeUnit.DAY),
        ("Thời gian (giờ)", TimeUnit.HOUR), ("Thời gian thực hiện (mỗi ngày 08 giờ làm việc)", None),
        ("Thời gian thực hiện", None), ("Thời gian (ngày/giờ)", None),
    ],
)  # fmt: skip
def test_the_unit_of_a_column_is_in_its_header(label: str, unit: TimeUnit | None) -> None:
    assert unit_of_label(label) is unit


numbers = st.decimals(min_value=0, max_value=999, places=2, allow_nan=False)


@given(numbers, st.sampled_from(["ngày", "ngày làm việc", "giờ", "giờ làm việc"]), st.booleans())
def test_any_printed_number_comes_back_whatever_its_comma(number: Decimal, unit: str, comma: bool) -> None:
    written = str(number).replace(".", ",") if comma else str(number)
    time = parse_step_time(f"{written} {unit}")
    assert time.hours == number * (8 if unit.startswith("ngày") else 1)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=5))
def test_sums_add_and_alternatives_take_the_longest(days: list[int]) -> None:
    added = parse_step_time(" + ".join(f"{day:02d} ngày" for day in days))
    either = parse_step_time(" hoặc ".join(f"{day:02d} ngày" for day in days))
    assert added.hours == 8 * sum(days) and either.hours == 8 * max(days)
    assert either.conditional is (len(set(days)) > 1)


@given(st.text(max_size=200), st.sampled_from([None, *TimeUnit]))
def test_no_text_breaks_the_reading_and_none_is_lost(text: str, unit: TimeUnit | None) -> None:
    time = parse_step_time(text, unit)
    assert time.text == clean(text) == unicodedata.normalize("NFC", time.text)
    assert (time.hours is not None) is (time.counting is Counting.COUNTED)
    assert time.hours is None or time.hours >= 0


# ---------------------------------------------------------------- ways


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chuyển lại bước 3", PrintedRoute("3", Direction.BACK)),
        ("- Nếu không đồng ý: Chuyển lại bước 03", PrintedRoute("3", Direction.BACK, "Nếu không đồng ý")),
        ("Nếu không đồng ý, trả về bước 2", PrintedRoute("2", Direction.BACK, "Nếu không đồng ý")),
        ("chuyển bước 5", PrintedRoute("5", Direction.ON)),
        ("Trường hợp đủ thông tin thì cấp phiếu và chuyển sang B5;",
         PrintedRoute("5", Direction.ON, "Trường hợp đủ thông tin")),
        ("Thực hiện song song với bước 4", PrintedRoute("4", Direction.BESIDE)),
        ("Quay lại bước 2 khi hồ sơ chưa đạt", PrintedRoute("2", Direction.BACK, "khi hồ sơ chưa đạt")),
    ],
)  # fmt: skip
def test_a_way_to_another_step_is_read_with_its_condition(text: str, expected: PrintedRoute) -> None:
    assert parse_routes(text) == (expected,)


def test_two_ways_of_one_sentence_share_its_condition() -> None:
    routes = parse_routes("Nếu chưa đạt: chuyển lại bước 2 hoặc bước 3")
    assert [(route.step, route.condition) for route in routes] == [("2", "Nếu chưa đạt"), ("3", "Nếu chưa đạt")]


@pytest.mark.parametrize("text", ["Ký nháy kết quả tại B6.", "Trên cơ sở kết quả bước 5", "Chuyển hồ sơ đến Sở", ""])
def test_a_step_that_is_only_mentioned_is_no_way(text: str) -> None:
    assert parse_routes(text) == ()


@given(st.text(max_size=300))
def test_any_text_can_be_searched_for_ways(text: str) -> None:
    assert all(route.step and route.step[0] != "0" or route.step == "0" for route in parse_routes(text))


# ---------------------------------------------------------------- kinds, forms, actors


@pytest.mark.parametrize(
    ("text", "actor", "first", "counted", "kind"),
    [
        ("Tiếp nhận hồ sơ, hẹn trả kết quả", "Bộ phận tiếp nhận và trả kết quả", True, True, StepKind.RECEIVE),
        ("1. Tiếp nhận hồ sơ.", "Tổ chức/cá nhân, Cán bộ TN&TKQ", True, False, StepKind.RECEIVE),
        ("Phân công thụ lý", "Lãnh đạo phòng", False, True, StepKind.TASK),
        ("Chuyển kết quả cho Bộ phận tiếp nhận và trả kết quả", "Văn thư Sở", False, True, StepKind.TASK),
        ("Trả kết quả cho tổ chức, cá nhân", "Trung tâm Phục vụ hành chính công", False, False, StepKind.RETURN),
        ("Hoàn thiện hồ sơ theo ý kiến của Hội đồng", "Tổ chức đề nghị", False, False, StepKind.WAIT),
        ("Có ý kiến bằng văn bản", "Các Sở, ban, ngành được xin ý kiến", False, True, StepKind.HANDOVER),
        ("Liên thông Sở Nội vụ", "", False, True, StepKind.HANDOVER),
    ],
)  # fmt: skip
def test_the_kind_of_a_step_is_read_from_its_words(
    text: str, actor: str, first: bool, counted: bool, kind: StepKind
) -> None:
    assert step_kind(text, actor, first=first, counted=counted) is kind


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Mẫu 01; 02, 03 (nếu có); 06 và Hồ sơ theo mục 2.3", ("Mẫu 01", "Mẫu 02", "Mẫu 03", "Mẫu 06")),
        ("Phiếu kiểm soát quá trình giải quyết (Mẫu số 06)", ("Mẫu 06",)),
        ("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", (CONTROL_FORMS[1],)),
        ("BM.TBYT.01.02 và dự thảo", ("BM.TBYT.01.02",)),
        ("Đơn theo Mẫu số 24 Phụ lục II Nghị định số 116/2021/NĐ-CP", ()),
        ("Quyết định phê duyệt", ()),
    ],
)  # fmt: skip
def test_control_forms_are_named_by_number_code_or_name(text: str, forms: tuple[str, ...]) -> None:
    assert parse_forms(text) == forms


@pytest.mark.parametrize(
    ("text", "role", "unit"),
    [
        ("Lãnh đạo Phòng Quản lý môi trường", "Lãnh đạo", "Phòng Quản lý môi trường"),
        ("Trưởng Phòng ĐTTĐ&GSĐT", "Trưởng Phòng", "Phòng ĐTTĐ&GSĐT"),
        ("Văn thư Sở", "Văn thư", "Sở"), ("UBND tỉnh", "", "UBND tỉnh"), ("Trưởng phòng", "Trưởng phòng", ""),
        ("Chủ tịch Ủy ban nhân dân cấp xã", "Chủ tịch", "Ủy ban nhân dân cấp xã"),
        ("Chuyên viên được phân công", "Chuyên viên được phân công", ""),
        ("Lãnh đạo Phòng phân công thụ lý", "Lãnh đạo Phòng phân công thụ lý", ""),
        ("Chuyên viên; Lãnh đạo phòng", "Chuyên viên; Lãnh đạo phòng", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_post_and_unit_are_split_only_where_it_is_certain(text: str, role: str, unit: str) -> None:
    actor = split_actor(text)
    assert (actor.role, actor.unit) == (role, unit)


@given(st.text(max_size=120))
def test_no_word_of_an_actor_is_lost(text: str) -> None:
    actor = split_actor(text)
    assert set(clean(text).split()) <= set(f"{actor.role} {actor.unit}".split())
