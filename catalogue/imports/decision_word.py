"""A Word file as plain blocks: paragraphs and tables in printed order. Hostile files are refused, never half read.

Only the main document is read (ISO/IEC 29500 WordprocessingML). Table cells keep their grid column, span and whether
they are the lower part of a vertical merge.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from catalogue.imports.decision_values import NotADecision
from decisions.text import clean

MAX_FILE_BYTES = 50 * 2**20
MAX_DOCUMENT_BYTES = 40 * 2**20
_DOCUMENT = "word/document.xml"
_NUMBERING = "word/numbering.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SKIPPED = frozenset(("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{_W}del"))
# What converters leave behind: HTML comments, Markdown headings with a file name, stars around bold words.
_RESIDUE = re.compile(r"<!--.*?-->|(?:^|(?<=\s))#{1,4}(?=\s|$)(?:\s+\w*_\w*_\w+)?|\*\*")


@dataclass(frozen=True)
class Cell:
    """``column`` is the grid column counted from 0; ``merged``: the cell continues the one above it."""

    text: str
    column: int
    span: int
    merged: bool


@dataclass(frozen=True)
class Row:
    """``number`` counts from 1 within the table."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """All cells, for a person to read."""
        return " | ".join(cell.text for cell in self.cells if cell.text)


@dataclass(frozen=True)
class Table:
    """``number`` counts from 1 over the document."""

    number: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Paragraph:
    """One non-empty paragraph; lines inside it are separated by a line feed."""

    text: str


Block = Paragraph | Table


def read_blocks(data: bytes, filename: str) -> tuple[Block, ...]:
    """The blocks of a Word file; raises ``NotADecision`` when it is none, is locked, empty or dangerously large."""
    document, numbering = _parts(data, filename)
    body = _parsed(document, filename).find(f"{_W}body")
    if body is None:
        raise NotADecision(f"Tệp “{filename}” không có nội dung văn bản Word.")
    reader = _BlockReader(_number_formats(numbering, filename))
    blocks = tuple(reader.blocks(body))
    if not blocks:
        raise NotADecision(f"Tệp “{filename}” không có chữ nào.")
    return blocks


def _parts(data: bytes, filename: str) -> tuple[bytes, bytes]:
    if not data:
        raise NotADecision(f"Tệp “{filename}” rỗng (0 byte).")
    if len(data) > MAX_FILE_BYTES:
        raise NotADecision(f"Tệp “{filename}” nặng {len(data) / 2**20:.0f} MB, vượt mức cho phép 50 MB.")
    if data.startswith(_OLD_OFFICE):
        raise NotADecision(
            f"Tệp “{filename}” được đặt mật khẩu hoặc là tệp Word đời cũ (.doc); hãy lưu lại dạng .docx không mật khẩu."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _DOCUMENT not in archive.namelist():
                raise NotADecision(f"Tệp “{filename}” không phải tệp Word (.docx).")
            document = _unpacked(archive, _DOCUMENT, filename)
            numbering = _unpacked(archive, _NUMBERING, filename) if _NUMBERING in archive.namelist() else b""
            return document, numbering
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise NotADecision(f"Tệp “{filename}” không phải tệp Word (.docx) hoặc đã hỏng.") from error


def _unpacked(archive: zipfile.ZipFile, name: str, filename: str) -> bytes:
    """Reads no more than the limit, whatever size the archive claims."""
    with archive.open(name) as part:
        content = part.read(MAX_DOCUMENT_BYTES + 1)
    if len(content) > MAX_DOCUMENT_BYTES:
        raise NotADecision(f"Tệp “{filename}” khi giải nén vượt quá 40 MB nên không được đọc.")
    return content


def _parsed(content: bytes, filename: str) -> ElementTree.Element:
    """Without a document type there are no entities, so nothing can expand."""
    try:
        text = content.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise NotADecision(f"Tệp “{filename}” chứa khai báo DOCTYPE, không có trong tệp Word hợp lệ.")
        return ElementTree.fromstring(text)  # noqa: S314 - see above
    except (UnicodeDecodeError, ElementTree.ParseError, RecursionError) as error:
        raise NotADecision(f"Nội dung của tệp Word “{filename}” đã hỏng, không đọc được.") from error


NumberFormats = dict[tuple[str, str], str]


def _number_formats(content: bytes, filename: str) -> NumberFormats:
    """(list, level) -> number format of automatic numbering, e.g. ("3", "0") -> "upperRoman"."""
    if not content:
        return {}
    root = _parsed(content, filename)
    abstract = {
        node.get(f"{_W}abstractNumId", ""): {
            level.get(f"{_W}ilvl", "0"): _value(level, "numFmt") or "decimal" for level in node.iter(f"{_W}lvl")
        }
        for node in root.findall(f"{_W}abstractNum")
    }
    formats: NumberFormats = {}
    for node in root.findall(f"{_W}num"):
        for level, kind in abstract.get(_value(node, "abstractNumId"), {}).items():
            formats[node.get(f"{_W}numId", ""), level] = kind
    return formats


def _value(parent: ElementTree.Element, name: str) -> str:
    node = parent.find(f"{_W}{name}")
    return "" if node is None else node.get(f"{_W}val", "")


class _BlockReader:
    """Walks one body; counts tables and automatic list numbers on the way."""

    def __init__(self, formats: NumberFormats) -> None:
        self._formats = formats
        self._counters: Counter[tuple[str, str]] = Counter()
        self._tables = 0

    def blocks(self, parent: ElementTree.Element) -> Iterator[Block]:
        for node in parent:
            if node.tag == f"{_W}p":
                if text := self._paragraph(node):
                    yield Paragraph(text)
            elif node.tag == f"{_W}tbl":
                self._tables += 1
                number = self._tables
                yield Table(number, tuple(self._rows(node)))
            elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
                yield from self.blocks(node)

    def _rows(self, table: ElementTree.Element) -> Iterator[Row]:
        for number, node in enumerate(_descend(table, "tr"), start=1):
            yield Row(number, tuple(self._cells(node)))

    def _cells(self, row: ElementTree.Element) -> Iterator[Cell]:
        column = _integer(row.find(f"{_W}trPr/{_W}gridBefore"))
        for node in _descend(row, "tc"):
            span = max(1, _integer(node.find(f"{_W}tcPr/{_W}gridSpan")))
            merge = node.find(f"{_W}tcPr/{_W}vMerge")
            merged = merge is not None and merge.get(f"{_W}val", "continue") != "restart"
            text = "\n".join(part for part in map(self._paragraph, node.iter(f"{_W}p")) if part)
            yield Cell(text, column, span, merged)
            column += span

    def _paragraph(self, node: ElementTree.Element) -> str:
        written = "".join(_runs(node))
        lines = (clean(_RESIDUE.sub(" ", line)) for line in written.split("\n"))
        text = "\n".join(line for line in lines if line)
        return " ".join(part for part in (self._automatic_number(node), text) if part)

    def _automatic_number(self, node: ElementTree.Element) -> str:
        """The number Word would print; bullets print none here because they say nothing."""
        properties = node.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        key = (_value(properties, "numId"), _value(properties, "ilvl") or "0")
        kind = self._formats.get(key, "bullet")
        if kind in ("bullet", "none") or key[0] in ("", "0"):
            return ""
        self._counters[key] += 1
        return _formatted(self._counters[key], kind)


def _runs(node: ElementTree.Element) -> Iterator[str]:
    """The visible text of a paragraph; text deleted under revision and duplicates for old programs are left out."""
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag not in (f"{_W}pPr", f"{_W}rPr"):
            yield from _runs(child)


def _descend(parent: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Rows of a table or cells of a row, through content controls but not into nested tables."""
    for node in parent:
        if node.tag == f"{_W}{name}":
            yield node
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _descend(node, name)


def _integer(node: ElementTree.Element | None) -> int:
    value = "" if node is None else node.get(f"{_W}val", "")
    return int(value) if value.isdecimal() and len(value) < 5 else 0


def _formatted(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if kind == "upperRoman" else roman.lower()
    if kind in ("upperLetter", "lowerLetter") and number <= 26:
        return chr((64 if kind == "upperLetter" else 96) + number)
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    digits = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in digits:
        while number >= value:
            written += sign
            number -= value
    return written
