"""A workflow as pages show it: steps with their times in words, the sum against the time limit, and its diagram."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from catalogue.exports.workflow_drawing import svg
from catalogue.exports.workflow_text import steps_in_words
from catalogue.workflow_messages import workflow_sentence
from decisions.content import ProcedureContent
from decisions.workflow import Counting, StepTime, Workflow, WorkflowStep
from decisions.workflow_paths import longest_path, loop
from decisions.workflow_proof import ProofFacts, days_text, facts_of, limit_hours, prove


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
    """What a page shows of one workflow: ``total`` is the longest way in words, ``findings`` what the proof tells.

    ``must`` are those of them that stand in the way of issuing.
    """

    workflow: Workflow
    steps: tuple[StepView, ...]
    total: str
    limit: str
    findings: tuple[str, ...]
    name: str
    must: frozenset[str] = frozenset()

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
    told = zip(workflow.steps, steps_in_words(workflow), strict=True)
    views = tuple(StepView(number, step, (*words.before, *words.ways)) for number, (step, words) in enumerate(told, 1))
    known = [hours for hours in map(limit_hours, limits) if hours is not None]
    found = [(workflow_sentence(problem), problem.blocking) for problem in prove(workflow, ProofFacts(limits, papers))]
    return WorkflowView(
        workflow,
        views,
        "" if loop(workflow) else f"{days_text(longest_path(workflow).hours).removesuffix(',0')} ngày làm việc",
        "; ".join(dict.fromkeys(limit.cut_text or limit.text for limit in limits)) if known or limits else "",
        tuple(sentence for sentence, _ in found),
        name,
        frozenset(sentence for sentence, blocking in found if blocking),
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
