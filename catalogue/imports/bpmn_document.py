"""A BPMN file as nodes, flows and lanes, whichever tool wrote it. Hostile files are refused, never half read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn
from xml.etree import ElementTree
from xml.parsers import expat

from decisions.text import clean

MAX_FILE_BYTES = 5 * 2**20
MAX_ELEMENTS = 60_000
MAX_DEPTH = 100
MAX_NODES = 2_000
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

Element = ElementTree.Element

_SILENT = frozenset(("documentation", "extensionElements", "laneSet", "sequenceFlow", "ioSpecification"))
_NODES = frozenset(
    (
        *("task", "userTask", "manualTask", "sendTask", "receiveTask", "serviceTask", "scriptTask"),
        *("businessRuleTask", "callActivity", "subProcess", "adHocSubProcess", "transaction"),
        *("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"),
        *("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"),
    )
)


class NotBpmn(ValueError):
    """The file cannot be read as BPMN; the message is a sentence for people."""


@dataclass(frozen=True)
class SeenNode:
    """``kind`` is the BPMN name; ``trigger`` of an event ("timer", "message"); ``host`` a boundary event's task."""

    id: str
    kind: str
    name: str
    documentation: str
    lane: str
    trigger: str = ""
    host: str = ""


@dataclass(frozen=True)
class SeenFlow:
    """``text`` is the name of the flow, else its condition."""

    source: str
    target: str
    text: str


@dataclass(frozen=True)
class Seen:
    """What stands in a file; ``elements`` are the XML elements of the nodes, ``left`` what is neither node nor flow."""

    process: Element
    name: str
    nodes: dict[str, SeenNode]
    flows: tuple[SeenFlow, ...]
    lanes: tuple[str, ...]
    elements: dict[str, Element]
    left: tuple[str, ...]

    def same_drawing(self, other: Seen) -> bool:
        """Whether both say the same, wherever it is drawn and in whatever order it is written."""
        return (
            self.name == other.name
            and self.nodes == other.nodes
            and Counter(self.flows) == Counter(other.flows)
            and sorted(self.lanes) == sorted(other.lanes)
        )


def read_document(data: bytes, filename: str) -> Seen:
    """The process with most nodes, and in ``left`` the others by name.

    Raises:
        NotBpmn: too large, with a document type, broken, or no BPMN 2.0.
    """
    if len(data) > MAX_FILE_BYTES:
        raise NotBpmn(f"Tệp “{filename}” nặng hơn {MAX_FILE_BYTES // 2**20} MB, lớn hơn mọi sơ đồ quy trình hợp lý.")
    _inspect(data, filename)
    root = ElementTree.fromstring(data)  # noqa: S314 - inspected: no document type, so nothing expands
    if root.tag != f"{MODEL}definitions":
        name = root.tag.rpartition("}")[2]
        raise NotBpmn(f"Tệp “{filename}” không phải BPMN 2.0: phần tử gốc là <{name}>, cần <definitions> của OMG.")
    processes = sorted(root.iter(f"{MODEL}process"), key=lambda process: -len(_flow_nodes(process)))
    if not processes or not _flow_nodes(processes[0]):
        raise NotBpmn(f"Tệp “{filename}” không có quy trình nào: không thấy bước, sự kiện hay nhánh rẽ.")
    if (count := len(_flow_nodes(processes[0]))) > MAX_NODES:
        raise NotBpmn(f"Tệp “{filename}” có {count} bước và nhánh; nhiều nhất {MAX_NODES}.")
    return _seen(root, processes)


def _inspect(data: bytes, filename: str) -> None:
    """Walk through the file once without building anything; stops at what no honest BPMN file has."""
    parser, depth, count = expat.ParserCreate(), 0, 0

    def refuse(*_: Any) -> NoReturn:
        raise NotBpmn(f"Tệp “{filename}” có khai báo DOCTYPE hoặc thực thể; tệp BPMN không cần nên không được nhận.")

    def start(_: str, __: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise NotBpmn(f"Tệp “{filename}” có quá nhiều phần tử hoặc lồng quá sâu, không giống sơ đồ quy trình.")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, NotBpmn):
            raise
        place = f" ở dòng {error.lineno}" if isinstance(error, expat.ExpatError) else ""
        raise NotBpmn(f"Tệp “{filename}” không phải XML đọc được: hỏng{place}.") from error


def _local(element: Element) -> str:
    return element.tag.removeprefix(MODEL)


