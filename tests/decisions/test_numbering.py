"""Codes, decision numbers and levels in the shapes that real papers print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.kinds import Level
from decisions.numbering import (
    find_codes,
    find_decision_numbers,
    parse_code,
    parse_decision_number,
    parse_level,
    parse_levels,
)


class TestProcedureCode:
    @pytest.mark.parametrize(
        ("printed", "root", "case", "body", "warnings"),
        [
            ("1.001193", "1.001193", None, None, ()),
            (" 1.014325", "1.014325", None, None, ()),
            ("1.001193.01", "1.001193", "01", None, ()),
            ("1.012507.H05", "1.012507", None, "H05", ()),
            ("1.001193.000.00.00.H17", "1.001193", None, "H17", ()),
            ("1.012507. H05", "1.012507", None, "H05", ("stray_space",)),
            ("2.000908.00 0.00.00.H61", "2.000908", None, "H61", ("stray_space",)),
            ("2.001009.000.00.00.H 61", "2.001009", None, "H61", ("stray_space",)),
            ("1.013.788.H42", "1.013788", None, "H42", ("stray_mark",)),
            ("(1.014466.H50)", "1.014466", None, "H50", ("stray_mark",)),
            ("\u200e1.001193\u00a0", "1.001193", None, None, ()),
        ],
    )
    def test_dirt_is_cleaned_with_a_warning(self, printed, root, case, body, warnings):
        code = parse_code(printed)
        assert (code.root, code.case, code.body, code.warnings) == (root, case, body, warnings)
        assert code.key == root

    @pytest.mark.parametrize(
        ("printed", "warning", "suggestion"),
        [
            ("1.0133611", "extra_digits", "1.013361"),
            ("2.009182739", "extra_digits", "2.009182"),
            ("10.005090", "extra_digits", "1.005090"),
            ("1.014955-Xoa", "not_standard", "1.014955"),
            ("2020STTTT_PTTT06", "not_standard", None),
        ],
    )
    def test_what_is_no_national_code_stays_itself_and_is_never_merged(self, printed, warning, suggestion):
        code = parse_code(printed)
        assert not code.is_standard
        assert code.key == printed
        assert warning in code.warnings
        assert code.suggestion == suggestion

    @pytest.mark.parametrize("printed", ["", "  ", "-", "Không có mã số", "Chưa có mã", "không có", "…"])
    def test_no_code_is_no_identity(self, printed):
        code = parse_code(printed)
        assert code.is_absent
        assert (code.key, code.warnings) == ("", ())

    def test_the_long_form_is_shortened_and_the_print_kept(self):
        code = parse_code("1.001193.000.00.00.H44")
        assert code.long_form
        assert (code.text, code.printed) == ("1.001193.H44", "1.001193.000.00.00.H44")

    @given(st.text(max_size=30))
    def test_no_text_breaks_the_parser(self, text):
        assert parse_code(text).key == parse_code(parse_code(text).printed).key
        find_codes(text)

    @given(st.from_regex(r"\A[1-9]\.[0-9]{6}(\.[GH][0-9]{2})?\Z"))
    def test_what_we_print_is_read_back(self, text):
        code = parse_code(text)
        assert code.text == text
        assert parse_code(code.text) == code


class TestCodesInText:
    @pytest.mark.parametrize(
        ("text", "keys"),
        [
            ("Công nhận kết quả thăm dò khoáng sản (Mã số TTHC: 1.014466.H12)", ["1.014466"]),
            ("Đăng ký khai sinh (1.001193); Đăng ký kết hôn (1.000894.01)", ["1.001193", "1.000894"]),
            ("2.000908.00 0.00.00.H61", ["2.000908"]),
            ("1.014466.\nH05", ["1.014466"]),
            ("mã 10.005090 và (10.005090)", ["10.005090"]),
            ("Phí 2.000.000 đồng; 1. 500000 đồng; điện thoại 0213.3796.888; 1.000.000", []),
            ("1.013.788.H42", ["1.013788"]),
        ],
    )
    def test_codes_are_found_and_money_is_not(self, text, keys):
        assert [code.key for code in find_codes(text)] == keys


NUMBERS = [
    ("2904/QĐ-UBND", "2904/QĐ-UBND", "2904/QD-UBND", None, ()),
    ("01779/QĐ-UBND", "01779/QĐ-UBND", "1779/QD-UBND", None, ()),
    ("1779/QD-UBND", "1779/QĐ-UBND", "1779/QD-UBND", None, ("missing_mark",)),
    ("2193/QĐ-UBND.", "2193/QĐ-UBND", "2193/QD-UBND", None, ("stray_mark",)),
    ("569./QĐ-BXD", "569/QĐ-BXD", "569/QD-BXD", None, ("stray_mark",)),
    ("1931/.QĐ-BNNMT", "1931/QĐ-BNNMT", "1931/QD-BNNMT", None, ("stray_mark",)),
    ("3098/QĐ_BYT", "3098/QĐ-BYT", "3098/QD-BYT", None, ("stray_mark",)),
    ("628 /QĐ-BCT", "628/QĐ-BCT", "628/QD-BCT", None, ("stray_space",)),
    ("1127/QĐ- UBND", "1127/QĐ-UBND", "1127/QD-UBND", None, ("stray_space",)),
    ("QĐ2338-BTP", "2338/QĐ-BTP", "2338/QD-BTP", None, ("odd_order",)),
    ("QĐ/0001-BTP", "0001/QĐ-BTP", "1/QD-BTP", None, ("odd_order",)),
    ("543", "543", "543", None, ("no_symbol",)),
    ("44/2026/QĐ-UBND", "44/2026/QĐ-UBND", "44/2026/QD-UBND", 2026, ()),
    ("1061b/QĐ-BNG", "1061b/QĐ-BNG", "1061b/QD-BNG", None, ()),
    ("688A/QĐ-BCT", "688A/QĐ-BCT", "688a/QD-BCT", None, ()),
    ("753.1/QĐ-BKHCN", "753.1/QĐ-BKHCN", "753.1/QD-BKHCN", None, ()),
    ("9354/QĐ-BCA-C06", "9354/QĐ-BCA-C06", "9354/QD-BCA-C06", None, ()),
    ("2171/QĐ-UBND-DatDai", "2171/QĐ-UBND-DatDai", "2171/QD-UBND-DATDAI", None, ("odd_symbol",)),
    ("SỐ 64/QĐ-NHNN", "64/QĐ-NHNN", "64/QD-NHNN", None, ()),
    ("Quyết định số 485/QĐ-BQP", "485/QĐ-BQP", "485/QD-BQP", None, ()),
    ("01/QĐCB", "01/QĐCB", "1/QDCB", None, ()),
    ("1356/QĐ-TTg", "1356/QĐ-TTg", "1356/QD-TTG", None, ()),
    ("4347/QĐ-BVHTT&DL", "4347/QĐ-BVHTT&DL", "4347/QD-BVHTT&DL", None, ()),
    ("2252/QĐ-VP", "2252/QĐ-VP", "2252/QD-VP", None, ()),
]


class TestDecisionNumber:
    @pytest.mark.parametrize(("printed", "text", "key", "year", "warnings"), NUMBERS)
    def test_every_odd_form_is_read(self, printed, text, key, year, warnings):
        number = parse_decision_number(printed)
        assert (number.text, number.key, number.year, number.warnings) == (text, key, year, warnings)
        assert number.is_decision
        assert number.printed == printed

    @pytest.mark.parametrize(
        "printed",
        ["205/TTr-SNNMT.2", "205/TTr-SNNMT", "4221/EVN-KDMBD", "1562/BNG-VP", "Demo/QĐ-BCA", "QĐ000001SNNTEST"],
    )
    def test_submissions_letters_and_test_rows_are_no_decisions(self, printed):
        assert not parse_decision_number(printed).is_decision

    @given(st.integers(1, 99999), st.sampled_from(["QĐ-UBND", "QĐ-TTPVHCC", "QĐ-BCA-C06"]))
    def test_zero_padding_is_kept_in_print_and_ignored_in_comparison(self, number, symbol):
        padded = parse_decision_number(f"{number:06}/{symbol}")
        assert padded.text == f"{number:06}/{symbol}"
        assert padded.key == parse_decision_number(f"{number}/{symbol}").key

    @given(st.text(max_size=30))
    def test_no_text_breaks_the_parser(self, text):
        parse_decision_number(text)
        find_decision_numbers(text)

    def test_numbers_are_found_in_a_sentence(self):
        text = (
            "thay thế Quyết định số 1620/QĐ-UBND ngày 27/6/2025; Quyết định số 1127/QĐ- UBND và Quyết định "
            "số 62/2011/QĐ-TTg, Quyết định số 930e/QĐ-BKHCN; Tờ trình số 326/TTr-STC ngày 09/9/2025."
        )
        found = [number.text for number in find_decision_numbers(text)]
        assert found == ["1620/QĐ-UBND", "1127/QĐ-UBND", "62/2011/QĐ-TTg", "930e/QĐ-BKHCN"]


class TestLevel:
    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH", Level.PROVINCE),
            ("B. THỦ TỤC HÀNH CHÍNH CẤP XÃ", Level.COMMUNE),
            ("thủ tục hành chính cấp thành phố", Level.PROVINCE),
            ("C. THỦ TỤC HÀNH CHÍNH CẤP HUYỆN", Level.DISTRICT),
            ("THỦ TỤC HÀNH CHÍNH CẤP TRUNG ƯƠNG", Level.CENTRAL),
            ("I. THỦ TỤC HÀNH CHÍNH ÁP DỤNG CHUNG (CẤP TỈNH, XÃ) (05 TTHC)", Level.SHARED),
            ("Dùng chung", Level.SHARED),
            ("cấp tỉnh, cấp xã", Level.SHARED),
            ("Tỉnh", Level.PROVINCE),
            ("UBND cấp xã", Level.COMMUNE),
            ("Cơ quan khác", Level.OTHER),
            ("LĨNH VỰC HỢP TÁC XÃ", None),
            ("Sở Văn hóa, Thể thao và Du lịch tỉnh Cao Bằng quản lý", None),
            ("cấp bổ sung giấy phép xả thải", None),
        ],
    )
    def test_group_rows_name_their_level(self, text, level):
        assert parse_level(text) is level

    def test_a_title_may_name_several_levels(self):
        text = "thuộc thẩm quyền giải quyết của cấp tỉnh, cấp huyện và cấp xã"
        assert parse_levels(text) == (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
