"""``catalogue bench``: the promised budgets, measured in an empty data folder; called through ``bin/bench``."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import func, select

from catalogue.cli import bench_records
from catalogue.cli.answers import Refused
from catalogue.cli.bench_history import histories
from catalogue.cli.bench_measures import Figure, first_visit, imports, lists, pages, rehearsal, searches, second_start
from catalogue.cli.bench_redlines import redlines
from catalogue.extensions import db
from catalogue.models import Procedure

REAL_FILES = ("list.jsonl.gz", "rebuilt.jsonl.gz", "details.jsonl.gz")
MADE_UP = 5_000


@click.command("bench")
@click.option("--data", type=click.Path(path_type=Path), help="Thư mục dữ liệu thật; không có thì tự sinh dữ liệu.")
@click.option("--postgres", metavar="URL", help="Cơ sở dữ liệu PostgreSQL trống, để đo tìm kiếm ở đó nữa.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def bench(data: Path | None, postgres: str | None, as_json: bool) -> None:
    """Đo thời gian, bộ nhớ và dung lượng so với các mức đã định; chỉ chạy trên thư mục dữ liệu trống."""
    with tempfile.TemporaryDirectory() as folder:
        files, questions = _material(data, Path(folder))
        figures = imports(files)
        if db.session.scalar(select(func.count()).select_from(Procedure)) == 0:
            raise Refused("Nhập danh mục không thành công nên chưa đo được gì.")
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        for measure in (pages, lists, first_visit):
            figures += measure(app)
        figures += searches(questions)
        figures += rehearsal()
        figures += redlines(data)
        figures += histories(questions, Path(folder), postgres)
        figures += second_start(Path(folder))
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if as_json:
        plain = {"load": round(busy, 2), "cores": cores, "figures": [figure.as_dict() for figure in figures]}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{table(figures)}\nMáy {cores} nhân, tải trung bình phút cuối {busy:.1f}.")


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
