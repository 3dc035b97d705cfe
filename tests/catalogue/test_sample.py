"""The sample province: what it must show, and that it was made the way an office makes it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue import sample
from catalogue.clock import VIETNAM
from catalogue.models import (
    Account,
    Agency,
    AuditEntry,
    Decision,
    DecisionAct,
    DecisionLine,
    ElectronicWorkflow,
    Procedure,
    ProcedureVersion,
    Setting,
    Succession,
    Validity,
    WordRule,
    WorkflowLine,
)
from catalogue.queries.ledger import ledger
from catalogue.queries.workflow_tallies import GRACE_DAYS, workflow_tally
from catalogue.queries.workflows import BindingWorkflow, gaps, workflows_on
from catalogue.sample.texts import content_of, file_names, read, shelf
from catalogue.services.people import signed_in
from catalogue.services.planning import make_plan
from catalogue.services.projection import check
from catalogue.services.workflow_legality import workflow_problems
from catalogue.workflow_messages import workflow_sentence
from decisions.content import ProcedureContent, missing_parts
from decisions.kinds import ActKind, ChangeKind, EffectType
from decisions.numbering import parse_code
from decisions.workflow_paths import longest_path
from decisions.workflow_proof import ProofFacts, prove

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=VIETNAM)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def province(engine: Engine) -> Iterator[Session]:
    """The sample province, loaded once and only read by the tests."""
    connection = engine.connect()
    transaction = connection.begin()
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        sample.load(session, NOW)
        yield session
    transaction.rollback()
    connection.close()


def in_force(session: Session, on: date) -> dict[tuple[str, str], ProcedureContent]:
    """The texts that bind on a day, by code and level."""
    rows = session.execute(
        select(Procedure.key, Validity, ProcedureVersion)
        .join(Validity, Validity.procedure_id == Procedure.id)
        .join(ProcedureVersion, ProcedureVersion.id == Validity.version_id)
    )
    return {(key, validity.level): version.value for key, validity, version in rows if validity.covers(on)}


def decision(session: Session, number: str) -> Decision:
    return session.scalars(select(Decision).where(Decision.number == number)).one()


def written_texts() -> dict[str, str]:
    """Every file of the sample's data as it was written."""
    folders = ("sectors", "decisions", "workflows")
    names = [*(name for folder in folders for name in file_names(folder)), "province.toml", "legal.toml"]
    return {name: str(read(name)) for name in names}


class TestTheLedger:
    def test_the_replay_finds_nothing_to_say(self, province: Session) -> None:
        assert check(province) == []

    def test_every_kind_of_line_and_of_act_occurs(self, province: Session) -> None:
        assert set(province.scalars(select(DecisionLine.kind))) == set(ChangeKind)
        assert set(province.scalars(select(DecisionAct.kind))) == set(ActKind)

    def test_every_way_of_taking_effect_occurs(self, province: Session) -> None:
        assert set(province.scalars(select(Decision.effect_type))) == set(EffectType)
        before_signing = Decision.effect_from < Decision.signed_on
        after_signing = Decision.effect_from > Decision.signed_on
        for condition in (before_signing, after_signing):
            assert province.scalar(select(func.count(Decision.id)).where(condition))
        own_days = province.scalars(select(DecisionLine).where(DecisionLine.effect_type != "")).all()
        assert any(line.effect_until == date(2027, 3, 1) for line in own_days)

    def test_ten_public_decisions_and_an_internal_one_have_been_issued(self, province: Session) -> None:
        issued = province.scalars(
            select(Decision).where(Decision.status == "issued", Decision.approver_id.is_not(None))
        )
        registers = [found.register for found in issued]
        assert registers.count("public") == 10
        assert registers.count("internal") == 1

    def test_three_people_carried_every_decision(self, province: Session) -> None:
        for found in province.scalars(select(Decision).where(Decision.approver_id.is_not(None))):
            assert len({found.drafter_id, found.reviewer_id, found.approver_id}) == 3, found.number

    def test_the_counts_that_the_papers_state_are_those_of_their_rows(self, province: Session) -> None:
        for found in province.scalars(select(Decision).where(Decision.status == "issued")):
            for stated in found.stated:
                kind, level = stated.get("kind"), stated.get("level")
                rows = [line for line in found.lines if kind in (None, line.kind) and level in (None, line.level)]
                assert len(rows) == stated["count"], (found.number, stated["text"])

    def test_everything_issued_was_recorded_on_its_own_day(self, province: Session) -> None:
        signed = province.scalars(select(Decision).where(Decision.status == "issued", Decision.signed_on.is_not(None)))
        assert all(found.issued_at and found.issued_at.date() == found.signed_on for found in signed)
        assert all(moment <= NOW for moment in province.scalars(select(AuditEntry.at)))

    def test_work_waits_for_drafter_reviewer_and_approver(self, province: Session) -> None:
        waiting = province.scalars(select(Decision.status).where(Decision.status != "issued"))
        assert sorted(waiting) == ["draft", "draft", "reviewed", "submitted"]


