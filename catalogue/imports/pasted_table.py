"""A table pasted out of Word, Excel or a page: HTML or tab-separated text becomes rows of plain cells.

Nothing is executed or kept but words: styles, scripts, macros, comments and pictures are left behind. Merged cells are
repeated in every row and column they cover, so that each row says all it says on paper.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import html
from lxml.etree import LxmlError, ParserError

LARGEST = 8_000_000
MOST_ROWS = 300
MOST_COLUMNS = 20
WIDEST = 500  # with the empty columns that Word lays between others
_BLOCKS = {"p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"}
_SILENT = {"script", "style", "head", "title", "meta", "link", "xml", "object", "svg", "template", "noscript"}
_LOOKS_LIKE_HTML = re.compile(r"\s*<(?:!doctype|html|table|meta|style|!--)", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00"))


class Repeated(str):
    """The words of a merged cell, said again in a row below the first."""

    __slots__ = ()


class NotATable(ValueError):
    """What was pasted holds no rows; the message is one Vietnamese sentence."""


@dataclass(frozen=True)
class PastedTable:
    """Rows of cells, all of one width."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0])


def read_pasted(text: str, markup: str = "") -> PastedTable:
    """The rows of what was pasted; ``markup`` is its HTML where the browser gave one.

    Raises:
        NotATable: too large, too long, or without a row.
    """
    if max(len(text), len(markup)) > LARGEST:
        raise NotATable("Nội dung dán quá lớn. Sao chép riêng bảng cần lấy rồi dán lại.")
    source = markup or (text if _LOOKS_LIKE_HTML.match(text) else "")
    rows = _first(_from_html(source)) if source else []
    if not rows and (markup or not source):
        rows = _first(_from_text(text))
    if not rows:
        raise NotATable("Chưa thấy dòng nào trong nội dung dán. Chọn cả bảng trong Word, sao chép rồi dán lại.")
    if len(rows) > MOST_ROWS:
        raise NotATable(f"Bảng dán có hơn {MOST_ROWS} dòng; mỗi lần dán nhiều nhất {MOST_ROWS} dòng. Dán từng phần.")
    found = _squared(rows)
    if len(found[0]) > MOST_COLUMNS:
        raise NotATable(f"Bảng dán có {len(found[0])} cột; chỉ nhận nhiều nhất {MOST_COLUMNS} cột.")
    return PastedTable(tuple(found))


def _first(rows: Iterable[list[str]]) -> list[list[str]]:
    """The rows with a word in them, one more than we take at the most: nobody waits for the rest."""
    return list(islice((row for row in rows if any(row)), MOST_ROWS + 1))


def _squared(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """All rows as wide as the widest; columns without a word are left out."""
    width = max(len(row) for row in rows)
    if width > WIDEST:
        raise NotATable(f"Bảng dán có {width} cột; chỉ nhận nhiều nhất {MOST_COLUMNS} cột.")
    full = [row + [""] * (width - len(row)) for row in rows]
    used = [column for column in range(width) if any(row[column] for row in full)]
    return [tuple(row[column] for column in used) for row in full]


# ------------------------------------------------------------------ text


def _from_text(text: str) -> list[list[str]]:
    """Cells apart by tabs. A cell of several lines tears its row apart: what comes on the next line goes on in it."""
    if "\t" not in text:
        return [[_tidy(line)] for line in text.splitlines()]
    if re.search(r'(?:^|\t)"', text, re.MULTILINE) and text.count('"') % 2 == 0:
        csv.field_size_limit(LARGEST)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    else:
        rows = [line.split("\t") for line in text.splitlines()]
    widest = max(len(row) for row in rows)
    found: list[list[str]] = []
    for row in rows:
        last = found[-1] if found else []
        torn = 1 < len(last) < widest and len(last) + len(row) - 1 <= widest
        if found and row[0].strip() and (torn or len(row) == 1 < len(last)):
            last[-1] += f"\n{row[0]}"
            last.extend(row[1:])
        else:
            found.append(list(row))
    return [[_tidy(cell) for cell in row] for row in found]


# ------------------------------------------------------------------ HTML


def _from_html(source: str) -> Iterator[list[str]]:
    """The rows of the outer tables; without a table, a row for each block of text."""
    try:
        tree = html.document_fromstring(_bytes(source), parser=_parser())
    except (LxmlError, ParserError, ValueError) as error:
        raise NotATable("Chưa đọc được nội dung dán. Sao chép lại bảng trong Word rồi dán.") from error
    tables = [table for table in tree.iter("table") if next(table.iterancestors("table"), None) is None]
    for table in tables:
        yield from _table_rows(table)
    if not tables:
        yield from ([line] for line in _words(tree).split("\n"))


def _parser() -> Any:
    return html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")


def _bytes(source: str) -> bytes:
    return source.replace("\x00", "").encode("utf-8", errors="replace")


def _table_rows(table: Any) -> Iterator[list[str]]:
    waiting: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            yield _laid_out(row, waiting)


def _laid_out(row: Any, waiting: dict[int, tuple[int, str]]) -> list[str]:
    """The cells of a row with those that reach down into it; ``waiting`` maps columns to (rows left, words)."""
    cells: list[str] = []

    def from_above() -> None:
        while waiting.get(len(cells), (0, ""))[0] > 0:
            left, words = waiting[len(cells)]
            waiting[len(cells)] = left - 1, words
            cells.append(Repeated(words))

    for cell in row:
        if cell.tag not in ("td", "th") or len(cells) > WIDEST:
            continue
        from_above()
        words = _words(cell)
        down = _span(cell.get("rowspan"))
        for _ in range(min(_span(cell.get("colspan")), MOST_COLUMNS + 1)):
            if down > 1:
                waiting[len(cells)] = down - 1, words
            cells.append(words)
            words = ""
    from_above()
    return cells


def _span(written: str | None) -> int:
    return min(int(written), 2000) if written and written.isascii() and written.isdecimal() and int(written) else 1


def _words(element: Any) -> str:
    return _tidy("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    """Text in reading order, blocks on lines of their own; line ends of the source are blanks."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, done = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if done:
            yield "\n" if tag in _BLOCKS and tag != "br" else ""
            yield (node.tail or "").replace("\n", " ").replace("\r", " ") if node is not element else ""
            continue
        stack.append((node, True))
        if not tag or tag in _SILENT or ":" in tag and tag.split(":")[0] in ("v", "w", "m"):
            continue
        yield "\n" if tag in _BLOCKS else ""
        yield (node.text or "").replace("\n", " ").replace("\r", " ")
        stack.extend((child, False) for child in reversed(node))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).translate(_INVISIBLE).split("\n"))
    return "\n".join(line for line in lines if line)
