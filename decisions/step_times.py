"""What a printed time of a workflow step says, in working hours; the printed words are always kept.

A working day has 8 hours ("mỗi ngày 08 giờ làm việc"), a week 7 days and a month 30, working days counted as days.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from decisions.content import TimeUnit
from decisions.text import clean, fold
from decisions.workflow import HOURS_A_DAY, Counting, StepTime

_RATES: dict[str, tuple[Decimal, TimeUnit]] = {
    "ngay": (HOURS_A_DAY, TimeUnit.DAY),
    "gio": (Decimal(1), TimeUnit.HOUR),
    "tieng": (Decimal(1), TimeUnit.HOUR),
    "phut": (Decimal(1) / 60, TimeUnit.HOUR),
    "buoi": (HOURS_A_DAY / 2, TimeUnit.DAY),
    "tuan": (HOURS_A_DAY * 7, TimeUnit.DAY),
    "thang": (HOURS_A_DAY * 30, TimeUnit.MONTH),
}
_HOURS = {
    TimeUnit.HOUR: Decimal(1),
    TimeUnit.DAY: HOURS_A_DAY,
    TimeUnit.WORKING_DAY: HOURS_A_DAY,
    TimeUnit.MONTH: HOURS_A_DAY * 30,
}
_WORDS = {word: Decimal(n) for n, word in enumerate(
    ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"), start=1)}  # fmt: skip
_WORDS |= {"nua": Decimal("0.5"), "mot nua": Decimal("0.5")}
_GLYPHS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_BROKEN = re.compile(r"\b(?:n\s?g\s?a\s?y|g\s?i\s?o|p\s?h\s?u\s?t|t\s?h\s?a\s?n\s?g|t\s?u\s?a\s?n)\b")
_UNIT = r"(?P<unit>ngay|gio|tieng|phut|buoi|tuan|thang)\b(?P<working>\s*lam viec)?(?P<half>\s*ruoi\b)?"
_NUMBER = r"\d{1,4}\s+\d/\d|\d{1,3}/\d{1,3}|\d{1,4}(?:[.,]\d{1,4})?"
_SPELT = "mot nua|" + "|".join(word for word in _WORDS if word != "mot nua")
_SPAN = re.compile(
    rf"(?<![\w.,/])(?:(?P<low>{_NUMBER})\s*(?:(?:ngay|gio|tuan|thang)(?:\s*lam viec)?\s*)?(?:-|–|den|toi)\s*)?"
    rf"\(?(?P<number>{_NUMBER}|(?:{_SPELT}))\)?\s*(?:\([^()]{{1,30}}\)\s*)?{_UNIT}"
)
_BARE = re.compile(rf"(?:(?:{_NUMBER})\s*(?:-|–|den)\s*)?(?P<number>{_NUMBER})(?:\s*\([^()]*\))?\.?")
_DATE = re.compile(
    r"\bngay\s+\d{1,2}\s*(?:thang\s+\d{1,2}|[/.-]\s*\d{1,2})(?:\s*(?:nam|[/.-])\s*\d{4})?|"
    r"\b\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}"
)
_CLOCK = re.compile(r"\b(?:truoc|sau|luc)\s+\d{1,2}\s*gio(?!\s*lam viec)(?:\s*\d{1,2}\s*(?:phut)?)?(?=\s|$|[;,.)])")
_RATE_NOTE = re.compile(
    r"(?:moi ngay|1 ngay)\s*(?:la\s*|lam viec\s*|=\s*)?0?8\s*gio(?: lam viec)?|0?8\s*gio\s*/\s*ngay"
)
_BREAKDOWN = re.compile(r"\b(?:trong do|bao gom|gom co|cu the)\b")
_OR = re.compile(r"\bhoac\b|\btruong hop\b|\bdoi voi\b|\bneu\b")
_PLUS = re.compile(r"^\s*(?:\+|cong(?: them)?|va)\s*$")
_OFFICE = re.compile(
    r"^\W*(?:(?:trong\s+)?gio hanh chinh|(?:ngay\s+)?trong (?:ngay|buoi)|ngay (?:sau khi|khi|tai thoi diem|lap tuc)|"
    r"tra ngay|lam ngay|thuc hien ngay|giai quyet ngay|tuc thi)\b"
)
_NOT_COUNTED = re.compile(
    r"^\W*(?:khong tinh|khong quy dinh|khong gioi han|khong co thoi|khong han|khong\W*$|tam dung|dung tinh)"
)
_NOTHING = re.compile(r"^[\W_]*$")


def parse_step_time(text: str, unit: TimeUnit | None = None) -> StepTime:
    """The time in one cell; ``unit`` is the one its column header names, for cells that hold a bare number.

    "0,5 ngày + 02 ngày" adds up; of several times ("02 ngày hoặc 05 ngày nếu phải xác minh", "từ 3 đến 5 ngày") the
    longest counts and the time is conditional. What a bracket repeats ("01 ngày làm việc (08 giờ)") and what follows
    "trong đó" is not counted again. Words without a number, and a bare number without a unit, are ``UNREAD``.
    """
    printed = clean(text)
    folded = _folded(printed)
    if _NOTHING.match(folded):
        return StepTime(printed)
    if _OFFICE.match(folded):
        longer = _spans(printed, folded) if _OR.search(folded) else None
        return replace(longer, conditional=True) if longer else StepTime(printed, counting=Counting.OFFICE_HOURS)
    if _NOT_COUNTED.match(folded):
        return StepTime(printed, counting=Counting.NOT_COUNTED)
    return _bare(printed, folded, unit) or _spans(printed, folded) or StepTime(printed, counting=Counting.UNREAD)


def unit_of_label(label: str) -> TimeUnit | None:
    """The unit a column header names ("Thời hạn (ngày làm việc)"); "(mỗi ngày 08 giờ làm việc)" names none."""
    folded = _RATE_NOTE.sub(" ", _folded(label))
    found = re.findall(r"\b(gio|phut|thang|ngay)\b(?!\s*(?:nhan|nop|tiep|ke|ban|ky))(\s*lam viec)?", folded)
    units = {_RATES[unit][1] if unit != "phut" else TimeUnit.OTHER for unit, _ in found}
    if units == {TimeUnit.DAY}:
        return TimeUnit.WORKING_DAY if any(working for _, working in found) else TimeUnit.DAY
    return units.pop() if len(units) == 1 and units <= _HOURS.keys() else None


def _folded(printed: str) -> str:
    for glyph, fraction in _GLYPHS.items():
        printed = printed.replace(glyph, fraction)
    return _BROKEN.sub(lambda match: re.sub(r"\s", "", match[0]), fold(printed))


def _bare(printed: str, folded: str, unit: TimeUnit | None) -> StepTime | None:
    match = _BARE.fullmatch(folded.strip())
    number = _number(match["number"]) if match else None
    if match is None or number is None:
        return None
    if unit not in _HOURS:
        return StepTime(printed, counting=Counting.UNREAD)
    several = bool(re.search(r"\d\s*(?:-|–|den)\s*\d", folded))
    return StepTime(printed, _plain(number * _HOURS[unit]), unit, Counting.COUNTED, several)


def _spans(printed: str, folded: str) -> StepTime | None:
    """Adds what is joined by a plus, takes the longest of what is left."""
    folded = _RATE_NOTE.sub(" ", _CLOCK.sub(" ", _DATE.sub(" ", folded)))
    whole = _BREAKDOWN.split(folded)[0] if _SPAN.search(_BREAKDOWN.split(folded)[0]) else folded
    outside = re.sub(r"\([^()]*\)", lambda m: m[0] if _holds_number(whole, m) else " ", whole)
    told = outside if _SPAN.search(outside) else whole
    found = list(_SPAN.finditer(told))
    sums: list[Decimal] = []
    ranged = False
    end = 0
    for match in found:
        hours = _hours(match)
        if hours is None:
            continue
        between = told[end : match.start()]
        joined = bool(sums) and (_PLUS.match(between) or _goes_on(between, match))
        sums[-1:] = [sums[-1] + hours] if joined else [*sums[-1:], hours]
        ranged, end = ranged or match["low"] is not None, match.end()
    if not sums:
        return None
    unit = _printed_unit(found[0])
    return StepTime(printed, max(sums), unit, Counting.COUNTED, ranged or len(set(sums)) > 1)


def _holds_number(whole: str, bracket: re.Match[str]) -> bool:
    """Whether a bracket is the number itself or what spells it out: "năm (05) ngày", "05 (năm) ngày"."""
    inner = bracket[0][1:-1].strip()
    spelt = re.fullmatch(rf"{_NUMBER}|{_SPELT}|[a-z ]{{2,20}}", inner)
    return bool(spelt and re.match(r"\s*(?:ngay|gio|tieng|phut|buoi|tuan|thang)\b", whole[bracket.end() :]))


def _goes_on(between: str, match: re.Match[str]) -> bool:
    """ "02 giờ 30 phút", "1 tháng 15 ngày": a smaller unit right behind is part of one time."""
    return not between.strip() and match["unit"] in ("phut", "gio", "ngay")


def _hours(match: re.Match[str]) -> Decimal | None:
    number = _WORDS[match["number"]] if match["number"] in _WORDS else _number(match["number"])
    if number is None:
        return None
    rate = _RATES[match["unit"]][0]
    return _plain(number * rate + (rate / 2 if match["half"] else 0))


def _plain(hours: Decimal) -> Decimal:
    """To a hundredth of an hour, without trailing zeros or an exponent."""
    rounded = hours.quantize(Decimal("0.01"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _number(text: str) -> Decimal | None:
    whole, _, fraction = text.rpartition(" ")
    try:
        if "/" not in fraction:
            return Decimal(fraction.replace(",", "."))
        above, below = fraction.split("/")
        return Decimal(whole or 0) + Decimal(above) / Decimal(below)
    except (InvalidOperation, ZeroDivisionError):
        return None


def _printed_unit(match: re.Match[str]) -> TimeUnit:
    unit = _RATES[match["unit"]][1]
    return TimeUnit.WORKING_DAY if unit is TimeUnit.DAY and match["working"] else unit
