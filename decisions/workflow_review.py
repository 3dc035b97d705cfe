"""When a procedure moves on, which of its changes reach its workflow; and what an electronic workflow starts as."""

from __future__ import annotations

from dataclasses import replace

from decisions.changes import find_changes
from decisions.content import ProcedureContent
from decisions.workflow import Counting, StepKind, Workflow, WorkflowKind, WorkflowStep

TOUCHING = ("times", "channels", "papers", "cases", "bodies", "fees")
"""Parts a workflow rests on: time, papers, bodies, fees, by whatever case or channel they are given."""

STATES = {
    StepKind.RECEIVE: "Đã tiếp nhận",
    StepKind.TASK: "Đang xử lý",
    StepKind.HANDOVER: "Chờ cơ quan phối hợp",
    StepKind.WAIT: "Chờ bổ sung hồ sơ",
    StepKind.RETURN: "Đã trả kết quả",
}
NOTIFIED = (StepKind.RECEIVE, StepKind.WAIT, StepKind.RETURN)
"""Steps after which the citizen hears something."""


def touching_parts(before: ProcedureContent, after: ProcedureContent) -> tuple[str, ...]:
    """The parts changed between two texts that make a workflow "cần rà soát", in the order of ``TOUCHING``."""
    changed = {change.part for change in find_changes(before, after)}
    return tuple(part for part in TOUCHING if part in changed)


def electronic_draft(internal: Workflow) -> Workflow:
    """What an officer starts from: every step with its dossier status, account group, time and notifications.

    The time online is the printed one; a step that only waits for the opening hours takes none online.
    """
    return replace(internal, kind=WorkflowKind.ELECTRONIC, steps=tuple(_online(step) for step in internal.steps))


def _online(step: WorkflowStep) -> WorkflowStep:
    return replace(
        step,
        state=step.state or STATES[step.kind],
        actor=step.actor or step.role or step.unit,
        online=step.online or (step.time if step.time.counting is not Counting.SHARED else None),
        notices=step.notices or (("email", "sms") if step.kind in NOTIFIED else ()),
    )
