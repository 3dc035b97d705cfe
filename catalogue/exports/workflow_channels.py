"""How the arrows of a diagram run: through the channels between ranks and between rows, never through a box.

Every arrow is a chain of turns. Pieces that would lie upon each other get tracks of their own; arrows may share a piece
only where they leave the same node or come to the same one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from catalogue.exports.workflow_graph import Flow, Graph
from catalogue.exports.workflow_grid import Cell, Grid


class Way(Enum):
    """The shape of an arrow: straight or with one bend, through a channel between rows, or back."""

    STRAIGHT = "straight"
    EARLY = "early"  # bends right after its source, then along the row of its target
    LATE = "late"  # along the row of its source, bends right before its target
    DETOUR = "detour"  # out, through a channel between rows, in
    BACK = "back"  # from the side of its source through a channel between rows, in


@dataclass(frozen=True)
class Path:
    """``rank_gaps`` are the channels between ranks (gap g lies after rank g; -1 before all), ``row_gap`` the channel
    between rows (gap g lies before row g), in the order in which the arrow passes them."""

    flow: Flow
    source: Cell
    target: Cell
    way: Way
    rank_gaps: tuple[int, ...] = ()
    row_gap: int | None = None


@dataclass
class Piece:
    """A straight piece inside a channel, on its ``track``; places are doubled: gaps have places of their own."""

    start: int
    end: int
    departs: set[int] = field(default_factory=set)
    arrives: set[int] = field(default_factory=set)
    thickness: int = 0
    track: int = -1

    def cover(self, *places: int) -> None:
        """Stretch the piece over more places."""
        self.start, self.end = min(self.start, *places), max(self.end, *places)


@dataclass(frozen=True)
class Channels:
    """Paths by flow id, and the pieces in each channel by (gap, group)."""

    paths: dict[str, Path]
    rank_pieces: dict[tuple[int, str], Piece]
    row_pieces: dict[tuple[int, str], Piece]

    def rank_piece(self, path: Path, place: int) -> Piece:
        """The piece of a path in the channel between ranks that it passes first (0) or last (-1)."""
        return self.rank_pieces[path.rank_gaps[place], _group(path, first=place == 0)]


def _group(path: Path, *, first: bool) -> str:
    """Whose piece it is: arrows fan out from one source and fan in to one target."""
    leaving = path.way is Way.EARLY or (path.way is Way.DETOUR and first)
    return f"out {path.flow.source}" if leaving else f"in {path.flow.target}"


def channels_of(graph: Graph, grid: Grid, *, label_room: dict[str, int]) -> Channels:
    """A way for each flow and a track for each of its pieces; ``label_room`` is what a label needs on a track."""
    chooser = _Chooser(graph, grid)
    short_first = sorted(graph.flows, key=lambda flow: _length(grid, flow))
    paths = {flow.id: chooser.path(flow) for flow in short_first}
    while (rank_pieces := _rank_pieces(paths)) and (knot := _knot(rank_pieces, paths)):
        paths[knot.flow.id] = _untied(knot)
    row_pieces = _row_pieces(paths, label_room)
    for pieces in (rank_pieces, row_pieces):
        for gap in {gap for gap, _ in pieces}:
            _assign_tracks([piece for (at, _), piece in pieces.items() if at == gap])
    return Channels(paths, rank_pieces, row_pieces)


def _length(grid: Grid, flow: Flow) -> tuple[int, int]:
    source, target = grid.cells[flow.source], grid.cells[flow.target]
    return abs(target[1] - source[1]), abs(target[0] - source[0])


def _rank_pieces(paths: dict[str, Path]) -> dict[tuple[int, str], Piece]:
    pieces: dict[tuple[int, str], Piece] = {}
    for path in paths.values():
        source, target = 2 * path.source[0] + 1, 2 * path.target[0] + 1
        middle = None if path.row_gap is None else 2 * path.row_gap
        for place, gap in enumerate(path.rank_gaps):
            first, last = place == 0 and path.way is not Way.BACK, place == len(path.rank_gaps) - 1
            start = source if first else middle if middle is not None else source
            end = target if last else middle if middle is not None else target
            piece = pieces.setdefault((gap, _group(path, first=place == 0)), Piece(start, start))
            piece.cover(start, end)
            if first:
                piece.departs.add(source)
            if last:
                piece.arrives.add(target)
    return pieces


def _row_pieces(paths: dict[str, Path], label_room: dict[str, int]) -> dict[tuple[int, str], Piece]:
    """Every arrow has its own piece here; it is lengthened by the room of its label."""
    pieces: dict[tuple[int, str], Piece] = {}
    for path in paths.values():
        if path.row_gap is None:
            continue
        start = 2 * path.source[1] if path.way is Way.BACK else 2 * path.rank_gaps[0] + 1
        piece = Piece(start, start, thickness=label_room.get(path.flow.id, 0))
        piece.cover(2 * path.rank_gaps[-1] + 1)
        if piece.thickness:
            piece.cover(start - 3 if path.way is Way.BACK else start + 2)
        pieces[path.row_gap, path.flow.id] = piece
    return pieces


def _knot(pieces: dict[tuple[int, str], Piece], paths: dict[str, Path]) -> Path | None:
    """An arrow of those that each want to turn before the other, such as two that change places between two rows."""
    for gap in {gap for gap, _ in pieces}:
        here = {group: piece for (at, group), piece in pieces.items() if at == gap}
        tied = _tied(here)
        for path in paths.values():
            if path.way in (Way.EARLY, Way.LATE) and path.rank_gaps == (gap,):
                source, target, own = 2 * path.source[0] + 1, 2 * path.target[0] + 1, _group(path, first=True)
                others = [piece for group, piece in here.items() if group in tied and group != own]
                if own in tied and any(target in piece.departs or source in piece.arrives for piece in others):
                    return path
    return None


def _tied(pieces: dict[str, Piece]) -> set[str]:
    """The groups that wait for each other in a circle, and those behind them."""
    after = _waiting_for(list(pieces.values()))
    names, done = list(pieces), set[int]()
    while ready := {at for at in range(len(names)) if at not in done and after[at] <= done}:
        done |= ready
    return {name for at, name in enumerate(names) if at not in done}


def _untied(path: Path) -> Path:
    """The same arrow by way of the channel between rows, where it changes its track."""
    gap = path.rank_gaps[0]
    row_gap = max(path.source[0], path.target[0])
    return Path(path.flow, path.source, path.target, Way.DETOUR, (gap, gap), row_gap)


class _Chooser:
    """Chooses ways; rows that arrows run along are taken for all but those of the same source or target.

    An arrow with a condition does not share the row of its source: two conditions would stand in one place.
    """

    def __init__(self, graph: Graph, grid: Grid) -> None:
        self.grid = grid
        self.leaving = Counter(flow.source for flow in graph.flows)
        self.standing = set(grid.cells.values())
        self.running: dict[Cell, tuple[str, str]] = {}

    def path(self, flow: Flow) -> Path:
        source, target = self.grid.cells[flow.source], self.grid.cells[flow.target]
        if target[1] <= source[1]:
            return Path(flow, source, target, Way.BACK, (target[1] - 1,), source[0] + 1)
        between = range(source[1] + 1, target[1])
        if source[0] == target[0] and self._take(flow, source[0], between):
            return Path(flow, source, target, Way.STRAIGHT)
        if self._take(flow, target[0], between):
            return Path(flow, source, target, Way.EARLY, (source[1],))
        if not (flow.text and self.leaving[flow.source] > 1) and self._take(flow, source[0], between):
            return Path(flow, source, target, Way.LATE, (target[1] - 1,))
        gap = target[0] + 1 if target[0] < source[0] else target[0]
        gap = source[0] + 1 if target[0] == source[0] else gap
        return Path(flow, source, target, Way.DETOUR, (source[1], target[1] - 1), gap)

    def _take(self, flow: Flow, row: int, ranks: Iterable[int]) -> bool:
        cells = [(row, rank) for rank in ranks]
        for cell in cells:
            owner = self.running.get(cell)
            if cell in self.standing or (owner and owner[0] != flow.source and owner[1] != flow.target):
                return False
        for cell in cells:
            self.running.setdefault(cell, (flow.source, flow.target))
        return True


def _waiting_for(pieces: list[Piece]) -> dict[int, set[int]]:
    """What leaves a row turns before what comes to the same row."""
    after: dict[int, set[int]] = defaultdict(set)
    for one, piece in enumerate(pieces):
        for two, other in enumerate(pieces):
            if one != two and piece.departs & other.arrives:
                after[two].add(one)
    return after


def _assign_tracks(pieces: list[Piece]) -> None:
    """Tracks so that no two pieces touch, in the order in which they wait for each other."""
    after, done = _waiting_for(pieces), set[int]()
    while len(done) < len(pieces):
        left = [at for at in range(len(pieces)) if at not in done]
        at = next((at for at in left if after[at] <= done), left[0])
        piece = pieces[at]
        lowest = max((pieces[earlier].track + 1 for earlier in after[at]), default=0)
        busy = {
            other.track
            for other in pieces
            if other.track >= 0 and other.start <= piece.end and piece.start <= other.end
        }
        piece.track = next(track for track in range(lowest, lowest + len(pieces) + 1) if track not in busy)
        done.add(at)
