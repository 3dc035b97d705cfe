"""Hard cases of the ledger: late and pending decisions, corrections of corrections, acts on acts, shared rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import AuditEntry, Decision, DecisionAct, DecisionLine, Procedure, ProcedureVersion, Validity
from catalogue.queries.history import public_procedure, successors
from catalogue.queries.ledger import annulments
from catalogue.services import drafting, projection, publication
from catalogue.services.acting import candidates, set_rows
from catalogue.services.drafting import DraftingError, LineInput
from catalogue.services.line_content import line_content
from decisions.content import ProcedureContent, TimeLimit, canonical_json, content_hash
from tests.catalogue.cast import Cast, abolished, amended, at, carry, confirm_all, draft, introduced

BIRTH = ("1.001193", "Đăng ký khai sinh")
JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 2) for month in (1, 2, 3, 4))


def issued(session: Session, cast: Cast, number: str, signed: date, *lines: LineInput, **head: Any) -> Decision:
    decision = draft(session, cast, f"{number}/QĐ-UBND", signed, list(lines), **head)
    carry(session, cast, decision)
    return decision


def text_on(session: Session, day: date, level: str = "commune") -> ProcedureContent | None:
    periods = [p for p in session.scalars(select(Validity).where(Validity.level == level)) if p.covers(day)]
    assert len(periods) <= 1
    return periods[0].version.value if periods else None


def time_on(session: Session, day: date, level: str = "commune") -> str | None:
    text = text_on(session, day, level)
    return text.times[0].text if text else None


def add_act(
    session: Session, cast: Cast, decision: Decision, kind: str, target: Decision, *rows: DecisionLine,
    on: date | None = None,
) -> DecisionAct:  # fmt: skip
    act = DecisionAct(
        decision_id=decision.id, kind=kind, target_id=target.id, target_text=target.number, whole=not rows
    )
    session.add(act)
    session.flush()
    set_rows(session, act, rows)
    drafting.confirm_act(session, act, effective_on=on, actor=cast.an, now=at(decision.signed_on or MARCH))
    session.flush()
    session.expire(decision)
    return act


def acting(
    session: Session, cast: Cast, number: str, signed: date, kind: str, target: Decision, *rows: DecisionLine
) -> Decision:
    decision = draft(session, cast, f"{number}/QĐ-UBND", signed, [], kind="act")
    add_act(session, cast, decision, kind, target, *rows)
    carry(session, cast, decision)
    return decision


def problems(session: Session, decision: Decision) -> set[str]:
    found = publication.rehearse(session, decision, at(decision.signed_on or MARCH)).problems
    return {problem.code for problem in found}


def correction(time: str, **fields: str) -> LineInput:
    return LineInput(
        kind="corrected", name=BIRTH[1], code_printed=BIRTH[0], level="commune", fields={"time": time, **fields}
    )


class TestOneDecisionTwoRows:
    def test_two_rows_of_one_procedure_build_on_each_other(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        moved = LineInput(kind="moved_sector", name=BIRTH[1], code_printed=BIRTH[0], level="commune", sector="Tư pháp")
        issued(session, cast, "2", MARCH, amended(*BIRTH, "02 ngày làm việc"), moved)
        text = text_on(session, APRIL)
        assert text is not None
        assert (text.times[0].text, text.sectors[0].name) == ("02 ngày làm việc", "Tư pháp")

    def test_a_part_that_takes_effect_later_keeps_the_part_that_came_first(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        later = {"effect_type": "fixed", "effect_from": APRIL}
        fee = LineInput(kind="online", name=BIRTH[1], code_printed=BIRTH[0], level="commune",
                        fields={"online": "Toàn trình"}, **later)  # fmt: skip
        issued(session, cast, "2", MARCH, fee, amended(*BIRTH, "02 ngày làm việc"))
        text = text_on(session, APRIL)
        assert text is not None and (text.times[0].text, text.online) == ("02 ngày làm việc", "full")
        before = text_on(session, MARCH)
        assert before is not None and before.online == "unknown"


class TestLateAndPendingDecisions:
    def test_a_decision_issued_late_is_told_that_a_later_text_does_not_carry_its_words(
        self, session: Session, cast: Cast
    ) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        issued(session, cast, "3", MARCH, amended(*BIRTH, "03 ngày"))
        late = draft(session, cast, "2/QĐ-UBND", FEBRUARY, [amended(*BIRTH, "02 ngày")])
        found = publication.rehearse(session, late, at(APRIL)).problems
        told = [p for p in found if p.code == "later_text"]
        assert [(p.value, p.blocking) for p in told] == [("1.001193", False)]
        assert "3/QĐ-UBND" in told[0].detail and "02/03/2026" in told[0].detail

    def test_an_amendment_before_a_pending_one_is_told_too(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        later = {"effect_type": "fixed", "effect_from": date(2027, 3, 1)}
        issued(session, cast, "2", FEBRUARY, amended(*BIRTH, "02 ngày", **later))
        decision = draft(session, cast, "3/QĐ-UBND", MARCH, [amended(*BIRTH, "03 ngày")])
        assert "later_text" in problems(session, decision)

    def test_what_is_abolished_does_not_come_back_by_an_older_pending_amendment(
        self, session: Session, cast: Cast
    ) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        later = {"effect_type": "fixed", "effect_from": date(2027, 3, 1)}
        issued(session, cast, "2", FEBRUARY, amended(*BIRTH, "02 ngày", **later))
        issued(session, cast, "3", MARCH, abolished(*BIRTH))
        assert time_on(session, date(2027, 3, 1)) is None
        assert projection.check(session) == []

    def test_what_is_resumed_after_an_abolition_binds(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        issued(session, cast, "2", FEBRUARY, abolished(*BIRTH))
        issued(session, cast, "3", MARCH, LineInput(kind="resumed", name=BIRTH[1], code_printed=BIRTH[0],
                                                     level="commune"))  # fmt: skip
        assert (time_on(session, FEBRUARY), time_on(session, MARCH)) == (None, "05 ngày làm việc")

    def test_a_resumption_takes_the_text_that_bound_last_not_one_that_never_did(
        self, session: Session, cast: Cast
    ) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        wrong = issued(session, cast, "2", FEBRUARY, amended(*BIRTH, "99 ngày"))
        acting(session, cast, "3", FEBRUARY, "revoked", wrong)
        issued(session, cast, "4", MARCH, abolished(*BIRTH))
        issued(session, cast, "5", APRIL, LineInput(kind="resumed", name=BIRTH[1], code_printed=BIRTH[0],
                                                     level="commune"))  # fmt: skip
        assert time_on(session, APRIL) == "05 ngày làm việc"


class TestTemporaryLists:
    def test_after_a_temporary_cut_the_usual_text_returns(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        cut = LineInput(kind="simplified", name=BIRTH[1], code_printed=BIRTH[0], level="commune",
                        fields={"time": "03 ngày làm việc"})  # fmt: skip
        issued(session, cast, "2", FEBRUARY, cut, effect_type="fixed", effect_from=FEBRUARY, effect_until=APRIL)
        assert [time_on(session, day) for day in (JANUARY, MARCH, APRIL)] == [
            "05 ngày làm việc", "03 ngày làm việc", "05 ngày làm việc",
        ]  # fmt: skip
        assert projection.check(session) == []


class TestCorrections:
    def test_the_correction_of_a_correction_keeps_the_first_one(self, session: Session, cast: Cast) -> None:
        first = issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        for number, signed, line in (
            ("2", FEBRUARY, correction("04 ngày làm việc")),
            ("3", MARCH, LineInput(kind="corrected", name=BIRTH[1], code_printed=BIRTH[0], level="commune",
                                   fields={"fee": "Không"})),
        ):  # fmt: skip
            decision = draft(session, cast, f"{number}/QĐ-UBND", signed, [line])
            add_act(session, cast, decision, "corrected", first)
            carry(session, cast, decision)
        text = text_on(session, JANUARY)
        assert text is not None and (text.times[0].text, text.fees[0].text) == ("04 ngày làm việc", "Không")

    def test_a_correction_of_an_amended_text_corrects_the_one_that_is_named(self, session: Session, cast: Cast) -> None:
        first = issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        issued(session, cast, "2", FEBRUARY, amended(*BIRTH, "02 ngày"))
        decision = draft(session, cast, "3/QĐ-UBND", MARCH, [correction("06 ngày")])
        add_act(session, cast, decision, "corrected", first)
        assert "later_text" in problems(session, decision)
        carry(session, cast, decision)
        assert [time_on(session, day) for day in (JANUARY, MARCH)] == ["06 ngày", "02 ngày"]


class TestActsOnActs:
    @pytest.mark.parametrize("count", [1, 2, 3, 4])
    def test_revoking_an_abolition_by_rows_gives_every_row_back(self, session: Session, cast: Cast, count: int) -> None:
        codes = [(f"2.00081{n}", f"Chứng thực việc số {n}") for n in range(count)]
        first = issued(session, cast, "1", JANUARY, *(introduced(*row) for row in codes))
        second = acting(session, cast, "2", FEBRUARY, "abolished", first, *first.lines)
        assert [p.valid_until for p in session.scalars(select(Validity))] == [FEBRUARY] * count
        acting(session, cast, "3", MARCH, "revoked", second)
        assert [p.valid_until for p in session.scalars(select(Validity))] == [None] * count
        assert projection.check(session) == []

    def test_every_annulment_has_a_number_of_its_own(self, session: Session, cast: Cast) -> None:
        first = issued(session, cast, "1", JANUARY, introduced(*BIRTH), introduced("2.000815", "Chứng thực bản sao"))
        acting(session, cast, "2", FEBRUARY, "abolished", first, *first.lines)
        acting(session, cast, "3", MARCH, "revoked", first)
        numbers = [annulment.id for annulment in annulments(session)]
        assert len(numbers) == len(set(numbers)) == 3

    def test_abolishing_a_row_that_was_amended_since_says_that_nothing_changes(
        self, session: Session, cast: Cast
    ) -> None:
        first = issued(session, cast, "1", JANUARY, introduced(*BIRTH), introduced("2.000815", "Chứng thực bản sao"))
        issued(session, cast, "2", FEBRUARY, amended(*BIRTH, "02 ngày"))
        decision = draft(session, cast, "3/QĐ-UBND", MARCH, [], kind="act")
        add_act(session, cast, decision, "abolished", first, *first.lines)
        found = publication.rehearse(session, decision, at(MARCH)).problems
        told = [p for p in found if p.code == "act_row_idle"]
        assert len(told) == 1 and "Đăng ký khai sinh" in told[0].value and not told[0].blocking

    def test_an_act_that_names_no_row_is_not_taken_for_done(self, session: Session, cast: Cast) -> None:
        first = issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        decision = draft(session, cast, "2/QĐ-UBND", FEBRUARY, [], kind="act")
        act = add_act(session, cast, decision, "abolished", first)
        act.whole, act.serials = False, "số thứ tự 9"
        assert problems(session, decision) == {"act_without_rows"}
        drafting.confirm_act(session, act, dismissed="dòng 9 không có", actor=cast.an, now=at(FEBRUARY))
        assert problems(session, decision) == set()

    def test_an_act_waits_for_a_day_when_its_decision_has_none(self, session: Session, cast: Cast) -> None:
        first = issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        decision = draft(
            session, cast, "2/QĐ-UBND", FEBRUARY, [], kind="act", effect_type="with_text",
            effect_text="từ ngày Nghị định mới có hiệu lực",
        )  # fmt: skip
        act = add_act(session, cast, decision, "abolished", first)
        with pytest.raises(publication.NotIssuable) as refused:
            publication.submit(session, decision, actor=cast.an, now=at(FEBRUARY))
        assert [p.code for p in refused.value.problems] == ["act_day_missing"]
        drafting.confirm_act(session, act, effective_on=MARCH, actor=cast.an, now=at(FEBRUARY))
        carry(session, cast, decision)
        assert (time_on(session, FEBRUARY), time_on(session, MARCH)) == ("05 ngày làm việc", None)

    def test_a_printed_issuer_is_never_taken_for_another(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        assert candidates(session, "1/QĐ-UBND", JANUARY, "Chủ tịch UBND tỉnh Ngàn Phố") == []
        assert len(candidates(session, "1/QĐ-UBND", JANUARY, "Chủ tịch UBND tỉnh Sông Thao")) == 1
        assert len(candidates(session, "1/QĐ-UBND", JANUARY, "Chủ tịch Ủy ban nhân dân tỉnh")) == 1


class TestLevels:
    def test_amending_a_shared_row_changes_it_at_every_level_it_stands_at(self, session: Session, cast: Cast) -> None:
        both = [introduced(*BIRTH, level=level) for level in ("province", "commune")]
        issued(session, cast, "1", JANUARY, *both)
        issued(session, cast, "2", MARCH, amended(*BIRTH, "02 ngày", level="shared"))
        assert [time_on(session, MARCH, level) for level in ("province", "commune", "shared")] == [
            "02 ngày", "02 ngày", None,
        ]  # fmt: skip

    def test_one_level_of_a_shared_text_starts_from_the_shared_words(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH, level="shared"))
        issued(session, cast, "2", MARCH, amended(*BIRTH, "02 ngày", level="province"))
        text = text_on(session, MARCH, "province")
        assert text is not None and text.reception == "Trung tâm Phục vụ hành chính công cấp xã"

    def test_abolishing_at_one_level_leaves_the_other(self, session: Session, cast: Cast) -> None:
        both = [introduced(*BIRTH, level=level) for level in ("province", "commune")]
        issued(session, cast, "1", JANUARY, *both)
        issued(session, cast, "2", MARCH, abolished(*BIRTH, level="province"))
        assert [time_on(session, MARCH, level) for level in ("province", "commune")] == [None, "05 ngày làm việc"]


class TestIdentities:
    def test_a_code_given_later_stays_with_the_procedure_that_had_none(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced("", "Xác nhận số định danh"))
        issued(session, cast, "2", MARCH, amended("1.099001", "Xác nhận số định danh", "02 ngày"))
        procedure = session.scalars(select(Procedure)).one()
        assert (procedure.key, procedure.code) == ("chua-co-ma-1", "1.099001")
        assert time_on(session, MARCH) == "02 ngày"

    def test_an_internal_row_without_a_code_never_takes_a_public_procedure(self, session: Session, cast: Cast) -> None:
        name = "Cho ý kiến về chủ trương đầu tư"
        issued(session, cast, "1", JANUARY, introduced("", name))
        issued(session, cast, "2", MARCH, introduced("", name, "09 ngày"), register="internal")
        found = {p.register: p.versions[-1].time_text for p in session.scalars(select(Procedure))}
        assert found == {"public": "05 ngày làm việc", "internal": "09 ngày"}

    def test_an_internal_decision_on_a_public_procedure_is_refused(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        decision = draft(session, cast, "2/QĐ-UBND", MARCH, [amended(*BIRTH, "02 ngày")], register="internal")
        assert "public_in_internal" in problems(session, decision)

    def test_the_new_code_leads_to_the_procedure_of_the_years_without_one(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced("", "Xác nhận số định danh"))
        issued(session, cast, "2", MARCH, amended("1.099001", "Xác nhận số định danh", "02 ngày"))
        by_code, by_key = (public_procedure(session, key) for key in ("1.099001", "chua-co-ma-1"))
        assert by_code == by_key is not None

    def test_a_revoked_replacement_names_no_successor(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced("2.001023", "Liên thông khai sinh"))
        new = LineInput(kind="replaced", name="Nhóm liên thông khai sinh", code_printed="3.000722", level="commune",
                        basis="Nghị định số 63/2024/NĐ-CP", replaces=("2.001023",))  # fmt: skip
        second = issued(session, cast, "2", FEBRUARY, new)
        old = public_procedure(session, "2.001023")
        assert old is not None and [s.key for s in successors(session, old.id)] == ["3.000722"]
        third = acting(session, cast, "3", MARCH, "revoked", second)
        assert successors(session, old.id) == ()
        acting(session, cast, "4", APRIL, "revoked", third)
        assert [s.key for s in successors(session, old.id)] == ["3.000722"]

    def test_what_is_named_and_not_known_is_told(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced("2.001023", "Liên thông khai sinh"))
        new = LineInput(kind="replaced", name="Nhóm liên thông khai sinh", code_printed="3.000722", level="commune",
                        basis="Nghị định số 63/2024/NĐ-CP", replaces=("2.001023", "2.002621"))  # fmt: skip
        decision = draft(session, cast, "2/QĐ-UBND", MARCH, [new])
        found = publication.rehearse(session, decision, at(MARCH)).problems
        assert [(p.value, p.blocking) for p in found if p.code == "named_unknown"] == [("2.002621", False)]


class TestDays:
    def test_a_row_with_a_day_of_its_own_binds_from_it(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH, effect_from=APRIL))
        assert (time_on(session, MARCH), time_on(session, APRIL)) == (None, "05 ngày làm việc")

    def test_a_last_day_before_the_first_is_a_problem_and_no_crash(self, session: Session, cast: Cast) -> None:
        odd = introduced(*BIRTH, effect_type="fixed", effect_from=APRIL, effect_until=MARCH)
        decision = draft(session, cast, "1/QĐ-UBND", JANUARY, [odd])
        assert "effect_ends_first" in problems(session, decision)

    def test_a_day_after_the_end_is_no_answer_to_a_waiting_row(self, session: Session, cast: Cast) -> None:
        waiting = introduced(*BIRTH, effect_type="with_text", effect_text="theo Nghị định", effect_until=MARCH)
        decision = issued(session, cast, "1", JANUARY, waiting)
        with pytest.raises(ValueError, match="02/04/2026"):
            publication.resolve_effect(
                session, decision.lines[0], on=APRIL, evidence="NĐ 9/2026", actor=cast.binh, now=at(MARCH)
            )

    def test_of_two_decisions_of_one_day_the_greater_number_speaks_whichever_was_recorded_first(
        self, session: Session, cast: Cast
    ) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        issued(session, cast, "10", MARCH, amended(*BIRTH, "10 ngày"))
        late = draft(session, cast, "9/QĐ-UBND", MARCH, [amended(*BIRTH, "09 ngày")])
        assert "later_text" in problems(session, late)
        carry(session, cast, late)
        assert time_on(session, APRIL) == "10 ngày"

    def test_two_issuers_with_one_number_on_one_day_do_what_was_rehearsed(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        issued(session, cast, "7", MARCH, amended(*BIRTH, "07 ngày"), issuer_text="Ủy ban nhân dân tỉnh Ngàn Phố")
        second = draft(session, cast, "7/QĐ-UBND", MARCH, [amended(*BIRTH, "08 ngày")])
        seen = publication.rehearse(session, second, at(MARCH)).plan.effects
        carry(session, cast, second)
        assert (time_on(session, APRIL) == "08 ngày") == any(e.version < 0 and e.after for e in seen)


class TestWhatIsBound:
    @pytest.mark.parametrize(
        "change",
        [
            {"sector": "Tư pháp"}, {"ordinal": "7"}, {"annex": "Phụ lục II"}, {"replaces": ["2.009999"]},
            {"effect_text": "kể từ ngày ký"},
        ],
    )  # fmt: skip
    def test_every_printed_word_of_a_row_counts(self, session: Session, cast: Cast, change: dict[str, Any]) -> None:
        decision = draft(session, cast, "1/QĐ-UBND", JANUARY, [introduced(*BIRTH)])
        before = publication.rehearse(session, decision, at(JANUARY)).fingerprint
        for name, value in change.items():
            setattr(decision.lines[0], name, value)
        assert publication.rehearse(session, decision, at(JANUARY)).fingerprint != before

    @pytest.mark.parametrize("name", ["articles", "bases", "recipients", "proposal", "place"])
    def test_every_word_of_the_head_counts(self, session: Session, cast: Cast, name: str) -> None:
        decision = issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        before = publication.rehearse(session, decision, at(JANUARY)).fingerprint
        words = "Điều 9" if name in ("proposal", "place") else [["Điều 9", "x"]]
        setattr(decision, name, words)
        assert publication.rehearse(session, decision, at(JANUARY)).fingerprint != before
        assert [d.what for d in projection.check(session)] == ["seal"]

    def test_a_text_exchanged_together_with_its_hash_is_found(self, session: Session, cast: Cast) -> None:
        issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        version = session.scalars(select(ProcedureVersion)).one()
        other = replace(version.value, note="Ghi chú thêm tay")
        version.content, version.content_hash = canonical_json(other), content_hash(other)
        assert [d.what for d in projection.check(session)] == ["seal"]

    def test_a_seal_that_was_wiped_is_found(self, session: Session, cast: Cast) -> None:
        decision = issued(session, cast, "1", JANUARY, introduced(*BIRTH))
        decision.seal = ""
        assert [(d.procedure, d.what) for d in projection.check(session)] == [("1/QĐ-UBND", "seal")]

    def test_resolving_a_day_does_not_seal_what_was_changed_by_hand(self, session: Session, cast: Cast) -> None:
        waiting = introduced(*BIRTH, effect_type="with_text", effect_text="theo Nghị định")
        decision = issued(session, cast, "1", JANUARY, waiting)
        decision.subject = "Trích yếu bị sửa tay"
        session.flush()
        with pytest.raises(ValueError, match="niêm phong"):
            publication.resolve_effect(
                session, decision.lines[0], on=MARCH, evidence="NĐ 9/2026", actor=cast.binh, now=at(MARCH)
            )


class TestDrafts:
    def test_a_number_already_taken_is_a_sentence_when_editing_too(self, session: Session, cast: Cast) -> None:
        draft(session, cast, "1/QĐ-UBND", JANUARY, [])
        second = draft(session, cast, "2/QĐ-UBND", JANUARY, [])
        with pytest.raises(DraftingError, match="đã có trong hệ thống"):
            drafting.edit_head(
                session, second, {"number": "1/QĐ-UBND"}, seen=second.lock_version, actor=cast.an, now=at(JANUARY)
            )

    def test_a_merge_keeps_a_text_written_out_in_full(self, session: Session, cast: Cast) -> None:
        decision = draft(session, cast, "1/QĐ-UBND", JANUARY, [introduced(*BIRTH)])
        line, seen = decision.lines[0], decision.lines[0].lock_version
        base = {"content": None, "sector": line.sector}
        full = ProcedureContent(name=BIRTH[1], times=(TimeLimit(text="01 ngày"),))
        drafting.edit_line(session, line, {**base, "content": full}, seen=seen, base=base, actor=cast.an,
                           now=at(JANUARY))  # fmt: skip
        drafting.edit_line(session, line, {**base, "sector": "Tư pháp"}, seen=seen, base=base, actor=cast.dung,
                           now=at(JANUARY))  # fmt: skip
        assert line.sector == "Tư pháp" and line_content(line, None) == full

    def test_saving_without_a_change_voids_nothing_and_records_nothing(self, session: Session, cast: Cast) -> None:
        decision = draft(session, cast, "1/QĐ-UBND", JANUARY, [introduced(*BIRTH)])
        confirm_all(session, cast, decision, at(JANUARY))
        publication.submit(session, decision, actor=cast.an, now=at(JANUARY))
        entries = session.query(AuditEntry).count()
        line = decision.lines[0]
        drafting.edit_line(session, line, {"name": line.name}, seen=line.lock_version, actor=cast.binh, now=at(JANUARY))
        drafting.edit_head(
            session, decision, {"subject": decision.subject}, seen=decision.lock_version, actor=cast.binh,
            now=at(JANUARY),
        )  # fmt: skip
        assert (decision.status, session.query(AuditEntry).count()) == ("submitted", entries)
        publication.review(session, decision, actor=cast.binh, now=at(JANUARY))
