"""The opening inventory: any order of files, each once, the better text over the lesser, nothing half done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from catalogue.exports.national import milliseconds
from catalogue.imports.portal import read_record
from catalogue.models import (
    Agency,
    AuditEntry,
    Base,
    Decision,
    DecisionLine,
    IndexTask,
    LegalDocument,
    Procedure,
    ProcedureVersion,
    Sector,
    Validity,
)
from catalogue.queries.ledger import ledger
from catalogue.services.inventory import INVENTORY_START, BadPortalFile, PortalReport, import_portal
from catalogue.services.projection import check
from decisions.kinds import DecisionKind, Register
from tests.catalogue.cast import at, carry, draft, introduced
from tests.catalogue.imports.portal_records import BIRTH, channel, detail, paper, proposal, rebuilt, row

JULY = date(2026, 7, 18)
SIGNED = date(2026, 3, 12)


def run(
    session: Session, records: Iterable[Any], day: date = JULY, source: str = "tep.jsonl", **how: Any
) -> PortalReport:
    read = (read_record(record, f"dòng {n}") for n, record in enumerate(records, start=1))
    report = import_portal(session, read, source=source, now=at(day), **how)
    session.flush()
    return report


def counts(report: PortalReport) -> tuple[int, int, int, int]:
    return report.procedures, report.versions, report.decisions, report.unchanged


def in_force(session: Session, key: str = BIRTH) -> list[tuple[str, date, date | None, str]]:
    """(level, from, until, name) of every period of a procedure."""
    query = (
        select(Validity.level, Validity.valid_from, Validity.valid_until, ProcedureVersion.name)
        .join(ProcedureVersion, ProcedureVersion.id == Validity.version_id)
        .join(Procedure, Procedure.id == Validity.procedure_id)
        .where(Procedure.key == key)
    )
    return sorted((tuple(found) for found in session.execute(query)), key=str)


def test_a_detail_record_binds_from_the_day_of_its_decision(session):
    assert counts(run(session, [detail()])) == (1, 1, 1, 0)
    assert in_force(session) == [("commune", SIGNED, None, "Đăng ký khai sinh lưu động")]
    decision = session.scalars(select(Decision)).one()
    assert (decision.kind, decision.number, decision.year) == (DecisionKind.PUBLICATION, "210/QĐ-UBND", 2026)
    assert check(session) == []


def test_a_list_row_is_published_and_waits_for_its_content(session):
    run(session, [row()])
    version = session.scalars(select(ProcedureVersion)).one()
    assert version.awaits_content
    assert in_force(session) == [("commune", INVENTORY_START, None, "Đăng ký khai sinh lưu động")]
    assert session.scalars(select(Decision.kind)).all() == [DecisionKind.INVENTORY]


def test_details_fill_the_place_a_list_row_held(session):
    run(session, [row(departments=["Sở Tư pháp"])], JULY)
    assert counts(run(session, [detail()], JULY + timedelta(1))) == (0, 1, 1, 0)
    assert in_force(session) == [("commune", SIGNED, None, "Đăng ký khai sinh lưu động")]
    assert check(session) == []


def test_what_was_known_before_the_details_came_can_still_be_asked(session):
    run(session, [row()], JULY)
    run(session, [detail()], JULY + timedelta(1))
    procedure = session.scalars(select(Procedure.id)).one()
    book = ledger(session, [procedure])
    before = book.periods((procedure, "commune"), known_at=at(JULY, 12))
    after = book.periods((procedure, "commune"))
    assert [p.valid_from for p in before] == [INVENTORY_START]
    assert [p.valid_from for p in after] == [SIGNED]


@pytest.mark.parametrize("order", list(permutations(("row", "rebuilt", "detail"))))
def test_the_order_of_files_does_not_matter_and_a_second_run_adds_nothing(session, order):
    records = {
        "row": [row(departments=["Sở Tư pháp"]), row("1.990102")],
        "rebuilt": [rebuilt(isProvince=True), rebuilt("1.990103")],
        "detail": [detail()],
    }
    for n, name in enumerate(order):
        run(session, records[name], JULY + timedelta(n), source=name)
    assert in_force(session) == [("commune", SIGNED, None, "Đăng ký khai sinh lưu động")]
    assert in_force(session, "1.990102")[0][:2] == ("commune", INVENTORY_START)
    assert in_force(session, "1.990103")[0][:2] == ("commune", INVENTORY_START)
    audited = session.scalar(select(func.count()).select_from(AuditEntry))
    for name in order:
        again = run(session, records[name], JULY + timedelta(9), source=name)
        assert counts(again) == (0, 0, 0, again.read)
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == audited
    assert check(session) == []


def test_a_lesser_record_never_replaces_a_better_text(session):
    run(session, [detail()])
    assert counts(run(session, [row(name="Tên khác"), rebuilt(name="Tên khác nữa")])) == (0, 0, 0, 2)
    assert [name for *_, name in in_force(session)] == ["Đăng ký khai sinh lưu động"]


def test_another_order_of_sets_makes_no_version(session):
    run(session, [detail()])
    subjects = list(reversed(detail()["subjectTypesDetails"]))
    assert counts(run(session, [detail(subjectTypesDetails=subjects, updatedAt=1799999999999)])) == (0, 0, 0, 1)


def test_a_newer_decision_makes_the_next_version(session):
    run(session, [detail()])
    later = date(2026, 6, 1)
    signed = proposal("455/QĐ-UBND", milliseconds(later))
    assert counts(run(session, [detail(name="Khai sinh tại nhà", procedureProposal=signed)])) == (0, 1, 1, 0)
    assert in_force(session) == [
        ("commune", SIGNED, later, "Đăng ký khai sinh lưu động"),
        ("commune", later, None, "Khai sinh tại nhà"),
    ]
    assert check(session) == []


def test_a_later_text_of_the_same_decision_takes_its_place_and_an_earlier_one_does_not(session):
    run(session, [detail()])
    newer = detail(name="Đăng ký khai sinh tại nhà", updatedAt=detail()["updatedAt"] + 1)
    older = detail(name="Khai sinh", updatedAt=detail()["updatedAt"] - 1)
    assert counts(run(session, [newer, older])) == (0, 1, 0, 1)
    assert in_force(session) == [("commune", SIGNED, None, "Đăng ký khai sinh tại nhà")]
    assert check(session) == []


def test_a_level_that_the_next_version_lacks_ends_with_it(session):
    later = date(2026, 6, 1)
    both = detail(isProvince=True)
    only = detail(procedureProposal=proposal("455/QĐ-UBND", milliseconds(later)))
    run(session, [both])
    run(session, [only])
    assert [(level, start, end) for level, start, end, _ in in_force(session)] == [
        ("commune", SIGNED, later),
        ("commune", later, None),
        ("province", SIGNED, later),
    ]
    assert check(session) == []


_DAYS = [date(2026, 3, 12), date(2026, 6, 1), date(2026, 9, 1)]
_RECORDS = st.one_of(
    st.builds(
        lambda day, updated, province, name: detail(
            name=name,
            isProvince=province,
            updatedAt=updated,
            procedureProposal=proposal("9/QĐ-UBND", milliseconds(day)),
        ),
        st.sampled_from(_DAYS),
        st.integers(1, 10**6),
        st.booleans(),
        st.sampled_from(["Khai sinh", "Khai tử"]),
    ),
    st.builds(lambda name: rebuilt(name=name), st.sampled_from(["Khai sinh", "Kết hôn"])),
    st.builds(lambda body: row(departments=[body]), st.sampled_from(["Sở Tư pháp", "UBND cấp xã", "Cơ sở"])),
)


def _unique(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One record of each rank: of two that claim one place without saying which is newer, the last read counts."""
    ranked = {
        ("updatedAt" in r, "executionSteps" in r, r.get("procedureProposal", {}).get("decisionDate")): r
        for r in records
    }
    return list(ranked.values())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_RECORDS, min_size=1, max_size=5).map(_unique), st.randoms(use_true_random=False))
