"""A workflow while its table is being read: steps as printed, stages, totals, sections, and what no column took."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from catalogue.imports.decision_values import Doubt
from catalogue.imports.decision_word import Cell
from catalogue.imports.workflow_columns import (
    StepColumn,
    StepHeader,
    is_label,
    looks_acting,
    looks_timed,
    place_cells,
    step_number,
)
from catalogue.imports.workflow_headings import names_procedure, opens_stage
from decisions.text import fold

_NUMBERED = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})?|[a-zđ])[.)]?")
_HEADED = re.compile(r"(?:[IVX]{1,4}|[A-HĐ]|\d{1,2}(?:\.\d{1,2})?)[.)]?")
_PREFIX = re.compile(r"^\W*(?:bước|b)\s?\.?\s?\d{1,3}(?:\.\d{1,2})?\s*[.:)–-]*\s*", re.IGNORECASE)


@dataclass
class StepDraft:
    """One step as printed. ``shared``: its time cell continues the one above; ``part``: a further row of one step."""

    label: str = ""
    text: str = ""
    unit: str = ""
    actor: str = ""
    time: str = ""
    online: str = ""
    product: str = ""
    note: str = ""
    stage: str = ""
    shared: bool = False
    part: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    row: tuple[int, int] = (0, 0)

    @property
    def number(self) -> str:
        """The bare number of the label."""
        return step_number(self.label) or re.sub(r"^0+(?=\d)", "", self.label.strip(" .()"))


@dataclass
class Section:
    """A numbered part of the ISO layout around the table of steps ("2.5 Thời hạn giải quyết", "4 Hồ sơ lưu")."""

    number: str
    title: str
    lines: list[str] = field(default_factory=list)


@dataclass
class WorkflowDraft:
    """What was read so far. ``totals`` and ``stages`` are (label, printed time)."""

    place: str
    heading: str = ""
    annex: str = ""
    above: str = ""
    symbol: str = ""
    case: str = ""
    header: StepHeader | None = None
    steps: list[StepDraft] = field(default_factory=list)
    stages: list[tuple[str, str]] = field(default_factory=list)
    totals: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    stage: str = ""
    closed: bool = False
    iso: bool = False

    def enter_stage(self, name: str, time: str = "") -> None:
        """The following steps belong to a part of the way, with the time printed for it."""
        self.stage = " ".join(name.split()).strip(" :.")
        if time or self.stage not in [known for known, _ in self.stages]:
            self.stages.append((self.stage, time))

    def doubt(self, text: str, reason: str) -> None:
        """Remember words a person should look at."""
        self.doubts.append(Doubt("", text, reason))


def step_of(cells: Sequence[Cell], draft: WorkflowDraft) -> StepDraft:
    """One row as a step; what its columns cannot hold becomes a note with a doubt."""
    header = draft.header
    assert header is not None
    placed, over = place_cells(cells, header)
    step = StepDraft(stage=draft.stage)
    above = draft.steps[-1] if draft.steps else StepDraft()
    for index, column in enumerate(header.columns):
        cell = placed.get(index)
        if cell is not None:
            _put(step, column, cell, header.labels[index], above)
    for cell in over:
        step.note = "\n".join(part for part in (step.note, cell.text) if part)
        draft.doubt(cell.text, "Ô này không thuộc cột nào của bảng quy trình; được giữ ở ghi chú của bước.")
    _without_label(step, above)
    return step


def _put(step: StepDraft, column: StepColumn, cell: Cell, label: str, above: StepDraft) -> None:
    if cell.merged and not cell.text:
        _continued(step, column, above)
        return
    match column:
        case StepColumn.LABEL:
            step.label = cell.text
        case StepColumn.CONTENT:
            step.text = cell.text
        case StepColumn.UNIT:
            step.unit = cell.text
        case StepColumn.ACTOR:
            step.actor = cell.text
        case StepColumn.TIME:
            step.time = cell.text
        case StepColumn.ONLINE_TIME:
            step.online = cell.text
        case StepColumn.PRODUCT:
            step.product = cell.text
        case StepColumn.NOTE:
            step.note = cell.text
        case StepColumn.EXTRA:
            step.extra[label or "Khác"] = cell.text


def _continued(step: StepDraft, column: StepColumn, above: StepDraft) -> None:
    """A cell merged with the one above says the same, except that one time is not counted twice."""
    match column:
        case StepColumn.LABEL:
            step.label, step.part = above.label, True
        case StepColumn.CONTENT:
            step.text = above.text
        case StepColumn.UNIT:
            step.unit = above.unit
        case StepColumn.ACTOR:
            step.actor = above.actor
        case StepColumn.TIME:
            step.shared = bool(above.time or above.shared)
        case _:
            pass


def _without_label(step: StepDraft, above: StepDraft) -> None:
    """A label may stand in front of the text; a row without one is a further part of the step above."""
    named = _PREFIX.match(step.label)
    if named and not is_label(step.label):
        step.text = "\n".join(part for part in (step.label[named.end() :].strip(), step.text) if part)
        step.label = named[0].strip(" .:)–-\n")
    prefix = _PREFIX.match(step.text)
    if not step.label and prefix and step_number(step.text):
        step.label, step.text = prefix[0].strip(" .:)–-"), step.text[prefix.end() :]
    elif not step.label and above.label:
        step.label, step.part = above.label, True
    if step.part and not step.text:
        step.text = step.product or above.text


# ---------------------------------------------------------------- rows of a table whose header is lost


def torn_apart(step: StepDraft, cells: Sequence[Cell], draft: WorkflowDraft) -> Iterator[StepDraft]:
    """Where the header is lost, rows below may have run into this one: a further actor with a time, a stage."""
    yield step
    header = draft.header
    time = header.index(StepColumn.TIME) if header else None
    if header is None or any(header.labels) or time is None:
        return
    behind = [cell for cell in cells if cell.text and cell.text in (step.product, step.note, *step.extra.values())]
    texts = [cell.text for cell in behind]
    if opens_stage(step.time) and not looks_timed(step.time):
        draft.enter_stage(step.time)
        step.time = ""
    for index, text in enumerate(texts):
        following = texts[index + 1] if index + 1 < len(texts) else ""
        if looks_acting(text) and looks_timed(following, header.unit):
            _forget(step, text, following)
            yield StepDraft(step.label, text, actor=text, time=following, stage=step.stage, part=True)
        elif opens_stage(text) and len(text) < 160:
            _forget(step, text, *(before for before in texts[:index] if re.fullmatch(r"[IVX]{1,4}\.?", before)))
            draft.enter_stage(text)
        elif names_procedure(text) and re.match(r"\d{1,3}\s?\.", text):
            _forget(step, text)
            draft.notes.append(text)


def _forget(step: StepDraft, *texts: str) -> None:
    step.product = "" if step.product in texts else step.product
    step.note = "" if step.note in texts else step.note
    step.extra = {label: text for label, text in step.extra.items() if text not in texts}


def is_step_row(cells: Sequence[Cell], draft: WorkflowDraft) -> bool:
    """Whether a row is a step: a label in front, or a running number beside a text and a time or an actor."""
    texts = [cell.text for cell in cells if cell.text]
    header = draft.header
    if header is None or not texts:
        return False
    if is_label(texts[0]) or (step_number(texts[0]) and len(texts) > 1 and len(texts[0]) < 160):
        return True
    if stage_of(texts, draft):
        return False
    timed = any(looks_timed(text, header.unit) for text in texts[1:])
    acting = any(looks_acting(text) for text in texts[1:])
    if header.columns[0] is StepColumn.LABEL:
        return bool(_NUMBERED.fullmatch(texts[0])) and len(texts) > 2 and (timed or acting)
    named = "quy trinh" in fold(f"{draft.annex} {draft.above} {draft.heading}")
    return named and StepColumn.LABEL not in header.columns and len(texts) > 2 and (timed or acting)


def stage_of(texts: Sequence[str], draft: WorkflowDraft) -> tuple[str, str] | None:
    """Name and printed time of a part of the way that a row opens: "II | Quy trình tại cấp tỉnh | 05 ngày"."""
    if not 1 < len(texts) < 4:
        return None
    unit = draft.header.unit if draft.header else None
    numbered = bool(_HEADED.fullmatch(texts[0]))
    name, rest = (texts[1], texts[2:]) if numbered else (texts[0], texts[1:])
    fits = not rest or looks_timed(rest[0], unit)
    if looks_timed(name, unit) or not fits or not (numbered or opens_stage(name)) or len(rest) > 1:
        return None
    return name, "".join(rest)


def is_part_row(cells: Sequence[Cell], draft: WorkflowDraft) -> bool:
    """Whether a row without a label goes on with the step above: two cells or more, a time or a merged label."""
    texts = [cell.text for cell in cells if cell.text]
    header = draft.header
    if header is None or not draft.steps or draft.closed or not texts:
        return False
    if stage_of(texts, draft):
        return False
    merged = bool(cells) and cells[0].merged and len(texts) > 1
    timed = len(texts) > 1 and any(looks_timed(text, header.unit) for text in texts)
    return merged or timed


_TOTAL = re.compile(r"^\W*(?:tong (?:cong |so )?(?:thoi gian|thoi han|so ngay|so gio)|tong cong|cong\W*$|tong\W*$)")


def is_total_row(texts: Sequence[str]) -> bool:
    """Whether a row adds the times up ("Tổng thời gian giải quyết TTHC")."""
    return bool(texts) and bool(_TOTAL.match(fold(texts[0][:80])))
