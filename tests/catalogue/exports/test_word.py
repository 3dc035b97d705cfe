"""The Word file follows NĐ 30/2020/NĐ-CP and stays editable."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from catalogue.exports import word
from tests.catalogue.exports.papers import ADDRESS, listing, row, sheet


@pytest.fixture(scope="module")
def sheet_file():
    return Document(io.BytesIO(word.render_procedure(sheet())))


@pytest.fixture(scope="module")
def list_file():
    return Document(io.BytesIO(word.render_listing(listing(*map(row, range(1, 30))))))


def about(length, expected):
    return abs(length - expected) < Mm(0.1)


def test_paper_and_margins_are_those_of_the_decree(sheet_file, list_file):
    for document, width in ((sheet_file, Mm(210)), (list_file, Mm(297))):
        section = document.sections[0]
        assert about(section.page_width, width)
        assert about(section.top_margin, Mm(20))
        assert about(section.left_margin, Mm(30))
        assert about(section.right_margin, Mm(15))


def test_the_letters_are_times_new_roman_fourteen_and_black(sheet_file):
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        font = sheet_file.styles[name].font
        assert (font.name, font.size, str(font.color.rgb)) == ("Times New Roman", Pt(14), "000000")
        fonts = sheet_file.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "Times New Roman"
        assert fonts.get(qn("w:asciiTheme")) is None


def test_the_page_number_is_centred_on_top_and_not_on_the_first_page(sheet_file):
    section = sheet_file.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in "".join(section.header._element.itertext())
    assert section.first_page_header.is_linked_to_previous
    assert "Mã bản in: 1.001193-" in section.first_page_footer.paragraphs[0].text


def test_the_header_row_is_repeated_and_no_row_is_split(list_file):
    rows = list_file.tables[1].rows
    marks = [[child.tag for child in row._tr.trPr] for row in rows]
    assert qn("w:tblHeader") in marks[0]
    assert all(qn("w:cantSplit") in mark for mark in marks)
    assert sum(qn("w:tblHeader") in mark for mark in marks) == 1


def test_group_rows_span_the_table_and_stay_with_their_rows(list_file):
    groups = [row for row in list_file.tables[1].rows if "TTHC)" in row.cells[0].text]
    assert len(groups) == 2 + 6
    for group in groups:
        assert len(group._tr.tc_lst) == 1
        assert group.cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_headings_are_headings_for_readers_who_listen(sheet_file):
    styles = [paragraph.style.name for paragraph in sheet_file.paragraphs if paragraph.style.name.startswith("Heading")]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == 13


def test_the_qr_has_words_beside_it(sheet_file):
    (picture,) = sheet_file.inline_shapes
    assert picture._inline.docPr.get("descr") == f"Mã QR mở địa chỉ {ADDRESS}"
    assert any(ADDRESS in paragraph.text for paragraph in sheet_file.paragraphs)


def test_title_and_language_are_known(sheet_file):
    assert sheet_file.core_properties.title == "Đăng ký khai sinh"
    assert sheet_file.core_properties.language == "vi-VN"
    assert sheet_file.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"
