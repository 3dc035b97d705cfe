"""Rows of two texts set side by side: paragraphs in their order, rows of a list or table by what they say.

A paragraph or row that sources cut in two or put together is the same; one that only changed its place has moved; of
the rest, the most alike are one changed row.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from decisions.redline import Block, Edit, common_words, longest_chain, word_key, wording

MOSTLY = 0.6
"""The share of common words from which two rows are one changed row."""

NEVER = 2.0
"""No two rows are alike enough: the number of a law is another number as soon as one sign differs."""

_PARTLY = 0.3  # the share that holds together what a paragraph became
_CONTAINED = 0.7  # the share of a fragment's words that its whole lacks otherwise
_NEAR = 2  # rows between a fragment and its whole


@dataclass(frozen=True)
class Cell:
    """One cell of a row beside its name, as printed; "" where the row or the cell says nothing."""

    name: str
    before: str = ""
    after: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the cell says something else."""
        return word_key(self.before) != word_key(self.after)


@dataclass(frozen=True)
class Row:
    """``name`` tells rows apart; ``cells`` are what else the row says, by name of the cell."""

    name: str
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RowChange:
    """What became of a row; ``before`` and ``after`` are its name, "" where it is not there."""

    kind: Edit
    before: str = ""
    after: str = ""
    cells: tuple[Cell, ...] = ()


# ------------------------------------------------------------------ paragraphs


def compare_paragraphs(before: Iterable[str], after: Iterable[str]) -> list[RowChange]:
    """Changes of paragraphs in the order of the new text; where one stands counts, how the text is cut does not."""
    old = [text.strip() for text in before if word_key(text)]
    new = [text.strip() for text in after if word_key(text)]
    words_old = [word for text in old for word in wording(text).keys]
    words_new = [word for text in new for word in wording(text).keys]
    if words_old == words_new:
        return []
    ends_old = [0, *accumulate(len(wording(text).keys) for text in old)]
    ends_new = [0, *accumulate(len(wording(text).keys) for text in new)]
    common = common_words(words_old, words_new, rows=(set(ends_old), set(ends_new)))
    blocks = _without_chance(common, ends_old, ends_new)
    found: list[RowChange] = []
    cuts = _common_cuts(blocks, ends_old, ends_new)
    for (i, j), (end, stop) in zip(cuts, cuts[1:], strict=False):
        found += _became(old[i:end], new[j:stop])
    return _moved_or_alike(found)


def _without_chance(blocks: Sequence[Block], ends_old: list[int], ends_new: list[int]) -> list[Block]:
    """Without words that two paragraphs share only by chance: too few to say that one became the other."""
    pieces: dict[tuple[int, int], list[Block]] = {}
    for i, j, length in blocks:
        while length:
            row, other = bisect_right(ends_old, i), bisect_right(ends_new, j)
            size = min(length, ends_old[row] - i, ends_new[other] - j)
            pieces.setdefault((row, other), []).append((i, j, size))
            i, j, length = i + size, j + size, length - size
    kept: list[Block] = []
    for (row, other), own in pieces.items():
        shorter = min(ends_old[row] - ends_old[row - 1], ends_new[other] - ends_new[other - 1])
        if sum(length for _, _, length in own) >= _PARTLY * shorter:
            kept += own
    return sorted(kept)


def _common_cuts(blocks: Sequence[Block], ends_old: list[int], ends_new: list[int]) -> list[tuple[int, int]]:
    """Pairs of row numbers between which both texts can be cut without parting words that belong together."""
    starts = [block[0] for block in blocks]
    cuts = [(0, 0)]
    for row, end in enumerate(ends_old):
        low, high = _range_of(blocks, starts, end, ends_new[-1])
        for place in range(bisect_left(ends_new, low), bisect_right(ends_new, high)):
            if place >= cuts[-1][1] and (row, place) != cuts[-1]:
                cuts.append((row, place))
    return cuts


