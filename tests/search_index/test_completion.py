"""Phrases that begin as somebody types."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.completion import Completions, Phrase

NAMES = (
    "Đăng ký khai sinh", "Đăng ký lại khai sinh", "Đăng ký khai sinh có yếu tố nước ngoài", "Đăng ký kết hôn",
    "Cấp giấy phép xây dựng nhà ở riêng lẻ", "Đăng ký thành lập hộ kinh doanh", "Chứng thực chữ ký",
    "Cấp bản sao trích lục hộ tịch",
)  # fmt: skip
HELD = Completions(
    [Phrase("sổ đỏ", "everyday", "giấy chứng nhận quyền sử dụng đất"), *(Phrase(n, "name") for n in NAMES)]
)


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def texts(typed: str, **bounds: int) -> list[str]:
    return [phrase.text for phrase in HELD.of(typed, **bounds)]


@pytest.mark.parametrize("typed", ["đăng ký kh", "dang ky kh", "DANG KY KH", "đăng kí kh", "dang ki kh"])
def test_what_begins_so_comes_first_however_it_is_written(typed: str) -> None:
    assert texts(typed) == [NAMES[0], NAMES[2], NAMES[1]]


@pytest.mark.parametrize("typed", ["k", "ki", "kin", "kinh"])
def test_the_last_word_need_not_be_finished(typed: str) -> None:
    assert NAMES[5] in texts(typed)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("written", [str, str.upper, plain], ids=["as printed", "capitals", "without marks"])
def test_every_letter_on_the_way_to_a_name_leads_to_it(name: str, written: Callable[[str], str]) -> None:
    """The beginning "khai si" is on its way to "khai sinh", though "si" alone is written "sy" as well."""
    held = Completions([Phrase(name, "name")])
    assert [typed for end in range(1, len(name)) if not held.of(typed := written(name[:end]))] == []


def test_a_blank_finishes_the_last_word() -> None:
    assert NAMES[5] in texts("hộ k")
    assert texts("hộ kin ") == []
    assert texts("khai ") == [NAMES[0], NAMES[1], NAMES[2]]


def test_words_may_stand_in_any_order() -> None:
    assert texts("nhà xây dựng") == [NAMES[4]]


def test_everyday_words_say_what_they_mean() -> None:
    (found,) = HELD.of("so do")
    assert (found.text, found.means) == ("sổ đỏ", "giấy chứng nhận quyền sử dụng đất")


def test_no_kind_crowds_out_the_others() -> None:
    held = Completions([*(Phrase(f"đăng ký {n}", "everyday") for n in range(9)), Phrase("Đăng ký kết hôn", "name")])
    kinds = [phrase.kind for phrase in held.of("đăng ký", 4, 3)]
    assert kinds.count("everyday") == 3 and "name" in kinds


def test_a_name_given_twice_is_suggested_once() -> None:
    held = Completions([Phrase("Đăng ký khai sinh", "friendly"), Phrase("đăng kí  khai sinh", "name")])
    assert [phrase.kind for phrase in held.of("khai sinh")] == ["friendly"]


@given(st.text(max_size=200))
def test_no_text_breaks_it(typed: str) -> None:
    assert len(HELD.of(typed)) <= 8