def _flow_nodes(process: Element) -> list[Element]:
    return [child for child in process if _local(child) in _NODES and child.get("id")]


def _seen(root: Element, processes: list[Element]) -> Seen:
    process = processes[0]
    lanes = _lanes(process)
    nodes = {node.id: node for node in (_node(child, lanes) for child in _flow_nodes(process))}
    flows = tuple(_flow(child) for child in process if _local(child) == "sequenceFlow")
    known = tuple(flow for flow in flows if flow.source in nodes and flow.target in nodes)
    left = [*_left(root, process, processes[1:]), *_loose(flows, nodes)]
    names = [lane.get("name", "") for lane in _innermost(process)]
    elements = {child.get("id", ""): child for child in _flow_nodes(process)}
    return Seen(process, _name(root, process), nodes, known, tuple(map(clean, names)), elements, tuple(left))


def _name(root: Element, process: Element) -> str:
    """The pool carries the name in most tools; the process itself in others."""
    pools = [pool for pool in root.iter(f"{MODEL}participant") if pool.get("processRef") == process.get("id")]
    names = [process.get("name", ""), *(pool.get("name", "") for pool in pools), root.get("name", "")]
    return next((clean(name) for name in names if clean(name)), "")


def _innermost(process: Element) -> Iterator[Element]:
    for lane in process.iter(f"{MODEL}lane"):
        if lane.find(f"{MODEL}childLaneSet") is None:
            yield lane


def _lanes(process: Element) -> dict[str, str]:
    """Lane name by node id; the innermost lane counts, as ``iter`` comes to it last."""
    found: dict[str, str] = {}
    for lane in process.iter(f"{MODEL}lane"):
        for reference in lane.findall(f"{MODEL}flowNodeRef"):
            found[(reference.text or "").strip()] = clean(lane.get("name", ""))
    return found


def _node(element: Element, lanes: dict[str, str]) -> SeenNode:
    name = element.get("id", "")
    documentation = "\n".join(text for part in element.findall(f"{MODEL}documentation") if (text := part.text or ""))
    definitions = [_local(child) for child in element if _local(child).endswith("EventDefinition")]
    trigger = definitions[0].removesuffix("EventDefinition") if definitions else ""
    host = element.get("attachedToRef", "")
    lane = lanes.get(name) or lanes.get(host, "")
    return SeenNode(name, _local(element), clean(element.get("name", "")), documentation.strip(), lane, trigger, host)


def _flow(element: Element) -> SeenFlow:
    condition = element.find(f"{MODEL}conditionExpression")
    text = clean(element.get("name", ""))
    if not text and condition is not None and not _ours(condition.text or ""):
        text = clean(condition.text or "")
    return SeenFlow(element.get("sourceRef", ""), element.get("targetRef", ""), text)


def _ours(condition: str) -> bool:
    """What our own export writes where a condition is wanted and none was printed."""
    return condition.startswith("Chuyển đến: ")


_LABELS = {
    "dataObject": "Dữ liệu",
    "dataObjectReference": "Dữ liệu",
    "dataStoreReference": "Kho dữ liệu",
    "textAnnotation": "Ghi chú",
    "group": "Nhóm",
}


def _left(root: Element, process: Element, others: list[Element]) -> Iterator[str]:
    for other in others:
        yield f"Tệp còn một quy trình khác, “{clean(other.get('name', '')) or other.get('id', '')}”, chưa được đọc."
    for parent in (process, *root.iter(f"{MODEL}collaboration")):
        for child in parent:
            text = clean("".join(child.itertext()) if _local(child) == "textAnnotation" else child.get("name", ""))
            if label := _LABELS.get(_local(child)):
                if text:
                    yield f"{label} “{text}” chưa được đọc."
            elif parent is process and _local(child) not in _SILENT | _NODES | {"association"} and text:
                yield f"Phần tử <{_local(child).rpartition('}')[2]}> “{text}” chưa được đọc."
    if messages := len(list(root.iter(f"{MODEL}messageFlow"))):
        yield f"{messages} đường gửi thông điệp giữa các bên chưa được đọc."


def _loose(flows: tuple[SeenFlow, ...], nodes: dict[str, SeenNode]) -> Iterator[str]:
    loose = [flow for flow in flows if flow.source not in nodes or flow.target not in nodes]
    if loose:
        yield f"{len(loose)} đường nối tới chỗ không có trong tệp đã bị bỏ."
