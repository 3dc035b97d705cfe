"""How an index on disk is divided, whatever holds it: when a rebuild begins a new segment, and when small ones merge.

Documents of a rebuild should come in the order in which they are asked for: first what is open, then what ended last.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Hashable, Mapping
from typing import TypeVar

from search_index.ports import IndexedDocument

# Documents. Where the periods that have ended begin, segments are short at first: the few that end in the days to come
# stand there, and a question about today should not fetch long lists for them.
LONGEST, FIRST_OF_THE_ENDED = 8_192, 512
# Segments of changes merge when so many are of one size, as long as that takes a moment.
MERGED_AT_ONCE, LARGEST_MERGED = 8, 512

Segment = TypeVar("Segment", bound=Hashable)


class Cutting:
    """Decides, document by document, where a segment ends."""

    def __init__(self) -> None:
        self._longest = LONGEST
        self._ended = False
        self._held = 0

    def begins_anew(self, document: IndexedDocument) -> bool:
        """Whether this document, the next one, begins a segment. The first of all does not: its segment is open."""
        self._held += 1
        if document.valid_until is not None and not self._ended:
            self._ended, self._longest = True, FIRST_OF_THE_ENDED
            begins = self._held > 1
        else:
            begins = self._held > self._longest
            if begins and self._ended:
                self._longest = min(2 * self._longest, LONGEST)
        if begins:
            self._held = 1
        return begins


def to_merge(sizes: Mapping[Segment, int]) -> list[list[Segment]]:
    """Groups of segments of about one size that are to become one, of all segments and their numbers of documents."""
    tiers: dict[int, list[Segment]] = {}
    for segment, size in sizes.items():
        if 0 < size <= LARGEST_MERGED:
            tiers.setdefault(int(math.log(size, MERGED_AT_ONCE)), []).append(segment)
    return [segments for segments in tiers.values() if len(segments) >= MERGED_AT_ONCE]


def texts_digest(document: IndexedDocument) -> bytes:
    """Two documents with one digest are found by the same terms."""
    texts = (
        document.code, document.name, document.friendly_name, document.keywords, document.body, document.sector,
        document.agency, document.decision_numbers,
    )  # fmt: skip
    return hashlib.blake2b(json.dumps(texts).encode(), digest_size=16).digest()
