"""Where postings gather until a segment is written: two small arrays a term instead of one object a posting."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

Posting = tuple[str, bytes, int, float, bytes]  # field, term, document number, weight, payload


class PostingPool:
    """Takes the place of the pool of a Whoosh writer, which keeps every posting as a tuple and spills to disk.

    Ours have no payload, so a posting takes eight bytes: nothing is spilled and only the terms are sorted, which
    halves the time of writing and needs less memory besides. Documents come in the order of their numbers, those of
    merged segments last, so the numbers of a term are always ascending.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, bytes], tuple[array[int], array[float]]] = {}

    def add(self, item: Posting) -> None:
        """Keep one posting; its payload is empty."""
        field, term, number, weight, _ = item
        held = self._held.get((field, term))
        if held is None:
            held = self._held[field, term] = (array("I"), array("f"))
        held[0].append(number)
        held[1].append(weight)

    def iter_postings(self) -> Iterator[Posting]:
        """Every posting by field, term and document, once: what was given out is forgotten."""
        for name in sorted(self._held):
            for number, weight in zip(*self._held.pop(name), strict=True):
                yield (*name, number, weight, b"")

    def cleanup(self) -> None:
        """Forget everything."""
        self._held.clear()