class TestWhatReadersSee:
    def test_about_sixty_procedures_bind_in_more_than_ten_sectors(self, province: Session) -> None:
        today = in_force(province, TODAY)
        assert len(today) >= 60
        assert len({content.sectors[0].name for content in today.values()}) > 10
        assert {level for _, level in today} == {"province", "commune", "shared", "other"}

    def test_at_least_twenty_pages_are_rich(self, province: Session) -> None:
        full = [
            content
            for content in in_force(province, TODAY).values()
            if content.steps and content.papers and content.all_fees and content.conditions and content.forms
        ]
        assert len(full) >= 20

    def test_only_two_procedures_wait_for_their_content(self, province: Session) -> None:
        lacking = {key for (key, _), content in in_force(province, TODAY).items() if missing_parts(content)}
        assert lacking == {"1.013702", "1.013703"}

    def test_the_district_level_ends_on_the_first_of_july_2025(self, province: Session) -> None:
        before, after = (in_force(province, day) for day in (date(2025, 6, 30), date(2025, 7, 1)))
        assert ("1.001612", "district") in before
        assert ("1.001612", "commune") in after
        assert ("2.000806", "district") in before  # closed by serial numbers of the older annex, not by a row
        assert not [key for key, level in after if level == "district"]

    def test_four_linked_procedures_are_followed_by_two(self, province: Session) -> None:
        pairs = {(s.old_procedure.key, s.new_procedure.key) for s in province.scalars(select(Succession))}
        linked = {pair for pair in pairs if pair[1] in ("3.000722", "2.002913")}
        assert linked == {
            ("2.001023", "3.000722"), ("2.000986", "3.000722"), ("2.002621", "3.000722"), ("2.002622", "2.002913"),
        }  # fmt: skip
        assert not {old for old, _ in linked} & {key for key, _ in in_force(province, TODAY)}

    def test_a_resumed_procedure_has_a_gap_and_one_abolished_by_mistake_has_none(self, province: Session) -> None:
        in_between = in_force(province, date(2026, 10, 1))
        assert ("1.010833", "province") not in in_between
        assert ("1.010833", "province") in in_force(province, TODAY)
        assert ("1.004746", "commune") in in_between

    def test_a_corrected_fee_holds_from_the_first_day_but_was_known_only_later(self, province: Session) -> None:
        procedure = province.scalars(select(Procedure).where(Procedure.key == "1.001612")).one()
        book = ledger(province, [procedure.id])
        corrected_on = datetime(2026, 11, 12, tzinfo=VIETNAM)
        fees = []
        for known_at in (corrected_on, NOW):
            last = book.periods((procedure.id, "commune"), known_at=known_at)[-1]
            version = province.get(ProcedureVersion, last.version)
            assert version is not None
            fees.append((last.valid_from, version.value.fees[0].text.partition("/")[0]))
        assert fees == [(date(2026, 11, 6), "10.000 đồng"), (date(2026, 11, 6), "100.000 đồng")]

    def test_what_is_to_come_binds_on_its_day_only(self, province: Session) -> None:
        today, in_march = in_force(province, TODAY), in_force(province, date(2027, 3, 1))
        place = "1.013860", "province"
        assert [text[place].time_texts for text in (today, in_march)] == [("05 ngày làm việc",), ("03 ngày làm việc",)]
        no_code = [key for key, _ in today if key.startswith("chua-co-ma") and (key, "province") not in in_march]
        assert len(no_code) == 1  # the support that ends with 28/02/2027

    def test_a_cut_time_stands_beside_the_printed_one(self, province: Session) -> None:
        limit = in_force(province, TODAY)["1.000703", "province"].times[0]
        assert (limit.text, limit.cut_text) == ("05 ngày làm việc", "2,5 ngày làm việc")

    def test_a_moved_procedure_stands_in_its_new_sector(self, province: Session) -> None:
        assert in_force(province, TODAY)["1.011607", "commune"].sectors[0].name == "Giảm nghèo"
        assert in_force(province, date(2025, 12, 31))["1.011607", "commune"].sectors[0].name == "Bảo trợ xã hội"

    def test_internal_procedures_stay_in_their_own_register(self, province: Session) -> None:
        internal = province.scalars(select(Procedure).where(Procedure.register == "internal")).all()
        assert len(internal) == 2
        assert all(version.sector and version.sector.name == "Công chức, viên chức"
                   for procedure in internal for version in procedure.versions)  # fmt: skip


