"""Which text set each part of what binds now: a part that a later text repeats, or says nothing of, is the older's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from decisions import parts
from decisions.changes import find_changes
from decisions.content import PARTS, ProcedureContent

TRACED: tuple[str, ...] = tuple(part for part in (*PARTS, "papers") if part not in ("extra", "keywords"))
"""The parts with a provenance; what only machines read has none."""


def origins(chain: Sequence[ProcedureContent]) -> Mapping[str, int]:
    """By part, the place in ``chain`` (oldest first) of the text that set it as it stands in the last one.

    A part of which the last text says nothing is not in the answer. A text that is silent on a part between two that
    say the same leaves it with the first; another layout of the same words is no new setting.
    """
    setting: dict[str, int] = {}
    spoken: dict[str, int] = {}
    for place, content in enumerate(chain):
        own = [part for part in TRACED if _says(content, part)]
        compared = {spoken[part] for part in own if part in spoken}
        changed = {older: _changed(chain[older], content) for older in compared}
        for part in own:
            if part not in spoken or part in changed[spoken[part]]:
                setting[part] = place
            spoken[part] = place
    last = len(chain) - 1
    return {part: setting[part] for part in TRACED if spoken.get(part) == last}


def _changed(before: ProcedureContent, after: ProcedureContent) -> set[str]:
    return {change.part for change in find_changes(before, after) if not change.is_order}


def _says(content: ProcedureContent, part: str) -> bool:
    if part == "bodies":
        return any(getattr(content.bodies, role) for role in content.bodies.__dataclass_fields__)
    if part == "flags":
        return any(getattr(content.flags, flag) for flag in content.flags.__dataclass_fields__)
    return parts.says(content, part)
