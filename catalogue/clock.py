"""Today and now in Vietnam; called by entry points only, everything below takes the value as an argument."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment with the Vietnamese time zone."""
    return datetime.now(VIETNAM)


def today() -> date:
    """The calendar day in Vietnam."""
    return now().date()
