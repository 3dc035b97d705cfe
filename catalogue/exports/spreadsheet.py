"""XLSX: the list as the form prints it, and a flat sheet to filter and sort."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from catalogue.exports import labels
from catalogue.exports.machine import HEADINGS, flat_row
from catalogue.exports.text import ListingText

_FONT = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top"}
_LONGEST = 32_767  # letters a cell can hold; a longer text would be refused as a whole
_CUT = " … (xem đủ trên trang của thủ tục)"
_FLAT_WIDTHS = {"name": 60, "bases": 50, "fee_text": 40, "address": 40} | dict.fromkeys(
    ("time_text", "place", "decision_text"), 30
)


def render_listing(text: ListingText) -> bytes:
    """Two sheets: "Danh mục" (head, group rows, totals, notice; ready to print), "Dữ liệu" (one line a row, filters).

    Texts stay texts: nothing is read as a formula, a number or a link.
    """
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": text.title, "author": text.head.issuer, "comments": text.edition.code})
        formats = _formats(book)
        _Printed(book.add_worksheet("Danh mục"), text, formats).write()
        _write_flat(book.add_worksheet("Dữ liệu"), text, formats)
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    centre = {**_FONT, "align": "center"}
    looks = {
        "text": {**_FONT, "border": 1},
        "centred": {**centre, "border": 1},
        "header": {**centre, "border": 1, "bold": True, "valign": "vcenter"},
        "level": {**_FONT, "border": 1, "bold": True, "bg_color": "#DDDDDD"},
        "sector": {**_FONT, "border": 1, "bold": True, "bg_color": "#F0F0F0"},
        "head": {**centre},
        "strong": {**centre, "bold": True},
        "title": {**centre, "bold": True, "font_size": 14},
        "italic": {**centre, "italic": True},
        "line": {**_FONT},
        "strong_line": {**_FONT, "bold": True},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


class _Printed:
    """Writes the sheet that looks like the form, row by row."""

    def __init__(self, sheet: Any, text: ListingText, formats: dict[str, Any]) -> None:
        self.sheet, self.text, self.formats = sheet, text, formats
        self.at = 0
        self.last = len(text.columns) - 1

    def write(self) -> None:
        self._page()
        self.sheet.ignore_errors({"number_stored_as_text": "A:B"})
        self._head()
        header = self.at
        for place, column in enumerate(self.text.columns):
            self.sheet.set_column(place, place, column.width * 1.15)
            self.sheet.write_string(header, place, column.label, self.formats["header"])
        self.sheet.repeat_rows(header)
        self.sheet.freeze_panes(header + 1, 0)
        self.at += 1
        self._rows()
        for line in self.text.totals:
            self._across(line, "strong_line")
        self._notice()

    def _page(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
        self.sheet.fit_to_pages(1, 0)
        edition = self.text.edition
        printed = f"Mã bản in: {edition.code}. In ngày {labels.day(edition.printed_on)}."
        self.sheet.set_header("&C&P/&N")
        self.sheet.set_footer(f"&L{printed.replace('&', '&&')}")

    def _head(self) -> None:
        text, middle = self.text, (self.last + 1) // 2
        place = labels.day_in_words(text.head.place, text.edition.printed_on) if text.head.place else ""
        left, right = (0, middle - 1), (middle, self.last)
        pairs = (
            (text.head.superior.upper(), labels.NATION, "head", "strong"),
            (text.head.issuer.upper(), labels.MOTTO, "strong", "strong"),
            ("", place, "head", "italic"),
        )
        for issuer, nation, issuer_look, nation_look in pairs:
            for words, look, (first, last) in ((issuer, issuer_look, left), (nation, nation_look, right)):
                self._merged(first, last, words, look)
            self.at += 1
        notes = (f"({text.day_line})", text.filter_sentence, text.banner, labels.DRAFT if text.draft else "")
        self._across(text.title.upper(), "title")
        for note in notes:
            if note:
                self._across(note, "italic")
        if text.edition.address:
            self._across(f"Địa chỉ: {text.edition.address}", "italic")
        self.at += 1

    def _rows(self) -> None:
        looks = [self.formats["centred" if column.centred else "text"] for column in self.text.columns]
        for level in self.text.groups:
            self._across(level.heading, "level")
            for sector in level.sectors:
                self._across(sector.heading, "sector")
                for row in sector.rows:
                    for place, words in enumerate(row.cells):
                        self.sheet.write_string(self.at, place, _fitting(words), looks[place])
                    self.at += 1

    def _notice(self) -> None:
        if self.text.notice:
            self.at += 1
            self._across(self.text.notice.title.upper(), "strong_line")
            for line in self.text.notice.lines:
                self._across(line, "line")

    def _across(self, words: str, look: str) -> None:
        self._merged(0, self.last, words, look)
        self.at += 1

    def _merged(self, first: int, last: int, words: str, look: str) -> None:
        if last > first:
            self.sheet.merge_range(self.at, first, self.at, last, "", self.formats[look])
            self._make_room(first, last, words)
        self.sheet.write_string(self.at, first, _fitting(words), self.formats[look])

    def _make_room(self, first: int, last: int, words: str) -> None:
        """Merged cells do not grow with their text by themselves."""
        letters = sum(column.width for column in self.text.columns[first : last + 1])
        lines = max(1, -(-len(words) // letters))
        if lines > 1:
            self.sheet.set_row(self.at, 16 * lines)


def _write_flat(sheet: Any, text: ListingText, formats: dict[str, Any]) -> None:
    for place, (key, heading) in enumerate(HEADINGS.items()):
        sheet.set_column(place, place, _FLAT_WIDTHS.get(key, 16))
        sheet.write_string(0, place, heading, formats["header"])
    rows = text.rows
    for at, row in enumerate(rows, start=1):
        for place, words in enumerate(flat_row(row.source)):
            sheet.write_string(at, place, _fitting(words), formats["text"])
    sheet.ignore_errors({"number_stored_as_text": "A:A"})
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(rows), 1), len(HEADINGS) - 1)


def _fitting(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - len(_CUT)] + _CUT
