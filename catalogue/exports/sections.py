"""The parts of a text as numbered sections in the order of PHẦN II; nothing it holds for citizens is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalogue import glossary
from catalogue.exports import labels
from catalogue.exports.blocks import blocks_of, cell, one_line
from catalogue.exports.phrases import (
    basis_text,
    fee_lines,
    form_text,
    named_text,
    named_times,
    other_words,
    paper_text,
    prose_in,
    time_text,
)
from catalogue.exports.text import Block, Grid, Item, Items, Paragraph, Section, Subheading
from decisions.content import Case, Channel, Fee, Paper, ProcedureContent, Step

_AT_A_GLANCE = 500


def sections_of(content: ProcedureContent) -> tuple[Section, ...]:
    """The eleven sections, each numbered, and a last one for notes and keywords where there are any.

    A section the source left empty says so: an empty place on a wall sheet would read as "không có".
    """
    builders = (
        ("steps", _steps), ("channels", _channels), ("papers", _papers), ("times", _times), ("subjects", _subjects),
        ("bodies", _bodies), ("outcomes", _outcomes), ("fees", _fees), ("forms", _forms), ("conditions", _conditions),
        ("bases", _bases),
    )  # fmt: skip
    sections = [
        Section(f"{place}. {labels.SECTIONS[part]}", tuple(build(content)) or (Paragraph(labels.NO_INFORMATION),))
        for place, (part, build) in enumerate(builders, start=1)
    ]
    if others := tuple(_others(content)):
        sections.append(Section(f"{len(sections) + 1}. {labels.SECTIONS['others']}", others))
    return tuple(sections)


def _steps(content: ProcedureContent) -> Iterator[Block]:
    yield from _steps_of(content.steps)
    for case in content.cases:
        if case.steps:
            yield from _case_heading(case, content)
            yield from _steps_of(case.steps)


def _steps_of(steps: tuple[Step, ...]) -> Iterator[Block]:
    for step in steps:
        if name := one_line(step.name):
            yield Subheading(name)
        yield from blocks_of(step.text)
        yield from _paragraphs(prose_in(step.extra, known=f"{step.name} {step.text}"))


def _case_heading(case: Case, content: ProcedureContent) -> Iterator[Block]:
    name = " – ".join(part for part in (one_line(case.name).lstrip("*+-–• "), one_line(case.code)) if part)
    if name and (len(content.cases) > 1 or case.name):
        yield Subheading(name)


def _channels(content: ProcedureContent) -> Iterator[Block]:
    if content.channels:
        rows = tuple(_channel_row(channel) for channel in content.channels)
        header = ("Hình thức nộp", "Thời hạn giải quyết", "Phí, lệ phí", "Mô tả")
        yield _without_empty(Grid(header, rows, (16, 22, 30, 32)))
    if grade := labels.GRADES[content.online]:
        yield Paragraph(f"{grade}.", label="Dịch vụ công trực tuyến:")
    flags = content.flags
    marks = (
        (flags.non_territorial, "Thực hiện không phụ thuộc vào địa giới hành chính"),
        (flags.post_in, "Tiếp nhận hồ sơ qua dịch vụ bưu chính công ích"),
        (flags.post_out, "Trả kết quả qua dịch vụ bưu chính công ích"),
        (flags.joint, "Thủ tục hành chính liên thông"),
    )
    yield from _items(words for holds, words in marks if holds)


def _without_empty(grid: Grid) -> Grid:
    """The table without columns in which no row says anything; the first one always stays."""
    kept = [place for place in range(len(grid.header)) if not place or any(row[place] for row in grid.rows)]
    rows = tuple(tuple(row[place] for place in kept) for row in grid.rows)
    return Grid(tuple(grid.header[place] for place in kept), rows, tuple(grid.widths[place] for place in kept))


def _channel_row(channel: Channel) -> tuple[str, ...]:
    fees = brief("\n".join("\n".join(fee_lines(fee)) for fee in channel.fees), "fees")
    time = time_text(channel.time) if channel.time else ""
    others = prose_in(channel.extra, known=f"{channel.text} {time}")
    return (glossary.CHANNELS[channel.kind], time, fees, "\n".join(t for t in (cell(channel.text), *others) if t))


def brief(text: str, part: str) -> str:
    """The text, or where to find it when it is too long to be read at a glance."""
    if len(text) <= _AT_A_GLANCE:
        return text
    return f"Xem mục {list(labels.SECTIONS).index(part) + 1}. {labels.SECTIONS[part]}"


def _papers(content: ProcedureContent) -> Iterator[Block]:
    for case in content.cases:
        if case.papers:
            yield from _case_heading(case, content)
            rows = tuple(_paper_row(place, paper) for place, paper in enumerate(case.papers, start=1))
            yield Grid(("STT", "Tên giấy tờ", "Bản chính", "Bản sao", "Mẫu đơn, tờ khai"), rows, (7, 50, 10, 9, 24))
        yield from _paragraphs(prose_in(case.extra, known=case.name))
    # A case without papers, steps, time or fees of its own would otherwise be told nowhere.
    bare = [c for c in content.cases if not (c.papers or c.steps or c.time or c.fees)]
    if names := [name for case in bare if (name := one_line(case.name or case.code))]:
        yield Paragraph(labels.sentence("; ".join(names)), label="Các trường hợp khác:")
    if sets := one_line(content.dossier_sets):
        yield Paragraph(sets, label="Số lượng hồ sơ:")


def _paper_row(place: int, paper: Paper) -> tuple[str, ...]:
    forms = [form_text(form) for form in paper.forms]
    if paper.electronic:
        forms.append("Có biểu mẫu điện tử")
    originals, copies = (str(n) if n else "" for n in (paper.originals, paper.copies))
    return (str(place), paper_text(paper), originals, copies, "\n".join(f for f in forms if f))


def _times(content: ProcedureContent) -> Iterator[Block]:
    """Equal limits once; a limit that only some channels or cases have is labelled with them."""
    by_words: dict[tuple[str, bool], list[str]] = {}
    for name, limit in named_times(content):
        if words := time_text(limit):
            by_words.setdefault((words, bool(name)), []).append(name)
    ways = set(glossary.CHANNELS.values())
    for (words, named), names in by_words.items():
        if named and (words, False) in by_words:
            names = [name for name in names if name not in ways]  # the general limit says it for every channel
        if names:
            label = ", ".join(dict.fromkeys(name.rstrip(" :") for name in names))
            yield from _labelled(f"{label}:" if label else "", words)


def _subjects(content: ProcedureContent) -> Iterator[Block]:
    yield from _items(named_text(subject) for subject in content.subjects)


def _bodies(content: ProcedureContent) -> Iterator[Block]:
    for role, label in glossary.BODY_ROLES.items():
        if names := [n for body in getattr(content.bodies, role) if (n := named_text(body))]:
            yield Paragraph(labels.sentence("; ".join(names)), label=f"{label}:")
    yield from _labelled("Địa điểm tiếp nhận hồ sơ:", content.reception)
    yield from _labelled("Trả kết quả:", content.returning)


def _outcomes(content: ProcedureContent) -> Iterator[Block]:
    yield from _items(named_text(outcome) for outcome in content.outcomes)


def _fees(content: ProcedureContent) -> Iterator[Block]:
    """Fees in general, then by way of filing (equal ones together), then by case."""
    yield from _fee_items(content.fees)
    by_words: dict[tuple[tuple[str, ...], ...], list[Channel]] = {}
    for channel in content.channels:
        if channel.fees:
            by_words.setdefault(tuple(fee_lines(fee) for fee in channel.fees), []).append(channel)
    for channels in by_words.values():
        ways = ", ".join(dict.fromkeys(glossary.CHANNELS[channel.kind].lower() for channel in channels))
        yield Subheading(f"Nộp hồ sơ theo hình thức: {ways}")
        yield from _fee_items(channels[0].fees)
    for case in content.cases:
        if case.fees:
            yield Subheading(one_line(case.name or case.code) or "Trường hợp khác")
            yield from _fee_items(case.fees)


def _fee_items(fees: tuple[Fee, ...]) -> Iterator[Block]:
    items: list[Item] = []
    for fee in fees:
        channel = f"{glossary.CHANNELS[fee.channel]}: " if fee.channel else ""
        first, *rest = fee_lines(fee)
        items += [Item(f"{channel}{first}"), *(Item(line, "+", 1) for line in rest)]
    if items:
        yield Items(tuple(items))


def _forms(content: ProcedureContent) -> Iterator[Block]:
    forms = [*content.forms, *(form for paper in content.papers for form in paper.forms)]
    yield from _items(dict.fromkeys(form_text(form) for form in forms))


def _conditions(content: ProcedureContent) -> Iterator[Block]:
    yield from blocks_of(content.conditions)


def _bases(content: ProcedureContent) -> Iterator[Block]:
    yield from _items(labels.sentence(text) for basis in content.bases if (text := basis_text(basis)))


def _others(content: ProcedureContent) -> Iterator[Block]:
    yield from _labelled("Ghi chú:", content.note)
    if content.other_names:
        yield Paragraph("; ".join(one_line(name) for name in content.other_names), label="Tên gọi khác:")
    if content.keywords:
        yield Paragraph("; ".join(one_line(word) for word in content.keywords), label="Từ khóa:")
    yield from _paragraphs(other_words(content))


def _labelled(label: str, text: str) -> Iterator[Block]:
    """A long text after its label; the first paragraph stands on the line of the label."""
    blocks = blocks_of(text)
    if not blocks:
        return
    first, *rest = blocks
    if not label:
        yield first
    elif isinstance(first, Paragraph) and not first.label:
        yield Paragraph(first.text, label=label)
    else:
        yield Paragraph("", label=label)
        yield first
    yield from rest


def _items(texts: Iterable[str]) -> Iterator[Block]:
    items = tuple(Item(text) for text in texts if text)
    if items:
        yield Items(items)


def _paragraphs(texts: Iterable[str]) -> Iterator[Block]:
    for text in texts:
        yield from blocks_of(text)
