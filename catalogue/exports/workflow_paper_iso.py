"""A workflow in the ISO layout: 1 Ký hiệu, 2 Nội dung (2.1–2.10), 3 Biểu mẫu, 4 Hồ sơ lưu.

What the workflow prints of a part itself stands first; parts it leaves out are told from the text of its procedure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue import glossary
from catalogue.exports import labels
from catalogue.exports.blocks import blocks_of, cell, one_line
from catalogue.exports.phrases import form_text, named_text, paper_text
from catalogue.exports.sections import sections_of
from catalogue.exports.text import Block, Grid, Item, Items, Paragraph, Subheading
from catalogue.exports.workflow_paper_table import limit_words, step_table
from catalogue.exports.workflow_paper_values import Layout, Part, StepTable
from decisions.content import Case, Paper, ProcedureContent
from decisions.dossier import is_asked
from decisions.text import fold, spelling
from decisions.workflow import Workflow

NO_RECORDS = "Quy trình không nêu hồ sơ lưu."
NO_STEPS = "Quy trình chưa có bước nào."
_FRONT = (
    ("purpose", "Mục đích"), ("scope", "Phạm vi áp dụng"), ("references", "Tài liệu viện dẫn"),
    ("definitions", "Định nghĩa, từ viết tắt"),
)  # fmt: skip
_BEFORE = re.compile(
    r"(?:so theo doi|theo doi|bang theo doi|lich su) sua doi|bien soan|kiem tra$|phe duyet|lan ban hanh"
)
_HEADS = re.compile(r"noi dung quy trinh\W*$|ky hieu quy trinh\W*$")
_TICK_HEADS = {"ban chinh", "ban sao"}
_REMARK = re.compile(r"luu y|ghi chu")


@dataclass(frozen=True)
class _Subject:
    """The workflow with the text of its procedure; ``printed`` are its own words by number of the part."""

    workflow: Workflow
    content: ProcedureContent | None
    printed: Mapping[str, Sequence[Sequence[str]]]

    def told(self, part: str) -> tuple[Block, ...]:
        """A section of the procedure's own paper; empty where nothing is known."""
        if self.content is None:
            return ()
        blocks = dict(zip(labels.SECTIONS, sections_of(self.content), strict=False))[part].blocks
        return () if blocks == (Paragraph(labels.NO_INFORMATION),) else blocks


def iso_parts(workflow: Workflow, content: ProcedureContent | None) -> tuple[Part, ...]:
    """All parts in the order of the layout; front matter only where the workflow has it."""
    printed, before, after = _sorted_sections(workflow)
    subject = _Subject(workflow, content, printed)
    table = step_table(workflow, content, Layout.ISO)
    return (
        *_front(workflow, before),
        Part("1. Ký hiệu quy trình", (Paragraph(one_line(workflow.symbol) or "Quy trình chưa có ký hiệu."),)),
        Part("2. Nội dung quy trình"),
        *(_numbered(subject, number) for number in _TITLES if number != "2.10"),
        _steps(subject, table),
        Part("3. Biểu mẫu", tuple(_forms(subject)) or (Paragraph(labels.NO_INFORMATION),)),
        Part("4. Hồ sơ lưu", tuple(_records(workflow))),
        *_rest(after),
    )


_TITLES: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "2.1": ("Điều kiện thực hiện thủ tục hành chính", re.compile(r"(?:yeu cau,? )?dieu kien")),
    "2.2": ("Cách thức thực hiện thủ tục hành chính", re.compile(r"cach thuc")),
    "2.3": ("Thành phần hồ sơ", re.compile(r"thanh phan ho so")),
    "2.4": ("Số lượng hồ sơ", re.compile(r"so luong ho so")),
    "2.5": ("Thời hạn giải quyết", re.compile(r"thoi (?:han|gian) giai quyet")),
    "2.6": ("Địa điểm tiếp nhận hồ sơ và trả kết quả", re.compile(r"(?:dia diem|noi) (?:tiep nhan|nop|tra)")),
    "2.7": ("Cơ quan thực hiện thủ tục hành chính", re.compile(r"\W*co quan")),
    "2.8": ("Đối tượng thực hiện thủ tục hành chính", re.compile(r"doi tuong")),
    "2.9": ("Kết quả giải quyết thủ tục hành chính", re.compile(r"ket qua")),
    "2.10": ("Quy trình xử lý công việc", re.compile(r"quy trinh (?:xu ly|giai quyet|thuc hien)")),
}