def binding(session: Session, key: str, on: date = TODAY) -> list[BindingWorkflow]:
    procedure = session.scalars(select(Procedure).where(Procedure.key == key)).one()
    return workflows_on(session, procedure.id, on)


class TestTheWorkflows:
    def test_a_decision_of_its_own_adopts_them_eleven_days_after_the_list(self, province: Session) -> None:
        listed, adopting = decision(province, "2311/QĐ-UBND"), decision(province, "2389/QĐ-UBND")
        assert listed.signed_on and adopting.signed_on
        assert (adopting.signed_on - listed.signed_on).days == 11
        assert not adopting.lines
        assert len(decision(province, "1702/QĐ-UBND").workflow_lines) == 2  # the list and its workflows in one

    def test_some_are_public_and_some_for_staff_only(self, province: Session) -> None:
        public = {found.number: found.workflows_public for found in province.scalars(select(Decision))
                  if found.workflow_lines and found.number}  # fmt: skip
        assert public == {"1268/QĐ-UBND": True, "1702/QĐ-UBND": False, "2389/QĐ-UBND": True}

    def test_what_is_adopted_holds(self, province: Session) -> None:
        rows = province.scalars(select(WorkflowLine).join(Decision).where(Decision.status == "issued"))
        for row in rows:
            if row.value is not None:
                assert [p for p in prove(row.value, ProofFacts()) if p.blocking] == [], row.name
                assert longest_path(row.value).hours == row.value.total.hours, row.name

    def test_one_text_has_moved_on_and_one_was_looked_at_again(self, province: Session) -> None:
        (birth,), (marital,) = binding(province, "1.001193"), binding(province, "1.004873")
        assert birth.needs_review
        assert marital.moved
        assert not marital.needs_review

    def test_one_is_replaced_and_one_ends(self, province: Session) -> None:
        before, today = binding(province, "1.001612", date(2026, 11, 16)), binding(province, "1.001612")
        assert [found.workflow.value.total.text for found in (*before, *today)] == [
            "03 ngày làm việc",
            "01 ngày làm việc",
        ]
        assert binding(province, "1.013227", date(2026, 11, 16))
        assert not binding(province, "1.013227")

    def test_one_electronic_workflow_is_set_up_and_another_waits_for_approval(self, province: Session) -> None:
        (parcel,) = binding(province, "1.012784")
        assert parcel.electronic
        assert [record.tested_on for record in parcel.electronic.configurations] == [date(2026, 8, 21)]
        waiting = province.scalars(select(ElectronicWorkflow).where(ElectronicWorkflow.status == "draft")).all()
        assert [item.workflow.symbol for item in waiting] == ["QT.VT.03"]

    def test_the_to_do_list_counts_what_the_report_lists(self, province: Session) -> None:
        binh = province.scalars(select(Account).where(Account.username == "binh")).one()
        listed = gaps(province, TODAY)
        missing = [gap for gap in listed if not gap.internal and gap.days > GRACE_DAYS]
        tally = workflow_tally(province, TODAY, binh.id)
        assert tally.missing == len(missing)
        assert tally.oldest == max(gap.days for gap in missing)
        assert tally.review == sum(bool(gap.moved) for gap in listed) == 1
        assert tally.drafts == 1
        an = province.scalars(select(Account).where(Account.username == "an")).one()
        assert workflow_tally(province, TODAY, an.id).drafts == 0  # nobody approves their own

    def test_the_draft_takes_longer_than_its_procedure_may(self, province: Session) -> None:
        row = province.scalars(select(WorkflowLine).where(WorkflowLine.name == "Đề nghị hỗ trợ chi phí học tập")).one()
        plan = make_plan(province, row.decision, NOW)
        (problem,) = workflow_problems(province, row.decision, plan)
        assert "12,0 > 10, thừa 2,0" in workflow_sentence(problem)

    def test_words_of_search_wait_for_a_second_person(self, province: Session) -> None:
        kinds = {rule.kind for rule in province.scalars(select(WordRule).where(WordRule.state == "proposed"))}
        assert kinds == {"friendly_name", "synonym", "pin"}


