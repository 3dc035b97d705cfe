"""Whatever is typed, search answers calmly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.memory import MemoryBackend
from search_index.ports import Query
from search_index.question import read
from search_index.vietnamese import clean
from tests.search_index.documents import BIRTH, CATALOGUE, TODAY, codes

ODD = {
    "quotes and operators": '"*(',
    "more operators": 'name:"khai AND (NOT [* TO',
    "nul": "\x00",
    "nul inside": "khai\x00sinh",
    "direction marks": "\u200f\u202ekhai sinh\u202c",
    "emoji": "👶🏽 khai sinh 🎉",
    "only emoji": "🎉",
    "lone surrogate": "khai \ud800 sinh",
    "other scripts": "出生登録 регистрация تسجيل",
    "combining marks alone": "\u0301\u0323\u031b",
    "ten thousand characters": "đăng ký khai sinh " * 560,
    "five hundred words": " ".join(f"giấy{n} tờ{n}" for n in range(250)),
    "only words that carry nothing": "cho tôi hỏi là có cần giấy tờ gì không vậy ạ và của các những",
    "one word of ten thousand letters": "x" * 10_000,
    "ten thousand digits": "1" * 10_000,
    "ten thousand points": "1.001193." * 1_100,
    "slashes": "2815/" * 2_000,
    "blanks": " " * 10_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_questions_are_answered(filled, text):
    page = filled.search(Query(text, TODAY, facets=("level", "sector", "agency", "status")))
    assert page.total >= len(page.hits)


@pytest.mark.parametrize(
    "name", ["nul inside", "direction marks", "emoji", "lone surrogate", "ten thousand characters"]
)
def test_the_words_among_odd_signs_still_count(filled, name):
    assert codes(filled, ODD[name])[0] == BIRTH.code


@pytest.mark.parametrize("name", ["quotes and operators", "only emoji", "combining marks alone", "ten thousand digits"])
def test_signs_alone_find_nothing(filled, name):
    assert codes(filled, ODD[name]) == []


@pytest.mark.parametrize("text", ["", "   ", "\u00a0\u200e\n"])
def test_an_empty_question_lists_everything_by_name(filled, text):
    names = [hit.name for hit in filled.search(Query(text, TODAY)).hits]
    assert names[:3] == ["Cấp phép sử dụng tạm thời lòng đường, vỉa hè", "Công nhận khu vực biển đảo Dương Hà",
                         "Đăng ký kết hôn"]  # fmt: skip
    assert len(names) == len(CATALOGUE)


SMALL = MemoryBackend()
SMALL.rebuild(CATALOGUE)


@given(st.text(max_size=200))
def test_no_text_at_all_makes_search_fail(text):
    page = SMALL.search(Query(text, TODAY, limit=100))
    assert page.total == len(page.hits)
    assert [hit.score for hit in page.hits] == sorted((hit.score for hit in page.hits), reverse=True)


@given(st.text(alphabet="1230.,/-_ qđĐQUBNDhkyị\u0301\u200e", max_size=40))
def test_texts_like_codes_and_numbers_are_read_without_failing(text):
    question = read(text)
    assert question.blank == (not clean(text))
    assert len(set(question.codes)) == len(question.codes)
