"""Days as people write them, read in one place for addresses and commands."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 1945, 2200

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


class BadDay(ValueError):
    """A text that is no day; ``str()`` says what to write instead."""


def parse_day(text: str) -> date | None:
    """``2025-11-20`` or ``20/11/2025``; the empty text is None.

    Raises:
        BadDay: the text is no day, or one far out of any catalogue.
    """
    written = text.strip()
    if not written:
        return None
    iso, ours = _ISO.fullmatch(written), _WRITTEN.fullmatch(written)
    parts = iso.groups() if iso else ours.groups()[::-1] if ours else None
    shown = re.sub(r"[^\w/.-]", " ", written)[:40]
    if parts is None:
        raise BadDay(f"Ngày «{shown}» chưa đọc được. Viết theo dạng 20/11/2025.")
    year, month, number = (int(part) for part in parts)
    try:
        found = date(year, month, number)
    except ValueError as error:
        raise BadDay(f"Ngày «{shown}» không có trong lịch. Viết theo dạng 20/11/2025.") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDay(f"Ngày «{shown}» nằm ngoài khoảng tra cứu được ({FIRST_YEAR}–{LAST_YEAR}).")
    return found
