"""Hard cases of workflows on the ledger: ended and adopted at once, days of rows, levels, approvals, the replay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from catalogue.models import DecisionLine, Workflow, WorkflowValidity
from catalogue.queries.workflows import gaps, workflows_on
from catalogue.services import drafting, publication
from catalogue.services.electronic import approve_electronic, draft_electronic, edit_electronic
from catalogue.services.publication import NotIssuable, PlanChanged
from catalogue.services.workflow_lines import EXPIRED, WorkflowLineInput, add_workflow, choose_expired
from catalogue.services.workflow_projection import check_workflows
from decisions.lifecycle import NotAllowed
from decisions.workflow import workflow_hash, workflow_json
from tests.catalogue.adoptions import (
    ADOPTED,
    CODE,
    NAME,
    adopting,
    procedure,
    published,
    revoke,
    workflow,
)
from tests.catalogue.cast import abolished, amended, at, carry, confirm_all, draft, introduced

NEXT = date(2025, 12, 1)


def symbols(session, on):
    return [found.workflow.symbol for found in workflows_on(session, procedure(session).id, on)]


def ending(session, cast, decision, old, on=NEXT):
    row = WorkflowLineInput(action=EXPIRED, name=NAME, expires_text=f"{old.symbol} của 1319/QĐ-UBND")
    line = add_workflow(session, decision, row, actor=cast.an, now=at(on))
    choose_expired(session, line, old.id, actor=cast.an, now=at(on))


class TestEndingWorkflows:
    def test_a_decision_that_adopts_a_workflow_and_ends_the_old_one_leaves_the_new_one_in_force(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        old = session.scalar(select(Workflow))
        decision = adopting(session, cast, workflow("5", symbol="QT.NV.02"), "1600/QĐ-UBND", NEXT)
        ending(session, cast, decision, old)
        carry(session, cast, decision)
        assert symbols(session, NEXT) == ["QT.NV.02"]
        assert check_workflows(session) == []

    def test_ending_a_workflow_that_a_later_one_has_replaced_does_not_end_the_later_one(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        old = session.scalar(select(Workflow))
        decision = draft(session, cast, "1600/QĐ-UBND", NEXT, [], kind="workflow", subject="Bãi bỏ quy trình")
        ending(session, cast, decision, old)
        again = adopting(session, cast, workflow("5", symbol="QT.NV.02"), "1500/QĐ-UBND", date(2025, 10, 1))
        carry(session, cast, again)
        found = {problem.code for problem in publication.rehearse(session, decision, at(NEXT)).open}
        assert found == {"workflow_ended_already"}
        carry(session, cast, decision)
        assert symbols(session, NEXT) == ["QT.NV.02"]


class TestDaysOfRows:
    def test_a_workflow_begins_with_the_text_that_its_decision_brings_later(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        first = date(2026, 3, 1)
        shorter = replace(
            amended(CODE, NAME, "05 ngày làm việc", level="province"), effect_type="fixed", effect_from=first
        )
        decision = adopting(session, cast, workflow("5", symbol="QT.NV.02"), "1600/QĐ-UBND", NEXT, [shorter])
        carry(session, cast, decision)
        assert (symbols(session, NEXT), symbols(session, first)) == (["QT.NV.01"], ["QT.NV.02"])
        (found,) = workflows_on(session, procedure(session).id, first)
        assert not found.needs_review

    def test_a_workflow_of_a_row_that_waits_for_its_day_is_adopted_with_it(self, session, cast):
        new = replace(introduced(CODE, NAME, "10 ngày làm việc", level="province"), effect_type="unresolved",
                      effect_text="theo Nghị định")  # fmt: skip
        decision = adopting(session, cast, workflow("4"), lines=[new])
        carry(session, cast, decision)
        line = session.scalar(select(DecisionLine))
        day = date(2026, 1, 1)
        publication.resolve_effect(session, line, on=day, evidence="Nghị định 1/2026", actor=cast.binh, now=at(NEXT))
        assert symbols(session, day) == ["QT.NV.01"]
        assert check_workflows(session) == []

    def test_a_workflow_for_a_procedure_that_its_decision_abolishes_is_named(self, session, cast):
        published(session, cast)
        decision = adopting(session, cast, workflow("4"), lines=[abolished(CODE, NAME, level="province")])
        found = {problem.code for problem in publication.rehearse(session, decision, at(ADOPTED)).open}
        assert "workflow_text_ended" in found


class TestLevels:
    def test_a_workflow_for_a_level_takes_the_place_of_one_whose_level_nobody_knew(self, session, cast):
        published(session, cast)
        line = replace(workflow("4"), level="unknown")
        first = adopting(session, cast, line)
        carry(session, cast, first)
        session.execute(update(Workflow).values(level="unknown"))
        for target in first.workflow_lines[0].targets:
            target.level = "unknown"
        session.execute(update(WorkflowValidity).values(level="unknown"))
        session.flush()
        carry(session, cast, adopting(session, cast, workflow("5", symbol="QT.NV.02"), "1600/QĐ-UBND", NEXT))
        assert symbols(session, NEXT) == ["QT.NV.02"]

    def test_a_shared_text_with_a_workflow_of_the_province_lacks_none(self, session, cast):
        published(session, cast, level="shared")
        carry(session, cast, adopting(session, cast, workflow("4")))
        (gap,) = gaps(session, NEXT)
        assert gap.internal


class TestApprovals:
    def test_an_approval_does_not_hold_when_the_workflow_would_be_written_for_another_text(self, session, cast):
        published(session, cast)
        decision = adopting(session, cast, workflow("4"), "1600/QĐ-UBND", NEXT)
        now = at(NEXT)
        confirm_all(session, cast, decision, now)
        publication.submit(session, decision, actor=cast.an, now=now)
        publication.review(session, decision, actor=cast.binh, now=now)
        seen = publication.rehearse(session, decision, now).fingerprint
        publication.approve(session, decision, seen=seen, actor=cast.chi, now=now)
        longer = amended(CODE, NAME, "20 ngày làm việc", level="province")
        carry(session, cast, draft(session, cast, "1500/QĐ-UBND", date(2025, 11, 1), [longer]))
        with pytest.raises(PlanChanged):
            publication.issue(session, decision, actor=cast.an, now=now)


class TestElectronicApproval:
    def test_whoever_changed_the_draft_cannot_approve_it_after_another_has_touched_it_last(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        made = draft_electronic(session, session.scalar(select(Workflow)), actor=cast.an, now=at(NEXT))
        for actor, words in ((cast.binh, "Đang thụ lý"), (cast.an, "Đang thẩm định")):
            value = replace(made.value, steps=tuple(replace(step, state=words) for step in made.value.steps))
            edit_electronic(session, made, value, seen=made.lock_version, actor=actor, now=at(NEXT))
        with pytest.raises(NotAllowed):
            approve_electronic(session, made, seen=made.content_hash, actor=cast.binh, now=at(NEXT))


class TestReplay:
    def test_a_text_changed_together_with_its_hash_is_named(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        stored = session.scalar(select(Workflow))
        value = replace(stored.value, symbol="QT.NV.99")
        stored.content, stored.content_hash = workflow_json(value), workflow_hash(value)
        session.flush()
        assert check_workflows(session)

    def test_a_text_that_is_no_workflow_any_more_is_named(self, session, cast):
        published(session, cast)
        carry(session, cast, adopting(session, cast, workflow("4")))
        session.execute(update(Workflow).values(content="{"))
        assert check_workflows(session)

    def test_a_revocation_revoked_brings_the_workflow_back(self, session, cast):
        published(session, cast)
        first = adopting(session, cast, workflow("4"))
        carry(session, cast, first)
        second = revoke(session, cast, first, date(2025, 10, 20))
        assert symbols(session, date(2025, 10, 20)) == []
        revoke(session, cast, second, date(2025, 11, 1), "1778/QĐ-UBND")
        assert symbols(session, date(2025, 10, 25)) == []
        assert symbols(session, date(2025, 11, 1)) == ["QT.NV.01"]
        assert check_workflows(session) == []


def test_a_draft_with_workflows_can_be_thrown_away(session, cast):
    published(session, cast)
    carry(session, cast, adopting(session, cast, workflow("4")))
    decision = adopting(session, cast, workflow("5"), "1600/QĐ-UBND", NEXT)
    ending(session, cast, decision, session.scalar(select(Workflow)))
    drafting.discard(session, decision, reason="lập nhầm", actor=cast.an, now=at(NEXT))
    session.flush()
    with pytest.raises(NotIssuable):
        publication.submit(session, draft(session, cast, "2/QĐ-UBND", NEXT, []), actor=cast.an, now=at(NEXT))
