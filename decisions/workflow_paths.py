"""The ways through a workflow: what is reached, what ends, where it turns in a circle, and the longest way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from decisions.workflow import Workflow, WorkflowStep, routes_of

END = ""
Ways = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class LongestPath:
    """Hours of the longest way to the end, and the keys of its steps in order."""

    hours: Decimal
    steps: tuple[str, ...]


def forward(workflow: Workflow) -> dict[str, tuple[str, ...]]:
    """Where each step leads, ways back left out and unknown steps too; ``END`` ends."""
    keys = {step.key for step in workflow.steps} | {END}
    return {
        key: tuple(dict.fromkeys(route.to for route in routes if not route.returns and route.to in keys))
        for key, routes in routes_of(workflow).items()
    }


def reached(workflow: Workflow) -> frozenset[str]:
    """Keys of the steps that some way from the first step comes to."""
    if not workflow.steps:
        return frozenset()
    ways, seen, waiting = forward(workflow), set[str](), [workflow.steps[0].key]
    while waiting:
        key = waiting.pop()
        if key != END and key not in seen:
            seen.add(key)
            waiting.extend(ways[key])
    return frozenset(seen)


def endless(workflow: Workflow) -> tuple[str, ...]:
    """Keys of the steps from which no way comes to the end, in order."""
    ways = forward(workflow)
    back: dict[str, list[str]] = {}
    for key, nexts in ways.items():
        for following in nexts:
            back.setdefault(following, []).append(key)
    ending, waiting = set[str](), [END]
    while waiting:
        for key in back.get(waiting.pop(), ()):
            if key not in ending:
                ending.add(key)
                waiting.append(key)
    return tuple(step.key for step in workflow.steps if step.key not in ending)


def loop(workflow: Workflow) -> tuple[str, ...]:
    """The keys of one circle of forward ways, or nothing; a way marked as a return makes none."""
    ways = forward(workflow)
    left = {key: sum(key in nexts for nexts in ways.values()) for key in ways}
    waiting = [key for key, count in left.items() if count == 0]
    while waiting:
        for following in ways[waiting.pop()]:
            if following == END:
                continue
            left[following] -= 1
            if left[following] == 0:
                waiting.append(following)
    return _one_circle(ways, _without_tails(ways, {key for key, count in left.items() if count > 0}))


def _without_tails(ways: Ways, circling: set[str]) -> set[str]:
    """Leave out the steps that only hang on a circle: from them no way leads back into it."""
    while tails := {key for key in circling if circling.isdisjoint(ways[key])}:
        circling = circling - tails
    return circling


def _one_circle(ways: Ways, circling: set[str]) -> tuple[str, ...]:
    """Walk inside what is left, where every step leads on, until a step comes again."""
    for start in sorted(circling):
        path: list[str] = []
        key: str | None = start
        while key is not None and key not in path:
            path.append(key)
            key = next((n for n in ways[key] if n in circling), None)
        if key is not None:
            return tuple(path[path.index(key) :])
    return ()


def longest_path(
    workflow: Workflow, hours: Callable[[WorkflowStep], Decimal] = lambda step: step.time.counted
) -> LongestPath:
    """The longest way from the first step to an end; of parallel branches the longest counts, not the sum.

    Raises:
        ValueError: the forward ways turn in a circle.
    """
    if loop(workflow):
        raise ValueError("the forward ways turn in a circle")
    if not workflow.steps:
        return LongestPath(Decimal(0), ())
    steps, ways = {step.key: step for step in workflow.steps}, forward(workflow)
    best: dict[str, LongestPath] = {END: LongestPath(Decimal(0), ())}
    for key in reversed(_ordered(ways, workflow.steps[0].key)):
        after = max((best[n] for n in ways[key]), key=lambda path: path.hours, default=best[END])
        best[key] = LongestPath(hours(steps[key]) + after.hours, (key, *after.steps))
    return best[workflow.steps[0].key]


def _ordered(ways: Ways, first: str) -> list[str]:
    """Every reached step before all it leads to; without recursion, for workflows of any length."""
    done: dict[str, None] = {}
    seen: set[str] = set()
    waiting: list[tuple[str, bool]] = [(first, False)]
    while waiting:
        key, left = waiting.pop()
        if left:
            done[key] = None
        elif key != END and key not in seen:
            seen.add(key)
            waiting.append((key, True))
            waiting.extend((following, False) for following in ways[key])
    return list(reversed(done))
