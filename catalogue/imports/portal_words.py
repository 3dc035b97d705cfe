"""Times and fees of a national record: the parsed value beside the words, and dirt that says nothing taken out."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from catalogue.imports.portal_values import FieldError, Node
from decisions.content import Fee, FeeKind, TimeLimit, TimeUnit
from decisions.reading import parse_time
from decisions.text import clean, fold

UNITS = {
    "WORKING_DAY": TimeUnit.WORKING_DAY,
    "DAY": TimeUnit.DAY,
    "HOUR": TimeUnit.HOUR,
    "MONTH": TimeUnit.MONTH,
    "OTHER": TimeUnit.OTHER,
}
UNIT_WORDS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
}
FEE_KINDS = {"FEE": FeeKind.FEE, "SERVICE_FEE": FeeKind.CHARGE, "PRICE_LEVEL": FeeKind.PRICE}

NO_UNIT = "(chưa rõ đơn vị)"
"""Stands after a number whose unit the record does not tell."""

_SAYS_A_TIME = re.compile(
    r"\d+\s*(?:\([^)]*\)\s*)?(?:ngày|giờ|tháng|phút|tuần)|\bngay (?:sau|khi|trong)|trong ngày", re.IGNORECASE
)
_NOTHING = re.compile(r"khong co thong tin(?: ?\(\d+\))?|(?:le )?phi ?: ?(?:0|khong) dong|0 ?(?:dong|vnd|d)|n/a|[-.]+")
# The portal prints a zero as "Miễn phí"; the words in brackets are what the record really says.
_FREE_WITH_WORDS = re.compile(r"miễn phí\s*\((.+)\)", re.IGNORECASE | re.DOTALL)
_PRINTED_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+) (?:Việt Nam Đồng|VNĐ)\b")
_SAYS_NONE = re.compile(r"(?:khong(?: co| quy dinh)?|chua quy dinh|a)?\.?")


def read_time(node: Node, words: str = "") -> TimeLimit | None:
    """The time of one channel; ``words`` is its description, used where the time itself is only in prose."""
    value: Any = node.raw.get("processingTime")
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise FieldError(node.path("processingTime"), value, "phải là số hoặc chuỗi ký tự")
    unit = UNITS.get(node.text("processingTimeUnit"))
    if isinstance(value, str) and value:
        return parse_time(_timed_lines(words) or words or value if fold(value) == "theo mo ta" else value)
    if value is None or value == "":
        return parse_time(_timed_lines(words)) if _SAYS_A_TIME.search(words) else None
    return measured(Decimal(str(value)), unit, words)


def measured(quantity: Decimal, unit: TimeUnit | None, words: str = "") -> TimeLimit:
    """A time given as number and unit; its text is made from them, or is the words where the unit is not told."""
    if unit in UNIT_WORDS:
        return TimeLimit(f"{_padded(quantity)} {UNIT_WORDS[unit]}" if quantity else "", quantity, unit)
    if _SAYS_A_TIME.search(words):
        return TimeLimit(_timed_lines(words), quantity, TimeUnit.OTHER)
    return TimeLimit(f"{_padded(quantity)} {NO_UNIT}" if quantity else "", quantity, TimeUnit.OTHER)


def _timed_lines(words: str) -> str:
    """The lines of a description that name a time; the others say where and how to file."""
    return "\n".join(line for line in words.splitlines() if _SAYS_A_TIME.search(line))


def _padded(quantity: Decimal) -> str:
    """As decisions print it: 05, 12, 7,5."""
    if quantity == quantity.to_integral_value():
        return f"{int(quantity):02d}"
    return f"{quantity.normalize():f}".replace(".", ",")


def read_case_time(node: Node) -> TimeLimit | None:
    """The time of a case: ``processingDay`` with ``qty`` and ``type``."""
    day = node.node("processingDay")
    quantity = day.number("qty") if day else None
    if day is None or quantity is None:
        return None
    return measured(quantity, UNITS.get(day.text("type")))


def read_fee(node: Node) -> Fee:
    """One fee. Words stand over a zero; a foreign currency is never an amount in đồng (domain rule 17)."""
    value = node.number("value")
    words = fee_text(node.text("description"))
    currency = node.line("currencyName")
    foreign = bool(currency) and fold(currency) not in ("vnd", "viet nam dong", "dong")
    if foreign and value:
        words = f"{value.normalize():f} {currency}" + (f" ({words})" if words else "")
    kind = FEE_KINDS.get(node.text("type"), FeeKind.UNKNOWN)
    if foreign:
        return Fee(kind=kind, text=words)
    amount = value if value or not node.text("description") else _leading_amount(words)
    return Fee(kind=kind, amount=amount, text=words)


def _leading_amount(words: str) -> Decimal | None:
    """The sum at the beginning of "4,000,000 Việt Nam Đồng (…)", the portal's own print of a value."""
    match = _PRINTED_AMOUNT.match(words)
    return Decimal(match[1].replace(",", "")) if match else None


def fee_text(printed: str) -> str:
    """The words of a fee without those that stand for "nothing entered"; never made into "miễn phí"."""
    folded = fold(printed)
    if _NOTHING.fullmatch(folded):
        return ""
    if match := _FREE_WITH_WORDS.fullmatch(printed):
        inner = match[1].strip()
        return "Miễn phí" if _SAYS_NONE.fullmatch(fold(inner)) else inner
    return printed


def channel_text(printed: str) -> str:
    """How to file, in words; a lone number and "N/A" say nothing."""
    text = re.sub(r"\A(?:N/A\s*)+", "", printed).strip()
    return "" if re.fullmatch(r"[\d.,\s-]*", text) else text


def returning_text(node: Node) -> str:
    """The ways to get the outcome, in words."""
    places = {"AT_SUBMISSION_PLACE": "tại nơi nộp hồ sơ", "AT_HOME": "tại nhà qua bưu chính", "ONLINE": "trực tuyến"}
    filed = {"ONLINE": "Nộp trực tuyến", "OFFLINE": "Nộp trực tiếp"}
    sentences = []
    for method in node.nodes("returningMethods"):
        named = [places[value] for value in places if value in method.lines("value")]
        if named and (start := filed.get(method.text("type"))):
            sentences.append(f"{start}: nhận kết quả {', '.join(named)}.")
    return "\n".join(sorted(sentences, reverse=True))


def split_keywords(text: str) -> tuple[str, ...]:
    """Keywords are separated by semicolons or lines; commas belong to names."""
    return tuple(dict.fromkeys(filter(None, (clean(word) for word in re.split(r"[;\n]", text)))))
