"""Annex rows become lines whatever the columns are called, however cells are merged, split or lost."""

from __future__ import annotations

from collections import Counter

import pytest

from catalogue.imports.decision_document import read_decision
from catalogue.imports.decision_values import ParsedDecision, RowRole
from decisions.kinds import ChangeKind, Level, Register
from tests.word_decisions import BIRTH, LISTING, Rows, build_decision

MARRIAGE = ["2", "1.000894", "Đăng ký kết hôn", "Trong ngày", "Như trên", "Không", "nt"]
DEATH = ["3", "1.000656", "Đăng ký khai tử", "Trong ngày", "-nt-", "8.000 đồng", "Luật Hộ tịch 2014"]


def read(*tables: Rows, **options: object) -> ParsedDecision:
    return read_decision(build_decision(tables=tables, **options), "quyet-dinh.docx")  # type: ignore[arg-type]


def roles(decision: ParsedDecision, table: int = 3) -> list[str]:
    return [account.role.value for account in decision.rows if account.table == table]


def test_every_cell_is_kept_word_for_word_under_its_printed_label() -> None:
    (line,) = read([LISTING, BIRTH]).lines
    assert line.cells == tuple(zip(LISTING, BIRTH, strict=True))


def test_columns_are_known_by_any_of_their_names_and_in_any_order() -> None:
    (line,) = read([
        ["TT", "Tên TTHC", "Cơ sở pháp lý", "Số hồ sơ TTHC", "Thời gian giải quyết", "Phí/ lệ phí (nếu có)",
         "Cơ quan thực hiện", "Cách thức thực hiện", "DVC TT (mức độ)", "Ghi chú", "Lĩnh vực"],
        ["01", "Đăng ký khai sinh", "Luật Hộ tịch 2014", "1.001193", "01 ngày", "Không", "UBND cấp xã", "Trực tiếp",
         "Toàn trình", "Liên thông", "Hộ tịch"],
    ]).lines  # fmt: skip
    assert (line.code_key, line.name, line.sector) == ("1.001193", "Đăng ký khai sinh", "Hộ tịch")
    assert (line.basis_text, line.time_text, line.fee_text) == ("Luật Hộ tịch 2014", "01 ngày", "Không")
    assert (line.channel_text, line.online_text, line.note_text) == ("Trực tiếp", "Toàn trình", "Liên thông")
    assert line.level is Level.COMMUNE


@pytest.mark.parametrize(
    "printed",
    ["Đăng ký khai sinh (1.001193)", "1.001193 - Đăng ký khai sinh", "Đăng ký khai sinh\n(Mã TTHC: 1.001193.H60)",
     "Đăng ký khai sinh (1.001193.000.00.00.H60)"],
)  # fmt: skip
def test_a_code_beside_the_name_is_taken_out_of_it(printed: str) -> None:
    (line,) = read([["STT", "Tên thủ tục hành chính (Mã TTHC)", "Thời hạn"], ["1", printed, "01 ngày"]]).lines
    assert (line.code_key, line.name) == ("1.001193", "Đăng ký khai sinh")


@pytest.mark.parametrize("printed", ["", "Không có mã số", "-", "Chưa có"])
def test_a_row_without_a_code_gets_none(printed: str) -> None:
    (line,) = read([LISTING, ["1", printed, *BIRTH[2:]]]).lines
    assert line.code_key is None and line.name == "Đăng ký khai sinh"


def test_an_odd_code_is_kept_as_printed_and_doubted() -> None:
    (line,) = read([LISTING, ["1", "1.01443", *BIRTH[2:]]]).lines
    assert line.code == "1.01443"
    assert [doubt.text for doubt in line.doubts] == ["1.01443"]


def test_as_above_is_resolved_and_marked() -> None:
    lines = read([LISTING, BIRTH, MARRIAGE, DEATH]).lines
    assert {line.place_text for line in lines} == {BIRTH[4]}
    assert lines[1].basis_text == "Luật Hộ tịch 2014"
    assert dict(lines[1].cells)["Địa điểm thực hiện"] == "Như trên"
    assert [(doubt.text, doubt.suggestion) for doubt in lines[2].doubts] == [("-nt-", BIRTH[4])]


