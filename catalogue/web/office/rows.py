"""Rows of a form that is being filled in: added, taken out and moved by name, with every typed text kept as typed.

A list is named by the path of its fields ("cases-0-papers"), a row by its place in it ("cases-0-papers-2").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

MOST_ROWS = 300
_PLACE = re.compile(r"[a-z_]+(?:-\d{1,4}-[a-z_]+)*-\d{1,4}")
_LIST = re.compile(r"[a-z_]+(?:-\d{1,4}-[a-z_]+)*")
_FIELD = re.compile(r"[a-z_]+(?:-(?:\d{1,4}|[a-z_]+))*")

Tree = dict[str, Any]


class TooManyRows(ValueError):
    """A list is full; the message is a sentence."""


@dataclass(frozen=True)
class Moved:
    """What was done, and the row that the person should see next ("" when the list is empty)."""

    deed: str
    row: str


def texts_of(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields of a form that belong to the text; buttons, tokens and pasted tables do not."""
    return [(name, text) for name, text in fields if _FIELD.fullmatch(name) and name not in _OURS]


_OURS = {"csrf_token", "lam", "seen", "giu"}


def moved(fields: Sequence[tuple[str, str]], wish: str) -> tuple[MultiDict[str, str], Moved]:
    """The fields after a wish of a button: ``them:<list>``, ``bo:<row>``, ``len:<row>``, ``xuong:<row>``,
    ``chen:<row>``, which puts an empty row behind it, or ``tach:<row>``, which makes a row of each sentence of it.

    Raises:
        TooManyRows: the list is full.
        ValueError: there is no such row.
    """
    deed, _, place = wish.partition(":")
    tree = _grown(fields)
    if deed == "them" and _LIST.fullmatch(place):
        rows = _list_at(tree, place)
        _add(rows, {})
        return _fields(tree), Moved(deed, f"{place}-{len(rows) - 1}")
    if deed not in ("bo", "len", "xuong", "chen", "tach") or not _PLACE.fullmatch(place):
        raise ValueError(wish)
    name, _, number = place.rpartition("-")
    rows, at = _list_at(tree, name), int(number)
    if at >= len(rows):
        raise ValueError(wish)
    if deed == "chen":
        _add(rows, {}, at + 1)
        return _fields(tree), Moved(deed, f"{name}-{at + 1}")
    goal = _shifted(rows, at, deed)
    return _fields(tree), Moved(deed, f"{name}-{goal}" if rows else "")


def _shifted(rows: list[Any], at: int, deed: str) -> int:
    """Do it; the place to look at then."""
    row = rows.pop(at)
    if deed == "tach":
        pieces = [piece.strip() for piece in re.split(r"[;\n]", str(row.get("text", ""))) if piece.strip()]
        parts = [{**(row if place == 0 else {"kept": ""}), "text": piece} for place, piece in enumerate(pieces)]
        if len(rows) + len(parts) > MOST_ROWS:
            raise TooManyRows(f"Một phần có nhiều nhất {MOST_ROWS} dòng.")
        rows[at:at] = parts or [row]
        return at
    if deed == "bo":
        return max(0, min(at, len(rows) - 1))
    goal = max(0, at - 1) if deed == "len" else min(len(rows), at + 1)
    rows.insert(goal, row)
    return goal


def with_rows(
    fields: Sequence[tuple[str, str]], name: str, rows: Iterable[dict[str, str]]
) -> tuple[MultiDict[str, str], int]:
    """The fields with filled rows at the end of a list, after empty ones were dropped; and where the first stands.

    Raises:
        TooManyRows: they do not fit.
        ValueError: there is no such list.
    """
    if not _LIST.fullmatch(name):
        raise ValueError(name)
    tree = _grown(fields)
    known = _list_at(tree, name)
    known[:] = [row for row in known if any(_texts(row))]
    first = len(known)
    for row in rows:
        _add(known, dict(row))
    return _fields(tree), first


def _add(rows: list[Any], row: Tree, at: int | None = None) -> None:
    if len(rows) >= MOST_ROWS:
        raise TooManyRows(f"Danh sách đã có {len(rows)} dòng, là số dòng nhiều nhất của một phần.")
    # A row exists by the fields it sends, so that an empty one needs one too.
    rows.insert(len(rows) if at is None else at, {"kept": "", **row})


def _texts(row: Any) -> Iterator[str]:
    """What is written in a row, marks and switches aside."""
    if isinstance(row, dict):
        for name, value in row.items():
            if name not in ("read", "named", "kind", "channel", "branching"):
                yield from _texts(value)
    elif isinstance(row, list):
        for item in row:
            yield from _texts(item)
    elif row:
        yield str(row)


def _grown(fields: Iterable[tuple[str, str]]) -> Tree:
    """Names with places as lists of rows; rows keep their order and lose gaps."""
    tree: Tree = {}
    for name, text in fields:
        if not _FIELD.fullmatch(name):
            continue
        *way, last = name.split("-")
        node: Any = tree
        for step in way:
            node = node.setdefault(step, {})
            if not isinstance(node, dict):
                raise ValueError(name)
        node[last] = text
    return {name: _listed(value) for name, value in tree.items()}


def _listed(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(name.isdecimal() for name in node):
        return [_listed(node[name]) for name in sorted(node, key=int)]
    return {name: _listed(value) for name, value in node.items()}


def _list_at(tree: Tree, name: str) -> list[Any]:
    node: Any = tree
    for step in name.split("-")[:-1]:
        if isinstance(node, dict):
            node = node.get(step)
        else:
            node = node[int(step)] if isinstance(node, list) and step.isdecimal() and int(step) < len(node) else None
    if not isinstance(node, dict):
        raise ValueError(name)
    found = node.setdefault(name.split("-")[-1], [])
    if not isinstance(found, list):
        raise ValueError(name)
    return found


def _fields(tree: Tree) -> MultiDict[str, str]:
    found: MultiDict[str, str] = MultiDict()
    for name, text in _flat(tree, ""):
        found.add(name, text)
    return found


def _flat(node: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _flat(value, f"{name}-{key}" if name else key)
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _flat(value, f"{name}-{place}")
    else:
        yield name, str(node)
