"""The back end for several machines: postings kept in PostgreSQL, ranked by the same engine as everywhere else.

An index in the application's own database joins its transactions: what is committed is searchable at once on every
machine, and a page reads catalogue and index as of one moment. A rebuild is one transaction beside the live index; it
keeps what others write meanwhile, and a killed one leaves nothing. Every process keeps the facts of all documents and
the postings asked for lately; before each question it looks at one row to see whether they are still right.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from search_index import postgres_merging
from search_index import postgres_tables as tables
from search_index.condition import BUSY, DAMAGED, MISSING, OUTDATED, SCHEMA_VERSION
from search_index.engine import Snapshot
from search_index.kept_postings import KeptPostings
from search_index.ports import IndexBusy, IndexedDocument, IndexUnusable, Progress, Query, ResultPage, Searcher
from search_index.postgres_access import Access
from search_index.question import Expansions, Vocabulary
from search_index.segments import Cutting
from search_index.validity import Facts
from search_index.views import Name, Postings, Shelf

LOCK_TIMEOUT = 10.0  # seconds
# The current state, and the one a page still reads that began before the last change.
SNAPSHOTS_KEPT = 2
# A merge or a rebuild may take segments away between looking and reading; then one looks again.
LOOKS = 8


@dataclass(frozen=True)
class State:
    """The one row of `search_state`."""

    schema: str
    revision: str


class SegmentsGone(IndexUnusable):
    """Segments that were there a moment ago are not."""


class PostgresShelf:
    """One segment as the engine sees it."""

    def __init__(self, backend: PostgresBackend, segment: int, held: Sequence[Facts], removed: Iterable[int]) -> None:
        self.segment = segment
        self.held = held
        self._backend = backend
        self.facts: Sequence[Facts | None] = list(held)
        for number in removed:
            self.facts[number] = None

    def postings(self, kind: str, term: str) -> Postings | None:
        """See `views.Shelf`."""
        return self._backend.fetch([self], [(kind, term)])[0][0]


class PostgresBackend:
    """See `ports.SearchBackend`. `lock_timeout` is in seconds."""

    def __init__(
        self, access: Access, expansions: Expansions | None = None, lock_timeout: float = LOCK_TIMEOUT
    ) -> None:
        self._access = access
        self._vocabulary = Vocabulary(expansions)
        self._lock_timeout = lock_timeout
        self._snapshots: OrderedDict[str, Snapshot] = OrderedDict()
        self._postings = KeptPostings()
        self._loading = threading.Lock()
        self._laid_out = False

    @property
    def joins_transactions(self) -> bool:
        """See `ports.SearchBackend`."""
        return self._access.shared

    @property
    def revision(self) -> str:
        """See `ports.SearchBackend`."""
        with self._access.reading() as connection:
            return self._state(connection).revision

    def count(self) -> int:
        """See `ports.SearchBackend`."""
        return self._fresh().count()

    def search(self, query: Query, vocabulary: Vocabulary | None = None) -> ResultPage:
        """See `ports.SearchBackend`."""
        words = vocabulary or self._vocabulary
        for _ in range(LOOKS - 1):
            with suppress(SegmentsGone):
                return self._look().search(query, words)
        return self._look().search(query, words)

    def preview(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> Searcher:
        """See `ports.SearchBackend`."""
        return self._fresh().as_if(changes)

    def replace(self, documents: Iterable[IndexedDocument]) -> None:
        """See `ports.SearchBackend`."""
        added = {document.key: document for document in documents}
        self._change((), added, added.values())

    def replace_procedures(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> None:
        """See `ports.SearchBackend`."""
        added = {document.key: document for documents in changes.values() for document in documents}
        self._change(changes, added, added.values())

    def remove(self, keys: Iterable[str]) -> None:
        """See `ports.SearchBackend`."""
        self._change((), keys, ())

    def rebuild(self, documents: Iterable[IndexedDocument], progress: Progress | None = None) -> int:
        """See `ports.SearchBackend`."""
        with self._access.writing() as connection:
            self._await_rebuild(connection)
            tables.lay_out(connection)
            old = tables.segments(connection)
            written = Rebuild(connection)
            for read, document in enumerate(documents, start=1):
                written.add(document)
                if progress is not None:
                    progress(read)
            written.close()
            written.switch(old)
            return len(written.seen)

    def fetch(self, shelves: Sequence[Shelf], names: Sequence[Name]) -> Sequence[Sequence[Postings | None]]:
        """The postings of these terms on these shelves; what is not kept is read in one journey."""
        held: dict[tuple[int, Name], Postings | None] = {}
        missing: set[tuple[int, Name]] = set()
        segments = [shelf.segment for shelf in shelves if isinstance(shelf, PostgresShelf)]
        for segment in segments:
            for name in names:
                known, postings = self._postings.get((segment, name))
                if known:
                    held[segment, name] = postings
                else:
                    missing.add((segment, name))
        if missing:
            wanted = sorted({segment for segment, _ in missing})
            with self._access.reading() as connection:
                read = tables.read_postings(connection, wanted, list({name for _, name in missing}))
            if read is None:
                raise SegmentsGone(DAMAGED.format(reason="search_segment"))
            for segment, name in missing:
                held[segment, name] = read[segment].get(name)
                self._postings.put((segment, name), held[segment, name])
        return [[held[segment, name] for name in names] for segment in segments]

    def _state(self, connection: Connection, lock: str = "") -> State:
        if not self._laid_out:
            found = tables.layout(connection)
            if found is None:
                raise IndexUnusable(MISSING)
            if found != tables.LAYOUT_MARK:
                raise IndexUnusable(OUTDATED.format(found=found or "?", wanted=tables.LAYOUT_MARK))
        self._laid_out = True
        row = connection.exec_driver_sql(f"SELECT schema, revision FROM search_state {lock}").one_or_none()  # noqa: S608
        if row is None:
            raise IndexUnusable(MISSING)
        state = State(*row)
        if state.schema != SCHEMA_VERSION:
            raise IndexUnusable(OUTDATED.format(found=state.schema, wanted=SCHEMA_VERSION))
        return state

    def _fresh(self) -> Snapshot:
        for _ in range(LOOKS - 1):
            with suppress(SegmentsGone):
                return self._look()
        return self._look()

    def _look(self) -> Snapshot:
        """The snapshot of the current state, loaded when this process has not seen it yet."""
        with self._access.reading() as connection:
            state = self._state(connection)
            with self._loading:
                if state.revision not in self._snapshots:
                    snapshot = self._load(connection)
                    self._snapshots[snapshot.revision] = snapshot
                    while len(self._snapshots) > SNAPSHOTS_KEPT:
                        self._snapshots.popitem(last=False)
                    return snapshot
                self._snapshots.move_to_end(state.revision)
                return self._snapshots[state.revision]

    def _load(self, connection: Connection) -> Snapshot:
        """State and segments by one statement, so that they belong together; facts only of segments not known yet."""
        rows = connection.exec_driver_sql(
            "SELECT revision, id, size, removed FROM search_state LEFT JOIN search_segment ON true ORDER BY id"
        ).all()
        known = {
            shelf.segment: shelf.held
            for snapshot in self._snapshots.values() for shelf in snapshot.shelves if isinstance(shelf, PostgresShelf)
        }  # fmt: skip
        present = [row for row in rows if row.id is not None]
        read = tables.read_facts(connection, [row.id for row in present if row.id not in known])
        shelves = []
        for row in present:
            held = known[row.id] if row.id in known else read[row.id]
            if len(held) != row.size:
                raise SegmentsGone(DAMAGED.format(reason="search_segment"))
            shelves.append(PostgresShelf(self, row.id, held, row.removed))
        return Snapshot(shelves, rows[0].revision, self.fetch)

    def _await_rebuild(self, connection: Connection) -> None:
        """Until the transaction ends, no other rebuild and no merge."""
        deadline = time.monotonic() + self._lock_timeout
        while not tables.hold_rebuilds_off(connection):
            if time.monotonic() >= deadline:
                raise IndexBusy(BUSY)
            time.sleep(0.05)

    def _change(self, procedures: Iterable[str], keys: Iterable[str], added: Iterable[IndexedDocument]) -> None:
        dropped = {"procedures": list(procedures), "keys": list(keys)}
        waiting = {document.key: document for document in added}
        with self._access.writing() as connection:
            self._hold_state(connection)
            gone: dict[int, list[int]] = {}
            for row in tables.documents_of(connection, dropped):
                document = waiting.get(row.key)
                if document is not None and tables.is_unchanged(row, document):
                    del waiting[row.key]
                else:
                    gone.setdefault(row.segment, []).append(row.number)
            if not (gone or waiting):
                return
            tables.remove(connection, gone)
            alone = tables.hold_rebuilds_off(connection)
            if waiting or not alone:  # a rebuild at work finds here what to leave out
                tables.write(connection, tables.Draft.of(waiting.values()), dropped)
            if alone:
                postgres_merging.tidy(connection)
            tables.set_state(connection)

    def _hold_state(self, connection: Connection) -> None:
        """Wait for other changes, not for longer than promised."""
        timeout = f"{int(self._lock_timeout * 1000)}ms"
        connection.exec_driver_sql("SELECT set_config('lock_timeout', %s, true)", (timeout,))
        self._state(connection, "FOR UPDATE")
        connection.exec_driver_sql("SELECT set_config('lock_timeout', '0', true)")


class Rebuild:
    """Writes segments beside the live ones."""

    def __init__(self, connection: Connection) -> None:
        self.segments: list[int] = []
        self.seen: set[str] = set()
        self._connection = connection
        self._draft = tables.Draft()
        self._cutting = Cutting()

    def add(self, document: IndexedDocument) -> None:
        """One more; a key seen before is passed over."""
        if document.key in self.seen:
            return
        self.seen.add(document.key)
        if self._cutting.begins_anew(document):
            self.close()
        self._draft.add(document)

    def close(self) -> None:
        """Write the segment at hand."""
        if self._draft.documents:
            self.segments.append(tables.write(self._connection, self._draft, {}))
            self._draft = tables.Draft()

    def switch(self, old: Sequence[int]) -> None:
        """Put these segments in the place of the old ones; what others changed meanwhile stands."""
        connection = self._connection
        connection.exec_driver_sql(
            "INSERT INTO search_state (schema, revision) VALUES (%s, '') ON CONFLICT DO NOTHING", (SCHEMA_VERSION,)
        )
        connection.exec_driver_sql("SELECT 1 FROM search_state FOR UPDATE")
        for dropped in tables.dropped_by_others(connection, [*old, *self.segments]):
            gone: dict[int, list[int]] = {}
            for row in tables.documents_of(connection, dropped, self.segments):
                gone.setdefault(row.segment, []).append(row.number)
            tables.remove(connection, gone)
        tables.delete(connection, old)
        tables.set_state(connection)
        connection.exec_driver_sql("ANALYZE search_segment, search_document, search_posting")