def test_cells_merged_downwards_belong_to_every_row() -> None:
    first, second = read([LISTING, BIRTH, ["2", "1.000894", "Đăng ký kết hôn", "Trong ngày", "^", "Không", "^"]]).lines
    assert (second.place_text, second.basis_text) == (first.place_text, first.basis_text)
    assert second.merged_with == first.position.rows[0]
    assert second.doubts == ()


def test_blanks_that_a_lost_merge_explains_are_filled_with_a_doubt_but_a_lone_fee_is_not() -> None:
    blank = ["2", "1.000894", "Đăng ký kết hôn", "Trong ngày", "", "Không", ""]
    feeless = ["3", "1.000656", "Đăng ký khai tử", "Trong ngày", "UBND xã", "", "Luật Hộ tịch 2014"]
    _, merged, lone = read([LISTING, BIRTH, blank, feeless]).lines
    assert (merged.place_text, merged.basis_text) == (BIRTH[4], BIRTH[6])
    assert {doubt.column for doubt in merged.doubts} == {"Địa điểm thực hiện", "Căn cứ pháp lý"}
    assert (lone.fee_text, lone.doubts) == ("", ())


def test_group_rows_give_level_and_sector_in_either_order() -> None:
    by_sector = read(
        [LISTING, ["LĨNH VỰC: HỘ TỊCH (02 TTHC)", *[">"] * 6], ["I. Thủ tục hành chính cấp tỉnh (01 TTHC)", *[">"] * 6],
         BIRTH, ["II. THỦ TỤC HÀNH CHÍNH CẤP XÃ (01 TTHC)", *[">"] * 6], MARRIAGE],
    )  # fmt: skip
    by_level = read(
        [LISTING, ["A", "THỦ TỤC HÀNH CHÍNH CẤP TỈNH"], ["I", "Lĩnh vực Hộ tịch"], BIRTH,
         ["B", "THỦ TỤC HÀNH CHÍNH CẤP XÃ"], ["I", "Lĩnh vực Chứng thực"], MARRIAGE, ["C", "DÙNG CHUNG"], DEATH],
    )  # fmt: skip
    assert [(line.level, line.sector) for line in by_sector.lines] == [
        (Level.PROVINCE, "HỘ TỊCH"), (Level.COMMUNE, "HỘ TỊCH"),
    ]  # fmt: skip
    assert [(line.level, line.sector) for line in by_level.lines[:2]] == [
        (Level.PROVINCE, "Hộ tịch"), (Level.COMMUNE, "Chứng thực"),
    ]  # fmt: skip
    assert by_level.lines[2].level is Level.SHARED
    assert roles(by_sector) == ["header", "group", "group", "line", "group", "line"]


def test_counts_of_group_rows_are_compared_with_the_rows() -> None:
    decision = read([LISTING, ["LĨNH VỰC HỘ TỊCH (03 TTHC)", *[">"] * 6], BIRTH, MARRIAGE])
    (problem,) = decision.problems
    assert "3 thủ tục" in problem.message and "2 dòng" in problem.message
    assert problem.place == "Phụ lục, bảng 3, dòng 2"


