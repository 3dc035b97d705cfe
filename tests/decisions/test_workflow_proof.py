"""The proof of a workflow: clean ones pass, and every seeded fault is found and named where it is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.workflow_messages import workflow_sentence
from decisions.content import Case, Channel, ChannelKind, Paper, ProcedureContent, TimeLimit, TimeUnit
from decisions.problems import Problem
from decisions.workflow import Counting, Route, StepTime, Workflow, WorkflowStep
from decisions.workflow_paths import longest_path
from decisions.workflow_proof import ProofFacts, facts_of, limit_hours, prove
from tests.workflows import OFFICE_HOURS, ROLES, any_workflows, hours_time, linear, workflows

TEN_DAYS = TimeLimit("10 ngày làm việc", Decimal(10), TimeUnit.WORKING_DAY)


def days(*times: str) -> Workflow:
    steps = [
        WorkflowStep(f"b{n}", f"Việc {n}", f"Bước {n}", "", "Sở Tư pháp", "Chuyên viên", hours_time(8 * Decimal(text)))
        for n, text in enumerate(times, 1)
    ]
    return Workflow("Quy trình", tuple(steps))


def codes(workflow: Workflow, facts: ProofFacts) -> set[str]:
    return {problem.code for problem in prove(workflow, facts)}


def exact(workflow: Workflow) -> ProofFacts:
    """A limit that the workflow uses up to the last hour, and the posts that its units have."""
    limit = TimeLimit("theo quy định", longest_path(workflow).hours, TimeUnit.HOUR)
    return ProofFacts((limit,), roles=ROLES)


class TestTheTimeLimit:
    def test_too_long_a_way_is_refused_with_the_difference_in_days(self):
        (problem,) = [p for p in prove(days("0.5", "9", "2", "0.5"), ProofFacts((TEN_DAYS,))) if p.blocking]
        assert "12,0 > 10, thừa 2,0" in workflow_sentence(problem)

    def test_what_fits_is_not_accused(self):
        assert not prove(days("0.5", "6.5", "2", "0.5"), ProofFacts((TEN_DAYS,)))

    def test_the_time_after_a_cut_is_what_must_be_kept(self):
        cut = TimeLimit("10 ngày làm việc", Decimal(10), TimeUnit.WORKING_DAY, "08 ngày làm việc", Decimal(8))
        assert codes(days("9"), ProofFacts((cut,))) == {"workflow_time_over"}

    def test_a_case_and_a_channel_have_limits_of_their_own(self):
        content = ProcedureContent(
            "Cấp phép",
            times=(TEN_DAYS,),
            channels=(Channel(ChannelKind.ONLINE, TimeLimit("05 ngày làm việc", Decimal(5), TimeUnit.WORKING_DAY)),),
            cases=(Case("Phải xác minh", papers=(Paper("Đơn"),), time=TEN_DAYS),),
        )
        limits = {
            name: [limit_hours(limit) for limit in facts_of(content, replace(days("1"), **asked))[0]]
            for name, asked in (("case", {"case": "phải xác minh"}), ("online", {"channel": ChannelKind.ONLINE}))
        }
        assert limits == {"case": [Decimal(80)], "online": [Decimal(40)]}

    def test_keeping_some_of_several_limits_is_for_a_person_to_confirm(self):
        five = TimeLimit("05 ngày làm việc", Decimal(5), TimeUnit.WORKING_DAY)
        (problem,) = prove(days("8"), ProofFacts((TEN_DAYS, five)))
        assert (problem.code, problem.blocking) == ("workflow_time_over_some", False)


def put(workflow: Workflow, number: int, **values) -> Workflow:
    steps = list(workflow.steps)
    steps[number] = replace(steps[number], **values)
    return replace(workflow, steps=tuple(steps))


Fault = Callable[[Workflow, random.Random], tuple[Workflow, str]]


def a_longer_step(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    key = chance.choice([k for k in longest_path(workflow).steps if (s := workflow.step(k)) and s.time.counted])
    number = [step.key for step in workflow.steps].index(key)
    longer = hours_time(workflow.steps[number].time.counted + chance.randint(1, 80))
    return put(workflow, number, time=longer), "workflow_time_over"


def nobody_does_it(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    return put(workflow, chance.randrange(len(workflow.steps)), unit="", role=""), "workflow_without_actor"


def a_post_that_is_not_there(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    return put(workflow, chance.randrange(len(workflow.steps)), role="Chánh Thanh tra"), "workflow_role_unknown"


def nothing_is_done(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    return put(workflow, chance.randrange(len(workflow.steps)), text=""), "workflow_without_text"


def a_way_to_nowhere(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    number = chance.randrange(len(workflow.steps))
    return put(workflow, number, routes=(Route("b999", "Chuyển"),)), "workflow_route_unknown"


def a_circle(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    path = longest_path(workflow).steps
    late = chance.randrange(1, len(path))
    number = [step.key for step in workflow.steps].index(path[late])
    return put(workflow, number, routes=(Route(path[chance.randrange(late)]),)), "workflow_loop"


def an_island(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    alone = WorkflowStep("dao", "Lưu hồ sơ", "B99", "", next(iter(ROLES)), "Công chức trả kết quả", OFFICE_HOURS)
    closed = put(workflow, len(workflow.steps) - 1, routes=(Route(""),))
    return replace(closed, steps=(*closed.steps, alone)), "workflow_unreached"


def the_same_key(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    twice = replace(workflow.steps[chance.randrange(len(workflow.steps))], text="Việc khác")
    return replace(workflow, steps=(*workflow.steps, twice)), "workflow_step_twice"


def a_product_nobody_makes(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    number = chance.randrange(len(workflow.steps))
    return put(workflow, number, inputs=("Ý kiến thẩm định của Bộ",)), "workflow_input_missing"


def a_wrong_sum(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    total = hours_time(workflow.total.counted + chance.randint(1, 40))
    return replace(workflow, total=total), "workflow_total_differs"


def words_for_a_time(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    words = StepTime("theo yêu cầu thực tế", counting=Counting.UNREAD)
    return put(workflow, chance.randrange(len(workflow.steps)), time=words), "workflow_time_unread"


def a_district(workflow: Workflow, chance: random.Random) -> tuple[Workflow, str]:
    return put(workflow, chance.randrange(len(workflow.steps)), unit="UBND huyện Tân Sơn"), "workflow_district"


FAULTS: tuple[Fault, ...] = (
    a_longer_step, nobody_does_it, a_post_that_is_not_there, nothing_is_done, a_way_to_nowhere, a_circle, an_island,
    the_same_key, a_product_nobody_makes, a_wrong_sum, words_for_a_time, a_district,
)  # fmt: skip


class TestMutations:
    @settings(max_examples=100)
    @given(workflows())
    def test_none_of_a_hundred_clean_workflows_is_accused(self, workflow):
        assert prove(workflow, exact(workflow)) == ()

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
    @settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(workflow=workflows(), seed=st.integers(0, 2**32))
    def test_every_seeded_fault_is_found(self, fault, workflow, seed):
        broken, code = fault(workflow, random.Random(seed))
        assert code in codes(broken, exact(workflow))

    def test_sixty_faults_are_seeded(self):
        assert len(FAULTS) * 5 >= 50


class TestSentences:
    @given(any_workflows())
    def test_any_workflow_is_judged_in_sentences(self, workflow):
        for problem in prove(workflow, ProofFacts((TEN_DAYS,), ("Đơn",), ROLES)):
            assert workflow_sentence(problem)

    @given(st.text(max_size=12), st.text(max_size=12))
    def test_odd_values_break_no_sentence(self, value, detail):
        assert workflow_sentence(Problem("workflow_time_over", "", value, detail))

    def test_three_hundred_steps_are_judged(self):
        assert codes(linear(300), ProofFacts((TEN_DAYS,))) == {"workflow_time_over"}


class TestPapers:
    USED = put(days("1", "1"), 0, papers=("Tờ khai đăng ký khai sinh",))

    def test_a_paper_that_no_step_uses_is_flagged(self):
        (problem,) = prove(self.USED, ProofFacts(papers=("Tờ khai đăng ký khai sinh", "Giấy chứng sinh")))
        assert (problem.code, problem.value, problem.blocking) == ("workflow_paper_unused", "Giấy chứng sinh", False)

    def test_a_workflow_that_names_no_papers_is_not_asked_for_them(self):
        assert not prove(days("1"), ProofFacts(papers=("Giấy chứng sinh",)))
