"""The calendar by which legal deadlines are counted; everybody sees it, the administrator keeps it."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import HolidayEntry
from catalogue.permissions import Permission
from catalogue.queries import office
from catalogue.services import holidays
from catalogue.web.fields import ChoiceField, DayField, LineField, Needed, NoLongerThan, OfficeForm
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.office.labels import HOLIDAY_KINDS
from catalogue.web.office.transaction import saved
from decisions.working_days import HolidayKind


class HolidayForm(OfficeForm):
    """One day that differs from the week's rule."""

    day = DayField(_l("Ngày"), [Needed(_l("Ghi ngày, ví dụ 24/11/2026."))])
    kind = ChoiceField(_l("Loại"), choices=dict(HOLIDAY_KINDS))
    name = LineField(_l("Tên gọi"), [NoLongerThan(200)])
    source = LineField(
        _l("Văn bản quy định"), [Needed(_l("Ghi văn bản hoặc thông báo quy định ngày này.")), NoLongerThan(500)]
    )  # fmt: skip


@bp.get("/lich-nghi")
@requires(Permission.READ)
def show_calendar() -> ResponseReturnValue:
    """The days by year, and the last changes."""
    return _page(HolidayForm(formdata=None))


@bp.post("/lich-nghi")
@requires(Permission.EDIT_CALENDAR)
def put_holiday() -> ResponseReturnValue:
    """Enter or change a day; every deadline is counted anew."""
    form = HolidayForm()
    if not form.validate():
        return _page(form), 422
    saved(lambda session: holidays.put_holiday(
        session, form.day.data, HolidayKind(form.kind.data), name=form.name.data or "", source=form.source.data,
        actor=g.account, now=clock.now(),
    ))  # fmt: skip
    flash(_("Đã ghi ngày %(day)s. Mọi thời hạn được tính lại.", day=f"{form.day.data:%d/%m/%Y}"))
    return redirect(url_for(".show_calendar"), 303)


@bp.post("/lich-nghi/bo")
@requires(Permission.EDIT_CALENDAR)
def remove_holiday() -> ResponseReturnValue:
    """Take a day out."""
    try:
        day = date.fromisoformat(request.form.get("ngay", ""))
    except ValueError:
        abort(404)
    saved(lambda session: _remove(session, day))
    flash(_("Đã bỏ ngày %(day)s khỏi lịch. Mọi thời hạn được tính lại.", day=f"{day:%d/%m/%Y}"))
    return redirect(url_for(".show_calendar"), 303)


def _remove(session: Session, day: date) -> None:
    entry = session.get(HolidayEntry, day)
    if entry is None:
        abort(404)
    holidays.remove_holiday(session, entry, actor=g.account, now=clock.now())


def _page(form: HolidayForm) -> str:
    days = office.holidays(db.session())
    years = [(year, list(rows)) for year, rows in groupby(reversed(days), key=lambda row: row.day.year)]
    return render_template(
        "office/calendar.html", form=form, years=years, entries=office.calendar_history(db.session())
    )  # fmt: skip