def test_whatever_comes_in_whatever_order_gives_one_catalogue(engine, records, random):
    shuffled = list(records)
    random.shuffle(shuffled)
    assert _outcome(engine, records) == _outcome(engine, shuffled)


def _outcome(engine: Engine, records: list[dict[str, Any]]) -> list[Any]:
    with engine.connect() as connection, connection.begin() as transaction:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            for n, record in enumerate(records):
                run(session, [record], JULY + timedelta(n))
            assert check(session) == []
            found = in_force(session)
        transaction.rollback()
    return found


def test_a_record_without_code_is_known_by_name_and_issuer(session):
    run(
        session,
        [row("", name="Hỗ trợ chợ phiên"), row("", name="Hỗ trợ chợ phiên", departmentPromulgate="UBND tỉnh Khác")],
    )
    keys = session.scalars(select(Procedure.key).order_by(Procedure.id)).all()
    assert [key.startswith("chua-co-ma-") for key in keys] == [True, True] and len(set(keys)) == 2
    assert session.scalars(select(Procedure.code)).all() == [None, None]
    assert counts(run(session, [row("", name="Hỗ trợ  chợ phiên", state="UPDATED")])) == (0, 0, 0, 1)


def test_a_code_that_comes_twice_in_a_file_is_reported(session):
    report = run(session, [row(" 1.990101"), row("1.990101", name="Tên khác")])
    assert counts(report) == (1, 1, 0, 1)
    assert report.problems[0].sentence == (
        "dòng 2: trùng với một bản ghi trước đó trong tệp; giữ bản ghi trước (“1.990101”)."
    )


