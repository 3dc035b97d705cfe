"""Search over a long history: every text in force stands ten times in the index, nine times as what was before.

Measured on Whoosh, and on PostgreSQL where an empty database is given, each asked in a process of its own.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random

from catalogue import clock, indexing
from catalogue.cli.answers import Progress
from catalogue.cli.bench_measures import SENTENCE_WORDS, Figure
from catalogue.config import database_url
from catalogue.extensions import db
from catalogue.synonyms import EXPANSIONS
from search_index import open_backend
from search_index.measures import percentile
from search_index.ports import IndexedDocument, Query, SearchBackend

IN_FORCE, VERSIONS, ASKED, LINES = 5_000, 10, 1_000, 120


def histories(questions: Path | None, folder: Path, postgres: str | None) -> list[Figure]:
    """Building, asking, changing and remembering, on each engine."""
    today = clock.today()
    in_force = [one for one in indexing.documents(db.session()) if one.valid_until is None][:IN_FORCE]
    words, sentences = _questions(questions, in_force)
    figures = []
    engines = {"Whoosh": (f"whoosh:{folder / 'history'}", 40.0)}
    if postgres:
        engines["PostgreSQL"] = (database_url({"DATABASE_URL": postgres}, folder), 30.0)
    for engine, (url, budget) in engines.items():
        backend = open_backend(url, EXPANSIONS)
        figures.append(_built(f"{engine}: lập chỉ mục", backend, list(in_force), today))
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            kept, *measured = pool.submit(_asked, url, words, sentences, today).result()
        figures += [
            Figure(f"{engine}, {VERSIONS} bản mỗi thủ tục: từ khóa, p95", measured[0][0], "ms", 15, measured[0][1]),
            Figure(f"{engine}, {VERSIONS} bản mỗi thủ tục: cả câu, p95", measured[1][0], "ms", budget, measured[1][1]),
            Figure(f"{engine}: bộ nhớ cao nhất của tiến trình tìm kiếm", kept[0], "MB", 200),
            _changed(f"{engine}: lập lại chỉ mục cho quyết định {LINES} dòng", backend, in_force, today),
        ]
    return figures


def _questions(file: Path | None, in_force: Sequence[IndexedDocument]) -> tuple[list[str], list[str]]:
    """Real ones where they are, else made of names."""
    if file is not None and file.exists():
        asked = [json.loads(line)["query"] for line in file.read_text(encoding="utf-8").splitlines()]
    else:
        names = [one.name for one in Random(11).sample(list(in_force), min(ASKED, len(in_force)))]
        asked = [" ".join(name.split()[-3:]) for name in names]
        asked += [f"Tôi muốn hỏi {name.lower()} thì cần giấy tờ gì và nộp ở đâu" for name in names]
    long = {text: len(text.split()) >= SENTENCE_WORDS for text in asked}
    return [t for t in asked if not long[t]][:ASKED], [t for t in asked if long[t]][:ASKED]


def _versions(in_force: Sequence[IndexedDocument], today: date) -> Iterator[IndexedDocument]:
    """Every text as it is, then as it may have stood a year before, two years before, and so on."""
    yield from in_force
    for year in range(1, VERSIONS):
        until = today - timedelta(365 * (year - 1))
        for one in in_force:
            yield replace(
                one, key=f"{one.key}/{year}", valid_from=until - timedelta(365), valid_until=until,
                body=f"{one.body}\nBản của {year} năm trước",
            )  # fmt: skip


def _built(what: str, backend: SearchBackend, in_force: Sequence[IndexedDocument], today: date) -> Figure:
    start, spent = time.perf_counter(), time.process_time()
    with Progress(what, len(in_force) * VERSIONS) as progress:
        count = backend.rebuild(_versions(in_force, today), progress.show)
    seconds, processor = time.perf_counter() - start, time.process_time() - spent
    return Figure(f"{what} {count} nội dung", seconds, "s", 600, processor)


def _asked(
    url: str, words: Sequence[str], sentences: Sequence[str], today: date
) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """In a fresh process: the most memory it took (megabytes), then milliseconds and processor time of both kinds."""
    backend = open_backend(url, EXPANSIONS)
    backend.search(Query("khai sinh", today))
    found = []
    for texts in (words, sentences):
        walls, processor = [], []
        for text in texts:
            start, spent = time.perf_counter(), time.process_time()
            backend.search(Query(text, today, limit=10))
            walls.append((time.perf_counter() - start) * 1000)
            processor.append((time.process_time() - spent) * 1000)
        found.append((percentile(walls, 0.95), percentile(processor, 0.95)))
    return (_most_memory(), 0.0), found[0], found[1]


def _most_memory() -> float:
    """Megabytes. What the system tells of a process begins with the memory of the one that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _changed(what: str, backend: SearchBackend, in_force: Sequence[IndexedDocument], today: date) -> Figure:
    """Each line ends the text in force and brings a new one; all the others of the procedure are handed in as well."""
    chosen = {one.procedure: one for one in Random(5).sample(list(in_force), min(LINES, len(in_force)))}
    changes = {
        procedure: [
            replace(one, key=f"{one.key}/new", valid_from=today, body=f"{one.body}\nSửa đổi, bổ sung"),
            replace(one, valid_until=today), *list(_versions([one], today))[1:],
        ]
        for procedure, one in chosen.items()
    }  # fmt: skip
    backend.revision  # noqa: B018 - a running server has looked at the index before
    start, spent = time.perf_counter(), time.process_time()
    backend.replace_procedures(changes)
    return Figure(what, time.perf_counter() - start, "s", 2, time.process_time() - spent)
