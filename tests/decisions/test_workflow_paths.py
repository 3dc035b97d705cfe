"""The ways through a workflow: the longest one counts, circles and blind alleys are seen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from decisions.workflow import (
    Branching,
    Route,
    Workflow,
    WorkflowStep,
    workflow_from_json,
    workflow_hash,
    workflow_json,
)
from decisions.workflow_paths import endless, longest_path, loop, reached
from tests.workflows import any_workflows, branching, hours_time, linear, workflows


def step(key: str, days: str, *routes: Route, **values) -> WorkflowStep:
    return WorkflowStep(key, f"Việc {key}", unit="Sở Tư pháp", role="Chuyên viên", time=hours_time(8 * Decimal(days)),
                        routes=routes, **values)  # fmt: skip


def through(workflow: Workflow, key: str) -> Decimal:
    """The longest way from a step on, found by trying every way."""
    after = {s.key: s.routes or () for s in workflow.steps}
    following = dict(zip([s.key for s in workflow.steps], [*[s.key for s in workflow.steps[1:]], ""], strict=True))
    if not key:
        return Decimal(0)
    forward = [r.to for r in after[key] if not r.returns] or [following[key]]
    own = next(s for s in workflow.steps if s.key == key).time.counted
    return own + max(through(workflow, to) for to in forward)


class TestTheLongestWay:
    def test_parallel_branches_count_the_longest_and_not_the_sum(self):
        workflow = Workflow(
            "Cấp phép",
            (
                step("1", "1", Route("2"), Route("3"), branching=Branching.ALL),
                step("2", "5", Route("4")),
                step("3", "2", Route("4")),
                step("4", "1", waits_for_all=True),
            ),
        )
        found = longest_path(workflow)
        assert (found.hours, found.steps) == (Decimal(56), ("1", "2", "4"))

    def test_a_way_back_is_on_no_measured_path(self):
        once = Workflow("Cấp phép", (step("1", "1"), step("2", "2", Route("1", "Chưa đạt", returns=True))))
        assert longest_path(once).hours == 24

    @settings(max_examples=40)
    @given(workflows(most=12))
    def test_it_is_what_trying_every_way_finds(self, workflow):
        assert longest_path(workflow).hours == through(workflow, workflow.steps[0].key)

    def test_three_hundred_steps_are_no_trouble(self):
        assert longest_path(linear(300)).hours == 300 * 4

    def test_a_circle_has_no_longest_way(self):
        circle = Workflow("Cấp phép", (step("1", "1", Route("2")), step("2", "1", Route("1"))))
        assert loop(circle) == ("1", "2")
        assert endless(circle) == ("1", "2")
        with pytest.raises(ValueError, match="circle"):
            longest_path(circle)


    def test_a_circle_is_found_whatever_hangs_on_it(self):
        ways = (Route("3", "đạt"), Route("1", "làm lại"))
        hanging = Workflow("Cấp phép", (step("1", "1", Route("2")), step("2", "1", *ways), step("3", "1", Route(""))))
        assert loop(hanging) == ("1", "2")

    @given(any_workflows())
    def test_without_a_circle_there_is_a_longest_way_and_else_none(self, workflow):
        if loop(workflow):
            with pytest.raises(ValueError, match="circle"):
                longest_path(workflow)
        else:
            longest_path(workflow)


class TestWhatIsReached:
    def test_a_step_that_nothing_leads_to_is_not_reached(self):
        workflow = Workflow("Cấp phép", (step("1", "1", Route("3")), step("2", "1"), step("3", "1")))
        assert reached(workflow) == {"1", "3"}

    @given(any_workflows())
    def test_any_workflow_is_answered(self, workflow):
        assert reached(workflow) <= {s.key for s in workflow.steps}
        assert set(endless(workflow)) <= {s.key for s in workflow.steps}
        if not loop(workflow) and workflow.steps:
            assert longest_path(workflow).steps[0] == workflow.steps[0].key


class TestTheStoredForm:
    @given(any_workflows())
    def test_a_workflow_comes_back_as_it_was(self, workflow):
        assert workflow_from_json(workflow_json(workflow)) == workflow

    def test_one_changed_character_is_another_workflow(self):
        one = branching()
        assert workflow_hash(one) != workflow_hash(replace(one, note="."))
