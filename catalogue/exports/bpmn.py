"""A workflow as BPMN 2.0 XML (OMG formal/2011-01-03): lanes by unit, diagram coordinates, our data as extensions.

Other tools show and edit the file; ``catalogue.imports.bpmn`` reads it back without loss. Conditions are printed words,
which BPMN calls natural language expressions: people decide, no engine computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree

from catalogue.exports.blocks import one_line, plain
from catalogue.exports.bpmn_extension import NAMESPACE, PREFIX, step_element, workflow_element
from catalogue.exports.workflow_boxes import step_name
from catalogue.exports.workflow_graph import Flow, Graph, Node, NodeKind
from catalogue.exports.workflow_layout import Arrow, Box, Direction, Layout, layout_of
from decisions.workflow import StepKind, Workflow, WorkflowStep

MEDIA_TYPE = "application/bpmn+xml"
_NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    PREFIX: NAMESPACE,
}
TASKS: Mapping[StepKind, str] = {
    StepKind.RECEIVE: "userTask",
    StepKind.TASK: "userTask",
    StepKind.RETURN: "userTask",
    StepKind.HANDOVER: "sendTask",
    StepKind.WAIT: "receiveTask",
}
_TAGS = {
    NodeKind.START: "startEvent",
    NodeKind.END: "endEvent",
    NodeKind.ONE: "exclusiveGateway",
    NodeKind.ALL: "parallelGateway",
    NodeKind.JOIN: "parallelGateway",
}
_MARGIN, _POOL_BAND = 80, 30

Element = ElementTree.Element


def bpmn(workflow: Workflow) -> bytes:
    """A complete ``.bpmn`` file in UTF-8."""
    root = _definitions(workflow)
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _definitions(workflow: Workflow) -> Element:
    layout = layout_of(workflow, Direction.ACROSS)
    attributes = {f"xmlns:{prefix}": uri for prefix, uri in _NAMESPACES.items()}
    root = Element("bpmn:definitions", attributes | {"id": "definitions", "targetNamespace": NAMESPACE})
    collaboration = _add(root, "bpmn:collaboration", id="collaboration")
    _add(collaboration, "bpmn:participant", id="pool", name=one_line(workflow.name), processRef="process")
    root.append(_process(workflow, layout.graph))
    diagram = _add(root, "bpmndi:BPMNDiagram", id="diagram")
    plane = _add(diagram, "bpmndi:BPMNPlane", id="plane", bpmnElement="collaboration")
    plane.extend(_drawn(layout))
    return root


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return ElementTree.SubElement(parent, tag, attributes)


def _process(workflow: Workflow, graph: Graph) -> Element:
    process = Element("bpmn:process", id="process", name=one_line(workflow.name), isExecutable="true")
    _add(process, "bpmn:extensionElements").append(workflow_element(workflow))
    lanes = _add(process, "bpmn:laneSet", id="lanes")
    for place, unit in enumerate(graph.lanes, 1):
        lane = _add(lanes, "bpmn:lane", id=f"lane_{place}", name=one_line(unit))
        for node in graph.nodes:
            if node.lane == unit:
                _add(lane, "bpmn:flowNodeRef").text = node.id
    places = {step.key: place for place, step in enumerate(workflow.steps, 1)}
    for node in graph.nodes:
        process.append(_node(node, graph, places))
    process.extend(_sequence_flow(flow, graph) for flow in graph.flows)
    return process


def _node(node: Node, graph: Graph, places: Mapping[str, int]) -> Element:
    if node.step is not None:
        element = _task(node.id, node.step, places[node.step.key])
    else:
        element = Element(f"bpmn:{_TAGS[node.kind]}", id=node.id)
    if node.kind in (NodeKind.ONE, NodeKind.ALL, NodeKind.JOIN):
        element.set("gatewayDirection", "Converging" if node.kind is NodeKind.JOIN else "Diverging")
    for flow in graph.flows:
        if flow.target == node.id:
            _add(element, "bpmn:incoming").text = flow.id
    for flow in graph.out_of(node.id):
        _add(element, "bpmn:outgoing").text = flow.id
    return element


def _task(name: str, step: WorkflowStep, place: int) -> Element:
    element = Element(f"bpmn:{TASKS[step.kind]}", id=name, name=step_name(step))
    if text := plain(step.text):
        _add(element, "bpmn:documentation").text = text
    _add(element, "bpmn:extensionElements").append(step_element(step, place))
    return element


def _sequence_flow(flow: Flow, graph: Graph) -> Element:
    element = Element("bpmn:sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
    if text := one_line(flow.text):
        element.set("name", text)
    if graph.by_id[flow.source].kind is NodeKind.ONE:
        _add(element, "bpmn:conditionExpression").text = text or f"Chuyển đến: {_target_name(graph, flow)}"
    return element


def _target_name(graph: Graph, flow: Flow) -> str:
    node = graph.by_id[flow.target]
    while node.step is None and (after := graph.out_of(node.id)):
        node = graph.by_id[after[0].target]
    return step_name(node.step) if node.step else "kết thúc"


def _drawn(layout: Layout) -> Iterator[Element]:
    pool = Box(0, 0, layout.width + _POOL_BAND, layout.height)
    yield _shape("pool", pool, {"isHorizontal": "true"}, band=0)
    for place, band in enumerate(layout.bands, 1):
        yield _shape(f"lane_{place}", band.box, {"isHorizontal": "true"})
    for shape in layout.shapes:
        sign = {"isMarkerVisible": "true"} if shape.node.kind is NodeKind.ONE else {}
        yield _shape(shape.node.id, shape.box, sign)
    for arrow in layout.arrows:
        yield _edge(arrow)


def _shape(name: str, box: Box, more: Mapping[str, str], band: int = _POOL_BAND) -> Element:
    shape = Element("bpmndi:BPMNShape", {"id": f"{name}_di", "bpmnElement": name, **more})
    shape.append(_bounds(box, band))
    return shape


def _bounds(box: Box, band: int = _POOL_BAND) -> Element:
    numbers = {"x": box.x + band + _MARGIN, "y": box.y + _MARGIN, "width": box.width, "height": box.height}
    return Element("dc:Bounds", {key: str(number) for key, number in numbers.items()})


def _edge(arrow: Arrow) -> Element:
    edge = Element("bpmndi:BPMNEdge", id=f"{arrow.flow.id}_di", bpmnElement=arrow.flow.id)
    edge.extend(_waypoints(arrow.points))
    if arrow.label:
        _add(edge, "bpmndi:BPMNLabel").append(_bounds(arrow.label))
    return edge


def _waypoints(points: Iterable[tuple[int, int]]) -> Iterator[Element]:
    for x, y in points:
        yield Element("di:waypoint", x=str(x + _POOL_BAND + _MARGIN), y=str(y + _MARGIN))
