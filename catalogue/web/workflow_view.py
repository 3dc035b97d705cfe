"""A workflow as pages show it: steps with their times in words, the sum against the time limit, and its diagram."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from catalogue.exports.workflow_drawing import svg
from catalogue.workflow_messages import workflow_sentence
from decisions.content import ProcedureContent
from decisions.workflow import Branching, Counting, Route, StepTime, Workflow, WorkflowStep, routes_of
from decisions.workflow_paths import longest_path, loop
from decisions.workflow_proof import ProofFacts, days_text, facts_of, limit_hours, place, prove


@dataclass(frozen=True)
class StepView:
    """One step with its ways on as words; ``number`` is its place in the list, from 1."""

    number: int
    step: WorkflowStep
    ways: tuple[str, ...]

    @property
    def time(self) -> str:
        """The printed time, or what stands for it."""
        return time_words(self.step.time)


@dataclass(frozen=True)
class WorkflowView:
    """What a page shows of one workflow. ``total`` is the longest way in words, ``over`` what the proof finds wrong."""

    workflow: Workflow
    steps: tuple[StepView, ...]
    total: str
    limit: str
    findings: tuple[str, ...]
    name: str

    @property
    def diagram(self) -> Markup:
        """The drawing; every text in it is escaped by the drawing itself."""
        return Markup(svg(self.workflow, self.name))  # noqa: S704

    @property
    def has_stages(self) -> bool:
        """Whether the paper sets headings over the steps."""
        return any(view.step.stage for view in self.steps)


def workflow_view(workflow: Workflow, content: ProcedureContent | None, name: str = "quy-trinh") -> WorkflowView:
    """Gather what a page needs; ``content`` is the text it is measured against, if any."""
    limits, papers = facts_of(content, workflow) if content is not None else ((), ())
    labels = {step.key: place(step) for step in workflow.steps}
    routes = routes_of(workflow)
    following = dict(zip(labels, [*list(labels)[1:], ""], strict=False))
    views = tuple(
        StepView(number, step, _ways(step, routes.get(step.key, ()), labels, following.get(step.key, "")))
        for number, step in enumerate(workflow.steps, 1)
    )
    known = [hours for hours in map(limit_hours, limits) if hours is not None]
    return WorkflowView(
        workflow,
        views,
        "" if loop(workflow) else f"{days_text(longest_path(workflow).hours).removesuffix(',0')} ngày làm việc",
        "; ".join(dict.fromkeys(limit.cut_text or limit.text for limit in limits)) if known or limits else "",
        tuple(workflow_sentence(problem) for problem in prove(workflow, ProofFacts(limits, papers))),
        name,
    )


def time_words(time: StepTime) -> str:
    """What stands in the time column of a step."""
    if time.text:
        return time.text
    if time.counting is Counting.SHARED:
        return "(tính chung với bước trên)"
    return f"{days_text(time.hours).removesuffix(',0')} ngày" if time.hours else ""


def hours_words(hours: Decimal) -> str:
    """Hours as days: "9,5 ngày"."""
    return f"{days_text(hours).removesuffix(',0')} ngày"


def _ways(step: WorkflowStep, routes: tuple[Route, ...], labels: dict[str, str], following: str) -> tuple[str, ...]:
    """Sentences about where a step leads; none for the plain next step."""
    said = []
    forward = [route for route in routes if not route.returns]
    if step.waits_for_all:
        said.append("Thực hiện khi mọi nhánh song song đã xong.")
    if len(forward) > 1 and step.branching is Branching.ALL:
        said.append(f"Song song: {', '.join(_goal(route, labels) for route in forward)}.")
    elif len(forward) > 1 or (forward and forward[0].to != following):
        said += [_sentence(route, labels) for route in forward]
    said += [_sentence(route, labels) for route in routes if route.returns]
    return tuple(said)


def _sentence(route: Route, labels: dict[str, str]) -> str:
    verb = "chuyển lại" if route.returns else "chuyển" if route.to else ""
    words = f"{verb} {_goal(route, labels)}".strip()
    return f"{route.condition}: {words}." if route.condition else f"{words[:1].upper()}{words[1:]}."


def _goal(route: Route, labels: dict[str, str]) -> str:
    if not route.to:
        return "kết thúc"
    name = labels.get(route.to, route.to)
    return f"đến {name[:1].lower()}{name[1:]}" if name.lower().startswith("bước") else f"đến bước {name}"
