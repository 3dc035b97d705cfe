"""A workflow said in words: the list beside the diagram, for those who cannot or do not want to see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.exports.blocks import one_line, plain
from decisions.workflow import Branching, Route, StepKind, Workflow, WorkflowStep, routes_of


@dataclass(frozen=True)
class StepWords:
    """One step to read out: ``called`` is its label or "Bước n", ``who`` unit and role, ``details`` (label, text).

    ``before`` says what has to be done first where that is not the step above, ``ways`` how it goes on where that is
    not the step below; all whole sentences.
    """

    key: str
    called: str
    text: str
    who: str
    time: str
    details: tuple[tuple[str, str], ...]
    before: tuple[str, ...]
    ways: tuple[str, ...]


def steps_in_words(workflow: Workflow) -> tuple[StepWords, ...]:
    """All steps in order."""
    return tuple(_Teller(workflow).told())


class _Teller:
    def __init__(self, workflow: Workflow) -> None:
        self.steps = workflow.steps
        self.routes = routes_of(workflow)
        self.called = {step.key: _called(step, place) for place, step in enumerate(workflow.steps, 1)}

    def told(self) -> Iterator[StepWords]:
        following = [step.key for step in self.steps[1:]] + [""]
        for step, after in zip(self.steps, following, strict=False):
            yield StepWords(
                key=step.key,
                called=self.called[step.key],
                text=plain(step.text),
                who=" – ".join(part for part in map(one_line, (step.unit, step.role)) if part),
                time=one_line(step.time.text),
                details=tuple(_details(step)),
                before=tuple(self._before(step)),
                ways=tuple(self._ways(step, after)),
            )

    def _before(self, step: WorkflowStep) -> Iterator[str]:
        if step.kind is StepKind.WAIT:
            yield "Thời gian chờ không tính vào thời hạn giải quyết."
        arriving = [
            self.called[key]
            for key, routes in self.routes.items()
            if any(route.to == step.key and not route.returns for route in routes)
        ]
        if step.waits_for_all and len(arriving) > 1:
            yield f"Bắt đầu khi đã xong {_listed(arriving)}."

    def _ways(self, step: WorkflowStep, after: str) -> Iterator[str]:
        routes = self.routes[step.key]
        onward = [route for route in routes if not route.returns]
        if step.branching is Branching.ALL and len(onward) > 1:
            yield f"Tiếp theo, làm đồng thời {_listed([self._place(route) for route in onward])}."
            routes = tuple(route for route in routes if route.returns)
        elif len(routes) == 1:
            if routes[0] != Route(after):
                yield self._way(routes[0], "Tiếp theo")
            elif not after:
                yield "Kết thúc quy trình."
            return
        for route in routes:
            yield self._way(route, "Hoặc")

    def _way(self, route: Route, otherwise: str) -> str:
        condition = one_line(route.condition)
        lead = f"Trường hợp “{condition}”" if condition else otherwise
        verb = "quay lại" if route.returns else "chuyển sang"
        return f"{lead}: {verb} {self._place(route)}." if route.to else f"{lead}: kết thúc quy trình."

    def _place(self, route: Route) -> str:
        if not route.to:
            return "kết thúc quy trình"
        return self.called.get(route.to) or f"bước “{one_line(route.to)}” (không có trong quy trình)"


def _called(step: WorkflowStep, place: int) -> str:
    """ "B2" and "2" are read out as "Bước 2"; other labels as they are printed."""
    label = one_line(step.label).rstrip(".:")
    number = label.removeprefix("B")
    if not label or number.replace(".", "").isdigit():
        return f"Bước {number or place}"
    return label


def _details(step: WorkflowStep) -> Iterator[tuple[str, str]]:
    for label, texts in (
        ("Cần có", step.inputs),
        ("Giấy tờ sử dụng", step.papers),
        ("Biểu mẫu", step.forms),
        ("Sản phẩm", (step.product,)),
        ("Trạng thái hồ sơ", (step.state,)),
        ("Thông báo", step.notices),
        ("Ghi chú", (step.note,)),
    ):
        if text := "; ".join(part for part in map(one_line, texts) if part):
            yield label, text


def _listed(names: list[str]) -> str:
    """ "Bước 5 và Bước 6"; "Bước 2, Bước 3 và Bước 4"."""
    return f"{', '.join(names[:-1])} và {names[-1]}" if len(names) > 1 else names[0]
