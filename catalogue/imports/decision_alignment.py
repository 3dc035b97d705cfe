"""Which cell of a row belongs under which column, also where cells were lost, shifted or split over two rows.

Cells keep their order; among all orders-preserving placements the one whose cells look most like their columns wins
(a code under "Mã", legal texts under "Căn cứ"), the printed place breaking ties.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.imports.decision_labels import (
    is_agency,
    is_arabic,
    is_code,
    is_ditto,
    is_legal,
    is_lettered,
    says_no_code,
)
from catalogue.imports.decision_values import Column
from decisions.text import fold

_IMPOSSIBLE = -1e9
_OWN_PLACE = 0.6
_TEXTUAL = (Column.BASIS, Column.ABOLISHING, Column.PUBLISHED)


def affinity(column: Column, text: str) -> float:
    """How much a cell looks like one of this column: negative when it hardly can be."""
    if not text or is_ditto(text):
        return 0.0
    match column:
        case Column.ORDINAL:
            return 4.0 if is_arabic(text) or is_lettered(text) else -4.0
        case Column.CODE | Column.OLD_CODE:
            return _code_affinity(text)
        case Column.NAME | Column.OLD_NAME:
            return _name_affinity(text)
        case Column.BASIS | Column.ABOLISHING | Column.PUBLISHED:
            return 2.0 if is_legal(text) else -0.3
        case _:
            return _other_affinity(column, text)


def _code_affinity(text: str) -> float:
    if is_code(text):
        return 5.0
    if says_no_code(text):
        return 2.0
    codes = [part for part in text.split("\n") if is_code(part)]
    if codes:
        return 4.0
    return -1.0 if len(text) < 13 and any(c.isdigit() for c in text) else -4.0


def _name_affinity(text: str) -> float:
    if is_code(text) or is_arabic(text):
        return -4.0
    return -1.0 if is_legal(text) else (2.0 if len(text) > 11 else -0.5)


def _other_affinity(column: Column, text: str) -> float:
    if is_code(text):
        return -3.0
    folded = fold(text[:300])
    if column is Column.TIME:
        return 1.0 if any(unit in folded for unit in ("ngay", "gio", "thang")) else 0.0
    if column is Column.SECTOR:
        return -2.0 if is_agency(text) or is_legal(text) or len(text) > 120 else 0.5
    if column is Column.AGENCY:
        return 1.5 if is_agency(text) else (-1.0 if is_legal(text) else 0.0)
    if column is Column.FEE:
        return 1.0 if any(word in folded for word in ("dong", "khong", "phi")) and len(text) < 400 else -0.2
    if column is Column.LEVEL:
        return 1.5 if "cap" in folded else -0.5
    return -0.3 if column is Column.NOTE and is_legal(text) else 0.0


def align(cells: Sequence[tuple[str, int]], columns: Sequence[Column]) -> dict[int, int]:
    """Places cells, given as (text, column by printed place), under columns: cell index -> column index.

    Empty cells may be left out; cells that do not fit any more come back without a column.
    """
    texts = [(index, text, own) for index, (text, own) in enumerate(cells) if text]
    width = len(columns)
    if len(texts) > width:
        kept = align([(text, own) for _, text, own in texts[:width]], columns)
        return {texts[i][0]: column for i, column in kept.items()}
    best = [[_IMPOSSIBLE] * (width + 1) for _ in range(len(texts) + 1)]
    best[0] = [0.0] * (width + 1)
    for i in range(1, len(texts) + 1):
        _, text, own = texts[i - 1]
        for j in range(i, width + 1):
            worth = affinity(columns[j - 1], text) + (_OWN_PLACE if own == j - 1 else 0.0)
            best[i][j] = max(best[i][j - 1], best[i - 1][j - 1] + worth)
    return _traced(best, texts, columns)


def _traced(best: list[list[float]], texts: list[tuple[int, str, int]], columns: Sequence[Column]) -> dict[int, int]:
    placed: dict[int, int] = {}
    i, j = len(texts), len(columns)
    while i:
        index, text, own = texts[i - 1]
        worth = affinity(columns[j - 1], text) + (_OWN_PLACE if own == j - 1 else 0.0)
        if best[i][j] == best[i][j - 1] and best[i][j] != best[i - 1][j - 1] + worth:
            j -= 1
            continue
        placed[index] = j - 1
        i, j = i - 1, j - 1
    return placed


def target_of(text: str, free: Sequence[Column]) -> int | None:
    """The free column that a lone left-over cell clearly belongs under, or None."""
    if is_legal(text) or fold(text).startswith(("cac can cu", "can cu")):
        return next((i for i, column in enumerate(free) if column in _TEXTUAL), None)
    return None
