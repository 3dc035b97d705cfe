"""Deadlines in working days, with swap days and the holiday of 24 November."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.working_days import (
    DEFAULT_HOLIDAYS,
    Calendar,
    Deadline,
    Holiday,
    HolidayKind,
    national_database_deadline,
    publication_deadline,
)

CALENDAR = Calendar(DEFAULT_HOLIDAYS)
KNOWN_DAYS = st.dates(date(2025, 1, 1), date(2026, 11, 30))


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            (date(2026, 11, 20), True),
            (date(2026, 11, 21), False),
            (date(2026, 11, 24), False),
            (date(2026, 4, 27), False),
            (date(2026, 8, 22), True),
            (date(2026, 8, 31), False),
            (date(2025, 4, 26), True),
        ],
    )
    def test_holidays_compensation_and_swaps_change_the_week(self, day, works):
        assert CALENDAR.is_working_day(day) is works

    def test_a_correction_of_the_table_moves_the_deadline(self):
        signed = date(2026, 11, 20)
        without = Calendar([h for h in DEFAULT_HOLIDAYS if h.day != date(2026, 11, 24)])
        assert national_database_deadline(signed, without).last_day == date(2026, 11, 27)

    def test_running_past_the_last_entered_year_is_said(self):
        assert CALENDAR.known_until == date(2026, 12, 31)
        assert CALENDAR.add_working_days(date(2026, 12, 30), 5).beyond_calendar
        assert not CALENDAR.add_working_days(date(2026, 12, 1), 5).beyond_calendar

    def test_an_empty_table_knows_nothing(self):
        assert Calendar().known_until is None
        assert Calendar().add_working_days(date(2026, 11, 20), 1) == Deadline(date(2026, 11, 23), True)

    def test_a_due_date_on_a_day_off_moves_to_the_next_working_day(self):
        assert CALENDAR.roll_forward(date(2026, 2, 16)).last_day == date(2026, 2, 23)

    @given(KNOWN_DAYS, st.integers(1, 20))
    def test_adding_and_counting_agree(self, start, count):
        end = CALENDAR.add_working_days(start, count).last_day
        assert CALENDAR.is_working_day(end)
        assert CALENDAR.working_days_between(start, end) == count
        assert CALENDAR.working_days_between(end, start) == -count

    @given(KNOWN_DAYS)
    def test_one_holiday_more_never_brings_a_deadline_nearer(self, start):
        stricter = Calendar([*DEFAULT_HOLIDAYS, Holiday(start + timedelta(days=2), HolidayKind.HOLIDAY)])
        assert stricter.add_working_days(start, 5).last_day >= CALENDAR.add_working_days(start, 5).last_day


class TestLegalDeadlines:
    def test_the_twentieth_of_november_leads_over_the_new_holiday(self):
        assert national_database_deadline(date(2026, 11, 20), CALENDAR) == Deadline(date(2026, 11, 30))

    def test_april_with_three_holidays(self):
        deadline = national_database_deadline(date(2026, 4, 24), CALENDAR)
        assert deadline.last_day == date(2026, 5, 6)
        assert not deadline.is_late(date(2026, 5, 6))
        assert deadline.is_late(date(2026, 5, 7))

    def test_the_shortened_case_has_two_days(self):
        assert national_database_deadline(date(2026, 11, 20), CALENDAR, shortened=True).last_day == date(2026, 11, 25)

    def test_the_last_day_to_sign_is_given_both_ways(self):
        deadline = publication_deadline(date(2026, 12, 1), CALENDAR)
        assert deadline.calendar_days == date(2026, 11, 26)
        assert deadline.working_days == Deadline(date(2026, 11, 23))
