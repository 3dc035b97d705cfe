"""Long texts become blocks without losing a word."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from catalogue.exports.blocks import blocks_of, cell, one_line, plain
from catalogue.exports.text import Grid, Item, Items, Paragraph, Subheading
from tests.catalogue.exports.papers import HOSTILE, block_words

LINES = st.lists(st.text(alphabet="ạbĐ1 .-+*#|_()[]\\`<>:iv", max_size=24).map(lambda s: s), max_size=8).map("\n".join)


def test_each_line_is_a_paragraph():
    assert blocks_of("Nộp hồ sơ.\n\nNhận kết quả.") == (Paragraph("Nộp hồ sơ."), Paragraph("Nhận kết quả."))


def test_an_empty_text_has_no_blocks():
    assert blocks_of(" \n\t\n") == ()


def test_printed_marks_stay_and_show_how_deep_an_item_is():
    (block,) = blocks_of("1. Nộp\n- Tại quầy\n+ Buổi sáng\n- Trực tuyến\n2. Nhận")
    assert block == Items(
        (
            Item("Nộp", "1.", 0),
            Item("Tại quầy", "-", 1),
            Item("Buổi sáng", "+", 2),
            Item("Trực tuyến", "-", 1),
            Item("Nhận", "2.", 0),
        )
    )


def test_letters_with_đ_are_marks():
    (block,) = blocks_of("d) Giấy tờ thứ tư\nđ) Giấy tờ thứ năm")
    assert [item.mark for item in block.items] == ["d)", "đ)"]


def test_a_dash_glued_to_its_word_is_a_mark():
    assert blocks_of("-Trường hợp khác") == (Items((Item("Trường hợp khác"),)),)


def test_a_code_or_a_negative_number_is_no_mark():
    assert blocks_of("1.001193 là mã thủ tục") == (Paragraph("1.001193 là mã thủ tục"),)
    assert blocks_of("-5 độ") == (Paragraph("-5 độ"),)


def test_a_blank_line_between_items_does_not_split_the_list():
    (block,) = blocks_of("- Một\n\n- Hai")
    assert len(block.items) == 2


def test_a_named_step_is_labelled():
    assert blocks_of("Bước 2: Trả kết quả") == (Paragraph("Trả kết quả", label="Bước 2:"),)


def test_markdown_marks_are_read_and_links_keep_their_address():
    assert blocks_of("## Nơi nộp\n**Lưu ý:** xem [cổng](https://dvc.example/a).") == (
        Subheading("Nơi nộp"),
        Paragraph("Lưu ý: xem cổng (https://dvc.example/a)."),
    )


def test_a_markdown_table_is_a_table():
    text = "| Loại | Mức |\n|---|---|\n| Bản sao | 8.000 đồng |\n| Bản dịch |"
    assert blocks_of(text) == (Grid(("Loại", "Mức"), (("Bản sao", "8.000 đồng"), ("Bản dịch", "")), (1, 1)),)


def test_what_looks_like_code_stays_as_it_is():
    assert blocks_of(HOSTILE) == (Paragraph(HOSTILE),)


def test_footnote_stars_are_not_emphasis():
    text = "(**) Đất ở: 5 ngày. (**) Đất khác: 7 ngày."
    assert blocks_of(text) == (Paragraph(text),)


def test_invisible_and_control_characters_are_dropped():
    assert one_line("Đăng\u200e ký\u00a0khai\x00\u202e sinh\u00ad\ud800\ufffe") == "Đăng ký khai sinh"


def test_dots_of_symbol_fonts_are_dots():
    assert blocks_of("\uf0b7 Bản chính") == (Items((Item("Bản chính", "•"),)),)


def test_every_kind_of_line_end_is_a_line_end():
    assert cell("một\r\nhai\rba\u2028bốn\x0bnăm") == "một\nhai\nba\nbốn\nnăm"


@given(st.text())
def test_plain_text_is_what_paper_formats_can_hold(text):
    kept = plain(text)
    assert plain(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert {unicodedata.category(c) for c in kept} & {"Cc", "Cf", "Cs", "Co", "Cn"} <= {"Cc"}
    assert all(c == "\n" for c in kept if unicodedata.category(c) == "Cc")


@given(LINES)
def test_no_word_is_lost_and_none_moves(text):
    found = " ".join(word for block in blocks_of(text) for word in block_words(block))
    assert re.findall(r"\w", found) == re.findall(r"\w", plain(text))
