"""What a question wants to know of a procedure, read from the way it is asked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.intents import Intent, intent
from search_index.vietnamese import fold

ASKED = [
    ("đăng ký khai sinh cần giấy tờ gì", Intent.PAPERS),
    ("Làm lại căn cước phải mang theo những gì vậy ạ?", Intent.PAPERS),
    ("xin giấy xác nhận độc thân hết bao nhiêu tiền vậy ad", Intent.FEE),
    ("đăng ký kết hôn lệ phí bao nhiêu", Intent.FEE),
    ("cấp lại bằng lái mấy ngày có", Intent.TIME),
    ("tách thửa bao lâu thì xong", Intent.TIME),
    ("khai tử cho ông ngoại nộp ở đâu", Intent.PLACE),
    ("chuyển trường cho con thì cơ quan nào giải quyết", Intent.PLACE),
    ("xin mẫu đơn xin xác nhận hộ nghèo", Intent.FORM),
    ("tạm trú nộp online được không em", Intent.ONLINE),
    ("thôi làm hòa giải viên thì làm sao", Intent.STEPS),
    ("người khuyết tật nặng có được nhận trợ cấp, điều kiện gì", Intent.CONDITIONS),
    ("cấp phép xây dựng căn cứ pháp lý là luật nào", Intent.BASES),
]


@pytest.mark.parametrize(("text", "wanted"), ASKED)
def test_the_way_of_asking_tells_what_is_wanted_with_and_without_marks(text, wanted):
    assert intent(text) == intent(fold(text)) == intent(unicodedata.normalize("NFD", text)) == wanted


@pytest.mark.parametrize(
    "name",
    ["Đăng ký khai sinh", "Khai lệ phí trước bạ nhà, đất", "Cấp thẻ hướng dẫn viên du lịch nội địa",
     "Hỗ trợ chi phí học tập", "Cấp giấy phép xây dựng có thời hạn", "Giải quyết chế độ mai táng phí",
     "Đăng ký bán hàng online", "Cấp giấy phép lắp máy bán hàng tự động", "1.001193", "", "?!…"],
)  # fmt: skip
def test_the_name_of_a_matter_asks_nothing_in_particular(name):
    assert intent(name) == Intent.NONE


def test_the_first_of_two_questions_is_taken():
    assert intent("đăng ký kết hôn cần giấy tờ gì và nộp ở đâu") == Intent.PAPERS
    assert intent("đăng ký kết hôn nộp ở đâu và cần giấy tờ gì") == Intent.PLACE


def test_a_vague_ending_gives_way_to_the_thing_wanted():
    assert intent("làm sao biết lệ phí bao nhiêu") == Intent.FEE


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text):
    assert intent(text) in Intent
