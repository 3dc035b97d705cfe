"""Frozen values that hold everything a reader is told; every format starts here and none chooses content of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; ``label`` is set before it in bold ("Địa điểm tiếp nhận:")."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Subheading:
    """A heading inside a section: the name of a case, of a channel."""

    text: str


@dataclass(frozen=True)
class Item:
    """One item of a list with the mark the source prints ("-", "+", "a)", "2."); ``depth`` 0 is the outermost."""

    text: str
    mark: str = "-"
    depth: int = 0


@dataclass(frozen=True)
class Items:
    """A list; the marks are text, because Vietnamese official papers cite them."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Grid:
    """A table: one header row, rows of as many cells, and the relative width of each column."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Paragraph | Subheading | Items | Grid


@dataclass(frozen=True)
class Section:
    """One part of a procedure, numbered as in PHẦN II of the ministry form."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Fact:
    """One line of a summary: what, and the answer."""

    label: str
    text: str


@dataclass(frozen=True)
class Head:
    """Who publishes: the superior body (may be empty), the issuing body, the place of "…, ngày … tháng … năm …".

    A decision has its ``number`` ("1319/QĐ-UBND") and the line of its own day; else the day of printing is told.
    """

    issuer: str
    superior: str = ""
    place: str = ""
    number: str = ""
    day: str = ""


@dataclass(frozen=True)
class Edition:
    """Which printing this is. Equal words on an equal day have an equal ``code``; ``address`` is what the QR opens."""

    code: str
    printed_on: date
    address: str = ""


@dataclass(frozen=True)
class Notice:
    """The notice about feedback and petitions every posted list carries (NĐ 20/2008/NĐ-CP Đ.5–7, 10, 13)."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ProcedureText:
    """Everything a reader is told about one procedure at one level on day ``on``, in legal order.

    ``banner`` is empty when ``on`` is the day of printing. ``content`` is the plain JSON value of the version, for
    machines, ``provenance`` the annex row that set each part of it, ``burden`` its figures; people read ``summary`` and
    ``sections``.
    """

    head: Head
    code: str
    title: str
    friendly_name: str
    level: str
    level_label: str
    state: str
    state_line: str
    on: date
    valid_from: date | None
    valid_until: date | None
    summary: tuple[Fact, ...]
    sections: tuple[Section, ...]
    decisions: tuple[str, ...]
    edition: Edition
    banner: str = ""
    notice: Notice | None = None
    draft: bool = False
    content: Mapping[str, Any] = field(default_factory=dict)
    burden: Mapping[str, Any] = field(default_factory=dict)
    fees_due: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ListingRow:
    """What a query tells about one row of the list (a procedure at one level); all texts as printed.

    ``level``, ``online``, ``channels`` are identifiers of ``decisions``; ``state`` is in_force, coming, ended or never.
    ``address`` is the full address of the page and ``key`` what stands in it. ``since_known`` is False where only
    "đang có hiệu lực từ trước" is known.
    """

    name: str
    level: str
    code: str | None = None
    key: str = ""
    friendly_name: str = ""
    sector: str = ""
    agency: str = ""
    time_text: str = ""
    place: str = ""
    fee_text: str = ""
    bases: tuple[str, ...] = ()
    online: str = "unknown"
    channels: tuple[str, ...] = ()
    decision_text: str = ""
    state: str = "in_force"
    valid_from: date | None = None
    valid_until: date | None = None
    since_known: bool = True
    awaits_content: bool = False
    non_territorial: bool = False
    note: str = ""
    address: str = ""


@dataclass(frozen=True)
class Column:
    """A column of the list: ``key`` for machines, ``label`` as the form prints it, relative ``width``."""

    key: str
    label: str
    width: int
    centred: bool = False


@dataclass(frozen=True)
class PrintedRow:
    """A row with its printed number and its cells, one for each column of the list."""

    cells: tuple[str, ...]
    source: ListingRow


@dataclass(frozen=True)
class SectorGroup:
    """The rows of one sector under "I. LĨNH VỰC … (12 TTHC)"."""

    heading: str
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True)
class LevelGroup:
    """The sectors of one level under "A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH (40 TTHC)"."""

    heading: str
    level: str
    sectors: tuple[SectorGroup, ...]

    @property
    def size(self) -> int:
        """The number of rows."""
        return sum(len(group.rows) for group in self.sectors)


@dataclass(frozen=True)
class ListingText:
    """The list as the form prints it, for day ``on``: head, columns, group rows, rows, totals, notice."""

    head: Head
    title: str
    on: date
    day_line: str
    columns: tuple[Column, ...]
    groups: tuple[LevelGroup, ...]
    totals: tuple[str, ...]
    edition: Edition
    filter_sentence: str = ""
    banner: str = ""
    notice: Notice | None = None
    draft: bool = False

    @property
    def rows(self) -> tuple[PrintedRow, ...]:
        """All rows in printed order."""
        return tuple(row for level in self.groups for sector in level.sectors for row in sector.rows)
