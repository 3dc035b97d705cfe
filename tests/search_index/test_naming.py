"""What the name of a document adds to what its words earned."""

from __future__ import annotations

import pytest

from search_index import vietnamese
from search_index.naming import Wanted, bonus, taken_apart
from tests.search_index.documents import codes, document


def worth(name: str, asked: str) -> float:
    words = [folded for folded, _ in vietnamese.forms(asked)]
    return bonus(taken_apart(name), Wanted.of(words, vietnamese.pairs(words)), 1.0)


def test_a_name_is_weighed_without_its_wrapping_and_its_notes():
    name = taken_apart("Thủ tục cấp thẻ căn cước (thực hiện tại cấp tỉnh)")
    assert name.words == ("cap", "the", "can", "cuoc")
    assert name.upper == {"tinh"}
    assert taken_apart("(cấp xã)").words == ("cap", "xa")


@pytest.mark.parametrize(
    ("better", "worse", "asked"),
    [
        ("Đăng ký khai sinh", "Đăng ký lại khai sinh", "đăng ký khai sinh"),
        ("Đăng ký lại khai sinh", "Đăng ký khai sinh", "đăng ký lại khai sinh"),
        ("Gia hạn giấy phép xây dựng", "Cấp giấy phép xây dựng", "gia hạn giấy phép xây dựng"),
        ("Cấp lại thẻ căn cước", "Cấp lại thẻ căn cước (cấp trung ương)", "cấp lại thẻ căn cước"),
        ("Cấp lại thẻ căn cước (cấp tỉnh)", "Cấp lại thẻ căn cước (cấp trung ương)", "cấp lại căn cước tỉnh"),
    ],
)
def test_the_name_that_says_just_what_was_asked_is_worth_more(better, worse, asked):
    assert worth(better, asked) > worth(worse, asked)


def test_a_name_without_words_is_worth_nothing():
    assert worth("…", "khai sinh") == 0.0


def test_the_plain_procedure_comes_before_its_variants(backend):
    backend.rebuild([
        document("1.1", "Thủ tục đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con", body="khai sinh " * 30),
        document("1.2", "Thủ tục đăng ký lại khai sinh", body="đăng ký khai sinh " * 30),
        document("1.3", "Thủ tục đăng ký khai sinh"),
    ])  # fmt: skip
    assert codes(backend, "đăng ký khai sinh")[0] == "1.3"


def test_the_act_that_was_asked_for_comes_first(backend):
    backend.rebuild([
        document("1.1", "Cấp giấy phép xây dựng", body="gia hạn giấy phép xây dựng " * 30),
        document("1.2", "Gia hạn giấy phép xây dựng đối với công trình cấp III, cấp IV và nhà ở riêng lẻ"),
    ])  # fmt: skip
    assert codes(backend, "gia hạn giấy phép xây dựng")[0] == "1.2"
    assert codes(backend, "giấy phép xây dựng")[0] == "1.1"
