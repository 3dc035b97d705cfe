"""The annexes read row by row: every row gets an account, every listing row becomes a line or is unexplained."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalogue.imports.decision_context import (
    Context,
    DecisionKinds,
    HeadingRank,
    Zone,
    rank_of,
    split_at_note,
)
from catalogue.imports.decision_labels import (
    header_kind,
    is_arabic,
    is_code,
    is_group_text,
    is_lettered,
    is_step,
    is_total,
)
from catalogue.imports.decision_lines import LineDraft
from catalogue.imports.decision_segments import Schema, TableKind, take_apart, with_second_row
from catalogue.imports.decision_values import Column, Doubt, RowAccount, RowRole, Unexplained, short_annex
from catalogue.imports.decision_word import Block, Cell, Paragraph, Row, Table
from decisions.kinds import ChangeKind, Level
from decisions.text import fold

_NOTE = re.compile(r"^(?:[-*_]*\s*)?(?:luu y|ghi chu|chu thich|\[\d+\]|\(\d\)|\d\s|tong so|mau so)")
_SIGNATURE = re.compile(r"nơi nhận|chủ tịch|giám đốc|bộ trưởng|thứ trưởng|cộng hòa xã hội|\bsố:", re.IGNORECASE)


@dataclass
class AnnexRead:
    """What the annexes gave so far. ``groups``: id, text and place of headings that may state a count."""

    drafts: list[LineDraft] = field(default_factory=list)
    accounts: list[RowAccount] = field(default_factory=list)
    unexplained: list[Unexplained] = field(default_factory=list)
    groups: list[tuple[int, str, str]] = field(default_factory=list)
    annexes: list[str] = field(default_factory=list)
    loose: list[tuple[str, str]] = field(default_factory=list)


class AnnexReader:
    """Reads the blocks behind the signature in printed order."""

    def __init__(self, whole: DecisionKinds, subject_level: Level | None, subject_sector: str) -> None:
        self.read = AnnexRead()
        self._context = Context(whole, subject_level, subject_sector)
        self._schema: Schema | None = None
        self._fresh_header = False
        self._totals = False
        self._last: LineDraft | None = None
        self._default: Schema | None = None

    def all(self, blocks: Sequence[Block]) -> AnnexRead:
        """Reads everything; call once."""
        self._default = _first_listing(blocks)
        for index, block in enumerate(blocks):
            if isinstance(block, Table):
                self._table(block)
            else:
                self._paragraph(block, blocks[index + 1 : index + 2])
        self._settle_torn()
        return self.read

    def _settle_torn(self) -> None:
        """Rows that stand before any annex title belong to the list whose header they borrowed."""
        titled = [draft for draft in self.read.drafts if draft.annex]
        for draft in self.read.drafts:
            owner = next((d for d in titled if d.schema.columns == draft.schema.columns), None)
            if not draft.annex and owner and draft.kind is ChangeKind.UNKNOWN:
                draft.kind, draft.annex, draft.section = owner.kind, owner.annex, owner.section
                draft.doubts.append(
                    Doubt(
                        "", draft.kind.value, "Bảng đứng trước tên phụ lục; loại lấy theo danh mục cùng cột phía sau."
                    )
                )

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, block: Paragraph, following: Sequence[Block]) -> None:
        text, context = block.text, self._context
        title, behind = split_at_note(text)
        if title != text:
            if title:
                self._paragraph(Paragraph(title), [])
            context.titling = False
            text = behind
            if not text:
                return
        rank = rank_of(text)
        plain = rank is HeadingRank.NONE and (not following or isinstance(following[0], Paragraph))
        if context.titling and (plain or rank is HeadingRank.TITLE) and not _NOTE.match(fold(text)):
            context.extend_annex(text)
            self._name_annex()
            return
        if not self._heading(text, rank):
            self._text_between(text, following)

    def _heading(self, text: str, rank: HeadingRank) -> bool:
        context = self._context
        if rank is HeadingRank.NONE:
            return False
        self._leave_table()
        if rank is HeadingRank.ANNEX or (rank is HeadingRank.TITLE and not context.annex):
            context.start_annex(text)
            self.read.annexes.append(context.annex)
        elif rank is HeadingRank.PART:
            context.start_part(text)
        else:
            context.start_section(text)
        group = context.open_heading()
        if context.zone is Zone.LISTING:
            self.read.groups.append((group, text, short_annex(context.annex)))
        return True

    def _name_annex(self) -> None:
        if self.read.annexes:
            self.read.annexes[-1] = self._context.annex

    def _text_between(self, text: str, following: Sequence[Block]) -> None:
        """Text between two tables may be a cell that fell out of the last row."""
        self._context.titling = False
        continues = following and isinstance(following[0], Table) and not take_apart(following[0].rows[0], 0).schema
        if self._last and self._last.lacks and continues and not _NOTE.match(fold(text)) and self._in_listing:
            self._last.extend([Cell(text, 0, 1, merged=False)], 0)
        else:
            self.read.loose.append((self._context.annex, text))

    @property
    def _in_listing(self) -> bool:
        return self._schema is not None and self._schema.kind is TableKind.LISTING

    def _leave_table(self) -> None:
        self._schema, self._last, self._totals = None, None, False

    # ------------------------------------------------------------ tables

    def _table(self, table: Table) -> None:
        self._context.titling = False
        self._totals = False
        if self._schema is None and self._default and _looks_listed(table) and self._context.zone is Zone.LISTING:
            self._schema = self._default
        elif self._schema and self._schema.kind is not TableKind.LISTING:
            self._schema = None
        for row in table.rows:
            self._row(table, row)

    def _row(self, table: Table, row: Row) -> None:
        if not any(cell.text for cell in row.cells):
            self._account(table, row, RowRole.EMPTY, "")
            return
        if self._fresh_header and self._schema and (wider := self._second_header(row)):
            self._schema, self._fresh_header = wider, False
            self._account(table, row, RowRole.HEADER, row.text)
            return
        self._fresh_header = False
        parts = take_apart(row, len(self._schema.columns) if self._schema else 0)
        data, heading = self._heading_in_front(parts.data, parts.heading)
        if any(cell.text for cell in data):
            self._data(table, row, data)
        if heading:
            self._glued_heading(table, row, heading)
        if parts.schema:
            self._header(table, row, parts.schema)

    def _second_header(self, row: Row) -> Schema | None:
        assert self._schema is not None
        texts = [cell.text for cell in row.cells if cell.text]
        if len(texts) == 1 and is_group_text(texts[0]):
            return None
        return with_second_row(self._schema, row)

    def _heading_in_front(self, data: tuple[Cell, ...], heading: str) -> tuple[tuple[Cell, ...], str]:
        """ "PHỤ LỤC 3 NỘI DUNG …" glued before cells that are no list any more."""
        if data and rank_of(data[0].text) in (HeadingRank.ANNEX, HeadingRank.PART) and len(data[0].text) > 12:
            self._heading(data[0].text, rank_of(data[0].text))
            return data[1:], heading
        return data, heading

    def _glued_heading(self, table: Table, row: Row, heading: str) -> None:
        if is_total(heading):
            self._account(table, row, RowRole.TOTAL, heading)
            return
        title, behind = split_at_note(heading)
        rank = rank_of(title)
        if rank is HeadingRank.NONE:
            rank = HeadingRank.SECTION
        elif rank is HeadingRank.TITLE and title != heading:
            rank = HeadingRank.ANNEX
        self._heading(title, rank)
        if behind:
            self._heading(behind, _at_least_section(rank_of(behind)))
        self._account(table, row, RowRole.GROUP, heading)

    def _header(self, table: Table, row: Row, schema: Schema) -> None:
        self._schema, self._fresh_header, self._totals = schema, True, False
        if schema.kind is TableKind.LISTING:
            self._context.header_kind = header_kind([column.label for column in schema.columns])
            self._default = self._default or schema
        else:
            self._last = None
        self._account(table, row, RowRole.HEADER, " | ".join(c.label for c in schema.columns if c.label))

    # ------------------------------------------------------------ rows

    def _data(self, table: Table, row: Row, cells: tuple[Cell, ...]) -> None:
        text = " | ".join(cell.text for cell in cells if cell.text)
        if not self._in_listing:
            role = self._foreign_role(cells)
            if role is RowRole.UNEXPLAINED:
                self.read.unexplained.append(Unexplained(text, self._place(table, row)))
            self._account(table, row, role, text)
            return
        start = _start_of(cells, self._schema)
        cells = tuple(cell for cell in cells if cell.column >= start)
        role = self._listing_role(cells)
        if role is RowRole.GROUP:
            group = self._context.enter_group(_group_text(cells), _group_number(cells))
            self.read.groups.append((group, text, self._place(table, row)))
        elif role is RowRole.LINE:
            self._line(table, row, cells, start)
        elif role is RowRole.CONTINUATION and self._last:
            self._last.extend(cells, start)
            if self._last.table == table.number:
                self._last.rows.append(row.number)
        elif role is RowRole.WORKFLOW:
            self._schema = None
        elif role is RowRole.UNEXPLAINED:
            self.read.unexplained.append(Unexplained(text, self._place(table, row)))
        self._totals = role is RowRole.TOTAL
        self._account(table, row, role, text)

    def _foreign_role(self, cells: tuple[Cell, ...]) -> RowRole:
        if self._schema is None and not self._context.annex and any(_SIGNATURE.search(c.text) for c in cells):
            return RowRole.HEAD
        steps = any(is_step(cell.text) for cell in cells[:2]) and sum(bool(cell.text) for cell in cells) > 1
        workflow = self._schema is not None and self._schema.kind is TableKind.WORKFLOW
        if steps or workflow or self._context.zone is Zone.WORKFLOW:
            return RowRole.WORKFLOW
        return RowRole.UNEXPLAINED if self._promises_a_list(cells) else RowRole.OTHER

    def _promises_a_list(self, cells: tuple[Cell, ...]) -> bool:
        """Numbered rows under a heading "Danh mục …" whose header named no procedures: perhaps a list after all."""
        context = self._context
        promised = "danh muc" in fold(f"{context.annex} {context.part} {context.section}")
        listed = any(draft.annex == context.annex for draft in self.read.drafts)
        numbered = is_arabic(cells[0].text) and any(len(cell.text) > 7 for cell in cells[1:])
        return context.zone is Zone.LISTING and promised and not listed and numbered

    def _listing_role(self, cells: tuple[Cell, ...]) -> RowRole:
        texts = [cell.text for cell in cells if cell.text]
        if is_total(texts[0]) or (self._totals and not is_arabic(texts[0])):
            return RowRole.TOTAL
        if is_step(texts[0]):
            return RowRole.WORKFLOW
        if len(texts) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?", text) for text in texts):
            return RowRole.HEADER
        if _is_group(cells, texts, self._schema):
            return RowRole.GROUP
        if self._opens_line(cells, texts):
            return RowRole.LINE
        if self._last is not None:
            return RowRole.CONTINUATION
        return RowRole.UNEXPLAINED

    def _opens_line(self, cells: tuple[Cell, ...], texts: list[str]) -> bool:
        assert self._schema is not None
        numbered = Column.ORDINAL in self._schema.roles
        if numbered and is_arabic(cells[0].text):
            return True
        if any(is_code(cell.text) for cell in cells[:3]) and len(texts) > 1:
            return True
        return not numbered and len(texts) > 1

    def _line(self, table: Table, row: Row, cells: tuple[Cell, ...], start: int) -> None:
        assert self._schema is not None
        context = self._context
        kind, doubt = context.line_kind()
        draft = LineDraft(
            self._schema, table.number, [row.number], cells[0].text if is_arabic(cells[0].text) else "",
            context.annex, context.part, context.section, kind, context.line_level(), context.line_sector(),
            tuple(context.groups.values()),
        )  # fmt: skip
        draft.place(cells, start)
        if doubt:
            draft.doubts.append(doubt)
        self.read.drafts.append(draft)
        self._last = draft

    def _account(self, table: Table, row: Row, role: RowRole, text: str) -> None:
        self.read.accounts.append(RowAccount(table.number, row.number, role, text))

    def _place(self, table: Table, row: Row) -> str:
        where = f"bảng {table.number}, dòng {row.number}"
        return ", ".join(part for part in (short_annex(self._context.annex), where) if part)


def _at_least_section(rank: HeadingRank) -> HeadingRank:
    return HeadingRank.SECTION if rank is HeadingRank.NONE else rank


def _first_listing(blocks: Sequence[Block]) -> Schema | None:
    """The first list header of the document, second row included: for tables that were torn from their header."""
    for table in (block for block in blocks if isinstance(block, Table)):
        for index, row in enumerate(table.rows):
            schema = take_apart(row, 0).schema
            if schema and schema.kind is TableKind.LISTING:
                below = table.rows[index + 1] if index + 1 < len(table.rows) else None
                return (with_second_row(schema, below) if below else None) or schema
    return None


def _looks_listed(table: Table) -> bool:
    """Whether a table without a header holds rows of a list: a running number, then a code, in most rows."""
    coded = sum(any(is_code(cell.text) for cell in row.cells[:3]) for row in table.rows)
    return coded * 2 > len(table.rows)


def _start_of(cells: tuple[Cell, ...], schema: Schema | None) -> int:
    """The first grid column of a row: empty cells in front of its number are a shift, not blanks."""
    filled = [cell for cell in cells if cell.text]
    first = filled[0]
    shifted = first is not cells[0] and schema is not None and Column.ORDINAL in schema.roles
    numbered = is_arabic(first.text) or (is_lettered(first.text) and len(filled) > 1)
    merged = any(cell.merged for cell in cells if cell.column < first.column)
    return first.column if shifted and numbered and not merged else cells[0].column


def _is_group(cells: tuple[Cell, ...], texts: list[str], schema: Schema | None) -> bool:
    assert schema is not None
    if len(texts) == 1:
        return is_group_text(texts[0]) or is_lettered(texts[0])
    if len(texts) == 2 and is_lettered(texts[0]) and not is_code(texts[1]):
        return True
    short = len(texts) == 2 and len(schema.columns) > 3
    return short and is_arabic(texts[0]) and is_group_text(texts[1]) and not cells[-1].text


def _group_number(cells: tuple[Cell, ...]) -> str:
    texts = [cell.text for cell in cells if cell.text]
    return texts[0] if len(texts) > 1 and is_lettered(texts[0]) else ""


def _group_text(cells: tuple[Cell, ...]) -> str:
    texts = [cell.text for cell in cells if cell.text]
    return " ".join(texts[1:] if len(texts) > 1 and (is_lettered(texts[0]) or is_arabic(texts[0])) else texts)
