"""The small rules of the decision reader, and no input that breaks it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.imports.decision_alignment import align
from catalogue.imports.decision_counts import number_in_words
from catalogue.imports.decision_document import read_decision
from catalogue.imports.decision_labels import (
    change_kinds,
    column_of,
    is_ditto,
    level_of_heading,
    sector_of_group,
    sector_of_title,
)
from catalogue.imports.decision_spelling import broken_syllables, is_syllable
from catalogue.imports.decision_values import Column, RowRole, short_annex
from decisions.kinds import ChangeKind, Level
from tests.word_decisions import BIRTH, LISTING, build_decision


@pytest.mark.parametrize(
    ("text", "joined"),
    [("bằng t ốt nghiệp", ["tốt"]), ("tỉnh Qu ả ng Ngãi", ["Quảng"]), ("Đặ ng Văn Minh", ["Đặng"]),
     ("Thương binh và X ã hội", ["Xã"]), ("theo m ẫu và l ần đầu", ["mẫu", "lần"]),
     ("hạng B ở xã, điểm c, d, đ, e khoản 4", []), ("20 m ở độ sâu 5 m", []), ("Đăng ký khai sinh để p", [])],
)  # fmt: skip
def test_broken_syllables_are_found_and_whole_words_are_left(text: str, joined: list[str]) -> None:
    assert [doubt.suggestion for doubt in broken_syllables("Tên", text)] == joined


@pytest.mark.parametrize("word", ["nghiệp", "quyết", "hưởng", "thuỷ", "thủy", "khuỷu", "giấy", "ý", "Ngãi", "loét"])
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["t", "ng", "đểp", "tthc", "bcci", "xyz", "nghieps"])
def test_other_letters_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("words", "number"),
    [("một", 1), ("mười", 10), ("mười hai", 12), ("hai mươi lăm", 25), ("Ba mươi mốt", 31),
     ("một trăm linh năm", 105), ("hai trăm ba mươi bốn", 234), ("thủ tục", None)],
)  # fmt: skip
def test_numbers_in_words_are_read(words: str, number: int | None) -> None:
    assert number_in_words(words) == number


@pytest.mark.parametrize(
    ("label", "column"),
    [("Số TT", Column.ORDINAL), ("Mã TTHC gốc", Column.CODE), ("Số hồ sơ TTHC", Column.CODE), ("Tên TTHC", Column.NAME),
     ("Tên thủ tục hành chính/ Mã số TTHC", Column.NAME), ("Tên TTHC bị bãi bỏ", Column.NAME),
     ("Tên VBQPPL quy định việc bãi bỏ", Column.ABOLISHING), ("Căn cứ hoặc lý do bãi bỏ", Column.ABOLISHING),
     ("Tên VBQPPL quy định nội dung sửa đổi, bổ sung, thay thế", Column.BASIS), ("Cơ sở pháp lý", Column.BASIS),
     ("Nội dung sửa đổi, bổ sung", Column.CHANGED), ("Quyết định công bố", Column.PUBLISHED),
     ("Địa điểm, cách thức thực hiện", Column.PLACE), ("Cách thức thực hiện", Column.CHANNEL),
     ("Phí, lệ phí (nếu có)", Column.FEE), ("Cấp thực hiện", Column.LEVEL), ("Thẩm quyền giải quyết", Column.AGENCY),
     ("Tên TTHC được thay thế", Column.OLD_NAME), ("Mã TTHC được thay thế", Column.OLD_CODE),
     ("Hoa quả", Column.OTHER)],
)  # fmt: skip
def test_column_labels_are_understood(label: str, column: Column) -> None:
    assert column_of(label) is column


@pytest.mark.parametrize(
    ("text", "level"),
    [("A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH", Level.PROVINCE), ("II. THỦ TỤC HÀNH CHÍNH CẤP XÃ (07 TTHC)", Level.COMMUNE),
     ("ÁP DỤNG CHUNG (CẤP TỈNH, XÃ)", Level.SHARED), ("CẤP TRUNG ƯƠNG VÀ ĐỊA PHƯƠNG", Level.SHARED),
     ("DANH MỤC … THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA UBND CẤP XÃ", Level.COMMUNE),
     ("DANH MỤC … THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA SỞ TÀI CHÍNH", Level.PROVINCE),
     ("DANH MỤC … THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA SỞ Y TẾ, UBND CẤP XÃ", None),
     ("DANH MỤC … THUỘC CHỨC NĂNG QUẢN LÝ CỦA SỞ Y TẾ TỈNH LAM SƠN", None), ("LĨNH VỰC HỘ TỊCH", None)],
)  # fmt: skip
def test_headings_give_a_level_only_when_they_say_it(text: str, level: Level | None) -> None:
    assert level_of_heading(text) is level


def test_a_place_of_publication_is_no_level() -> None:
    assert level_of_heading("DANH MỤC THỦ TỤC HÀNH CHÍNH TRÊN ĐỊA BÀN TỈNH LAM SƠN") is None


def test_words_of_cited_decisions_give_no_kind() -> None:
    cited = "SỬA ĐỔI, BỔ SUNG QUYẾT ĐỊNH SỐ 3470/QĐ-UBND CÔNG BỐ DANH MỤC THỦ TỤC MỚI BAN HÀNH, BỊ BÃI BỎ"
    assert change_kinds(cited) == (ChangeKind.AMENDED,)
    assert change_kinds("Công bố kèm theo Quyết định này 03 thủ tục bị bãi bỏ") == (ChangeKind.ABOLISHED,)


def test_sectors_are_named_without_their_counts() -> None:
    assert sector_of_group("LĨNH VỰC: CHỨNG THỰC (12 TTHC)") == "CHỨNG THỰC"
    assert sector_of_group("Thủ tục hành chính cấp xã") == ""
    assert sector_of_title("CÔNG BỐ … LĨNH VỰC THIẾT BỊ Y TẾ THUỘC THẨM QUYỀN CỦA SỞ Y TẾ") == "THIẾT BỊ Y TẾ"
    assert sector_of_title("TRONG MỘT SỐ LĨNH VỰC THUỘC THẨM QUYỀN CỦA SỞ") == ""
    assert sector_of_title("TỪ LĨNH VỰC TỔ CHỨC CÁN BỘ SANG LĨNH VỰC GIÁM ĐỊNH THUỘC SỞ Y TẾ") == "GIÁM ĐỊNH"


@pytest.mark.parametrize("text", ["Như trên", "như trên.", "nt", "-nt-", "“Như trên”"])
def test_every_form_of_as_above_is_known(text: str) -> None:
    assert is_ditto(text) and not is_ditto(f"{text} và Luật Hộ tịch")


@pytest.mark.parametrize(
    ("annex", "short"),
    [("PHỤ LỤC II DANH MỤC THỦ TỤC", "Phụ lục II"), ("Phụ lục 01 Danh mục", "Phụ lục 01"),
     ("PHỤ LỤC DANH MỤC THỦ TỤC", "Phụ lục"), ("DANH MỤC THỦ TỤC", "danh mục kèm theo"), ("", "")],
)  # fmt: skip
def test_annexes_are_called_shortly(annex: str, short: str) -> None:
    assert short_annex(annex) == short


COLUMNS = [Column.ORDINAL, Column.CODE, Column.NAME, Column.TIME, Column.PLACE, Column.BASIS]


@given(
    cells=st.lists(st.sampled_from(["", "1", "1.001193", "Đăng ký khai sinh", "03 ngày", "Luật Hộ tịch"]), max_size=9)
)
def test_cells_keep_their_order_and_never_share_a_column(cells: Sequence[str]) -> None:
    placed = align([(text, index) for index, text in enumerate(cells)], COLUMNS)
    columns = [placed[index] for index in sorted(placed)]
    assert columns == sorted(set(columns))
    assert all(cells[index] for index in placed)
    assert len(placed) == min(sum(bool(text) for text in cells), len(COLUMNS))


def test_a_complete_row_stays_where_it_is_printed() -> None:
    row = ["1", "1.001193", "Đăng ký khai sinh", "03 ngày", "Một cửa", "Luật Hộ tịch"]
    assert align([(text, i) for i, text in enumerate(row)], COLUMNS) == {i: i for i in range(6)}


WORDS = ["", "1", "2.", "A", "II", "1.001193", "1.000894.H60", "Như trên", "STT", "TT", "Tên thủ tục hành chính",
         "Mã TTHC",
         "Bước 1", "Thứ tự công việc", "Tổng số: 02 TTHC", "LĨNH VỰC HỘ TỊCH (02 TTHC)", "CẤP XÃ", "Đăng ký khai sinh",
         "PHỤ LỤC II NỘI DUNG", "B. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", "x", "- Luật Hộ tịch 2014", "^", ">",
         "(Kèm theo Quyết định số 1/QĐ-UBND)", "Nơi nhận:", "\u200e\u00a0", "Điều 1."]  # fmt: skip


@settings(max_examples=40)
@given(
    rows=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=1, max_size=7),
    paragraphs=st.lists(st.sampled_from([*WORDS, "Điều\n2. Quyết định này có hiệu lực", "QUYẾT ĐỊNH:"]), max_size=3),
)
def test_whatever_stands_in_an_annex_no_row_is_lost(rows: list[list[str]], paragraphs: list[str]) -> None:
    width = max(len(row) for row in rows)
    table = [[*row, *[""] * (width - len(row))] for row in rows]
    plain = [[text if text not in ("^", ">") else "" for text in row] for row in table]
    data = build_decision(annexes=[("PHỤ LỤC I\nDANH MỤC THỦ TỤC HÀNH CHÍNH", [*paragraphs, [LISTING, BIRTH], plain])])
    decision = read_decision(data, "bat-ky.docx")
    tables = {number for number, _ in {(a.table, a.row) for a in decision.rows}}
    accounted = {(a.table, a.row) for a in decision.rows if a.table == max(tables)}
    assert len(accounted) == len(rows)
    told = {(line.position.table, row) for line in decision.lines for row in line.position.rows}
    for account in decision.rows:
        if account.role is RowRole.LINE:
            assert (account.table, account.row) in told
