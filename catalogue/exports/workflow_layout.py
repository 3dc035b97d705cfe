"""A workflow diagram with whole-number coordinates: lanes by unit, ranks by longest distance, arrows in channels.

One layout serves the drawing of our pages (downwards: telephones scroll down) and the diagram part of BPMN (across, as
most tools expect). Inside, ``u`` runs along the flow and ``v`` across the lanes; both become x and y at the end.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, pairwise

from catalogue.exports.blocks import one_line
from catalogue.exports.workflow_boxes import LABEL_LINE, LABEL_WIDTH, label_lines, size, text_width, wrapped
from catalogue.exports.workflow_channels import Channels, Path, Way, channels_of
from catalogue.exports.workflow_graph import Flow, Graph, Node, graph_of
from catalogue.exports.workflow_grid import Grid, grid_of
from decisions.workflow import Workflow

TRACK, PAD, GAP = 14, 16, 40
LEAST_LANE = 120


class Direction(Enum):
    """Which way the work flows in the drawing."""

    ACROSS = "across"
    DOWN = "down"


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; x and y of its upper left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Shape:
    """A node in its place."""

    node: Node
    box: Box


@dataclass(frozen=True)
class Arrow:
    """A flow with its turning points (x, y), its condition in lines and where that stands."""

    flow: Flow
    points: tuple[tuple[int, int], ...]
    lines: tuple[str, ...] = ()
    label: Box | None = None


@dataclass(frozen=True)
class Band:
    """A lane: its unit, the name in lines, and the whole of it, header included."""

    name: str
    lines: tuple[str, ...]
    box: Box


@dataclass(frozen=True)
class Layout:
    """The whole diagram; ``header`` is the room for the names of the lanes, along the flow."""

    graph: Graph
    shapes: tuple[Shape, ...]
    arrows: tuple[Arrow, ...]
    bands: tuple[Band, ...]
    width: int
    height: int
    header: int
    direction: Direction


def layout_of(workflow: Workflow, direction: Direction = Direction.DOWN) -> Layout:
    """Lay out any workflow, also one that turns in circles or leads nowhere."""
    return _Page(graph_of(workflow), direction).layout()


Interval = tuple[int, int]


class _Page:
    """Sizes of ranks, rows and channels, and from them the places of everything."""

    def __init__(self, graph: Graph, direction: Direction) -> None:
        self.graph, self.direction = graph, direction
        self.grid: Grid = grid_of(graph)
        self.labels = {flow.id: label_lines(flow) for flow in graph.flows}
        room = {flow.id: self._label_size(flow.id)[1] + 10 for flow in graph.flows if self.labels[flow.id]}
        self.channels: Channels = channels_of(graph, self.grid, label_room=room)
        self.sizes = {node.id: self._turned(size(node)) for node in graph.nodes}
        self.stacks = self._stacks()
        self._measure()

    def layout(self) -> Layout:
        """Everything in its place."""
        shapes = tuple(Shape(node, self._place(node.id)) for node in self.graph.nodes)
        arrows = tuple(self._arrow(self.channels.paths[flow.id]) for flow in self.graph.flows)
        width, height = self._turned((self.header + self.length, self.breadth))
        return Layout(
            self.graph, shapes, arrows, tuple(self._bands()), width, height, self.header, self.direction
        )  # fmt: skip

    def _turned(self, pair: tuple[int, int]) -> tuple[int, int]:
        """(x, y) to (u, v) and back."""
        return pair if self.direction is Direction.ACROSS else (pair[1], pair[0])

    def _box(self, u: Interval, v: Interval) -> Box:
        (x, y), (width, height) = self._turned((u[0], v[0])), self._turned((u[1] - u[0], v[1] - v[0]))
        return Box(x, y, width, height)

    def _label_size(self, flow: str) -> tuple[int, int]:
        return self._turned((LABEL_WIDTH + 4, LABEL_LINE * len(self.labels[flow]) + 2))

    def _stacks(self) -> dict[tuple[int, int], list[str]]:
        """Labelled flows by (gap after their source, row in which they run on): these labels stand side by side."""
        stacks: dict[tuple[int, int], list[str]] = defaultdict(list)
        for path in self.channels.paths.values():
            if self.labels[path.flow.id] and path.row_gap is None:
                row = path.target[0] if path.way is Way.EARLY else path.source[0]
                stacks[path.source[1], row].append(path.flow.id)
        return stacks

    def _measure(self) -> None:
        ranks, rows = [0] * self.grid.ranks, [0] * self.grid.rows
        for name, (row, rank) in self.grid.cells.items():
            along, over = self.sizes[name]
            ranks[rank], rows[row] = max(ranks[rank], along), max(rows[row], over)
        for (_, row), flows in self.stacks.items():
            rows[row] = max(rows[row], 2 * sum(self._label_size(flow)[1] + 6 for flow in flows))
        rows = [row + row % 2 for row in rows]
        self.lane_names = [wrapped(one_line(lane), self._name_room(lane), 6) for lane in self.graph.lanes]
        self._widen_lanes(rows)
        self.header = 20 + 18 * max(len(lines) for lines in self.lane_names)
        self.rank_gaps = [self._rank_gap(gap) for gap in range(-1, self.grid.ranks)]
        self.row_gaps = [self._row_gap(gap) for gap in range(self.grid.rows + 1)]
        self.rank_at = _starts(self.rank_gaps, ranks, self.header)
        self.row_at = _starts(self.row_gaps, rows, 0)
        self.ranks, self.rows = ranks, rows
        self.length, self.breadth = sum(ranks) + sum(self.rank_gaps), sum(rows) + sum(self.row_gaps)

    def _name_room(self, lane: str) -> int:
        """Pixels for one line of the name of a lane; its letters are larger than those that are measured."""
        if self.direction is Direction.DOWN:
            return 180
        return max(LEAST_LANE, min(text_width(one_line(lane)) * 9 // 10 + 16, 300))

    def _widen_lanes(self, rows: list[int]) -> None:
        """Give a lane that runs across the room that its turned name needs."""
        for lane, (first, count) in zip(self.graph.lanes, self.grid.lane_rows, strict=True):
            needed = self._name_room(lane) if self.direction is Direction.ACROSS else LEAST_LANE
            missing = needed - sum(rows[first : first + count]) - count * GAP
            rows[first] += max(0, missing + missing % 2)

    def _rank_gap(self, gap: int) -> int:
        tracks = [piece.track for (at, _), piece in self.channels.rank_pieces.items() if at == gap]
        labels = [self._label_size(flow)[0] for (at, _), flows in self.stacks.items() if at == gap for flow in flows]
        width = 2 * PAD + TRACK * (max(tracks) + 1 if tracks else 0) + max(labels, default=0)
        return width if gap in (-1, self.grid.ranks - 1) else max(GAP, width)

    def _row_gap(self, gap: int) -> int:
        return GAP + sum(self._thick(gap).values())

    def _thick(self, gap: int) -> dict[int, int]:
        """Thickness of every track of a channel between rows."""
        thick: dict[int, int] = defaultdict(lambda: TRACK)
        for (at, _), piece in self.channels.row_pieces.items():
            if at == gap:
                thick[piece.track] = max(thick[piece.track], piece.thickness, TRACK)
        return dict(sorted(thick.items()))

    def _place(self, name: str) -> Box:
        u, v, (along, over) = self._middle_u(name), self._middle_v(self.grid.cells[name][0]), self.sizes[name]
        return self._box((u - along // 2, u + along - along // 2), (v - over // 2, v + over - over // 2))

    def _middle_u(self, name: str) -> int:
        rank = self.grid.cells[name][1]
        return self.rank_at[rank] + self.ranks[rank] // 2

    def _middle_v(self, row: int) -> int:
        return self.row_at[row] + self.rows[row] // 2

    def _track_u(self, path: Path, place: int) -> int:
        gap = path.rank_gaps[place]
        start = self.rank_at[gap + 1] - self.rank_gaps[gap + 1] if gap + 1 < self.grid.ranks else 0
        return start + PAD + TRACK * self.channels.rank_piece(path, place).track + TRACK // 2

    def _track_v(self, path: Path, gap: int) -> int:
        start = self.row_at[gap] - self.row_gaps[gap] if gap < self.grid.rows else self.breadth - self.row_gaps[gap]
        track = self.channels.row_pieces[gap, path.flow.id].track
        return start + GAP // 2 + sum(thick for at, thick in self._thick(gap).items() if at <= track) - TRACK // 2

    def _arrow(self, path: Path) -> Arrow:
        points = self._points(path)
        flow, lines = path.flow, self.labels[path.flow.id]
        label = self._label(path, points) if lines else None
        turned = tuple(self._turned(point) for point in points)
        return Arrow(flow, tuple(p for at, p in enumerate(turned) if not at or p != turned[at - 1]), lines, label)

    def _points(self, path: Path) -> list[tuple[int, int]]:
        source, target = path.flow.source, path.flow.target
        from_v, to_v = self._middle_v(path.source[0]), self._middle_v(path.target[0])
        leave = (self._middle_u(source) + self.sizes[source][0] - self.sizes[source][0] // 2, from_v)
        enter = (self._middle_u(target) - self.sizes[target][0] // 2, to_v)
        if path.way is Way.STRAIGHT:
            return [leave, enter]
        last = self._track_u(path, -1)
        if path.row_gap is None:
            return [leave, (last, from_v), (last, to_v), enter]
        over = self._track_v(path, path.row_gap)
        if path.way is Way.BACK:
            side = (self._middle_u(source), from_v + self.sizes[source][1] - self.sizes[source][1] // 2)
            return [side, (side[0], over), (last, over), (last, to_v), enter]
        first = self._track_u(path, 0)
        return [leave, (first, from_v), (first, over), (last, over), (last, to_v), enter]

    def _label(self, path: Path, points: list[tuple[int, int]]) -> Box:
        """Beside the arrow, near its source: a condition is read where the ways part."""
        along, over = self._label_size(path.flow.id)
        if path.row_gap is not None:
            v = self._track_v(path, path.row_gap) - over - 2
            u = points[0][0] - along - 4 if path.way is Way.BACK else points[1][0] + 4
        else:
            row = path.target[0] if path.way is Way.EARLY else path.source[0]
            stack = self.stacks[path.source[1], row]
            before = sum(self._label_size(flow)[1] + 6 for flow in stack[: stack.index(path.flow.id)])
            u = self.rank_at[path.source[1] + 1] - PAD // 2 - along
            line = self._middle_v(row)
            v = line - before - over - 2 if self.direction is Direction.ACROSS else line + before + 6
        return self._box((u, u + along), (v, v + over))

    def _bands(self) -> list[Band]:
        starts = [0, *(self.row_at[first] - GAP // 2 for first, _ in self.grid.lane_rows[1:]), self.breadth]
        return [
            Band(lane, lines, self._box((0, self.header + self.length), between))
            for lane, lines, between in zip(self.graph.lanes, self.lane_names, pairwise(starts), strict=True)
        ]


def _starts(gaps: list[int], sizes: list[int], first: int) -> list[int]:
    """Where each rank or row begins: after all gaps and sizes before it."""
    ends = accumulate(gap + extent for gap, extent in zip(gaps, sizes, strict=False))
    return [first + end - extent for end, extent in zip(ends, sizes, strict=True)]
