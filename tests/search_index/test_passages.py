"""The passage of a text that answers, with the words found on their accented letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.passages import LONGEST, best
from search_index.vietnamese import words

PAPERS = (
    "Tờ khai theo mẫu",
    "Giấy chứng sinh; trường hợp không có thì nộp văn bản của người làm chứng. Hộ chiếu còn thời hạn.",
    "Bản chụp căn cước công dân của người mẹ và người cha, kèm bản chính để đối chiếu.",
)


def found(question: str, texts: tuple[str, ...] = PAPERS, known: str = "") -> tuple[str, list[str]] | None:
    passage = best(texts, list(words(question)), {word.folded for word in words(known)})
    return (passage.text, [passage.text[a:b] for a, b in passage.spans]) if passage else None


def test_the_piece_with_most_of_the_words_is_taken() -> None:
    assert found("văn bản người làm chứng") == (
        "trường hợp không có thì nộp văn bản của người làm chứng.",
        ["văn bản", "người làm chứng"],
    )


@pytest.mark.parametrize("question", ["căn cước công dân", "can cuoc cong dan", "CĂN CƯỚC CÔNG DÂN"])
def test_marks_stand_on_the_accented_letters(question: str) -> None:
    text, marked = found(question) or ("", [])
    assert text.startswith("Bản chụp căn cước công dân") and "căn cước công dân" in marked


def test_marks_that_were_typed_count() -> None:
    texts = ("Đi về nơi ở bằng máy kéo.", "Mua vé máy bay.")
    assert found("vé máy bay", texts) == ("Mua vé máy bay.", ["vé máy bay"])
    assert found("về máy", texts) == ("Đi về nơi ở bằng máy kéo.", ["về", "máy"])


def test_what_the_name_says_already_is_not_looked_for() -> None:
    assert found("giấy chứng sinh", known="Cấp giấy chứng sinh") is None


def test_one_of_several_words_is_no_answer() -> None:
    assert found("hạn mức tín dụng") is None


def test_a_long_piece_is_cut_between_words_around_what_was_found() -> None:
    text, marked = found(
        "giấy báo tử", ("Người yêu cầu nộp hồ sơ " * 20 + "kèm giấy báo tử " + "và bản sao " * 40,)
    ) or ("", [])
    assert text.startswith("…") and text.endswith("…") and "giấy báo tử" in marked
    assert len(text) <= LONGEST + 2


@given(st.lists(st.text(max_size=80), max_size=4), st.text(max_size=40))
def test_spans_always_lie_in_the_text(texts: list[str], question: str) -> None:
    passage = best(texts, list(words(question)))
    assert passage is None or all(0 <= a < b <= len(passage.text) for a, b in passage.spans)
