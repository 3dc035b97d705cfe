"""What the columns of a pasted table mean, and its rows as texts of the fields they fill."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.imports.pasted_table import PastedTable
from decisions.text import fold

SKIPPED = ""
ROLES: Mapping[str, Mapping[str, str]] = {
    "papers": {
        "name": "Tên giấy tờ", "originals": "Bản chính", "copies": "Bản sao", "counts": "Bản chính và bản sao",
        "forms": "Mẫu đơn, tờ khai", SKIPPED: "Bỏ qua cột này",
    },
    "steps": {"name": "Tên bước", "text": "Nội dung", SKIPPED: "Bỏ qua cột này"},
}  # fmt: skip
"""What a column can be, by the list it goes to."""

_HEADS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "papers": (
        ("counts", r"so luong|so ban"), ("originals", r"ban chinh|ban goc"), ("copies", r"ban sao"),
        ("forms", r"bieu mau|mau don|to khai|^mau\b"), ("name", r"ten|giay to|thanh phan|ho so|tai lieu"),
        (SKIPPED, r"^(?:stt|tt|so tt|so thu tu)$|ghi chu"),
    ),
    "steps": (
        (SKIPPED, r"^(?:stt|tt|so tt|so thu tu)$|ghi chu"), ("text", r"noi dung|mo ta|cong viec|trinh tu"),
        ("name", r"ten|buoc"),
    ),
}  # fmt: skip
_ORDINAL = re.compile(r"(?:bước\s*)?(?:\d{1,3}|[ivxlc]{1,5}|[a-zđ])?\s*[.):–-]?", re.IGNORECASE)
_COUNT = re.compile(r"0?(\d{1,3})(?:\s*(?:bản|bộ|tờ|quyển))?(?:\s+(?:chính|gốc|sao))?\.?", re.IGNORECASE)
_BOTH = {
    role: (rf"{word}\s*[:–-]\s*0?(\d{{1,3}})", rf"0?(\d{{1,3}})\s*bản\s+{word}", rf"{word}\s+0?(\d{{1,3}})")
    for role, word in (("originals", "(?:chính|gốc)"), ("copies", "sao"))
}
"""How one cell tells both counts: "Bản chính: 1, bản sao: 0" or "01 bản chính, 02 bản sao"."""


@dataclass(frozen=True)
class Reading:
    """A proposal: the role of each column, and how many rows at the top are headings."""

    roles: tuple[str, ...]
    heads: int


def proposed(table: PastedTable, kind: str) -> Reading:
    """What the columns seem to be; ``kind`` is ``papers`` or ``steps``."""
    for at, row in enumerate(table.rows[:3]):
        named = [_head(cell, kind) for cell in row]
        known = {role for role in named if role}
        if len(table.rows) > at + 1 and known & {"name", "text"} and all(len(cell) < 60 for cell in row):
            roles = _once([role or SKIPPED for role in named])
            return Reading(_with_main(roles, table, kind), at + 1)
    return Reading(_with_main(_by_content(table, kind), table, kind), 0)


def _head(cell: str, kind: str) -> str | None:
    words = fold(cell)
    return next((role for role, pattern in _HEADS[kind] if words and re.search(pattern, words)), None)


def _once(roles: list[str]) -> list[str]:
    """Only the first column of a role has it."""
    return [role if role not in roles[:at] else SKIPPED for at, role in enumerate(roles)]


def _by_content(table: PastedTable, kind: str) -> list[str]:
    """Without headings: columns of ordinals are left out, columns of counts are originals, then copies."""
    roles: list[str] = []
    free = ["originals", "copies"] if kind == "papers" else []
    for column in range(table.width):
        cells = [row[column] for row in table.rows if row[column]]
        first = column == 0 and table.width > 1 and all(_ORDINAL.fullmatch(cell) for cell in cells)
        counts = not first and column > 0 and free and all(_COUNT.fullmatch(cell) for cell in cells)
        roles.append(free.pop(0) if counts else SKIPPED)
    return roles


def _with_main(roles: Sequence[str], table: PastedTable, kind: str) -> tuple[str, ...]:
    """The widest column without a role is the name of the paper, or the words of the step."""
    main = "name" if kind == "papers" else "text"
    if main in roles:
        return tuple(roles)
    open_columns = [column for column, role in enumerate(roles) if role == SKIPPED] or list(range(table.width))
    longest = max(open_columns, key=lambda column: sum(len(row[column]) for row in table.rows))
    return tuple(main if column == longest else role for column, role in enumerate(roles))


def filled_rows(rows: Sequence[Sequence[str]], roles: Sequence[str]) -> list[dict[str, str]]:
    """The rows as texts of fields; a row without a word in its main column is left out. What is no number stays as
    typed, and the form names it."""
    found = []
    main = "text" if "text" in roles else "name"
    for row in rows:
        texts: dict[str, str] = {}
        for cell, role in zip(row, roles, strict=False):
            if role == "counts":
                texts |= _both_counts(cell)
            elif role in ("originals", "copies"):
                texts[role] = _count(cell)
            elif role:
                texts[role] = "\n".join(filter(None, (texts.get(role, ""), cell)))
        alone = [cell for cell in row if cell]
        if len(alone) == 1 and not _ORDINAL.fullmatch(alone[0]):
            texts = {main: alone[0]}  # a heading over the whole width
        if texts.get("name") or texts.get("text"):
            found.append(texts)
    return found


def _both_counts(cell: str) -> dict[str, str]:
    found = {
        role: next((match[1] for pattern in patterns if (match := re.search(pattern, cell, re.IGNORECASE))), "")
        for role, patterns in _BOTH.items()
    }
    return found if any(found.values()) else {"originals": _count(cell)}


def _count(cell: str) -> str:
    found = _COUNT.fullmatch(cell.strip())
    return found[1] if found else cell.strip().strip("-–")
