"""Legal deadlines in working days, with an editable holiday table as argument.

Monday to Friday are working days unless the table takes the day off; a Saturday or Sunday works when the table says so
(ngày làm bù). The first day of a period is the day after the event (Bộ luật Dân sự 2015 Đ.147). The table ends with the
last year entered; every result says whether it runs past that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
_SATURDAY = 5


class HolidayKind(StrEnum):
    """Why a day differs from the week's rule."""

    HOLIDAY = "holiday"  # nghỉ lễ, tết
    COMPENSATION = "compensation"  # nghỉ bù, vì ngày lễ rơi vào cuối tuần
    SWAP_OFF = "swap_off"  # nghỉ hoán đổi
    SWAP_WORK = "swap_work"  # đi làm bù


@dataclass(frozen=True, order=True)
class Holiday:
    """One row of the table; ``source`` names the text or notice that set it."""

    day: date
    kind: HolidayKind
    source: str = ""

    @property
    def is_off(self) -> bool:
        """Whether nobody works on the day."""
        return self.kind is not HolidayKind.SWAP_WORK


@dataclass(frozen=True)
class Deadline:
    """The last day on which the act is in time; ``beyond_calendar`` when a year without holidays entered was needed."""

    last_day: date
    beyond_calendar: bool = False

    def is_late(self, done_on: date) -> bool:
        """Whether an act on the day came too late."""
        return done_on > self.last_day


class Calendar:
    """Working days from a table of holidays; with an empty table only weekends are off and nothing is known."""

    def __init__(self, holidays: Iterable[Holiday] = ()) -> None:
        self._off = {h.day: h.is_off for h in holidays}
        self._years = {day.year for day in self._off}

    @property
    def known_until(self) -> date | None:
        """The last day of the last year in the table, None when the table is empty."""
        return date(max(self._years), 12, 31) if self._years else None

    def knows(self, day: date) -> bool:
        """Whether holidays of the day's year have been entered."""
        return day.year in self._years

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day."""
        off = self._off.get(day)
        return day.weekday() < _SATURDAY if off is None else not off

    def add_working_days(self, start: date, count: int) -> Deadline:
        """The ``count``-th working day after ``start``, or before it when ``count`` is negative; 0 is ``start``."""
        step = _DAY if count >= 0 else -_DAY
        day, left, unknown = start, abs(count), not self.knows(start)
        while left:
            day += step
            unknown = unknown or not self.knows(day)
            left -= self.is_working_day(day)
        return Deadline(day, unknown and count != 0)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; negative when ``end`` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + _DAY * n for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def roll_forward(self, day: date) -> Deadline:
        """The day itself, or the next working day when it is off."""
        unknown = not self.knows(day)
        while not self.is_working_day(day):
            day += _DAY
            unknown = unknown or not self.knows(day)
        return Deadline(day, unknown)


NATIONAL_DATABASE_DAYS = 5
"""Chairman: entry and publication in the national database, working days from signing (NĐ 63/2010 Đ.24)."""
NATIONAL_DATABASE_DAYS_SHORTENED = 2
"""The same for a text issued under the shortened procedure."""
PUBLICATION_DAYS_BEFORE_EFFECT = 5
"""Chairman: the decision is signed at least so many days before the legal text takes effect (NĐ 63/2010 Đ.15)."""


@dataclass(frozen=True)
class PublicationDeadline:
    """The last day to sign, both ways: the decree says days, the national index counts working days."""

    calendar_days: date
    working_days: Deadline


def national_database_deadline(signed_on: date, calendar: Calendar, *, shortened: bool = False) -> Deadline:
    """The last day to enter a decision in the national database and make it public there."""
    days = NATIONAL_DATABASE_DAYS_SHORTENED if shortened else NATIONAL_DATABASE_DAYS
    return calendar.add_working_days(signed_on, days)


def publication_deadline(text_effective_on: date, calendar: Calendar) -> PublicationDeadline:
    """The last day to sign the publication decision for a legal text that takes effect on the day."""
    count = PUBLICATION_DAYS_BEFORE_EFFECT
    return PublicationDeadline(text_effective_on - _DAY * count, calendar.add_working_days(text_effective_on, -count))


def _days(kind: HolidayKind, source: str, *days: tuple[int, int, int]) -> tuple[Holiday, ...]:
    return tuple(Holiday(date(*day), kind, source) for day in days)


_LABOUR_CODE = "Bộ luật Lao động 2019 Đ.112"
_SCHEDULE_2025 = "Lịch nghỉ lễ, tết năm 2025"
_SCHEDULE_2026 = "Lịch nghỉ lễ, tết năm 2026"

DEFAULT_HOLIDAYS: tuple[Holiday, ...] = (
    *_days(HolidayKind.HOLIDAY, _LABOUR_CODE, (2025, 1, 1), (2025, 4, 7), (2025, 4, 30), (2025, 5, 1)),
    *_days(HolidayKind.HOLIDAY, _LABOUR_CODE, *((2025, 1, day) for day in range(27, 32))),
    *_days(HolidayKind.HOLIDAY, _LABOUR_CODE, (2025, 9, 1), (2025, 9, 2)),
    *_days(HolidayKind.SWAP_OFF, _SCHEDULE_2025, (2025, 5, 2)),
    *_days(HolidayKind.SWAP_WORK, _SCHEDULE_2025, (2025, 4, 26)),
    *_days(HolidayKind.HOLIDAY, _LABOUR_CODE, (2026, 1, 1), (2026, 4, 26), (2026, 4, 30), (2026, 5, 1)),
    *_days(HolidayKind.HOLIDAY, _LABOUR_CODE, *((2026, 2, day) for day in range(16, 21))),
    *_days(HolidayKind.HOLIDAY, _LABOUR_CODE, (2026, 9, 1), (2026, 9, 2)),
    *_days(HolidayKind.COMPENSATION, _LABOUR_CODE, (2026, 4, 27)),
    *_days(HolidayKind.SWAP_OFF, _SCHEDULE_2026, (2026, 1, 2), (2026, 8, 31)),
    *_days(HolidayKind.SWAP_WORK, _SCHEDULE_2026, (2026, 1, 10), (2026, 8, 22)),
    *_days(HolidayKind.HOLIDAY, "Nghị quyết 28/2026/QH16, Ngày Văn hóa Việt Nam", (2026, 11, 24)),
)
"""What the table starts with (2025–2026); an officer keeps it up to date from then on."""