class TestTheProvince:
    def test_everybody_signs_in_with_the_printed_password(self, province: Session) -> None:
        names = [person.username for person in sample.people()]
        assert names == ["an", "binh", "chi", "dung", "quan-tri"]
        assert signed_in(province, "an", sample.PASSWORD) is not None
        assert signed_in(province, "an", "mật khẩu khác") is None

    def test_bodies_of_the_past_keep_their_names_and_their_last_day(self, province: Session) -> None:
        district = province.scalars(select(Agency).where(Agency.kind == "committee_district")).all()
        assert district
        assert all(agency.valid_until == date(2025, 7, 1) and agency.successors for agency in district)

    def test_addresses_of_the_province_lead_to_nobody(self, province: Session) -> None:
        values = {setting.key: setting.value for setting in province.scalars(select(Setting))}
        assert values["province_name"] == "tỉnh Sông Thao"
        reachable = [values[key] for key in ("site_address", "pakn_email", "pakn_website")]
        assert all(value.endswith(".example") for value in reachable)

    def test_it_is_not_loaded_over_anything(self, province: Session) -> None:
        with pytest.raises(sample.SampleRefused, match="đã có dữ liệu"):
            sample.load(province, NOW)
        assert province.scalar(select(func.count(Account.id))) == 5


class TestTheWords:
    @pytest.mark.parametrize("code", [code for code in shelf() if code[0].isdigit()])
    def test_a_code_is_one_of_the_national_shape(self, code: str) -> None:
        assert parse_code(code).is_standard
        assert not parse_code(code).warnings

    @pytest.mark.parametrize("text", shelf().values(), ids=lambda raw: raw["id"])
    def test_a_time_with_a_number_can_be_counted_with(self, text: dict[str, object]) -> None:
        content = content_of(text)
        simple = [limit for limit in content.times if limit.text[:2].isdigit() and ";" not in limit.text]
        assert all(limit.unit is not None for limit in simple)

    @pytest.mark.parametrize(("name", "words"), written_texts().items(), ids=lambda value: value[:30])
    def test_words_are_calm_and_composed(self, name: str, words: str) -> None:
        assert "!" not in words
        assert words == unicodedata.normalize("NFC", words)
