"""Vietnamese text: forms of words, highlighting, sorting."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import vietnamese
from search_index.vietnamese import collation_key, fold, highlight, segments, words

VIETNAMESE = st.text(alphabet="aăâeêioôơuưyđbchkt áàảãạắằếềốộớờủứựỳĐẮỘ-,.\u00a0\u00ad\u200e", max_size=60)
FORMS = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("ĐƯỜNG ĐI", "duong di"),
        ("đăng kí, công ti, qui chế, lí lịch", "dang ky, cong ty, quy che, ly lich"),
        ("chi tiết thi cử", "chi tiet thi cu"),
        ("  hộ\u00a0 tịch\n", "ho tich"),
        ("kha\u00adi \u200esinh\u200f", "khai sinh"),
        ("", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"), [("hoá", "hóa"), ("huỷ", "hủy"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("kí", "ký")]
)
def test_spellings_of_one_word_are_one(one, other):
    assert [w.marked for w in words(one)] == [w.marked for w in words(other)]


@pytest.mark.parametrize(
    ("one", "other"), [("đường", "dương"), ("ma", "má"), ("mưa", "mua"), ("tháo", "thảo"), ("huy", "hủy")]
)
def test_words_that_differ_stay_different(one, other):
    assert [w.marked for w in words(one)] != [w.marked for w in words(other)]


@pytest.mark.parametrize(("one", "other"), [("tuy", "tui"), ("thuý", "thúi"), ("tay", "tai"), ("vây", "vai")])
def test_i_and_y_differ_where_both_are_words(one, other):
    assert fold(one) != fold(other)


@given(VIETNAMESE, FORMS)
def test_the_normal_form_of_a_text_changes_no_word(text, form):
    def forms(of):
        return [(word.folded, word.marked) for word in words(of)]

    assert forms(unicodedata.normalize(form, text)) == forms(unicodedata.normalize("NFKC", text))
    assert vietnamese.forms(text) == forms(text)


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=80))
def test_words_are_where_they_say(text):
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        assert [w.folded for w in words(text[word.start : word.end])] == [word.folded]
        end = word.end


class TestHighlight:
    def test_on_the_original_text_in_any_normal_form(self):
        for form in ("NFC", "NFD"):
            text = unicodedata.normalize(form, "Thủ tục đăng ký khai sinh lưu động")
            spans = highlight(text, words("khai sinh"))
            assert [text[start:end] for start, end in spans] == [unicodedata.normalize(form, "khai sinh")]

    def test_without_marks_every_reading_is_shown(self):
        text = "Đường bộ qua Dương Hà"
        assert [text[s:e] for s, e in highlight(text, words("duong"))] == ["Đường", "Dương"]

    def test_with_marks_only_the_very_word_is_shown_where_it_stands(self):
        text = "Đường bộ qua Dương Hà"
        assert [text[s:e] for s, e in highlight(text, words("đường"))] == ["Đường"]

    def test_a_slip_in_the_marks_is_still_shown(self):
        text = "Chứng thực chữ ký"
        assert [text[s:e] for s, e in highlight(text, words("chứng thưc"))] == ["Chứng thực"]

    def test_markup_in_a_text_is_left_alone(self):
        text = "<b>Khai sinh</b> & khai tử"
        assert segments(text, highlight(text, words("khai sinh"))) == [
            ("<b>", False), ("Khai sinh", True), ("</b> & ", False), ("khai", True), (" tử", False),
        ]  # fmt: skip

    @given(st.text(max_size=80), st.text(max_size=20))
    def test_the_pieces_always_make_the_text(self, text, question):
        spans = highlight(text, words(question))
        assert "".join(piece for piece, _ in segments(text, spans)) == text
        assert all(a[1] < b[0] for a, b in zip(spans, spans[1:], strict=False))


class TestCollation:
    def test_letters_come_before_tones(self):
        ordered = ["an", "ăn", "âm", "ba", "bà", "bả", "bã", "bá", "bạ", "bạ c", "ca", "da", "đa", "em", "êm"]
        assert sorted(set(ordered), key=collation_key) == ordered

    def test_a_tone_decides_only_between_equal_letters(self):
        assert sorted(["bạ", "bà c", "ba d"], key=collation_key) == ["bạ", "bà c", "ba d"]
        assert sorted(["cá b", "ca c", "cà b"], key=collation_key) == ["cà b", "cá b", "ca c"]

    def test_small_before_capital_digits_before_letters(self):
        ordered = ["(a)", "1", "10", "a", "hà", "Hà", "z", "Ж"]
        assert sorted(set(ordered), key=collation_key) == ordered

    @given(VIETNAMESE)
    def test_the_normal_form_changes_no_place(self, text):
        assert collation_key(unicodedata.normalize("NFD", text)) == collation_key(unicodedata.normalize("NFC", text))
