"""Which parts of a text are there, which are missing, and which are rightly empty (NĐ 63/2010/NĐ-CP Đ.8 k.2)."""

from __future__ import annotations

from enum import StrEnum

from decisions.content import MANDATORY_PARTS, ProcedureContent, missing_parts


class PartState(StrEnum):
    """How a part stands. Points a–g are in every text; forms, fees and conditions only where there are any."""

    PRESENT = "present"  # đủ
    MISSING = "missing"  # thiếu
    NONE = "none"  # không quy định


LISTED_PARTS: tuple[str, ...] = (
    "name", "steps", "channels", "papers", "times", "subjects", "bodies", "outcomes", "forms", "fees", "conditions",
    "bases",
)  # fmt: skip
"""The parts in the order of Đ.8 k.2 and of the ministry's form; ``papers`` stands for the cases with their papers."""


def part_states(content: ProcedureContent) -> dict[str, PartState]:
    """The state of each listed part, in their order; an outcome is expected of every procedure."""
    missing = {*missing_parts(content), *(() if content.outcomes else ("outcomes",))}
    has = {
        "forms": bool(content.forms) or any(paper.forms for paper in content.papers),
        "fees": bool(content.all_fees),
        "conditions": bool(content.conditions),
        "bases": bool(content.bases),
    }
    return {
        part: PartState.MISSING
        if part in missing
        else PartState.PRESENT
        if has.get(part, part in MANDATORY_PARTS or part == "outcomes")
        else PartState.NONE
        for part in LISTED_PARTS
    }