def test_a_code_given_to_two_procedures_loses_neither(session):
    other = row(name="Lập chương trình công tác", departmentPromulgate="UBND tỉnh Khác", type="STANDARD_INTERNAL")
    report = run(session, [row(" 1.990101"), other])
    assert (report.procedures, "đã thuộc một thủ tục khác" in report.problems[0].reason) == (2, True)
    assert [tuple(p) for p in session.execute(select(Procedure.code, Procedure.register).order_by(Procedure.id))] == [
        (BIRTH, "public"),
        (None, "internal"),
    ]
    assert counts(run(session, [row(" 1.990101"), other])) == (0, 0, 0, 2)
    renamed = {**other, "formalityTargetType": ["Tổ chức"]}
    assert counts(run(session, [renamed])) == (0, 1, 0, 0)
    assert len(in_force(session)) == 1
    assert check(session) == []


def test_one_code_at_two_levels_is_two_tracks(session):
    run(session, [detail(isProvince=True)])
    assert [level for level, *_ in in_force(session)] == ["commune", "province"]
    assert session.scalars(select(DecisionLine.position).order_by(DecisionLine.position)).all() == [0, 1]


def test_internal_records_are_kept_apart(session):
    run(session, [row("1.990104", type="STANDARD_INTERNAL"), row()])
    registers = dict(session.execute(select(Procedure.key, Procedure.register)).all())
    assert registers == {"1.990104": Register.INTERNAL, BIRTH: Register.PUBLIC}


@pytest.mark.parametrize("records", list(permutations([row(type="STANDARD_INTERNAL"), rebuilt(), detail()])))
def test_one_record_that_says_internal_is_enough(session, records):
    for n, record in enumerate(records):
        run(session, [record], JULY + timedelta(n))
    assert session.scalars(select(Procedure.register)).all() == [Register.INTERNAL]


