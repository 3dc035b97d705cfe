"""The way of a decision: three people, an approval bound to a text, and nothing done that was not approved."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import AuditEntry, Decision, LineTarget, ProcedureVersion, Validity
from catalogue.services import drafting, projection, publication
from catalogue.services.drafting import LineInput
from decisions.lifecycle import NotAllowed
from tests.catalogue.cast import Cast, abolished, amended, at, carry, confirm_all, draft, introduced

SIGNED = date(2026, 3, 2)


@pytest.fixture
def submitted(session: Session, cast: Cast) -> Decision:
    decision = draft(session, cast, "101/QĐ-UBND", SIGNED, [introduced("1.001193", "Đăng ký khai sinh")])
    publication.submit(session, decision, actor=cast.an, now=at(SIGNED))
    return decision


@pytest.fixture
def approved(session: Session, cast: Cast, submitted: Decision) -> Decision:
    publication.review(session, submitted, actor=cast.binh, now=at(SIGNED))
    seen = publication.rehearse(session, submitted, at(SIGNED)).fingerprint
    publication.approve(session, submitted, seen=seen, actor=cast.chi, now=at(SIGNED))
    return submitted


class TestThreePeople:
    """Story S7."""

    def test_the_drafter_may_neither_review_nor_approve(
        self, session: Session, cast: Cast, submitted: Decision
    ) -> None:
        with pytest.raises(NotAllowed, match="same_person"):
            publication.review(session, submitted, actor=cast.an, now=at(SIGNED))
        publication.review(session, submitted, actor=cast.binh, now=at(SIGNED))
        with pytest.raises(NotAllowed, match="same_person"):
            publication.approve(session, submitted, seen="", actor=cast.an, now=at(SIGNED))

    def test_the_reviewer_may_not_approve(self, session: Session, cast: Cast, submitted: Decision) -> None:
        publication.review(session, submitted, actor=cast.binh, now=at(SIGNED))
        seen = publication.rehearse(session, submitted, at(SIGNED)).fingerprint
        with pytest.raises(NotAllowed, match="same_person"):
            publication.approve(session, submitted, seen=seen, actor=cast.binh, now=at(SIGNED))

    def test_a_changed_role_opens_no_way(self, session: Session, cast: Cast, submitted: Decision) -> None:
        cast.an.roles = "drafter,reviewer,approver,admin"
        with pytest.raises(NotAllowed):
            publication.review(session, submitted, actor=cast.an, now=at(SIGNED))

    def test_whoever_touched_the_draft_counts_as_its_drafter(self, session: Session, cast: Cast) -> None:
        decision = draft(session, cast, "102/QĐ-UBND", SIGNED, [introduced("1.001193", "Đăng ký khai sinh")])
        line = decision.lines[0]
        drafting.edit_line(
            session, line, {"sector": "Tư pháp"}, seen=line.lock_version, actor=cast.binh, now=at(SIGNED)
        )
        publication.submit(session, decision, actor=cast.an, now=at(SIGNED))
        with pytest.raises(NotAllowed):
            publication.review(session, decision, actor=cast.binh, now=at(SIGNED))

    def test_one_changed_character_voids_the_approval_and_tells_all_three(
        self, session: Session, cast: Cast, approved: Decision
    ) -> None:
        line = approved.lines[0]
        drafting.edit_line(
            session, line, {"name": line.name + "."}, seen=line.lock_version, actor=cast.an, now=at(SIGNED)
        )
        assert (approved.status, approved.approved_plan, approved.approver_id) == ("draft", "", None)
        told = session.scalar(select(AuditEntry).where(AuditEntry.action == "approval_voided"))
        assert told is not None and set(told.detail["told"]) == {"an", "binh", "chi"}
        with pytest.raises(NotAllowed):
            publication.issue(session, approved, actor=cast.chi, now=at(SIGNED))


def test_what_was_submitted_is_not_thrown_away(session: Session, cast: Cast, submitted: Decision) -> None:
    with pytest.raises(drafting.DraftingError, match="đã trình"):
        drafting.discard(session, submitted, reason="thừa", actor=cast.an, now=at(SIGNED))
    publication.send_back(session, submitted, note="trả lại", actor=cast.binh, now=at(SIGNED))
    drafting.discard(session, submitted, reason="thừa", actor=cast.an, now=at(SIGNED))
    session.flush()
    assert session.scalars(select(Decision)).all() == []


class TestApprovalIsBound:
    def test_another_plan_than_the_one_seen_is_refused(self, session: Session, cast: Cast, submitted: Decision) -> None:
        publication.review(session, submitted, actor=cast.binh, now=at(SIGNED))
        with pytest.raises(publication.PlanChanged):
            publication.approve(session, submitted, seen="0" * 64, actor=cast.chi, now=at(SIGNED))

    def test_issuing_refuses_when_the_catalogue_moved_in_between(
        self, session: Session, cast: Cast, approved: Decision
    ) -> None:
        other = draft(session, cast, "99/QĐ-UBND", date(2026, 3, 1), [introduced("1.001193", "Đăng ký khai sinh")])
        carry(session, cast, other)
        with pytest.raises((publication.PlanChanged, publication.NotIssuable)):
            publication.issue(session, approved, actor=cast.chi, now=at(SIGNED, 15))
        assert approved.status == "approved"

    def test_a_character_changed_behind_the_program_is_noticed(
        self, session: Session, cast: Cast, approved: Decision
    ) -> None:
        approved.lines[0].fields = {**approved.lines[0].fields, "time": "06 ngày làm việc"}
        session.flush()
        with pytest.raises(publication.PlanChanged):
            publication.issue(session, approved, actor=cast.chi, now=at(SIGNED))


class TestIssuing:
    def test_every_step_is_recorded_once(self, session: Session, cast: Cast, approved: Decision) -> None:
        publication.issue(session, approved, actor=cast.chi, now=at(SIGNED))
        actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
        steps = [a for a in actions if a.startswith("decision_")]
        assert steps == [
            "decision_drafted", "decision_submitted", "decision_reviewed", "decision_approved", "decision_issued",
        ]  # fmt: skip

    def test_an_issued_decision_cannot_be_edited(self, session: Session, cast: Cast, approved: Decision) -> None:
        publication.issue(session, approved, actor=cast.chi, now=at(SIGNED))
        with pytest.raises(drafting.DraftingError, match="đã ban hành"):
            drafting.edit_line(session, approved.lines[0], {"name": "x"}, seen=1, actor=cast.an, now=at(SIGNED))

    def test_an_amendment_keeps_what_its_row_does_not_name(self, session: Session, cast: Cast) -> None:
        carry(
            session,
            cast,
            draft(session, cast, "1/QĐ-UBND", date(2026, 1, 5), [introduced("1.001193", "Đăng ký khai sinh")]),
        )
        carry(
            session,
            cast,
            draft(session, cast, "2/QĐ-UBND", SIGNED, [amended("1.001193", "Đăng ký khai sinh", "01 ngày làm việc")]),
        )
        newest = session.scalars(select(ProcedureVersion).order_by(ProcedureVersion.id.desc())).first()
        assert newest is not None and newest.time_text == "01 ngày làm việc"
        assert newest.value.reception == "Trung tâm Phục vụ hành chính công cấp xã"
        assert newest.value.sectors[0].name == "Hộ tịch"

    def test_abolishing_closes_and_opens_nothing(self, session: Session, cast: Cast) -> None:
        carry(
            session,
            cast,
            draft(session, cast, "1/QĐ-UBND", date(2026, 1, 5), [introduced("1.001193", "Đăng ký khai sinh")]),
        )
        carry(session, cast, draft(session, cast, "2/QĐ-UBND", SIGNED, [abolished("1.001193", "Đăng ký khai sinh")]))
        rows = list(session.scalars(select(Validity)))
        assert [(row.valid_from, row.valid_until) for row in rows] == [(date(2026, 1, 5), SIGNED)]

    def test_a_line_without_a_day_opens_nothing_until_a_second_person_resolves_it(
        self, session: Session, cast: Cast
    ) -> None:
        waiting = introduced(
            "1.001193", "Đăng ký khai sinh", effect_type="unresolved", effect_text="theo Nghị định mới"
        )
        decision = draft(session, cast, "1/QĐ-UBND", SIGNED, [waiting])
        carry(session, cast, decision)
        assert session.scalars(select(LineTarget)).all() == []
        line = decision.lines[0]
        day = date(2026, 5, 1)
        with pytest.raises(NotAllowed):
            publication.resolve_effect(session, line, on=day, evidence="NĐ 9/2026", actor=cast.an, now=at(SIGNED))
        publication.resolve_effect(session, line, on=day, evidence="NĐ 9/2026", actor=cast.binh, now=at(SIGNED))
        assert [row.valid_from for row in session.scalars(select(Validity))] == [day]
        assert projection.check(session) == []


class TestProblemsStandInTheWay:
    def test_amending_what_is_not_in_force_asks_first(self, session: Session, cast: Cast) -> None:
        decision = draft(session, cast, "1/QĐ-UBND", SIGNED, [amended("1.001193", "Đăng ký khai sinh", "01 ngày")])
        with pytest.raises(publication.NotIssuable) as refused:
            publication.submit(session, decision, actor=cast.an, now=at(SIGNED))
        assert [p.code for p in refused.value.problems] == ["not_in_force"]
        confirm_all(session, cast, decision, at(SIGNED))
        publication.submit(session, decision, actor=cast.an, now=at(SIGNED))

    def test_a_line_that_waits_for_its_day_is_not_told_that_its_procedure_is_gone(
        self, session: Session, cast: Cast
    ) -> None:
        first = draft(session, cast, "1/QĐ-UBND", date(2026, 1, 5), [introduced("1.001193", "Đăng ký khai sinh")])
        carry(session, cast, first)
        row = amended("1.001193", "Đăng ký khai sinh", "01 ngày", effect_type="unresolved", effect_text="theo Luật mới")
        decision = draft(session, cast, "2/QĐ-UBND", SIGNED, [row])
        assert {p.code for p in publication.rehearse(session, decision, at(SIGNED)).open} == {"effect_unresolved"}

    def test_a_code_twice_in_one_annex_is_named(self, session: Session, cast: Cast) -> None:
        lines = [introduced("1.001193", "Đăng ký khai sinh"), introduced("1.001193.000.00.00.H44", "Đăng ký khai sinh")]
        decision = draft(session, cast, "1/QĐ-UBND", SIGNED, lines)
        codes = {p.code for p in publication.rehearse(session, decision, at(SIGNED)).open}
        assert "twice_in_annex" in codes

    def test_the_same_number_issuer_and_year_is_one_decision(self, session: Session, cast: Cast) -> None:
        draft(session, cast, "1779/QĐ-UBND", SIGNED, [])
        with pytest.raises(drafting.DraftingError, match="đã có trong hệ thống"):
            draft(session, cast, "01779/QĐ-UBND", date(2026, 9, 9), [])
        draft(session, cast, "1779/QĐ-UBND", SIGNED, [], issuer_text="Ủy ban nhân dân tỉnh Ngàn Phố")

    def test_the_district_level_is_refused_from_july_2025(self, session: Session, cast: Cast) -> None:
        decision = draft(
            session, cast, "1/QĐ-UBND", SIGNED, [introduced("1.001193", "Đăng ký khai sinh", level="district")]
        )
        assert {p.code for p in publication.rehearse(session, decision, at(SIGNED)).open} == {"district_level"}

    def test_an_unknown_kind_does_nothing_and_blocks(self, session: Session, cast: Cast) -> None:
        decision = draft(session, cast, "1/QĐ-UBND", SIGNED, [LineInput(name="Đăng ký khai sinh", level="commune")])
        rehearsal = publication.rehearse(session, decision, at(SIGNED))
        assert "kind_unknown" in {p.code for p in rehearsal.open} and rehearsal.plan.effects == ()
