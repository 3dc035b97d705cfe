"""``catalogue import …``: the national portal's JSON into the inventory, a decision's Word file into a draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from catalogue import clock, glossary
from catalogue.cli import answers, refusals
from catalogue.cli.answers import Progress, Refused, as_json
from catalogue.cli.days import Day
from catalogue.cli.writing import index_or_refuse, writing
from catalogue.extensions import db
from catalogue.imports.decision_document import NotADecision, ParsedDecision, read_decision
from catalogue.imports.portal import read_file as read_portal
from catalogue.models import Account
from catalogue.permissions import Permission
from catalogue.services.drafting import DraftingError
from catalogue.services.importing import import_decision, refuse_empty
from catalogue.services.inventory import INVENTORY_START, BadPortalFile, PortalReport, import_portal
from catalogue.services.people import importer

LIMIT = 50 * 1024 * 1024
SHOWN = 20  # remarks told in full; the rest is in the JSON answer


@click.group("import")
def group() -> None:
    """Nhập dữ liệu: kiểm kê ban đầu từ Cổng quốc gia, quyết định từ tệp Word."""


@group.command("decision")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và đối chiếu, không ghi gì.")
@click.option("--as", "username", metavar="ACCOUNT", help="Người soạn; bỏ trống là tài khoản nhập tự động.")
@as_json
def decision(file: Path, dry_run: bool, username: str | None, as_json: bool) -> None:
    """Đọc một quyết định (.docx) thành dự thảo; mã thoát 1 khi tệp bị từ chối."""
    data = read_file(file)
    try:
        parsed = read_decision(data, file.name)
        refuse_empty(parsed)
        stored = None if dry_run else _store(parsed, data, file.name, username)
    except (NotADecision, DraftingError) as error:
        raise Refused(str(error)) from None
    value = {"id": stored, **summary(parsed)}
    answers.answer(value, _told(value), as_json=as_json)


def _store(parsed: ParsedDecision, data: bytes, name: str, username: str | None) -> int:
    with writing(db.session()) as work:
        now = clock.now()
        actor: Account
        if username:
            actor = answers.account(work.session, username, Permission.DRAFT, "soạn quyết định")
        else:
            actor = importer(work.session, now)
        return import_decision(work.session, parsed, data, name, actor=actor, now=now).id


@group.command("portal")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--since",
    type=Day(),
    metavar="NGÀY",
    default=INVENTORY_START,
    show_default="2025-07-01",
    help="Ngày bắt đầu kiểm kê: bản ghi không có ngày quyết định được coi là có hiệu lực từ ngày này.",
)
@click.option("--skip-bad", is_flag=True, help="Bỏ qua bản ghi hỏng (vẫn nêu tên) thay vì từ chối cả tệp.")
@as_json
def portal(files: tuple[Path, ...], since: date, skip_bad: bool, as_json: bool) -> None:
    """Nhập tệp JSON của Cổng Dịch vụ công quốc gia vào kiểm kê ban đầu; nhập lại không thêm gì."""
    reports: list[PortalReport] = []
    try:
        reports.extend(_take_portal(file, since, skip_bad) for file in files)
    except Refused as refused:
        before = ", ".join(f"«{file.name}»" for file in files[: len(reports)])
        kept = f" Các tệp đứng trước đã nhập xong: {before}." if before else ""
        index_or_refuse(db.session(), f"{refused.message}{kept}")
        raise Refused(f"{refused.message}{kept}") from None
    index_or_refuse(db.session(), "Dữ liệu đã nhập xong, nhưng chỉ mục tìm kiếm chưa theo kịp.")
    problems = [problem for report in reports for problem in report.as_json()["problems"]]
    total = {
        key: sum(getattr(report, key) for report in reports)
        for key in ("read", "procedures", "versions", "decisions", "unchanged")
    }
    answers.answer({**total, "problems": problems}, _portal_told(total, problems), as_json=as_json)


def _take_portal(file: Path, since: date, skip_bad: bool) -> PortalReport:
    """One file in one transaction."""
    try:
        with file.open("rb"):
            pass
        with Progress(f"{file.name}: đã đọc") as progress, writing(db.session()) as work:
            return import_portal(
                work.session, read_portal(file), source=file.name, now=clock.now(), since=since, skip_bad=skip_bad,
                progress=progress.show,
            )  # fmt: skip
    except BadPortalFile as error:
        raise Refused(str(error)) from None
    except OSError as error:
        raise Refused(f"Chưa đọc được tệp «{file}»: {refusals.reason(error)}.") from None


def _portal_told(total: dict[str, int], problems: list[dict[str, Any]]) -> str:
    head = (
        f"Đã đọc {total['read']} bản ghi: {total['procedures']} thủ tục mới, {total['versions']} phiên bản mới, "
        f"{total['decisions']} quyết định; {total['unchanged']} bản ghi không có gì mới."
    )
    shown = [f"  {p['place']}: «{p['value']}» {p['reason']}" for p in problems[:SHOWN]]
    more = len(problems) - SHOWN
    return "\n".join([head, *shown, *([f"  … và {more} ghi chú khác (xem bằng --json)."] if more > 0 else [])])


def read_file(file: Path) -> bytes:
    """The bytes of a file, or one sentence about why not."""
    try:
        size = file.stat().st_size
        if size > LIMIT:
            raise Refused(f"Tệp «{file.name}» có {size // 1024**2} MB, quá giới hạn {LIMIT // 1024**2} MB.")
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"Chưa đọc được tệp «{file}»: {refusals.reason(error)}.") from None


def summary(parsed: ParsedDecision) -> dict[str, Any]:
    """The stable answer of ``import decision --json`` (keys of the manual)."""
    head = parsed.head
    return {
        "number": head.number.text,
        "signed_on": head.signed_on,
        "issuer": head.issuer or head.authority,
        "kind": parsed.kind.value,
        "register": parsed.register.value,
        "subject": head.subject,
        "lines": [
            {
                "position": line.position.place,
                "ordinal": line.position.ordinal,
                "kind": line.kind.value,
                "code": line.code_key or (line.code or None),
                "name": line.name,
                "level": line.level.value,
                "doubts": len(line.doubts),
            }
            for line in parsed.lines
        ],
        "stated": [
            {"place": s.place, "text": s.text, "count": s.count, "kind": s.kind, "level": s.level}
            for s in parsed.stated
        ],
        "counted": [{"kind": c.kind, "level": c.level, "count": c.count} for c in parsed.counted],
        "unexplained": [{"text": row.text, "place": row.place} for row in parsed.unexplained],
        "problems": [{"place": p.place, "value": p.value, "message": p.message} for p in parsed.problems],
    }


def _told(value: dict[str, Any]) -> str:
    signed = f"{value['signed_on']:%d/%m/%Y}" if value["signed_on"] else "chưa rõ ngày ký"
    lines = [
        f"Quyết định số {value['number'] or 'chưa rõ'}, {signed}, {value['issuer']}.",
        f"{len(value['lines'])} dòng; {len(value['unexplained'])} dòng chưa giải thích được.",
        *(
            f"  {line['position']}: {glossary.KINDS[line['kind']].lower()}: "
            f"{line['code'] or 'chưa có mã'} {line['name']}"
            for line in value["lines"]
        ),
        *(f"Chưa rõ: {row['place']}: «{row['text']}»" for row in value["unexplained"]),
        *(f"Lưu ý: {problem['message']}" for problem in value["problems"]),
    ]
    if value["id"] is not None:
        lines.append(f"Đã lưu thành dự thảo [{value['id']}].")
    return "\n".join(lines)


COMMANDS = (group,)
