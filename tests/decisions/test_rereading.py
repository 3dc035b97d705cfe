"""Words and the figures beside them: what follows what, and when they disagree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.completeness import LISTED_PARTS, PartState, part_states
from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    FeeKind,
    Named,
    Paper,
    ProcedureContent,
    Step,
    TimeLimit,
    TimeUnit,
)
from decisions.reading import parse_time
from decisions.rereading import (
    cut_is_longer,
    cut_read_otherwise,
    fee_read_otherwise,
    reread_fee,
    reread_time,
    time_read_otherwise,
)

TEN = parse_time("10 ngày làm việc", "07 ngày làm việc")


def test_changed_words_bring_their_figures() -> None:
    found = reread_time(TEN, replace(TEN, text="15 ngày", cut_text=""))
    assert (found.quantity, found.unit, found.cut_quantity) == (15, TimeUnit.DAY, None)


def test_figures_changed_by_hand_stay() -> None:
    typed = replace(TEN, text="Mười lăm ngày", quantity=Decimal(15), unit=TimeUnit.DAY)
    assert reread_time(TEN, typed) == typed


def test_a_number_alone_takes_the_unit_of_its_words() -> None:
    typed = TimeLimit("0,5 ngày làm việc", Decimal("0.5"))
    assert reread_time(TimeLimit(), typed).unit is TimeUnit.WORKING_DAY


@given(st.integers(1, 60), st.sampled_from(["ngày làm việc", "ngày", "giờ", "tháng"]), st.integers(1, 60))
def test_what_is_read_never_disagrees_with_its_words(number: int, unit: str, cut: int) -> None:
    limit = reread_time(TimeLimit(), TimeLimit(f"{number} {unit}", cut_text=f"{cut} {unit}"))
    assert time_read_otherwise(limit) is None and cut_read_otherwise(limit) is None
    assert cut_is_longer(limit) is (cut >= number)
    assert reread_time(limit, limit) == limit


def test_a_disagreement_names_what_the_words_say() -> None:
    assert time_read_otherwise(replace(TEN, quantity=Decimal(12))) == (10, TimeUnit.WORKING_DAY)
    assert time_read_otherwise(replace(TEN, unit=TimeUnit.DAY)) == (10, TimeUnit.WORKING_DAY)
    assert cut_read_otherwise(replace(TEN, cut_quantity=None)) == (7, TimeUnit.WORKING_DAY)


@pytest.mark.parametrize("words", ["02 ngày hoặc 05 ngày nếu phải xác minh", "Trong ngày", ""])
def test_words_without_one_reading_agree_with_anything(words: str) -> None:
    assert time_read_otherwise(TimeLimit(words, Decimal(2), TimeUnit.DAY)) is None


def test_a_fee_follows_its_words_too() -> None:
    shown = Fee(FeeKind.CHARGE, Decimal(8000), "Lệ phí: 8.000 đồng")
    assert reread_fee(shown, replace(shown, text="Lệ phí: 10.000 đồng")).amount == 10_000
    assert reread_fee(shown, replace(shown, text="Không")).amount is None
    assert reread_fee(Fee(), Fee(text="Phí: 50.000 đồng")).kind is FeeKind.FEE
    by_hand = replace(shown, text="Lệ phí: 10.000 đồng", amount=Decimal(9000))
    assert (reread_fee(shown, by_hand), fee_read_otherwise(by_hand)) == (by_hand, 10_000)
    assert fee_read_otherwise(shown) is None and fee_read_otherwise(Fee(text="Miễn phí", amount=Decimal(0))) is None


def test_an_empty_text_lacks_what_every_procedure_has() -> None:
    states = part_states(ProcedureContent(name="Cấp thẻ"))
    assert tuple(states) == LISTED_PARTS
    missing = [part for part, state in states.items() if state is PartState.MISSING]
    assert missing == ["steps", "channels", "papers", "times", "subjects", "bodies", "outcomes"]
    assert {states[part] for part in ("forms", "fees", "conditions", "bases")} == {PartState.NONE}


def test_a_whole_text_lacks_nothing_wherever_its_times_and_fees_stand() -> None:
    time = parse_time("01 ngày")
    content = ProcedureContent(
        name="Cấp thẻ", cases=(Case(steps=(Step("Nộp"),), papers=(Paper("Phiếu"),)),), outcomes=(Named("Thẻ"),),
        channels=(Channel(ChannelKind.DIRECT, time, (Fee(text="Không"),)),), subjects=(Named("Cá nhân"),),
        bodies=Bodies(deciding=(Named("Ủy ban nhân dân cấp xã"),)),
    )  # fmt: skip
    states = part_states(content)
    assert PartState.MISSING not in states.values() and states["fees"] is PartState.PRESENT
