"""``catalogue words list`` and ``words effect``: the words of search, and what a proposal would do."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from catalogue import clock, glossary
from catalogue.cli.answers import Refused, Whole, answer, as_json
from catalogue.cli.days import on_option
from catalogue.extensions import db, search
from catalogue.models import WordRule
from catalogue.queries import words as queries
from catalogue.queries.words import WordState
from catalogue.services.words_effect import measure
from search_index.ports import SearchError


@click.group("words")
def group() -> None:
    """Từ ngữ tìm kiếm do cán bộ giữ."""


@group.command("list")
@on_option
@click.option("--waiting", is_flag=True, help="Chỉ các đề nghị đang chờ duyệt.")
@as_json
def listed(on: date | None, waiting: bool, as_json: bool) -> None:
    """Từ đồng nghĩa, tên thường gọi, kết quả được ghim đang dùng."""
    session, day = db.session(), on or clock.today()
    rules = queries.proposed(session) if waiting else queries.in_force(session, day)
    rows = [_row(rule) for rule in rules]
    text = "\n".join(_line(row) for row in rows)
    answer(
        rows, text or ("Không có đề nghị nào đang chờ." if waiting else "Chưa có mục nào đang dùng."), as_json=as_json
    )


@group.command("effect")
@click.argument("number", type=Whole(1, 10**9), metavar="SỐ")
@as_json
def effect(number: int, as_json: bool) -> None:
    """Đề nghị mang số ấy làm đổi kết quả của câu hỏi mẫu nào."""
    session = db.session()
    rule = queries.by_id(session, number)
    if rule is None or rule.state != WordState.PROPOSED:
        raise Refused(f"Không có đề nghị số {number} đang chờ duyệt.")
    try:
        found = measure(session, search(), rule, clock.today())
    except SearchError as error:
        raise Refused(f"{error} Chạy: catalogue search rebuild.") from None
    lines = [
        f"chạm đến {found.touched} trong {found.asked} câu; đúng ngay câu đầu {found.hit_before:.3f} → "
        f"{found.hit_after:.3f}; nDCG@10 {found.ndcg_before:.3f} → {found.ndcg_after:.3f}",
        *(f"  {one.before or '—'} → {one.after or '—'}  {one.query}" for one in found.moved),
    ]
    answer(found.to_json(), "\n".join(lines), as_json=as_json)


def _row(rule: WordRule) -> dict[str, Any]:
    return {
        "number": rule.id,
        "kind": rule.kind,
        "phrases": rule.phrases,
        "legal": rule.legal,
        "codes": [held.procedure.key for held in rule.procedures],
        "removes": rule.removes,
        "owner": rule.owner.username,
        "last_day": rule.last_day.isoformat() if rule.last_day else None,
    }


def _line(row: dict[str, Any]) -> str:
    meant = row["legal"] or ", ".join(row["codes"])
    ends = f", đến hết {date.fromisoformat(row['last_day']):%d/%m/%Y}" if row["last_day"] else ""
    off = "bỏ " if row["removes"] else ""
    kind = str(glossary.WORD_KINDS[row["kind"]])
    return f"{row['number']:>5}  {kind:<15} {off}«{'», «'.join(row['phrases'])}» → {meant} ({row['owner']}{ends})"


COMMANDS = (group,)
