"""What an import brought and we do not model stays with its row, whatever a person does to the row around it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from decisions.content import ProcedureContent


def mark_of(extra: Mapping[str, Any]) -> str:
    """A short mark by which the ``extra`` of a row is found again; empty when there is none."""
    return hashlib.sha256(_text(extra).encode()).hexdigest()[:16] if extra else ""


class ExtraBook:
    """Every ``extra`` of some texts by its mark."""

    def __init__(self, *texts: ProcedureContent | None) -> None:
        self._by_mark = {mark_of(extra): extra for text in texts if text is not None for extra in _extras(text)}

    def of(self, mark: object) -> Mapping[str, Any]:
        """The ``extra`` with this mark; nothing for a mark nobody gave out."""
        return self._by_mark.get(str(mark or ""), {})


def _extras(value: Any) -> Iterator[Mapping[str, Any]]:
    if is_dataclass(value):
        for field in fields(value):
            part = getattr(value, field.name)
            if field.name == "extra":
                if part:
                    yield part
            else:
                yield from _extras(part)
    elif isinstance(value, tuple):
        for item in value:
            yield from _extras(item)


def _text(extra: Mapping[str, Any]) -> str:
    return json.dumps(extra, ensure_ascii=False, sort_keys=True, default=str)
