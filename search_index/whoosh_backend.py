"""The embedded back end: postings kept on disk by Whoosh. Only this module and `whoosh_shelves` import whoosh.

A folder holds `current` (one line: schema version, name of the build, number of the change), `lock`, and one folder
for each build. Readers look at `current` before every question; writers hold `lock`. A rebuild fills a new folder,
brings it to disk and then replaces `current` in one step, so one killed on the way leaves the old build answering.
Whoosh stores and merges the postings; ranking is `engine`'s, the same as in memory.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from whoosh import fields, formats, index
from whoosh.analysis import IDAnalyzer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader
from whoosh.util.filelock import FileLock
from whoosh.writing import IndexWriter

from search_index.condition import (
    BUSY,
    DAMAGED,
    FAILED,
    FULL,
    MISSING,
    NO_RIGHT,
    OUTDATED,
    READ_ONLY,
    SCHEMA_VERSION,
)
from search_index.engine import Snapshot
from search_index.kept_postings import KeptPostings
from search_index.ports import (
    IndexBusy,
    IndexedDocument,
    IndexFailed,
    IndexUnusable,
    Progress,
    Query,
    ResultPage,
    Searcher,
)
from search_index.posting_pool import PostingPool
from search_index.question import Expansions, Vocabulary
from search_index.relevance import ALL_KINDS, document_terms
from search_index.segments import Cutting, texts_digest, to_merge
from search_index.validity import Facts
from search_index.whoosh_shelves import WhooshShelf, read_shelf

LOCK_TIMEOUT = 10.0  # seconds

NO_ROOM = dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FULL)
REASONS = {**NO_ROOM, errno.EACCES: NO_RIGHT, errno.EROFS: READ_ONLY}


class WeightedTerms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms and weights were computed by us: {term: weight}."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=IDAnalyzer(), scorable=False, stored=False)

    def index(self, value: Any, **kwargs: Any) -> Generator[tuple[bytes, int, float | int, bytes], Any, None]:
        """The (term, frequency, weight, payload) tuples that Whoosh stores."""
        for term, weight in value.items():
            yield term.encode(), 1, weight, b""


def _schema() -> fields.Schema:
    return fields.Schema(facts=fields.STORED(), texts=fields.STORED(), **{kind: WeightedTerms() for kind in ALL_KINDS})


@dataclass(frozen=True)
class Pointer:
    """What `current` says."""

    version: str
    build: str
    change: int

    @classmethod
    def parse(cls, line: str) -> Pointer:
        """Raises IndexUnusable for a line that is not a pointer or is of another schema."""
        parts = line.split()
        if len(parts) != 3 or not parts[2].isdigit():
            raise IndexUnusable(DAMAGED.format(reason="current"))
        if parts[0] != SCHEMA_VERSION:
            raise IndexUnusable(OUTDATED.format(found=parts[0], wanted=SCHEMA_VERSION))
        return cls(parts[0], parts[1], int(parts[2]))

    def __str__(self) -> str:
        return f"{self.version} {self.build} {self.change}"


class WhooshBackend:
    """See `ports.SearchBackend`. `lock_timeout` is in seconds."""

    joins_transactions = False

    def __init__(
        self, folder: str | Path, expansions: Expansions | None = None, lock_timeout: float = LOCK_TIMEOUT
    ) -> None:
        self._folder = Path(folder)
        self._vocabulary = Vocabulary(expansions)
        self._lock_timeout = lock_timeout
        self._seen: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._segments: dict[str, WhooshShelf] = {}
        self._kept = KeptPostings()
        self._loading = threading.RLock()

    @property
    def revision(self) -> str:
        """See `ports.SearchBackend`."""
        return self._fresh().revision

    def count(self) -> int:
        """See `ports.SearchBackend`."""
        return self._fresh().count()

    def search(self, query: Query, vocabulary: Vocabulary | None = None) -> ResultPage:
        """See `ports.SearchBackend`."""
        words = vocabulary or self._vocabulary
        try:
            return self._fresh().search(query, words)
        except IndexUnusable:
            # The files of a build or segment may have been taken away between looking and reading: look once more.
            self._forget()
            return self._fresh().search(query, words)

    def preview(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> Searcher:
        """See `ports.SearchBackend`."""
        return self._fresh().as_if(changes)

    def replace(self, documents: Iterable[IndexedDocument]) -> None:
        """See `ports.SearchBackend`."""
        added = {document.key: document for document in documents}
        self._change(lambda facts: facts.key in added, added.values())

    def replace_procedures(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> None:
        """See `ports.SearchBackend`."""
        added = {document.key: document for documents in changes.values() for document in documents}
        self._change(lambda facts: facts.procedure in changes or facts.key in added, added.values())

    def remove(self, keys: Iterable[str]) -> None:
        """See `ports.SearchBackend`."""
        dropped = frozenset(keys)
        self._change(lambda facts: facts.key in dropped, ())

    def rebuild(self, documents: Iterable[IndexedDocument], progress: Progress | None = None) -> int:
        """See `ports.SearchBackend`."""
        with _told(), self._locked():
            self._remove_builds(keep=self._current_build())
            name = f"build-{uuid.uuid4().hex[:12]}"
            build = self._folder / name
            try:
                count = self._fill(build, documents, progress)
                _bring_to_disk(build)
                self._point_to(Pointer(SCHEMA_VERSION, name, 0))
            except BaseException:
                shutil.rmtree(build, ignore_errors=True)
                raise
            self._remove_builds(keep=name)
        return count

    def _fill(self, build: Path, documents: Iterable[IndexedDocument], progress: Progress | None) -> int:
        build.mkdir()
        opened = index.create_in(str(build), _schema())
        keys: set[str] = set()
        cutting = Cutting()
        writer = _writer(opened)
        try:
            for read, document in enumerate(documents, start=1):
                if document.key not in keys:
                    if cutting.begins_anew(document):
                        writer.commit(merge=False)
                        writer = _writer(opened)
                    keys.add(document.key)
                    _add(writer, document)
                if progress is not None:
                    progress(read)
            writer.commit(merge=False)
        except BaseException:
            _abandon(writer)
            raise
        return len(keys)

    def _change(self, drops: Callable[[Facts], bool], added: Iterable[IndexedDocument]) -> None:
        with _told(), self._locked():
            pointer = self._pointer()
            opened = self._open(pointer)
            waiting = {document.key: document for document in added}
            dropped = self._replaced(opened, drops, waiting)
            if not (dropped or waiting):
                return
            writer = _writer(opened)
            try:
                for number in dropped:
                    writer.delete_document(number)
                for document in waiting.values():
                    _add(writer, document)
                writer.commit(mergetype=_merge)
            except BaseException:
                _abandon(writer)
                raise
            _bring_to_disk(self._folder / pointer.build)
            self._point_to(Pointer(pointer.version, pointer.build, pointer.change + 1))

    def _replaced(
        self, opened: index.FileIndex, drops: Callable[[Facts], bool], waiting: dict[str, IndexedDocument]
    ) -> list[int]:
        """Numbers of the documents that have to go. What is held as it would be written stays, and no longer waits."""
        dropped = []
        with opened.reader() as reader:
            for number, facts in enumerate(self._fresh().everything):
                if facts is None or not drops(facts):
                    continue
                document = waiting.get(facts.key)
                same = document is not None and facts == Facts.of(document)
                if document and same and reader.stored_fields(number).get("texts") == texts_digest(document):
                    del waiting[facts.key]
                else:
                    dropped.append(number)
        return dropped

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self._folder / "lock"))
        deadline = time.monotonic() + self._lock_timeout
        while not lock.acquire():
            if time.monotonic() >= deadline:
                raise IndexBusy(BUSY)
            time.sleep(0.02)
        try:
            yield
        finally:
            lock.release()

    def _pointer(self) -> Pointer:
        try:
            return Pointer.parse((self._folder / "current").read_text("utf-8"))
        except FileNotFoundError:
            raise IndexUnusable(MISSING) from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexUnusable(DAMAGED.format(reason="current")) from error

    def _current_build(self) -> str:
        try:
            return self._pointer().build
        except IndexUnusable:
            return ""

    def _point_to(self, pointer: Pointer) -> None:
        beside = self._folder / "current.new"
        with beside.open("w", encoding="utf-8") as file:
            file.write(str(pointer))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._folder / "current")
        _sync_folder(self._folder)

    def _remove_builds(self, keep: str) -> None:
        for build in self._folder.glob("build-*"):
            if build.name != keep:
                shutil.rmtree(build, ignore_errors=True)

    def _open(self, pointer: Pointer) -> index.FileIndex:
        try:
            # Mapped into memory, Whoosh would copy every segment whole; history alone is a hundred megabytes.
            return FileStorage(str(self._folder / pointer.build), supports_mmap=False).open_index()
        except Exception as error:
            raise IndexUnusable(DAMAGED.format(reason=type(error).__name__)) from error

    def _forget(self) -> None:
        with self._loading:
            self._seen, self._snapshot, self._segments = None, None, {}

    def _fresh(self) -> Snapshot:
        """The snapshot of what `current` names now, loaded again only when it was replaced."""
        try:
            stat = (self._folder / "current").stat()
        except FileNotFoundError:
            raise IndexUnusable(MISSING) from None
        except OSError as error:
            raise IndexUnusable(DAMAGED.format(reason="current")) from error
        seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        snapshot = self._snapshot
        if snapshot is not None and seen == self._seen:
            return snapshot
        with self._loading:
            if self._snapshot is None or seen != self._seen:
                self._snapshot = self._load()
                self._seen = seen
            return self._snapshot

    def _load(self) -> Snapshot:
        pointer = self._pointer()
        opened = self._open(pointer)
        try:
            leaves = opened.reader().leaf_readers()
            segments: dict[str, WhooshShelf] = {}
            for leaf, _ in leaves:
                if (segment := leaf.segment()) is not None:  # an index without documents has no segment
                    name = segment.segment_id()
                    segments[name] = read_shelf(leaf, self._segments.get(name), self._kept)
        except Exception as error:
            raise IndexUnusable(DAMAGED.format(reason=type(error).__name__)) from error
        self._segments = segments
        return Snapshot(list(segments.values()), f"{pointer.build}.{pointer.change}")


def _writer(opened: index.FileIndex) -> IndexWriter:
    # Large blocks as they are: a common word has one or two to read instead of forty to unpack.
    writer = opened.writer(codec=W3Codec(blocklimit=4_096, compression=0))
    writer.pool = PostingPool()
    return writer


def _add(writer: IndexWriter, document: IndexedDocument) -> None:
    facts = json.dumps(astuple(Facts.of(document)), ensure_ascii=False)
    terms = {kind: found for kind, found in document_terms(document).items() if found}
    writer.add_document(facts=facts, texts=texts_digest(document), **terms)


def _merge(writer: IndexWriter, segments: list[Any]) -> list[Any]:
    """The segments that stay as they are; the others are written into the new one."""
    sizes = {segment: segment.doc_count() for segment in segments}
    merged = [segment for group in to_merge(sizes) for segment in group]
    for segment in merged:
        with SegmentReader(writer.storage, writer.schema, segment) as reader:
            writer.add_reader(reader)
    return [segment for segment in segments if segment not in merged and segment.doc_count()]


def _abandon(writer: IndexWriter) -> None:
    """Give up a writer that may already be broken; what it wrote is cleaned by the next one."""
    with suppress(Exception):  # the first error is the one to tell
        if not writer.is_closed:
            writer.cancel()
    # A file with unwritten bytes would complain once more, on stderr, when it is collected.
    for part in (writer.fieldwriter, writer.perdocwriter):
        for held in vars(part).values():
            with suppress(Exception):
                getattr(held, "dbfile", held).close()


@contextmanager
def _told() -> Iterator[None]:
    """Tell a failure of the disk as the port promises."""
    try:
        yield
    except OSError as error:
        reason = REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
        raise IndexFailed(FAILED.format(reason=reason)) from error


def _bring_to_disk(folder: Path) -> None:
    for path in filter(Path.is_file, folder.iterdir()):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
