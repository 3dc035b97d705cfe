"""Papers of workflows as Word files in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from catalogue.exports import word_markup as markup
from catalogue.exports.text import Fact, Paragraph
from catalogue.exports.word import Paper, write_block
from catalogue.exports.workflow_paper_decision import Annex, Article, DecisionFront, DecisionText
from catalogue.exports.workflow_paper_values import BandRow, Cell, Part, StepTable, SumRow, WorkflowText

_SIZE = 12


def workflow_docx(text: WorkflowText) -> bytes:
    """A4, turned sideways where the PDF is; header rows repeated, no row split."""
    sideways = all(part.landscape for part in text.parts)
    paper = Paper(text.name, text.head, text.edition, landscape=sideways, draft=text.draft)
    paper.banner(text.banner)
    paper.heading(text.title.upper(), 1, align="center", before=12, after=3)
    paper.add(markup.run(text.name, bold=True), align="center", after=6)
    paper.code(text.edition)
    paper.put(fact_table(text.facts, paper.width))
    write_parts(paper, text.parts, sideways=sideways)
    return paper.data()


def decision_docx(text: DecisionText) -> bytes:
    """The decision, then each annex from a page of its own; an annex alone begins below the head."""
    sideways = text.front is None and any(annex.landscape for annex in text.annexes[:1])
    paper = Paper(text.title, text.head, text.edition, landscape=sideways, draft=text.draft)
    paper.banner(text.banner)
    if text.front:
        _write_front(paper, text.front, signed=not text.draft)
    for place, annex in enumerate(text.annexes):
        if place or text.front:
            paper.turn(landscape=annex.landscape)
        _write_annex(paper, annex)
    return paper.data()


def _write_front(paper: Paper, front: DecisionFront, *, signed: bool) -> None:
    paper.heading("QUYẾT ĐỊNH", 1, align="center", before=12, after=3)
    paper.add(markup.run(front.subject, bold=True), align="center", after=6)
    paper.add(markup.run(front.authority.upper(), bold=True), align="center", after=6)
    for basis in front.bases:
        paper.add(markup.run(basis, italic=True), align="both", after=4)
    paper.add(markup.run("QUYẾT ĐỊNH:", bold=True), align="center", before=6, after=6)
    for article in front.articles:
        _write_article(paper, article)
    left = round(paper.width * 0.5)
    widths = [left, paper.width - left]
    cells = [markup.cell(words, width) for words, width in zip(_signature(front, signed), widths, strict=True)]
    paper.document.paragraphs[-1].paragraph_format.keep_with_next = True  # the signature stands on no page alone
    paper.add("", after=4, keep=True)
    paper.put(markup.table([markup.row(cells)], widths, borders=False))


def _write_article(paper: Paper, article: Article) -> None:
    first, *rest = article.blocks or (Paragraph(""),)
    if article.label and isinstance(first, Paragraph) and not first.label:
        first = Paragraph(first.text, label=article.label)
    elif article.label:
        write_block(paper, Paragraph("", label=article.label))
    for value in (first, *rest):
        write_block(paper, value)


def _signature(front: DecisionFront, signed: bool) -> tuple[str, str]:
    """Recipients on the left, capacity and name on the right; the place of the signature stays free in a draft."""
    left = markup.paragraph(markup.run("Nơi nhận:", bold=True, italic=True, size=12)) if front.recipients else ""
    left += "".join(markup.paragraph(markup.run(line, size=11)) for line in front.recipients)
    capacity = markup.paragraph(markup.run(front.capacity.upper(), bold=True), align="center")
    middle = markup.paragraph(markup.run("(Đã ký)" if signed else "", italic=True), align="center", before=36, after=24)
    signer = markup.paragraph(markup.run(front.signer, bold=True), align="center")
    return left or markup.paragraph(""), capacity + middle + signer


def _write_annex(paper: Paper, annex: Annex) -> None:
    paper.heading(annex.label.upper(), 1, align="center", after=3)
    paper.add(markup.run(annex.title.upper(), bold=True), align="center", after=3)
    paper.add(markup.run(f"({annex.reference})", italic=True), align="center", after=6)
    write_parts(paper, annex.parts, sideways=annex.landscape)


def fact_table(facts: Iterable[Fact], width: int) -> Any:
    """Labels beside answers."""
    widths = markup.shared_widths(width, (28, 72))
    rows = []
    for fact in facts:
        runs = (markup.run(fact.label, bold=True, size=13), markup.run(fact.text, size=13))
        rows.append(markup.row(markup.cell(markup.paragraph(r), w) for r, w in zip(runs, widths, strict=True)))
    return markup.table(rows, widths)


def write_parts(paper: Paper, parts: Iterable[Part], *, sideways: bool) -> None:
    """Every part where the paper stands, turning the page where a part asks for it."""
    for part in parts:
        if part.landscape != sideways:
            sideways = part.landscape
            paper.turn(landscape=sideways)
        if part.heading:
            paper.heading(part.heading, min(part.rank, 3), before=10, after=3)
        else:
            paper.add("", after=2)
        for value in part.blocks:
            if isinstance(value, StepTable):
                paper.put(step_table_markup(value, paper.width))
                paper.add("", after=2)
            else:
                write_block(paper, value)


def step_table_markup(table: StepTable, width: int) -> Any:
    """The steps as a Word table."""
    widths = markup.shared_widths(width, [column.width for column in table.columns])
    return markup.table(_rows(table, widths), widths)


def _rows(table: StepTable, widths: list[int]) -> Iterator[str]:
    heads = (markup.paragraph(markup.run(c.label, bold=True, size=_SIZE), align="center") for c in table.columns)
    yield markup.row((markup.cell(h, w, middle=True) for h, w in zip(heads, widths, strict=True)), header=True)
    for row in table.rows:
        if isinstance(row, BandRow):
            words = markup.paragraph(markup.run(row.text, bold=True, size=_SIZE), keep=True)
            yield markup.row([markup.cell(words, sum(widths), span=len(widths), fill="EEEEEE")])
        elif isinstance(row, SumRow):
            yield markup.row(_sum_cells(row, table.times, widths))
        else:
            aligns = ("center" if column.centred else "left" for column in table.columns)
            cells = zip(row.cells, aligns, widths, strict=True)
            yield markup.row(markup.cell(_words(cell, align), width) for cell, align, width in cells)


def _sum_cells(row: SumRow, times: int, widths: list[int]) -> list[str]:
    words = ((row.label, widths[:times]), (row.text, widths[times:]))
    return [
        markup.cell(markup.paragraph(markup.run(text, bold=True, size=_SIZE)), sum(spanned), span=len(spanned))
        for text, spanned in words
    ]


def _words(cell: Cell, align: str) -> str:
    """The printed words, then the notes in italics, a paragraph each; Word wants one paragraph at least."""
    words = [markup.paragraph(markup.run(cell.text, size=_SIZE), align=align)] if cell.text or not cell.notes else []
    notes = [markup.paragraph(markup.run(n, italic=True, size=_SIZE), align=align, before=2) for n in cell.notes]
    return "".join((*words, *notes))
