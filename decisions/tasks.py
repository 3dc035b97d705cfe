"""What the articles of a decision order to be done, and until when: workflows to draft, configure or post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from decisions.text import clean
from decisions.working_days import Calendar


class TaskKind(StrEnum):
    """Orders that every publication decision gives in its Điều 2 or 3 (domain 3.3)."""

    INTERNAL_WORKFLOW = "internal_workflow"  # xây dựng, trình phê duyệt quy trình nội bộ
    ELECTRONIC_WORKFLOW = "electronic_workflow"  # thiết lập, cấu hình quy trình điện tử


@dataclass(frozen=True)
class Order:
    """One order with its printed sentence; ``within`` counts days (``working``) from signing or from effect."""

    kind: TaskKind
    article: str
    sentence: str
    within: int | None = None
    working: bool = False
    from_effect: bool = False
    by: date | None = None

    def due_on(self, signed_on: date | None, effective_on: date | None, calendar: Calendar) -> date | None:
        """The last day, or None where the paper names none."""
        start = effective_on if self.from_effect else signed_on
        if self.by is not None or self.within is None or start is None:
            return self.by
        return (
            calendar.add_working_days(start, self.within).last_day if self.working else start + timedelta(self.within)
        )


_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ\-–+•])")
_INTERNAL = re.compile(r"(?:xây dựng|trình|phê duyệt|ban hành)[^.;]*quy trình (?:nội bộ|giải quyết)", re.IGNORECASE)
_ELECTRONIC = re.compile(r"(?:xây dựng|thiết lập|cấu hình|cập nhật)[^.;]*quy trình điện tử", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?:trong(?: thời hạn| vòng)?|chậm nhất(?: sau)?|không quá)\s+(\d{1,3})\s+ngày(\s+làm\s+việc)?", re.IGNORECASE
)
_BY = re.compile(r"(?:trước|chậm nhất)\s+(?:là\s+)?(?:ngày\s+)?(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)
_NO_ORDER = re.compile(r"bãi bỏ|^Phê duyệt|^Quyết định này", re.IGNORECASE)
_FROM_EFFECT = re.compile(r"kể từ ngày\s+[^.;]*(?:có hiệu lực|hiệu lực)", re.IGNORECASE)


def orders_in(articles: Iterable[tuple[str, str]]) -> tuple[Order, ...]:
    """The orders of all articles, each kind once an article, in printed order; Điều 1 publishes and orders nothing."""
    found: list[Order] = []
    for label, text in articles:
        if label.strip() == "Điều 1":
            continue
        for kind, pattern in ((TaskKind.INTERNAL_WORKFLOW, _INTERNAL), (TaskKind.ELECTRONIC_WORKFLOW, _ELECTRONIC)):
            sentence = next((s for s in _SENTENCE.split(clean(text)) if pattern.search(s)), None)
            if sentence is not None and not _NO_ORDER.search(sentence):
                found.append(_order(kind, label, sentence))
    return tuple(found)


def _order(kind: TaskKind, article: str, sentence: str) -> Order:
    within, by = _WITHIN.search(sentence), _BY.search(sentence)
    return Order(
        kind,
        article,
        sentence,
        within=int(within[1]) if within else None,
        working=bool(within and within[2]),
        from_effect=bool(_FROM_EFFECT.search(sentence)),
        by=_date(by),
    )


def _date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
