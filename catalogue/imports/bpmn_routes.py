"""From the flows and gateways of a BPMN file to the routes of steps.

A gateway is folded into the step before it where ``WorkflowStep`` can say the same; any other one stands as a step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from catalogue.imports.bpmn_document import Seen, SeenFlow
from decisions.workflow import Branching, Route

_GATEWAYS = {
    "exclusiveGateway": Branching.ONE,
    "inclusiveGateway": Branching.ONE,
    "eventBasedGateway": Branching.ONE,
    "complexGateway": Branching.ONE,
    "parallelGateway": Branching.ALL,
}
_DEEPEST, _MOST_ROUTES = 40, 40
"""Chains and fans of bare gateways beyond these are not folded: their ways would double with every gateway."""
_TRIGGERS = {"timer": "Quá thời hạn", "message": "Khi nhận thông báo", "error": "Khi có lỗi"}


@dataclass(frozen=True)
class Ways:
    """Routes to node ids ("" ends) and how several of them are meant."""

    routes: tuple[Route, ...] = ()
    branching: Branching = Branching.ONE


class Unfolded(Exception):
    """A gateway that must stand as a step; ``args[0]`` is its id."""


@dataclass
class _Trail:
    """The gateways that the ways of one step went through, and the nodes before which they have to be joined."""

    gateways: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)


class RouteReader:
    """Folds gateways; after ``read`` the rest is known: ``standing`` gateways, ``waiting`` nodes and their ways."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.out: dict[str, list[SeenFlow]] = defaultdict(list)
        self.into: dict[str, list[SeenFlow]] = defaultdict(list)
        for flow in seen.flows:
            self.out[flow.source].append(flow)
            self.into[flow.target].append(flow)
        for node in seen.nodes.values():
            if node.kind == "boundaryEvent" and node.host in seen.nodes:
                words = node.name or _TRIGGERS.get(node.trigger, "Trường hợp khác")
                self.out[node.host] += [replace(f, source=node.host, text=f.text or words) for f in self.out[node.id]]
        self.starts = [node.id for node in seen.nodes.values() if node.kind == "startEvent"]
        self.closing = set(self._closing())
        self.standing: set[str] = set()
        self.waiting: set[str] = set()
        self.ways: dict[str, Ways] = {}
        self.passing: list[str] = []
        self.trails: dict[str, _Trail] = {}
        self.current = _Trail()

    def read(self) -> None:
        """Find the ways out of every start and step; a gateway that cannot be folded becomes one more step."""
        left = [*self.starts, *self.steps()]
        while left:
            name = left.pop()
            self.passing, self.current = [], _Trail()
            self.trails[name] = self.current
            try:
                self.ways[name] = self._ways(name)
            except Unfolded as unfolded:
                gateway = unfolded.args[0]
                self.standing.add(gateway)
                # Whoever went through this gateway has to stop there now.
                left += [name, gateway, *(other for other, trail in self.trails.items() if gateway in trail.gateways)]
        self.waiting = {target for trail in self.trails.values() for target in trail.waiting}

    def steps(self) -> list[str]:
        """Ids of the nodes that become steps, in the order of the file."""
        kept = ("startEvent", "endEvent", "boundaryEvent", *_GATEWAYS)
        return [name for name, node in self.seen.nodes.items() if node.kind not in kept or name in self.standing]

    def waits(self, name: str) -> bool:
        """Whether a step starts only when every way has arrived."""
        joins = self.seen.nodes[name].kind == "parallelGateway" and len(self.into[name]) > 1
        return name in self.waiting or (name in self.standing and joins)

    def _ways(self, name: str) -> Ways:
        flows = self.out[name]
        if not flows:
            return Ways((Route(""),)) if self.seen.nodes[name].kind != "startEvent" else Ways()
        together = _GATEWAYS.get(self.seen.nodes[name].kind) is Branching.ALL
        if self.seen.nodes[name].kind not in _GATEWAYS:
            together = len(flows) > 1 and not any(flow.text for flow in flows)
        wanted = Branching.ALL if together and len(flows) > 1 else Branching.ONE
        return self._folded(flows, wanted, "", False, len(flows) > 1)

    def _folded(self, flows: list[SeenFlow], mode: Branching, text: str, back: bool, fixed: bool) -> Ways:
        """``fixed``: several flows left the node itself, so that its mode is settled."""
        found: list[tuple[Route, ...]] = []
        inner_all: list[Ways] = []
        for flow in flows:
            ways = self._follow(flow, text, back)
            if not fixed and len(flows) == 1:
                return ways
            mixed = mode is Branching.ALL and any(route.returns for route in ways.routes)
            if len(ways.routes) > 1 and (mixed or ways.branching is not mode):
                inner_all.append(ways)
            found.append(ways.routes)
        routes = tuple(route for part in found for route in part)
        if not inner_all:
            return Ways(routes, mode)
        if (
            mode is Branching.ONE
            and len(inner_all) == 1
            and all(route.returns for part in found if part is not inner_all[0].routes for route in part)
        ):
            return Ways(routes, Branching.ALL)
        raise Unfolded(self._split_below(flows, mode))

    def _follow(self, flow: SeenFlow, text: str, back: bool) -> Ways:
        node = self.seen.nodes[flow.target]
        text = "; ".join(part for part in (text, flow.text) if part)
        back = back or (flow.source, flow.target) in self.closing
        if node.kind == "endEvent":
            named = node.name if node.name.casefold() not in ("", "kết thúc", "end") else ""
            return Ways((Route("", "; ".join(part for part in (text, named) if part), back),))
        if node.kind not in _GATEWAYS or node.id in self.standing:
            return Ways((Route(node.id, text, back),))
        return self._through(node.id, text, back)

    def _through(self, name: str, text: str, back: bool) -> Ways:
        """Past a gateway that is no step."""
        flows, node = self.out[name], self.seen.nodes[name]
        joins = node.kind == "parallelGateway" and len(self.into[name]) > 1
        joins_nothing = joins and (len(flows) != 1 or self._is_no_step(flows[0].target))
        if joins_nothing or not flows or name in self.passing or len(self.passing) > _DEEPEST:
            raise Unfolded(name)
        if joins:
            self.current.waiting.add(flows[0].target)
        if len(flows) > 1 and node.name:
            flows = [replace(flow, text=f"{node.name}: {flow.text}" if flow.text else node.name) for flow in flows]
        self.passing.append(name)
        self.current.gateways.add(name)
        ways = self._folded(flows, _GATEWAYS[node.kind], text, back, len(flows) > 1)
        self.passing.pop()
        if len(ways.routes) > _MOST_ROUTES:
            raise Unfolded(name)
        return ways

    def _is_no_step(self, name: str) -> bool:
        kind = self.seen.nodes[name].kind
        return kind == "endEvent" or (kind in _GATEWAYS and name not in self.standing)

    def _split_below(self, flows: list[SeenFlow], mode: Branching) -> str:
        """The first gateway below that splits in another way than its surroundings."""
        waiting, passed = [flow.target for flow in flows], set[str]()
        while waiting:
            name = waiting.pop(0)
            kind = self.seen.nodes[name].kind
            if name in passed or kind not in _GATEWAYS or name in self.standing:
                continue
            if len(self.out[name]) > 1 and _GATEWAYS[kind] is not mode:
                return name
            passed.add(name)
            waiting.extend(flow.target for flow in self.out[name])
        return next(flow.target for flow in flows if self.seen.nodes[flow.target].kind in _GATEWAYS)

    def _closing(self) -> Iterator[tuple[str, str]]:
        """Flows to a node whose search is still open: they close a circle. Without recursion, for long workflows."""
        state: dict[str, int] = {}
        for root in (*self.starts, *self.seen.nodes):
            if root in state:
                continue
            state[root] = 1
            waiting = [(root, iter(self.out[root]))]
            while waiting:
                name, flows = waiting[-1]
                flow = next(flows, None)
                if flow is None:
                    state[name] = 2
                    waiting.pop()
                elif state.get(flow.target) == 1:
                    yield flow.source, flow.target
                elif flow.target not in state:
                    state[flow.target] = 1
                    waiting.append((flow.target, iter(self.out[flow.target])))

    def order(self) -> list[str]:
        """The steps as one tells them: each before all it leads to, the first branch first; unreached ones last."""
        done: dict[str, None] = {}
        seen: set[str] = set()
        firsts = [route.to for start in self.starts for route in self.ways[start].routes]
        for root in reversed(firsts):
            waiting = [(root, False)]
            while waiting:
                name, left = waiting.pop()
                if left:
                    done[name] = None
                elif name and name not in seen:
                    seen.add(name)
                    waiting.append((name, True))
                    waiting.extend((r.to, False) for r in self.ways[name].routes if not r.returns)
        told = list(reversed(done))
        return told + [name for name in self.steps() if name not in seen]

    def unreached(self) -> list[str]:
        """Steps that no way from a start comes to."""
        waiting = [route.to for start in self.starts for route in self.ways[start].routes]
        seen = {""}
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(route.to for route in self.ways[name].routes)
        return [name for name in self.steps() if name not in seen]
