"""A workflow as a value: its steps, who does them, how long they take and the ways between them.

Serves the internal workflow (quy trình nội bộ, NĐ 61/2018 Đ.36 k.4, TT 03/2025) and the electronic one made from it.
Steps follow each other in the order of the tuple unless a step says otherwise by its ``routes``. Printed words are kept
beside what was read from them. The stored form is ``workflow_json``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from decisions.codec import from_plain, to_plain
from decisions.content import ChannelKind, TimeUnit

HOURS_A_DAY = Decimal(8)
"""Working hours of one day in every workflow ("mỗi ngày 08 giờ làm việc")."""


class WorkflowKind(StrEnum):
    """Quy trình nội bộ, or the electronic one derived from it."""

    INTERNAL = "internal"
    ELECTRONIC = "electronic"


class StepKind(StrEnum):
    """What a step is to the dossier."""

    RECEIVE = "receive"  # tiếp nhận
    TASK = "task"
    HANDOVER = "handover"  # chuyển cơ quan khác, chờ kết quả của họ
    WAIT = "wait"  # chờ người nộp bổ sung: không tính thời gian
    RETURN = "return"  # trả kết quả


class Counting(StrEnum):
    """Whether and how a printed time counts."""

    COUNTED = "counted"
    OFFICE_HOURS = "office_hours"  # "Giờ hành chính", "Trong ngày": 0
    NOT_COUNTED = "not_counted"  # "Không tính thời gian": 0
    SHARED = "shared"  # một ô thời gian chung cho nhiều bước; tính ở bước đầu
    EMPTY = "empty"  # nothing printed: 0
    UNREAD = "unread"  # words that give no number


class Branching(StrEnum):
    """How several routes out of one step are meant."""

    ONE = "one"  # một trong các nhánh
    ALL = "all"  # song song


@dataclass(frozen=True)
class StepTime:
    """A time as printed; ``hours`` are working hours (a day is 8), ``None`` where the words gave no number.

    ``unit`` is the printed unit. ``conditional`` marks words that name several times ("02 ngày hoặc 05 ngày nếu phải
    xác minh"): the longest one counts.
    """

    text: str = ""
    hours: Decimal | None = None
    unit: TimeUnit | None = None
    counting: Counting = Counting.EMPTY
    conditional: bool = False

    @property
    def counted(self) -> Decimal:
        """Hours that count on a path; 0 where nothing counts or nothing was read."""
        return self.hours if self.hours is not None and self.counting is Counting.COUNTED else Decimal(0)


@dataclass(frozen=True)
class Route:
    """A way on: to the step with key ``to`` (``""`` ends the workflow), under a printed condition.

    ``returns`` marks a way back to an earlier step ("Chuyển lại bước 3"); it is on no path that is measured.
    """

    to: str
    condition: str = ""
    returns: bool = False


@dataclass(frozen=True)
class WorkflowStep:
    """One step. ``key`` is unique in its workflow and lasting; ``label`` is what the paper prints ("B1", "Bước 2").

    ``unit`` is the agency or room (a lane of the diagram), ``role`` the person or post. ``forms`` are control forms by
    name or number (TT 03/2025 Phụ lục I), ``papers`` names of dossier papers used, ``inputs`` products of earlier steps
    it needs. With ``waits_for_all`` it starts when every way leading to it has arrived. No ``routes``: the next step.
    ``state`` … ``eform`` belong to the electronic workflow: dossier status, account group, time online, notifications.
    """

    key: str
    text: str
    label: str = ""
    stage: str = ""
    unit: str = ""
    role: str = ""
    time: StepTime = StepTime()
    kind: StepKind = StepKind.TASK
    product: str = ""
    forms: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    branching: Branching = Branching.ONE
    waits_for_all: bool = False
    note: str = ""
    state: str = ""
    actor: str = ""
    online: StepTime | None = None
    notices: tuple[str, ...] = ()
    eform: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    """A heading over some steps ("Quy trình tại UBND thành phố") with the time the paper prints for it."""

    name: str
    total: StepTime = StepTime()


@dataclass(frozen=True)
class Workflow:
    """One workflow of a procedure: for one case, channel and place, or for all where these are empty.

    ``symbol`` is the printed sign (QT.XNKBCXB.01); ``total`` the printed sum. ``purpose`` … ``definitions`` are front
    matter of the ISO layout; ``records`` what is kept, ``retention`` how long ("02 năm").
    """

    name: str
    steps: tuple[WorkflowStep, ...] = ()
    kind: WorkflowKind = WorkflowKind.INTERNAL
    symbol: str = ""
    case: str = ""
    channel: ChannelKind | None = None
    non_territorial: bool = False
    total: StepTime = StepTime()
    stages: tuple[Stage, ...] = ()
    purpose: str = ""
    scope: str = ""
    references: str = ""
    definitions: str = ""
    records: tuple[str, ...] = ()
    retention: str = ""
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def step(self, key: str) -> WorkflowStep | None:
        """The step with a key."""
        return next((step for step in self.steps if step.key == key), None)

    @property
    def units(self) -> tuple[str, ...]:
        """The units in order of their first step: the lanes of a diagram."""
        return tuple(dict.fromkeys(step.unit for step in self.steps))


def routes_of(workflow: Workflow) -> dict[str, tuple[Route, ...]]:
    """The ways out of every step, with the unwritten "next step" filled in; ``Route("")`` ends."""
    keys = [step.key for step in workflow.steps]
    following = dict(zip(keys, [*keys[1:], ""], strict=False))
    found: dict[str, tuple[Route, ...]] = {}
    for step in workflow.steps:
        forward = any(not route.returns for route in step.routes)
        found[step.key] = step.routes if forward else (*step.routes, Route(following[step.key]))
    return found


def workflow_json(workflow: Workflow) -> str:
    """The stored form: sorted keys, defaults left out, real Unicode."""
    return json.dumps(to_plain(workflow), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def workflow_from_json(text: str) -> Workflow:
    """Read what ``workflow_json`` wrote.

    Raises:
        ValueError: the text is no JSON or a value has a wrong type.
    """
    return from_plain(Workflow, json.loads(text))


def workflow_hash(workflow: Workflow) -> str:
    """SHA-256 (hex) of the stored form."""
    return hashlib.sha256(workflow_json(workflow).encode()).hexdigest()