@pytest.mark.postgres
def test_postgresql_takes_the_same_inventory(postgres_url):
    engine = create_engine(postgres_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        run(session, [row(), row("1.990102"), row("", name="Hỗ trợ chợ phiên")], JULY)
        run(session, [detail(isProvince=True)], JULY + timedelta(1))
        session.commit()
        assert [level for level, *_ in in_force(session)] == ["commune", "province"]
        assert counts(run(session, [detail(isProvince=True), row()], JULY + timedelta(2))) == (0, 0, 0, 2)
        assert check(session) == []
    engine.dispose()


def test_bodies_sectors_and_legal_texts_are_rows_once(session):
    run(session, [detail(), detail("1.990105", departmentPromulgateName="Ủy ban nhân dân tỉnh Sông Thao")])
    run(session, [row("1.990106", categories=["HỘ TỊCH"])])
    assert [(a.name, a.code, a.kind) for a in session.scalars(select(Agency))] == [
        ("UBND tỉnh Sông Thao", "H99", "committee_province")
    ]
    assert [(s.name, s.code) for s in session.scalars(select(Sector))] == [("Hộ tịch", "G15-TP07")]
    assert sorted(session.scalars(select(LegalDocument.number))) == ["77/2026/TT-BTP", "990/2026/NĐ-CP"]


def test_a_number_without_date_keeps_its_year_open_and_a_submission_is_no_decision(session):
    run(session, [rebuilt(), rebuilt("1.990107", procedureProposal=proposal("205/TTr-SNNMT", None))])
    found = session.execute(select(Decision.kind, Decision.number, Decision.year).order_by(Decision.kind)).all()
    assert [tuple(row) for row in found] == [("inventory", "", None), ("publication", "210/QĐ-UBND", None)]


def test_the_day_of_a_decision_known_later_is_put_in(session):
    normative = "44/2026/QĐ-UBND"
    run(session, [rebuilt(procedureProposal=proposal(normative, None))])
    run(session, [detail("1.990111", procedureProposal=proposal(normative))])
    decision = session.scalars(select(Decision).where(Decision.kind == DecisionKind.PUBLICATION)).one()
    assert (decision.number, decision.year, decision.signed_on) == (normative, 2026, SIGNED)
    assert check(session) == []


def test_one_bad_record_stops_everything_and_every_bad_one_is_named(session):
    with pytest.raises(BadPortalFile) as refusal:
        run(session, [detail(), detail("1.990108", isWard="có"), row("1.990109"), {"name": "Lạ"}])
    session.rollback()
    assert [p.place for p in refusal.value.problems] == ["dòng 2, trường isWard", "dòng 4"]
    assert str(refusal.value).startswith(
        "Tệp tep.jsonl có 2 bản ghi không đọc được nên chưa nhập bản ghi nào: dòng 2, trường isWard: phải là true"
    )
    assert all(session.scalar(select(func.count()).select_from(t)) == 0 for t in Base.metadata.sorted_tables)


def test_bad_records_may_be_skipped_on_demand(session):
    report = run(session, [detail(isWard="có"), row()], skip_bad=True)
    assert (report.read, report.procedures) == (2, 1)
    assert report.as_json()["problems"][0]["place"] == "dòng 1, trường isWard"


def test_what_the_office_has_issued_stands_over_an_undated_record(session, cast):
    line = introduced(BIRTH, "Khai sinh theo quyết định")
    carry(session, cast, draft(session, cast, "30/QĐ-UBND", date(2026, 2, 2), [line]))
    assert counts(run(session, [row(), rebuilt()])) == (0, 0, 0, 2)
    assert [name for *_, name in in_force(session)] == ["Khai sinh theo quyết định"]


def test_only_changed_procedures_are_queued_for_the_index_and_one_audit_entry_is_written(session, cast):
    report = run(session, [detail(), row("1.990110")], actor=cast.admin)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "inventory_imported")).one()
    assert (entry.actor, entry.detail["versions"]) == ("quan-tri", report.versions)
    assert session.scalar(select(func.count()).select_from(IndexTask)) == 2


def test_a_value_changed_by_hand_afterwards_is_found(session):
    run(session, [detail(executionMethods=[channel()], executionCases=[{"profileComponents": [paper()]}])])
    session.scalars(select(Validity)).one().valid_from = date(2020, 1, 1)
    session.flush()
    assert [difference.procedure for difference in check(session)] == [BIRTH, BIRTH]


def test_words_too_long_for_a_code_or_a_number_are_kept_as_words(session):
    wordy = "Quyết định ban hành kèm theo " * 10
    report = run(session, [detail("mã đang chờ Bộ cấp " * 10, procedureProposal=proposal(f"1/QĐ-{wordy}"))])
    assert (report.procedures, report.decisions) == (1, 0)
    line = session.scalars(select(DecisionLine)).one()
    assert (line.code_key, line.code_printed[:11]) == ("", "mã đang chờ")
