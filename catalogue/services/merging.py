"""Two people, one text: changes of different cells are merged, one cell changed by both is put before a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from decisions.content import ProcedureContent, canonical_json


class DraftingError(Exception):
    """A refusal with one Vietnamese sentence for the person."""


class StaleDraft(DraftingError):
    """Somebody saved first. ``mine`` and ``theirs`` map the fields that differ to both texts; nothing was saved."""

    def __init__(self, mine: Mapping[str, Any], theirs: Mapping[str, Any], lock_version: int) -> None:
        super().__init__("Một người khác vừa lưu bản này. Hãy xem cả hai bản rồi chọn nội dung cần giữ.")
        self.mine = dict(mine)
        self.theirs = dict(theirs)
        self.lock_version = lock_version


def merged(
    mine: Mapping[str, Any], base: Mapping[str, Any] | None, theirs: Mapping[str, Any], lock_version: int
) -> dict[str, Any]:
    """What to save when both changed something since ``base``; a cell that both changed differently raises.

    Without ``base`` nothing tells who changed what, so every difference is put before the person.
    """
    mine_flat, theirs_flat = _flat(mine), _flat(theirs)
    base_flat = _flat(base) if base is not None else {}
    result: dict[str, Any] = {}
    clashes: list[str] = []
    for name in mine_flat.keys() | theirs_flat.keys():
        own, other = mine_flat.get(name), theirs_flat.get(name)
        start = base_flat.get(name) if base is not None else _MISSING
        if own in (other, start):
            result[name] = other
        elif other == start:
            result[name] = own
        else:
            clashes.append(name)
    if clashes:
        names = sorted(clashes)
        raise StaleDraft(
            {name: mine_flat.get(name) for name in names}, {name: theirs_flat.get(name) for name in names}, lock_version
        )
    return _unflat(result, mine, theirs)


_MISSING = object()


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values by name; the cells of ``fields`` one by one, so that two people can fill two columns of a row."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if name == "fields":
            flat.update({f"fields.{key}": str(text) for key, text in value.items() if text})
        else:
            flat[name] = plain(value)
    return flat


def _unflat(result: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Back to the names of ``LineInput``; values keep the type they had on the side they come from."""
    values: dict[str, Any] = {}
    for name in mine:
        if name == "fields":
            cells = {key.removeprefix("fields."): text for key, text in result.items() if key.startswith("fields.")}
            values[name] = {key: text for key, text in cells.items() if text}
        else:
            values[name] = mine[name] if plain(mine[name]) == result.get(name) else theirs[name]
    return values


def plain(value: Any) -> Any:
    """A JSON value for the audit log and for comparing what was typed with what is stored."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, ProcedureContent):
        return canonical_json(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return dict(value) if isinstance(value, Mapping) else value
