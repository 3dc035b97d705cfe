"""Workflows on the ledger: refused when they do not fit, adopted by a decision, looked at when the text moves on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from catalogue.messages import problem_sentence
from catalogue.models import Workflow, WorkflowValidity
from catalogue.queries.workflows import gaps, history_of, workflows_on
from catalogue.services import publication
from catalogue.services.drafting import LineInput
from catalogue.services.electronic import (
    approve_electronic,
    confirm_workflow,
    draft_electronic,
    record_configuration,
)
from catalogue.services.merging import DraftingError
from catalogue.services.publication import NotIssuable
from catalogue.services.workflow_lines import (
    EXPIRED,
    WorkflowLineInput,
    add_workflow,
    choose_expired,
    edit_workflow,
    make_workflows_public,
)
from catalogue.services.workflow_projection import check_workflows
from decisions.lifecycle import NotAllowed
from decisions.workflow import Branching, Route
from decisions.workflow import Workflow as WorkflowValue
from tests.builders import make_content, put_in_force
from tests.catalogue.adoptions import (
    ADOPTED,
    CODE,
    NAME,
    PUBLISHED,
    adopting,
    procedure,
    published,
    revoke,
    steps,
    workflow,
)
from tests.catalogue.cast import abolished, amended, at, carry, draft, introduced


class TestWorkflowAgainstDeadline:
    """S10."""

    def test_a_workflow_longer_than_the_law_is_refused_and_passes_once_it_fits(self, session, cast):
        published(session, cast)
        decision = adopting(session, cast, workflow("0.5", "9", "2", "0.5", "0"))
        with pytest.raises(NotIssuable) as refused:
            publication.submit(session, decision, actor=cast.an, now=at(ADOPTED))
        assert any("12,0 > 10, thừa 2,0" in problem_sentence(problem) for problem in refused.value.problems)
        (row,) = decision.workflow_lines
        better = workflow("0.5", "6.5", "2", "0.5", "0").content
        edit_workflow(session, row, {"content": better}, seen=row.lock_version, actor=cast.an, now=at(ADOPTED))
        carry(session, cast, decision)
        (found,) = workflows_on(session, procedure(session).id, ADOPTED)
        assert found.workflow.symbol == "QT.NV.01"

    def test_parallel_branches_use_the_longest_and_not_the_sum(self, session, cast):
        published(session, cast)
        first, left, right, last = steps("1", "8", "8", "1")
        value = WorkflowValue(
            "Quy trình",
            (
                replace(first, routes=(Route("b2"), Route("b3")), branching=Branching.ALL),
                replace(left, routes=(Route("b4"),)),
                replace(right, routes=(Route("b4"),)),
                replace(last, waits_for_all=True),
            ),
        )
        decision = adopting(session, cast, WorkflowLineInput(code_printed=CODE, level="province", content=value))
        assert publication.rehearse(session, decision, at(ADOPTED)).open == []

    def test_a_list_and_its_workflow_in_one_decision_are_compared_with_each_other(self, session, cast):
        new = introduced(CODE, NAME, "05 ngày làm việc", level="province")
        decision = adopting(session, cast, workflow("6"), lines=[new])
        found = [problem_sentence(p) for p in publication.rehearse(session, decision, at(ADOPTED)).open]
        assert any("6,0 > 5, thừa 1,0" in sentence for sentence in found)


    def test_a_text_of_the_inventory_may_be_later_and_so_accuses_nobody_for_certain(self, session, cast):
        content = make_content(NAME, time_limit="10 ngày làm việc")
        put_in_force(session, CODE, content, on=date(2025, 7, 1), level="province", kind="inventory")
        decision = adopting(session, cast, workflow("12"))
        (problem,) = publication.rehearse(session, decision, at(ADOPTED)).open
        assert (problem.code, problem.blocking) == ("workflow_time_over_later", False)
        assert "12,0 > 10, thừa 2,0" in problem_sentence(problem)


class TestTheGap:
    """S11: published on 5/9, workflow on 16/9, phi địa giới on 31/10."""

    def test_the_report_counts_the_days_without_workflow(self, session, cast):
        published(session, cast)
        (gap,) = gaps(session, ADOPTED)
        assert (gap.days, gap.internal, gap.electronic) == (11, False, False)
        carry(session, cast, adopting(session, cast, workflow("9")))
        (gap,) = gaps(session, ADOPTED)
        assert (gap.internal, gap.electronic) == (True, False)

    def test_three_acts_and_no_mark_before_its_day(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("9")))
        mark = LineInput(kind="non_territorial", name=NAME, code_printed=CODE, level="province")
        listing = draft(session, cast, "2095/QĐ-UBND", date(2025, 10, 31), [mark], kind="listing")
        carry(session, cast, listing)
        found = procedure(session)
        assert [decision.number for _, _, decision in history_of(session, found.id)] == ["1319/QĐ-UBND"]
        marked = {v.valid_from: v.version.value.flags.non_territorial for version in found.versions
                  for v in version.validities}  # fmt: skip
        assert marked == {PUBLISHED: False, date(2025, 10, 31): True}
        # A mark of territory touches neither time, papers, bodies nor fees.
        (binding,) = workflows_on(session, found.id, date(2025, 11, 1))
        assert not binding.needs_review


class TestWhenTheProcedureMovesOn:
    def test_a_shorter_time_limit_asks_for_a_review_until_somebody_confirms(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        shorter = amended(CODE, NAME, "05 ngày làm việc", level="province")
        carry(session, cast, draft(session, cast, "2815/QĐ-UBND", date(2025, 11, 20), [shorter]))
        found = procedure(session)
        (before,) = workflows_on(session, found.id, date(2025, 11, 19))
        (after,) = workflows_on(session, found.id, date(2025, 11, 20))
        assert (before.needs_review, after.needs_review, after.moved) == (False, True, ("times",))
        version = found.versions[-1]
        confirm_workflow(session, after.workflow, version, reason="Các bước vẫn đủ trong 5 ngày", actor=cast.binh,
                         now=at(date(2025, 11, 21)))  # fmt: skip
        (confirmed,) = workflows_on(session, found.id, date(2025, 11, 20))
        assert not confirmed.needs_review
        with pytest.raises(DraftingError):
            confirm_workflow(session, after.workflow, version, reason="lần nữa", actor=cast.binh, now=at(ADOPTED))

    def test_adopting_again_ends_the_review_and_the_older_workflow(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        shorter = amended(CODE, NAME, "05 ngày làm việc", level="province")
        later = date(2025, 11, 20)
        carry(session, cast, adopting(session, cast, workflow("5"), "2815/QĐ-UBND", later, [shorter]))
        (found,) = workflows_on(session, procedure(session).id, later)
        assert (found.decision.number, found.needs_review, found.valid_from) == ("2815/QĐ-UBND", False, later)
        (old,) = workflows_on(session, procedure(session).id, date(2025, 11, 19))
        assert old.valid_until == later


class TestTheLedger:
    def test_revoking_the_decision_brings_the_older_workflow_back(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        second = adopting(session, cast, workflow("5", symbol="QT.NV.02"), "1500/QĐ-UBND", date(2025, 10, 1))
        carry(session, cast, second)
        revoke(session, cast, second, date(2025, 10, 20))
        ids = procedure(session).id
        assert [w.workflow.symbol for w in workflows_on(session, ids, date(2025, 10, 10))] == ["QT.NV.02"]
        assert [w.workflow.symbol for w in workflows_on(session, ids, date(2025, 10, 20))] == ["QT.NV.01"]
        assert check_workflows(session) == []

    def test_a_row_that_names_an_older_workflow_ends_it_once_a_person_has_chosen_it(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        ending = WorkflowLineInput(action=EXPIRED, name=NAME, expires_text="QT.NV.01 của 1319/QĐ-UBND")
        decision = adopting(session, cast, ending, "1600/QĐ-UBND", date(2025, 12, 1))
        opened = publication.rehearse(session, decision, at(date(2025, 12, 1))).open
        assert [problem.code for problem in opened] == ["workflow_expires_unknown"]
        old = session.scalar(select(Workflow))
        choose_expired(session, decision.workflow_lines[0], old.id, actor=cast.an, now=at(date(2025, 12, 1)))
        carry(session, cast, decision)
        assert workflows_on(session, old.procedure_id, date(2025, 12, 1)) == []
        assert len(workflows_on(session, old.procedure_id, date(2025, 11, 30))) == 1

    def test_cases_stand_side_by_side_and_each_has_its_own_history(self, session, cast):
        published(session, cast)
        decision = adopting(session, cast, workflow("4", case="Cấp mới"))
        add_workflow(
            session, decision, workflow("2", symbol="QT.NV.02", case="Cấp lại"), actor=cast.an, now=at(ADOPTED)
        )
        carry(session, cast, decision)
        found = workflows_on(session, procedure(session).id, ADOPTED)
        assert sorted(w.workflow.symbol for w in found) == ["QT.NV.01", "QT.NV.02"]

    def test_a_period_changed_by_hand_is_named(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        session.scalar(select(WorkflowValidity)).valid_until = date(2026, 1, 1)
        session.flush()
        assert len(check_workflows(session)) == 2

    def test_one_changed_step_after_the_approval_voids_it(self, session, cast):
        published(session, cast)
        decision = adopting(session, cast, workflow("4"))
        before = publication.rehearse(session, decision, at(ADOPTED)).fingerprint
        (row,) = decision.workflow_lines
        edit_workflow(session, row, {"content": workflow("4.25").content}, seen=row.lock_version, actor=cast.an,
                      now=at(ADOPTED))  # fmt: skip
        assert publication.rehearse(session, decision, at(ADOPTED)).fingerprint != before

    def test_readers_outside_see_only_what_a_decision_makes_public(self, session, cast):
        published(session, cast)
        decision = adopting(session, cast, workflow("4"))
        make_workflows_public(session, decision, True, actor=cast.an, now=at(ADOPTED))
        carry(session, cast, decision)
        again = adopting(session, cast, workflow("5"), "1700/QĐ-UBND", date(2025, 12, 5))
        carry(session, cast, again)
        ids = procedure(session).id
        assert len(workflows_on(session, ids, ADOPTED, public_only=True)) == 1
        assert workflows_on(session, ids, date(2025, 12, 5), public_only=True) == []

    def test_two_workflows_for_one_case_are_refused(self, session, cast):
        published(session, cast)
        decision = adopting(session, cast, workflow("4"))
        add_workflow(session, decision, workflow("5"), actor=cast.an, now=at(ADOPTED))
        found = {problem.code for problem in publication.rehearse(session, decision, at(ADOPTED)).open}
        assert found == {"workflow_twice"}


class TestTheElectronicWorkflow:
    def test_it_comes_from_the_internal_one_and_a_second_person_approves_it(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        (found,) = workflows_on(session, procedure(session).id, ADOPTED)
        made = draft_electronic(session, found.workflow, actor=cast.an, now=at(ADOPTED))
        assert [step.state for step in made.value.steps] == ["Đang xử lý"]
        with pytest.raises(NotAllowed):
            approve_electronic(session, made, seen=made.content_hash, actor=cast.an, now=at(ADOPTED))
        approve_electronic(session, made, seen=made.content_hash, actor=cast.binh, now=at(ADOPTED))
        record_configuration(session, made, system="Hệ thống một cửa tỉnh", configured_by="Tổ CNTT",
                             configured_on=ADOPTED, tested_on=ADOPTED, note="", actor=cast.an,
                             now=at(ADOPTED))  # fmt: skip
        assert gaps(session, ADOPTED) == []
        (again,) = workflows_on(session, procedure(session).id, ADOPTED)
        assert again.electronic is made and len(made.configurations) == 1

    def test_a_later_approval_takes_the_place_of_the_earlier_one(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        (found,) = workflows_on(session, procedure(session).id, ADOPTED)
        first = draft_electronic(session, found.workflow, actor=cast.an, now=at(ADOPTED))
        approve_electronic(session, first, seen=first.content_hash, actor=cast.binh, now=at(ADOPTED))
        second = draft_electronic(session, found.workflow, actor=cast.dung, now=at(ADOPTED))
        approve_electronic(session, second, seen=second.content_hash, actor=cast.binh, now=at(ADOPTED))
        assert (first.status, second.status) == ("replaced", "approved")


def test_abolishing_a_procedure_leaves_no_gap_behind(session, cast):
    published(session, cast)
    carry(session, cast, draft(session, cast, "1800/QĐ-UBND", date(2025, 12, 20), [
        abolished(CODE, NAME, level="province")]))  # fmt: skip
    assert gaps(session, date(2025, 12, 20)) == []
