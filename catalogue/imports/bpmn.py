"""A BPMN 2.0 file back to a workflow: ours without loss, those of other tools as far as they can be understood.

``read_bpmn(data, filename)`` is pure. Where our data stand in the file and the drawing still says the same, the
workflow is exactly the one that was exported. Where somebody changed the drawing elsewhere, the drawing counts, our
data fill in what it cannot say, and ``notes`` name every difference and everything that was not understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from xml.etree import ElementTree

from catalogue.exports.bpmn import bpmn
from catalogue.exports.bpmn_extension import NAMESPACE, UnknownVersion, read_step, read_workflow
from catalogue.imports.bpmn_document import MODEL, NotBpmn, Seen, read_document
from catalogue.imports.bpmn_routes import RouteReader
from catalogue.imports.bpmn_steps import StepReader
from decisions.workflow import Workflow, WorkflowStep

__all__ = ["BpmnRead", "NotBpmn", "read_bpmn"]


@dataclass(frozen=True)
class BpmnRead:
    """``exact``: the file holds our data and nobody changed the drawing since. ``notes`` are sentences for people."""

    workflow: Workflow
    notes: tuple[str, ...]
    exact: bool


@dataclass(frozen=True)
class _Own:
    """Our data in a file: the workflow without steps, and the steps by node id and alone, both in order."""

    workflow: Workflow
    by_node: dict[str, WorkflowStep]
    steps: tuple[WorkflowStep, ...]


def read_bpmn(data: bytes, filename: str) -> BpmnRead:
    """Read one file.

    Raises:
        NotBpmn: it is too large, hostile, broken or no BPMN 2.0; the message is a Vietnamese sentence.
    """
    seen = read_document(data, filename)
    notes = list(seen.left)
    own = _own(seen, notes)
    if own is not None:
        workflow = replace(own.workflow, steps=own.steps)
        if seen.same_drawing(read_document(bpmn(workflow), filename)):
            return BpmnRead(workflow, tuple(notes), exact=True)
        notes.insert(0, f"Sơ đồ trong tệp “{filename}” đã được sửa ngoài chương trình; đã đọc theo sơ đồ.")
    routes = RouteReader(seen)
    routes.read()
    reader = StepReader(seen, routes, own.by_node if own else {})
    steps = reader.steps()
    base = own.workflow if own else Workflow("")
    name = seen.name or base.name or PurePath(filename).stem
    workflow = _replaced(base, name, steps)
    return BpmnRead(workflow, (*notes, *reader.notes, *_missing(own, steps)), exact=False)


def _replaced(base: Workflow, name: str, steps: tuple[WorkflowStep, ...]) -> Workflow:
    kept = base.name if " ".join(base.name.split()) == name else name
    return replace(base, name=kept, steps=steps)


def _extension(element: ElementTree.Element, name: str) -> ElementTree.Element | None:
    return element.find(f"{MODEL}extensionElements/{{{NAMESPACE}}}{name}")


def _own(seen: Seen, notes: list[str]) -> _Own | None:
    element = _extension(seen.process, "workflow")
    if element is None:
        return None
    try:
        workflow = read_workflow(element)
        placed = list(_placed(seen))
    except UnknownVersion as version:
        notes.append(f"Tệp do phiên bản mới hơn của chương trình ghi (dữ liệu bản “{version}”); chỉ đọc theo sơ đồ.")
    except (ValueError, TypeError, KeyError) as error:
        notes.append(f"Dữ liệu riêng của chương trình trong tệp đã hỏng ({error}); chỉ đọc theo sơ đồ.")
    else:
        keys = dict[str, str]()
        by_node = {name: step for _, name, step in placed if keys.setdefault(step.key, name) == name}
        ordered = sorted((place, name) for place, name, _ in placed if name in by_node)
        in_order = {name: by_node[name] for _, name in ordered}
        return _Own(workflow, in_order, tuple(in_order.values()))
    return None


def _placed(seen: Seen) -> Iterator[tuple[int, str, WorkflowStep]]:
    for name, element in seen.elements.items():
        found = _extension(element, "step")
        if found is not None:
            place, step = read_step(found)
            yield place, name, step


def _missing(own: _Own | None, steps: tuple[WorkflowStep, ...]) -> Iterator[str]:
    keys = {step.key for step in steps}
    for step in own.steps if own else ():
        if step.key not in keys:
            yield f"Bước “{step.label or step.key}” không còn trong sơ đồ."