# ---------------------------------------------------------------- what the workflow prints of its own


def _sorted_sections(
    workflow: Workflow,
) -> tuple[dict[str, list[list[str]]], list[list[str]], list[list[str]]]:
    """The printed parts by number of the layout, those that stand in front, and all others; heads alone are ours."""
    printed: dict[str, list[list[str]]] = {}
    before: list[list[str]] = []
    after: list[list[str]] = []
    for row in workflow.extra.get("sections", ()):
        if not isinstance(row, list | tuple) or len(row) < 2:
            continue
        _, title, *lines = (str(text) for text in row)
        folded = fold(title)
        number = next((n for n, (_, pattern) in _TITLES.items() if pattern.match(folded)), "")
        if number and len(title) < 120:
            printed.setdefault(number, []).append([title, *lines])
        elif lines or not _HEADS.match(folded):
            (before if _BEFORE.search(folded) else after).append([title, *lines])
    return printed, before, after


def other_sections(workflow: Workflow) -> list[list[str]]:
    """Printed parts (title, lines …) that are none of those numbered 2.1–2.10."""
    _, before, after = _sorted_sections(workflow)
    return [*before, *after]


def _own_words(subject: _Subject, number: str) -> Iterator[Block]:
    """The printed lines; a title of its own ("Cơ quan có thẩm quyền quyết định") stays with them."""
    for place, (title, *lines) in enumerate(subject.printed.get(number, ())):
        if place:
            yield Paragraph("", label=f"{one_line(title).lstrip('-–+• ').rstrip(' :')}:")
        for line in lines:
            yield from blocks_of(line)


def _numbered(subject: _Subject, number: str) -> Part:
    title, _ = _TITLES[number]
    blocks = tuple(_MAKERS[number](subject)) or (Paragraph(labels.NO_INFORMATION),)
    return Part(f"{number} {title}", blocks, rank=3)


def _own_or(number: str, otherwise: Callable[[_Subject], Iterable[Block]]) -> Callable[[_Subject], Iterable[Block]]:
    return lambda subject: tuple(_own_words(subject, number)) or tuple(otherwise(subject))


# ---------------------------------------------------------------- parts told from the text of the procedure


def _papers(subject: _Subject) -> Iterator[Block]:
    """A table with ticks for originals and copies; the printed lines where the text of the procedure has no papers."""
    printed = tuple(_own_words(subject, "2.3"))
    cases = _cases(subject)
    if not any(case.papers for case in cases):
        yield from _ticked(printed)
        return
    for case in cases:
        if case.papers:
            if len(cases) > 1 and one_line(case.name):
                yield Subheading(one_line(case.name))
            rows = tuple(_paper_row(paper) for paper in case.papers)
            yield Grid(("Giấy tờ", "Bản chính", "Bản sao"), rows, (74, 13, 13))
    yield from (block for block in printed if isinstance(block, Paragraph) and _REMARK.match(fold(block.text)))


def _ticked(printed: Iterable[Block]) -> list[Block]:
    """Printed lines without the heads of the columns; a tick on a line of its own belongs to the line before."""
    found: list[Block] = []
    for block in printed:
        words = fold(block.text) if isinstance(block, Paragraph) else ""
        if words == "x" and found and isinstance(found[-1], Paragraph):
            found[-1] = replace(found[-1], text=f"{found[-1].text} x")
        elif words not in _TICK_HEADS:
            found.append(block)
    return found


def _cases(subject: _Subject) -> list[Case]:
    """The case that the workflow is for, or all of them."""
    if subject.content is None:
        return []
    wanted = spelling(subject.workflow.case)
    own = [case for case in subject.content.cases if wanted and spelling(case.name) == wanted]
    return own or list(subject.content.cases)


def _paper_row(paper: Paper) -> tuple[str, str, str]:
    forms = [f"Mẫu: {words}" for form in paper.forms if (words := form_text(form))]
    ticks = (_tick(paper.originals), _tick(paper.copies)) if is_asked(paper) else ("", "")
    return ("\n".join((paper_text(paper), *forms)), *ticks)


