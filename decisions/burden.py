"""What a text asks of a citizen: papers, days, money, visits; what cannot be read for certain stays unknown.

Figures are spans because cases and channels differ: the least and the most a citizen has to bring, wait, pay, go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from decisions.content import Case, ChannelKind, Fee, ProcedureContent, TimeLimit, TimeUnit
from decisions.dossier import asked, is_choice, is_note
from decisions.kinds import OnlineGrade
from decisions.reading import parse_fees, parse_time
from decisions.text import fold


@dataclass(frozen=True)
class Span:
    """The least and the most, both known."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)


@dataclass(frozen=True)
class Duration:
    """How long the answer takes, the shortest and the longest, in one unit: hours, days, working days or months."""

    span: Span
    unit: TimeUnit


@dataclass(frozen=True)
class Burden:
    """The figures of one text; None where the text does not say, or says it in words that have no one reading.

    ``papers`` are rows of the dossier to hand in or show; ``money`` is in đồng; ``visits`` are ways to a counter.
    """

    papers: Span | None = None
    time: Duration | None = None
    money: Span | None = None
    visits: Span | None = None


FIGURES: tuple[str, ...] = ("papers", "time", "money", "visits")

_NUMBER = r"\d+(?: \d+)?"
_PLAIN_TIME = re.compile(
    rf"(?:trong |thoi han |vong |khong qua |toi da |la )*{_NUMBER} (?:\w+ )?(?:ngay lam viec|ngay|gio|thang)"
    r"(?: (?:ke )?tu (?:ngay|khi|thoi diem|luc)\b(?:(?!\d+ (?:ngay|gio|thang)).)*)?"
)
_FREE = re.compile(
    r"(?:phi|le phi|phi le phi|muc thu)?\s*(?:0(?: dong| vnd| d)?|khong(?: co| thu)?(?: phi| le phi| phi le phi| tien)?"
    r"|mien(?: phi| le phi| phi le phi| thu)?)(?: dong)?"
)


def burden(content: ProcedureContent) -> Burden:
    """The figures of a text."""
    return Burden(_papers(content.cases), _time(content), _money(content), _visits(content))


def _papers(cases: Iterable[Case]) -> Span | None:
    """Every citizen brings the papers that stand under no case, and those of the case chosen."""
    real = [case for case in cases if not is_note(case)]
    common = sum(len(asked(case.papers)) for case in real if not is_choice(case))
    chosen = [len(asked(case.papers)) for case in real if is_choice(case) and case.papers]
    if not common and not chosen:
        return None
    return Span(Decimal(common + min(chosen, default=0)), Decimal(common + max(chosen, default=0)))


# ------------------------------------------------------------------ time


def _time(content: ProcedureContent) -> Duration | None:
    limits = [*content.times, *(c.time for c in content.channels), *(case.time for case in content.cases)]
    known = [certain_time(limit) for limit in limits if limit is not None and (limit.text or limit.cut_text)]
    units = {found[1] for found in known if found}
    if None in known or len(units) != 1:
        return None
    quantities = [found[0] for found in known if found]
    return Duration(Span(min(quantities), max(quantities)), units.pop())


def certain_time(limit: TimeLimit) -> tuple[Decimal, TimeUnit] | None:
    """The time that binds (after a cut, where one is printed), only where its words say nothing beside it."""
    words = limit.cut_text or limit.text
    if not _PLAIN_TIME.fullmatch(" ".join(re.findall(r"\w+", fold(words)))):
        return None
    found = parse_time(words)
    if found.quantity is None or found.unit is None or found.unit is TimeUnit.OTHER:
        return None
    return found.quantity, found.unit


# ------------------------------------------------------------------ money


def _money(content: ProcedureContent) -> Span | None:
    """What is paid, by channel; several fees of one channel may add up or exclude each other, so they stay unknown."""
    places: list[Iterable[Fee]] = [channel.fees for channel in content.channels if channel.fees]
    places += [case.fees for case in content.cases if case.fees]
    places += [content.fees] if content.fees else []
    sums: list[Decimal] = []
    for fees in places:
        stated = [fee for fee in fees if fee.text.strip() or fee.amount]
        amounts = {amount for fee in stated if (amount := certain_sum(fee)) is not None}
        if len(stated) > len(amounts) or len(amounts) > 1:
            return None
        sums += amounts
    return Span(min(sums), max(sums)) if sums else None


def certain_sum(fee: Fee) -> Decimal | None:
    """The sum in đồng; 0 only where the words say that nothing is paid, never for a zero that a source fills in."""
    words = fee.text.strip()
    if not words:
        return fee.amount or None
    if _FREE.fullmatch(" ".join(re.findall(r"\w+", fold(words)))):
        return Decimal(0)
    read = {found.amount for found in parse_fees(words)} - {None}
    if fee.amount:
        return fee.amount if read <= {fee.amount} else None
    return read.pop() if len(read) == 1 else None


# ------------------------------------------------------------------ visits


def _visits(content: ProcedureContent) -> Span | None:
    """Ways to a counter: to hand in and to fetch; none where both go online or by public post."""
    ways: set[int] = set()
    out = 0 if content.flags.post_out else 1
    for channel in content.channels:
        if channel.kind is ChannelKind.DIRECT:
            ways.add(1 + out)
        elif channel.kind is ChannelKind.POSTAL:
            ways.add(out)
        elif content.online is OnlineGrade.FULL:
            ways.add(0)
        else:
            ways |= {out, 1 + out}
    return Span(Decimal(min(ways)), Decimal(max(ways))) if ways else None


# ------------------------------------------------------------------ a decision as a whole


@dataclass(frozen=True)
class Total:
    """A figure over several texts: sums of those known before and after; ``unit`` only of times.

    ``unknown`` texts have the figure on one side only or on none; they are in no sum.
    """

    figure: str
    unit: TimeUnit | None
    before: Span
    after: Span
    known: int


def totals(pairs: Iterable[tuple[Burden, Burden]]) -> list[Total]:
    """Sums before and after, figure by figure, times by their unit; a pair counts where both sides are known."""
    found: dict[tuple[str, TimeUnit | None], Total] = {}
    for before, after in pairs:
        for figure, unit, old, new in _both(before, after):
            at = found.get((figure, unit), Total(figure, unit, _NOTHING, _NOTHING, 0))
            found[figure, unit] = Total(figure, unit, at.before + old, at.after + new, at.known + 1)
    return sorted(found.values(), key=lambda total: FIGURES.index(total.figure))


_NOTHING = Span(Decimal(0), Decimal(0))


def _both(before: Burden, after: Burden) -> Iterable[tuple[str, TimeUnit | None, Span, Span]]:
    for figure in ("papers", "money", "visits"):
        old, new = getattr(before, figure), getattr(after, figure)
        if old is not None and new is not None:
            yield figure, None, old, new
    if before.time and after.time and before.time.unit is after.time.unit:
        yield "time", before.time.unit, before.time.span, after.time.span
