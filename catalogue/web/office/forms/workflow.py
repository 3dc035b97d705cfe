"""The form of one workflow: its head and its steps, as texts on the screen and as a value behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField

from catalogue.glossary import BRANCHINGS, CHANNELS, LEVELS, STEP_KINDS
from catalogue.web.fields import AreaField, ChoiceField, LineField, NoLongerThan
from catalogue.web.office.forms.content_fields import CheckField, RowForm, lines_of
from catalogue.web.office.forms.draft import DraftForm
from decisions.content import ChannelKind
from decisions.step_times import parse_step_time
from decisions.workflow import Branching, Counting, StepKind, StepTime, Workflow, WorkflowStep
from decisions.workflow_proof import days_text
from decisions.workflow_ways import UnknownStep, read_ways, ways_text

LONG, SHORT = NoLongerThan(20_000), NoLongerThan(2_000)
HEAD = ("symbol", "name", "case", "retention", "note", "purpose", "scope", "references", "definitions")


class StepForm(RowForm):
    """One step of the table."""

    label = LineField(_l("Ký hiệu"), [SHORT])
    text = AreaField(_l("Nội dung công việc"), [LONG])
    unit = AreaField(_l("Đơn vị"), [SHORT])
    role = AreaField(_l("Người thực hiện"), [SHORT])
    time = LineField(_l("Thời gian"), [SHORT])
    shared = CheckField(_l("Thời gian tính chung với bước trên"))
    kind = ChoiceField(_l("Loại bước"), choices=STEP_KINDS, default="task")
    product = LineField(_l("Sản phẩm, kết quả"), [LONG])
    forms = AreaField(_l("Biểu mẫu kiểm soát (mỗi dòng một mẫu)"), [LONG])
    papers = AreaField(_l("Giấy tờ của hồ sơ dùng ở bước này (mỗi dòng một giấy tờ)"), [LONG])
    inputs = AreaField(_l("Chờ sản phẩm của bước khác (mỗi dòng một sản phẩm)"), [LONG])
    ways = AreaField(
        _l("Rẽ nhánh (mỗi dòng một nhánh)"), [LONG],
        description=_l("Để trống: sang bước kế tiếp. Ví dụ: B4: hồ sơ đủ; trả lại B2: chưa đạt; kết thúc: từ chối."),
    )  # fmt: skip
    branching = ChoiceField(_l("Các nhánh"), choices=BRANCHINGS)
    waits_for_all = CheckField(_l("Chờ mọi nhánh song song xong mới làm"))
    stage = LineField(_l("Giai đoạn"), [SHORT])
    note = AreaField(_l("Ghi chú"), [LONG])
    kept = HiddenField()


class WorkflowForm(DraftForm):
    """A row of the annex that adopts a workflow."""

    code_printed = LineField(_l("Mã thủ tục"), [SHORT])
    procedure = AreaField(_l("Tên thủ tục"), [SHORT])
    level = ChoiceField(_l("Cấp thực hiện"), choices=LEVELS)
    annex = LineField(_l("Phụ lục"), [SHORT])
    ordinal = LineField(_l("Số thứ tự"), [SHORT])
    symbol = LineField(_l("Ký hiệu quy trình"), [SHORT], description=_l("Ví dụ: QT.XNKBCXB.01."))
    name = AreaField(_l("Tên quy trình"), [SHORT])
    case = LineField(_l("Trường hợp áp dụng"), [SHORT], description=_l("Để trống khi dùng cho mọi trường hợp."))
    channel = ChoiceField(_l("Cách nộp"), choices={"": "Mọi cách nộp", **CHANNELS})
    non_territorial = CheckField(_l("Dùng khi giải quyết phi địa giới hành chính"))
    total = LineField(_l("Tổng thời gian ghi trong văn bản"), [SHORT])
    records = AreaField(_l("Hồ sơ lưu (mỗi dòng một loại)"), [LONG])
    retention = LineField(_l("Thời gian lưu"), [SHORT])
    purpose = AreaField(_l("Mục đích"), [LONG])
    scope = AreaField(_l("Phạm vi áp dụng"), [LONG])
    references = AreaField(_l("Tài liệu viện dẫn"), [LONG])
    definitions = AreaField(_l("Định nghĩa, từ viết tắt"), [LONG])
    note = AreaField(_l("Ghi chú"), [LONG])
    steps = FieldList(FormField(StepForm))

    @property
    def lost_ways(self) -> bool:
        """Whether a way names no step; found only once all steps are known."""
        return any(entry.form.ways.errors for entry in self.steps.entries)


GROUPS = (
    (_l("Thủ tục"), ("code_printed", "procedure", "level", "annex", "ordinal")),
    (_l("Quy trình"), ("symbol", "name", "case", "channel", "non_territorial", "total")),
)
MORE = ("records", "retention", "purpose", "scope", "references", "definitions", "note")


def shown_workflow(value: Workflow) -> dict[str, Any]:
    """The values of the form's own fields for a workflow; those of the row itself are added by the page."""
    return {
        **{name: getattr(value, name) for name in HEAD},
        "channel": value.channel.value if value.channel else "", "non_territorial": value.non_territorial,
        "total": value.total.text, "records": "\n".join(value.records),
        "steps": [shown_step(step, value.steps) for step in value.steps],
    }  # fmt: skip


