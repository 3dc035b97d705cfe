"""A workflow as nodes and flows with its gateways drawn in: what the diagram, its layout and BPMN are made of.

Follows BPMN 2.0 (OMG formal/2011-01-03): an exclusive gateway for "one of the ways", a parallel one for "all of them",
a joining one before a step that waits for all, an end for every way that ends. A way to an unknown step is not drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from decisions.workflow import Branching, Route, Workflow, WorkflowStep, routes_of


class NodeKind(StrEnum):
    """What a node is; gateways are named by what they do."""

    START = "start"
    STEP = "step"
    ONE = "one"
    ALL = "all"
    JOIN = "join"
    END = "end"


@dataclass(frozen=True)
class Node:
    """``id`` is an XML name, unique in its graph; ``lane`` the unit; ``step`` only where the kind is STEP."""

    id: str
    kind: NodeKind
    lane: str
    step: WorkflowStep | None = None


@dataclass(frozen=True)
class Flow:
    """An arrow; ``text`` is the printed condition, ``returns`` marks a way back."""

    id: str
    source: str
    target: str
    text: str = ""
    returns: bool = False


@dataclass(frozen=True)
class Graph:
    """``lanes`` are the units in order of their first step; a workflow without steps has one lane without a name."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[str, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """The nodes by their ids."""
        return {node.id: node for node in self.nodes}

    def out_of(self, node: str) -> tuple[Flow, ...]:
        """The flows that leave a node, in order."""
        return tuple(flow for flow in self.flows if flow.source == node)


_PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


def step_ids(workflow: Workflow) -> dict[str, str]:
    """An XML name for every step: its key where that is plain, so that two versions compare by id, else its place."""
    return {
        step.key: f"step_{step.key}" if _PLAIN_KEY.fullmatch(step.key) else f"step_no_{place}"
        for place, step in enumerate(workflow.steps, 1)
    }


def graph_of(workflow: Workflow) -> Graph:
    """The drawn form of any workflow, also of one that turns in circles or leads nowhere."""
    return _Builder(workflow).built()


class _Builder:
    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.ids = step_ids(workflow)
        self.routes = routes_of(workflow)
        self.nodes: list[Node] = []
        self.flows: list[Flow] = []
        self.lanes = workflow.units or ("",)
        arriving = Counter(
            route.to for routes in self.routes.values() for route in routes if not route.returns and route.to
        )
        self.joined = {step.key for step in workflow.steps if step.waits_for_all and arriving[step.key] > 1}

    def built(self) -> Graph:
        first = self.workflow.steps[0].key if self.workflow.steps else ""
        self._node("start", NodeKind.START, self.lanes[0])
        self._flow("start", Route(first), self.lanes[0])
        for step in self.workflow.steps:
            if step.key in self.joined:
                self._node(f"join_{self.ids[step.key]}", NodeKind.JOIN, step.unit)
                self._flow(f"join_{self.ids[step.key]}", Route(step.key, returns=False), step.unit, joined=False)
            self.nodes.append(Node(self.ids[step.key], NodeKind.STEP, step.unit, step))
            self._ways_out(step)
        return Graph(tuple(self.nodes), tuple(self.flows), self.lanes)

    def _ways_out(self, step: WorkflowStep) -> None:
        """Ways back are always a choice; of the ways on, all are taken where the step says so."""
        source = self.ids[step.key]
        drawn = [route for route in self.routes[step.key] if route.to in self.ids or not route.to]
        onward = [route for route in drawn if not route.returns]
        together = step.branching is Branching.ALL and len(onward) > 1
        chosen = [route for route in drawn if route.returns] if together else drawn
        if together and chosen or len(chosen) > 1:
            gate = self._node(f"one_{source}", NodeKind.ONE, step.unit)
            self._connect(source, gate)
            source = gate
        if together:
            gate = self._node(f"all_{self.ids[step.key]}", NodeKind.ALL, step.unit)
            self._connect(source, gate)
            for route in onward:
                self._flow(gate, route, step.unit)
        for route in chosen:
            self._flow(source, route, step.unit)

    def _flow(self, source: str, route: Route, lane: str, *, joined: bool = True) -> None:
        if not route.to:
            target = self._node(f"end_{len(self.flows) + 1}", NodeKind.END, lane)
        elif joined and route.to in self.joined and not route.returns:
            target = f"join_{self.ids[route.to]}"
        else:
            target = self.ids[route.to]
        self._connect(source, target, route)

    def _connect(self, source: str, target: str, route: Route | None = None) -> None:
        text, returns = (route.condition, route.returns) if route else ("", False)
        self.flows.append(Flow(f"flow_{len(self.flows) + 1}", source, target, text, returns))

    def _node(self, name: str, kind: NodeKind, lane: str) -> str:
        self.nodes.append(Node(name, kind, lane))
        return name


def forward_flows(graph: Graph) -> tuple[Flow, ...]:
    """The flows without ways back and without those that close a circle: they order the nodes."""
    onward = [flow for flow in graph.flows if not flow.returns and flow.source != flow.target]
    leaving: dict[str, list[Flow]] = {node.id: [] for node in graph.nodes}
    for flow in onward:
        leaving[flow.source].append(flow)
    closing = set(_closing(graph, leaving))
    return tuple(flow for flow in onward if flow.id not in closing)


def has_circle(graph: Graph) -> bool:
    """Whether flows that are no ways back lead round in a circle."""
    return len(forward_flows(graph)) < sum(not flow.returns for flow in graph.flows)


def _closing(graph: Graph, leaving: Mapping[str, list[Flow]]) -> Iterator[str]:
    """Flows that lead to a node whose search is still open; without recursion, for workflows of any length."""
    state: dict[str, int] = {}
    for root in graph.nodes:
        waiting = [(root.id, iter(leaving[root.id]))] if root.id not in state else []
        state.setdefault(root.id, 1)
        while waiting:
            node, flows = waiting[-1]
            flow = next(flows, None)
            if flow is None:
                state[node] = 2
                waiting.pop()
            elif state.get(flow.target) == 1:
                yield flow.id
            elif flow.target not in state:
                state[flow.target] = 1
                waiting.append((flow.target, iter(leaving[flow.target])))
