"""A pasted table of steps: what its columns seem to be, and its rows as steps of a workflow.

Read as the tables of a decision are (``workflow_columns``, ``workflow_finishing``); the person sees every column under
its meaning before a row is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from catalogue.imports.decision_word import Cell
from catalogue.imports.pasted_rows import SKIPPED, Reading
from catalogue.imports.pasted_table import PastedTable, Repeated
from catalogue.imports.workflow_columns import StepColumn, StepHeader, find_header, guess_header, meaning_of
from catalogue.imports.workflow_drafts import StepDraft, WorkflowDraft
from catalogue.imports.workflow_finishing import finished
from decisions.content import TimeUnit
from decisions.step_times import unit_of_label
from decisions.text import fold
from decisions.workflow import StepTime, WorkflowKind, WorkflowStep

ROLES: Mapping[str, str] = {
    "label": "Ký hiệu bước", "content": "Nội dung công việc", "unit": "Đơn vị", "actor": "Người thực hiện",
    "time": "Thời gian", "product": "Sản phẩm, biểu mẫu", "note": "Ghi chú", SKIPPED: "Bỏ qua cột này",
}  # fmt: skip
"""What a column can be; the values are those of ``StepColumn``."""

SHARED_WORDS = "(tính chung với bước trên)"
"""What a merged time cell says in the rows below its first."""

_FIELDS = {"label": "label", "content": "text", "unit": "unit", "actor": "actor", "time": "time", "product": "product",
           "note": "note"}  # fmt: skip
_UNIT_WORDS = {
    TimeUnit.HOUR: "giờ",
    TimeUnit.DAY: "ngày",
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.MONTH: "tháng",
}
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_TOTAL = re.compile(r"^\W*(?:tong\s*(?:$|[:(]|cong|thoi (?:gian|han)|so (?:ngay|gio|thoi))|cong\s*(?:$|[:(]))")
_ORDINAL = re.compile(r"[\dIVXivx.)a-h]{1,5}")


@dataclass(frozen=True)
class PastedSteps:
    """The steps of chosen rows; ``doubts`` are sentences about what a person should look at."""

    steps: tuple[WorkflowStep, ...]
    total: StepTime
    doubts: tuple[str, ...]


def proposed_steps(table: PastedTable) -> tuple[PastedTable, Reading]:
    """The table as it will be taken (times with the unit of their column) and what its columns seem to be."""
    for at, row in enumerate(table.rows[:3]):
        if (header := _header(row)) and len(table.rows) > at + 1:
            roles = [_role(column) for column in header.columns] + [SKIPPED] * table.width
            return _timed(table, roles, header.unit, at + 1), Reading(tuple(roles[: table.width]), at + 1)
    guessed = guess_header(table.rows)
    roles = [_role(column) for column in guessed.columns] if guessed else []
    roles = _with_content((roles + [SKIPPED] * table.width)[: table.width], table)
    return _timed(table, roles, None, 0), Reading(tuple(roles), 0)


def _header(row: Sequence[str]) -> StepHeader | None:
    """The header in a row; a narrow table names its columns too, if it names work and who does it or how long."""
    cells = [Cell(" ".join(words.split()), place, 1, False) for place, words in enumerate(row)]
    found = find_header(cells)
    if found and found[0] == 0:
        return found[1]
    if not all(row) or any(len(words) > 60 for words in row):
        return None
    columns = [meaning_of(words) for words in row]
    useful = set(columns) - {StepColumn.EXTRA, StepColumn.NOTE, StepColumn.LABEL}
    if StepColumn.CONTENT not in columns or len(useful) < 2 or len(useful) < len(row) - 2:
        return None
    unit = next((unit_of_label(w) for w, c in zip(row, columns, strict=True) if c is StepColumn.TIME), None)
    return StepHeader(tuple(columns), tuple(row), tuple(range(len(row))), unit)


def _role(column: StepColumn) -> str:
    return column.value if column.value in ROLES else SKIPPED


def _with_content(roles: list[str], table: PastedTable) -> list[str]:
    """Without a header the widest open column holds the work."""
    if "content" not in roles:
        open_columns = [place for place, role in enumerate(roles) if role == SKIPPED] or list(range(len(roles)))
        widest = max(open_columns, key=lambda place: sum(len(row[place]) for row in table.rows))
        roles[widest] = "content"
    return roles


def _timed(table: PastedTable, roles: Sequence[str], unit: TimeUnit | None, heads: int) -> PastedTable:
    """A merged time counts once; a bare number gets the unit that only its header names."""
    places = {place for place, role in enumerate(roles[: table.width]) if role == "time"}

    def said(place: int, words: str) -> str:
        if place not in places:
            return words
        if isinstance(words, Repeated) and words:
            return SHARED_WORDS
        return f"{words} {_UNIT_WORDS[unit]}" if unit in _UNIT_WORDS and _NUMBER.fullmatch(words) else words

    rows = [row if at < heads else tuple(said(place, words) for place, words in enumerate(row))
            for at, row in enumerate(table.rows)]  # fmt: skip
    return PastedTable(tuple(rows))


def steps_of_rows(rows: Sequence[Sequence[str]], roles: Sequence[str], taken: Sequence[str] = ()) -> PastedSteps:
    """The chosen rows as steps, linked by what they say of each other.

    A row of one cell names the part of the way that follows; a row that begins with "Tổng" is the printed total.
    ``taken`` are labels of steps there are already; a step without a label gets the next free number.
    """
    draft = WorkflowDraft("")
    for row in rows:
        words = [cell for cell in row if cell]
        if words and _TOTAL.match(fold(words[0])) and len(words[0]) < 80 and not _acts(row, roles):
            draft.totals.append((words[0], words[-1] if len(words) > 1 else words[0]))
        elif len(words) == 1 < len(row) and not _ORDINAL.fullmatch(words[0]) and len(words[0]) < 200:
            draft.enter_stage(words[0])
        elif step := _step(row, roles, draft.stage):
            draft.steps.append(step)
    _label(draft.steps, taken)
    workflow = finished(draft, "", "", kind=WorkflowKind.INTERNAL, non_territorial=False)
    doubts = tuple(doubt.reason for doubt in draft.doubts)
    if doubled := next((step.label for step in workflow.steps if step.label in taken), ""):
        steps = _renamed(workflow.steps, taken)
        said = f"Ký hiệu «{doubled}» đã có ở bước khác nên các bước vừa lấy mang ký hiệu {steps[0].label} trở đi."
        return PastedSteps(steps, workflow.total, (said, *doubts))
    return PastedSteps(workflow.steps, workflow.total, doubts)


def _renamed(steps: Sequence[WorkflowStep], taken: Sequence[str]) -> tuple[WorkflowStep, ...]:
    """Labels of their own, so that a way to "B1" cannot mean the step that was there before; ways go by keys."""
    free = (f"B{number}" for number in count(len(taken) + 1) if f"B{number}" not in taken)
    return tuple(replace(step, label=next(free)) for step in steps)


def _acts(row: Sequence[str], roles: Sequence[str]) -> bool:
    """Whether somebody does what the row says: then it is a step, whatever its first word."""
    cells = [cell for cell, role in zip(row, roles, strict=False) if role in ("actor", "unit") and cell]
    return bool(cells) and not _TOTAL.match(fold(cells[0]))


def _step(row: Sequence[str], roles: Sequence[str], stage: str) -> StepDraft | None:
    texts: dict[str, str] = {}
    for cell, role in zip(row, roles, strict=False):
        if role in _FIELDS and cell:
            name = _FIELDS[role]
            texts[name] = f"{texts[name]}\n{cell}" if name in texts else str(cell)
    if not (texts.get("text") or texts.get("actor") or texts.get("unit")):
        return None
    step = StepDraft(stage=stage, **texts)  # type: ignore[arg-type]
    return replace(step, time="", shared=True) if step.time == SHARED_WORDS else step


def _label(steps: Sequence[StepDraft], taken: Sequence[str]) -> None:
    used = set(taken) | {step.label for step in steps}
    number = len(taken)
    for step in steps:
        number += 1
        if not step.label.strip(" .:"):
            while f"B{number}" in used:
                number += 1
            step.label = f"B{number}"
            used.add(step.label)
