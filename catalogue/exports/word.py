"""Word files in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I: Times New Roman, margins, head, page number on top."""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from catalogue.exports import labels, qr
from catalogue.exports import word_markup as markup
from catalogue.exports.text import (
    Block,
    Edition,
    Grid,
    Head,
    Items,
    ListingText,
    Notice,
    Paragraph,
    ProcedureText,
    Subheading,
)

_FONT = "Times New Roman"
_TABLE_SIZE = 12
_LIST_SIZE = 11


class Paper:
    """A Word document being written from top to bottom; ``width`` is the space between the margins, in twips."""

    def __init__(self, title: str, head: Head, edition: Edition, *, landscape: bool, draft: bool) -> None:
        self.document: Any = Document()
        self._properties(title, head, edition)
        self._styles()
        self.width = self._page(landscape)
        self._margins_text(edition, draft)
        self._head(head, edition)
        if draft:
            mark = markup.run(labels.DRAFT, bold=True, size=14)
            self.add(mark, align="center", boxed=True, before=6, left=60, right=60)

    def add(self, runs: str, **layout: Any) -> None:
        self.put(markup.element(markup.paragraph(runs, **layout)))

    def put(self, element: Any) -> None:
        self.document.element.body.insert_element_before(element, "w:sectPr")

    def heading(self, text: str, level: int, **layout: Any) -> None:
        self.add(markup.run(text), style=f"Heading{level}", keep=True, **layout)

    def code(self, edition: Edition) -> None:
        """The QR of the page with its address in words, for those who cannot scan."""
        if not edition.address:
            return
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run().add_picture(io.BytesIO(qr.png(edition.address)), width=Mm(28))
        paragraph._p.find(f".//{qn('wp:docPr')}").set("descr", f"Mã QR mở địa chỉ {edition.address}")
        self.add(markup.run(f"{labels.SCAN}: {edition.address}", size=10), align="center", after=6)

    def banner(self, banner: str) -> None:
        if banner:
            self.add(markup.run(banner, bold=True, size=13), align="center", boxed=True, before=6, after=6)

    def notice(self, notice: Notice | None) -> None:
        if notice:
            title = markup.run(notice.title.upper(), bold=True, size=13)
            self.add(title, align="center", before=12, after=3, keep=True)
            for line in notice.lines:
                self.add(markup.run(line, size=13), align="both", after=3)

    def data(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def turn(self, *, landscape: bool) -> None:
        """What follows stands on pages of the other orientation; the number on top is not left out again."""
        body = self.document.element.body.sectPr
        done = deepcopy(body)
        self.put(markup.element(markup.paragraph("")))
        self.document.element.body[-2].get_or_add_pPr().append(done)
        for first in body.findall(qn("w:titlePg")):
            body.remove(first)
        self.width = self._sized(landscape)

    def _properties(self, title: str, head: Head, edition: Edition) -> None:
        properties = self.document.core_properties
        properties.title, properties.author, properties.language = title[:255], head.issuer[:255], "vi-VN"
        properties.comments = edition.code
        properties.created = properties.modified = datetime.combine(edition.printed_on, time())

    def _styles(self) -> None:
        language = self.document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
        language.set(qn("w:val"), "vi-VN")
        sizes = {"Normal": 14, "Heading 1": 14, "Heading 2": 14, "Heading 3": 14}
        for name, size in sizes.items():
            style = self.document.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(script), _FONT)
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
            style.font.bold, style.font.italic = name != "Normal", name == "Heading 3"

    def _page(self, landscape: bool) -> int:
        section = self.document.sections[0]
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        return self._sized(landscape)

    def _sized(self, landscape: bool) -> int:
        section = self.document.sections[-1]
        width, height = (297, 210) if landscape else (210, 297)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        return markup.twips(width - 45)

    def _margins_text(self, edition: Edition, draft: bool) -> None:
        """Page number on top of every page but the first; the edition at the foot of all."""
        section = self.document.sections[0]
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for kind, words in (("begin", ""), ("", " PAGE "), ("end", "")):
            run = number.add_run()
            child = run._r.makeelement(qn("w:fldChar" if kind else "w:instrText"), {})
            if kind:
                child.set(qn("w:fldCharType"), kind)
            child.text = words or None
            run._r.append(child)
        words = f"Mã bản in: {edition.code}. In ngày {labels.day(edition.printed_on)}."
        for footer in (section.footer, section.first_page_footer):
            run = footer.paragraphs[0].add_run(f"{labels.DRAFT}. {words}" if draft else words)
            run.font.size = Pt(10)

    def _head(self, head: Head, edition: Edition) -> None:
        left = round(self.width * 0.44)
        widths = [left, self.width - left]
        issuer = markup.paragraph(markup.run(head.superior.upper(), size=12), align="center") if head.superior else ""
        issuer += markup.paragraph(markup.run(head.issuer.upper(), bold=True, size=12), align="center")
        issuer += _rule(widths[0], 25)
        if head.number:
            issuer += markup.paragraph(markup.run(f"Số: {head.number}", size=13), align="center", before=4)
        nation = markup.paragraph(markup.run(labels.NATION, bold=True, size=12), align="center")
        nation += markup.paragraph(markup.run(labels.MOTTO, bold=True, size=13), align="center") + _rule(widths[1], 57)
        if head.day or head.place:
            day = head.day or labels.day_in_words(head.place, edition.printed_on)
            nation += markup.paragraph(markup.run(day, italic=True, size=13), align="center", before=4)
        cells = [markup.cell(content, width) for content, width in zip((issuer, nation), widths, strict=True)]
        self.put(markup.table([markup.row(cells)], widths, borders=False))


