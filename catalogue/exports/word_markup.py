"""WordprocessingML of paragraphs and tables, written as text: thousands of rows in a second instead of minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

TWIPS_PER_MM = 56.7
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def run(text: str, *, bold: bool = False, italic: bool = False, size: float | None = None) -> str:
    """A run; ``\\n`` is a line break. ``size`` in points."""
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    if size:
        marks += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{marks}</w:rPr>' if marks else ''}{lines}</w:r>"


def paragraph(
    runs: str, *, align: str = "left", style: str = "", before: float = 0, after: float = 0, left: float = 0,
    right: float = 0, hanging: float = 0, rule: bool = False, boxed: bool = False, keep: bool = False,
) -> str:  # fmt: skip
    """A paragraph; distances in points before and after, in millimetres at the sides. ``rule`` draws a line beneath."""
    border = '<w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/>' if rule else ""
    if boxed:
        border = "".join(
            f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right")
        )
    return (
        "<w:p><w:pPr>"
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + ("<w:keepNext/>" if keep else "")
        + (f"<w:pBdr>{border}</w:pBdr>" if border else "")
        + f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"/>'
        + f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}" w:hanging="{twips(hanging)}"/>'
        + f'<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
    )


def cell(content: str, width: int, *, span: int = 1, fill: str = "", middle: bool = False) -> str:
    """A table cell of paragraphs; ``width`` in twips."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")
        + ('<w:vAlign w:val="center"/>' if middle else "")
        + f"</w:tcPr>{content}</w:tc>"
    )


def row(cells: Iterable[str], *, header: bool = False) -> str:
    """A row that is not split over two pages; a header row is repeated on each."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[int], *, borders: bool = True) -> Any:
    """The table element; ``widths`` of its columns in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        + (f"<w:tblBorders>{_BORDERS}</w:tblBorders>" if borders else "")
        + f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        + f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def element(markup: str) -> Any:
    """One paragraph as an element."""
    return parse_xml(markup.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))


def shared_widths(total: int, shares: Sequence[int]) -> list[int]:
    """``total`` twips divided by relative shares."""
    return [round(total * share / sum(shares)) for share in shares]
