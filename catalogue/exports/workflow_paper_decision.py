"""The decision that approves workflows, with its annex: a list of procedures, then each workflow in a layout.

Skeleton of provincial decisions: head, subject, bases in italics, articles, recipients and signature, annex. A draft
has neither number nor day, and says that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from catalogue import glossary
from catalogue.exports import labels
from catalogue.exports.blocks import blocks_of, one_line
from catalogue.exports.editions import edition_code
from catalogue.exports.text import Block, Edition, Grid, Head, Item, Items, Paragraph
from catalogue.exports.workflow_paper import layout_parts, level_name
from catalogue.exports.workflow_paper_table import total_brief
from catalogue.exports.workflow_paper_values import Layout, Part
from decisions.content import ProcedureContent
from decisions.workflow import Workflow, workflow_hash

BLANK = "……"
"""Stands for a number or a day that is not given yet."""
DRAFT_SENTENCE = "Dự thảo, chưa ký, chưa có hiệu lực."
COPY_SENTENCE = "Bản in từ danh mục thủ tục hành chính; văn bản đã ký là bản chính."
NO_ARTICLES = "Danh mục chưa lưu lời của các điều; xem văn bản đã ký."
ANNEX_TITLE = "Quy trình nội bộ trong giải quyết thủ tục hành chính"
PROPOSED = "Các điều dưới đây do hệ thống đề xuất; người soạn sửa lại trước khi trình."


@dataclass(frozen=True)
class AnnexRow:
    """One row of the annex: a workflow for a procedure, or (``workflow`` None) the end of an older one."""

    name: str
    code: str = ""
    level: str = "unknown"
    annex: str = ""
    ordinal: str = ""
    workflow: Workflow | None = None
    content: ProcedureContent | None = None
    expires: str = ""


@dataclass(frozen=True)
class DecisionFacts:
    """The decision as recorded. ``whole`` False prints the annex alone: the list of procedures stands elsewhere.

    ``head`` holds body, number and day of the decision; ``authority`` who decides; ``reference`` is the line that ties
    the annex to it; ``articles`` are (label, words); ``effect`` the words on when it takes effect.
    """

    head: Head
    today: date
    authority: str
    reference: str
    subject: str = ""
    bases: tuple[str, ...] = ()
    proposal: str = ""
    articles: tuple[tuple[str, str], ...] = ()
    recipients: tuple[str, ...] = ()
    capacity: str = ""
    signer: str = ""
    effect: str = ""
    draft: bool = False
    whole: bool = True


@dataclass(frozen=True)
class Article:
    """ "Điều 1." and its words; the first block stands on the line of the label."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class DecisionFront:
    """What stands before the annex."""

    subject: str
    authority: str
    bases: tuple[str, ...]
    articles: tuple[Article, ...]
    recipients: tuple[str, ...]
    capacity: str
    signer: str


@dataclass(frozen=True)
class Annex:
    """One annex under its label."""

    label: str
    title: str
    reference: str
    parts: tuple[Part, ...]
    landscape: bool


@dataclass(frozen=True)
class DecisionText:
    """The whole paper; ``front`` is None where only the annex is printed."""

    head: Head
    title: str
    front: DecisionFront | None
    annexes: tuple[Annex, ...]
    edition: Edition
    banner: str
    draft: bool


def decision_text(rows: Sequence[AnnexRow], facts: DecisionFacts, layout: Layout) -> DecisionText:
    """The paper of the workflows of one decision."""
    front = _front(rows, facts) if facts.whole else None
    annexes = tuple(_annex(label, tuple(found), facts, layout) for label, found in groupby(rows, lambda r: r.annex))
    hashes = [workflow_hash(row.workflow) for row in rows if row.workflow]
    words = [layout, facts.head.number, facts.head.day, repr(front), repr(annexes), *hashes]
    banner = DRAFT_SENTENCE if facts.draft else COPY_SENTENCE
    if front and facts.draft and not facts.articles:
        banner = f"{banner}\n{PROPOSED}"
    return DecisionText(
        head=facts.head,
        title=one_line(facts.subject) or ANNEX_TITLE,
        front=front,
        annexes=annexes,
        edition=Edition(edition_code("QD", words), facts.today),
        banner=banner,
        draft=facts.draft,
    )


# ---------------------------------------------------------------- before the annex


def _front(rows: Sequence[AnnexRow], facts: DecisionFacts) -> DecisionFront:
    articles = facts.articles or (tuple(proposed_articles(rows, facts)) if facts.draft else (("", NO_ARTICLES),))
    recipients = tuple(one_line(text) for text in facts.recipients if one_line(text))
    if not recipients and facts.draft:
        recipients = (f"Như Điều {len(articles)}", "Lưu: VT")
    return DecisionFront(
        subject=_about(facts.subject),
        authority=facts.authority,
        bases=tuple(_bases(facts)),
        articles=tuple(_article(label, words) for label, words in articles),
        recipients=tuple(f"- {text.lstrip('-–• ')}" for text in recipients),
        capacity="\n".join(map(one_line, re.split(r"\n|/", facts.capacity))),  # "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
        signer=one_line(facts.signer),
    )


def _about(subject: str) -> str:
    words = one_line(subject)
    return words if not words or words.lower().startswith("về ") else f"Về việc {words[:1].lower()}{words[1:]}"


