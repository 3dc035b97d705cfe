"""Slips of the hand are mended where a word says nothing, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.ports import Query
from search_index.slips import nearest, telex
from tests.search_index.documents import BIRTH, DEATH, MARRIAGE, TODAY, codes


@pytest.mark.parametrize(
    ("keys", "meant"),
    [("ddawng", "đăng"), ("kys", "ký"), ("giaasy", "giấy"), ("xacs", "xác"), ("tuwr", "tử"), ("hooj", "hộ"),
     ("nuwowcs", "nước"), ("quyeenf", "quyền"), ("quyenef", "quyền"), ("soos", "số"), ("thuees", "thuế")],
)  # fmt: skip
def test_telex_is_read_as_the_keys_meant(keys, meant):
    assert telex(keys) == meant


@pytest.mark.parametrize("word", ["khai", "sinh", "dang", "visa", "online", "logo", "cccd", "karaoke", ""])
def test_what_is_no_telex_stays(word):
    assert telex(word) == ""


def test_the_nearest_syllables_are_one_slip_away():
    assert {"sinh", "sim", "sip"} <= set(nearest("sih"))
    assert "hon" in nearest("hno")
    assert "sih" not in nearest("sih")


@pytest.mark.parametrize(
    ("text", "code"),
    [("dang ky khai sih", BIRTH.code), ("ddawng kys khai tuwr", DEATH.code), ("dang ky ket hno", MARRIAGE.code),
     ("đăng ký khai siinh", BIRTH.code), ("cho em hỏi đăng ký kêt hônn ntn ạ", MARRIAGE.code)],
)  # fmt: skip
def test_a_question_with_slips_finds_what_was_meant(filled, text, code):
    assert codes(filled, text)[0] == code


def test_the_page_says_how_the_question_was_read(filled):
    assert filled.search(Query("dang ky khai sih", TODAY)).mended == "dang ky khai sinh"
    assert filled.search(Query("Ddawng kys khai tuwr", TODAY)).mended == "đăng ký khai tử"
    assert filled.search(Query("dang ky khai sinh", TODAY)).mended == ""


@pytest.mark.parametrize("text", ["ntn", "gplx", "blockchain", "1.001193", "2815/QĐ-UBND", "sih 1.001193", "đăng ký"])
def test_abbreviations_foreign_words_and_numbers_are_left_alone(filled, text):
    assert filled.search(Query(text, TODAY)).mended == ""


@given(st.text(alphabet="abcdđeghiklmnopqrstuvxyâêôưăơ ", max_size=60))
def test_telex_and_neighbours_never_fail(text):
    for word in text.split():
        assert telex(telex(word)) == ""
        assert word not in nearest(word)
