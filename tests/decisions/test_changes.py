"""The difference of two texts: what changed in law is seen, what changed in layout is not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.changes import Change, Edit, changed_parts, find_changes, silent_parts, summary, word_runs
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
    TimeLimit,
    TimeUnit,
)
from decisions.redline import word_key
from decisions.redline_rows import Cell

DIRECT = Channel(
    ChannelKind.DIRECT, TimeLimit("15 ngày làm việc", Decimal(15), TimeUnit.WORKING_DAY), (Fee(text="Không thu phí"),)
)
OFFICE = ProcedureContent(
    name="Cấp Giấy chứng nhận đăng ký văn phòng đại diện của tổ chức khoa học và công nghệ",
    sectors=(Named("Hoạt động khoa học và công nghệ"),),
    steps=(Step("- Bước 1: Tổ chức nộp hồ sơ.\n- Bước 2: Sở thẩm định hồ sơ."), Step("- Bước 3: Trả kết quả.")),
    cases=(
        Case(
            papers=(
                Paper("Đơn đề nghị cấp Giấy chứng nhận", originals=1),
                Paper("Quyết định thành lập văn phòng", copies=1),
                Paper("Hồ sơ của người đứng đầu", originals=1),
            )
        ),
    ),
    channels=(DIRECT,),
    subjects=(Named("Tổ chức"), Named("Doanh nghiệp")),
    bodies=Bodies(executing=(Named("Sở Khoa học và Công nghệ"),)),
    bases=(LegalBasis("Luật Khoa học", "93/2025/QH15"), LegalBasis("Nghị định", "262/2025/NĐ-CP")),
    conditions="Có trụ sở; có người đứng đầu.",
)
PAPERS = OFFICE.cases[0].papers


def with_papers(*papers: Paper) -> ProcedureContent:
    return replace(OFFICE, cases=(replace(OFFICE.cases[0], papers=papers),))


class TestNoise:
    @pytest.mark.parametrize(
        "after",
        [
            replace(OFFICE, subjects=OFFICE.subjects[::-1], bases=OFFICE.bases[::-1]),
            replace(OFFICE, subjects=(*OFFICE.subjects, Named("Doanh nghiệp"))),
            replace(OFFICE, conditions="* Có trụ sở;\n  có người  đứng đầu"),
            replace(
                OFFICE, steps=(Step("Bước 1: Tổ chức nộp hồ sơ. Bước 2: Sở thẩm định hồ sơ. Bước 3: Trả kết quả."),)
            ),
            replace(OFFICE, note="Không có thông tin"),
            replace(OFFICE, cases=(replace(OFFICE.cases[0], name="Hồ sơ gồm"),)),
            replace(OFFICE, bases=(OFFICE.bases[0], LegalBasis("", "Nghị định số 262/2025/NĐ-CP "))),
            replace(OFFICE, channels=(replace(DIRECT, fees=(*DIRECT.fees, Fee(amount=Decimal(0)))),)),
        ],
    )
    def test_layout_order_of_sets_and_placeholders_are_no_change(self, after):
        assert find_changes(OFFICE, after) == []

    def test_tone_placement_is_no_change(self):
        before, after = replace(OFFICE, name="Hủy hóa đơn"), replace(OFFICE, name="Huỷ hoá đơn")
        assert find_changes(before, after) == []


class TestRealChanges:
    def test_the_time_limit_of_a_channel(self):
        shorter = replace(DIRECT, time=TimeLimit("10 ngày làm việc", Decimal(10), TimeUnit.WORKING_DAY))
        assert find_changes(OFFICE, replace(OFFICE, channels=(shorter,))) == [
            Change("times", Edit.CHANGED, "15 ngày làm việc", "10 ngày làm việc", "direct")
        ]

    def test_a_name_that_loses_two_words(self):
        after = replace(OFFICE, name=OFFICE.name.replace("đăng ký ", ""))
        assert changed_parts(OFFICE, after) == ("name",)
        runs = word_runs(OFFICE.name, after.name)
        assert [run.text for run in runs if run.edit is Edit.REMOVED] == ["đăng ký "]

    def test_a_paper_is_added_and_another_needs_one_original_more(self):
        after = with_papers(PAPERS[0], replace(PAPERS[1], originals=1), *PAPERS[2:], Paper("Bản đồ vị trí", copies=2))
        changes = find_changes(OFFICE, after)
        assert [(c.kind, c.part) for c in changes] == [(Edit.CHANGED, "papers"), (Edit.ADDED, "papers")]
        assert [(cell.name, cell.before, cell.after) for cell in changes[0].cells if cell.is_changed] == [
            ("originals", "0", "1")
        ]
        assert (changes[1].after, {cell.name: cell.after for cell in changes[1].cells}) == (
            "Bản đồ vị trí",
            {"originals": "0", "copies": "2"},
        )
        assert [(s.part, s.counts) for s in summary(changes)] == [("papers", ((Edit.ADDED, 1), (Edit.CHANGED, 1)))]

    def test_a_reworded_paper_is_one_change_and_not_two(self):
        after = with_papers(PAPERS[0], replace(PAPERS[1], name="Quyết định thành lập chi nhánh, văn phòng"), PAPERS[2])
        assert [c.kind for c in find_changes(OFFICE, after)] == [Edit.CHANGED]

    def test_a_paper_that_changes_its_place_has_moved(self):
        changes = find_changes(OFFICE, with_papers(PAPERS[2], PAPERS[0], PAPERS[1]))
        assert [(c.kind, c.after[:6]) for c in changes] == [(Edit.MOVED, "Hồ sơ ")]

    def test_a_paper_that_goes_to_another_case_has_moved(self):
        before = replace(OFFICE, cases=(Case("Cấp mới", papers=PAPERS), Case("Cấp lại", papers=PAPERS[:1])))
        after = replace(OFFICE, cases=(Case("Cấp mới", papers=PAPERS[:2]), Case("Cấp lại", papers=PAPERS[::2])))
        assert [(c.kind, c.where) for c in find_changes(before, after)] == [(Edit.MOVED, "Cấp lại")]

    def test_another_law_is_removed_and_added_however_alike_its_number(self):
        after = replace(OFFICE, bases=(OFFICE.bases[0], LegalBasis("Nghị định", "268/2025/NĐ-CP")))
        assert {c.kind for c in find_changes(OFFICE, after)} == {Edit.REMOVED, Edit.ADDED}

    def test_a_new_article_of_the_same_law_changes_the_row(self):
        after = replace(OFFICE, bases=(replace(OFFICE.bases[0], articles="Điều 7"), OFFICE.bases[1]))
        (change,) = find_changes(OFFICE, after)
        assert (change.kind, change.after) == (Edit.CHANGED, "93/2025/QH15")
        assert change.cells == (Cell("articles", "", "Điều 7"),)

    def test_body_roles_flags_and_channels_are_told_apart(self):
        after = replace(
            OFFICE,
            bodies=replace(OFFICE.bodies, delegated=(Named("Ban Quản lý khu công nghiệp"),)),
            flags=Flags(non_territorial=True),
            channels=(DIRECT, Channel(ChannelKind.ONLINE)),
        )
        assert [(c.part, c.kind, c.where) for c in find_changes(OFFICE, after)] == [
            ("channels", Edit.ADDED, "online"),
            ("bodies", Edit.ADDED, "delegated"),
            ("flags", Edit.ADDED, "non_territorial"),
        ]

    def test_a_case_more_is_named_with_its_papers(self):
        after = replace(OFFICE, cases=(*OFFICE.cases, Case("Cấp lại", papers=(Paper("Giấy cũ", originals=1),))))
        assert [(c.part, c.kind) for c in find_changes(OFFICE, after)] == [
            ("cases", Edit.ADDED),
            ("papers", Edit.ADDED),
        ]

    def test_a_part_on_which_one_text_is_silent_is_marked(self):
        after = replace(OFFICE, conditions="", name="Tên khác hẳn")
        assert changed_parts(OFFICE, after) == ("name", "conditions")
        assert silent_parts(OFFICE, after) == ("conditions",)


words = st.lists(st.sampled_from(["hồ sơ", "nộp", "Sở", "trả", "kết quả", "đơn"]), min_size=1, max_size=6).map(" ".join)
contents = st.builds(
    ProcedureContent,
    name=words,
    steps=st.lists(st.builds(Step, text=words), max_size=4).map(tuple),
    cases=st.lists(
        st.builds(Case, name=words, papers=st.lists(st.builds(Paper, name=words), max_size=4).map(tuple)), max_size=2
    ).map(tuple),
    subjects=st.lists(st.builds(Named, name=words), max_size=4).map(tuple),
    conditions=words,
)


class TestForEveryPair:
    @given(contents)
    def test_a_text_does_not_differ_from_itself(self, content):
        assert find_changes(content, content) == []

    @given(contents, contents)
    def test_the_same_parts_differ_in_both_directions(self, before, after):
        assert set(changed_parts(before, after)) == set(changed_parts(after, before))

    @given(words, words)
    def test_word_runs_give_both_texts_back(self, before, after):
        runs = word_runs(before, after)
        assert "".join(run.text for run in runs if run.edit is not Edit.REMOVED).strip() == after
        assert word_key("".join(run.text for run in runs if run.edit is not Edit.ADDED)) == word_key(before)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nghị quyết số 66.18/2026/NQ-CP", "66.18/2026/NQ-CP", True),
        ("66.18/2026/NQ-CP", "66.19/2026/NQ-CP", False),
        ("Nghị định số 08/2025/NĐ-CPngày 09/01/2025", "8/2025/NĐ-CP", True),
        ("85/2019/TT-BTCN", "85/2019/TT-BTC", True),
        ("60/2014/QH1360/2014/QH13", "60/2014/QH13", True),
        ("202068/2020/QH14", "68/2020/QH14", True),
        ("85/2019/TT-BTC", "85/2019/TT-BTP", False),
    ],
)
def test_a_legal_text_is_known_by_its_number_however_a_source_glued_it(one: str, other: str, same: bool) -> None:
    before, after = (replace(OFFICE, bases=(LegalBasis(number=number),)) for number in (one, other))
    assert (find_changes(before, after) == []) == same


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Chi cục Thuế, Văn phòng đăng ký đất đai", "Văn phòng đăng ký đất đai, Chi cục Thuế"),
        ("Ủy ban Nhân dân xã", "Uỷ ban nhân dân xã."),
    ],
)
def test_bodies_printed_in_one_row_have_no_order(before: str, after: str) -> None:
    one, other = (replace(OFFICE, bodies=Bodies(executing=(Named(names),))) for names in (before, after))
    assert find_changes(one, other) == []


def test_a_body_out_of_a_row_of_several_is_told_alone() -> None:
    before = replace(OFFICE, bodies=Bodies(executing=(Named("Chi cục Thuế, Văn phòng đăng ký đất đai"),)))
    after = replace(OFFICE, bodies=Bodies(executing=(Named("Văn phòng đăng ký đất đai"),)))
    assert [(change.kind, change.before) for change in find_changes(before, after)] == [(Edit.REMOVED, "Chi cục Thuế")]


def test_a_time_said_once_for_all_is_the_time_of_every_channel() -> None:
    general = replace(OFFICE, times=(DIRECT.time,), channels=(replace(DIRECT, time=None), Channel(ChannelKind.ONLINE)))
    each = replace(OFFICE, channels=(DIRECT, replace(DIRECT, kind=ChannelKind.ONLINE, fees=())))
    assert find_changes(general, each) == []


def test_another_group_exempt_is_a_change_of_the_fee() -> None:
    fee = Fee(text="Lệ phí 50.000 đồng", exempt=("Người thuộc hộ nghèo",))
    before = replace(OFFICE, channels=(replace(DIRECT, fees=(fee,)),))
    after = replace(OFFICE, channels=(replace(DIRECT, fees=(replace(fee, exempt=("Người khuyết tật",)),)),))
    (change,) = find_changes(before, after)
    assert (change.part, change.kind, change.cells) == (
        "fees",
        Edit.CHANGED,
        (Cell("exempt", "Người thuộc hộ nghèo", "Người khuyết tật"),),
    )
