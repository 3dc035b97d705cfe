"""The ways out of a step as an officer writes them, one a line, and back: "B4: hồ sơ đầy đủ", "trả lại B2: chưa đạt".

"kết thúc" ends the workflow. A step is named by its label or by its number in the list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from decisions.text import clean, fold
from decisions.workflow import Route, WorkflowStep

END_WORDS = "kết thúc"
RETURN_WORDS = "trả lại"
_ENDING = {"ket thuc", "het", "xong"}
_RETURNING = re.compile(r"^(?:chuyen\s+|gui\s+)?(?:tra\s+lai|chuyen\s+lai|quay\s+lai|tra\s+ve|lai)\s+")
_STEP = re.compile(r"^(?:den\s+)?(?:buoc\s+)?")


class UnknownStep(ValueError):
    """A line names a step that the workflow does not have; ``named`` are its words."""

    def __init__(self, named: str) -> None:
        super().__init__(named)
        self.named = named


def ways_text(step: WorkflowStep, steps: Sequence[WorkflowStep]) -> str:
    """The routes of a step, a line each; empty when it only leads to the next step."""
    if not step.routes:
        return ""
    known = _known(steps)
    places = {other.key: (other, number) for number, other in enumerate(steps, 1)}
    lines = []
    for route in step.routes:
        goal = END_WORDS if not route.to else _name(*places[route.to], known) if route.to in places else route.to
        words = f"{RETURN_WORDS} {goal}" if route.returns else goal
        condition = " ".join(route.condition.split())
        lines.append(f"{words}: {condition}" if condition else words)
    return "\n".join(lines)


def read_ways(text: str, steps: Sequence[WorkflowStep]) -> tuple[Route, ...]:
    """The routes that lines of text name.

    Raises:
        UnknownStep: a line names no step of the workflow.
    """
    if not clean(text):
        return ()
    known = _known(steps)
    return tuple(_way(line, known) for line in text.split("\n") if clean(line))


def _known(steps: Sequence[WorkflowStep]) -> Mapping[str, str]:
    """Key by every name of a step: its place in the list counts less than its key, and that less than its label."""
    found = {str(number): step.key for number, step in enumerate(steps, 1)}
    found |= {_bare(fold(step.key)): step.key for step in reversed(steps)}
    return found | {_bare(fold(step.label)): step.key for step in reversed(steps) if step.label}


def _way(line: str, known: Mapping[str, str]) -> Route:
    named, _, condition = clean(line).partition(":")
    words = fold(named)
    returns = bool(_RETURNING.match(words))
    words = _STEP.sub("", _RETURNING.sub("", words), count=1).strip()
    if words in _ENDING and not returns:
        return Route("", clean(condition))
    if _bare(words) not in known:
        raise UnknownStep(clean(named))
    return Route(known[_bare(words)], clean(condition), returns)


def _bare(words: str) -> str:
    """ "Bước 02", "b 2" and "2" name one step."""
    bare = re.sub(r"^buoc\s*", "", words).replace(" ", "").strip(".")
    numbered = re.fullmatch(r"b?0*(\d+(?:\.\d+)*)", bare)
    return numbered.group(1) if numbered else bare


def _name(step: WorkflowStep, number: int, known: Mapping[str, str]) -> str:
    """The label where it names this step and no other, and ":" would not cut it; else the number in the list."""
    for name in (step.label, str(number), step.key):
        if name and ":" not in name and "\n" not in name and clean(name) == name:
            words = fold(name)
            if words not in _ENDING and not _RETURNING.match(words):
                goal = _STEP.sub("", words, count=1).strip()
                if known.get(_bare(goal)) == step.key:
                    return name
    return step.key
