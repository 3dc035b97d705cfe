"""Changes told to citizens in a sentence, to officers as annex words, to readers part by part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.redlines import change_sentence, redline
from decisions.changes import find_changes
from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    Flags,
    LegalBasis,
    Named,
    Paper,
    ProcedureContent,
    Step,
)
from decisions.headlines import headlines
from decisions.kinds import OnlineGrade
from decisions.reading import parse_time
from decisions.redline import Edit

PAPERS = (
    Paper("Tờ khai đăng ký kết hôn", originals=1),
    Paper("Giấy xác nhận tình trạng hôn nhân", originals=1),
    Paper("Căn cước công dân", copies=1),
)
DESK = Channel(ChannelKind.DIRECT, parse_time("05 ngày làm việc"), (Fee(text="Lệ phí 30.000 đồng"),))
ONLINE = replace(DESK, kind=ChannelKind.ONLINE)
TEXT = ProcedureContent(
    name="Đăng ký kết hôn",
    sectors=(Named("Hộ tịch"),),
    steps=(Step("Bước 1: Hai bên nộp hồ sơ.\nBước 2: Công chức tư pháp - hộ tịch kiểm tra.\nBước 3: Trao giấy."),),
    cases=(Case(papers=PAPERS),),
    channels=(DESK, ONLINE),
    subjects=(Named("Công dân Việt Nam"),),
    bodies=Bodies(executing=(Named("Ủy ban nhân dân cấp xã"),)),
    conditions="Nam từ đủ 20 tuổi trở lên, nữ từ đủ 18 tuổi trở lên.",
    bases=(LegalBasis(number="60/2014/QH13"),),
)


def with_papers(*papers: Paper) -> ProcedureContent:
    return replace(TEXT, cases=(Case(papers=papers),))


def with_channels(*channels: Channel) -> ProcedureContent:
    return replace(TEXT, channels=channels)


class TestTheSentence:
    def test_the_most_important_comes_first(self) -> None:
        online = replace(ONLINE, time=parse_time("03 ngày làm việc"), fees=(Fee(text="Lệ phí 0 đồng"),))
        desk = replace(DESK, time=parse_time("03 ngày làm việc"))
        after = replace(with_papers(*PAPERS[:2]), channels=(desk, online), bases=(LegalBasis(number="68/2025/QH15"),))
        assert change_sentence(TEXT, after) == (
            "Bỏ 1 giấy tờ, giảm 2 ngày làm việc (còn 3 ngày làm việc), lệ phí trực tuyến còn 0 đồng, "
            "sửa căn cứ pháp lý."
        )

    @pytest.mark.parametrize(
        ("after", "sentence"),
        [
            (TEXT, "Không có thay đổi."),
            (with_papers(*PAPERS[::-1]), "Không có thay đổi về nội dung, chỉ đổi thứ tự giấy tờ."),
            (with_papers(*PAPERS, Paper("Ảnh 4x6", copies=2)), "Thêm 1 giấy tờ."),
            (with_papers(replace(PAPERS[0], originals=2), *PAPERS[1:]), "Sửa 1 giấy tờ."),
            (
                with_channels(replace(DESK, time=parse_time("07 ngày làm việc")), ONLINE),
                "Tăng 2 ngày làm việc khi nộp trực tiếp (thành 7 ngày làm việc).",
            ),
            (
                with_channels(replace(DESK, fees=(Fee(text="Lệ phí 20.000 đồng"),)), ONLINE),
                "Lệ phí trực tiếp giảm còn 20.000 đồng.",
            ),
            (
                with_channels(DESK, ONLINE, replace(DESK, kind=ChannelKind.POSTAL)),
                "Nộp được hồ sơ qua bưu chính công ích.",
            ),
            (with_channels(DESK), "Không còn nhận hồ sơ trực tuyến."),
            (replace(TEXT, name="Thủ tục đăng ký kết hôn"), "Không có thay đổi."),
            (replace(TEXT, name="Đăng ký lại kết hôn"), "Đổi tên thủ tục."),
            (replace(TEXT, flags=Flags(non_territorial=True)), "Nay không phụ thuộc địa giới hành chính."),
            (
                replace(TEXT, bodies=Bodies(executing=(Named("Sở Tư pháp"),))),
                "Cơ quan thực hiện từ «Ủy ban nhân dân cấp xã» thành «Sở Tư pháp».",
            ),
            (
                replace(TEXT, conditions="Nam từ đủ 18 tuổi trở lên, nữ từ đủ 18 tuổi trở lên."),
                "Sửa yêu cầu, điều kiện.",
            ),
            (
                replace(TEXT, reception="Trung tâm Phục vụ hành chính công xã"),
                "Không có thay đổi ở những phần cả hai bản đều ghi. Bản sau ghi thêm nơi tiếp nhận hồ sơ: "
                "«Trung tâm Phục vụ hành chính công xã» (bản trước chưa ghi).",
            ),
            (
                with_channels(*(replace(channel, fees=()) for channel in TEXT.channels)),
                "Không có thay đổi ở những phần cả hai bản đều ghi. Bản sau không ghi phí, lệ phí.",
            ),
        ],
    )
    def test_it_says_what_happened(self, after: ProcedureContent, sentence: str) -> None:
        assert change_sentence(TEXT, after) == sentence

    def test_a_higher_grade_online_is_told(self) -> None:
        before, after = replace(TEXT, online=OnlineGrade.PARTIAL), replace(TEXT, online=OnlineGrade.FULL)
        assert change_sentence(before, after) == "Mức độ trực tuyến từ một phần thành toàn trình."

    def test_a_paper_of_one_case_names_the_case(self) -> None:
        fresh, again = Case("Cấp mới", papers=PAPERS), Case("Cấp lại", papers=PAPERS[:2])
        before = replace(TEXT, cases=(fresh, again))
        after = replace(TEXT, cases=(fresh, replace(again, papers=PAPERS[:1])))
        assert change_sentence(before, after) == "Bỏ 1 giấy tờ ở «Cấp lại»."

    def test_a_case_with_a_new_name_is_the_same_case(self) -> None:
        before = replace(TEXT, cases=(Case("Trường hợp đăng ký lần đầu", papers=PAPERS),))
        after = replace(TEXT, cases=(Case("Đăng ký lần đầu tại Việt Nam", papers=PAPERS),))
        assert change_sentence(before, after) == "Sửa 1 trường hợp."

    def test_other_words_for_the_same_time_are_no_shorter_time(self) -> None:
        words = parse_time("Không quá 05 ngày làm việc kể từ ngày nhận đủ hồ sơ")
        after = with_channels(*(replace(channel, time=words) for channel in TEXT.channels))
        assert "giảm" not in change_sentence(TEXT, after).lower()


class TestTheAnnexWords:
    def test_each_part_with_what_changed_in_it(self) -> None:
        after = replace(
            with_papers(*PAPERS[:2]),
            channels=tuple(replace(channel, time=parse_time("03 ngày làm việc")) for channel in TEXT.channels),
            bases=(*TEXT.bases, LegalBasis(number="68/2025/QH15")),
        )
        assert redline(TEXT, after).annex == (
            "Thành phần hồ sơ: bỏ 1 giấy tờ; thời hạn giải quyết: từ «05 ngày làm việc» thành «03 ngày làm việc»; "
            "căn cứ pháp lý"
        )

    def test_without_a_change_there_is_nothing_to_propose(self) -> None:
        assert redline(TEXT, TEXT).annex == ""


class TestPartByPart:
    def test_equal_changes_of_several_channels_are_one_row(self) -> None:
        after = with_channels(*(replace(channel, time=parse_time("03 ngày")) for channel in TEXT.channels))
        (part,) = redline(TEXT, after).parts
        assert [(row.where, row.word, row.cells) for row in part.rows] == [("Trực tiếp, Trực tuyến", "Sửa", ())]
        assert part.counts == "sửa 1"

    def test_a_part_of_which_one_text_is_silent_is_marked(self) -> None:
        parts = {
            part.part: part.silent
            for part in redline(TEXT, replace(TEXT, conditions="", dossier_sets="01 bộ", note="Mới")).parts
        }
        assert parts == {"conditions": "after", "dossier_sets": "before", "note": ""}

    def test_columns_are_those_in_which_something_stands(self) -> None:
        (part,) = redline(TEXT, with_papers(*PAPERS[:2])).parts
        assert part.columns == ("Bản chính", "Bản sao")

    def test_what_only_machines_read_is_left_out(self) -> None:
        assert redline(TEXT, replace(TEXT, keywords=("kết hôn",), extra={"id": "1"})).is_same


names = st.sampled_from(["Tờ khai", "Căn cước công dân", "Giấy xác nhận", "Ảnh 4x6", "Hợp đồng", "Lưu ý: mang bản gốc"])
times = st.sampled_from(["05 ngày", "03 ngày làm việc", "15 ngày", "Theo quy định", ""])
fees = st.sampled_from(["Không", "30.000 đồng", "50.000 đồng", "Theo nghị quyết", ""])
contents = st.builds(
    lambda name, papers, time, fee, kinds, words: ProcedureContent(
        name=name,
        cases=(Case(papers=tuple(Paper(paper, originals=1) for paper in papers)),),
        channels=tuple(Channel(kind, parse_time(time), (Fee(text=fee),)) for kind in kinds),
        conditions=words,
        subjects=tuple(Named(word) for word in words.split()),
    ),
    st.sampled_from(["Đăng ký kết hôn", "Đăng ký lại kết hôn"]),
    st.lists(names, max_size=4),
    times,
    fees,
    st.lists(st.sampled_from(ChannelKind), unique=True),
    st.sampled_from(["", "Công dân", "Doanh nghiệp", "Tổ chức"]),
)


class TestForEveryPair:
    @given(contents)
    def test_a_text_has_no_change_against_itself(self, content: ProcedureContent) -> None:
        found = redline(content, content)
        assert (found.sentence, found.annex, found.parts) == ("Không có thay đổi.", "", ())

    @given(contents, contents)
    def test_the_sentence_claims_nothing_that_the_parts_do_not_show(
        self, before: ProcedureContent, after: ProcedureContent
    ) -> None:
        changes = find_changes(before, after)
        for headline in headlines(changes, (channel.kind.value for channel in after.channels)):
            own = [change for change in changes if change.part == headline.part and not change.silent]
            assert own
            assert set(headline.where) <= {change.where for change in own}
            if headline.before or headline.after:
                assert any(c.before == headline.before and c.after == headline.after for c in own)
            if headline.part == "papers" and headline.news.value in ("added", "removed"):
                assert 0 < headline.count <= sum(change.kind == Edit(headline.news.value) for change in own)

    @given(contents, contents)
    def test_no_change_is_said_exactly_when_no_part_is_shown(
        self, before: ProcedureContent, after: ProcedureContent
    ) -> None:
        found = redline(before, after)
        assert found.is_same == (found.sentence == "Không có thay đổi.")

    @given(contents, contents)
    def test_every_part_is_either_changed_or_stayed(self, before: ProcedureContent, after: ProcedureContent) -> None:
        found = redline(before, after)
        shown = {part.label for part in found.parts}
        assert not shown & {label for label, _ in found.unchanged}


@pytest.mark.parametrize(
    "after", [with_papers(), with_channels(), replace(TEXT, steps=()), replace(TEXT, name="Ghi vào Sổ hộ tịch")]
)
def test_the_words_of_a_sentence_are_calm(after: ProcedureContent) -> None:
    told = change_sentence(TEXT, after)
    assert "!" not in told and told.endswith(".") and told[0].isupper()
