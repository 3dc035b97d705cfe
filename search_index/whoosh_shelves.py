"""Segments of a Whoosh index as shelves of postings."""

from __future__ import annotations

import json
import threading
import weakref
from array import array
from collections.abc import Sequence
from itertools import accumulate

from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.reading import IndexReader, TermNotFound

from search_index.condition import DAMAGED
from search_index.kept_postings import KeptPostings
from search_index.ports import IndexUnusable
from search_index.validity import Facts
from search_index.views import Postings


class SegmentPostings:
    """The postings of one Whoosh segment, decoded when first asked for. A segment never changes, so they are kept."""

    def __init__(self, reader: IndexReader, kept: KeptPostings) -> None:
        self._reader = reader
        self._kept = kept
        self._mark = object()  # a segment's name may come again after a rebuild
        # A Whoosh reader moves one file position about; two threads would read each other's blocks.
        self._lock = threading.Lock()
        # Snapshots share it, so nobody else knows when the last question is answered.
        weakref.finalize(self, reader.close)

    def postings(self, kind: str, term: str) -> Postings | None:
        """Raises IndexUnusable when the files are damaged or were taken away."""
        name = (self._mark, kind, term)
        known, found = self._kept.get(name)
        if known:
            return found
        try:
            with self._lock:
                found = self._decode(kind, term)
        except Exception as error:
            raise IndexUnusable(DAMAGED.format(reason=type(error).__name__)) from error
        self._kept.put(name, found)
        return found

    def _decode(self, kind: str, term: str) -> Postings | None:
        try:
            matcher = self._reader.postings(kind, term.encode())
        except TermNotFound:
            return None
        numbers, weights = array("I"), array("f")
        while matcher.is_active():
            if isinstance(matcher, W3LeafMatcher):
                # A block at a time: asking for one posting after the other takes ten times as long.
                matcher._read_data()
                matcher._read_weights()
                numbers.extend(accumulate(matcher._data[0]))  # kept as distances
                weights.extend(matcher._weights)
                matcher._next_block()
            else:
                numbers.append(matcher.id())
                weights.append(matcher.weight())
                matcher.next()
        return numbers, weights


class WhooshShelf:
    """One segment as the engine sees it: facts without the removed documents, and postings."""

    def __init__(self, held: Sequence[Facts], removed: frozenset[int], kept: SegmentPostings) -> None:
        self.held = held
        self.kept = kept
        self.facts: Sequence[Facts | None] = (
            [None if number in removed else facts for number, facts in enumerate(held)] if removed else held
        )

    def postings(self, kind: str, term: str) -> Postings | None:
        """See `views.Shelf`."""
        return self.kept.postings(kind, term)


def read_shelf(leaf: IndexReader, known: WhooshShelf | None, kept: KeptPostings) -> WhooshShelf:
    """The shelf of a segment, with what is already known of it; the leaf is closed when nobody reads it any more."""
    removed = frozenset(leaf.segment().deleted_docs())
    if known is not None:
        leaf.close()
        return WhooshShelf(known.held, removed, known.kept)
    held = [Facts.from_row(json.loads(leaf.stored_fields(number)["facts"])) for number in range(leaf.doc_count_all())]
    return WhooshShelf(held, removed, SegmentPostings(leaf, kept))
