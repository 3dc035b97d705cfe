"""Shelves in memory: of documents just handed in, and of an index as if some of its documents were others."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence

from search_index.ports import IndexedDocument
from search_index.relevance import Terms, document_terms
from search_index.validity import Facts
from search_index.views import Fetch, Name, Postings, Shelf

Held = dict[str, tuple[Facts, Terms]]


def analysed(documents: Iterable[IndexedDocument]) -> Held:
    """Facts and terms of documents by key."""
    return {document.key: (Facts.of(document), document_terms(document)) for document in documents}


class MemoryShelf:
    """Postings of a fixed set of documents."""

    def __init__(self, documents: Held) -> None:
        self.facts: Sequence[Facts | None] = [facts for facts, _ in documents.values()]
        self._postings: dict[Name, Postings] = {}
        for number, (_, terms) in enumerate(documents.values()):
            for kind, weights in terms.items():
                for term, weight in weights.items():
                    numbers, values = self._postings.setdefault((kind, term), (array("I"), array("f")))
                    numbers.append(number)
                    values.append(weight)

    def postings(self, kind: str, term: str) -> Postings | None:
        """See `views.Shelf`."""
        return self._postings.get((kind, term))


class WithoutProcedures:
    """A shelf as if some procedures were not on it."""

    def __init__(self, shelf: Shelf, procedures: Collection[str]) -> None:
        self.shelf = shelf
        self.facts: Sequence[Facts | None] = [
            None if facts is not None and facts.procedure in procedures else facts for facts in shelf.facts
        ]

    def postings(self, kind: str, term: str) -> Postings | None:
        """See `views.Shelf`."""
        return self.shelf.postings(kind, term)


def as_if(
    shelves: Sequence[Shelf], changes: Mapping[str, Sequence[IndexedDocument]], fetch: Fetch
) -> tuple[list[Shelf], Fetch]:
    """The shelves as if each procedure of `changes` had the documents given, and the way to fetch from them."""
    kept = [WithoutProcedures(shelf, changes.keys()) for shelf in shelves]
    added = MemoryShelf(analysed(document for documents in changes.values() for document in documents))

    def fetch_from_both(wanted: Sequence[Shelf], names: Sequence[Name]) -> Sequence[Sequence[Postings | None]]:
        found = iter(fetch([shelf.shelf for shelf in wanted if isinstance(shelf, WithoutProcedures)], names))
        return [
            next(found) if isinstance(shelf, WithoutProcedures) else [shelf.postings(*name) for name in names]
            for shelf in wanted
        ]

    return [*kept, added], fetch_from_both
