"""Questions whose first answers people have chosen: the same question leads, in whatever wrapping, another does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import vietnamese
from search_index.pinning import PINNED, Pins, is_pinned, led
from search_index.validity import Facts
from tests.search_index.documents import BIRTH, CATALOGUE, DEATH, MARRIAGE

PHRASES = ("sổ đỏ", "khai sinh", "thẻ căn cước", "đăng ký kết hôn", "giấy phép xây dựng")
WRAPPINGS = ("{}", "thủ tục {}", "{} cần giấy tờ gì", "tôi muốn hỏi {} nộp ở đâu", "{} mất bao lâu?", "  {} ")


class Standing:
    facts = [Facts.of(document) for document in CATALOGUE]


@given(st.sampled_from(PHRASES), st.sampled_from(WRAPPINGS), st.sampled_from([str, str.upper]))
def test_wrapping_and_case_make_no_other_question(phrase, wrapping, case):
    assert Pins([(phrase, ["7"])]).first(case(wrapping.format(phrase))) == ("7",)


@pytest.mark.parametrize("phrase", PHRASES)
def test_without_marks_the_letters_suffice(phrase):
    assert Pins([(phrase, ["7"])]).first(vietnamese.fold(phrase)) == ("7",)


@given(st.sampled_from(PHRASES), st.sampled_from(PHRASES))
def test_a_question_leads_to_its_own_pins_alone(asked, pinned):
    assert Pins([(pinned, ["7"])]).first(asked) == (("7",) if asked == pinned else ())


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text):
    assert Pins([(phrase, ["7"]) for phrase in PHRASES]).first(text) in ((), ("7",))


@pytest.mark.parametrize("text", ["sò đo", "sổ đỏ bị mất", "sổ", "", "…", "thủ tục"])
def test_other_words_or_other_marks_are_another_question(text):
    assert Pins([("sổ đỏ", ["7"])]).first(text) == ()


def test_pins_of_one_question_follow_one_another_each_once():
    assert Pins([("sổ đỏ", ["7", "8"]), ("Sổ đỏ", ["8", "9"])]).first("sổ đỏ") == ("7", "8", "9")


@given(
    st.lists(st.tuples(st.floats(0, 400), st.integers(0, len(CATALOGUE) - 1)), unique_by=lambda entry: entry[1]),
    st.lists(st.sampled_from([BIRTH.procedure, DEATH.procedure, MARRIAGE.procedure, "unknown"]), max_size=4),
)
def test_leading_changes_the_order_of_nothing_else(scored, first):
    found = led(Standing(), scored, first)
    assert len({number for _, number in found}) == len(found)
    assert [entry for entry in scored if entry in found] == [entry for entry in found if not is_pinned(entry[0])]
    top = sorted((entry for entry in found if is_pinned(entry[0])), reverse=True)
    wanted = [procedure for procedure in dict.fromkeys(first) if procedure != "unknown"]
    assert [Standing.facts[number].procedure for _, number in top] == wanted
    assert all(score <= PINNED for score, _ in found)
