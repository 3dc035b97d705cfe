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
    """One figure before and after in words; ``less`` and ``more`` say which way it went, where both are known."""

    name: str
    before: str
    after: str
    less: bool = False
    more: bool = False
    note: str = ""

    @property
    def change(self) -> str:
        """The direction in a word."""
        return "giảm" if self.less else "tăng" if self.more else "không đổi" if UNKNOWN not in self.after else ""


def figure_rows(before: Burden | None, after: Burden) -> list[FigureRow]:
    """The figures of two texts, one row each; only of the later one where there is none before."""
    rows = []
    for figure in FIGURES:
        old, new = (getattr(burden, figure) if burden else None for burden in (before, after))
        spans = _spans(old, new)
        rows.append(
            FigureRow(
                FIGURE_NAMES[figure],
                figure_words(before, figure) if before else "",
                figure_words(after, figure),
                *(_way(*spans) if spans else (False, False)),
            )
        )
    return rows


def _spans(old: object, new: object) -> tuple[Span, Span] | None:
    if isinstance(old, Span) and isinstance(new, Span):
        return old, new
    if old is None or new is None or getattr(old, "unit", None) is not getattr(new, "unit", None):
        return None
    return old.span, new.span  # type: ignore[attr-defined]


def _way(old: Span, new: Span) -> tuple[bool, bool]:
    """Less when neither end grew and one fell; more the other way round."""
    less = new.low <= old.low and new.high <= old.high and new != old
    more = new.low >= old.low and new.high >= old.high and new != old
    return less, more


def total_rows(totals: Iterable[Total], texts: int) -> list[FigureRow]:
    """The sums of a decision; the note says of how many of its ``texts`` the figure is known."""
    return [
        FigureRow(
            FIGURE_NAMES[total.figure],
            _words(total.figure, total.before, total.unit),
            _words(total.figure, total.after, total.unit),
            *_way(total.before, total.after),
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
