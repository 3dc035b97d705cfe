"""A draft of a workflow made into values: times and forms read, steps linked, totals and sections placed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from catalogue.imports.workflow_columns import looks_acting
from catalogue.imports.workflow_drafts import Section, StepDraft, WorkflowDraft
from catalogue.imports.workflow_links import linked
from decisions.content import TimeUnit
from decisions.step_times import parse_step_time
from decisions.text import clean, fold, squeezed
from decisions.workflow import Counting, Stage, StepTime, Workflow, WorkflowKind, WorkflowStep
from decisions.workflow_reading import parse_forms, split_actor, step_kind

_ITEMS = re.compile(r"(?:^|\n|\s)[-–+•]\s+(?=[A-ZĐÀ-Ỹ])|\n")
_ALTERNATIVE = re.compile(r"^\W*(?:trong )?(?:truong hop|hoac|neu|doi voi)\b")
_UNCOUNTED = re.compile(r"khong tinh")
_RETENTION = re.compile(
    r"(?:thời gian lưu|lưu trữ trong|thời hạn lưu(?: trữ)?)[^\d]{0,25}(\d{1,3}\s*(?:năm|tháng))", re.IGNORECASE
)
_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("purpose", re.compile(r"muc dich")),
    ("scope", re.compile(r"pham vi")),
    ("references", re.compile(r"tai lieu vien dan|van ban vien dan|can cu phap ly|co so phap ly")),
    ("definitions", re.compile(r"dinh nghia|tu viet tat|giai thich tu ngu")),
)


def finished(draft: WorkflowDraft, name: str, case: str, *, kind: WorkflowKind, non_territorial: bool) -> Workflow:
    """The workflow; ``draft.doubts`` grows by what could not be linked."""
    unit = (draft.header.unit if draft.header else None) or _unit_of_total(draft)
    steps = [_step(step, index, unit, draft) for index, step in enumerate(draft.steps)]
    total = printed_total(draft.totals, unit)
    steps = _unneeded(_shared(_left_out(steps, draft), total), total, draft)
    fields = _from_sections(draft.sections)
    empty = [f"{stage} {time}".strip() for stage, time in draft.stages if stage not in {step.stage for step in steps}]
    return Workflow(
        name=name, steps=tuple(linked(steps, draft)), kind=kind, symbol=draft.symbol, case=case,
        non_territorial=non_territorial, total=total, stages=_stages(draft, steps, unit),
        note="\n".join((*draft.notes, *empty)), **fields,
    )  # fmt: skip


def _step(draft: StepDraft, index: int, unit: TimeUnit | None, whole: WorkflowDraft) -> WorkflowStep:
    draft = _not_swapped(draft, whole)
    time = StepTime(counting=Counting.SHARED) if draft.shared else parse_step_time(draft.time, unit)
    actor = split_actor(draft.actor)
    if draft.unit:
        actor = replace(actor, role=clean(draft.actor), unit=clean(draft.unit))
    counted = time.counting is Counting.COUNTED
    if not (actor.role or actor.unit) and (body := _LINKED_BODY.match(clean(draft.text))):
        actor = replace(actor, unit=body[1])
        whole.doubt(draft.text[:120], "Bước này không in người thực hiện; lấy cơ quan được liên thông tới.")
    return WorkflowStep(
        key=f"b{index + 1}",
        text=draft.text.strip(),
        label=draft.label.strip(" .:"),
        stage=draft.stage,
        unit=actor.unit,
        role=actor.role,
        time=time,
        kind=step_kind(draft.text, draft.actor or draft.unit, first=index == 0, counted=counted),
        product=draft.product.strip(),
        forms=parse_forms(draft.product),
        note=draft.note.strip(),
        online=parse_step_time(draft.online, unit) if draft.online else None,
        extra=dict(draft.extra),
    )


def _not_swapped(step: StepDraft, whole: WorkflowDraft) -> StepDraft:
    """ "Lãnh đạo UBND tỉnh | Ký duyệt hồ sơ" under "Nội dung | Người thực hiện" was printed the wrong way round."""
    text, actor = step.text.strip(), step.actor.strip()
    short = 0 < len(text) < 80 and "\n" not in text
    if short and looks_acting(text) and _does(actor):
        whole.doubt(text, "Nội dung và người thực hiện của bước này in đổi chỗ cho nhau; đã được đổi lại.")
        return replace(step, text=actor, actor=text)
    return step


_LINKED_BODY = re.compile(
    r"^\W*liên thông(?:\s+(?:lên|đến|sang|với))?\s+((?:UBND|Ủy ban nhân dân|Sở|Văn phòng|Bệnh viện)\b.*?)"
    r"(?=\s+(?:để|thẩm định|trình|ký|phê duyệt)\b|[,;.]|$)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"^\W*(?:ky|duyet|phe duyet|tham dinh|xem xet|tiep nhan|kiem tra|tra |chuyen(?! vien)|phan cong|xu ly|trinh|"
    r"du thao|vao so|ban hanh|dong dau|thong bao)"
)


def _does(text: str) -> bool:
    return bool(_VERB.match(fold(text))) and not looks_acting(text)


def _unit_of_total(draft: WorkflowDraft) -> TimeUnit | None:
    """Bare numbers under a header that names no unit are counted in that of the printed total, if they reach it."""
    total = printed_total(draft.totals)
    times = [step.time for step in draft.steps]
    if total.hours is None or total.unit is None or any(parse_step_time(time).hours is not None for time in times):
        return None
    spent = sum((parse_step_time(time, total.unit).counted for time in times), Decimal(0))
    if spent != total.hours:
        return None
    draft.doubt(total.text, "Cột thời gian không ghi đơn vị; lấy đơn vị của hàng tổng vì cộng lại đúng bằng hàng tổng.")
    return total.unit


def _shared(steps: Sequence[WorkflowStep], total: StepTime) -> list[WorkflowStep]:
    """Empty time cells below a time share it where the printed total is reached without them.

    Where nothing is printed to compare with, they do so when all of a named part is left empty behind its first step.
    """
    spent = sum((step.time.counted for step in steps), Decimal(0))
    adds_up = total.hours is not None and spent == total.hours
    found: list[WorkflowStep] = []
    for step in steps:
        above = found[-1].time.counting if found else Counting.EMPTY
        whole = adds_up or (total.hours is None and step.stage in _told_once(steps))
        if step.time.counting is Counting.EMPTY and whole and above in (Counting.COUNTED, Counting.SHARED):
            step = replace(step, time=replace(step.time, counting=Counting.SHARED))
        found.append(step)
    return found


def _unneeded(steps: Sequence[WorkflowStep], total: StepTime, draft: WorkflowDraft) -> list[WorkflowStep]:
    """Words without a number do not count where the printed total is reached without them."""
    spent = sum((step.time.counted for step in steps), Decimal(0))
    unread = [step for step in steps if step.time.counting is Counting.UNREAD]
    if not unread or total.hours != spent or not spent:
        return list(steps)
    for step in unread:
        draft.doubt(step.time.text, f"{step.label or step.key}: hàng tổng không tính thời gian ghi bằng lời này.")
    return [
        replace(step, time=replace(step.time, counting=Counting.NOT_COUNTED)) if step in unread else step
        for step in steps
    ]


def _told_once(steps: Sequence[WorkflowStep]) -> set[str]:
    """Named parts of the way that print one time, at their first step, and none at two or more others."""
    parts: dict[str, list[Counting]] = {}
    for step in steps:
        parts.setdefault(step.stage, []).append(step.time.counting)
    return {
        name
        for name, (first, *rest) in parts.items()
        if name and first is Counting.COUNTED and len(rest) > 1 and set(rest) == {Counting.EMPTY}
    }


# ---------------------------------------------------------------- totals and stages


def printed_total(totals: Sequence[tuple[str, str]], unit: TimeUnit | None = None) -> StepTime:
    """The printed sum. Parts listed below each other add up, totals of several cases do not: the longest counts."""
    values = [time for time in (total_time(value, unit) for _, value in totals) if time.text]
    if len(values) < 2:
        return values[0] if values else StepTime()
    text = "\n".join(clean(f"{label} {value}") for label, value in totals)
    longest = max(values, key=lambda time: time.hours if time.hours is not None else Decimal(-1))
    return replace(longest, text=text, conditional=True)


def total_time(text: str, unit: TimeUnit | None = None) -> StepTime:
    """One printed total; "- …: 05 ngày - …: 15 ngày" are parts that add up, unless they are cases of each other."""
    whole = parse_step_time(text, unit)
    before = re.split(r"trong đó|bao gồm", text, maxsplit=1, flags=re.IGNORECASE)[0]
    items = [item for item in _ITEMS.split(before) if item and item.strip()]
    times = [parse_step_time(item, unit) for item in items if not _UNCOUNTED.search(fold(item))]
    counted = [time for time in times if time.counting is Counting.COUNTED and time.hours is not None]
    if len(items) < 2 or not counted:
        return whole
    if len(counted) > 1 and any(_ALTERNATIVE.match(fold(item)) for item in items):
        return whole
    hours = sum((time.hours for time in counted if time.hours is not None), Decimal(0))
    return replace(counted[0], text=whole.text, hours=hours, conditional=False)


def _left_out(steps: Sequence[WorkflowStep], draft: WorkflowDraft) -> list[WorkflowStep]:
    """The total may name a part it does not count: "Đăng tải thông tin …: 05 ngày (không tính trong quy trình)"."""
    named = [
        item for _, value in draft.totals for item in _ITEMS.split(value) if item and _UNCOUNTED.search(fold(item))
    ]
    found = list(steps)
    for item in named:
        time, words = parse_step_time(re.sub(r"\(.*\)", "", item)), " ".join(fold(item).split()[:3])
        same = [i for i, step in enumerate(steps) if step.time.hours == time.hours and words in fold(step.text)]
        if time.hours and len(same) == 1:
            step = found[same[0]]
            found[same[0]] = replace(step, time=replace(step.time, counting=Counting.NOT_COUNTED))
            draft.doubt(step.time.text, f"{step.label or step.key}: hàng tổng ghi phần việc này không tính thời gian.")
    return found


def _stages(draft: WorkflowDraft, steps: Sequence[WorkflowStep], unit: TimeUnit | None) -> tuple[Stage, ...]:
    """A stage may print its time in its name: "Quy trình giải quyết tại cấp tỉnh (05 ngày làm việc)"."""
    used = {step.stage for step in steps}
    found: dict[str, Stage] = {}
    for name, printed in draft.stages:
        bracket = re.search(r"\(([^()]*\d[^()]*)\)\s*$", name)
        total = parse_step_time(printed or (bracket[1] if bracket else ""), unit)
        if name in used and (name not in found or total.text):
            found[name] = Stage(name, total)
    return tuple(found.values())


# ---------------------------------------------------------------- sections of the ISO layout


def _from_sections(sections: Sequence[Section]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    rest: list[list[str]] = []
    for section in sections:
        folded = fold(section.title)
        lines = [line for line in section.lines if line]
        name = next((field for field, pattern in _FIELDS if pattern.match(folded)), None)
        if name and name not in fields:
            fields[name] = "\n".join(lines) or section.title
        elif folded.startswith("ho so luu"):
            fields["records"] = tuple(lines)
            kept = _RETENTION.search("\n".join(lines))
            fields["retention"] = clean(kept[1]) if kept else ""
        elif folded.startswith("bieu mau"):
            extra["forms"] = lines
        else:
            rest.append([section.number, section.title, *lines])
    if rest:
        extra["sections"] = rest
    return {**fields, "extra": extra} if extra else fields


def limit_of(draft: WorkflowDraft, case: str, printed: str) -> StepTime:
    """The time the law gives as printed above the steps: in the heading, or in the ISO part "Thời hạn giải quyết"."""
    if printed:
        return parse_step_time(printed)
    for section in draft.sections:
        if re.match(r"thoi (?:han|gian) giai quyet", fold(section.title)):
            text = "\n".join(section.lines) or section.title
            lines = [line for line in _ITEMS.split(text) if line and line.strip()]
            own = [line for line in lines if case and squeezed(case)[:120] in squeezed(line)]
            return parse_step_time(own[0] if own else text)
    return StepTime()


def sections_of(workflow: Workflow) -> Mapping[str, str]:
    """The ISO parts kept under their titles, for those who show them."""
    return {row[1]: "\n".join(row[2:]) for row in workflow.extra.get("sections", ()) if len(row) > 1}
