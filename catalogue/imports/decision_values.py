"""What was read from a Word decision: frozen values, printed words kept beside the parsed ones.

Places are Vietnamese, for people ("Phụ lục I, bảng 3, dòng 7"): tables are counted over the whole document from 1,
rows within their table from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from decisions.kinds import ActKind, ChangeKind, DecisionKind, EffectType, Level, Register
from decisions.numbering import DecisionNumber
from decisions.workflow import StepTime, Workflow


class NotADecision(ValueError):
    """The file cannot be read as a decision; the message is one Vietnamese sentence for people."""


class Column(StrEnum):
    """What a column of an annex table means; ``OTHER`` when its label is none we know."""

    ORDINAL = "ordinal"
    CODE = "code"
    NAME = "name"
    TIME = "time"
    PLACE = "place"
    CHANNEL = "channel"
    FEE = "fee"
    BASIS = "basis"
    AGENCY = "agency"
    SECTOR = "sector"
    LEVEL = "level"
    NOTE = "note"
    ONLINE = "online"
    POSTAL = "postal"
    CHANGED = "changed"
    ABOLISHING = "abolishing"
    PUBLISHED = "published"
    OLD_CODE = "old_code"
    OLD_NAME = "old_name"
    SYMBOL = "symbol"
    OTHER = "other"


class RowRole(StrEnum):
    """What a table row (or a part of a glued row) is; nothing goes without one."""

    HEAD = "head"  # phần đầu, nơi nhận, chữ ký
    HEADER = "header"
    GROUP = "group"
    LINE = "line"
    CONTINUATION = "continuation"  # phần tiếp của dòng trên
    TOTAL = "total"
    WORKFLOW = "workflow"
    OTHER = "other"  # hồ sơ, biểu mẫu, nội dung, mức phí …
    EMPTY = "empty"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Problem:
    """One thing to tell a person: where, the value as printed, and a Vietnamese sentence naming both."""

    place: str
    value: str
    message: str


@dataclass(frozen=True)
class Doubt:
    """A cell a person should look at; ``suggestion`` is a reading we would propose, or empty."""

    column: str
    text: str
    reason: str
    suggestion: str = ""


@dataclass(frozen=True)
class DecisionHead:
    """The printed head: ``issuer`` from the head table, ``authority`` from the line "CHỦ TỊCH ỦY BAN NHÂN DÂN …"."""

    number: DecisionNumber
    issuer: str
    authority: str
    place: str
    signed_on: date | None
    subject: str
    signer: str
    capacity: str


@dataclass(frozen=True)
class EffectClause:
    """From when the decision (or what ``about`` names) binds; ``until`` is the last day in force."""

    text: str
    type: EffectType
    on: date | None
    until: date | None
    other_text: str
    article: str
    about: str = ""


@dataclass(frozen=True)
class ParsedAct:
    """One act on an earlier decision. ``serials`` holds the printed rows ("số thứ tự 1, 2 Mục A …"), empty if whole."""

    kind: ActKind
    target: str
    target_date: date | None
    issuer: str
    serials: str
    whole: bool
    sentence: str
    article: str


@dataclass(frozen=True)
class StatedCount:
    """A number the paper states, with the lines that were found for it (None: nothing to compare with)."""

    place: str
    text: str
    count: int
    kind: ChangeKind | None
    level: Level | None
    found: int | None


@dataclass(frozen=True)
class LineCount:
    """How many lines of one kind and level were read."""

    kind: ChangeKind
    level: Level
    count: int


@dataclass(frozen=True)
class Position:
    """Where a line stands on paper; ``order`` counts all lines of the decision from 1."""

    annex: str
    part: str
    section: str
    ordinal: str
    order: int
    table: int
    rows: tuple[int, ...]

    @property
    def place(self) -> str:
        """For people: "Phụ lục I, bảng 3, dòng 7"; a paragraph list has no table."""
        where = f"bảng {self.table}, dòng {self.rows[0]}" if self.table else f"số thứ tự {self.ordinal}"
        return ", ".join(part for part in (short_annex(self.annex), where) if part)


@dataclass(frozen=True)
class ParsedLine:
    """One annex row. Texts are whole words with "Như trên" resolved; ``cells`` are (label, text) exactly as printed.

    ``code`` is the printed code, ``code_key`` its identity (``decisions.numbering``), ``codes`` all keys of the row;
    ``old_*`` name what a replacement row replaces. ``merged_with`` is the table row a merged cell was taken from.
    """

    position: Position
    kind: ChangeKind
    code: str
    code_key: str | None
    name: str
    level: Level
    sector: str
    cells: tuple[tuple[str, str], ...]
    time_text: str = ""
    place_text: str = ""
    fee_text: str = ""
    basis_text: str = ""
    agency_text: str = ""
    note_text: str = ""
    channel_text: str = ""
    online_text: str = ""
    changed_text: str = ""
    abolishing_text: str = ""
    published_text: str = ""
    old_code: str = ""
    old_name: str = ""
    codes: tuple[str, ...] = ()
    old_codes: tuple[str, ...] = ()
    effect: EffectClause | None = None
    doubts: tuple[Doubt, ...] = ()
    merged_with: int | None = None


@dataclass(frozen=True)
class Unexplained:
    """Text of an annex that became neither a line nor anything else we know; a person must deal with it."""

    text: str
    place: str


@dataclass(frozen=True)
class RowAccount:
    """What became of one row; a glued row (line, heading, next header) has one account for each of its parts."""

    table: int
    row: int
    role: RowRole
    text: str


@dataclass(frozen=True)
class ParsedWorkflow:
    """One workflow of an annex, for one procedure and case.

    ``heading`` is all that is printed above it, ``limit`` the time the law gives as the paper repeats it there.
    ``line`` is the ``Position.order`` of the row of this decision that lists the procedure, ``group`` names the other
    procedures the paper gives the same workflow. ``rows`` are the (table, row) it was read from.
    """

    place: str
    annex: str
    heading: str
    ordinal: str
    name: str
    code_printed: str
    code_key: str | None
    level: Level
    workflow: Workflow
    limit: StepTime = StepTime()
    line: int | None = None
    group: tuple[str, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def symbol(self) -> str:
        """The printed sign (QT.XNKBCXB.01, QTTP-20)."""
        return self.workflow.symbol

    @property
    def case(self) -> str:
        """The case it is for, or empty."""
        return self.workflow.case


@dataclass(frozen=True)
class WorkflowExpiry:
    """Words by which workflows of an earlier decision end: by ``symbol``, by name and code, or by printed ``serials``.

    ``target`` is the number of that decision, ``code`` the printed code.
    """

    target: str
    target_date: date | None
    sentence: str
    article: str
    symbol: str = ""
    serials: str = ""
    name: str = ""
    code: str = ""


@dataclass(frozen=True)
class ParsedDecision:
    """A whole decision as read; never partly: whatever was not understood is in ``unexplained`` or ``problems``."""

    filename: str
    head: DecisionHead
    kind: DecisionKind
    register: Register
    bases: tuple[str, ...]
    proposal: str
    articles: tuple[tuple[str, str], ...]
    recipients: tuple[str, ...]
    effects: tuple[EffectClause, ...]
    acts: tuple[ParsedAct, ...]
    stated: tuple[StatedCount, ...]
    counted: tuple[LineCount, ...]
    lines: tuple[ParsedLine, ...]
    unexplained: tuple[Unexplained, ...]
    rows: tuple[RowAccount, ...]
    problems: tuple[Problem, ...]
    workflows: tuple[ParsedWorkflow, ...] = ()
    expiries: tuple[WorkflowExpiry, ...] = ()

    @property
    def effect(self) -> EffectClause | None:
        """The clause for the decision as a whole."""
        general = [clause for clause in self.effects if not clause.about]
        return general[0] if general else None


def short_annex(annex: str) -> str:
    """ "Phụ lục I" of the whole annex heading; an annex without such a heading is called by what it is."""
    words = annex.split()
    if len(words) >= 2 and words[0].casefold() == "phụ" and words[1].casefold() == "lục":
        number = words[2].strip(".:") if len(words) > 2 else ""
        return f"Phụ lục {number}" if re.fullmatch(r"[IVXLC]+|\d{1,3}[a-z]?|[A-H]", number) else "Phụ lục"
    return "danh mục kèm theo" if annex else ""