def _tick(count: int) -> str:
    """ "x", with the number where it is not one."""
    return "" if not count else "x" if count == 1 else f"x ({count:02})"


def _sets(subject: _Subject) -> Iterator[Block]:
    if subject.content is not None:
        yield from blocks_of(subject.content.dossier_sets)


def _limits(subject: _Subject) -> Iterator[Block]:
    yield from blocks_of(limit_words(subject.workflow, subject.content))


def _places(subject: _Subject) -> Iterator[Block]:
    if subject.content is not None:
        yield from blocks_of(subject.content.reception)
        if returning := blocks_of(subject.content.returning):
            yield Paragraph("", label="Trả kết quả:")
            yield from returning


def _bodies(subject: _Subject) -> Iterator[Block]:
    if subject.content is None:
        return
    for role, label in glossary.BODY_ROLES.items():
        if names := [name for body in getattr(subject.content.bodies, role) if (name := named_text(body))]:
            yield Paragraph(labels.sentence("; ".join(names)), label=f"{label}:")


_MAKERS: Mapping[str, Callable[[_Subject], Iterable[Block]]] = {
    "2.1": _own_or("2.1", lambda subject: subject.told("conditions")),
    "2.2": _own_or("2.2", lambda subject: subject.told("channels")),
    "2.3": _papers,
    "2.4": _own_or("2.4", _sets),
    "2.5": _own_or("2.5", _limits),
    "2.6": _own_or("2.6", _places),
    "2.7": _own_or("2.7", _bodies),
    "2.8": _own_or("2.8", lambda subject: subject.told("subjects")),
    "2.9": _own_or("2.9", lambda subject: subject.told("outcomes")),
}


# ---------------------------------------------------------------- front matter, steps, forms, records


def _front(workflow: Workflow, sections: list[list[str]]) -> Iterator[Part]:
    for field, title in _FRONT:
        if blocks := blocks_of(getattr(workflow, field)):
            yield Part(title, blocks)
    yield from _titled(sections)


def _titled(sections: list[list[str]]) -> Iterator[Part]:
    for title, *lines in sections:
        yield Part(one_line(title), tuple(block for line in lines for block in blocks_of(line)))


def _steps(subject: _Subject, table: StepTable) -> Part:
    title = f"2.10 {_TITLES['2.10'][0]}"
    said = tuple(_own_words(subject, "2.10"))
    blocks = (*said, table) if subject.workflow.steps else (*said, Paragraph(NO_STEPS))
    return Part(title, (*blocks, *_note(subject.workflow)), rank=3, landscape=table.wide)


def _note(workflow: Workflow) -> Iterator[Block]:
    if found := blocks_of(workflow.note):
        yield Paragraph("", label="Ghi chú:")
        yield from found


def _forms(subject: _Subject) -> Iterator[Block]:
    """The printed list; without one, the control forms of the steps and the forms of the procedure."""
    printed = [text for line in subject.workflow.extra.get("forms", ()) if (text := cell(str(line)))]
    if printed:
        yield Items(tuple(Item(text) for text in printed))
        return
    control = [text for step in subject.workflow.steps for form in step.forms if (text := one_line(form))]
    if control:
        yield Paragraph("", label="Biểu mẫu kiểm soát:")
        yield Items(tuple(Item(text) for text in dict.fromkeys(control)))
    if blocks := subject.told("forms"):
        yield Paragraph("", label="Mẫu đơn, tờ khai:")
        yield from blocks


def _records(workflow: Workflow) -> Iterator[Block]:
    records = [text for record in workflow.records if (text := cell(record))]
    if records:
        yield Items(tuple(Item(text) for text in records))
    else:
        yield Paragraph(NO_RECORDS)
    if workflow.retention:
        yield Paragraph(one_line(workflow.retention), label="Thời gian lưu:")


def _rest(sections: list[list[str]]) -> Iterator[Part]:
    """Parts that the layout has no place for, under their own titles."""
    if not sections:
        return
    yield Part("Nội dung khác")
    for title, *lines in sections:
        if lines:
            yield Part(one_line(title), tuple(block for line in lines for block in blocks_of(line)), rank=3)
        else:
            yield Part("", (Paragraph(one_line(title)),))
