"""A workflow on paper: the text of one workflow in each layout, for PDF and Word.

The ISO layout (``workflow_paper_iso``) and three plain tables differ in what stands around the steps and in the order
of the columns; what is told of each step is the same (``workflow_paper_table``).
"""

from __future__ import annotations

from collections.abc import Iterator

from catalogue import glossary
from catalogue.exports import labels
from catalogue.exports.blocks import blocks_of, one_line
from catalogue.exports.editions import edition_code
from catalogue.exports.text import Block, Edition, Fact, Paragraph
from catalogue.exports.workflow_paper_iso import iso_parts, other_sections
from catalogue.exports.workflow_paper_table import step_table
from catalogue.exports.workflow_paper_values import Layout, Part, WorkflowFacts, WorkflowText
from decisions.content import ProcedureContent
from decisions.kinds import Level
from decisions.workflow import Workflow, WorkflowKind, workflow_hash

TITLES = {WorkflowKind.INTERNAL: "Quy trình nội bộ", WorkflowKind.ELECTRONIC: "Quy trình điện tử"}


def workflow_text(
    workflow: Workflow, content: ProcedureContent | None, facts: WorkflowFacts, layout: Layout
) -> WorkflowText:
    """The paper of one workflow; ``content`` is the text of its procedure, where one is known."""
    parts = layout_parts(workflow, content, layout)
    told = _facts(workflow, facts)
    words = [layout, facts.code, facts.level, workflow_hash(workflow), *(fact.text for fact in told), repr(parts)]
    return WorkflowText(
        head=facts.head,
        title=TITLES[workflow.kind],
        name=one_line(facts.name or workflow.name),
        facts=told,
        parts=parts,
        edition=Edition(edition_code(facts.code or "QT", words), facts.today, facts.address),
        banner=_banner(facts),
        draft=facts.draft,
    )


def layout_parts(workflow: Workflow, content: ProcedureContent | None, layout: Layout) -> tuple[Part, ...]:
    """The parts of one workflow in a layout, without what stands above them."""
    if layout is Layout.ISO:
        return iso_parts(workflow, content)
    table = step_table(workflow, content, layout)
    return (Part("", (table, *_remarks(workflow)), landscape=True),)


def level_name(level: str) -> str:
    """The level in words; on paper one that nobody knows is left out."""
    return "" if level == Level.UNKNOWN else glossary.LEVELS[level]


def _remarks(workflow: Workflow) -> Iterator[Block]:
    """What belongs to a workflow besides its steps, and parts that it prints below them."""
    if note := blocks_of(workflow.note):
        yield Paragraph("", label="Ghi chú:")
        yield from note
    if records := [one_line(record) for record in workflow.records if one_line(record)]:
        yield Paragraph("; ".join(records), label="Hồ sơ lưu:")
    if workflow.retention:
        yield Paragraph(one_line(workflow.retention), label="Thời gian lưu:")
    for title, *lines in other_sections(workflow):
        yield Paragraph("", label=one_line(title)) if lines else Paragraph(one_line(title))
        for line in lines:
            yield from blocks_of(line)


def _facts(workflow: Workflow, facts: WorkflowFacts) -> tuple[Fact, ...]:
    pairs = (
        ("Mã thủ tục", one_line(facts.code) or labels.NO_CODE),
        ("Cấp thực hiện", level_name(facts.level)),
        ("Ký hiệu quy trình", one_line(workflow.symbol)),
        ("Trường hợp áp dụng", one_line(workflow.case)),
        ("Cách nộp", glossary.CHANNELS[workflow.channel] if workflow.channel else ""),
        ("Địa giới hành chính", "Giải quyết không phụ thuộc địa giới hành chính" if workflow.non_territorial else ""),
        ("Văn bản phê duyệt", one_line(facts.decision)),
        ("Áp dụng", _period(facts)),
        ("Cần rà soát", _moved(facts)),
    )
    return tuple(Fact(label, text) for label, text in pairs if text)


def _period(facts: WorkflowFacts) -> str:
    if facts.valid_from is None:
        return ""
    until = f" {labels.until(facts.valid_until)}" if facts.valid_until else ""
    return f"Từ ngày {labels.day(facts.valid_from)}{until}"


def _moved(facts: WorkflowFacts) -> str:
    if not facts.moved:
        return ""
    return f"Nội dung thủ tục đã thay đổi sau khi phê duyệt quy trình: {', '.join(facts.moved)}."


def _banner(facts: WorkflowFacts) -> str:
    if facts.draft:
        return "Dự thảo, chưa được phê duyệt, chưa áp dụng."
    if not facts.binds:
        return f"Ngày {labels.day(facts.on)} quy trình này không áp dụng."
    if facts.on == facts.today:
        return ""
    return f"Quy trình theo ngày {labels.day(facts.on)}, in ngày {labels.day(facts.today)}."
