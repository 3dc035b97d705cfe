"""May a decision be issued: what blocks it, what an officer may confirm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.messages import PROBLEMS, problem_sentence
from catalogue.workflow_messages import LINE_CODES, WORKFLOW_PROBLEMS
from decisions.checks import (
    PROBLEM_CODES,
    ActFacts,
    DecisionFacts,
    Line,
    Problem,
    StatedCount,
    all_problems,
    find_problems,
)
from decisions.content import Fee
from decisions.kinds import ChangeKind, EffectType, Level, Register
from decisions.workflow_proof import WORKFLOW_CODES

SIGNED = date(2025, 11, 20)
FACTS = DecisionFacts(
    on=date(2025, 11, 21), number="2815/QĐ-UBND", issuer="Chủ tịch UBND tỉnh Đồng Nai", signed_on=SIGNED
)
AMENDED = Line(
    id="7",
    position="Phụ lục, số 2",
    kind=ChangeKind.AMENDED,
    name="Cấp Giấy chứng nhận văn phòng đại diện, chi nhánh của tổ chức khoa học và công nghệ",
    code_printed="1.014391",
    key="1.014391",
    level=Level.PROVINCE,
    effect_type=EffectType.ON_SIGNING,
    effect_from=SIGNED,
    basis="Quyết định số 3659/QĐ-BKHCN",
    changed_parts=("times",),
    in_force_before=True,
)
NEW = replace(
    AMENDED,
    id="8",
    position="Phụ lục, số 3",
    kind=ChangeKind.INTRODUCED,
    name="Công nhận kết quả thăm dò khoáng sản",
    code_printed="1.014466",
    key="1.014466",
    time_text="10 ngày làm việc",
    place_text="Trung tâm Phục vụ hành chính công",
    in_force_before=False,
)
ABOLISHED = replace(NEW, id="9", kind=ChangeKind.ABOLISHED, in_force_before=True)


def codes(facts: DecisionFacts, *lines: Line) -> list[str]:
    return [problem.code for problem in find_problems(facts, lines)]


def test_a_complete_decision_has_no_problem():
    assert find_problems(FACTS, [AMENDED, NEW]) == []


class TestTheDecision:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"number": ""}, "number_missing"),
            ({"number": "205/TTr-SNNMT", "number_warnings": ("not_a_decision",)}, "number_unreadable"),
            ({"issuer": ""}, "issuer_missing"),
            ({"issuer_existed": False}, "issuer_did_not_exist"),
            ({"signed_on": None}, "signed_on_missing"),
            ({"signed_on": date(2026, 1, 1)}, "signed_after_today"),
            ({"same_identity": ("2815/QĐ-UBND ngày 03/02/2025",)}, "number_taken"),
            ({"unexplained": (("Phụ lục, dòng 9", "Như trên"),)}, "row_unexplained"),
            ({"impossible_dates": (("Điều 2", "31/02/2026"),)}, "date_impossible"),
        ],
    )
    def test_what_is_wrong_with_the_head_blocks(self, change, code):
        found = [p for p in find_problems(replace(FACTS, **change), [AMENDED]) if p.code == code]
        assert [p.blocking for p in found] == [True]

    def test_a_decision_without_lines_must_act_on_another(self):
        assert codes(FACTS) == ["no_lines"]
        settled = ActFacts("1", "Bãi bỏ …", "1347/QĐ-UBND", target_known=True, confirmed=True)
        assert codes(replace(FACTS, acts=(settled,))) == []

    def test_rows_found_by_serial_numbers_wait_for_a_person(self):
        act = ActFacts("1", "thứ tự 1–19 tại Mục A", "1347/QĐ-UBND", target_known=True, unmatched=("Mục A, số 36",))
        assert codes(replace(FACTS, acts=(act,)), AMENDED) == ["act_unconfirmed", "act_unmatched"]
        assert codes(replace(FACTS, acts=(replace(act, target_known=False),)), AMENDED) == ["act_target_unknown"]
        assert codes(replace(FACTS, acts=(replace(act, dismissed=True),)), AMENDED) == []

    def test_stated_counts_are_compared_by_kind_and_level(self):
        stated = (
            StatedCount("Điều 1", "03 thủ tục sửa đổi", 3, kind=ChangeKind.AMENDED),
            StatedCount("Điều 1", "01 thủ tục cấp tỉnh mới", 1, kind=ChangeKind.INTRODUCED, level=Level.PROVINCE),
        )
        found = find_problems(replace(FACTS, stated=stated), [AMENDED, NEW])
        assert [(p.code, p.value, p.detail, p.blocking) for p in found] == [("count_differs", "3", "1", False)]

    def test_a_column_that_the_annex_lacks_is_one_problem(self):
        lines = [replace(AMENDED, id=str(n), key=f"1.01439{n}", basis="") for n in range(3)]
        found = find_problems(FACTS, lines)
        assert [(p.code, p.value, p.detail) for p in found] == [("column_missing", "basis", "3")]

    def test_our_own_draft_may_not_leave_a_column_empty(self):
        own = replace(FACTS, signed_paper=False)
        found = find_problems(own, [replace(ABOLISHED, basis="")])
        assert [(p.code, p.value, p.blocking) for p in found] == [("cell_missing", "abolishing_text", True)]

    def test_a_code_twice_at_one_level_blocks_and_names_the_other_row(self):
        found = find_problems(FACTS, [AMENDED, replace(AMENDED, id="70", position="Phụ lục, số 5")])
        assert [(p.code, p.where, p.detail) for p in found] == [
            ("twice_in_annex", "Phụ lục, số 2", "Phụ lục, số 5"),
            ("twice_in_annex", "Phụ lục, số 5", "Phụ lục, số 2"),
        ]

    def test_a_code_at_two_levels_is_two_rows(self):
        assert codes(FACTS, AMENDED, replace(AMENDED, id="70", level=Level.COMMUNE)) == []

    def test_rows_without_code_are_told_apart_by_name(self):
        first, second = replace(NEW, key=""), replace(NEW, key="", id="10", name="Đăng ký khai sinh")
        assert codes(FACTS, first, second) == []
        assert "twice_in_annex" in codes(FACTS, first, replace(first, id="10"))


class TestALine:
    @pytest.mark.parametrize(
        ("line", "code", "blocking"),
        [
            (replace(AMENDED, kind=ChangeKind.UNKNOWN), "kind_unknown", True),
            (replace(AMENDED, level=Level.UNKNOWN), "level_unknown", True),
            (replace(AMENDED, name=" "), "name_missing", True),
            (replace(AMENDED, code_warnings=("not_standard",)), "code_not_standard", False),
            (replace(AMENDED, in_force_before=False), "not_in_force", False),
            (replace(NEW, in_force_before=True), "already_in_force", False),
            (replace(NEW, kind=ChangeKind.REPLACED, in_force_before=True), "successor_unnamed", False),
            (replace(AMENDED, effect_type=EffectType.UNRESOLVED, effect_from=None), "effect_unresolved", False),
            (replace(AMENDED, effect_until=SIGNED), "effect_ends_first", True),
            (replace(AMENDED, effect_from=date(2025, 11, 15)), "effective_before_signing", False),
            (replace(AMENDED, impossible_dates=("31/02/2026",)), "date_impossible", True),
            (replace(AMENDED, level=Level.DISTRICT), "district_level", True),
            (replace(AMENDED, known_name="Cấp Giấy chứng nhận đăng ký văn phòng"), "name_differs", False),
            (replace(AMENDED, same_name_codes=("1.014000",)), "same_name", False),
            (replace(AMENDED, fees=(Fee(amount=Decimal(0)),)), "fee_zero_without_words", False),
            (replace(AMENDED, missing_parts=("papers",)), "part_missing", False),
            (replace(AMENDED, doubtful_cells=("Thời hạn",)), "cell_doubtful", False),
            (replace(AMENDED, register=Register.INTERNAL), "internal_in_public", True),
            (replace(ABOLISHED, key=""), "code_missing", False),
            (replace(AMENDED, changed_parts=()), "cell_missing", False),
        ],
    )
    def test_each_rule_finds_its_line(self, line, code, blocking):
        found = find_problems(FACTS, [line])
        assert [(p.code, p.blocking, p.where, p.line) for p in found] == [(code, blocking, line.position, line.id)]

    def test_district_procedures_may_still_be_abolished_and_recorded_for_the_past(self):
        assert codes(FACTS, replace(ABOLISHED, level=Level.DISTRICT)) == []
        old = replace(FACTS, signed_on=date(2024, 11, 18))
        assert codes(old, replace(NEW, level=Level.DISTRICT, effect_from=date(2024, 11, 18))) == []

    def test_tone_placement_and_blanks_make_no_other_name(self):
        line = replace(NEW, name="Hủy kết quả  hóa đơn", known_name="Huỷ kết quả hoá đơn.")
        assert codes(FACTS, line) == []

    def test_other_marks_make_another_name(self):
        assert codes(FACTS, replace(NEW, name="Cấp phép đường", known_name="Cấp phép dương")) == ["name_differs"]

    def test_a_zero_with_words_is_no_problem(self):
        words = Fee(amount=Decimal(0), text="Miễn phí khi nộp trực tuyến theo Nghị quyết 23/2026/NQ-HĐND")
        assert codes(FACTS, replace(AMENDED, fees=(words,))) == []


class TestConfirmation:
    LINE = replace(AMENDED, known_name="Tên cũ")

    def test_a_confirmed_finding_is_no_longer_open_but_still_listed(self):
        (problem,) = find_problems(FACTS, [self.LINE])
        assert find_problems(FACTS, [self.LINE], {problem.key}) == []
        assert all_problems(FACTS, [self.LINE]) == [problem]

    def test_it_does_not_cover_another_value(self):
        (problem,) = find_problems(FACTS, [self.LINE])
        assert find_problems(FACTS, [replace(self.LINE, name="Tên khác nữa")], {problem.key}) != []

    def test_what_blocks_cannot_be_confirmed(self):
        (problem,) = find_problems(replace(FACTS, number=""), [AMENDED])
        assert find_problems(replace(FACTS, number=""), [AMENDED], {problem.key}) == [problem]


class TestSentences:
    def test_every_code_is_documented_and_has_a_sentence(self):
        assert set(PROBLEMS) == set(PROBLEM_CODES)
        assert set(WORKFLOW_PROBLEMS) == set(WORKFLOW_CODES) | set(LINE_CODES)

    @given(st.sampled_from(sorted(PROBLEM_CODES)), st.text(max_size=20), st.text(max_size=20))
    def test_no_value_breaks_a_sentence(self, code, where, detail):
        value = "basis" if code in ("column_missing", "cell_missing") else "Giá trị {lạ}"
        sentence = problem_sentence(Problem(code, where, value, detail))
        assert sentence
        assert "!" not in PROBLEMS[code]

    def test_a_sentence_says_place_and_value(self):
        (problem,) = find_problems(FACTS, [replace(AMENDED, in_force_before=False)])
        assert problem_sentence(problem).startswith("Phụ lục, số 2: 1.014391 chưa có trong danh mục")

    def test_a_problem_of_the_whole_decision_begins_with_a_capital(self):
        problem = Problem("count_differs", "", "3", "2", False)
        assert problem_sentence(problem).startswith("Văn bản ghi 3 thủ tục nhưng đếm được 2 dòng")
