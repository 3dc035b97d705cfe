"""Answers that cost a pass over the whole catalogue are worked out once per revision and kept in this process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g

from catalogue.extensions import db
from catalogue.queries import site

T = TypeVar("T")

KEPT = 64


class Memory:
    """The last answers, least recently used leaving first; safe for threads."""

    def __init__(self, size: int = KEPT) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._parts: dict[str, Memory] = {}
        self._lock = Lock()

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept answer, or a new one; two threads may make the same answer at once, which harms nobody."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made

    def part(self, name: str, size: int) -> Memory:
        """A memory of its own for one kind of answers, so that large ones are few."""
        with self._lock:
            return self._parts.setdefault(name, Memory(size))


def init_app(app: Flask) -> None:
    """Give the application its memory."""
    app.extensions["portal_memory"] = Memory()


def revision() -> str:
    """The catalogue's revision, asked once per request."""
    if "revision" not in g:
        g.revision = site.revision(db.session())
    return str(g.revision)


def remembered(make: Callable[[], T], name: str, *key: Hashable, most: int = 0) -> T:
    """The answer of a name and key for the current revision; of large ones only the ``most`` lately used are kept."""
    memory: Memory = current_app.extensions["portal_memory"]
    return (memory.part(name, most) if most else memory).recall((revision(), name, *key), make)
