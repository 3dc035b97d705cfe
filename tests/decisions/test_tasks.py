"""What Điều 2 and 3 order, and until when."""

from __future__ import annotations

from datetime import date

from decisions.tasks import TaskKind, orders_in
from decisions.working_days import DEFAULT_HOLIDAYS, Calendar

CALENDAR = Calendar(DEFAULT_HOLIDAYS)
SIGNED = date(2026, 11, 20)


def test_a_workflow_to_be_drawn_up_is_an_order_of_its_article() -> None:
    words = "Sở Nông nghiệp tổ chức xây dựng và trình Ủy ban nhân dân tỉnh phê duyệt quy trình nội bộ."
    (order,) = orders_in([("Điều 1", "Công bố danh mục."), ("Điều 2", words), ("Điều 3", "Có hiệu lực từ ngày ký.")])
    assert (order.kind, order.article, order.sentence) == (TaskKind.INTERNAL_WORKFLOW, "Điều 2", words)
    assert order.due_on(SIGNED, SIGNED, CALENDAR) is None


def test_working_days_count_from_signing_over_the_new_holiday() -> None:
    words = "Giao Sở Tư pháp trong thời hạn 03 ngày làm việc thiết lập quy trình điện tử trên Hệ thống."
    (order,) = orders_in([("Điều 2", words)])
    assert order.due_on(SIGNED, None, CALENDAR) == date(2026, 11, 26)  # 23, 25, 26: the 24th is off


def test_days_from_effect_wait_for_the_day_of_effect() -> None:
    words = "Thiết lập quy trình điện tử trong thời hạn 03 ngày kể từ ngày Quyết định có hiệu lực thi hành."
    (order,) = orders_in([("Điều 3", words)])
    assert order.due_on(SIGNED, None, CALENDAR) is None
    assert order.due_on(SIGNED, date(2026, 12, 1), CALENDAR) == date(2026, 12, 4)


def test_a_day_named_outright_is_the_last_day() -> None:
    words = "Trình Chủ tịch phê duyệt quy trình nội bộ trước ngày 26/11/2026."
    (order,) = orders_in([("Điều 2", words)])
    assert order.due_on(SIGNED, SIGNED, CALENDAR) == date(2026, 11, 26)


def test_a_day_that_is_in_no_calendar_is_no_last_day() -> None:
    (order,) = orders_in([("Điều 2", "Trình Chủ tịch phê duyệt quy trình nội bộ trước ngày 31/02/2026.")])
    assert order.due_on(SIGNED, SIGNED, CALENDAR) is None


def test_closing_old_workflows_is_no_order_to_draw_up_new_ones() -> None:
    assert orders_in([("Điều 3", "Cấu hình lại quy trình điện tử của các thủ tục được công bố bãi bỏ.")]) == ()
