"""What a text asks of citizens, in figures; words without one reading stay words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.burden import Burden, Duration, Span, burden, certain_sum, certain_time, totals
from decisions.content import Case, Channel, ChannelKind, Fee, Flags, OfficialForm, Paper, ProcedureContent, TimeUnit
from decisions.kinds import OnlineGrade
from decisions.reading import parse_time

EMPTY = ProcedureContent(name="Cấp giấy phép xây dựng")
DESK = Channel(ChannelKind.DIRECT)


def span(low: int, high: int | None = None) -> Span:
    return Span(Decimal(low), Decimal(low if high is None else high))


def with_cases(*cases: Case) -> Span | None:
    return burden(replace(EMPTY, cases=cases)).papers


class TestPapers:
    def test_headings_and_remarks_are_no_papers(self) -> None:
        papers = (
            Paper("Đơn đề nghị", originals=1),
            Paper("Nộp kèm các giấy tờ sau:"),
            Paper("Lưu ý: bản sao không cần chứng thực"),
            Paper("Bản vẽ thiết kế", forms=(OfficialForm("Mẫu số 02"),)),
        )
        assert with_cases(Case(papers=papers)) == span(2)

    def test_parts_of_one_form_add_up_and_cases_are_chosen(self) -> None:
        nop = Case("Giấy tờ phải nộp:", papers=(Paper("Tờ khai", originals=1), Paper("Ảnh", copies=2)))
        xuat_trinh = Case("Giấy tờ phải xuất trình:", papers=(Paper("Căn cước"),))
        assert with_cases(nop, xuat_trinh) == span(3)
        first = Case("Trường hợp cấp mới", papers=(Paper("Bản vẽ"), Paper("Thuyết minh")))
        again = Case("Trường hợp cấp lại", papers=(Paper("Giấy phép cũ"),))
        assert with_cases(nop, first, again) == span(3, 4)

    def test_a_text_without_papers_is_unknown_and_not_zero(self) -> None:
        assert with_cases() is None and with_cases(Case("Cấp mới")) is None


class TestTime:
    @pytest.mark.parametrize(
        ("words", "quantity", "unit"),
        [
            ("15 ngày làm việc", 15, TimeUnit.WORKING_DAY),
            ("Không quá 05 (năm) ngày, kể từ ngày nhận đủ hồ sơ hợp lệ", 5, TimeUnit.DAY),
            ("Trong thời hạn 03 tháng", 3, TimeUnit.MONTH),
        ],
    )
    def test_plain_words_are_read(self, words: str, quantity: int, unit: TimeUnit) -> None:
        assert certain_time(parse_time(words)) == (Decimal(quantity), unit)

    @pytest.mark.parametrize(
        "words",
        [
            "Ngay trong ngày tiếp nhận; nhận hồ sơ sau 15 giờ thì trả kết quả ngày làm việc tiếp theo",
            "10 ngày (hoặc 7 ngày đối với nhà ở riêng lẻ)",
            "02 ngày hoặc 05 ngày nếu phải xác minh",
            "Theo quy định của pháp luật",
            "",
        ],
    )
    def test_other_words_stay_words(self, words: str) -> None:
        assert certain_time(parse_time(words)) is None

    def test_the_time_after_a_cut_binds(self) -> None:
        assert certain_time(parse_time("20 ngày", "12 ngày")) == (Decimal(12), TimeUnit.DAY)

    def test_channels_give_a_span_in_one_unit_only(self) -> None:
        days = (replace(DESK, time=parse_time("20 ngày")), Channel(ChannelKind.ONLINE, parse_time("15 ngày")))
        assert burden(replace(EMPTY, channels=days)).time == Duration(span(15, 20), TimeUnit.DAY)
        mixed = (days[0], replace(days[1], time=parse_time("10 ngày làm việc")))
        assert burden(replace(EMPTY, channels=mixed)).time is None


class TestMoney:
    @pytest.mark.parametrize(
        ("fee", "amount"),
        [
            (Fee(text="50.000 đồng/lần"), 50_000),
            (Fee(amount=Decimal(50_000)), 50_000),
            (Fee(text="Không thu phí"), 0),
            (Fee(text="Miễn lệ phí"), 0),
            (Fee(text="Lệ phí: 0 đồng"), 0),
            (Fee(amount=Decimal(0)), None),
            (Fee(amount=Decimal(0), text="Theo nghị quyết của Hội đồng nhân dân"), None),
            (Fee(amount=Decimal(20_000), text="10.000 đồng khi nộp trực tuyến"), None),
            (Fee(text="Miễn phí cho hộ nghèo; 8.000 đồng và 5.000 đồng cho bản sao"), None),
            (Fee(), None),
        ],
    )
    def test_a_sum_is_certain_or_unknown(self, fee: Fee, amount: int | None) -> None:
        assert certain_sum(fee) == (None if amount is None else Decimal(amount))

    def test_several_fees_of_one_channel_may_add_up_or_exclude_each_other(self) -> None:
        desk = replace(DESK, fees=(Fee(text="50.000 đồng"), Fee(text="80.000 đồng")))
        assert burden(replace(EMPTY, channels=(desk,))).money is None

    def test_channels_give_a_span(self) -> None:
        desk, online = (
            replace(DESK, fees=(Fee(text="75.000 đồng"),)),
            Channel(ChannelKind.ONLINE, fees=(Fee(text="Không"),)),
        )
        assert burden(replace(EMPTY, channels=(desk, online))).money == span(0, 75_000)


class TestVisits:
    @pytest.mark.parametrize(
        ("kinds", "post_out", "online", "visits"),
        [
            (["direct"], False, "unknown", (2, 2)),
            (["direct"], True, "unknown", (1, 1)),
            (["direct", "online"], False, "full", (0, 2)),
            (["direct", "online"], False, "partial", (1, 2)),
            (["postal"], True, "unknown", (0, 0)),
        ],
    )
    def test_ways_to_the_counter(self, kinds, post_out, online, visits) -> None:
        content = replace(
            EMPTY,
            channels=tuple(Channel(ChannelKind(kind)) for kind in kinds),
            flags=Flags(post_out=post_out),
            online=OnlineGrade(online),
        )
        assert burden(content).visits == span(*visits)

    def test_without_channels_nobody_knows(self) -> None:
        assert burden(EMPTY) == Burden()


class TestTotals:
    def test_only_figures_known_on_both_sides_are_summed(self) -> None:
        one = Burden(papers=span(3), time=Duration(span(10), TimeUnit.DAY), money=span(0))
        other = Burden(papers=span(2, 4), time=Duration(span(5), TimeUnit.WORKING_DAY))
        found = {(total.figure, total.unit): total for total in totals([(one, one), (other, other), (one, other)])}
        assert (found["papers", None].before, found["papers", None].known) == (span(8, 10), 3)
        assert found["time", TimeUnit.DAY].known == found["time", TimeUnit.WORKING_DAY].known == 1
        assert found["money", None].known == 1

    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
    def test_sums_are_sums(self, papers: list[tuple[int, int]]) -> None:
        pairs = [(Burden(papers=span(old)), Burden(papers=span(new))) for old, new in papers]
        for total in totals(pairs):
            assert total.before == span(sum(old for old, _ in papers))
            assert total.after == span(sum(new for _, new in papers))
