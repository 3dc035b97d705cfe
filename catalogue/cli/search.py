"""``catalogue search TEXT``, ``search eval`` and ``search rebuild``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from catalogue import clock, indexing, words
from catalogue.cli import refusals, search_explanation, search_quality
from catalogue.cli.answers import Refused, Whole, answer, as_json, remark
from catalogue.cli.days import on_option
from catalogue.cli.writing import rebuild_index
from catalogue.extensions import db, search
from catalogue.glossary import LEVELS
from catalogue.judgements import questions
from catalogue.queries.procedures import Selection, every_row, rows_of_versions
from search_index.measures import rated
from search_index.ports import Hit, Query, SearchError
from search_index.vietnamese import clean

LONGEST_TEXT = 300  # characters, as on the page


class TextFirst(click.Group):
    """A group whose first word is a question unless it is the name of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command ``text`` before a question."""
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["text", *args]
        return super().parse_args(ctx, args)


@click.group("search", cls=TextFirst)
def group() -> None:
    """Tìm thủ tục: catalogue search "đăng ký khai sinh"."""


@group.command("text")
@click.argument("typed", nargs=-1, required=True, metavar="TEXT")
@on_option
@click.option("--limit", type=Whole(1, 1000), default=10, show_default=True, help="Số kết quả.")
@click.option("--explain", is_flag=True, help="Mỗi phần của điểm: chữ nào, ở đâu, thêm bao nhiêu.")
@as_json
def text(typed: tuple[str, ...], on: date | None, limit: int, explain: bool, as_json: bool) -> None:
    """Các thủ tục phù hợp nhất, mỗi dòng một thủ tục."""
    day = on or clock.today()
    asked = clean(" ".join(typed))
    if len(asked) > LONGEST_TEXT:
        remark(f"Câu tìm dài {len(asked)} ký tự; chỉ dùng {LONGEST_TEXT} ký tự đầu.")
    # An empty catalogue has no index yet; before ``init`` counting fails, which is told.
    findable = indexing.total(db.session()) and _has_words(asked)
    query = Query(asked[:LONGEST_TEXT], day, limit=limit, explain=explain)
    hits = _ask(query) if findable else ()
    rows = rows_of_versions(db.session(), [indexing.version_of(hit.key) for hit in hits], day)
    pairs = [(rows[indexing.version_of(hit.key)], hit) for hit in hits if indexing.version_of(hit.key) in rows]
    value: list[dict[str, Any]] = [
        {"code": r.key, "name": r.name, "level": r.level, "score": round(h.score, 4)} for r, h in pairs
    ]
    lines = [f"{r.key:<12} {LEVELS[r.level]:<16} {r.name}" for r, _ in pairs]
    if explain:
        for place, (_, hit) in enumerate(pairs):
            value[place]["parts"] = parts = search_explanation.explained(db.session(), hit, query.text)
            lines[place] += f"\n    {hit.score:9.2f}  điểm\n{search_explanation.told(parts)}"
    answer(value, "\n".join(lines) or _nothing(asked), as_json=as_json)


@group.command("eval")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--cross-validate", "across", is_flag=True,
    help="Chấm câu hỏi của từng nguồn mà bỏ những nhóm từ thường ngày chỉ giúp riêng nguồn ấy. Trọng số xếp hạng "
    "không khớp lại.",
)  # fmt: skip
@on_option
@as_json
def evaluate_questions(file: Path | None, across: bool, on: date | None, as_json: bool) -> None:
    """Đo chất lượng trên tệp câu hỏi có đáp án (mỗi dòng: query, codes, tier; thêm kind, source nếu có).

    Không ghi tệp thì dùng bộ câu hỏi đi kèm chương trình.
    """
    day = on or clock.today()
    known = {row.key for row in every_row(db.session(), Selection(day))}
    records = records_in(file) if file else [vars(judged) for judged in questions()]
    asked = rated(records, known)
    try:
        if across:
            found = search_quality.cross_validated(search(), asked, day)
        else:
            vocabulary = words.vocabulary(db.session(), clock.today())
            found = search_quality.measured(search(), vocabulary, records, asked, day)
    except SearchError as error:
        raise Refused(f"{error} Chạy: catalogue search rebuild.") from None
    answer(found, "\n".join(_report(found)), as_json=as_json)


@group.command("rebuild")
@as_json
def rebuild(as_json: bool) -> None:
    """Lập lại toàn bộ chỉ mục bên cạnh bản đang dùng rồi thay thế."""
    try:
        count = rebuild_index(db.session())
    except SearchError as error:
        raise Refused(str(error)) from None
    answer({"documents": count}, f"Đã lập chỉ mục {count} nội dung.", as_json=as_json)


def _has_words(asked: str) -> bool:
    return any(sign.isalnum() for sign in asked)


def _nothing(asked: str) -> str:
    if not _has_words(asked):
        return f"Câu tìm «{asked}» không có chữ hay số nào; viết tên thủ tục, mã số hoặc số quyết định."
    return "Chưa tìm thấy thủ tục phù hợp. Thử viết ngắn hơn."


def _ask(query: Query) -> Sequence[Hit]:
    try:
        return words.look_up(db.session(), search(), query, clock.today()).hits
    except SearchError as error:
        raise Refused(f"{error} Chạy: catalogue search rebuild.") from None


def records_in(file: Path) -> list[dict[str, Any]]:
    """The questions of a file, one a line; refused with the first line that is none."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise Refused(f"Chưa đọc được tệp «{file}»: {refusals.reason(error)}.") from None
    except UnicodeDecodeError as error:
        raise Refused(f"Tệp «{file}» không phải chữ UTF-8, từ byte thứ {error.start + 1}.") from None
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not (isinstance(record["query"], str) and isinstance(record["codes"], list)):
                raise TypeError
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Refused(f"Dòng {number} của tệp «{file.name}» chưa đọc được: «{line[:60]}».") from None
        records.append(record)
    return records


def _report(found: dict[str, Any]) -> Iterator[str]:
    yield _told("tất cả", found)
    for by, what in (("by_tier", "nhóm"), ("by_kind", "loại")):
        for name, part in found[by].items():
            yield _told(f"{what} {name or '(không ghi)'}", part)
    if plain := found.get("without_marks"):
        yield _told("bỏ hết dấu", plain)
        yield from (_told(f"bỏ hết dấu, nhóm {name or '(không ghi)'}", part) for name, part in plain["by_tier"].items())
    if (strange := found.get("out_of_scope")) and strange["n"]:
        yield f"ngoài phạm vi: {strange['n']} câu; trả lời chắc chắn {strange['sure']}"
    for source, left_out in found.get("groups_left_out", {}).items():
        yield f"nguồn {source}: bỏ {left_out} nhóm từ; nDCG@10 {found['ndcg@10_by_source'][source]:.3f}"


def _told(name: str, part: dict[str, Any]) -> str:
    return (
        f"{name}: {part['n']} câu; đúng ngay câu đầu {part['hit@1']:.3f}; nDCG@10 {part['ndcg@10']:.3f}; "
        f"recall@10 {part['recall@10']:.3f}; MRR {part['mrr']:.3f}; không có kết quả {part['zero_share']:.1%}; "
        f"p50 {part['p50_ms']} ms, p95 {part['p95_ms']} ms"
    )


COMMANDS = (group,)