def test_the_nearest_heading_gives_the_kind() -> None:
    decision = read_decision(
        build_decision(
            subject="VỀ VIỆC CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH, BỊ BÃI BỎ LĨNH VỰC HỘ TỊCH",
            articles=["Điều 1. Công bố kèm theo Quyết định này 01 thủ tục mới ban hành và 01 thủ tục bị bãi bỏ.",
                      "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký."],
            annexes=[("PHỤ LỤC\nDANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH, BỊ BÃI BỎ", [
                "A. DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH", [LISTING, BIRTH],
                "B. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ",
                [["STT", "Mã TTHC", "Tên TTHC", "Tên VBQPPL quy định việc bãi bỏ TTHC"],
                 ["1", "1.000894", "Đăng ký kết hôn", "Nghị định số 120/2025/NĐ-CP"]],
            ])],
        ), "mixed.docx",
    )  # fmt: skip
    assert [line.kind for line in decision.lines] == [ChangeKind.INTRODUCED, ChangeKind.ABOLISHED]
    assert decision.lines[1].abolishing_text == "Nghị định số 120/2025/NĐ-CP"
    assert decision.problems == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [("MỚI BAN HÀNH", "introduced"), ("ĐƯỢC SỬA ĐỔI, BỔ SUNG", "amended"), ("ĐƯỢC THAY THẾ", "replaced"),
     ("ĐƯỢC SỬA ĐỔI, BỔ SUNG, THAY THẾ", "amended"), ("BỊ BÃI BỎ", "abolished"), ("ĐƯỢC CHUẨN HÓA", "standardised"),
     ("ĐƯỢC CÔNG BỐ BỔ SUNG", "published_late"), ("TIẾP TỤC THỰC HIỆN", "resumed"), ("", "unknown"),
     ("ĐƯỢC SỬA ĐỔI TỪ LĨNH VỰC TƯ PHÁP SANG LĨNH VỰC HỘ TỊCH", "moved_sector")],
)  # fmt: skip
def test_each_kind_is_known_by_its_words(words: str, kind: str) -> None:
    decision = read(
        [LISTING, BIRTH],
        subject=f"VỀ VIỆC CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH {words}",
        annex="PHỤ LỤC\nDANH MỤC THỦ TỤC HÀNH CHÍNH",
        articles=["Điều 1. Công bố danh mục kèm theo.", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."],
    )
    assert [line.kind.value for line in decision.lines] == [kind]


@pytest.mark.parametrize(
    ("subject", "kind"),
    [("PHÊ DUYỆT DANH MỤC THỦ TỤC HÀNH CHÍNH THỰC HIỆN KHÔNG PHỤ THUỘC ĐỊA GIỚI HÀNH CHÍNH", "non_territorial"),
     ("VỀ VIỆC THÔNG QUA PHƯƠNG ÁN ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH", "simplified"),
     ("VỀ VIỆC ỦY QUYỀN GIẢI QUYẾT MỘT SỐ THỦ TỤC HÀNH CHÍNH", "delegated"),
     ("VỀ VIỆC PHÊ DUYỆT QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "workflow")],
)  # fmt: skip
def test_lists_that_set_an_attribute_are_known_by_their_subject(subject: str, kind: str) -> None:
    decision = read([LISTING, BIRTH], subject=subject, annex="PHỤ LỤC\nDANH MỤC THỦ TỤC HÀNH CHÍNH")
    assert [line.kind.value for line in decision.lines] == [kind]


def test_an_annex_title_against_title_and_article_1_loses_with_a_doubt() -> None:
    (line,) = read([LISTING, BIRTH], annex="PHỤ LỤC\nDANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH LĨNH VỰC HỘ TỊCH").lines
    assert line.kind is ChangeKind.AMENDED
    assert "“mới ban hành”" in line.doubts[0].reason


def test_a_header_of_two_rows_splits_the_time_limit() -> None:
    (line,) = read([
        ["STT", "Tên thủ tục hành chính", "Thời hạn giải quyết", ">", "Phí, lệ phí"],
        ["^", "^", "Theo quy định", "Sau cắt giảm", "^"],
        ["1", "Đăng ký khai sinh", "03 ngày làm việc", "2,5 ngày làm việc", "Không"],
    ]).lines  # fmt: skip
    assert line.time_text == "Theo quy định: 03 ngày làm việc\nSau cắt giảm: 2,5 ngày làm việc"
    assert line.fee_text == "Không"


def test_a_repeated_header_and_a_numbering_row_are_headers() -> None:
    decision = read([LISTING, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"], BIRTH, LISTING, MARRIAGE])
    assert roles(decision) == ["header", "header", "line", "header", "line"]


def test_a_row_split_by_a_page_is_one_line() -> None:
    split = ["", "", "trong nước và ở khu vực biên giới", "", "", "", "- Nghị định số 123/2015/NĐ-CP"]
    decision = read([LISTING, BIRTH, split])
    (line,) = decision.lines
    assert line.name == "Đăng ký khai sinh trong nước và ở khu vực biên giới"
    assert line.basis_text == "Luật Hộ tịch 2014\n- Nghị định số 123/2015/NĐ-CP"
    assert line.position.rows == (2, 3)
    assert roles(decision) == ["header", "line", "continuation"]


def test_a_table_continued_without_header_keeps_the_columns() -> None:
    decision = read([LISTING, BIRTH], [MARRIAGE, DEATH])
    assert [line.code_key for line in decision.lines] == ["1.001193", "1.000894", "1.000656"]
    assert decision.lines[2].position.table == 4


def test_a_row_torn_by_the_end_of_its_table_names_only_rows_of_the_table_it_began_in() -> None:
    rest = ["", "", "và khai tử", "", "", "", ""]
    line, _ = read([LISTING, BIRTH], [rest, MARRIAGE]).lines
    assert line.name == "Đăng ký khai sinh và khai tử"
    assert (line.position.table, line.position.rows) == (3, (2,))


def test_a_second_tick_of_a_torn_row_goes_past_the_sub_column_beside_the_first() -> None:
    (line,) = read([
        ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Dịch vụ công trực tuyến", ">", "Bưu chính công ích"],
        ["^", "^", "^", "Toàn trình", "Một phần", "^"],
        ["1", "1.001193", "Đăng ký khai sinh", "", "", ""],
        ["x", "x"],
    ]).lines  # fmt: skip
    ticked = [label for label, text in line.cells if text == "x"]
    assert ticked == ["Dịch vụ công trực tuyến – Toàn trình", "Bưu chính công ích"]


def test_a_row_whose_code_cell_was_lost_is_put_straight() -> None:
    _, line = read([LISTING, BIRTH, ["2", *MARRIAGE[2:4], "UBND xã", "Không", "Nghị định số 123/2015/NĐ-CP"]]).lines
    assert (line.code_key, line.name, line.basis_text) == (None, "Đăng ký kết hôn", "Nghị định số 123/2015/NĐ-CP")
    assert any("lệch cột" in doubt.reason for doubt in line.doubts)


def test_replacement_rows_name_old_and_new() -> None:
    (line,) = read(
        [["Mã số", "Tên TTHC được thay thế", "Tên TTHC thay thế", "Tên VBQPPL", "Lĩnh vực"],
         ["2.001023\n2.002621", "Liên thông khai sinh, thường trú", "Đăng ký khai sinh, thường trú, cấp thẻ",
          "Nghị định số 63/2024/NĐ-CP", "Hộ tịch"]],
        subject="CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC THAY THẾ",
    ).lines  # fmt: skip
    assert line.kind is ChangeKind.REPLACED
    assert line.old_codes == ("2.001023", "2.002621")
    assert (line.old_name, line.name) == ("Liên thông khai sinh, thường trú", "Đăng ký khai sinh, thường trú, cấp thẻ")


def test_totals_workflows_and_dossiers_are_accounted_and_no_lines() -> None:
    workflow = [
        ["Bước thực hiện", "Nội dung công việc", "Trách nhiệm", "Thời gian"],
        ["Bước 1", "Tiếp nhận", "Một cửa", "02 giờ"],
    ]
    papers = [["STT", "Tên hồ sơ", "Bản chính", "Bản sao"], ["1", "Tờ khai", "x", ""]]
    decision = read([LISTING, BIRTH, ["Tổng số: 01 TTHC", *[">"] * 6]], workflow, papers)
    assert roles(decision, 3) == ["header", "line", "total"]
    assert roles(decision, 4) == ["header", "workflow"]
    assert roles(decision, 5) == ["header", "other"]
    assert decision.unexplained == ()


def test_a_listing_row_that_is_nothing_known_is_unexplained_with_its_place() -> None:
    decision = read([LISTING, ["", "", "", "chữ lạc của trang trước", "", "", ""], BIRTH])
    (left,) = decision.unexplained
    assert left.text == "chữ lạc của trang trước"
    assert left.place == "Phụ lục, bảng 3, dòng 2"
    assert Counter(roles(decision))["unexplained"] == 1


def test_a_code_in_a_table_of_another_kind_is_unexplained() -> None:
    decision = read([LISTING, BIRTH], [["STT", "Nội dung", "Giá trị"], ["1", "1.009999", "Cấp bản sao trích lục"]])
    assert [left.place for left in decision.unexplained] == ["bảng 4, dòng 2"]


def test_a_code_twice_in_one_annex_is_a_problem_that_names_both_places() -> None:
    decision = read([LISTING, BIRTH, ["2", "1.001193", *MARRIAGE[2:]]])
    (problem,) = [p for p in decision.problems if p.value == "1.001193"]
    assert "dòng 2" in problem.message and "dòng 3" in problem.message


def test_one_code_at_two_levels_is_no_problem() -> None:
    province, commune = ["A", "THỦ TỤC HÀNH CHÍNH CẤP TỈNH"], ["B", "THỦ TỤC HÀNH CHÍNH CẤP XÃ"]
    assert read([LISTING, province, BIRTH, commune, BIRTH]).problems == ()


def test_a_list_of_paragraphs_is_read() -> None:
    decision = read_decision(
        build_decision(annexes=[("PHỤ LỤC I\nDANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG", [
            "I. Thủ tục hành chính cấp tỉnh", "(1) Đăng ký biến động đất đai.", "(2) Cấp đổi Giấy chứng nhận.",
            "II. Thủ tục hành chính cấp xã", "1. Thủ tục Đăng ký khai sinh",
        ])]), "doan.docx",
    )  # fmt: skip
    assert [(line.level.value, line.position.ordinal) for line in decision.lines] == [
        ("province", "1"), ("province", "2"), ("commune", "1"),
    ]  # fmt: skip


def test_internal_procedures_are_told_apart() -> None:
    subject = "CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ MỚI BAN HÀNH"
    assert read([LISTING, BIRTH], subject=subject).register is Register.INTERNAL
    assert read([LISTING, BIRTH]).register is Register.PUBLIC


def test_glued_rows_of_converters_are_taken_apart() -> None:
    glued = [*BIRTH, "II. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", "STT", "Mã TTHC", "Tên TTHC"]
    decision = read([LISTING, glued, ["1", "1.000894", "Đăng ký kết hôn"]])
    assert [(line.kind.value, line.code_key) for line in decision.lines] == [
        ("amended", "1.001193"), ("abolished", "1.000894"),
    ]  # fmt: skip
    parts = [account.role for account in decision.rows if (account.table, account.row) == (3, 2)]
    assert parts == [RowRole.LINE, RowRole.GROUP, RowRole.HEADER]


def test_numbered_rows_under_an_unknown_header_are_unexplained_where_a_list_is_promised() -> None:
    decision = read([["STT", "Nội dung", "Ghi chú"], ["1", "Đăng ký khai sinh", ""], ["2", "Đăng ký kết hôn", ""]])
    assert [left.place for left in decision.unexplained] == ["Phụ lục, bảng 3, dòng 2", "Phụ lục, bảng 3, dòng 3"]


def test_two_codes_in_brackets_are_taken_out_of_the_name_and_both_kept() -> None:
    row = ["1", "1.001740", "Lấy ý kiến đối với công trình (1.001740; 1.001645)", *BIRTH[3:]]
    (line,) = read([LISTING, row]).lines
    assert line.name == "Lấy ý kiến đối với công trình"


def test_time_limit_and_code_printed_below_the_name_are_taken_out_of_it() -> None:
    cell = "Đăng ký khai sinh cho trẻ em\nThời gian thực hiện: 03 ngày làm việc\nMã TTHC: 1.001193.H60"
    (line,) = read([["STT", "Tên TTHC", "Quy trình nội bộ giải quyết TTHC"], ["1", cell, ""]]).lines
    assert (line.name, line.time_text) == ("Đăng ký khai sinh cho trẻ em", "03 ngày làm việc")
    assert line.code_key == "1.001193"
