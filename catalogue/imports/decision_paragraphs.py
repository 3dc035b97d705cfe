"""Lists that are paragraphs instead of tables: "(1) Đăng ký …", "1. Đối với 03 thủ tục hành chính: - …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.imports.decision_context import Context, DecisionKinds, HeadingRank, Zone, is_attachment_note, rank_of
from catalogue.imports.decision_lines import LineDraft
from catalogue.imports.decision_segments import Schema, SchemaColumn, TableKind
from catalogue.imports.decision_values import Column
from catalogue.imports.decision_word import Block, Paragraph
from decisions.kinds import Level
from decisions.text import fold

_ITEM = re.compile(r"^\(?(\d{1,3})[.)]\s+(\S.{5,})$", re.DOTALL)
_SEVERAL = re.compile(r"^(?:doi voi )?\d+ (?:thu tuc hanh chinh|tthc)\b.*:?$")
_DASH = re.compile(r"^[-–+]\s*(\S.{5,})$", re.DOTALL)
_PROCEDURE = re.compile(r"^(?:ten )?(?:thu tuc|tthc)\b")
_NAME_PREFIX = re.compile(r"^(?:tên\s+)?(?:thủ tục hành chính|thủ tục|TTHC)\s*:\s*", re.IGNORECASE)

_SCHEMA = Schema(
    TableKind.LISTING,
    (SchemaColumn("Số thứ tự", Column.ORDINAL, 0, 1), SchemaColumn("Tên thủ tục hành chính", Column.NAME, 1, 1)),
)


@dataclass(frozen=True)
class ParagraphRead:
    """Lines found in paragraphs, and headings above them as (id, text, place)."""

    drafts: tuple[LineDraft, ...]
    groups: tuple[tuple[int, str, str], ...]


def read_paragraph_lists(
    blocks: Sequence[Block], whole: DecisionKinds, level: Level | None, sector: str
) -> ParagraphRead:
    """Lines of annexes that have no list table; call only when the tables gave none."""
    context = Context(whole, level, sector)
    drafts: list[LineDraft] = []
    groups: list[tuple[int, str, str]] = []
    several = False
    for block in blocks:
        if not isinstance(block, Paragraph) or is_attachment_note(block.text):
            continue
        if _entered(block.text, context, groups):
            several = False
            continue
        item, dashed = _ITEM.match(block.text), _DASH.match(block.text)
        if item and _SEVERAL.match(fold(item[2])):
            several = True
        elif item and _is_listed(block.text, item, context):
            several = False
            drafts.append(_draft(context, item[1], item[2]))
        elif several and dashed and "nội dung" not in block.text[:20].lower():
            drafts.append(_draft(context, "", dashed[1]))
        else:
            several = several and bool(dashed)
    return ParagraphRead(tuple(drafts), tuple(groups))


def _entered(text: str, context: Context, groups: list[tuple[int, str, str]]) -> bool:
    """Whether a paragraph is a heading; it then changes the context."""
    rank = rank_of(text)
    if rank is HeadingRank.ANNEX or (rank is HeadingRank.TITLE and not context.annex):
        context.start_annex(text)
        return True
    if context.titling and rank in (HeadingRank.TITLE, HeadingRank.NONE) and not _ITEM.match(text):
        context.extend_annex(text)
        return True
    context.titling = False
    if rank in (HeadingRank.PART, HeadingRank.TITLE):
        context.start_part(text)
        return True
    if rank is HeadingRank.SECTION and re.match(r"\s*(?:[IVX]+|[A-HĐ])\s*[.)]", text):
        groups.append((context.enter_group(re.sub(r"^\s*\w+\s*[.)]\s*", "", text)), text, "phụ lục"))
        return True
    return False


def _is_listed(text: str, item: re.Match[str], context: Context) -> bool:
    if context.zone is not Zone.LISTING or not context.annex:
        return False
    return text.startswith("(") or bool(_PROCEDURE.match(fold(item[2])))


def _draft(context: Context, ordinal: str, name: str) -> LineDraft:
    kind, doubt = context.line_kind()
    draft = LineDraft(
        _SCHEMA, 0, [0], ordinal, context.annex, context.part, context.section, kind, context.line_level(),
        context.line_sector(), tuple(context.groups.values()),
    )  # fmt: skip
    draft.texts = {0: ordinal, 1: _NAME_PREFIX.sub("", name).strip()}
    if doubt:
        draft.doubts.append(doubt)
    return draft
