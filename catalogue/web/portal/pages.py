"""The home page and the list of changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.queries import changes, procedures
from catalogue.queries.changes import ChangeRow
from catalogue.queries.procedures import Selection
from catalogue.web.portal import bp, moment
from catalogue.web.portal.filters import page_number
from catalogue.web.portal.memory import remembered
from catalogue.web.portal.search import tally

RECENT_DAYS = 90
SHOWN = 5
SECTORS_SHOWN = 24
CHANGES_SHOWN = 50
CHANGES_KEPT = 2000
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2300, 1, 1)

SITUATIONS = (
    ("Sinh con", "khai sinh"),
    ("Kết hôn", "kết hôn"),
    ("Nhà đất", "đất đai"),
    ("Xây nhà", "giấy phép xây dựng"),
    ("Kinh doanh", "hộ kinh doanh"),
    ("Việc làm", "việc làm"),
    ("Học tập", "học sinh"),
    ("Sao y, chứng thực", "chứng thực bản sao"),
    ("Trợ giúp xã hội", "trợ cấp xã hội"),
    ("Người thân qua đời", "khai tử"),
)
EXAMPLES = ("đăng ký khai sinh cho con", "sổ đỏ", "1.001193")


@dataclass(frozen=True)
class SectorCount:
    """A sector with its number of procedures in force."""

    slug: str
    name: str
    count: int


@bp.get("/")
def show_home() -> ResponseReturnValue:
    """One search box, and what is new."""
    now = moment.current(with_knowledge=False)
    selection = Selection(now.on)
    counted = tally(selection)
    sectors = _sectors(counted.count_by(selection, "sector"))
    return render_template(
        "portal/home.html",
        sectors=sectors[:SECTORS_SHOWN],
        more_sectors=len(sectors) > SECTORS_SHOWN,
        total=counted.total(selection),
        news=remembered(lambda: _news(now.on), "news", now.on),
        situations=SITUATIONS,
        examples=EXAMPLES,
    )


@bp.get("/thay-doi")
def list_changes() -> ResponseReturnValue:
    """What is coming, and what began or ended, latest first."""
    now = moment.current(with_knowledge=False)
    page = page_number(request.args)
    history = remembered(lambda: _history(now.on), "history", now.on)
    pages = max(1, -(-len(history) // CHANGES_SHOWN))
    if page > pages:
        abort(404, description=_("Danh sách thay đổi chỉ có %(pages)s trang.", pages=pages))
    return render_template(
        "portal/changes.html",
        rows=history[(page - 1) * CHANGES_SHOWN : page * CHANGES_SHOWN],
        coming=remembered(lambda: _coming(now.on), "coming", now.on) if page == 1 else [],
        page=page,
        pages=pages,
    )


@dataclass(frozen=True)
class News:
    """What is new around a day."""

    begun: list[ChangeRow]
    coming: list[ChangeRow]
    ended: list[ChangeRow]


def _news(on: date) -> News:
    session, since, tomorrow = db.session(), on - timedelta(days=RECENT_DAYS), on + timedelta(days=1)
    return News(
        begun=changes.begun(session, since, tomorrow, limit=SHOWN),
        coming=changes.begun(session, tomorrow, LAST_DAY, limit=SHOWN, newest_first=False),
        ended=changes.ended(session, since, tomorrow, limit=SHOWN),
    )


def _history(on: date) -> list[ChangeRow]:
    session, tomorrow = db.session(), on + timedelta(days=1)
    begun = changes.begun(session, FIRST_DAY, tomorrow, limit=CHANGES_KEPT)
    ended = changes.ended(session, FIRST_DAY, tomorrow, limit=CHANGES_KEPT)
    return sorted([*begun, *ended], key=lambda row: row.day, reverse=True)[:CHANGES_KEPT]


def _coming(on: date) -> list[ChangeRow]:
    session, tomorrow = db.session(), on + timedelta(days=1)
    begun = changes.begun(session, tomorrow, LAST_DAY, limit=CHANGES_KEPT, newest_first=False)
    ended = changes.ended(session, tomorrow, LAST_DAY, limit=CHANGES_KEPT, newest_first=False)
    return sorted([*begun, *ended], key=lambda row: row.day)


def _sectors(counts: dict[str, int]) -> list[SectorCount]:
    names = procedures.sector_names(db.session(), counts)
    return [SectorCount(slug, names[slug], count) for slug, count in counts.items()]
