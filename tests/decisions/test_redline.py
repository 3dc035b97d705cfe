"""Words and rows of two texts: what a person would mark, in spans that can be read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.redline import Edit, Words, common_words, longest_chain, word_key, word_runs, wording
from decisions.redline_rows import Cell, Row, RowChange, compare_paragraphs, compare_rows


def marked(before: str, after: str) -> str:
    """ "giữ -bỏ- +thêm+" in one line."""
    signs = {Edit.SAME: "", Edit.ADDED: "+", Edit.REMOVED: "-"}
    return " ".join(f"{signs[run.edit]}{run.text.strip()}{signs[run.edit]}" for run in word_runs(before, after))


class TestWords:
    def test_one_word_that_changed_stands_alone(self) -> None:
        assert marked("Trong thời hạn 15 ngày làm việc", "Trong thời hạn 10 ngày làm việc") == (
            "Trong thời hạn -15- +10+ ngày làm việc"
        )

    def test_small_islands_are_read_with_the_edits_around_them(self) -> None:
        assert marked("Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Môi trường") == (
            "Sở -Khoa học và Công nghệ- +Nông nghiệp và Môi trường+"
        )

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("- Bước 1: Nộp hồ sơ.", "1. Bước 01 nộp hồ sơ"),
            ("a) Hóa đơn (bản sao)", "Hoá đơn, bản sao;"),
            ("Đăng ký, ký quỹ, quy chế", "đăng kí – kí quỹ; qui chế"),
            ("<p>Công dân Việt Nam</p>", "Công dân  Việt Nam"),
            ("2.1. Trường hợp cấp mới", "+ Trường hợp cấp mới"),
            ("Lệ phí 50.000 đồng", "Lệ phí: 50,000 đồng"),
        ],
    )
    def test_spelling_marks_and_layout_are_no_words(self, one: str, other: str) -> None:
        assert word_key(one) == word_key(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("10 ngày", "01 ngày"), ("đường", "dương"), ("bản chính", "bản chỉnh"), ("100", "10")]
    )
    def test_what_means_something_else_is_another_word(self, one: str, other: str) -> None:
        assert word_key(one) != word_key(other)

    def test_paragraphs_stay_apart_in_the_runs(self) -> None:
        assert word_runs("Nộp hồ sơ.\nTrả kết quả.", "Nộp hồ sơ.\nTrả kết quả.") == [
            Words(Edit.SAME, "Nộp hồ sơ.\nTrả kết quả. ")
        ]

    def test_long_texts_that_share_nothing_are_told_apart_at_once(self) -> None:
        one, other = (tuple(f"{sign}{n % 997}" for n in range(6_000)) for sign in "ab")
        assert common_words(one, other) == []


syllables = st.sampled_from(["hồ", "sơ", "nộp", "trả", "kết", "quả", "đơn", "nghị", "cấp", "giấy", "05", "10", "Sở"])
texts = st.lists(syllables, max_size=30).map(" ".join)


class TestEveryPairOfTexts:
    @given(texts, texts)
    def test_every_word_of_both_texts_is_in_the_runs(self, before: str, after: str) -> None:
        runs = word_runs(before, after)
        assert "".join(run.text for run in runs if run.edit is not Edit.REMOVED).split() == after.split()
        assert word_key("".join(run.text for run in runs if run.edit is not Edit.ADDED)) == word_key(before)

    @given(texts, texts)
    def test_common_words_are_common_and_in_order(self, before: str, after: str) -> None:
        old, new = wording(before).keys, wording(after).keys
        blocks = common_words(old, new)
        assert all(old[i : i + n] == new[j : j + n] and n for i, j, n in blocks)
        assert all(i + n <= k and j + n <= m for (i, j, n), (k, m, _) in pairwise(blocks))

    @given(st.lists(st.integers(0, 40), unique=True))
    def test_the_longest_chain_rises(self, places: list[int]) -> None:
        chain = longest_chain(list(enumerate(places)))
        assert all(one < other and i < j for (i, one), (j, other) in pairwise(chain))


STEPS = ["Bước 1: Tổ chức nộp hồ sơ.", "Bước 2: Sở Xây dựng thẩm định hồ sơ.", "Bước 3: Trung tâm trả kết quả."]


class TestParagraphs:
    def test_cut_otherwise_they_are_the_same(self) -> None:
        assert compare_paragraphs(STEPS, [" ".join(STEPS)]) == []
        assert compare_paragraphs([f"{STEPS[0]} {STEPS[1]}", STEPS[2]], [STEPS[0], f"{STEPS[1]}\n{STEPS[2]}"]) == []

    def test_an_edit_stays_in_its_paragraph_though_others_are_cut_otherwise(self) -> None:
        edited = STEPS[2].replace("Trung tâm", "Trung tâm Phục vụ hành chính công")
        assert compare_paragraphs(STEPS, [f"{STEPS[0]} {STEPS[1]}", edited]) == [
            RowChange(Edit.CHANGED, STEPS[2], edited)
        ]

    def test_a_paragraph_more_is_added_and_nothing_else(self) -> None:
        more = "Trường hợp hồ sơ chưa đầy đủ, cán bộ hướng dẫn bổ sung một lần."
        assert compare_paragraphs(STEPS, [*STEPS[:1], more, *STEPS[1:]]) == [RowChange(Edit.ADDED, "", more)]

    def test_one_that_went_to_another_place_has_moved(self) -> None:
        found = compare_paragraphs(STEPS, [STEPS[2], *STEPS[:2]])
        assert found == [RowChange(Edit.MOVED, STEPS[2], STEPS[2])]

    def test_unlike_paragraphs_are_not_forced_together(self) -> None:
        found = compare_paragraphs(["Nộp lệ phí tại kho bạc."], ["Sở thông báo bằng văn bản, nêu rõ lý do."])
        assert {change.kind for change in found} == {Edit.REMOVED, Edit.ADDED}

    @given(st.lists(texts.filter(word_key), max_size=6))
    def test_a_text_does_not_differ_from_itself_however_cut(self, paragraphs: list[str]) -> None:
        assert compare_paragraphs(paragraphs, paragraphs) == []
        assert compare_paragraphs(paragraphs, [" ".join(paragraphs)]) == []

    @given(st.lists(texts, max_size=6), st.lists(texts, max_size=6))
    def test_no_change_means_the_same_words(self, before: list[str], after: list[str]) -> None:
        same = word_key("\n".join(before)) == word_key("\n".join(after))
        assert (compare_paragraphs(before, after) == []) == same


FORM = Row("Đơn đề nghị cấp phép theo Mẫu số 01", (("originals", "1"),))
PLAN = Row("Bản vẽ thiết kế thi công", (("originals", "2"),))
LICENCE = Row("Bản sao giấy chứng nhận đăng ký doanh nghiệp", (("copies", "1"),))


class TestRows:
    def test_a_cell_that_changed_is_told(self) -> None:
        one = Row(PLAN.name, (("originals", "1"),))
        assert compare_rows([FORM, PLAN], [FORM, one], ordered=True) == [
            RowChange(Edit.CHANGED, PLAN.name, PLAN.name, (Cell("originals", "2", "1"),))
        ]

    def test_a_row_that_only_changed_its_place_has_moved(self) -> None:
        found = compare_rows([FORM, PLAN, LICENCE], [LICENCE, FORM, PLAN], ordered=True)
        assert [(change.kind, change.after) for change in found] == [(Edit.MOVED, LICENCE.name)]

    def test_a_set_has_no_order_and_no_repeats(self) -> None:
        assert compare_rows([FORM, PLAN], [PLAN, FORM, PLAN]) == []

    def test_a_row_cut_in_two_is_one_row(self) -> None:
        pieces = [Row("Đơn đề nghị cấp phép", (("originals", "1"),)), Row("theo Mẫu số 01", (("originals", "1"),))]
        assert compare_rows([*pieces, PLAN], [FORM, PLAN], ordered=True) == []

    def test_of_two_rows_with_one_name_those_with_equal_cells_belong_together(self) -> None:
        one, other = (Row("Ảnh 4x6", (("copies", count),)) for count in "12")
        found = compare_rows([one, other], [other, one], ordered=True)
        assert [change.kind for change in found] == [Edit.MOVED]
