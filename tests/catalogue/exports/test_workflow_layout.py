"""The layout of workflow diagrams: nothing lies upon anything else, arrows run between boxes, nothing is missing."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.exports.workflow_graph import NodeKind, graph_of
from catalogue.exports.workflow_layout import Box, Direction, Layout, layout_of
from decisions.workflow import Route, Workflow, WorkflowStep
from tests.workflows import any_workflows, branching, linear, workflows

directions = st.sampled_from(Direction)
all_workflows = st.one_of(workflows(), any_workflows())


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


def inside(box: Box, outer: Box) -> bool:
    return (
        outer.x <= box.x
        and outer.y <= box.y
        and box.x + box.width <= outer.x + outer.width
        and box.y + box.height <= outer.y + outer.height
    )


def pieces(layout: Layout) -> list[tuple[str, Box]]:
    """Every straight piece of every arrow as a box without thickness, with the id of its flow."""
    return [
        (arrow.flow.id, Box(min(x, u), min(y, v), abs(x - u), abs(y - v)))
        for arrow in layout.arrows
        for (x, y), (u, v) in pairwise(arrow.points)
    ]


def crosses(piece: Box, box: Box) -> bool:
    """Whether a piece runs through the inside of a box; its border may be touched."""
    return (
        piece.x < box.x + box.width
        and piece.x + piece.width > box.x
        and piece.y < box.y + box.height
        and piece.y + piece.height > box.y
    )


@settings(max_examples=40)
@given(all_workflows, directions)
def test_no_two_boxes_overlap_and_each_stands_in_the_lane_of_its_unit(workflow: Workflow, direction: Direction) -> None:
    layout = layout_of(workflow, direction)
    for one, other in combinations(layout.shapes, 2):
        assert apart(one.box, other.box), (one, other)
    bands = {band.name: band.box for band in layout.bands}
    page = Box(0, 0, layout.width, layout.height)
    for shape in layout.shapes:
        assert inside(shape.box, bands[shape.node.lane])
    for one, other in combinations(layout.bands, 2):
        assert apart(one.box, other.box)
    assert all(inside(box, page) for box in bands.values())


@settings(max_examples=40)
@given(all_workflows, directions)
def test_arrows_run_straight_or_square_and_through_no_box(workflow: Workflow, direction: Direction) -> None:
    layout = layout_of(workflow, direction)
    page = Box(0, 0, layout.width, layout.height)
    for flow, piece in pieces(layout):
        assert piece.width == 0 or piece.height == 0, flow
        assert inside(piece, page), flow
        for shape in layout.shapes:
            assert not crosses(piece, shape.box), (flow, shape.node.id)


@settings(max_examples=40)
@given(all_workflows, directions)
def test_arrows_begin_and_end_at_the_borders_of_their_boxes(workflow: Workflow, direction: Direction) -> None:
    layout = layout_of(workflow, direction)
    boxes = {shape.node.id: shape.box for shape in layout.shapes}

    def on_border(x: int, y: int, box: Box) -> bool:
        return inside(Box(x, y, 0, 0), box) and (
            x in (box.x, box.x + box.width) or y in (box.y, box.y + box.height)
        )  # fmt: skip

    for arrow in layout.arrows:
        assert on_border(*arrow.points[0], boxes[arrow.flow.source])
        assert on_border(*arrow.points[-1], boxes[arrow.flow.target])


@settings(max_examples=40)
@given(workflows(), directions)
def test_arrows_of_different_steps_never_lie_upon_each_other(workflow: Workflow, direction: Direction) -> None:
    layout = layout_of(workflow, direction)
    ends = {arrow.flow.id: {f"from {arrow.flow.source}", f"to {arrow.flow.target}"} for arrow in layout.arrows}
    for (one, first), (other, second) in combinations(pieces(layout), 2):
        if ends[one] & ends[other]:
            continue
        along = min(first.x + first.width, second.x + second.width) - max(first.x, second.x)
        over = min(first.y + first.height, second.y + second.height) - max(first.y, second.y)
        assert not (along >= 0 and over >= 0 and max(along, over) > 0 and min(along, over) == 0), (one, other)


@settings(max_examples=40)
@given(workflows(), directions)
def test_conditions_stand_beside_boxes_and_beside_each_other(workflow: Workflow, direction: Direction) -> None:
    layout = layout_of(workflow, direction)
    labels = [arrow.label for arrow in layout.arrows if arrow.label]
    assert len(labels) == sum(bool(flow.text) for flow in layout.graph.flows)
    for label in labels:
        assert all(apart(label, shape.box) for shape in layout.shapes)
    for one, other in combinations(labels, 2):
        assert apart(one, other)


@settings(max_examples=40)
@given(all_workflows)
def test_every_step_is_drawn_once_and_the_same_workflow_is_laid_out_the_same(workflow: Workflow) -> None:
    layout = layout_of(workflow)
    drawn = [shape.node.step.key for shape in layout.shapes if shape.node.step]
    assert drawn == [step.key for step in workflow.steps]
    assert layout == layout_of(workflow)


@settings(max_examples=40)
@given(workflows())
def test_a_clean_workflow_flows_in_one_direction_but_for_its_ways_back(workflow: Workflow) -> None:
    layout = layout_of(workflow, Direction.ACROSS)
    for arrow in layout.arrows:
        forward = arrow.points[-1][0] > arrow.points[0][0]
        assert forward is not arrow.flow.returns


def test_ways_that_go_on_together_are_joined_before_the_step_that_waits_for_all_of_them() -> None:
    graph = graph_of(branching())
    kinds = {node.id: node.kind for node in graph.nodes}
    assert kinds["all_step_b4"] is NodeKind.ALL
    assert [flow.source for flow in graph.flows if flow.target == "join_step_b7"] == ["step_b5", "step_b6"]
    assert [flow.source for flow in graph.flows if flow.target == "step_b7"] == ["join_step_b7", "one_step_b8"]
    assert [flow.text for flow in graph.out_of("one_step_b2")] == ["Hồ sơ chưa đầy đủ", "Hồ sơ đầy đủ"]


def test_every_unit_has_a_lane_in_the_order_of_its_first_step() -> None:
    assert [band.name for band in layout_of(branching()).bands] == [
        "Trung tâm Phục vụ hành chính công tỉnh",
        "Phòng Nghiệp vụ, Sở Tư pháp",
        "Văn phòng UBND tỉnh",
        "Lãnh đạo Sở Tư pháp",
    ]


@pytest.mark.parametrize("direction", Direction)
def test_three_hundred_steps_are_laid_out_in_one_line(direction: Direction) -> None:
    layout = layout_of(linear(300), direction)
    starts = [(shape.box.x, shape.box.y)[direction is Direction.DOWN] for shape in layout.shapes]
    assert starts == sorted(starts)
    assert len(layout.shapes) == 302


def test_a_workflow_without_steps_is_a_start_and_an_end() -> None:
    assert [shape.node.kind for shape in layout_of(Workflow("Quy trình mới")).shapes] == [NodeKind.START, NodeKind.END]


def test_a_circle_and_a_way_to_nowhere_are_drawn_as_they_are() -> None:
    steps = (
        WorkflowStep("b1", "Thẩm định", routes=(Route("b2"),)),
        WorkflowStep("b2", "Ký duyệt", routes=(Route("b1"), Route("b9", "không có bước này"))),
    )
    layout = layout_of(Workflow("Vòng tròn", steps))
    assert [(arrow.flow.source, arrow.flow.target) for arrow in layout.arrows] == [
        ("start", "step_b1"),
        ("step_b1", "step_b2"),
        ("step_b2", "step_b1"),
    ]
