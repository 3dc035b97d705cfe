"""The replay: what binds on a day, as known at an instant."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from decisions.timeline import Annulment, AnnulmentKind, Period, periods, rank_of, version_on
from tests.decisions.ledgers import DAYS, INSTANTS, annulments, entries, entry, revocation

JUNE, JULY, NOVEMBER, DECEMBER = date(2025, 6, 1), date(2025, 7, 1), date(2025, 11, 20), date(2025, 12, 1)
EARLIER, LATER = INSTANTS[0], INSTANTS[3]


class TestOneLineAfterAnother:
    def test_a_new_version_ends_the_one_before_on_its_own_day(self):
        assert periods([entry(1, JUNE, 11), entry(2, NOVEMBER, 12)]) == [
            Period(JUNE, NOVEMBER, 11, 1),
            Period(NOVEMBER, None, 12, 2),
        ]

    def test_abolishing_opens_nothing(self):
        assert periods([entry(1, JUNE, 11), entry(2, NOVEMBER, None)]) == [Period(JUNE, NOVEMBER, 11, 1)]

    def test_resuming_after_eleven_days_leaves_the_gap(self):
        ledger = [entry(1, JUNE, 11), entry(2, date(2025, 11, 10), None), entry(3, date(2025, 11, 21), 12)]
        assert version_on(date(2025, 11, 15), ledger) is None
        assert version_on(date(2025, 11, 21), ledger) == 12

    def test_an_end_date_closes_only_its_own_version(self):
        ledger = [entry(1, JUNE, 11, until=DECEMBER), entry(2, NOVEMBER, 12)]
        assert version_on(date(2026, 1, 1), ledger) == 12

    def test_nothing_returns_when_a_temporary_version_ends(self):
        ledger = [entry(1, JUNE, 11), entry(2, JULY, 12, until=NOVEMBER)]
        assert periods(ledger) == [Period(JUNE, JULY, 11, 1), Period(JULY, NOVEMBER, 12, 2)]

    def test_a_future_line_changes_nothing_today(self):
        assert version_on(date(2026, 11, 21), [entry(1, JUNE, 11), entry(2, date(2027, 3, 1), 12)]) == 11

    def test_a_line_effective_before_signing_binds_from_its_own_day(self):
        assert version_on(JUNE, [entry(1, JUNE, 11, recorded_at=LATER)]) == 11

    def test_of_two_lines_of_one_day_the_later_signed_wins(self):
        assert version_on(JUNE, [entry(2, JUNE, 12), entry(1, JUNE, 11)]) == 12

    def test_numbers_are_ordered_as_numbers(self):
        day = date(2025, 11, 20)
        assert rank_of(day, "99/QD-UBND", 1) < rank_of(day, "1779/QD-UBND", 1) < rank_of(day, "1779b/QD-UBND", 1)


class TestCorrection:
    def test_it_holds_from_the_same_day_once_it_is_known(self):
        ledger = [entry(1, JUNE, 11), entry(2, JUNE, 12, recorded_at=LATER)]
        assert version_on(JULY, ledger) == 12
        assert version_on(JULY, ledger, known_at=EARLIER) == 11

    def test_two_texts_of_one_version_side_by_side_are_one_period(self):
        assert periods([entry(1, JUNE, 11), entry(2, JULY, 11)]) == [Period(JUNE, None, 11, 1)]


class TestRevocation:
    def test_revoking_gives_back_what_was_before(self):
        ledger = [entry(1, JUNE, 11), entry(2, JULY, None)]
        assert periods(ledger, [revocation(1, by=3, of=2)]) == [Period(JUNE, None, 11, 1)]

    def test_revoking_from_a_day_keeps_the_days_before(self):
        ledger = [entry(1, JUNE, 11), entry(2, JULY, 12)]
        assert periods(ledger, [revocation(1, by=3, of=2, on=NOVEMBER)]) == [
            Period(JUNE, JULY, 11, 1),
            Period(JULY, NOVEMBER, 12, 2),
            Period(NOVEMBER, None, 11, 1),
        ]

    def test_abolishing_a_line_gives_nothing_back(self):
        ledger = [entry(1, JUNE, 11), entry(2, JULY, 12)]
        act = Annulment(1, 3, AnnulmentKind.ENDED, NOVEMBER, EARLIER, entry=2)
        assert periods(ledger, [act]) == [Period(JUNE, JULY, 11, 1), Period(JULY, NOVEMBER, 12, 2)]

    def test_a_later_version_survives_the_abolition_of_the_older_decision(self):
        ledger = [entry(1, JUNE, 11), entry(2, JULY, 12)]
        act = Annulment(1, 3, AnnulmentKind.ENDED, NOVEMBER, EARLIER, target_decision=1)
        assert version_on(DECEMBER, ledger, [act]) == 12

    def test_revoking_a_revocation_restores_what_it_took(self):
        ledger = [entry(1, JUNE, 11), entry(2, JULY, 12)]
        acts = [revocation(1, by=3, of=2), revocation(2, by=4, of=3, on=NOVEMBER)]
        assert version_on(date(2025, 11, 19), ledger, acts) == 11
        assert version_on(NOVEMBER, ledger, acts) == 12

    def test_two_decisions_that_revoke_each_other_do_not_hang(self):
        acts = [revocation(1, by=1, of=2), revocation(2, by=2, of=1)]
        assert version_on(JULY, [entry(1, JUNE, 11)], acts) == version_on(JULY, [entry(1, JUNE, 11)], acts[::-1])

    def test_a_revocation_not_yet_known_does_not_count(self):
        acts = [revocation(1, by=3, of=1, recorded_at=LATER)]
        assert version_on(JULY, [entry(1, JUNE, 11)], acts, known_at=EARLIER) == 11


class TestForEveryLedger:
    @given(entries(), annulments())
    def test_no_two_periods_overlap(self, ledger, acts):
        found = periods(ledger, acts)
        assert all(a.valid_until is not None and a.valid_until <= b.valid_from for a, b in pairwise(found))
        assert all(p.valid_until is None or p.valid_from < p.valid_until for p in found)

    @given(entries(), annulments(), st.randoms(use_true_random=False))
    def test_the_order_of_recording_does_not_matter(self, ledger, acts, random):
        expected = periods(ledger, acts)
        random.shuffle(ledger)
        random.shuffle(acts)
        assert periods(ledger, acts) == expected

    @given(entries(), annulments(), st.one_of(st.none(), st.sampled_from(INSTANTS)))
    def test_periods_say_what_every_single_day_says(self, ledger, acts, known_at):
        found = periods(ledger, acts, known_at=known_at)
        for day in DAYS:
            covering = [p.version for p in found if p.covers(day)]
            expected = version_on(day, ledger, acts, known_at=known_at)
            assert covering == ([] if expected is None else [expected])

    @given(entries(), annulments(), st.integers(1, 7))
    def test_a_revoked_decision_might_as_well_never_have_been(self, ledger, acts, target):
        without = [e for e in ledger if e.decision != target]
        acts_without = [a for a in acts if a.decision != target]
        assert periods(ledger, [*acts, revocation(99, by=9, of=target)]) == periods(without, acts_without)

    @given(entries(), annulments(), st.integers(1, 7), st.sampled_from(DAYS))
    def test_revoking_from_a_day_leaves_the_days_before_alone(self, ledger, acts, target, on):
        revoked = [*acts, revocation(99, by=9, of=target, on=on)]
        without = [e for e in ledger if e.decision != target]
        acts_without = [a for a in acts if a.decision != target]
        for day in DAYS:
            expected = (ledger, acts) if day < on else (without, acts_without)
            assert version_on(day, ledger, revoked) == version_on(day, *expected)

    @given(entries(), annulments(), st.integers(1, 4), st.sampled_from(DAYS))
    def test_abolishing_never_brings_anything_back(self, ledger, acts, target, on):
        abolition = Annulment(99, 9, AnnulmentKind.ENDED, on, INSTANTS[0], target_decision=target)
        for day in DAYS:
            before, after = version_on(day, ledger, acts), version_on(day, ledger, [*acts, abolition])
            assert after == before or (after is None and day >= on)

    @given(entries(), annulments(), st.sampled_from(INSTANTS))
    def test_as_known_then_is_the_replay_of_what_was_recorded_by_then(self, ledger, acts, known_at):
        assert periods(ledger, acts, known_at=known_at) == periods(
            [e for e in ledger if e.recorded_at <= known_at], [a for a in acts if a.recorded_at <= known_at]
        )

    @given(entries(), annulments(), st.sampled_from(DAYS))
    def test_a_line_for_tomorrow_leaves_today_alone(self, ledger, acts, tomorrow):
        before = tomorrow - timedelta(days=1)
        added = entry(50, tomorrow, 9, decision=8)
        assert version_on(before, [*ledger, added], acts) == version_on(before, ledger, acts)
