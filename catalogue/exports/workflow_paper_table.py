"""The steps of a workflow as a table, with the columns and their order as provinces print them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from catalogue import glossary
from catalogue.exports import labels
from catalogue.exports.blocks import cell, one_line
from catalogue.exports.phrases import time_text
from catalogue.exports.text import Column
from catalogue.exports.workflow_paper_values import BandRow, Cell, Layout, StepRow, StepTable, SumRow
from catalogue.exports.workflow_text import StepWords, steps_in_words
from decisions.content import ProcedureContent, TimeUnit
from decisions.text import fold
from decisions.workflow import Counting, Stage, StepTime, Workflow, WorkflowStep
from decisions.workflow_paths import longest_path, loop
from decisions.workflow_proof import days_text, facts_of
from decisions.workflow_reading import parse_forms

UNKNOWN_SUM = "Chưa tính được"
_SHORT_ENOUGH = 80
_COLUMNED = ("Biểu mẫu", "Sản phẩm")
_ONLINE_MARKS = ("dich vu cong", "dvc", "muc do")


@dataclass(frozen=True)
class _Told:
    """A step with its words; ``online`` is the printed grade of its online service."""

    number: int
    step: WorkflowStep
    words: StepWords
    online: str


def step_table(workflow: Workflow, content: ProcedureContent | None, layout: Layout) -> StepTable:
    """The whole table: stages as bands, steps, the printed or computed sum, and the limit of the procedure."""
    told = [
        _Told(number, step, words, _grade(step) or (_grade_of(content) if number == 1 else ""))
        for number, (step, words) in enumerate(zip(workflow.steps, steps_in_words(workflow), strict=True), 1)
    ]
    columns = _columns(workflow, told, layout)
    rows: list[StepRow | BandRow | SumRow] = []
    stage = ""
    for item in told:
        if item.step.stage != stage:
            stage = item.step.stage
            rows += [BandRow(words) for words in [_band(stage, workflow.stages)] if words]
        rows.append(StepRow(tuple(_READERS[column.key](item) for column in columns)))
    times = next(place for place, column in enumerate(columns) if column.key == "time")
    sums = [SumRow("Tổng thời gian giải quyết", total_words(workflow))] if told else []
    if limit := limit_words(workflow, content):
        sums.append(SumRow("Thời hạn giải quyết của thủ tục", limit))
    return StepTable(columns, (*rows, *sums), times)


def total_words(workflow: Workflow) -> str:
    """The printed sum; the one of the longest way where none is printed, and beside it where it differs."""
    printed, computed = cell(workflow.total.text), _longest_words(workflow)
    if not computed:
        return printed or UNKNOWN_SUM
    if not printed:
        return f"{computed} (tính theo đường dài nhất)"
    if workflow.total.hours is not None and workflow.total.hours != longest_path(workflow).hours:
        return f"{printed}\n(cộng các bước theo đường dài nhất: {computed})"
    return printed


def total_brief(workflow: Workflow) -> str:
    """The same for a list: a long printed sentence stands at the workflow itself."""
    printed = cell(workflow.total.text)
    return printed if 0 < len(printed) <= _SHORT_ENOUGH else _longest_words(workflow) or UNKNOWN_SUM


def _longest_words(workflow: Workflow) -> str:
    """The longest way in days; empty where the steps turn in a circle."""
    if loop(workflow):
        return ""
    return f"{days_text(longest_path(workflow).hours).removesuffix(',0')} ngày làm việc"


def limit_words(workflow: Workflow, content: ProcedureContent | None) -> str:
    """The time limits of the procedure that the workflow has to keep, a line each."""
    limits = facts_of(content, workflow)[0] if content is not None else ()
    return "\n".join(dict.fromkeys(words for limit in limits if (words := time_text(limit))))


def step_time_words(time: StepTime) -> str:
    """What stands in the column of times; a bare number gets the unit that its printed column named."""
    text = cell(time.text)
    if text and time.unit in _UNITS and not any(letter.isalpha() for letter in text):
        return f"{text} {_UNITS[time.unit]}"
    if text:
        return text
    if time.counting is Counting.SHARED:
        return "Tính chung với bước trên"
    return f"{days_text(time.hours).removesuffix(',0')} ngày" if time.hours else ""


_UNITS = {unit: glossary.TIME_UNITS[unit] for unit in TimeUnit if glossary.TIME_UNITS[unit]}


# ---------------------------------------------------------------- columns


def _columns(workflow: Workflow, told: list[_Told], layout: Layout) -> tuple[Column, ...]:
    found = _LAYOUTS[layout]
    keys = {column.key for column in found}
    if "outcome" not in keys and any(_outcome(item).text for item in told):
        found = (*found, Column("outcome", "Sản phẩm/Kết quả", 20))
    if "online" not in keys and any(_grade(item.step) for item in told):
        found = (*found, Column("online", "DVCTT mức độ", 11, centred=True))
    elif not any(item.online for item in told):
        found = tuple(column for column in found if column.key != "online")
    if layout is Layout.FORMS_LAST and _all_in_working_days(workflow):
        found = tuple(
            Column(c.key, "Thời hạn (ngày làm việc)", c.width, c.centred) if c.key == "time" else c for c in found
        )
    return found


def _all_in_working_days(workflow: Workflow) -> bool:
    units = {step.time.unit for step in workflow.steps if step.time.counting is Counting.COUNTED}
    return units == {TimeUnit.WORKING_DAY}


_LAYOUTS: Mapping[Layout, tuple[Column, ...]] = {
    Layout.ISO: (
        Column("label", "TT", 8, centred=True),
        Column("text", "Trình tự", 39),
        Column("actor", "Trách nhiệm", 19),
        Column("time", "Thời gian", 12, centred=True),
        Column("outcome", "Biểu mẫu/Kết quả", 22),
    ),
    Layout.PLAIN: (
        Column("label", "Thứ tự công việc", 10, centred=True),
        Column("text", "Nội dung công việc cụ thể", 44),
        Column("actor", "Đơn vị/Người thực hiện", 20),
        Column("time", "Thời gian thực hiện", 13, centred=True),
        Column("outcome", "Sản phẩm/Kết quả", 20),
    ),
    Layout.ACTOR_FIRST: (
        Column("label", "Thứ tự công việc", 10, centred=True),
        Column("actor", "Đơn vị/người thực hiện", 22),
        Column("text", "Nội dung công việc", 46),
        Column("time", "Thời gian thực hiện (mỗi ngày 08 giờ làm việc)", 15, centred=True),
        Column("online", "DVCTT mức độ", 11, centred=True),
    ),
    Layout.FORMS_LAST: (
        Column("label", "Tên bước", 10, centred=True),
        Column("actor", "Đơn vị/người thực hiện", 20),
        Column("text", "Nội dung công việc", 44),
        Column("time", "Thời hạn", 13, centred=True),
        Column("outcome", "Biểu mẫu/kết quả", 20),
    ),
}


# ---------------------------------------------------------------- cells


def _label(item: _Told) -> Cell:
    return Cell(one_line(item.step.label) or str(item.number))


def _text(item: _Told) -> Cell:
    return Cell(cell(item.step.text), tuple(_notes(item)))


def _notes(item: _Told) -> Iterator[str]:
    """What no column has: the ways on as sentences, papers, states, remarks, further columns of the source."""
    yield from item.words.before
    yield from item.words.ways
    yield from (f"{label}: {text}" for label, text in item.words.details if label not in _COLUMNED)
    if item.step.actor:
        yield f"Nhóm tài khoản: {one_line(item.step.actor)}"
    if item.step.eform:
        yield f"Biểu mẫu điện tử: {one_line(item.step.eform)}"
    for label, value in item.step.extra.items():
        if isinstance(value, str) and cell(value) and not _is_grade(label):
            yield f"{one_line(label)}: {cell(value)}"


def _actor(item: _Told) -> Cell:
    role, unit = one_line(item.step.role), one_line(item.step.unit)
    return Cell("\n".join(dict.fromkeys(part for part in (role, unit) if part)))


def _time(item: _Told) -> Cell:
    online = step_time_words(item.step.online) if item.step.online else ""
    return Cell(step_time_words(item.step.time), (f"Trực tuyến: {online}",) if online else ())


def _outcome(item: _Told) -> Cell:
    """Control forms that the printed product does not name already, then the product."""
    product = cell(item.step.product)
    named = {fold(form) for form in parse_forms(product)}
    forms = [form for text in item.step.forms if (form := one_line(text))]
    lines = [form for form in forms if fold(form) not in named and fold(form) not in fold(product)]
    return Cell("\n".join((*lines, *([product] if product else []))))


def _online(item: _Told) -> Cell:
    return Cell(item.online)


_READERS: Mapping[str, Callable[[_Told], Cell]] = {
    "label": _label, "text": _text, "actor": _actor, "time": _time, "outcome": _outcome, "online": _online,
}  # fmt: skip


def _grade(step: WorkflowStep) -> str:
    """The grade of the online service where the source has a column for it."""
    found = (cell(text) for label, text in step.extra.items() if _is_grade(label) and isinstance(text, str))
    return "\n".join(text for text in found if text)


def _grade_of(content: ProcedureContent | None) -> str:
    """The grade of the procedure, told once where the steps do not say it."""
    return labels.GRADES[content.online] if content is not None else ""


def _is_grade(label: str) -> bool:
    return any(mark in fold(label) for mark in _ONLINE_MARKS)


def _band(name: str, stages: tuple[Stage, ...]) -> str:
    """A stage with its printed time, unless its name says it."""
    words = one_line(name)
    total = next((step_time_words(stage.total) for stage in stages if stage.name == name), "")
    return f"{words} ({one_line(total)})" if total and one_line(total) not in words else words
