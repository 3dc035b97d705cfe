"""Papers of workflows as Word files in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from catalogue.exports import word_markup as markup
from catalogue.exports.text import Fact
from catalogue.exports.word import Paper, write_block
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


def fact_table(facts: Iterable[Fact], width: int) -> Any:
    """Labels beside answers."""
    widths = markup.shared_widths(width, (28, 72))
    rows = []
    for fact in facts:
        runs = (markup.run(fact.label, bold=True, size=13), markup.run(fact.text, size=13))
        rows.append(markup.row(markup.cell(markup.paragraph(r), w) for r, w in zip(runs, widths, strict=True)))
    return markup.table(rows, widths)


def write_parts(paper: Paper, parts: Iterable[Part], *, sideways: bool) -> bool:
    """Every part where the paper stands, turning the page where a part asks for it; returns how it lies at the end."""
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
    return sideways


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
