"""What printed time limits, fees and grades say, where one reading is certain; the printed words are always kept."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from decisions.content import ChannelKind, Fee, FeeKind, TimeLimit, TimeUnit
from decisions.kinds import OnlineGrade

_TIME = re.compile(
    r"(?<![\d/.,])(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:\(([^)]*)\)\s*)?(ngày\s+làm\s+việc|ngày|giờ|tháng)", re.IGNORECASE
)
_NO_LENGTH = re.compile(
    r"\b(?:sau|trước|lúc|từ|đến)\s+(?:[01]?\d|2[0-3])\s*giờ(?!\s*(?:làm\s+việc|kể\s+từ|tính\s+từ))"
    r"|\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}\b|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}",
    re.IGNORECASE,
)
"""A time of the clock ("hồ sơ nhận sau 15 giờ") or a day of the calendar is no length of time."""
_HALF = re.compile(r"(?<![\w/])(?:½|(?:01|1)/(?:02|2)|nửa)(?=\s*(?:\([^)]*\)\s*)?(?:ngày|giờ|tháng)\b)", re.IGNORECASE)
_UNITS = {"ngày làm việc": TimeUnit.WORKING_DAY, "ngày": TimeUnit.DAY, "giờ": TimeUnit.HOUR, "tháng": TimeUnit.MONTH}
_MONEY = re.compile(r"(?<![\d.,/])(\d{1,3}(?:[.,]\d{3})+|\d{4,})\s*(?:đồng|đ\b|vnđ|vnd)", re.IGNORECASE)


def parse_time(text: str, cut_text: str = "") -> TimeLimit:
    """A time limit with quantity and unit when the words name exactly one; several phases stay words only."""
    quantity, unit = _one_time(text)
    cut, cut_unit = _one_time(cut_text)
    if cut_unit is not unit:
        cut = None
    return TimeLimit(_tidy(text), quantity, unit, _tidy(cut_text), cut)


def _one_time(text: str) -> tuple[Decimal | None, TimeUnit | None]:
    found = {
        (Decimal(number.replace(",", ".")), _UNITS[" ".join(unit.lower().split())])
        for number, _, unit in _TIME.findall(_HALF.sub("0,5", _NO_LENGTH.sub(" ", _tidy(text))))
    }
    return found.pop() if len(found) == 1 else (None, TimeUnit.OTHER if text.strip() else None)


def parse_fees(text: str) -> tuple[Fee, ...]:
    """One fee with its words; the amount only when the words name exactly one sum of money.

    "Không" gives a fee with words and without amount: the reader sees the word that the paper prints.
    """
    tidy = _tidy(text)
    if not tidy:
        return ()
    amounts = {int(re.sub(r"[.,]", "", found)) for found in _MONEY.findall(tidy)}
    amount = Decimal(amounts.pop()) if len(amounts) == 1 else None
    lowered = tidy.lower()
    kind = FeeKind.CHARGE if "lệ phí" in lowered else FeeKind.FEE if "phí" in lowered else FeeKind.UNKNOWN
    return (Fee(kind=kind, amount=amount, text=tidy),)


def parse_online(text: str) -> OnlineGrade:
    """The online grade a cell names; the old levels 4 and 3 read as toàn trình and một phần (NĐ 42/2022)."""
    lowered = _tidy(text).lower()
    if "toàn trình" in lowered or re.search(r"mức độ 4\b|^4$", lowered):
        return OnlineGrade.FULL
    if "một phần" in lowered or re.search(r"mức độ 3\b|^3$", lowered):
        return OnlineGrade.PARTIAL
    if "cung cấp thông tin" in lowered:
        return OnlineGrade.INFORMATION
    return OnlineGrade.UNKNOWN


def parse_channels(text: str) -> tuple[ChannelKind, ...]:
    """The ways to file that a cell names, in the order desk, online, post."""
    lowered = _tidy(text).lower()
    marks = {
        ChannelKind.DIRECT: ("trực tiếp",),
        ChannelKind.ONLINE: ("trực tuyến", "dịch vụ công quốc gia", "dichvucong"),
        ChannelKind.POSTAL: ("bưu chính", "bưu điện", "bcci"),
    }
    return tuple(kind for kind, words in marks.items() if any(word in lowered for word in words))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)
