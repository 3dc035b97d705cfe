"""Texts of another province come after those that bind everywhere and after our own."""

from __future__ import annotations

import pytest

from catalogue.locality import OF_ANOTHER_PROVINCE, weight
from decisions.content import ProcedureContent


def text(kind: str = "SPECIFIC", publisher: str = "UBND tỉnh Gia Lai") -> ProcedureContent:
    extra = {"type": kind, "departmentPromulgateName": publisher}
    return ProcedureContent(name="Cấp lại Giấy chứng nhận do bị mất", extra=extra)


def test_what_another_province_adapted_is_found_later():
    assert weight(text(), "tỉnh Sông Thao") == OF_ANOTHER_PROVINCE
    assert weight(text(), "") == OF_ANOTHER_PROVINCE


@pytest.mark.parametrize("publisher", ["UBND tỉnh Sông Thao", "Ủy ban nhân dân tỉnh Sông Thao", "UBND Tỉnh  Sông Thao"])
def test_our_own_text_loses_nothing(publisher):
    assert weight(text(publisher=publisher), "tỉnh Sông Thao") == 1.0


def test_a_city_may_be_named_either_way():
    assert weight(text(publisher="UBND Thành phố Hải Phòng"), "TP. Hải Phòng") == 1.0
    assert weight(text(publisher="UBND TP Hải Phòng"), "thành phố Hải Phòng") == 1.0


def test_texts_of_ministries_and_of_our_own_making_lose_nothing():
    assert weight(text("STANDARD", "Bộ Nông nghiệp và Môi trường"), "tỉnh Sông Thao") == 1.0
    assert weight(ProcedureContent(name="Đăng ký khai sinh"), "tỉnh Sông Thao") == 1.0
