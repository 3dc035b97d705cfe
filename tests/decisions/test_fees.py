"""What is due depends on the day of filing and the channel, and every answer names its act (story S5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from decisions.content import Channel, ChannelKind, Fee, FeeKind, ProcedureContent
from decisions.fees import fee_changes, fees_due, has_dates

BEFORE, SINCE = date(2026, 8, 7), date(2026, 8, 8)
OLD = Fee(
    FeeKind.CHARGE, Decimal(8000), "Lệ phí đăng ký khai sinh không đúng hạn", basis="Nghị quyết số 12/2021/NQ-HĐND"
)
FREE = Fee(
    FeeKind.CHARGE, Decimal(0), "Nộp trực tuyến: 0 đồng", ChannelKind.ONLINE, (), "Nghị quyết số 23/2026/NQ-HĐND", SINCE
)
COPIES = Fee(FeeKind.FEE, Decimal(8000), "8.000 đồng/bản sao Trích lục", basis="Thông tư số 281/2016/TT-BTC")
BIRTH = ProcedureContent("Đăng ký khai sinh", fees=(OLD, FREE))
DESK, ONLINE = ChannelKind.DIRECT, ChannelKind.ONLINE


class TestTheDayOfFiling:
    def test_online_before_the_resolution_pays_the_old_fee(self):
        assert fees_due(BIRTH, BEFORE, ONLINE) == (OLD,)

    def test_online_from_its_day_pays_nothing_and_the_answer_names_the_resolution(self):
        (fee,) = fees_due(BIRTH, SINCE, ONLINE)
        assert (fee.amount, fee.basis) == (0, "Nghị quyết số 23/2026/NQ-HĐND")

    def test_the_desk_keeps_the_old_fee_and_its_act(self):
        (fee,) = fees_due(BIRTH, SINCE, DESK)
        assert (fee.amount, fee.basis) == (8000, "Nghị quyết số 12/2021/NQ-HĐND")

    def test_a_fee_of_another_kind_stays(self):
        text = ProcedureContent("Cấp bản sao Trích lục hộ tịch", fees=(COPIES, FREE))
        assert fees_due(text, SINCE, ONLINE) == (COPIES, FREE)
        assert fees_due(ProcedureContent("Cấp bản sao Trích lục hộ tịch", fees=(COPIES,)), SINCE, ONLINE) == (COPIES,)

    def test_a_fee_ends_on_its_last_day(self):
        ended = ProcedureContent("x", fees=(Fee(FeeKind.CHARGE, Decimal(5), valid_until=SINCE),))
        assert fees_due(ended, BEFORE, DESK) and not fees_due(ended, SINCE, DESK)

    def test_fees_of_the_channels_themselves_count(self):
        ways = (Channel(DESK, fees=(OLD,)), Channel(ONLINE, fees=(OLD, FREE)))
        text = ProcedureContent("Đăng ký khai sinh", channels=ways)
        assert [fees_due(text, SINCE, kind) for kind in (DESK, ONLINE)] == [(OLD,), (FREE,)]

    def test_readers_are_told_when_it_changes(self):
        assert fee_changes(BIRTH, BEFORE) == (SINCE,) and fee_changes(BIRTH, SINCE) == ()
        assert has_dates(BIRTH) and not has_dates(ProcedureContent("x", fees=(OLD,)))


days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
fees = st.builds(
    Fee, kind=st.sampled_from(FeeKind), amount=st.integers(0, 9).map(Decimal),
    channel=st.none() | st.sampled_from(ChannelKind), valid_from=st.none() | days, valid_until=st.none() | days,
)  # fmt: skip


@given(st.lists(fees, max_size=5), days, st.sampled_from(ChannelKind))
def test_only_fees_of_the_text_that_bind_are_due_and_one_is_when_any_binds(found, day, channel):
    text = ProcedureContent("x", fees=tuple(found))
    due = fees_due(text, day, channel)
    binding = [f for f in found if f.channel in (None, channel) and (f.valid_from or day) <= day
               and (f.valid_until is None or day < f.valid_until)]  # fmt: skip
    assert set(map(id, due)) <= set(map(id, found)) or all(fee in found for fee in due)
    assert bool(due) == bool(binding)
