"""Two people on one text: whatever they change in whatever order, nothing is overwritten unseen and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from catalogue.models import AuditEntry, DecisionLine
from catalogue.services.content_editing import DraftText, draft_text, mark_of_part, restore_parts, save_parts
from catalogue.services.drafting import LineInput, StaleDraft
from decisions.content import LegalBasis, Named, ProcedureContent, Step, from_json
from tests.catalogue.cast import Cast, amended, at, carry, draft, introduced

DAY = date(2026, 3, 2)
CHANGES: Mapping[str, Any] = {
    "steps": (Step("Nộp hồ sơ"),), "note": "Ghi chú", "conditions": "", "subjects": (Named("Cá nhân"),),
    "keywords": ("thẻ",), "bases": (LegalBasis("Luật Thư viện"),),
}  # fmt: skip


@pytest.fixture
def line(session: Session, cast: Cast) -> DecisionLine:
    carry(session, cast, draft(session, cast, "501/QĐ-UBND", DAY, [introduced("1.000501", "Cấp thẻ đọc")]))
    row = amended("1.000501", "Cấp thẻ đọc", "03 ngày làm việc")
    return draft(session, cast, "502/QĐ-UBND", DAY, [row]).lines[0]


def text_of(session: Session, line: DecisionLine) -> DraftText:
    session.flush()
    return draft_text(session, line, on=DAY, now=at(DAY, 11))


def marks(content: ProcedureContent) -> dict[str, str]:
    return {part: mark_of_part(getattr(content, part)) for part in CHANGES}


def save(session: Session, line: DecisionLine, cast: Cast, parts: Mapping[str, Any], seen: Mapping[str, str]) -> None:
    text = text_of(session, line)
    shown = {part: getattr(text.current, part) for part in parts}
    save_parts(session, text, parts, shown=shown, seen=seen, actor=cast.an, now=at(DAY, 11))


parts = st.dictionaries(st.sampled_from(sorted(CHANGES)), st.sampled_from(["mine", "other", "as it was"]))


@given(first=parts, second=parts)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_changes_are_there_or_the_second_person_is_asked(
    session: Session, cast: Cast, line: DecisionLine, first: dict[str, str], second: dict[str, str]
) -> None:
    line.content, line.written = "", []
    start = text_of(session, line).current

    def wanted(choices: Mapping[str, str]) -> dict[str, Any]:
        other = {"steps": (Step("Gửi qua mạng"),), "note": "Khác", "conditions": "Đủ 18 tuổi", "bases": (),
                 "subjects": (Named("Tổ chức"),), "keywords": ("sách",)}  # fmt: skip
        values = {"mine": CHANGES, "other": other, "as it was": {part: getattr(start, part) for part in CHANGES}}
        return {part: values[choice][part] for part, choice in choices.items()}

    seen, one, two = marks(start), wanted(first), wanted(second)
    save(session, line, cast, one, seen)
    after = text_of(session, line).current
    assert all(getattr(after, part) == value for part, value in one.items())
    meant = {part for part, value in two.items() if value != getattr(start, part)}
    clashing = {part for part in meant if getattr(after, part) not in (getattr(start, part), two[part])}
    if clashing:
        with pytest.raises(StaleDraft) as stale:
            save(session, line, cast, two, seen)
        assert set(stale.value.mine) == set(stale.value.theirs) == clashing
        assert text_of(session, line).current == after
    else:
        save(session, line, cast, two, seen)
        assert text_of(session, line).current == replace(after, **{part: two[part] for part in meant})


def test_only_what_differs_is_written_out(session: Session, cast: Cast, line: DecisionLine) -> None:
    text = text_of(session, line)
    save(session, line, cast, {"note": "Ghi chú", "conditions": text.current.conditions}, marks(text.current))
    assert line.written == ["note"] and from_json(line.content) == ProcedureContent(name="", note="Ghi chú")
    assert text_of(session, line).current.times[0].text == "03 ngày làm việc"


def test_giving_a_part_back_leaves_nothing_behind(session: Session, cast: Cast, line: DecisionLine) -> None:
    save(session, line, cast, {"note": "Ghi chú"}, marks(text_of(session, line).current))
    assert restore_parts(session, text_of(session, line), ["note"], actor=cast.an, now=at(DAY, 12)) == ("note",)
    assert (line.content, line.written) == ("", [])


def test_a_new_name_is_the_name_of_the_row(session: Session, cast: Cast, line: DecisionLine) -> None:
    text = text_of(session, line)
    seen = {"name": mark_of_part(text.current.name)}
    save(session, line, cast, {"name": "Cấp thẻ đọc, thẻ mượn"}, seen)
    assert (line.name, line.written) == ("Cấp thẻ đọc, thẻ mượn", [])
    assert text_of(session, line).current.name == "Cấp thẻ đọc, thẻ mượn"


def test_a_text_that_came_whole_stays_whole(session: Session, cast: Cast) -> None:
    content = ProcedureContent(name="Cấp thẻ", note="Từ nguồn", extra={"nguồn": "cổng"})
    row = LineInput(kind="introduced", name="Cấp thẻ", code_printed="1.000503", level="commune", content=content)
    line = draft(session, cast, "503/QĐ-UBND", DAY, [row]).lines[0]
    save(session, line, cast, {"keywords": ("thẻ",)}, marks(content))
    assert line.written == [] and from_json(line.content) == replace(content, keywords=("thẻ",))


def test_nothing_is_logged_when_nothing_changes(session: Session, cast: Cast, line: DecisionLine) -> None:
    before = session.query(AuditEntry).count()
    content = text_of(session, line).current
    save(session, line, cast, {part: getattr(content, part) for part in CHANGES}, {})
    assert session.query(AuditEntry).count() == before
