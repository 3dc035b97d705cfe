"""A table row taken apart: converters glue a line, the next heading and the next header into one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from catalogue.imports.decision_labels import (
    column_of,
    is_arabic,
    is_code,
    is_ordinal_label,
    is_workflow_start,
    names_procedures,
    names_workflow,
)
from catalogue.imports.decision_values import Column
from catalogue.imports.decision_word import Cell, Row
from decisions.text import fold

_LABEL_LENGTH = 300


class TableKind(StrEnum):
    """What a header announces."""

    LISTING = "listing"
    WORKFLOW = "workflow"
    OTHER = "other"


@dataclass(frozen=True)
class SchemaColumn:
    """One column of a header; ``start`` is relative to the first header cell."""

    label: str
    column: Column
    start: int
    span: int


@dataclass(frozen=True)
class Schema:
    """One header: the columns below which the following rows stand."""

    kind: TableKind
    columns: tuple[SchemaColumn, ...]

    @cached_property
    def roles(self) -> tuple[Column, ...]:
        """The meanings in order."""
        return tuple(column.column for column in self.columns)

    def at(self, start: int) -> int:
        """The index of the column over a relative grid position; beyond the last one, the next free index."""
        for index, column in enumerate(self.columns):
            if column.start <= start < column.start + column.span:
                return index
        return len(self.columns)


@dataclass(frozen=True)
class Segments:
    """A row's parts in printed order: cells of data, a heading glued behind them, the header that follows it."""

    data: tuple[Cell, ...]
    heading: str
    schema: Schema | None


def take_apart(row: Row, width: int) -> Segments:
    """Splits a row; ``width`` is the number of columns in force (0: none), which bounds what can be data."""
    cells = row.cells
    for index in range(len(cells)):
        if schema := _header_at(cells[index:], first=index == 0):
            heading = cells[index - 1].text if index and _is_heading(cells, index, width) else ""
            return Segments(cells[: index - 1 if heading else index], heading, schema)
    return Segments(cells, "", None)


def _is_heading(cells: Sequence[Cell], index: int, width: int) -> bool:
    text = fold(cells[index - 1].text)
    names = any(word in text for word in ("danh muc", "thu tuc", "tthc", "phu luc", "quy trinh", "phan ", "truong hop"))
    return bool(text) and (names or index - 1 >= width or not width)


def _header_at(cells: Sequence[Cell], *, first: bool) -> Schema | None:
    texts = [cell.text for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    labels = [text for text in texts if text]
    if len(labels) < 2 or not texts[0] or any(is_arabic(text) or is_code(text) for text in labels):
        return None
    numbered, steps = is_ordinal_label(texts[0]), is_workflow_start(texts[0])
    unnumbered = first and names_procedures(labels) and all(_is_label(text) for text in labels)
    if not (numbered or steps or unnumbered):
        return None
    if steps and (not names_workflow(labels) or any(len(text) > _LABEL_LENGTH for text in labels)):
        return None  # "Trình tự thực hiện" beside its whole text is a part of a procedure, not a header
    return _schema(cells[: len(texts)], labels)


def _is_label(text: str) -> bool:
    return len(text) < 90 and column_of(text) is not Column.OTHER


def _schema(cells: Sequence[Cell], labels: list[str]) -> Schema:
    kind = TableKind.OTHER
    if names_procedures(labels):
        kind = TableKind.LISTING
    elif names_workflow(labels):
        kind = TableKind.WORKFLOW
    start = cells[0].column
    columns = [SchemaColumn(cell.text, column_of(cell.text), cell.column - start, cell.span) for cell in cells]
    return Schema(kind, tuple(_with_old_code(columns)))


def _with_old_code(columns: list[SchemaColumn]) -> list[SchemaColumn]:
    """In a table old -> new a plain "Mã số" in front of the replaced name is the code of the replaced one."""
    roles = [column.column for column in columns]
    if Column.OLD_NAME in roles and Column.CODE in roles[: roles.index(Column.OLD_NAME)]:
        index = roles.index(Column.CODE)
        columns[index] = replace(columns[index], column=Column.OLD_CODE)
    return columns


# ---------------------------------------------------------------- a second header row

_PARENTS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("muc do", "bcci", "buu chinh", "toan trinh", "mot phan"), ("cach thuc", "truc tuyen", "dich vu cong", "dvc")),
    (("theo quy dinh", "cat giam"), ("thoi han", "thoi gian")),
    (("trung tam", "bo phan", "cap xa", "cap tinh"), ("diem tiep nhan", "dia diem", "noi tiep nhan", "tiep nhan")),
)


def with_second_row(schema: Schema, row: Row) -> Schema | None:
    """The schema with the sub-labels of a second header row ("Theo quy định | Sau cắt giảm"); None if it is none."""
    texts = [cell for cell in row.cells if cell.text and not cell.merged]
    if not texts or len(texts) > len(schema.columns) or any(not _is_sublabel(cell.text) for cell in texts):
        return None
    if any(cell.merged for cell in row.cells):
        return _split_by_grid(schema, row)
    parent = _parent_of(schema, [fold(cell.text) for cell in texts])
    return _split(schema, parent, [cell.text for cell in texts]) if parent is not None and len(texts) > 1 else None


def _is_sublabel(text: str) -> bool:
    return len(text) < 90 and not is_arabic(text) and not is_code(text)


def _split_by_grid(schema: Schema, row: Row) -> Schema | None:
    parents = [column for column in schema.columns if column.span > 1]
    if not parents:
        return None
    first = row.cells[0].column
    below = [cell for cell in row.cells if cell.text and not cell.merged]
    columns: list[SchemaColumn] = []
    for column in schema.columns:
        subs = [c for c in below if column.start <= c.column - first < column.start + column.span]
        if column.span > 1 and subs:
            columns += [_sub(column, c.text, c.column - first, c.span) for c in subs]
        else:
            columns.append(column)
    return Schema(schema.kind, tuple(columns)) if len(columns) > len(schema.columns) else None


def _sub(parent: SchemaColumn, text: str, start: int, span: int) -> SchemaColumn:
    own = column_of(text)
    column = own if own in (Column.ONLINE, Column.POSTAL) else parent.column
    return SchemaColumn(f"{parent.label} – {text}", column, start, span)


def _parent_of(schema: Schema, subs: list[str]) -> int | None:
    for signs, parents in _PARENTS:
        if all(any(sign in sub for sign in signs) for sub in subs):
            for index, column in enumerate(schema.columns):
                if any(word in fold(column.label) for word in parents):
                    return index
    return None


def _split(schema: Schema, parent: int, subs: list[str]) -> Schema:
    """Where the grid was lost, the columns behind the parent move right."""
    over, extra = schema.columns[parent], len(subs) - schema.columns[parent].span
    inner = [_sub(over, text, over.start + offset, 1) for offset, text in enumerate(subs)]
    behind = [SchemaColumn(c.label, c.column, c.start + max(extra, 0), c.span) for c in schema.columns[parent + 1 :]]
    return Schema(schema.kind, (*schema.columns[:parent], *inner, *behind))
