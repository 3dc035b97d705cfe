"""The diagram of a workflow as SVG, coloured by classes of ``workflow.css`` and readable without any style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from catalogue.exports.blocks import one_line, plain
from catalogue.exports.workflow_boxes import LABEL_LINE, LINE, box_text
from catalogue.exports.workflow_graph import NodeKind
from catalogue.exports.workflow_layout import Arrow, Band, Box, Direction, Layout, Shape, layout_of
from decisions.workflow import StepKind, Workflow, WorkflowStep

_HEAD = 9
_LONG = 3600
"""Pixels from which a drawing is too tall for one printed page; there the list of steps stands alone."""

_GATEWAYS = {
    NodeKind.ONE: "Một trong các nhánh",
    NodeKind.ALL: "Đồng thời các nhánh",
    NodeKind.JOIN: "Chờ đủ các nhánh",
}


def svg(workflow: Workflow, name: str = "workflow", direction: Direction = Direction.DOWN) -> str:
    """A complete ``<svg>`` element to put into a page; ``name`` begins its ids and is unique on the page."""
    layout = layout_of(workflow, direction)
    width, height = layout.width + 2, layout.height + 2
    size = f'width="{width}" height="{height}" viewBox="-1 -1 {width} {height}"'
    long = " workflow-long" if max(layout.width, layout.height) > _LONG else ""
    title, words = f"{escape(name)}-title", f"{escape(name)}-desc"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="workflow-diagram{long}" role="img" '
        f'aria-labelledby="{title} {words}" {size}>',
        f'<title id="{title}">{_text(one_line(workflow.name) or "Quy trình")}</title>',
        f'<desc id="{words}">{_text(_described(workflow))}</desc>',
        *(part for band in layout.bands for part in _band(band, layout)),
        *(part for arrow in layout.arrows for part in _arrow(arrow)),
        *(part for shape in layout.shapes for part in _shape(shape)),
        "</svg>",
    ]
    return "".join(parts)


def _described(workflow: Workflow) -> str:
    units = [unit for unit in workflow.units if one_line(unit)]
    through = f" qua {len(units)} đơn vị: {'; '.join(map(one_line, units))}" if units else ""
    return f"Sơ đồ gồm {len(workflow.steps)} bước{through}. Nội dung từng bước có ở danh sách bằng chữ kèm theo."


def _text(text: str) -> str:
    return escape(plain(text), quote=False)


def _band(band: Band, layout: Layout) -> Iterator[str]:
    yield _rect(band.box, "workflow-lane")
    box = band.box
    if layout.direction is Direction.DOWN:
        yield _rect(Box(box.x, box.y, box.width, layout.header), "workflow-lane-name")
        yield from _lines(band.lines, box.x + box.width // 2, box.y + 24, 18, "workflow-unit")
        return
    yield _rect(Box(box.x, box.y, layout.header, box.height), "workflow-lane-name")
    x, y = box.x + layout.header // 2 + 5 - 9 * (len(band.lines) - 1), box.y + box.height // 2
    for at, line in enumerate(band.lines):
        turned = f'transform="rotate(-90 {x + 18 * at} {y})"'
        yield (
            f'<text class="workflow-unit" x="{x + 18 * at}" y="{y}" text-anchor="middle" {turned}>{_text(line)}</text>'
        )


def _arrow(arrow: Arrow) -> Iterator[str]:
    kind = "workflow-arrow workflow-back" if arrow.flow.returns else "workflow-arrow"
    dashes = ' stroke-dasharray="6 4"' if arrow.flow.returns else ""
    points = " ".join(f"{x},{y}" for x, y in arrow.points)
    yield f'<polyline class="{kind}" points="{points}" fill="none" stroke="currentColor"{dashes}/>'
    (x0, y0), (x, y) = arrow.points[-2:]
    along, over = ((x > x0) - (x < x0)) * _HEAD, ((y > y0) - (y < y0)) * _HEAD
    wing, rise = over // 2, along // 2
    tip = f"{x},{y} {x - along - wing},{y - over - rise} {x - along + wing},{y - over + rise}"
    yield f'<polygon class="workflow-tip" points="{tip}"/>'
    if arrow.label:
        yield from _lines(
            arrow.lines, arrow.label.x + 2, arrow.label.y + LABEL_LINE - 4, LABEL_LINE, "workflow-condition", "start"
        )


def _shape(shape: Shape) -> Iterator[str]:
    box, node = shape.box, shape.node
    x, y = box.x + box.width // 2, box.y + box.height // 2
    if node.step is not None:
        yield from _step(node.step, box)
    elif node.kind in (NodeKind.START, NodeKind.END):
        kind, width = ("workflow-start", 2) if node.kind is NodeKind.START else ("workflow-end", 4)
        words = "Bắt đầu" if node.kind is NodeKind.START else "Kết thúc"
        yield f'<g class="{kind}"><title>{words}</title>'
        circle = f'cx="{x}" cy="{y}" r="{box.width // 2 - 1}" fill="none" stroke="currentColor"'
        yield f'<circle {circle} stroke-width="{width}"/></g>'
    else:
        yield from _gateway(node.kind, box, x, y)


def _gateway(kind: NodeKind, box: Box, x: int, y: int) -> Iterator[str]:
    corners = f"{x},{box.y} {box.x + box.width},{y} {x},{box.y + box.height} {box.x},{y}"
    arm = 8 if kind is NodeKind.ONE else 11
    cross = f"M{x - arm} {y - arm}L{x + arm} {y + arm}M{x - arm} {y + arm}L{x + arm} {y - arm}"
    plus = f"M{x - arm} {y}H{x + arm}M{x} {y - arm}V{y + arm}"
    yield f'<g class="workflow-gateway"><title>{_GATEWAYS[kind]}</title>'
    yield f'<polygon points="{corners}" fill="none" stroke="currentColor"/>'
    sign = cross if kind is NodeKind.ONE else plus
    yield f'<path d="{sign}" fill="none" stroke="currentColor" stroke-width="3"/></g>'


def _step(step: WorkflowStep, box: Box) -> Iterator[str]:
    text = box_text(step)
    yield f'<g class="workflow-step workflow-{step.kind.value}"><title>{_text(_in_full(step))}</title>'
    dashes = ' stroke-dasharray="7 4"' if step.kind is StepKind.WAIT else ""
    yield (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="4" '
        f'fill="none" stroke="currentColor"{dashes}/>'
    )
    count = len(text.head) + len(text.body) + len(text.foot)
    x, y = box.x + box.width // 2, box.y + (box.height - LINE * count) // 2 + 13
    yield from _lines(text.head, x, y, LINE, "workflow-head")
    yield from _lines(text.body, x, y + LINE * len(text.head), LINE, "workflow-body")
    yield from _lines(text.foot, x, y + LINE * (count - len(text.foot)), LINE, "workflow-role")
    yield "</g>"


def _in_full(step: WorkflowStep) -> str:
    parts = (step.label, step.text, step.role, step.time.text, step.product)
    return " · ".join(one_line(part) for part in parts if one_line(part))


def _rect(box: Box, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" '
        'fill="none" stroke="currentColor"/>'
    )


def _lines(lines: Iterable[str], x: int, y: int, step: int, kind: str, anchor: str = "middle") -> Iterator[str]:
    for at, line in enumerate(lines):
        yield f'<text class="{kind}" x="{x}" y="{y + step * at}" text-anchor="{anchor}">{_text(line)}</text>'
