"""Joins the steps by what they print of each other: ways back, ways past others, parts done at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalogue.imports.workflow_columns import step_number
from catalogue.imports.workflow_drafts import WorkflowDraft
from decisions.workflow import Branching, Route, WorkflowStep
from decisions.workflow_reading import Direction, PrintedRoute, parse_routes


def linked(steps: Sequence[WorkflowStep], draft: WorkflowDraft) -> list[WorkflowStep]:
    """The steps with their routes; what names no step, or one that cannot be meant, stays words with a doubt."""
    found = list(steps)
    for index, step in enumerate(steps):
        for printed in parse_routes("\n".join((step.text, step.product, step.note))):
            target = _target(found, index, printed.step)
            if target is None:
                draft.doubt(f"bước {printed.step}", f"{step.label or step.key} nhắc tới một bước không có trong bảng.")
            elif printed.direction is Direction.BESIDE:
                _beside(found, index, target, draft)
            else:
                _to(found, index, target, printed)
    return found


def _target(steps: Sequence[WorkflowStep], index: int, number: str) -> int | None:
    """The step with a number: in the same part of the way before any other, its first row before its further ones."""
    same = [i for i, step in enumerate(steps) if _number(step) == number]
    near = [i for i in same if steps[i].stage == steps[index].stage]
    chosen = near or same
    return chosen[0] if chosen else None


def _number(step: WorkflowStep) -> str:
    return step_number(step.label) or step.label.lstrip("0")


def _to(steps: list[WorkflowStep], index: int, target: int, printed: PrintedRoute) -> None:
    """The next step is the next step without being said; a way past it leaves the unwritten one open."""
    step = steps[index]
    if target == index or (target == index + 1 and printed.direction is Direction.ON):
        return
    back = target < index or printed.direction is Direction.BACK
    route = Route(steps[target].key, printed.condition, returns=back)
    if any(known.to == route.to for known in step.routes):
        return
    routes = (*step.routes, route)
    following = steps[index + 1].key if index + 1 < len(steps) else ""
    if not back and not any(known.to == following and not known.returns for known in step.routes):
        routes = (*routes, Route(following))
    steps[index] = replace(step, routes=routes)


def _beside(steps: list[WorkflowStep], index: int, target: int, draft: WorkflowDraft) -> None:
    """Two neighbours done at the same time: the step before opens both, the step behind waits for both."""
    first, second = min(index, target), max(index, target)
    if second != first + 1 or first == 0:
        draft.doubt(
            steps[index].text[:120], "Bước này ghi là làm song song nhưng không đứng cạnh bước kia; hãy nối tay."
        )
        return
    end = steps[second + 1].key if second + 1 < len(steps) else ""
    opens = (Route(steps[first].key), Route(steps[second].key))
    returns = tuple(route for route in steps[first - 1].routes if route.returns)
    steps[first - 1] = replace(steps[first - 1], routes=(*returns, *opens), branching=Branching.ALL)
    for place in (first, second):
        kept = tuple(route for route in steps[place].routes if route.returns)
        steps[place] = replace(steps[place], routes=(*kept, Route(end)))
    if end:
        steps[second + 1] = replace(steps[second + 1], waits_for_all=True)