def _range_of(blocks: Sequence[Block], starts: list[int], word: int, last: int) -> tuple[int, int]:
    """The places in the new words before which exactly what stayed of the old words up to ``word`` stands."""
    at = bisect_left(starts, word) - 1
    low, high = 0, blocks[0][1] if blocks else last
    if at >= 0:
        i, j, length = blocks[at]
        if word < i + length:
            return j + word - i, j + word - i
        low, high = j + length, blocks[at + 1][1] if at + 1 < len(blocks) else last
    return low, high


def _became(old: Sequence[str], new: Sequence[str]) -> list[RowChange]:
    if not old or not new:
        return [*(RowChange(Edit.REMOVED, text) for text in old), *(RowChange(Edit.ADDED, "", text) for text in new)]
    before, after = "\n".join(old), "\n".join(new)
    if word_key(before) == word_key(after):
        return []
    if likeness(before, after) >= _PARTLY:
        return [RowChange(Edit.CHANGED, before, after)]
    return [*_became(old, ()), *_became((), new)]


def _moved_or_alike(found: list[RowChange]) -> list[RowChange]:
    """What went from one place and came at another has moved, or changed where it stands now."""
    gone = [n for n, change in enumerate(found) if change.kind is Edit.REMOVED]
    came = [n for n, change in enumerate(found) if change.kind is Edit.ADDED]
    pairs = alike([found[n].before for n in gone], [found[n].after for n in came], MOSTLY)
    settled: dict[int, RowChange | None] = {}
    for one, other in pairs:
        before, after = found[gone[one]].before, found[came[other]].after
        kind = Edit.MOVED if word_key(before) == word_key(after) else Edit.CHANGED
        settled[gone[one]] = None
        settled[came[other]] = RowChange(kind, before, after)
    kept = (settled.get(n, change) for n, change in enumerate(found))
    return [change for change in kept if change is not None]


def likeness(one: str, other: str) -> float:
    """Share of common words, 0 to 1, in whatever order."""
    return _share(Counter(wording(one).keys), Counter(wording(other).keys))


