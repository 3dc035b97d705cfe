"""A read decision becomes a draft in which nothing of the paper is missing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.imports.decision_document import read_decision
from catalogue.models import AuditEntry, Decision, DecisionAct, Leftover, Procedure, StoredFile, Validity
from catalogue.services import acting, drafting, projection, publication
from catalogue.services.drafting import DraftingError
from catalogue.services.importing import import_decision
from catalogue.services.legality import FILE_ROWS
from tests.catalogue.cast import Cast, abolished, amended, at, carry, confirm_all, draft, introduced
from tests.word_decisions import BIRTH, LISTING, build_decision

NOW = at(date(2026, 11, 20))


def test_the_original_is_kept_and_a_second_import_is_refused(session: Session, cast: Cast) -> None:
    data = build_decision(number="2815/QĐ-UBND", signed="20/11/2026", tables=[[LISTING, BIRTH]])
    decision = import_decision(session, read_decision(data, "qd.docx"), data, "qd.docx", actor=cast.an, now=NOW)
    stored = session.get(StoredFile, decision.file_sha256)
    assert stored is not None and stored.data == data
    with pytest.raises(DraftingError, match="đã được nhập"):
        import_decision(session, read_decision(data, "qd.docx"), data, "qd.docx", actor=cast.an, now=NOW)
    assert session.scalar(select(AuditEntry.action).where(AuditEntry.action == "decision_imported"))


def test_a_draft_with_an_unexplained_row_waits_for_a_person(session: Session, cast: Cast) -> None:
    decision = draft(session, cast, "1/QĐ-UBND", NOW.date(), [introduced("1.001193", "Đăng ký khai sinh")])
    row = Leftover(decision_id=decision.id, text="5 | ??? | Thủ tục mờ chữ", place="Phụ lục I, bảng 1, dòng 6")
    session.add(row)
    session.flush()
    session.expire(decision)
    with pytest.raises(publication.NotIssuable) as refused:
        publication.submit(session, decision, actor=cast.an, now=NOW)
    assert [(p.code, p.where) for p in refused.value.problems] == [("row_unexplained", "Phụ lục I, bảng 1, dòng 6")]
    with pytest.raises(DraftingError, match="lý do"):
        drafting.handle_leftover(session, row, handling="ignored", reason=" ", actor=cast.an, now=NOW)
    drafting.handle_leftover(session, row, handling="note", reason="dòng ghi chú cuối bảng", actor=cast.an, now=NOW)
    publication.submit(session, decision, actor=cast.an, now=NOW)


class TestSerialNumbersOfAnOlderAnnex:
    """Rule 7: "1–3, 5 Mục A" resolves to rows, waits for a person, and leaves the other rows in force."""

    def _old_and_new(self, session: Session, cast: Cast) -> DecisionAct:
        rows = [
            introduced(f"1.00{n:04}", f"Thủ tục số {n}", annex="Phụ lục", section="A. CẤP XÃ", ordinal=str(n))
            for n in range(1, 7)
        ]
        carry(session, cast, draft(session, cast, "1347/QĐ-UBND", date(2026, 6, 1), rows))
        newer = draft(
            session, cast, "2833/QĐ-UBND", NOW.date(), [amended("1.000001", "Thủ tục số 1", "03 ngày làm việc")]
        )
        act = DecisionAct(
            decision_id=newer.id, kind="abolished", target_text="1347/QĐ-UBND", serials="thứ tự 1–3, 5 Mục A",
            sentence="Bãi bỏ thứ tự 1–3, 5 Mục A Quyết định số 1347/QĐ-UBND",
        )  # fmt: skip
        session.add(act)
        session.flush()
        acting.resolve_target(session, act, date(2026, 6, 1))
        session.expire(newer)
        return act

    def test_the_rows_wait_for_a_persons_confirmation(self, session: Session, cast: Cast) -> None:
        act = self._old_and_new(session, cast)
        assert [row.line.ordinal for row in act.rows] == ["1", "2", "3", "5"]
        confirm_all(session, cast, act.decision, NOW)
        open_codes = {p.code for p in publication.rehearse(session, act.decision, NOW).open}
        assert open_codes == {"act_unconfirmed"}

    def test_only_the_named_rows_end_and_the_amended_one_goes_on(self, session: Session, cast: Cast) -> None:
        act = self._old_and_new(session, cast)
        drafting.confirm_act(session, act, actor=cast.an, now=NOW)
        carry(session, cast, act.decision, NOW)
        day = NOW.date()
        binding = {
            session.get_one(Procedure, row.procedure_id).key: row.version.time_text
            for row in session.scalars(select(Validity))
            if row.covers(day)
        }
        assert binding == {
            "1.000001": "03 ngày làm việc", "1.000004": "05 ngày làm việc", "1.000006": "05 ngày làm việc",
        }  # fmt: skip


class TestReplacement:
    def test_four_old_become_two_new(self, session: Session, cast: Cast) -> None:
        old = ("2.001023", "2.002621", "2.000986", "2.002622")
        carry(
            session,
            cast,
            draft(session, cast, "1/QĐ-UBND", date(2026, 1, 5), [introduced(c, f"Liên thông {c}") for c in old]),
        )
        new = [
            introduced(code, name, replaces=old)
            for code, name in (("3.000722", "Nhóm khai sinh"), ("2.002913", "Nhóm khai tử"))
        ]
        rows = [drafting.LineInput(**{**vars(row), "kind": "replaced"}) for row in new]
        carry(session, cast, draft(session, cast, "3582/QĐ-UBND", date(2026, 9, 8), rows))
        in_force = {
            session.get_one(Procedure, v.procedure_id).key
            for v in session.scalars(select(Validity))
            if v.valid_until is None
        }
        assert in_force == {"3.000722", "2.002913"}

    def test_a_resumed_procedure_gets_its_old_text_back(self, session: Session, cast: Cast) -> None:
        carry(
            session,
            cast,
            draft(session, cast, "1/QĐ-UBND", date(2026, 1, 5), [introduced("1.001193", "Đăng ký khai sinh")]),
        )
        carry(
            session,
            cast,
            draft(session, cast, "2/QĐ-UBND", date(2026, 2, 2), [abolished("1.001193", "Đăng ký khai sinh")]),
        )
        again = drafting.LineInput(kind="resumed", name="Đăng ký khai sinh", code_printed="1.001193", level="commune")
        carry(session, cast, draft(session, cast, "3/QĐ-UBND", date(2026, 2, 13), [again]))
        last = session.scalars(select(Validity).order_by(Validity.valid_from.desc())).first()
        assert last is not None and (last.valid_from, last.version.time_text) == (date(2026, 2, 13), "05 ngày làm việc")

    def test_a_district_procedure_is_replaced_at_the_commune(self, session: Session, cast: Cast) -> None:
        old = introduced("2.001023", "Liên thông khai sinh", level="district")
        carry(session, cast, draft(session, cast, "1/QĐ-UBND", date(2024, 1, 5), [old]))
        row = drafting.LineInput(
            **{**vars(introduced("3.000722", "Nhóm khai sinh", replaces=("2.001023",))), "kind": "replaced"}
        )
        newer = draft(session, cast, "2/QĐ-UBND", date(2025, 7, 1), [row])
        assert publication.rehearse(session, newer, at(date(2025, 7, 1))).open == []
        carry(session, cast, newer)
        in_force = [(v.level, v.valid_until) for v in session.scalars(select(Validity).order_by(Validity.id))]
        assert sorted(in_force, key=str) == [("commune", None), ("district", date(2025, 7, 1))]


def test_a_decision_known_from_a_national_record_gives_way_to_its_paper(session: Session, cast: Cast) -> None:
    signed = date(2026, 6, 1)
    carry(session, cast, draft(session, cast, "77/QĐ-UBND", signed, [introduced("1.001193", "Đăng ký khai sinh")]))
    known = session.scalars(select(Decision)).one()
    known.drafter_id, known.seal = None, ""
    known.issuer_account_id, known.approved_plan = None, ""  # nobody carried it here
    known.lines[0].kind = "inventory"
    session.flush()
    paper = draft(
        session, cast, "77/QĐ-UBND", signed, [introduced("1.001193", "Đăng ký khai sinh", "01 ngày làm việc")]
    )
    carry(session, cast, paper)
    session.refresh(known)
    assert known.adopted_by_id == paper.id
    in_force = [v for v in session.scalars(select(Validity)) if v.covers(NOW.date())]
    assert [v.version.time_text for v in in_force] == ["01 ngày làm việc"]
    assert in_force[0].version.value.reception  # what the record knew is kept where the paper is silent
    assert projection.check(session) == []


def test_a_draft_that_bears_another_number_gives_the_national_record_back(session: Session, cast: Cast) -> None:
    signed = date(2026, 6, 1)
    carry(session, cast, draft(session, cast, "77/QĐ-UBND", signed, [introduced("1.001193", "Đăng ký khai sinh")]))
    known = session.scalars(select(Decision)).one()
    known.drafter_id = None
    session.flush()
    paper = draft(session, cast, "77/QĐ-UBND", signed, [])
    drafting.edit_head(session, paper, {"number": "78/QĐ-UBND"}, seen=paper.lock_version, actor=cast.an, now=NOW)
    session.flush()
    session.refresh(known)
    assert (known.adopted_by_id, paper.number_key) == (None, "78/QD-UBND")
    assert draft(session, cast, "77/QĐ-UBND", signed, []).id is not None


def test_a_row_taken_out_of_an_imported_file_is_noticed(session: Session, cast: Cast) -> None:
    rows = {"place": FILE_ROWS, "text": "số dòng đọc được", "count": 2, "found": None}
    lines = [introduced("1.001193", "Đăng ký khai sinh"), introduced("2.000815", "Chứng thực bản sao")]
    decision = draft(session, cast, "5/QĐ-UBND", date(2026, 6, 1), lines, stated=(rows,))
    assert publication.rehearse(session, decision, NOW).problems == []
    drafting.remove_line(session, decision.lines[1], reason="", actor=cast.an, now=NOW)
    (told,) = publication.rehearse(session, decision, NOW).problems
    assert (told.code, told.where, told.value, told.detail) == ("count_differs", "Tệp gốc: số dòng đọc được", "2", "1")


def test_numbers_of_older_workflows_become_a_row_each_and_strike_no_procedure(session: Session, cast: Cast) -> None:
    ending = (
        "Điều 2. Quy trình nội bộ có số thứ tự 12, 13 Mục I Phụ lục II ban hành kèm theo Quyết định số 1308/QĐ-UBND "
        "ngày 18/6/2025 của Chủ tịch UBND tỉnh hết hiệu lực thi hành."
    )
    data = build_decision(number="2815/QĐ-UBND", signed="20/11/2026", tables=[[LISTING, BIRTH]],
                          articles=("Điều 1. Công bố danh mục thủ tục hành chính.", ending))  # fmt: skip
    decision = import_decision(session, read_decision(data, "qd.docx"), data, "qd.docx", actor=cast.an, now=NOW)
    rows = [row for row in decision.workflow_lines if row.action == "expired"]
    assert [row.ordinal for row in rows] == ["12", "13"]
    assert all("1308/QĐ-UBND" in row.expires_text for row in rows)
    assert rows[0].expires_text.startswith("Phụ lục II, Mục I, số 12")
    assert list(decision.acts) == []
