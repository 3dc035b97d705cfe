"""The typed text: it survives its stored form, and only a real difference makes another text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    FeeKind,
    LegalBasis,
    Named,
    Paper,
    ProcedureContent,
    Step,
    TimeLimit,
    TimeUnit,
    awaits_content,
    canonical_json,
    content_hash,
    from_json,
    missing_parts,
)
from decisions.kinds import OnlineGrade

WORDS = st.text("aăâđêôơư áàảãạ0123456789,.\n", max_size=20)
TIMES = st.builds(
    TimeLimit,
    text=WORDS,
    quantity=st.none() | st.decimals("0", "200", places=2),
    unit=st.none() | st.sampled_from(TimeUnit),
)
FEES = st.builds(
    Fee,
    kind=st.sampled_from(FeeKind),
    amount=st.none() | st.integers(0, 10**9).map(Decimal),
    text=WORDS,
    exempt=st.lists(WORDS, max_size=2).map(tuple),
    valid_from=st.none() | st.dates(),
    extra=st.dictionaries(WORDS, WORDS, max_size=2),
)
NAMED = st.lists(st.builds(Named, name=WORDS, code=WORDS), max_size=3).map(tuple)
CONTENTS = st.builds(
    ProcedureContent,
    name=WORDS,
    sectors=NAMED,
    subjects=NAMED,
    steps=st.lists(st.builds(Step, text=WORDS), max_size=2).map(tuple),
    cases=st.lists(
        st.builds(
            Case,
            name=WORDS,
            papers=st.lists(st.builds(Paper, name=WORDS), max_size=2).map(tuple),
            time=st.none() | TIMES,
        ),
        max_size=2,
    ).map(tuple),
    channels=st.lists(
        st.builds(
            Channel,
            kind=st.sampled_from(ChannelKind),
            time=st.none() | TIMES,
            fees=st.lists(FEES, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    bodies=st.builds(Bodies, executing=NAMED, deciding=NAMED),
    bases=st.lists(st.builds(LegalBasis, title=WORDS, number=WORDS), max_size=3).map(tuple),
    online=st.sampled_from(OnlineGrade),
)


@given(CONTENTS)
def test_a_text_survives_its_stored_form(content: ProcedureContent) -> None:
    again = from_json(canonical_json(content))
    assert again == content
    assert canonical_json(again) == canonical_json(content)


@given(CONTENTS)
def test_the_order_of_sets_makes_no_other_text(content: ProcedureContent) -> None:
    turned = replace(
        content,
        bases=content.bases[::-1],
        subjects=content.subjects[::-1],
        sectors=content.sectors[::-1],
        bodies=replace(content.bodies, executing=content.bodies.executing[::-1]),
    )
    assert content_hash(turned) == content_hash(content)


def test_the_order_of_steps_makes_another_text() -> None:
    one = ProcedureContent("Đăng ký khai sinh", steps=(Step("Nộp"), Step("Nhận")))
    assert content_hash(replace(one, steps=one.steps[::-1])) != content_hash(one)


def test_a_listing_awaits_its_content_and_names_the_missing_parts() -> None:
    listed = ProcedureContent("Đăng ký khai sinh", times=(TimeLimit("trong ngày"),))
    assert awaits_content(listed)
    assert missing_parts(listed) == ("steps", "channels", "papers", "subjects", "bodies")


def test_a_fee_of_a_channel_says_its_channel() -> None:
    content = ProcedureContent(
        "x", channels=(Channel(ChannelKind.ONLINE, fees=(Fee(amount=Decimal(0), text="0 đồng"),)),)
    )
    assert [fee.channel for fee in content.all_fees] == [ChannelKind.ONLINE]


@pytest.mark.parametrize(
    "stored",
    ['{"nme":"x"}', '{"name":1}', '{"name":"x","steps":{}}', '{"name":"x","online":"maybe"}', "[]", '{"name":', "{}"],
)
def test_a_damaged_store_is_refused(stored: str) -> None:
    with pytest.raises(ValueError):
        from_json(stored)


def test_dates_and_half_days_are_written_plainly() -> None:
    content = ProcedureContent(
        "x", times=(TimeLimit("2,5 ngày", Decimal("2.50"), TimeUnit.DAY),), fees=(Fee(valid_from=date(2026, 8, 8)),)
    )
    assert '"quantity":"2.5"' in canonical_json(content) and '"valid_from":"2026-08-08"' in canonical_json(content)
