"""The columns of a table of steps: what a header names, what they must be where there is none, which cell is whose.

No two provinces print the same columns; cells keep their order, and of all placements the likeliest is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalogue.imports.decision_labels import ORDINAL_LABELS, is_arabic, names_procedures
from catalogue.imports.decision_segments import TableKind, take_apart
from catalogue.imports.decision_word import Cell, Row
from catalogue.imports.workflow_headings import names_procedure
from decisions.content import TimeUnit
from decisions.step_times import parse_step_time, unit_of_label
from decisions.text import fold
from decisions.workflow import Counting

LABEL_LENGTH = 140
_OWN_PLACE = 1.0
_IMPOSSIBLE = -1e9


class StepColumn(StrEnum):
    """What a column of a table of steps means."""

    LABEL = "label"
    CONTENT = "content"
    UNIT = "unit"
    ACTOR = "actor"
    TIME = "time"
    ONLINE_TIME = "online_time"
    PRODUCT = "product"
    NOTE = "note"
    EXTRA = "extra"


@dataclass(frozen=True)
class StepHeader:
    """``starts`` are grid columns relative to the first one; ``unit`` is the one the time column names."""

    columns: tuple[StepColumn, ...]
    labels: tuple[str, ...]
    starts: tuple[int, ...]
    unit: TimeUnit | None = None
    spans: tuple[int, ...] = ()

    def index(self, column: StepColumn) -> int | None:
        """Where a column stands, or None."""
        return self.columns.index(column) if column in self.columns else None


_MEANINGS: tuple[tuple[StepColumn, str], ...] = (
    (
        StepColumn.LABEL,
        r"^(?:thu tu(?: cong viec| thuc hien| buoc)?|(?:cac |ten |so |stt |tt )?buoc(?: thuc hien| cong viec)?)$",
    ),
    (StepColumn.ONLINE_TIME, r"thoi (?:gian|han).*(?:truc tuyen|dien tu)"),
    (StepColumn.TIME, r"thoi (?:gian|han|luong)|so (?:ngay|gio)\b|^tg\b"),
    (StepColumn.PRODUCT, r"san pham|ket qua|bieu mau|mau bieu|mau phieu"),
    (StepColumn.NOTE, r"ghi chu"),
    (StepColumn.EXTRA, r"\bphi\b|muc do|truc tuyen|can cu|dvc"),
    (
        StepColumn.ACTOR,
        r"trach nhiem|nguoi|don vi(?! do| tinh)|chuc danh|bo phan|co quan|can bo|phan cong|chu the|vi tri",
    ),
    (StepColumn.CONTENT, r"noi dung|trinh tu|cong viec|mo ta|quy trinh|hoat dong|buoc"),
)
_PATTERNS = tuple((column, re.compile(pattern)) for column, pattern in _MEANINGS)
_BODY = re.compile(r"don vi|co quan|bo phan|phong")
_PERSON = re.compile(r"nguoi|chuc danh|can bo|vi tri|trach nhiem")
_AFTER_CUT = re.compile(r"cat giam|sau |noi bo|thuc te")
_STEP = re.compile(r"^\W*(?:b(?:uoc)?)\s?\.?\s?(\d{1,3}(?:\.\d{1,2})?)\b")
_TIME = re.compile(
    r"^\W*(?:khong qua|toi da|trong (?:ngay|vong|gio|thoi han)|\d|nua |mot |hai |ba |nam |muoi |gio hanh chinh|"
    r"khong tinh|khong quy dinh|ngay sau|tu \d|chua tinh|[½¼¾])"
)
_ACTOR = re.compile(
    r"^\W*(?:lanh dao|chuyen vien|cong chuc|vien chuc|can bo|nhan vien|van thu|truong |pho |giam doc|chu tich|chi huy|"
    r"thu truong|bo phan|ubnd|uy ban|phong |so |van phong|trung tam|ttpvhcc|tt ?pvhcc|hoi dong|chi cuc|co quan|cac so|"
    r"cac co quan|to chuc|ca nhan|cong an|ban |bo chi huy|tn&tkq|ccmc|nguoi |don vi|thanh vien|to truong|doanh nghiep|"
    r"co so|tro ly|cap )"
)


def meaning_of(label: str) -> StepColumn:
    """The meaning of one header cell."""
    folded = fold(re.sub(r"\([^)]*\)", "", label)).strip(" .:")
    if folded in ORDINAL_LABELS:
        return StepColumn.LABEL
    return next((column for column, pattern in _PATTERNS if pattern.search(folded)), StepColumn.EXTRA)


def step_number(text: str) -> str:
    """The bare number of a step label ("Bước 03" and "B3" give "3"), or empty."""
    match = _STEP.match(fold(text[:40]))
    return re.sub(r"^0+(?=\d)", "", match[1]) if match else ""


def is_label(text: str) -> bool:
    """Whether a whole cell is a step label."""
    return len(text) < 16 and bool(step_number(text))


def is_ordinal(text: str) -> bool:
    """Whether a cell only numbers its row ("1", "2.1", "a)")."""
    return is_arabic(text) or bool(re.fullmatch(r"[a-zđ][.)]?", text))


def looks_timed(text: str, unit: TimeUnit | None = None) -> bool:
    """Whether a whole cell is a time, not a sentence that mentions one."""
    folded = fold(text)
    if not text or len(text) > 160 or not _TIME.match(folded) or re.match(r"\W*\d{1,3}\s?\.\s*[a-z]", folded):
        return False
    return parse_step_time(text, unit).counting not in (Counting.UNREAD, Counting.EMPTY)


def looks_acting(text: str) -> bool:
    """Whether a cell begins like a post or a body."""
    return len(text) < 300 and bool(_ACTOR.match(fold(text[:40]) + " "))


def find_header(cells: Sequence[Cell]) -> tuple[int, StepHeader] | None:
    """The header of a table of steps in a row, with the index of its first cell; what stands before is other data."""
    listed = take_apart(Row(0, tuple(cells)), 0).schema
    if listed and listed.kind is TableKind.LISTING:
        return None
    for index in range(len(cells) - 2):
        if header := _header(cells[index:]):
            return index, header
    return None


def _header(cells: Sequence[Cell]) -> StepHeader | None:
    kept = list(cells)
    while kept and not kept[-1].text:
        kept.pop()
    labels = [cell.text for cell in kept]
    if (
        len(labels) < 3
        or not all(labels[:2])
        or any(len(t) > LABEL_LENGTH or is_arabic(t) or is_label(t) for t in labels)
    ):
        return None
    columns = _settled([meaning_of(label) for label in labels], labels)
    known = set(columns)
    acts = known & {StepColumn.ACTOR, StepColumn.UNIT}
    told = StepColumn.CONTENT in known or StepColumn.LABEL in known
    timed = StepColumn.TIME in known
    if (
        not (acts and told and (timed or {StepColumn.LABEL, StepColumn.CONTENT} <= known))
        or columns[0] is StepColumn.EXTRA
    ):
        return None
    if looks_timed(labels[0]) or columns[0] is StepColumn.TIME or names_procedures(labels):
        return None
    if names_procedure(labels[0]) or len(labels[0]) > 60 or re.match(r"\W*(?:\d{1,2}|[IVX]+)\s?[.)]", labels[0]):
        return None  # a heading glued in front
    start = kept[0].column
    unit = next((unit_of_label(t) for t, c in zip(labels, columns, strict=True) if c is StepColumn.TIME), None)
    starts, spans = tuple(cell.column - start for cell in kept), tuple(cell.span for cell in kept)
    return StepHeader(tuple(columns), tuple(labels), starts, unit, spans)


def with_second_row(header: StepHeader, cells: Sequence[Cell]) -> StepHeader | None:
    """The header with the labels below its wide cells ("Thời gian" over "Theo quy định | Sau cắt giảm"), or None."""
    below = [cell for cell in cells if cell.text and not cell.merged]
    wide = [index for index, span in enumerate(header.spans) if span > 1]
    if (
        not wide
        or not any(cell.merged for cell in cells)
        or any(looks_timed(c.text) or is_label(c.text) for c in below)
    ):
        return None
    first = cells[0].column
    labels: list[str] = []
    starts: list[int] = []
    for label, start, span in zip(header.labels, header.starts, header.spans, strict=True):
        subs = [c for c in below if start <= c.column - first < start + span] if span > 1 else []
        labels += [f"{label} – {cell.text}" for cell in subs] or [label]
        starts += [cell.column - first for cell in subs] or [start]
    columns = _settled([meaning_of(label) for label in labels], labels)
    return (
        StepHeader(tuple(columns), tuple(labels), tuple(starts), header.unit)
        if len(labels) > len(header.labels)
        else None
    )


def _settled(columns: list[StepColumn], labels: Sequence[str]) -> list[StepColumn]:
    """Two columns of one meaning: "Đơn vị" beside "Người thực hiện", two times of which the one after a cut counts."""
    folded = [fold(label) for label in labels]
    actors = [i for i, c in enumerate(columns) if c is StepColumn.ACTOR]
    if len(actors) > 1:
        body = next((i for i in actors if _BODY.search(folded[i]) and not _PERSON.search(folded[i])), None)
        person = next((i for i in actors if i != body), actors[0])
        for i in actors:
            columns[i] = StepColumn.UNIT if i == body else StepColumn.ACTOR if i == person else StepColumn.EXTRA
    contents = [i for i, c in enumerate(columns) if c is StepColumn.CONTENT]
    if len(contents) > 1:
        if StepColumn.LABEL not in columns and contents[0] == 0:
            columns[0] = StepColumn.LABEL
            contents = contents[1:]
        for i in contents[1:]:
            columns[i] = StepColumn.EXTRA
    times = [i for i, c in enumerate(columns) if c is StepColumn.TIME]
    counts = next((i for i in times if _AFTER_CUT.search(folded[i])), times[0] if times else None)
    for i in times:
        columns[i] = StepColumn.TIME if i == counts else StepColumn.EXTRA
    for column in (StepColumn.LABEL, StepColumn.PRODUCT, StepColumn.NOTE, StepColumn.ONLINE_TIME):
        for i in [i for i, c in enumerate(columns) if c is column][1:]:
            columns[i] = StepColumn.EXTRA
    return columns


# ---------------------------------------------------------------- without a header


def guess_header(rows: Sequence[Sequence[str]]) -> StepHeader | None:
    """The columns of rows whose header is lost: the first is the label, the others are told by what most cells hold."""
    full = [row for row in rows if len(row) > 2 and is_label(row[0])]
    if not full:
        return None
    width = max(len(row) for row in full)
    timed = [sum(looks_timed(row[i]) for row in full if i < len(row)) for i in range(width)]
    acting = [sum(looks_acting(row[i]) for row in full if i < len(row)) for i in range(width)]
    spoken = [sum(_speaks_of_time(row[i]) for row in full if 3 <= i < len(row)) for i in range(width)]
    timed = timed if any(timed) else spoken
    time = max(range(1, width), key=lambda i: timed[i])
    columns = [StepColumn.LABEL] + [StepColumn.EXTRA] * (width - 1)
    before = [1, 2] if not timed[time] or time > 2 else [1]
    actor = max(before, key=lambda i: (acting[i], i))
    for i in before:
        columns[i] = StepColumn.ACTOR if i == actor and len(before) > 1 else StepColumn.CONTENT
    if timed[time]:
        columns[time] = StepColumn.TIME
        if time + 1 < width:
            columns[time + 1] = StepColumn.PRODUCT
    return StepHeader(tuple(columns), ("",) * width, tuple(range(width)))


def _speaks_of_time(text: str) -> bool:
    return parse_step_time(text).counting is Counting.COUNTED


# ---------------------------------------------------------------- cells under columns


def place_cells(cells: Sequence[Cell], header: StepHeader) -> tuple[dict[int, Cell], list[Cell]]:
    """Column index -> cell, and the cells that fit nowhere; cells keep their order, empty ones their own place."""
    base = _base(cells, header)
    own = {id(cell): _own(cell.column - base, header) for cell in cells}
    filled = [cell for cell in cells if cell.text and cell.column >= base]
    width = len(header.columns)
    over = filled[width:]
    placed = _aligned([(cell, own[id(cell)]) for cell in filled[:width]], header)
    for cell in cells:
        place = own[id(cell)]
        if not cell.text and cell.merged and place is not None and place not in placed:
            placed[place] = cell
    return placed, over


def _base(cells: Sequence[Cell], header: StepHeader) -> int:
    """Empty cells in front of a step label are a shift, not blanks."""
    filled = [cell for cell in cells if cell.text]
    first = cells[0].column if cells else 0
    if filled and header.columns[0] is StepColumn.LABEL and is_label(filled[0].text):
        before = [cell for cell in cells if cell.column < filled[0].column]
        if before and not any(cell.merged for cell in before):
            return filled[0].column
    return first


def text_under(cells: Sequence[Cell], header: StepHeader, column: StepColumn) -> str:
    """The text that stands under a column by its printed place."""
    index = header.index(column)
    return next((c.text for c in cells if c.text and _own(c.column - cells[0].column, header) == index), "")


def _own(offset: int, header: StepHeader) -> int | None:
    found = None
    for index, start in enumerate(header.starts):
        if start <= offset:
            found = index
    return found


def _aligned(texts: Sequence[tuple[Cell, int | None]], header: StepHeader) -> dict[int, Cell]:
    width, count = len(header.columns), len(texts)
    best = [[_IMPOSSIBLE] * (width + 1) for _ in range(count + 1)]
    best[0] = [0.0] * (width + 1)
    for i, (cell, own) in enumerate(texts, start=1):
        for j in range(i, width + 1):
            worth = _affinity(header, j - 1, cell.text) + (_OWN_PLACE if own == j - 1 else 0.0)
            best[i][j] = max(best[i][j - 1], best[i - 1][j - 1] + worth)
    placed: dict[int, Cell] = {}
    i, j = count, width
    while i:
        if best[i][j] == best[i][j - 1]:
            j -= 1
            continue
        placed[j - 1] = texts[i - 1][0]
        i, j = i - 1, j - 1
    return placed


def _affinity(header: StepHeader, index: int, text: str) -> float:
    timed = looks_timed(text, header.unit)
    match header.columns[index]:
        case StepColumn.LABEL:
            return 5.0 if is_label(text) else 2.0 if step_number(text) else 1.0 if is_ordinal(text) else -5.0
        case StepColumn.TIME:
            return 4.0 if timed else -0.5 if len(text) < 160 else -2.0
        case StepColumn.ACTOR | StepColumn.UNIT:
            return -3.0 if timed or is_label(text) else 1.2 if looks_acting(text) else 0.0 if len(text) < 200 else -0.8
        case StepColumn.CONTENT:
            return -3.0 if timed or is_label(text) else 0.2 if len(text) > 20 else 0.0
        case _:
            return -2.0 if timed or is_label(text) else 0.0
