"""Where the nodes of a diagram stand: a rank along the flow (longest distance from the start) and a row in its lane."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from catalogue.exports.workflow_graph import Graph, Node, NodeKind, forward_flows

Cell = tuple[int, int]
"""(row over all lanes, rank), both from 0."""


@dataclass(frozen=True)
class Grid:
    """``cells`` by node id; no two nodes share one. ``lane_rows``: first row and count of rows of each lane."""

    cells: dict[str, Cell]
    lane_rows: tuple[tuple[int, int], ...]
    ranks: int

    @property
    def rows(self) -> int:
        """Rows of all lanes together."""
        return sum(count for _, count in self.lane_rows)


def grid_of(graph: Graph) -> Grid:
    """Places for all nodes; a way goes straight on in its row as long as nothing stands there."""
    ranks = _ranks(graph)
    slots = _slots(graph, ranks)
    counts = Counter[str]()
    for node in graph.nodes:
        counts[node.lane] = max(counts[node.lane], slots[node.id] + 1)
    first, lane_rows = 0, list[tuple[int, int]]()
    for lane in graph.lanes:
        lane_rows.append((first, max(counts[lane], 1)))
        first += max(counts[lane], 1)
    start = dict(zip(graph.lanes, (row for row, _ in lane_rows), strict=True))
    cells = {node.id: (start[node.lane] + slots[node.id], ranks[node.id]) for node in graph.nodes}
    return Grid(cells, tuple(lane_rows), max(ranks.values()) + 1)


def _ranks(graph: Graph) -> dict[str, int]:
    """Longest distance from the start; a step that nothing leads to stands after the one printed before it."""
    flows = forward_flows(graph)
    leaving: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    left = Counter[str]()
    for flow in flows:
        leaving[flow.source].append(flow.target)
        left[flow.target] += 1
    ranks = {node.id: 0 if node.kind is NodeKind.START else 1 for node in graph.nodes}
    waiting = [node.id for node in graph.nodes if not left[node.id]]
    while waiting:
        node = waiting.pop()
        for target in leaving[node]:
            ranks[target] = max(ranks[target], ranks[node] + 1)
            left[target] -= 1
            if not left[target]:
                waiting.append(target)
    return ranks


def _slots(graph: Graph, ranks: dict[str, int]) -> dict[str, int]:
    """The row of each node inside its lane: that of the node before it where free, else the nearest free one below."""
    before: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for flow in forward_flows(graph):
        before[flow.target].append(flow.source)
    lanes = {node.id: node.lane for node in graph.nodes}
    order = {node.id: place for place, node in enumerate(graph.nodes)}
    slots: dict[str, int] = {}
    taken: set[tuple[str, int, int]] = set()
    for node in sorted(graph.nodes, key=lambda node: (ranks[node.id], order[node.id])):
        slot = _wished(node, before[node.id], slots, lanes)
        while (node.lane, ranks[node.id], slot) in taken:
            slot += 1
        taken.add((node.lane, ranks[node.id], slot))
        slots[node.id] = slot
    return slots


def _wished(node: Node, before: list[str], slots: dict[str, int], lanes: dict[str, str]) -> int:
    """Where ways meet, the uppermost of their rows; after a change of lane, the first row."""
    return min((slots[name] for name in before if name in slots and lanes[name] == node.lane), default=0)
