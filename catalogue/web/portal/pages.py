"""The home page and the list of changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.queries import changes, procedures
from catalogue.queries.procedures import Selection
from catalogue.web.portal import bp, moment
from catalogue.web.portal.filters import page_number

RECENT_DAYS = 90
COMING_DAYS = 400
SHOWN = 5
SECTORS_SHOWN = 24
CHANGES_SHOWN = 50
LONGEST_BACK = 36_500  # days

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
    now = moment.current()
    session = db.session()
    selection = Selection(now.on)
    tomorrow = now.on + timedelta(days=1)
    since = now.on - timedelta(days=RECENT_DAYS)
    sectors = _sectors(selection)
    return render_template(
        "portal/home.html",
        sectors=sectors[:SECTORS_SHOWN],
        more_sectors=len(sectors) > SECTORS_SHOWN,
        total=procedures.count(session, selection),
        begun=changes.begun(session, since, tomorrow, limit=SHOWN),
        coming=changes.begun(session, tomorrow, now.on + timedelta(days=COMING_DAYS), limit=SHOWN, newest_first=False),
        ended=changes.ended(session, since, tomorrow, limit=SHOWN),
        situations=SITUATIONS,
        examples=EXAMPLES,
    )


@bp.get("/thay-doi")
def list_changes() -> ResponseReturnValue:
    """What is coming, and what began or ended, latest first."""
    now = moment.current()
    session = db.session()
    page = page_number(request.args)
    tomorrow = now.on + timedelta(days=1)
    since = now.on - timedelta(days=LONGEST_BACK)
    first, last = changes.counts(session, since, tomorrow)
    pages = max(1, -(-(first + last) // CHANGES_SHOWN))
    if page > pages:
        abort(404, description=_("Danh sách thay đổi chỉ có %(pages)s trang.", pages=pages))
    begun = changes.begun(session, since, tomorrow, limit=page * CHANGES_SHOWN)
    ended = changes.ended(session, since, tomorrow, limit=page * CHANGES_SHOWN)
    rows = sorted([*begun, *ended], key=lambda row: row.day, reverse=True)
    coming = [] if page > 1 else _coming()
    shown = rows[(page - 1) * CHANGES_SHOWN : page * CHANGES_SHOWN]
    return render_template("portal/changes.html", rows=shown, coming=coming, page=page, pages=pages)


def _coming() -> list[changes.ChangeRow]:
    now = moment.current()
    until = now.on + timedelta(days=LONGEST_BACK)
    start = now.on + timedelta(days=1)
    begun = changes.begun(db.session(), start, until, limit=CHANGES_SHOWN, newest_first=False)
    ended = changes.ended(db.session(), start, until, limit=CHANGES_SHOWN, newest_first=False)
    return sorted([*begun, *ended], key=lambda row: row.day)


def _sectors(selection: Selection) -> list[SectorCount]:
    counts = procedures.count_by(db.session(), selection, "sector")
    names = procedures.sector_names(db.session())
    return [SectorCount(slug, names[slug], count) for slug, count in counts.items()]