def _share(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def alike(old: Sequence[str], new: Sequence[str], enough: float) -> list[tuple[int, int]]:
    """Pairs of numbers of rows, the most alike first, while at least ``enough`` of their words are common."""
    words_old = [Counter(wording(text).keys) for text in old]
    words_new = [Counter(wording(text).keys) for text in new]
    scored = []
    for i, one in enumerate(words_old):
        for j, other in enumerate(words_new):
            small, large = sorted((one.total(), other.total()))
            # No need to count the words of rows that differ too much in length.
            if 2 * small >= enough * (small + large) and (share := _share(one, other)) >= enough:
                scored.append((-share, abs(i - j), i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(scored):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return sorted(pairs.items())


# ------------------------------------------------------------------ rows of lists and tables


@dataclass
class _Group:
    """Rows that belong together: mostly one and one; more where a row was cut."""

    old: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)


def compare_rows(
    before: Sequence[Row], after: Sequence[Row], *, enough: float = MOSTLY, ordered: bool = False
) -> list[RowChange]:
    """Changes of rows: in the new order, what went last. Sets forget repeats and order; ``ordered`` rows can move."""
    old, new = (list(before), list(after)) if ordered else (_distinct(before), _distinct(after))
    same = _same(old, new)
    groups = [_Group([i], [j]) for i, j in same]
    left_old = [i for i in range(len(old)) if i not in {i for i, _ in same}]
    left_new = [j for j in range(len(new)) if j not in {j for _, j in same}]
    for one, other in alike([old[i].name for i in left_old], [new[j].name for j in left_new], enough):
        groups.append(_Group([left_old[one]], [left_new[other]]))
    groups += _alone(groups, len(old), len(new))
    if ordered:
        groups = _with_fragments(groups, old, new)
    moved = _out_of_order(same) if ordered else set()
    groups.sort(key=lambda group: (not group.new, group.new or group.old))
    found = (_change(group, old, new, moved) for group in groups)
    return [change for change in found if change is not None]


def _distinct(rows: Sequence[Row]) -> list[Row]:
    return list({word_key(row.name): row for row in reversed(rows)}.values())[::-1]


def _same(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[int, int]]:
    """Rows of one name; of several such, those with equal cells belong together."""
    waiting: dict[str, list[int]] = {}
    for j, row in enumerate(new):
        waiting.setdefault(word_key(row.name), []).append(j)
    pairs: list[tuple[int, int]] = []
    for i, row in enumerate(old):
        if places := waiting.get(word_key(row.name)):
            place = next((j for j in places if new[j].cells == row.cells), places[0])
            places.remove(place)
            pairs.append((i, place))
    return pairs


def _alone(groups: Sequence[_Group], old: int, new: int) -> list[_Group]:
    taken_old = {i for group in groups for i in group.old}
    taken_new = {j for group in groups for j in group.new}
    gone = [_Group([i], []) for i in range(old) if i not in taken_old]
    return gone + [_Group([], [j]) for j in range(new) if j not in taken_new]


def _with_fragments(groups: list[_Group], old: Sequence[Row], new: Sequence[Row]) -> list[_Group]:
    """A row left over that says what its neighbour says on the other side, and lacks on this one, is a piece of it."""
    whole = [group for group in groups if group.old and group.new]
    for piece in (group for group in groups if not (group.old and group.new)):
        home = next((group for group in whole if _completes(piece, group, old, new)), None)
        if home is None:
            whole.append(piece)
        else:
            home.old = sorted([*home.old, *piece.old])
            home.new = sorted([*home.new, *piece.new])
    return whole


def _completes(piece: _Group, group: _Group, old: Sequence[Row], new: Sequence[Row]) -> bool:
    own, others = (piece.old, group.old) if piece.old else (piece.new, group.new)
    if not others or min(abs(own[0] - other) for other in others) > _NEAR:
        return False
    here, there = _words(old, group.old), _words(new, group.new)
    words = _words(old, piece.old) + _words(new, piece.new)
    lacking = there - here if piece.old else here - there
    return (words & lacking).total() >= _CONTAINED * max(1, words.total())


def _words(rows: Sequence[Row], numbers: Iterable[int]) -> Counter[str]:
    return Counter(word for n in numbers for word in wording(rows[n].name).keys)


def _out_of_order(same: Sequence[tuple[int, int]]) -> set[int]:
    """New places of the fewest rows whose removal leaves the rest in one order: those moved."""
    return {j for _, j in same} - {j for _, j in longest_chain(same)}


def _change(group: _Group, old: Sequence[Row], new: Sequence[Row], moved: set[int]) -> RowChange | None:
    before = "\n".join(old[i].name for i in group.old)
    after = "\n".join(new[j].name for j in group.new)
    cells = _cells([old[i] for i in group.old], [new[j] for j in group.new])
    if not group.new:
        return RowChange(Edit.REMOVED, before, "", cells)
    if not group.old:
        return RowChange(Edit.ADDED, "", after, cells)
    if word_key(before) != word_key(after) or any(cell.is_changed for cell in cells):
        return RowChange(Edit.CHANGED, before, after, cells)
    return RowChange(Edit.MOVED, before, after) if group.new[0] in moved else None


def _cells(old: Sequence[Row], new: Sequence[Row]) -> tuple[Cell, ...]:
    """Cells by name; of a row cut in pieces, what the pieces say."""
    before, after = _said(old), _said(new)
    return tuple(Cell(name, before.get(name, ""), after.get(name, "")) for name in dict.fromkeys([*before, *after]))


def _said(rows: Sequence[Row]) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, value in (cell for row in rows for cell in row.cells):
        said[name] = said.get(name, "") or value
    return said
