"""The steps of a BPMN file: names, lanes and kinds from the drawing, all else from our data where it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from catalogue.exports.blocks import one_line, plain
from catalogue.exports.bpmn import TASKS
from catalogue.exports.workflow_boxes import step_name
from catalogue.imports.bpmn_document import Seen, SeenNode
from catalogue.imports.bpmn_routes import RouteReader
from decisions.text import clean
from decisions.workflow import Branching, Route, StepKind, WorkflowStep

_LABELLED = re.compile(r"(?P<label>(?:B|Bước )\d{1,3}(?:\.\d{1,2})*)\s*[.:)–-]\s*(?P<text>\S.*)", re.IGNORECASE)
_KINDS = {
    "sendTask": StepKind.HANDOVER,
    "receiveTask": StepKind.WAIT,
    "intermediateCatchEvent": StepKind.WAIT,
}
_PLAIN_TASKS = frozenset(("task", "userTask", "manualTask", "sendTask", "receiveTask", "intermediateCatchEvent"))
_NAMELESS = {
    "exclusiveGateway": "Chọn một trong các nhánh",
    "inclusiveGateway": "Chọn nhánh",
    "eventBasedGateway": "Chờ sự kiện xảy ra trước",
    "complexGateway": "Chọn nhánh",
    "parallelGateway": "Thực hiện đồng thời các nhánh",
    "intermediateCatchEvent": "Chờ",
    "intermediateThrowEvent": "Gửi thông báo",
}
_AUTOMATIC = {
    "serviceTask": "công việc máy tự làm",
    "scriptTask": "công việc máy tự làm",
    "businessRuleTask": "công việc máy tự làm",
    "callActivity": "lời gọi quy trình khác",
    "subProcess": "quy trình con",
    "adHocSubProcess": "quy trình con",
    "transaction": "quy trình con",
    "intermediateThrowEvent": "sự kiện",
}


class StepReader:
    """Makes the steps; what the drawing says otherwise than our data, or not at all, is said in ``notes``."""

    def __init__(self, seen: Seen, routes: RouteReader, own: dict[str, WorkflowStep]) -> None:
        self.seen, self.routes, self.own = seen, routes, own
        self.notes: list[str] = []

    def steps(self) -> tuple[WorkflowStep, ...]:
        """All steps in order, their routes as short as they can be said."""
        order = self._order()
        keys = self._keys(order)
        following = dict(pairwise(order))
        steps = tuple(
            self._routed(
                self._step(self.seen.nodes[name], keys[name]), name, keys, keys.get(following.get(name, ""), "")
            )
            for name in order
        )
        self._say_what_is_missing()
        return steps

    def _order(self) -> list[str]:
        """As the workflow had it, new steps after the one that leads to them; else as the drawing tells it."""
        told = self.routes.order()
        kept = [name for name in self.own if name in told]
        if kept[:1] != told[:1]:
            return told
        for name in told:
            if name not in self.own:
                leading = [at for at, before in enumerate(kept) if self._leads(before, name)]
                kept.insert(leading[0] + 1 if leading else len(kept), name)
        return kept

    def _leads(self, name: str, other: str) -> bool:
        return any(route.to == other and not route.returns for route in self.routes.ways[name].routes)

    def _keys(self, order: list[str]) -> dict[str, str]:
        used = {step.key for step in self.own.values()}
        free = (key for number in range(1, len(used) + len(order) + 2) if (key := f"b{number}") not in used)
        return {name: self.own[name].key if name in self.own else next(free) for name in order}

    def _step(self, node: SeenNode, key: str) -> WorkflowStep:
        own = self.own.get(node.id)
        if own is not None:
            return self._changed(own, node)
        named = _LABELLED.fullmatch(node.name)
        label, text = (named["label"], named["text"]) if named else ("", node.name)
        text = text or _NAMELESS.get(node.kind, "(chưa có nội dung)")
        notes = [plain(node.documentation), *self._inside(node), *self._timers(node)]
        step = WorkflowStep(key, text, label, unit=node.lane, kind=_KINDS.get(node.kind, StepKind.TASK))
        self._say_unlike(node, text)
        return replace(step, note="\n".join(note for note in notes if note))

    def _changed(self, own: WorkflowStep, node: SeenNode) -> WorkflowStep:
        called = own.label or own.key
        step = own
        if node.name != clean(step_name(own)):
            named = _LABELLED.fullmatch(node.name)
            step = replace(step, text=named["text"] if named else node.name)
            self.notes.append(f"Bước “{called}” đã đổi nội dung thành “{step.text}”.")
        elif node.documentation != plain(own.text):
            step = replace(step, text=node.documentation or own.text)
            self.notes.append(f"Bước “{called}” đã đổi nội dung thành “{one_line(step.text)}”.")
        if node.lane != clean(one_line(own.unit)):
            step = replace(step, unit=node.lane)
            self.notes.append(f"Bước “{called}” đã chuyển sang đơn vị “{node.lane}”.")
        if node.kind != TASKS[own.kind]:
            step = replace(step, kind=_KINDS.get(node.kind, StepKind.TASK))
            self.notes.append(f"Bước “{called}” đã đổi loại.")
        return step

    def _routed(self, step: WorkflowStep, name: str, keys: dict[str, str], after: str) -> WorkflowStep:
        ways = self.routes.ways[name]
        routes = tuple(Route(keys.get(route.to, ""), route.condition, route.returns) for route in ways.routes)
        if all(route.returns for route in routes):
            routes = (*routes, Route(""))
            self.notes.append(f"Bước “{one_line(step.text)}” chỉ có đường quay lại; đã thêm lối kết thúc tại đó.")
        waits, before = self.routes.waits(name), self.own.get(name)
        if before is not None and _same(before.routes, routes):
            routes = before.routes
        elif routes == (Route(after),):
            routes = ()
        several = sum(not route.returns for route in routes) > 1
        branching = ways.branching if several or before is None else before.branching
        if before is not None and not waits and len(self.routes.into[name]) < 2:
            waits = before.waits_for_all
        return replace(step, routes=routes, branching=branching if routes else Branching.ONE, waits_for_all=waits)

    def _inside(self, node: SeenNode) -> Iterable[str]:
        """Names inside a sub-process, which becomes one step."""
        element = self.seen.elements[node.id]
        names = [clean(child.get("name", "")) for child in element if child.get("sourceRef") is None]
        if names := [name for name in names if name]:
            yield "Gồm: " + "; ".join(names)

    def _timers(self, node: SeenNode) -> Iterable[str]:
        for part in self.seen.elements[node.id].iter():
            if part.tag.rpartition("}")[2] in ("timeDuration", "timeDate", "timeCycle") and clean(part.text or ""):
                yield f"Hẹn giờ: {clean(part.text or '')}"

    def _say_unlike(self, node: SeenNode, text: str) -> None:
        if node.id in self.routes.standing:
            self.notes.append(f"Nhánh rẽ “{text}” được giữ thành một bước vì không gộp được vào bước trước nó.")
        elif node.kind not in _PLAIN_TASKS:
            kind = _AUTOMATIC.get(node.kind, node.kind)
            self.notes.append(f"“{text}” là {kind}; đã đọc thành một bước thường.")

    def _say_what_is_missing(self) -> None:
        nodes = self.seen.nodes.values()
        for node in nodes:
            if node.kind in ("startEvent", "endEvent") and node.trigger:
                self.notes.append(f"Sự kiện “{node.name or node.id}” có điều kiện riêng, chưa được đọc.")
            elif node.kind == "boundaryEvent":
                host = self.seen.nodes.get(node.host)
                place = host.name if host else node.host
                self.notes.append(f"Sự kiện “{node.name or node.id}” gắn với “{place}” được đọc thành một nhánh.")
            elif node.kind in ("inclusiveGateway", "complexGateway") and len(self.routes.out[node.id]) > 1:
                self.notes.append(f"Nhánh rẽ “{node.name or node.id}” được đọc là chọn một trong các nhánh.")
            elif node.kind == "startEvent" and node.name and node.name.casefold() not in ("bắt đầu", "start"):
                self.notes.append(f"Sự kiện bắt đầu “{node.name}” không phải một bước nên không được ghi.")
        for name in self.routes.unreached():
            text = self.seen.nodes[name].name or name
            self.notes.append(f"Bước “{text}” không có đường dẫn tới từ chỗ bắt đầu.")
        if not any(self.seen.lanes):
            self.notes.append("Tệp không chia làn theo đơn vị: cần ghi đơn vị thực hiện của từng bước.")
        if not self.own:
            self.notes.append("Tệp không ghi người thực hiện, thời gian và sản phẩm của từng bước: cần bổ sung.")


def _same(one: tuple[Route, ...], other: tuple[Route, ...]) -> bool:
    return sorted((r.to, one_line(r.condition)) for r in one) == sorted((r.to, r.condition) for r in other)
