"""The list is grouped, numbered and counted as the form prints it."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.exports import labels
from catalogue.exports.text import Column
from tests.catalogue.exports.papers import TODAY, listing, row


def headings(text):
    return [(level.heading, [sector.heading for sector in level.sectors]) for level in text.groups]


def test_levels_come_first_then_sectors_in_the_order_of_the_alphabet():
    text = listing(
        row(1, level="commune", sector="Đất đai"),
        row(2, level="commune", sector="An toàn thực phẩm"),
        row(3, level="shared", sector="Chứng thực"),
        row(4, level="province", sector="Dân tộc"),
        row(5, level="commune", sector="Đất đai"),
    )
    assert headings(text) == [
        ("A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH (01 TTHC)", ["I. LĨNH VỰC DÂN TỘC (01 TTHC)"]),
        (
            "B. THỦ TỤC HÀNH CHÍNH CẤP XÃ (03 TTHC)",
            ["I. LĨNH VỰC AN TOÀN THỰC PHẨM (01 TTHC)", "II. LĨNH VỰC ĐẤT ĐAI (02 TTHC)"],
        ),
        ("C. THỦ TỤC HÀNH CHÍNH DÙNG CHUNG (01 TTHC)", ["I. LĨNH VỰC CHỨNG THỰC (01 TTHC)"]),
    ]


def test_numbers_run_on_within_a_level_and_end_at_its_count():
    for level in listing(*map(row, range(1, 12))).groups:
        printed = [int(printed.cells[0]) for sector in level.sectors for printed in sector.rows]
        assert printed == list(range(1, level.size + 1))


def test_rows_keep_their_order_inside_a_sector():
    text = listing(*(row(n, level="commune", sector="Hộ tịch", name=f"Thủ tục {n}") for n in (3, 1, 2)))
    assert [printed.source.name for printed in text.rows] == ["Thủ tục 3", "Thủ tục 1", "Thủ tục 2"]


def test_a_row_without_sector_stands_last_and_is_not_lost():
    text = listing(row(1, level="commune", sector=""), row(2, level="commune", sector="Y tế"))
    assert headings(text)[0][1] == ["I. LĨNH VỰC Y TẾ (01 TTHC)", "II. CHƯA XẾP LĨNH VỰC (01 TTHC)"]


def test_totals_count_rows_levels_and_grades():
    text = listing(
        row(1, level="province", online="full"),
        row(2, level="commune", online="partial"),
        row(3, level="commune", online="unknown"),
    )
    assert text.totals == (
        "Tổng số: 03 thủ tục hành chính (cấp tỉnh 01, cấp xã 02).",
        "Dịch vụ công trực tuyến: toàn trình 01, một phần 01.",
    )


def test_a_procedure_at_two_levels_is_counted_in_both_and_it_is_said():
    text = listing(row(1, level="province"), row(1, level="commune"))
    assert text.totals[-1] == ("Một thủ tục có ở nhiều cấp được tính ở mỗi cấp; số thủ tục khác nhau: 01.")


def test_an_empty_list_says_that_there_is_none():
    assert listing(filter_sentence="Lĩnh vực Y tế").totals[0].startswith("Tổng số: 06")
    from catalogue.exports.listing_text import listing_text
    from tests.catalogue.exports.papers import HEAD

    empty = listing_text((), TODAY, head=HEAD, today=TODAY)
    assert (empty.groups, empty.totals) == ((), ("Tổng số: 00 thủ tục hành chính.",))


def test_a_row_without_code_says_so_and_a_row_without_content_too():
    (printed,) = listing(row(1, code=None, awaits_content=True)).rows
    assert printed.cells[1] == "Chưa có mã"
    assert "(Đã công bố, chờ nội dung)" in printed.cells[2]


def test_the_last_day_of_a_temporary_row_is_printed():
    (printed,) = listing(row(1, valid_until=date(2027, 3, 1))).rows
    assert "Đến hết ngày 28/02/2027" in printed.cells[-1]


def test_what_began_before_the_record_has_no_invented_day():
    (printed,) = listing(row(1, since_known=False, valid_from=date(2025, 7, 1))).rows
    assert "Đang có hiệu lực từ trước; chưa rõ ngày" in printed.cells[-1]
    assert "01/07/2025" not in printed.cells[-1]


def test_another_day_is_said_on_top():
    assert listing(on=TODAY).banner == ""
    assert listing(on=date(2025, 8, 15)).banner == "Nội dung theo ngày 15/08/2025, in ngày 21/11/2026."


def test_equal_lists_have_equal_edition_codes_whenever_they_are_printed():
    again = listing(today=date(2026, 11, 30), on=TODAY)
    assert listing().edition.code == again.edition.code
    assert listing(row(1, time_text="02 ngày")).edition.code != listing(row(1)).edition.code


def test_columns_may_be_chosen():
    columns = (Column("ordinal", "TT", 1), Column("name", "Tên", 6), Column("agency", "Cơ quan thực hiện", 3))
    (printed,) = listing(row(1), columns=columns).rows
    assert printed.cells == ("1", "Cấp bản sao trích lục hộ tịch số 1", "Ủy ban nhân dân xã")


@pytest.mark.parametrize(("number", "roman"), [(1, "I"), (4, "IV"), (9, "IX"), (49, "XLIX"), (283, "CCLXXXIII")])
def test_roman_numbers(number, roman):
    assert labels.roman(number) == roman


def test_days_and_figures_are_written_as_on_paper():
    assert labels.day_in_words("Sông Thao", date(2026, 2, 5)) == "Sông Thao, ngày 05 tháng 02 năm 2026"
    assert labels.day_in_words("Sông Thao", date(2026, 11, 21)) == "Sông Thao, ngày 21 tháng 11 năm 2026"
    assert labels.number(1234567) == "1.234.567"
