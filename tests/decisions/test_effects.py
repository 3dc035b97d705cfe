"""Effects: the difference that a decision makes, and the fingerprint that binds an approval to it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from decisions.effects import Effect, EffectKind, Key, fingerprint, plan_effects
from decisions.timeline import Period, periods
from tests.decisions.ledgers import annulments, entries, entry, revocation

KEY = Key("1.014391", "province")
JUNE, NOVEMBER, MARCH = date(2025, 6, 1), date(2025, 11, 20), date(2027, 3, 1)
TEXTS = {"1.014391/province": "a" * 64}


class TestPlan:
    def test_an_amendment_closes_one_version_and_opens_the_next(self):
        effects = plan_effects(KEY, [entry(1, JUNE, 11)], [], [entry(2, NOVEMBER, 12)])
        assert [(e.version, e.kind) for e in effects] == [(11, EffectKind.CLOSES), (12, EffectKind.OPENS)]
        assert effects[0].after == Period(JUNE, NOVEMBER, 11, 1)
        assert {e.first_day for e in effects} == {NOVEMBER}

    def test_a_line_that_changes_nothing_has_no_effect(self):
        assert plan_effects(KEY, [entry(1, JUNE, 11)], [], [entry(2, NOVEMBER, 11)]) == []

    def test_a_future_version_that_is_overtaken_is_withdrawn(self):
        recorded = [entry(1, JUNE, 11), entry(2, MARCH, 12)]
        effects = plan_effects(KEY, recorded, [], [], [revocation(1, by=3, of=2)])
        assert [(e.version, e.kind) for e in effects] == [(11, EffectKind.PROLONGED), (12, EffectKind.WITHDRAWN)]

    def test_an_earlier_first_day_is_a_move(self):
        effects = plan_effects(KEY, [entry(1, NOVEMBER, 11)], [], [entry(2, JUNE, 11)])
        assert [e.kind for e in effects] == [EffectKind.MOVED]
        assert effects[0].first_day == JUNE

    def test_a_version_that_pauses_and_resumes_keeps_its_untouched_period(self):
        recorded = [entry(1, JUNE, 11, until=date(2025, 7, 1)), entry(2, NOVEMBER, 11)]
        effects = plan_effects(KEY, recorded, [], [entry(3, MARCH, None)])
        assert [(e.before, e.after) for e in effects] == [
            (Period(NOVEMBER, None, 11, 2), Period(NOVEMBER, MARCH, 11, 2))
        ]

    @given(entries(), annulments(), entries(max_size=3))
    def test_effects_lead_exactly_from_the_old_periods_to_the_new(self, recorded, acts, added):
        effects = plan_effects(KEY, recorded, acts, added)
        days = {(p.version, p.valid_from, p.valid_until) for p in periods(recorded, acts)}
        days -= {(p.version, p.valid_from, p.valid_until) for e in effects if (p := e.before)}
        days |= {(p.version, p.valid_from, p.valid_until) for e in effects if (p := e.after)}
        assert days == {(p.version, p.valid_from, p.valid_until) for p in periods([*recorded, *added], acts)}


class TestFingerprint:
    EFFECTS = [
        Effect("1.014391", "province", 11, Period(JUNE, None, 11, 1), Period(JUNE, NOVEMBER, 11, 1)),
        Effect("1.014391", "province", 12, None, Period(NOVEMBER, None, 12, 2)),
    ]

    @given(st.permutations(EFFECTS))
    def test_order_does_not_matter(self, shuffled):
        assert fingerprint(shuffled, TEXTS) == fingerprint(self.EFFECTS, TEXTS)

    def test_one_changed_character_of_a_text_changes_it(self):
        assert fingerprint(self.EFFECTS, {"1.014391/province": "b" * 64}) != fingerprint(self.EFFECTS, TEXTS)

    def test_the_head_of_the_decision_is_bound_too(self):
        seen = fingerprint(self.EFFECTS, TEXTS, {"number": "2815/QĐ-UBND"})
        assert seen != fingerprint(self.EFFECTS, TEXTS, {"number": "2851/QĐ-UBND"})

    def test_another_day_changes_it(self):
        moved = [self.EFFECTS[0], Effect("1.014391", "province", 12, None, Period(MARCH, None, 12, 2))]
        assert fingerprint(moved, TEXTS) != fingerprint(self.EFFECTS, TEXTS)
