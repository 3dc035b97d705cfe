"""What somebody may have meant: only words that the catalogue uses, only where they differ from what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.spelling import Lexicon
from search_index.vietnamese import words

NAMES = (
    "Thủ tục đăng ký khai sinh", "Đăng ký khai sinh có yếu tố nước ngoài", "Đăng ký kết hôn", "Đăng ký lại kết hôn",
    "Đăng ký khai tử", "Cấp Phiếu lý lịch tư pháp", "Chứng thực chữ ký", "Chứng thực bản sao từ bản chính",
    "Cấp giấy phép xây dựng nhà ở riêng lẻ", "Đăng ký thành lập hộ kinh doanh", "Hơn một người được nhận chế độ",
    "Cấp giấy phép lái xe", "Nâng hạng giấy phép lái xe", "Tổ chức giải trí",
)  # fmt: skip
LEXICON = Lexicon(NAMES * 5)  # what stands together often weighs more


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("đăng ký khai snih", "đăng ký khai sinh"),
        ("dang ky khia sinh", "đăng ký khai sinh"),
        ("đăng ký kết hơn", "đăng ký kết hôn"),
        ("chứng thưc chữ ký", "chứng thực chữ ký"),
        ("giay phep xay dugn", "giấy phép xây dựng"),
        ("hộ kinh doan", "hộ kinh doanh"),
        ("phiếu lí lich tư pháp", "phiếu lý lịch tư pháp"),
        ("giấy phép lái xê, hạng A1", "giấy phép lái xe, hạng A1"),
    ],
)
def test_a_slip_is_put_right_in_words_of_the_catalogue(typed: str, meant: str) -> None:
    assert LEXICON.meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["đăng ký khai sinh", "dang ky khai sinh", "ĐĂNG KÝ KHAI SINH", "đăng kí kết hôn", "xyzzy", "", "1.001193", "🙂"],
)
def test_nothing_is_suggested_for_what_is_written_well_or_not_known_at_all(typed: str) -> None:
    assert LEXICON.meant(typed) == ""


def test_words_that_only_wrap_a_question_stay_as_they_are() -> None:
    assert LEXICON.meant("toi muon dang ky khia sinh", {"dang", "ky", "khia", "sinh"}) == "toi muon đăng ký khai sinh"


def test_a_text_is_held_when_each_of_its_words_is_known() -> None:
    assert LEXICON.holds("giấy phép xây dựng")
    assert LEXICON.holds("giay phep")
    assert not LEXICON.holds("giấy phép karaoke")


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(LEXICON.meant(text), str)


@given(st.sampled_from(NAMES), st.integers(0, 40), st.sampled_from("abcdeghiklmnopqrstuvxy"))
def test_no_word_is_invented(name: str, place: int, letter: str) -> None:
    typed = name[:place] + letter + name[place:]
    known = {word.folded for other in NAMES for word in words(other)} | {word.folded for word in words(typed)}
    assert {word.folded for word in words(LEXICON.meant(typed))} <= known
