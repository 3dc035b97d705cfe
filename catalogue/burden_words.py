"""Figures of burden in words: how many papers, how long, how much, how many ways to a counter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.exports.labels import dong, number
from catalogue.glossary import TIME_UNITS
from decisions.burden import FIGURES, Burden, Span, Total
from decisions.content import TimeUnit

UNKNOWN = "chưa xác định được"
FIGURE_NAMES = {
    "papers": "Giấy tờ phải nộp hoặc xuất trình",
    "time": "Thời gian chờ giải quyết",
    "money": "Phí, lệ phí",
    "visits": "Số lần đến nơi tiếp nhận",
}


@dataclass(frozen=True)
class FigureRow:
    """One figure before and after in words; ``change`` says which way it went, "" where one side is unknown."""

    name: str
    before: str
    after: str
    change: str = ""
    note: str = ""


def figure_rows(before: Burden | None, after: Burden) -> list[FigureRow]:
    """The figures of two texts, one row each; only of the later one where there is none before."""
    return [
        FigureRow(
            FIGURE_NAMES[figure],
            figure_words(before, figure) if before else "",
            figure_words(after, figure),
            _way_of(before, after, figure) if before else "",
        )
        for figure in FIGURES
    ]


def _way_of(before: Burden, after: Burden, figure: str) -> str:
    if figure == "time":
        if before.time is None or after.time is None:
            return ""
        same_unit = before.time.unit is after.time.unit
        return _way(before.time.span, after.time.span) if same_unit else "đổi cách tính"
    old, new = getattr(before, figure), getattr(after, figure)
    return _way(old, new) if old is not None and new is not None else ""


def _way(old: Span, new: Span) -> str:
    """Less when neither end grew and one fell; more the other way round."""
    if old == new:
        return "không đổi"
    if new.low <= old.low and new.high <= old.high:
        return "giảm"
    return "tăng" if new.low >= old.low and new.high >= old.high else "tùy trường hợp"


def total_rows(totals: Iterable[Total], texts: int) -> list[FigureRow]:
    """The sums of a decision; the note says of how many of its ``texts`` the figure is known."""
    return [
        FigureRow(
            FIGURE_NAMES[total.figure],
            _words(total.figure, total.before, total.unit),
            _words(total.figure, total.after, total.unit),
            _way(total.before, total.after),
            note="" if total.known == texts else f"cộng {total.known} trên {texts} nội dung so sánh được",
        )
        for total in totals
    ]


def figure_words(burden: Burden, figure: str) -> str:
    """One figure of a text; said so where it is unknown."""
    if figure == "time":
        return _words(figure, burden.time.span, burden.time.unit) if burden.time else UNKNOWN
    span: Span | None = getattr(burden, figure)
    return _words(figure, span, None) if span is not None else UNKNOWN


def _words(figure: str, span: Span, unit: TimeUnit | None) -> str:
    if figure == "money":
        return dong(span.low) if span.low == span.high else f"từ {dong(span.low)} đến {dong(span.high)}"
    noun = {"papers": "giấy tờ", "visits": "lần"}.get(figure) or TIME_UNITS[unit or TimeUnit.OTHER]
    if span.low == span.high:
        return f"{number(span.low)} {noun}"
    return f"từ {number(span.low)} đến {number(span.high)} {noun}"
