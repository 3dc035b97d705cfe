"""Which documents speak on a day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from search_index.validity import Facts, boundaries, chosen, status_on, stretch
from tests.search_index.documents import document

FIRST = date(2025, 1, 1)
DAYS = st.integers(0, 20)


@st.composite
def versions(draw: st.DrawFn) -> list[Facts]:
    """Versions of up to four procedures at two levels that never overlap within a (procedure, level)."""
    everything = []
    for procedure in range(draw(st.integers(1, 4))):
        for level in ("province", "commune"):
            days = sorted(draw(st.sets(DAYS, max_size=6)))
            for number, (since, until) in enumerate(zip(days[::2], days[1::2], strict=False)):
                key = f"{procedure}/{level}/{number}"
                everything.append(Facts.of(document(
                    f"1.{procedure}", "Cấp phép", key=key, level=level, procedure=str(procedure),
                    valid_from=FIRST + timedelta(since), valid_until=FIRST + timedelta(until),
                )))  # fmt: skip
    return everything


@given(versions(), DAYS)
def test_every_status_gives_each_procedure_and_level_at_most_once(everything, day):
    at = FIRST.toordinal() + day
    for status in ("in_force", "coming", "ended", "any"):
        groups = [everything[place].group for place in chosen(everything, at, status)]
        assert len(groups) == len(set(groups))


@given(versions(), DAYS)
def test_any_covers_every_procedure_and_prefers_what_binds(everything, day):
    at = FIRST.toordinal() + day
    found = [everything[place] for place in chosen(everything, at, "any")]
    assert {facts.group for facts in found} == {facts.group for facts in everything}
    binding = {everything[place].key for place in chosen(everything, at, "in_force")}
    assert binding <= {facts.key for facts in found}


@given(versions(), DAYS)
def test_in_force_and_ended_never_name_the_same_procedure_and_level(everything, day):
    at = FIRST.toordinal() + day
    in_force, coming, ended = (
        {everything[place].group for place in chosen(everything, at, status)}
        for status in ("in_force", "coming", "ended")
    )
    assert in_force & ended == set()
    assert coming & ended == set()
    assert in_force | coming | ended == {facts.group for facts in everything}


@given(versions(), DAYS, DAYS)
def test_days_of_one_stretch_give_one_answer(everything, one, other):
    days = boundaries(everything)
    first, second = FIRST.toordinal() + one, FIRST.toordinal() + other
    if stretch(days, first) == stretch(days, second):
        for status in ("in_force", "coming", "ended", "any"):
            assert chosen(everything, first, status) == chosen(everything, second, status)


def test_what_never_binds_has_ended():
    never = Facts.of(document("1.1", "Cấp phép", valid_from=FIRST, valid_until=FIRST))
    assert status_on(never, FIRST.toordinal()) == "ended"
    assert status_on(never, FIRST.toordinal() - 1) == "ended"
