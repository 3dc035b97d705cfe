"""Nothing is called free that does not say so itself (domain.md rule 17)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from decisions.charges import is_fee_free
from decisions.content import Case, Channel, ChannelKind, Fee, ProcedureContent, Step


def content(*fees: Fee, **parts: Any) -> ProcedureContent:
    return ProcedureContent("Đăng ký khai sinh", fees=fees, **parts)


@pytest.mark.parametrize(
    "words",
    ["Miễn phí", "miễn lệ phí.", "Không thu phí", "Không thu lệ phí;", "Lệ phí: không thu",
     "Không phải nộp phí, lệ phí", "- Không có lệ phí", "MIỄN PHÍ"],
)  # fmt: skip
def test_words_that_say_so_are_believed(words: str) -> None:
    assert is_fee_free(content(Fee(text=words)))
    assert is_fee_free(content(Fee(text=words, amount=Decimal(0))))


@pytest.mark.parametrize(
    "fee",
    [
        Fee(),
        Fee(amount=Decimal(0)),
        Fee(text="0 đồng"),
        Fee(text="Không"),
        Fee(text="Không có"),
        Fee(text="Không quy định"),
        Fee(text="Theo quy định của Hội đồng nhân dân cấp tỉnh"),
        Fee(text="Miễn lệ phí cho người thuộc hộ nghèo"),
        Fee(text="Miễn phí", amount=Decimal(8000)),
        Fee(text="Miễn phí", exempt=("Người thuộc hộ nghèo",)),
        Fee(text="Miễn phí", valid_until=date(2026, 12, 31)),
        Fee(text="8.000 đồng/việc"),
    ],
)
def test_anything_less_is_not(fee: Fee) -> None:
    assert not is_fee_free(content(fee))


def test_every_fee_must_say_it() -> None:
    free, paid = Fee(text="Miễn phí"), Fee(text="8.000 đồng")
    assert not is_fee_free(content(free, paid))
    assert not is_fee_free(content(free, cases=(Case("Quá hạn", fees=(paid,)),)))
    assert not is_fee_free(content())


def test_every_way_to_file_must_say_it() -> None:
    online, desk = Channel(ChannelKind.ONLINE, fees=(Fee(text="Miễn phí"),)), Channel(ChannelKind.DIRECT)
    assert not is_fee_free(content(channels=(online, desk)))
    assert is_fee_free(content(channels=(online,)))


def test_steps_that_speak_of_paying_are_believed_over_the_fee() -> None:
    assert not is_fee_free(content(Fee(text="Miễn phí"), steps=(Step("Chủ tàu nộp phí trước khi nhận kết quả."),)))
