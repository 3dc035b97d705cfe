"""``catalogue bench``: the promised budgets, measured in an empty data folder; called through ``bin/bench``."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import func, select

from catalogue import clock
from catalogue.cli import bench_records, bench_search
from catalogue.cli.answers import Refused
from catalogue.cli.bench_history import histories
from catalogue.cli.bench_measures import Figure, first_visit, imports, lists, pages, rehearsal, searches, second_start
from catalogue.cli.bench_redlines import redlines
from catalogue.cli.search import records_in
from catalogue.extensions import db, search
from catalogue.models import Procedure
from catalogue.queries.procedures import Selection, every_row
from search_index.measures import rated

REAL_FILES = ("list.jsonl.gz", "rebuilt.jsonl.gz", "details.jsonl.gz")
MADE_UP = 5_000


@click.command("bench")
@click.option("--data", type=click.Path(path_type=Path), help="Thư mục dữ liệu thật; không có thì tự sinh dữ liệu.")
@click.option("--postgres", metavar="URL", help="Cơ sở dữ liệu PostgreSQL trống, để đo tìm kiếm ở đó nữa.")
@click.option(
    "--questions", type=click.Path(path_type=Path),
    help="Tệp câu hỏi để so với Tantivy và SQLite FTS5; mặc định là tệp của dữ liệu thật.",
)  # fmt: skip
@click.option("--search-only", is_flag=True, help="Chỉ nhập dữ liệu rồi so tìm kiếm.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def bench(data: Path | None, postgres: str | None, questions: Path | None, search_only: bool, as_json: bool) -> None:
    """Đo thời gian, bộ nhớ và dung lượng so với các mức đã định; chỉ chạy trên thư mục dữ liệu trống."""
    with tempfile.TemporaryDirectory() as folder:
        files, known = _material(data, Path(folder))
        questions = questions or known
        figures = imports(files)
        if db.session.scalar(select(func.count()).select_from(Procedure)) == 0:
            raise Refused("Nhập danh mục không thành công nên chưa đo được gì.")
        figures += searches(questions)
        peers = _peers(questions)
        if not search_only:
            figures += _the_rest(data, questions, Path(folder), postgres)
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if as_json:
        plain = {
            "load": round(busy, 2), "cores": cores, "figures": [figure.as_dict() for figure in figures],
            "search": peers, "search_ratios": bench_search.ratios(peers) if peers else {},
        }  # fmt: skip
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{table(figures)}\nMáy {cores} nhân, tải trung bình phút cuối {busy:.1f}.")
        if peers:
            click.echo("\n" + "\n".join(bench_search.lines(peers)))


def _the_rest(data: Path | None, questions: Path | None, folder: Path, postgres: str | None) -> list[Figure]:
    """Everything but imports and searches."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    figures = [figure for measure in (pages, lists, first_visit) for figure in measure(app)]
    return [
        *figures, *rehearsal(), *redlines(data), *histories(questions, folder, postgres), *second_start(folder),
    ]  # fmt: skip


def _peers(questions: Path | None) -> dict[str, Any]:
    """Search beside ready-made engines, on questions whose answers are in the catalogue."""
    if questions is None or not questions.exists():
        return {}
    today = clock.today()
    known = {row.key for row in every_row(db.session(), Selection(today))}
    return bench_search.compared(db.session(), search(), rated(records_in(questions), known), today)


def _material(data: Path | None, folder: Path) -> tuple[list[Path], Path | None]:
    """Files to import and questions to ask: real ones where they are, made up otherwise."""
    if data is not None and (data / "portal-2026").is_dir():
        return [data / "portal-2026" / name for name in REAL_FILES], data / "queries.jsonl"
    made = folder / "records.jsonl"
    bench_records.write(made, MADE_UP)
    return [made], None


def table(figures: list[Figure]) -> str:
    """One line a figure: what, budget, measured, verdict."""
    rows = [("Việc", "Mức", "Đo được", "CPU", "")] + [figure.cells() for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    return "\n".join("  ".join(row).rstrip() for row in padded)


COMMANDS = (bench,)
