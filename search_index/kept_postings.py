"""Postings as they were read, the most recently asked for, kept within a bound for the whole process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from search_index.views import Postings

POSTINGS_KEPT = 3_000_000  # eight bytes each
ABSENT = 8  # what remembering that a term does not occur counts for


class KeptPostings:
    """Safe for threads. A shelf never changes, so what is kept is never wrong, only perhaps no longer needed."""

    def __init__(self, most: int = POSTINGS_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Postings | None] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> tuple[bool, Postings | None]:
        """Whether it is known, and what is known: None where the term does not occur."""
        with self._lock:
            if key not in self._kept:
                return False, None
            self._kept.move_to_end(key)
            return True, self._kept[key]

    def put(self, key: Hashable, postings: Postings | None) -> None:
        """Keep, and let go what was not asked for the longest."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = postings
            self._size += _size(postings)
            while self._size > self._most and len(self._kept) > 1:
                self._size -= _size(self._kept.popitem(last=False)[1])


def _size(postings: Postings | None) -> int:
    return ABSENT + (len(postings[0]) if postings else 0)