def _rule(width: int, length: float) -> str:
    """A line of ``length`` millimetres in the middle of a column of ``width`` twips."""
    side = max((width / markup.TWIPS_PER_MM - length) / 2 - 2, 0)
    return markup.paragraph(markup.run("", size=2), left=side, right=side, rule=True)


def render_listing(text: ListingText) -> bytes:
    """A4 landscape; the header row is repeated, no row is split."""
    paper = Paper(text.title, text.head, text.edition, landscape=True, draft=text.draft)
    paper.banner(text.banner)
    paper.heading(text.title.upper(), 1, align="center", before=12)
    for line in (f"({text.day_line})", text.filter_sentence):
        if line:
            paper.add(markup.run(line, italic=True), align="center", after=3)
    paper.code(text.edition)
    widths = markup.shared_widths(paper.width, [column.width for column in text.columns])
    paper.put(markup.table(_listing_rows(text, widths), widths))
    for place, line in enumerate(text.totals):
        paper.add(markup.run(line, bold=True), before=0 if place else 6, after=3)
    paper.notice(text.notice)
    return paper.data()


def _listing_rows(text: ListingText, widths: list[int]) -> list[str]:
    columns = text.columns
    labels_row = [
        markup.cell(markup.paragraph(markup.run(c.label, bold=True, size=_LIST_SIZE), align="center"), w, middle=True)
        for c, w in zip(columns, widths, strict=True)
    ]
    rows = [markup.row(labels_row, header=True)]
    aligns = ["center" if column.centred else "left" for column in columns]
    for level in text.groups:
        rows.append(_group_row(level.heading, widths, "DDDDDD"))
        for sector in level.sectors:
            rows.append(_group_row(sector.heading, widths, "F0F0F0"))
            for printed in sector.rows:
                cells = (
                    markup.cell(markup.paragraph(markup.run(words, size=_LIST_SIZE), align=align), width)
                    for words, align, width in zip(printed.cells, aligns, widths, strict=True)
                )
                rows.append(markup.row(cells))
    return rows


def _group_row(heading: str, widths: list[int], fill: str) -> str:
    words = markup.paragraph(markup.run(heading, bold=True, size=_LIST_SIZE), keep=True)
    return markup.row([markup.cell(words, sum(widths), span=len(widths), fill=fill)])


def render_procedure(text: ProcedureText) -> bytes:
    """A4 portrait: state, summary, every section in legal order."""
    paper = Paper(text.title, text.head, text.edition, landscape=False, draft=text.draft)
    paper.banner(text.banner)
    paper.heading(text.friendly_name or text.title, 1, align="center", before=12, after=3)
    if text.friendly_name:
        paper.add(markup.run(text.title), align="center", after=3)
    paper.add(markup.run(text.state_line, bold=True), align="center", after=6)
    paper.code(text.edition)
    widths = markup.shared_widths(paper.width, (28, 72))
    facts = ((markup.run(f.label, bold=True, size=13), markup.run(f.text, size=13)) for f in text.summary)
    rows = [markup.row(markup.cell(markup.paragraph(r), w) for r, w in zip(f, widths, strict=True)) for f in facts]
    paper.put(markup.table(rows, widths))
    for section in text.sections:
        paper.heading(section.label, 2, before=10, after=3)
        for block in section.blocks:
            write_block(paper, block)
    paper.notice(text.notice)
    return paper.data()


def write_block(paper: Paper, block: Block) -> None:
    """One block of a text, where the paper stands."""
    match block:
        case Paragraph(words, label):
            runs = (markup.run(f"{label} ", bold=True) if label else "") + (markup.run(words) if words else "")
            paper.add(runs, align="both", after=4)
        case Subheading(words):
            paper.heading(words, 3, before=6, after=3)
        case Items(items):
            for item in items:
                left = 8 + 7 * item.depth
                paper.add(markup.run(f"{item.mark} {item.text}"), align="both", after=3, left=left, hanging=4)
        case Grid():
            paper.put(_grid(block, paper.width))
            paper.add("", after=2)


def _grid(block: Grid, total: int) -> Any:
    widths = markup.shared_widths(total, block.widths)
    rows = [markup.row(_grid_cells(block.header, widths, bold=True), header=True)]
    rows += [markup.row(_grid_cells(cells, widths, bold=False)) for cells in block.rows]
    return markup.table(rows, widths)


def _grid_cells(cells: tuple[str, ...], widths: list[int], *, bold: bool) -> list[str]:
    align = "center" if bold else "left"
    return [
        markup.cell(markup.paragraph(markup.run(words, bold=bold, size=_TABLE_SIZE), align=align), width, middle=bold)
        for words, width in zip(cells, widths, strict=True)
    ]