def shown_step(step: WorkflowStep, steps: Sequence[WorkflowStep]) -> dict[str, Any]:
    """The values of ``StepForm``."""
    return {
        **{name: getattr(step, name) for name in ("label", "text", "unit", "role", "product", "stage", "note")},
        "time": step.time.text, "shared": step.time.counting is Counting.SHARED, "kind": step.kind.value,
        "forms": "\n".join(step.forms), "papers": "\n".join(step.papers), "inputs": "\n".join(step.inputs),
        "ways": ways_text(step, steps), "branching": step.branching.value, "waits_for_all": step.waits_for_all,
        "kept": step.key,
    }  # fmt: skip


def written_workflow(form: WorkflowForm, before: Workflow) -> Workflow:
    """The workflow of a valid form over the one that stands. Words whose time did not change keep their reading.

    A way that names no step puts its sentence on its field (``lost_ways``).
    """
    data = form.data
    rows = [row for row in data["steps"] if any(text for name, text in row.items() if name not in _SILENT)]
    entries = [entry for entry, row in zip(form.steps.entries, data["steps"], strict=True) if row in rows]
    steps = _steps(rows, before)
    for number, (entry, row) in enumerate(zip(entries, rows, strict=True)):
        try:
            steps[number] = replace(steps[number], routes=read_ways(row["ways"] or "", steps))
        except UnknownStep as unknown:
            sentence = f"Rẽ nhánh: không có bước «{unknown.named[:60]}». Ghi ký hiệu của một bước trong bảng."
            entry.form.ways.errors = [*entry.form.ways.errors, sentence]
    head: dict[str, Any] = {name: data[name] or "" for name in HEAD}
    return replace(
        before,
        **head,
        channel=ChannelKind(data["channel"]) if data["channel"] else None,
        non_territorial=bool(data["non_territorial"]),
        total=_time(data["total"], before.total),
        records=lines_of(data["records"]),
        steps=tuple(steps),
    )


_SILENT = ("kind", "branching", "kept", "shared", "waits_for_all")


def _steps(rows: Sequence[Mapping[str, Any]], before: Workflow) -> list[WorkflowStep]:
    taken = {row["kept"] for row in rows if row["kept"]}
    known = {step.key: step for step in before.steps}
    found: list[WorkflowStep] = []
    for row in rows:
        key = row["kept"] if row["kept"] in known and row["kept"] not in {s.key for s in found} else ""
        if not key:
            key = next(name for n in range(1, 10_000) if (name := f"b{n}") not in taken and name not in known)
            taken.add(key)
        found.append(_step(row, known.get(key) or WorkflowStep(key, "")))
    return found


def _step(row: Mapping[str, Any], before: WorkflowStep) -> WorkflowStep:
    time = StepTime(row["time"] or "", counting=Counting.SHARED) if row["shared"] else _time(row["time"], before.time)
    texts: dict[str, Any] = {name: row[name] or "" for name in ("label", "text", "unit", "role", "product", "stage")}
    return replace(
        before,
        **texts,
        note=row["note"] or "",
        time=time,
        kind=StepKind(row["kind"]),
        forms=lines_of(row["forms"]),
        papers=lines_of(row["papers"]),
        inputs=lines_of(row["inputs"]),
        branching=Branching(row["branching"]),
        waits_for_all=bool(row["waits_for_all"]),
        routes=(),
    )


def _time(words: str | None, before: StepTime) -> StepTime:
    """Read anew only when the words changed: a reading somebody imported or corrected stays."""
    words = words or ""
    if words == before.text and before.counting is not Counting.SHARED:
        return before
    return parse_step_time(words)


def typed_times(form: WorkflowForm, before: Workflow | None) -> dict[str, str]:
    """What the typed time of each row is read as, by the name of the row."""
    known = {step.key: step.time for step in before.steps} if before else {}
    found = {}
    for entry in form.steps.entries:
        row = entry.form
        time = _time(row.time.data, known.get(row.kept.data or "", StepTime()))
        found[entry.name] = time_read(StepTime(counting=Counting.SHARED) if row.shared.data else time)
    return found


def further_words(form: WorkflowForm) -> dict[str, str]:
    """What the folded part of each row holds, in a few words, by the name of the row."""
    return {entry.name: "; ".join(_further(entry.form)) for entry in form.steps.entries}


def _further(row: StepForm) -> list[str]:
    kind = STEP_KINDS.get(row.kind.data or "task", "")
    said = [kind.lower()] if row.kind.data != StepKind.TASK else []
    ways = ", ".join(line.partition(":")[0].strip() for line in lines_of(row.ways.data))
    return said + [f"{words}: {found}" for words, found in (
        ("rẽ nhánh", ways), ("kết quả", row.product.data), ("biểu mẫu", ", ".join(lines_of(row.forms.data))),
        ("giai đoạn", row.stage.data),
    ) if found]  # fmt: skip


def time_read(time: StepTime) -> str:
    """What a time was read as, to stand beside its words: "4 giờ = 0,5 ngày"."""
    if time.counting is Counting.COUNTED and time.hours is not None:
        return f"{_plain(time.hours)} giờ = {days_text(time.hours).removesuffix(',0')} ngày"
    return READINGS[time.counting]


READINGS = {
    Counting.COUNTED: "",
    Counting.OFFICE_HOURS: "giờ hành chính, không tính vào thời hạn",
    Counting.NOT_COUNTED: "không tính vào thời hạn",
    Counting.SHARED: "tính chung với bước trên",
    Counting.EMPTY: "",
    Counting.UNREAD: "không đọc được thành số",
}


def _plain(hours: Decimal) -> str:
    return format(hours.normalize(), "f").replace(".", ",")
