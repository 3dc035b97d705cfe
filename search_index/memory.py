"""A back end in memory, for tests and very small sites; what it holds is gone with the process."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

from search_index.engine import Snapshot
from search_index.ports import IndexedDocument, Progress, Query, ResultPage, Searcher
from search_index.question import Expansions, Vocabulary
from search_index.relevance import document_terms
from search_index.shelves import Held, MemoryShelf, analysed
from search_index.validity import Facts


class MemoryBackend:
    """See `ports.SearchBackend`."""

    joins_transactions = False

    def __init__(self, expansions: Expansions | None = None) -> None:
        self._vocabulary = Vocabulary(expansions)
        self._held: Held = {}
        self._changes = 0
        self._snapshot: Snapshot | None = None
        self._lock = threading.RLock()

    @property
    def revision(self) -> str:
        """See `ports.SearchBackend`."""
        return str(self._changes)

    def count(self) -> int:
        """See `ports.SearchBackend`."""
        return len(self._held)

    def replace(self, documents: Iterable[IndexedDocument]) -> None:
        """See `ports.SearchBackend`."""
        added = analysed(documents)
        with self._lock:
            self._switch({**{key: held for key, held in self._held.items() if key not in added}, **added})

    def replace_procedures(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> None:
        """See `ports.SearchBackend`."""
        added = analysed(document for documents in changes.values() for document in documents)
        with self._lock:
            kept = {
                key: held for key, held in self._held.items()
                if held[0].procedure not in changes and key not in added
            }  # fmt: skip
            self._switch({**kept, **added})

    def remove(self, keys: Iterable[str]) -> None:
        """See `ports.SearchBackend`."""
        dropped = set(keys)
        with self._lock:
            self._switch({key: held for key, held in self._held.items() if key not in dropped})

    def rebuild(self, documents: Iterable[IndexedDocument], progress: Progress | None = None) -> int:
        """See `ports.SearchBackend`."""
        held: Held = {}
        for read, document in enumerate(documents, start=1):
            held.setdefault(document.key, (Facts.of(document), document_terms(document)))
            if progress is not None:
                progress(read)
        with self._lock:
            self._switch(held)
        return len(held)

    def search(self, query: Query, vocabulary: Vocabulary | None = None) -> ResultPage:
        """See `ports.SearchBackend`."""
        return self._current().search(query, vocabulary or self._vocabulary)

    def preview(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> Searcher:
        """See `ports.SearchBackend`."""
        return self._current().as_if(changes)

    def _current(self) -> Snapshot:
        with self._lock:
            if self._snapshot is None:
                self._snapshot = Snapshot([MemoryShelf(self._held)], self.revision)
            return self._snapshot

    def _switch(self, held: Held) -> None:
        self._held = held
        self._changes += 1
        self._snapshot = None
