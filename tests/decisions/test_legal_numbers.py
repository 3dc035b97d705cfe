"""Numbers of legal texts: one key for all spellings, none for what a source has cut off."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.content import LegalBasis
from decisions.legal_numbers import LegalState, basis_key, legal_key, legal_state, printed_number, slug_of


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("123/2015/NĐ-CP", "123/2015/ND-CP"),
        ("Thông tư số 03/2023/TT-BTP", "3/2023/TT-BTP"),
        ("03/2023/TT-BTP ", "3/2023/TT-BTP"),
        ("Luật 60/2014/QH13", "60/2014/QH13"),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("10/2013/TTLT-BTTTT-BQP-BCA", "10/2013/TTLT-BTTTT-BQP-BCA"),
        ("2298/QĐ-UBND", "2298/QD-UBND"),
        ("24/2021/QĐ-TTg", "24/2021/QD-TTG"),
        ("2014/QH13", ""),
        ("54/2014/QH1354", ""),
        ("Luật Hộ tịch", ""),
        ("sửa đổi Nghị định số 123/2015/NĐ-CP và Nghị định số 126/2014/NĐ-CP", ""),
        ("", ""),
    ],
)
def test_spellings_of_one_number_are_one_key(words, key):
    assert legal_key(words) == key


def test_a_basis_without_number_is_known_by_its_title():
    assert basis_key(LegalBasis("Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ")) == "123/2015/ND-CP"


def test_the_printed_number_and_its_address():
    assert printed_number("Thông tư số 03/2023/TT-BTP") == "03/2023/TT-BTP"
    assert slug_of("123/2015/ND-CP") == "123-2015-nd-cp"


def test_a_text_comes_binds_and_ends():
    first, last = date(2026, 1, 1), date(2026, 7, 1)
    states = [legal_state(first, last, day) for day in (date(2025, 12, 31), first, date(2026, 6, 30), last)]
    assert states == [LegalState.COMING, LegalState.IN_FORCE, LegalState.IN_FORCE, LegalState.ENDED]
    assert legal_state(None, None, first) is LegalState.UNKNOWN


@given(st.text(max_size=60))
def test_no_words_break_it(words):
    assert legal_key(legal_key(words)) in ("", legal_key(words))
