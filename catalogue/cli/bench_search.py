"""Search beside ready-made engines: the same documents, the same questions, the same run.

The peers get what they do best with: text without marks in three fields (name, sector, body), BM25 over all of them,
any word may match. Tantivy (Rust) is measured where it is installed (``requirements-bench.txt``); SQLite's FTS5 is
part of Python.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from catalogue import indexing
from catalogue.words import look_up
from search_index.measures import RatedQuestion, Search, evaluate
from search_index.ports import IndexedDocument, Query, SearchBackend
from search_index.vietnamese import fold, forms

ASKED = 30  # hits behind ten distinct codes
OURS = "catalogue"
MEASURES = ("hit@1", "ndcg@10", "recall@10", "p50_ms", "p95_ms")

Row = tuple[str, str, str, str]  # code, name, sector, body without marks


def compared(
    session: Session, backend: SearchBackend, questions: Sequence[RatedQuestion], today: date
) -> dict[str, dict[str, Any]]:
    """The report of `evaluate` for each engine, ours first; a peer that is not installed is left out."""
    rows = [_row(document) for document in indexing.documents(session) if document.register == "public"]

    def ours(text: str) -> list[str]:
        return [hit.code for hit in look_up(session, backend, Query(text, today, limit=ASKED), today).hits]

    reports = {OURS: evaluate(_warm(ours), questions)}
    with tempfile.TemporaryDirectory() as folder:
        for name, opened in (("Tantivy", _tantivy), ("SQLite FTS5", _fts5)):
            search = opened(rows, folder)
            if search is not None:
                reports[name] = evaluate(_warm(search), questions)
    return reports


def lines(reports: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The reports as a table by tier and kind, and the ratios."""
    yield f"{'Tìm kiếm, cùng câu hỏi':<34}{'câu':>6}" + "".join(f"{name + ' nDCG@10':>22}" for name in reports)
    for part, n, scores in _parts(reports):
        yield f"{part:<34}{n:>6}" + "".join(f"{score['ndcg@10']:>22.3f}" for score in scores)
    for name, report in reports.items():
        told = ", ".join(f"{measure} {report[measure]:.3f}" for measure in MEASURES)
        yield f"{name}: {told}"
    for name, ratio in ratios(reports).items():
        told = ", ".join(f"{measure} gấp {value:.2f} lần" for measure, value in ratio.items())
        yield f"{OURS} so với {name}: {told}"


def ratios(reports: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Ours against each peer: above 1 is better for quality, worse for time."""
    ours = reports[OURS]
    return {
        name: {measure: round(ours[measure] / report[measure], 3) for measure in MEASURES if report[measure]}
        for name, report in reports.items() if name != OURS
    }  # fmt: skip


def _parts(reports: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, int, list[Mapping[str, Any]]]]:
    ours = reports[OURS]
    yield "tất cả", ours["n"], list(reports.values())
    for by in ("by_tier", "by_kind"):
        for name, part in ours[by].items():
            yield f"  {name or '(không ghi)'}", part["n"], [report[by][name] for report in reports.values()]


def _row(document: IndexedDocument) -> Row:
    return document.code, fold(document.name), fold(document.sector), fold(document.body)


def _warm(search: Search) -> Search:
    search("khai sinh")
    return search


def _words(text: str) -> list[str]:
    return [folded for folded, _ in forms(text)]


def _distinct(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _fts5(rows: Iterable[Row], _folder: str) -> Search | None:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE texts USING fts5(code UNINDEXED, name, sector, body)")
    except sqlite3.OperationalError:
        return None
    connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows)

    def search(text: str) -> list[str]:
        wanted = " OR ".join(f'"{word}"' for word in _words(text))
        if not wanted:
            return []
        asked = "SELECT code FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?"
        return _distinct(code for (code,) in connection.execute(asked, (wanted, ASKED)))

    return search


def _tantivy(rows: Iterable[Row], folder: str) -> Search | None:
    try:
        import tantivy
    except ImportError:
        return None
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("code", stored=True, tokenizer_name="raw")
    for field in ("name", "sector", "body"):
        builder.add_text_field(field)
    index = tantivy.Index(builder.build(), path=folder)
    writer = index.writer(64_000_000, 1)
    for code, name, sector, body in rows:
        writer.add_document(tantivy.Document(code=[code], name=[name], sector=[sector], body=[body]))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def code_at(address: Any) -> str:
        return str(searcher.doc(address)["code"][0])

    def search(text: str) -> list[str]:
        wanted = " ".join(_words(text))
        if not wanted:
            return []
        query = index.parse_query(wanted, ["name", "sector", "body"])
        return _distinct(code_at(address) for _, address in searcher.search(query, ASKED).hits)

    return search
