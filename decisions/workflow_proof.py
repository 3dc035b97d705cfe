"""Does a workflow hold? Every way ends in the time the law gives, every step has somebody, nothing waits in vain.

A blocking problem must be mended; any other may be confirmed with a reason. ``WORKFLOW_CODES`` documents every code.
Times are compared in working hours (a day is 8) and told in days: "12,0 > 10, thừa 2,0".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from decisions.content import ProcedureContent, TimeLimit, TimeUnit
from decisions.problems import Problem
from decisions.reading import parse_time
from decisions.text import spelling
from decisions.workflow import (
    HOURS_A_DAY,
    Branching,
    Counting,
    StepKind,
    Workflow,
    WorkflowStep,
    routes_of,
)
from decisions.workflow_paths import endless, forward, longest_path, loop, reached

WORKFLOW_CODES: Mapping[str, str] = {
    "workflow_without_steps": "value: nothing",
    "workflow_step_twice": "value: key of two steps",
    "workflow_without_actor": "value: text of the step",
    "workflow_without_text": "value: actor",
    "workflow_role_unknown": "value: role; detail: unit",
    "workflow_district": "value: actor; detail: first day without districts",
    "workflow_time_unread": "value: printed time",
    "workflow_time_missing": "value: actor",
    "workflow_route_unknown": "value: key that no step has",
    "workflow_loop": "value: labels of the circle",
    "workflow_endless": "value: labels of the steps",
    "workflow_unreached": "value: label",
    "workflow_return_forward": "value: label of the later step",
    "workflow_join_alone": "value: nothing",
    "workflow_branch_unsaid": "value: number of ways without a condition",
    "workflow_time_over": "value: hours of the longest path; detail: hours of the limit",
    "workflow_time_over_some": "as workflow_time_over, where only some of several limits are exceeded",
    "workflow_limit_unknown": "value: printed limit",
    "workflow_total_differs": "value: hours of the longest path; detail: printed hours",
    "workflow_stage_differs": "value: hours of the steps; detail: printed hours; where: stage",
    "workflow_unit_differs": "value: unit of the steps; detail: unit of the limit",
    "workflow_paper_unused": "value: name of the paper",
    "workflow_paper_unknown": "value: name of the paper",
    "workflow_input_missing": "value: what nobody produces",
}

DAYS_A_MONTH = 30
_RATES = {
    TimeUnit.HOUR: Decimal(1),
    TimeUnit.DAY: HOURS_A_DAY,
    TimeUnit.WORKING_DAY: HOURS_A_DAY,
    TimeUnit.MONTH: DAYS_A_MONTH * HOURS_A_DAY,
}
_DISTRICT = ("ủy ban nhân dân huyện", "ubnd huyện", "cấp huyện", "chủ tịch huyện", "ubnd cấp huyện")


@dataclass(frozen=True)
class ProofFacts:
    """What a workflow is measured against. ``limits`` are the public time limits of its case and channel.

    ``papers`` are names of the dossier papers; ``roles`` the posts known in each unit (a unit that is not a key is not
    known, and accuses nobody); ``without_districts`` whether it is to bind on a day after 30/6/2025.
    """

    limits: tuple[TimeLimit, ...] = ()
    papers: tuple[str, ...] = ()
    roles: Mapping[str, Collection[str]] | None = None
    without_districts: bool = True


def facts_of(content: ProcedureContent, workflow: Workflow) -> tuple[tuple[TimeLimit, ...], tuple[str, ...]]:
    """The time limits and papers of a procedure that a workflow has to keep: its case's, its channel's, or all."""
    cases = [case for case in content.cases if workflow.case and spelling(case.name) == spelling(workflow.case)]
    limits = [case.time for case in cases if case.time]
    if not limits:
        channels = [c for c in content.channels if workflow.channel is None or c.kind == workflow.channel]
        limits = [channel.time for channel in channels if channel.time and channel.time.text] or list(content.times)
    if not limits and not workflow.case:
        limits = [case.time for case in content.cases if case.time]
    papers = [paper.name for case in cases or content.cases for paper in case.papers]
    return tuple(dict.fromkeys(limits)), tuple(dict.fromkeys(papers))


def limit_hours(limit: TimeLimit) -> Decimal | None:
    """Working hours of a public limit, after a cut where there is one; ``None`` when its words name no one number."""
    if limit.quantity is None:
        limit = parse_time(limit.text, limit.cut_text)
    quantity = limit.cut_quantity if limit.cut_quantity is not None else limit.quantity
    if quantity is None or limit.unit not in _RATES:
        return None
    return quantity * _RATES[limit.unit]


def prove(workflow: Workflow, facts: ProofFacts) -> tuple[Problem, ...]:
    """Everything that does not hold, by step first, then for the whole."""
    if not workflow.steps:
        return (Problem("workflow_without_steps"),)
    found = [problem for step in workflow.steps for check in STEP_CHECKS for problem in check(workflow, step, facts)]
    found += [problem for check in WHOLE_CHECKS for problem in check(workflow, facts)]
    return tuple({(p.code, p.line, p.value, p.detail): p for p in found}.values())


def place(step: WorkflowStep) -> str:
    """How a step is named to people: its printed label, else its text."""
    return step.label or step.text[:40] or step.key


def _at(step: WorkflowStep, code: str, value: str = "", detail: str = "", *, blocking: bool = True) -> Problem:
    return Problem(code, place(step), value, detail, blocking, step.key)


# ------------------------------------------------------------------ step by step


def _actor(_: Workflow, step: WorkflowStep, facts: ProofFacts) -> Iterator[Problem]:
    if not (step.role or step.unit):
        yield _at(step, "workflow_without_actor", step.text[:80])
    if not step.text:
        yield _at(step, "workflow_without_text", step.role or step.unit)
    roles = facts.roles or {}
    known = roles.get(step.unit) or next((r for unit, r in roles.items() if spelling(unit) == spelling(step.unit)), ())
    if known and step.role and spelling(step.role) not in {spelling(role) for role in known}:
        yield _at(step, "workflow_role_unknown", step.role, step.unit, blocking=False)
    said = f"{step.unit} {step.role}".lower()
    if facts.without_districts and any(word in said for word in _DISTRICT):
        yield _at(step, "workflow_district", step.role or step.unit, "01/7/2025", blocking=False)


def _time(_: Workflow, step: WorkflowStep, __: ProofFacts) -> Iterator[Problem]:
    if step.time.counting is Counting.UNREAD:
        yield _at(step, "workflow_time_unread", step.time.text, blocking=False)
    if step.time.counting is Counting.EMPTY and step.kind is StepKind.TASK:
        yield _at(step, "workflow_time_missing", step.role or step.unit, blocking=False)


def _routes(workflow: Workflow, step: WorkflowStep, _: ProofFacts) -> Iterator[Problem]:
    order = {known.key: number for number, known in enumerate(workflow.steps)}
    for route in step.routes:
        if route.to and route.to not in order:
            yield _at(step, "workflow_route_unknown", route.to)
        elif route.returns and (not route.to or order[route.to] > order[step.key]):
            later = workflow.step(route.to)
            yield _at(step, "workflow_return_forward", place(later) if later else "", blocking=False)
    unsaid = [route for route in step.routes if not route.returns and not route.condition]
    if step.branching is Branching.ONE and len(unsaid) > 1:
        yield _at(step, "workflow_branch_unsaid", str(len(unsaid)), blocking=False)


def _joins(workflow: Workflow, step: WorkflowStep, _: ProofFacts) -> Iterator[Problem]:
    if step.waits_for_all and sum(step.key in nexts for nexts in forward(workflow).values()) < 2:
        yield _at(step, "workflow_join_alone", blocking=False)


def _reached(workflow: Workflow, step: WorkflowStep, _: ProofFacts) -> Iterator[Problem]:
    if step.key not in reached(workflow):
        yield _at(step, "workflow_unreached", place(step))


def _inputs(workflow: Workflow, step: WorkflowStep, facts: ProofFacts) -> Iterator[Problem]:
    """What a step needs must come out of a step before it on some way, or be a paper of the dossier."""
    if not step.inputs:
        return
    before = _before(workflow, step.key)
    made = {spelling(other.product) for other in workflow.steps if other.key in before and other.product}
    made |= {spelling(name) for name in facts.papers}
    for needed in step.inputs:
        if spelling(needed) not in made:
            yield _at(step, "workflow_input_missing", needed)


def _before(workflow: Workflow, key: str) -> frozenset[str]:
    """Keys of the steps from which a way leads to the step; a way back counts too: its product is there by then."""
    back: dict[str, list[str]] = {}
    for start, routes in routes_of(workflow).items():
        for route in routes:
            back.setdefault(route.to, []).append(start)
    seen, waiting = set[str](), [key]
    while waiting:
        for earlier in back.get(waiting.pop(), ()):
            if earlier not in seen:
                seen.add(earlier)
                waiting.append(earlier)
    return frozenset(seen)


# ------------------------------------------------------------------ the workflow as a whole


def _keys(workflow: Workflow, _: ProofFacts) -> Iterator[Problem]:
    for key, count in Counter(step.key for step in workflow.steps).items():
        if count > 1:
            yield Problem("workflow_step_twice", value=key)


def _ends(workflow: Workflow, _: ProofFacts) -> Iterator[Problem]:
    labels = {step.key: place(step) for step in workflow.steps}
    circle = loop(workflow)
    if circle:
        yield Problem("workflow_loop", labels[circle[0]], " → ".join(labels[key] for key in (*circle, circle[0])))
    stuck = [key for key in endless(workflow) if key not in circle]
    if stuck or (circle and not set(circle).isdisjoint(endless(workflow))):
        names = [labels[key] for key in stuck or circle]
        yield Problem("workflow_endless", names[0], ", ".join(names))


def _limit(workflow: Workflow, facts: ProofFacts) -> Iterator[Problem]:
    """Where the limits differ by channel, a workflow for all of them is refused only when it keeps none of them."""
    if loop(workflow):
        return
    hours = longest_path(workflow).hours
    known = [limit for limit in (limit_hours(limit) for limit in facts.limits) if limit is not None]
    if facts.limits and not known:
        yield Problem("workflow_limit_unknown", value=facts.limits[0].text, blocking=False)
    over = [limit for limit in known if hours > limit]
    if over:
        every = len(over) == len(known)
        code, bound = ("workflow_time_over", max(known)) if every else ("workflow_time_over_some", min(known))
        yield Problem(code, value=str(hours), detail=str(bound), blocking=every)


def _total(workflow: Workflow, _: ProofFacts) -> Iterator[Problem]:
    printed = workflow.total.hours
    if printed is None or workflow.total.counting is not Counting.COUNTED or loop(workflow):
        return
    hours = longest_path(workflow).hours
    if hours != printed:
        yield Problem("workflow_total_differs", value=str(hours), detail=str(printed), blocking=False)


def _stages(workflow: Workflow, _: ProofFacts) -> Iterator[Problem]:
    if loop(workflow):
        return
    for stage in workflow.stages:
        if stage.total.hours is None or stage.total.counting is not Counting.COUNTED:
            continue
        name = stage.name
        hours = longest_path(workflow, lambda step, n=name: step.time.counted if step.stage == n else Decimal(0)).hours  # type: ignore[misc]
        if hours != stage.total.hours:
            yield Problem("workflow_stage_differs", name, str(hours), str(stage.total.hours), blocking=False)


def _units(workflow: Workflow, facts: ProofFacts) -> Iterator[Problem]:
    """Working days cannot be kept inside as many calendar days; days alone are said both ways and accuse nobody."""
    used = {step.time.unit for step in workflow.steps if step.time.counted}
    limits = {limit.unit for limit in facts.limits if limit.unit is not None}
    if TimeUnit.WORKING_DAY in used and limits == {TimeUnit.DAY} and not loop(workflow):
        hours = longest_path(workflow).hours
        known = [limit for limit in (limit_hours(limit) for limit in facts.limits) if limit is not None]
        if known and hours <= max(known) < hours * 7 / 5:
            yield Problem("workflow_unit_differs", value="ngày làm việc", detail="ngày", blocking=False)


def _papers(workflow: Workflow, facts: ProofFacts) -> Iterator[Problem]:
    """Only where the workflow says at all which papers its steps use."""
    used = {spelling(paper): paper for step in workflow.steps for paper in step.papers}
    known = {spelling(paper): paper for paper in facts.papers}
    if not used or not known:
        return
    for key, name in known.items():
        if key not in used:
            yield Problem("workflow_paper_unused", value=name, blocking=False)
    for key, name in used.items():
        if key not in known:
            yield Problem("workflow_paper_unknown", value=name, blocking=False)


STEP_CHECKS: tuple[Callable[[Workflow, WorkflowStep, ProofFacts], Iterator[Problem]], ...] = (
    _actor, _time, _routes, _joins, _reached, _inputs,
)  # fmt: skip
WHOLE_CHECKS: tuple[Callable[[Workflow, ProofFacts], Iterator[Problem]], ...] = (
    _keys, _ends, _limit, _total, _stages, _units, _papers,
)  # fmt: skip


def over_text(hours: Decimal, limit: Decimal) -> str:
    """Two times in days and what is too much: "12,0 > 10, thừa 2,0"."""
    return f"{days_text(hours)} > {_plain(limit)}, thừa {days_text(hours - limit)}"


def days_text(hours: Decimal) -> str:
    """Hours as days with at least one decimal and a Vietnamese comma: 96 is "12,0"."""
    days = (hours / HOURS_A_DAY).quantize(Decimal("0.01"))
    text = format(days, "f")
    return (text[:-1] if text.endswith("0") else text).replace(".", ",")


def _plain(hours: Decimal) -> str:
    text = days_text(hours)
    return text.removesuffix(",0")
