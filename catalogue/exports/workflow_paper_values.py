"""What papers of workflows are made of: steps as a table, parts of the paper, facts that stand above them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.exports.text import Block, Column, Edition, Fact, Head

FITS_UPRIGHT = 5
"""More columns than these stand on pages turned sideways."""


class Layout(StrEnum):
    """Layouts seen in provincial decisions; the values stand in addresses."""

    ISO = "iso"
    PLAIN = "bang"  # nội dung công việc trước
    ACTOR_FIRST = "bang-don-vi"  # đơn vị, người thực hiện trước; mức độ dịch vụ công ở cột cuối
    FORMS_LAST = "bang-bieu-mau"  # tên bước, đơn vị, nội dung, thời hạn, biểu mẫu


@dataclass(frozen=True)
class Cell:
    """What stands in one cell; ``notes`` are set apart from the printed words: ways on, papers used, remarks."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepRow:
    """A step: as many cells as the table has columns."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class BandRow:
    """A heading over the steps below it, as wide as the table."""

    text: str


@dataclass(frozen=True)
class SumRow:
    """A line below the steps: its label up to the column of times, the words in the rest."""

    label: str
    text: str


@dataclass(frozen=True)
class StepTable:
    """The steps as a table; a ``SumRow`` breaks before the column with place ``times``."""

    columns: tuple[Column, ...]
    rows: tuple[StepRow | BandRow | SumRow, ...]
    times: int

    @property
    def wide(self) -> bool:
        """Whether it needs a page turned sideways."""
        return len(self.columns) > FITS_UPRIGHT


@dataclass(frozen=True)
class Part:
    """One part of the paper. ``rank`` 2 is a main heading, 3 one below it; a part without heading goes on."""

    heading: str = ""
    blocks: tuple[Block | StepTable, ...] = ()
    rank: int = 2
    landscape: bool = False


@dataclass(frozen=True)
class WorkflowFacts:
    """What the ledger says about a workflow on day ``on``.

    ``decision`` cites the one that adopted it; ``moved`` are words for what has changed since in the procedure (empty:
    it fits). ``address`` is the full address of its public page; empty for one that is kept inside. ``binds`` is False
    where it is not in force on the day.
    """

    head: Head
    today: date
    on: date
    level: str
    name: str
    code: str = ""
    decision: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    moved: tuple[str, ...] = ()
    address: str = ""
    draft: bool = False
    binds: bool = True


@dataclass(frozen=True)
class WorkflowText:
    """Everything a reader is told about one workflow, in the order of the paper."""

    head: Head
    title: str
    name: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    edition: Edition
    banner: str = ""
    draft: bool = False
