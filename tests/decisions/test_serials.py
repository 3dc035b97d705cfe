"""Acts on older annexes by printed serial numbers, in the forms that decisions of 2025 use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.kinds import Level
from decisions.serials import RowPosition, SerialRange, label_of, parse_serials, resolve

HCM = (
    "Bãi bỏ thủ tục có thứ tự 1–19, 21–32, 34, 35 tại Mục A và thứ tự 2 tại Mục B, Phụ lục kèm theo "
    "Quyết định số 1347/QĐ-UBND ngày 09 tháng 9 năm 2025 của Chủ tịch Ủy ban nhân dân Thành phố."
)


class TestWords:
    @pytest.mark.parametrize(
        ("text", "ranges"),
        [
            ("số thứ tự 12, 13 Mục I Phần I Phụ lục II", [SerialRange(("12", "13"), "II", "I", ("I",))]),
            ("bãi bỏ các thủ tục số 03, 04, 05", [SerialRange(("3", "4", "5"))]),
            ("03 thủ tục (TTHC số thứ tự 03, 04, 05)", [SerialRange(("3", "4", "5"))]),
            ("số thứ tự: 3, 4, 5 tại Danh mục TTHC", [SerialRange(("3", "4", "5"))]),
            ("STT 17,18 Mục I Danh mục", [SerialRange(("17", "18"), sections=("I",))]),
            ("số thứ tự từ 1 đến 3 và 7 mục B", [SerialRange(("1", "2", "3", "7"), sections=("B",))]),
            ("thứ tự A.2, A.3, A.5 tại Danh mục", [SerialRange(("2", "3", "5"), sections=("A",))]),
            (
                "số thứ tự 10 tại tiểu mục I, tiểu mục A1, mục A, phần I; số thứ tự 31 tại tiểu mục I, tiểu mục A4, "
                "mục A, phần I, Phụ lục 1",
                [SerialRange(("10",), "1", "I", ("I", "A1", "A")), SerialRange(("31",), "1", "I", ("I", "A4", "A"))],
            ),
            (
                "thủ tục hành chính cấp thành phố có số thứ tự 128, 129 và thủ tục hành chính cấp xã có số thứ tự 1, 2",
                [SerialRange(("128", "129"), level=Level.PROVINCE), SerialRange(("1", "2"), level=Level.COMMUNE)],
            ),
            ("bãi bỏ 03 thủ tục hành chính trong danh mục 05 thủ tục", []),
        ],
    )
    def test_numbers_and_their_place_are_read(self, text, ranges):
        assert parse_serials(text) == ranges

    def test_ranges_leave_out_what_stays_in_force(self):
        first, second = parse_serials("1–19, 21–32, 34, 35 Mục A và số thứ tự 2 Mục B Phụ lục I")
        assert len(first.numbers) == 33
        assert not {"20", "33"} & set(first.numbers)
        assert (first.annex, first.sections, second.annex, second.sections) == ("I", ("A",), "I", ("B",))

    @given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 9)), min_size=1, max_size=6))
    def test_a_range_is_every_number_in_it(self, spans):
        words = ", ".join(f"{a}–{a + n}" if n else f"{a:02}" for a, n in spans)
        (found,) = parse_serials(f"số thứ tự {words} Mục A")
        assert set(found.numbers) == {str(i) for a, n in spans for i in range(a, a + n + 1)}

    @pytest.mark.parametrize(
        ("printed", "label"),
        [
            ("Phụ lục II", "2"),
            ("PHỤ LỤC 2", "2"),
            ("A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH", "a"),
            ("I. LĨNH VỰC ĐẤU THẦU (03 TTHC)", "1"),
            ("Mục XIV", "14"),
            ("C. THỦ TỤC HÀNH CHÍNH CẤP XÃ", "c"),
            ("LĨNH VỰC HỘ TỊCH", ""),
            ("", ""),
        ],
    )
    def test_labels_compare_whatever_their_print(self, printed, label):
        assert label_of(printed) == label

    @given(st.text(alphabet="số thứ tự Mục A 1,–/QĐ-UBND.", max_size=80))
    def test_no_words_break_the_reader(self, text):
        parse_serials(text)


class TestRows:
    SECTION_A = [RowPosition(n, str(n), "Phụ lục", section="A. CẤP TỈNH") for n in range(1, 36)]
    SECTION_B = [RowPosition(100 + n, f"{n:02}", "Phụ lục", section="B. CẤP XÃ") for n in range(1, 4)]

    def test_items_20_and_33_of_an_otherwise_dead_list_stay(self):
        found = resolve(parse_serials(HCM), [*self.SECTION_A, *self.SECTION_B])
        assert found.is_complete
        assert set(found.rows) == {r.row for r in self.SECTION_A} - {20, 33} | {102}

    def test_a_number_that_no_row_bears_is_missing(self):
        found = resolve(parse_serials("số thứ tự 35, 36 Mục A"), self.SECTION_A)
        assert [cited.printed for cited in found.missing] == ["Mục A, số 36"]
        assert found.rows == (35,)

    def test_without_a_label_numbers_that_restart_are_ambiguous(self):
        found = resolve(parse_serials("số thứ tự 02"), [*self.SECTION_A, *self.SECTION_B])
        assert [cited.rows for cited in found.ambiguous] == [(2, 102)]

    def test_the_level_tells_restarting_numbers_apart(self):
        rows = [RowPosition(1, "1", level=Level.PROVINCE), RowPosition(2, "1", level=Level.COMMUNE)]
        assert resolve(parse_serials("thủ tục cấp xã có số thứ tự 1"), rows).rows == (2,)

    def test_a_row_whose_group_is_not_recorded_is_only_proposed(self):
        found = resolve(parse_serials("số thứ tự 4 Mục I"), [RowPosition(9, "4")])
        assert [cited.rows for cited in found.ambiguous] == [(9,)]

    def test_another_annex_is_not_meant(self):
        rows = [
            RowPosition(1, "12", "Phụ lục I", "Phần I", "I"),
            RowPosition(2, "12", "Phụ lục II", "PHẦN I", "I. ĐẤT"),
        ]
        assert resolve(parse_serials("số thứ tự 12 Mục I Phần I Phụ lục II"), rows).rows == (2,)
