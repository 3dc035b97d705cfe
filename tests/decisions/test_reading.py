"""Printed times, fees and grades: read where one reading is certain, kept in words otherwise."""

from __future__ import annotations

from decimal import Decimal

import pytest

from decisions.content import ChannelKind, FeeKind, TimeUnit
from decisions.kinds import OnlineGrade
from decisions.reading import parse_channels, parse_fees, parse_online, parse_time


@pytest.mark.parametrize(
    ("words", "quantity", "unit"),
    [
        ("10 ngày làm việc", "10", TimeUnit.WORKING_DAY),
        ("Không quá 2,5 ngày làm việc kể từ ngày nhận đủ hồ sơ", "2.5", TimeUnit.WORKING_DAY),
        ("15 (mười lăm) ngày", "15", TimeUnit.DAY),
        ("08 giờ", "8", TimeUnit.HOUR),
        ("02 tháng", "2", TimeUnit.MONTH),
        ("1/2 ngày làm việc", "0.5", TimeUnit.WORKING_DAY),
        ("½ ngày", "0.5", TimeUnit.DAY),
        ("Nửa ngày làm việc", "0.5", TimeUnit.WORKING_DAY),
        ("Trong 24 giờ kể từ khi nhận đơn", "24", TimeUnit.HOUR),
        ("Trước ngày 15 tháng 7 năm 2026, trong 10 ngày", "10", TimeUnit.DAY),
    ],
)
def test_one_limit_is_read(words: str, quantity: str, unit: TimeUnit) -> None:
    limit = parse_time(words)
    assert (limit.text, limit.quantity, limit.unit) == (words, Decimal(quantity), unit)


@pytest.mark.parametrize("words", [
    "Thông báo 02 ngày; thẩm định 16,5 ngày", "Trong ngày", "Nghị định 15/2025 ngày 12",
    "Trong ngày; hồ sơ nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo",
])  # fmt: skip
def test_several_phases_or_none_stay_words(words: str) -> None:
    limit = parse_time(words)
    assert (limit.text, limit.quantity, limit.unit) == (words, None, TimeUnit.OTHER)


def test_the_cut_time_is_kept_beside_the_rule() -> None:
    limit = parse_time("03 ngày làm việc", "2,5 ngày làm việc")
    assert (limit.quantity, limit.cut_quantity, limit.cut_text) == (3, Decimal("2.5"), "2,5 ngày làm việc")
    assert parse_time("03 ngày làm việc", "Không thực hiện cắt giảm").cut_quantity is None


def test_a_fee_keeps_its_words_and_never_becomes_free() -> None:
    (fee,) = parse_fees("Lệ phí: 50.000 đồng/trường hợp")
    assert (fee.kind, fee.amount) == (FeeKind.CHARGE, Decimal(50000))
    (none,) = parse_fees("Không")
    assert (none.amount, none.text) == (None, "Không")
    (table,) = parse_fees("8.000 đồng/bản; từ bản thứ ba 5.000 đồng")
    assert table.amount is None
    assert parse_fees("  ") == ()


def test_grades_of_two_eras() -> None:
    assert parse_online("DVC trực tuyến toàn trình") is OnlineGrade.FULL
    assert parse_online("Mức độ 3") is OnlineGrade.PARTIAL
    assert parse_online("x") is OnlineGrade.UNKNOWN


def test_ways_to_file() -> None:
    words = "Nộp trực tiếp, qua dịch vụ bưu chính công ích hoặc trên Cổng Dịch vụ công quốc gia"
    assert parse_channels(words) == (ChannelKind.DIRECT, ChannelKind.ONLINE, ChannelKind.POSTAL)
