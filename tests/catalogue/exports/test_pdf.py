"""The PDF as a paper: repeated header, whole rows, a QR that opens the page, the same bytes every time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from catalogue.exports import pdf
from decisions.content import Case, Paper
from tests.catalogue.exports.papers import ADDRESS, CONTENT, LETTERS, codes_on, listing, pages_of, row, sheet, squeezed


@pytest.fixture(scope="module")
def long_list() -> bytes:
    return pdf.render_listing(listing(*map(row, range(1, 2001))))


def test_the_qr_of_a_procedure_opens_its_page():
    assert codes_on(pdf.render_procedure(sheet())) == [ADDRESS]


@pytest.mark.parametrize("filters", ["", "?" + "linh-vuc=ho-tich&" * 12])
def test_the_qr_of_a_list_opens_its_page(filters):
    address = f"https://tthc.songthao.example/danh-muc{filters}"
    assert codes_on(pdf.render_listing(listing(address=address))) == [address]


def test_without_an_address_there_is_no_qr():
    assert codes_on(pdf.render_procedure(sheet(address=""))) == []


def test_a_list_of_two_thousand_rows_repeats_its_header_and_numbers_its_pages(long_list):
    pages = pages_of(long_list)
    assert len(pages) > 50
    with_rows = [page for page in pages if "trích lục" in page]
    assert [page for page in with_rows if squeezed("Tên thủ tục hành chính") not in squeezed(page)] == []
    assert all(f"Trang {place}/{len(pages)}" in page for place, page in enumerate(pages, start=1))
    assert all("Mã bản in: DM-" in page and "In ngày 21/11/2026." in page for page in pages)


def test_a_long_list_can_be_walked_by_its_group_rows(long_list):
    with pypdfium2.PdfDocument(long_list) as document:
        titles = [bookmark.get_title() for bookmark in document.get_toc()]
    assert titles[:3] == [
        "DANH MỤC THỦ TỤC HÀNH CHÍNH",
        "A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH (1.000 TTHC)",
        "I. LĨNH VỰC AN TOÀN THỰC PHẨM (334 TTHC)",
    ]
    assert len(titles) == 1 + 2 + 6


def test_every_row_is_on_one_page(long_list):
    rows = [code for page in pages_of(long_list) for code in re.findall(r"1\.\d{6}", page)]
    assert sorted(rows) == sorted({f"1.{n:06}" for n in range(1, 2001)})
    for page in pages_of(long_list):
        # Each whole row has its code once and its decision once.
        assert len(re.findall(r"1\.\d{6}", page)) == squeezed(page).count("2815/qđubnd")


def test_a_row_that_stays_whole_is_never_cut_off():
    for lines in range(27, 43, 3):
        words = " ".join(f"chữ{n:03}" for n in range(lines * 5))
        found = squeezed("".join(pages_of(pdf.render_listing(listing(row(1), row(2, name=words))))))
        assert [n for n in range(lines * 5) if f"chữ{n:03}" not in found] == []


def test_no_group_row_stands_alone_at_the_foot():
    for rows in range(4, 16, 2):
        data = pdf.render_listing(listing(*(row(n, level="commune", sector=f"Lĩnh vực {n:02}") for n in range(rows))))
        for page in pages_of(data):
            body = page[: page.find("Mã bản in")] if page.find("Mã bản in") > 0 else page
            assert not re.search(r"TTHC\)\s*$", body)


def test_the_same_text_gives_the_same_bytes():
    assert pdf.render_procedure(sheet()) == pdf.render_procedure(sheet())


def test_it_is_a_tagged_pdf_with_title_and_language():
    data = pdf.render_procedure(sheet())
    with pypdfium2.PdfDocument(data) as document:
        assert document.is_tagged()
        assert document.get_metadata_dict()["Title"] == CONTENT.name
        assert document.get_metadata_dict()["CreationDate"].startswith("D:20261121")
    assert b"pdfuaid:part" in data
    assert b"/Lang (vi-VN)" in data or b"/Lang(vi-VN)" in data


def test_letters_the_font_lacks_do_not_stop_the_paper():
    found = squeezed("".join(pages_of(pdf.render_procedure(sheet(replace(CONTENT, note="漢字 😀 ก và chữ Việt"))))))
    assert squeezed("và chữ Việt") in found


def test_every_vietnamese_letter_is_drawn_with_a_cut_that_has_it():
    # A letter the font lacks would be refused under the seal, so the seal shows that all are there; the bold cuts
    # compose Vietnamese letters and lose marks on the way, which no seal sees, so they must not be used at all.
    words = f"{LETTERS}{LETTERS.upper()} ₫ “” – …"
    cases = (Case(words, papers=(Paper(words),)),)
    content = replace(CONTENT, name=words, friendly_name=words, note=words, cases=cases)
    for data in (pdf.render_procedure(sheet(content, draft=True)), pdf.render_listing(listing(row(1, sector=words)))):
        assert b"pdfuaid:part" in data
        cuts = {cut.decode() for cut in re.findall(rb"\+LibertinusSerif-([A-Za-z]+)", data)}
        assert {"Regular", "Semibold"} <= cuts <= {"Regular", "Italic", "Semibold"}


def test_a_list_lies_and_a_sheet_stands():
    for data, lies in ((pdf.render_listing(listing()), True), (pdf.render_procedure(sheet()), False)):
        with pypdfium2.PdfDocument(data) as document:
            width, height = document[0].get_size()
        assert (width > height) is lies
        assert {round(width), round(height)} == {595, 842}


def test_a_day_that_is_not_today_is_on_the_first_page():
    assert "Nội dung theo ngày 01/03/2027" in pages_of(pdf.render_listing(listing(on=date(2027, 3, 1))))[0]
