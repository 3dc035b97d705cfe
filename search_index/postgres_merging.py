"""Small segments, one for each change, become larger ones, so that a question never asks many."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any

from sqlalchemy import Connection

from search_index import postgres_tables as tables
from search_index.segments import to_merge


def tidy(connection: Connection) -> None:
    """Drop segments of which nothing is left, and merge small ones. The caller has held off rebuilds."""
    rows = connection.exec_driver_sql("SELECT id, size - cardinality(removed) AS left FROM search_segment ORDER BY id")
    sizes: dict[int, int] = {row.id: row.left for row in rows}
    empty = [segment for segment, left in sizes.items() if not left]
    if empty:
        tables.delete(connection, empty)
    for segments in to_merge(sizes):
        merge(connection, segments)


def merge(connection: Connection, segments: Sequence[int]) -> int:
    """Write what is left of these segments into a new one, which takes their place; returns its id."""
    draft = tables.Draft()
    numbers = _renumbered(connection, segments, draft)
    for segment, term, (places, weights) in tables.read_everything(connection, segments):
        renumbered = numbers[segment]
        mapped = [renumbered.get(place, -1) for place in places]
        inside = [number >= 0 for number in mapped]
        if any(inside):
            held = draft.terms.setdefault(term, (array("I"), array("f")))
            held[0].extend(compress(mapped, inside))
            held[1].extend(compress(weights, inside))
    merged = tables.write(connection, draft, {})
    tables.delete(connection, segments)
    return merged


def _renumbered(connection: Connection, segments: Sequence[int], draft: tables.Draft) -> Mapping[int, dict[int, int]]:
    """Copies the documents that are left into the draft; their new numbers by segment and old number."""
    numbers: dict[int, dict[int, int]] = {segment: {} for segment in segments}
    rows: Any = connection.exec_driver_sql(
        """SELECT segment, number, key, procedure, facts, texts FROM search_document JOIN search_segment ON id = segment
           WHERE id = ANY(%s) AND NOT number = ANY(removed) ORDER BY segment, number""",
        (list(segments),),
    )
    for segment, number, key, procedure, facts, texts in rows:
        numbers[segment][number] = len(draft.documents)
        draft.documents.append((key, procedure, facts, bytes(texts)))
    return numbers