def _bases(facts: DecisionFacts) -> Iterator[str]:
    """Each ends with ";", the last one with "." (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    texts = [_opened(text, "Căn cứ ") for text in facts.bases if one_line(text)]
    if one_line(facts.proposal):
        texts.append(_opened(facts.proposal, "Theo đề nghị của "))
    for place, text in enumerate(texts, 1):
        yield f"{text}{'.' if place == len(texts) else ';'}"


def _opened(text: str, opening: str) -> str:
    words = one_line(text).rstrip(" ;.,")
    return words if words.lower().startswith(("căn cứ", "theo ", "xét ")) else f"{opening}{words}"


def _article(label: str, words: str) -> Article:
    return Article(f"{one_line(label).rstrip('.:')}." if one_line(label) else "", blocks_of(words))


def proposed_articles(rows: Sequence[AnnexRow], facts: DecisionFacts) -> Iterator[tuple[str, str]]:
    """Three articles for a draft that has none yet, from what its annex holds."""
    adopted = sum(row.workflow is not None for row in rows)
    yield (
        "Điều 1",
        (
            f"Phê duyệt kèm theo Quyết định này {adopted:02} quy trình nội bộ trong giải quyết thủ tục hành chính "
            "(chi tiết tại Phụ lục kèm theo)."
        ),
    )
    ended = [row for row in rows if row.workflow is None]
    effect = one_line(facts.effect) or "có hiệu lực kể từ ngày ký"
    sentence = f"Quyết định này {effect[:1].lower()}{effect[1:].rstrip('. ')}."
    if ended:
        lines = (f"{place}. {_ended(row)}." for place, row in enumerate(ended, 1))
        sentence = "\n".join((f"{sentence} Các quy trình sau đây hết hiệu lực từ ngày đó:", *lines))
    yield "Điều 2", sentence
    yield (
        "Điều 3",
        (
            "Các cơ quan có quy trình được phê duyệt thiết lập quy trình điện tử theo nội dung tại Phụ lục. Chánh Văn "
            "phòng Ủy ban nhân dân tỉnh, thủ trưởng các cơ quan, đơn vị và cá nhân có liên quan chịu trách nhiệm thi "
            "hành Quyết định này./."
        ),
    )


def _ended(row: AnnexRow) -> str:
    named = " – ".join(part for part in (one_line(row.code), one_line(row.name)) if part)
    words = one_line(row.expires).rstrip(" .;")
    return f"{words} ({named})" if words and named and named not in words else words or named


# ---------------------------------------------------------------- the annex


def _annex(label: str, rows: tuple[AnnexRow, ...], facts: DecisionFacts, layout: Layout) -> Annex:
    landscape = layout is not Layout.ISO
    adopted = [row for row in rows if row.workflow is not None]
    ended = [row for row in rows if row.workflow is None]
    parts: list[Part] = []
    if adopted:
        parts.append(Part(f"Danh mục quy trình ({labels.count(len(adopted))})", (_list(adopted),)))
        parts += [part for place, row in enumerate(adopted, 1) for part in _item(place, row, layout)]
    if ended:
        items = Items(tuple(Item(f"{_ended(row)}.", f"{place}.") for place, row in enumerate(ended, 1)))
        parts.append(Part(f"Quy trình hết hiệu lực ({labels.count(len(ended))})", (items,)))
    turned = tuple(replace(part, landscape=part.landscape or landscape) for part in parts)
    return Annex(one_line(label) or "Phụ lục", ANNEX_TITLE, facts.reference, turned, landscape)


def _list(rows: Iterable[AnnexRow]) -> Grid:
    header = ("STT", "Mã thủ tục", "Tên thủ tục hành chính", "Cấp thực hiện", "Ký hiệu, trường hợp", "Tổng thời gian")
    return Grid(header, tuple(_listed(place, row) for place, row in enumerate(rows, 1)), (6, 13, 36, 11, 22, 16))


def _listed(place: int, row: AnnexRow) -> tuple[str, ...]:
    workflow = row.workflow or Workflow("")
    named = "\n".join(text for text in (one_line(workflow.symbol), one_line(workflow.case)) if text)
    code = one_line(row.code) or labels.NO_CODE
    return (row.ordinal or str(place), code, one_line(row.name), level_name(row.level), named, total_brief(workflow))


def _item(place: int, row: AnnexRow, layout: Layout) -> Iterator[Part]:
    """One workflow under a heading of its own; its parts rank below."""
    assert row.workflow is not None
    workflow = row.workflow
    code = one_line(row.code)
    heading = (
        f"Quy trình số {row.ordinal or place}: {one_line(row.name or workflow.name)}{f' ({code})' if code else ''}"
    )
    told = (
        ("Ký hiệu:", "" if layout is Layout.ISO else one_line(workflow.symbol)),
        ("Trường hợp áp dụng:", one_line(workflow.case)),
        ("Cách nộp:", glossary.CHANNELS[workflow.channel] if workflow.channel else ""),
        ("Phạm vi:", "Không phụ thuộc địa giới hành chính" if workflow.non_territorial else ""),
    )
    yield Part(heading, tuple(Paragraph(text, label) for label, text in told if text))
    for part in layout_parts(workflow, row.content, layout):
        yield replace(part, rank=part.rank + 1)
