"""A row of a draft against the text in force: what the row changes, and the words for its annex column."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.burden_words import figure_rows
from catalogue.extensions import db
from catalogue.permissions import Permission
from catalogue.redlines import redline
from catalogue.services import drafting
from catalogue.web.guards import requires
from catalogue.web.office import access, bp
from catalogue.web.office.content_page import text_of_line
from catalogue.web.office.transaction import saved
from decisions.burden import burden

AREA = "/quyet-dinh/<int:decision_id>/cac-dong/<int:line_id>/so-sanh"


@bp.get(AREA)
@requires(Permission.DRAFT)
def show_line_redline(decision_id: int, line_id: int) -> ResponseReturnValue:
    """The draft text of a row beside the version in force."""
    text = text_of_line(db.session(), decision_id, line_id)
    found = redline(text.before, text.current) if text.before else None
    figures = figure_rows(burden(text.before) if text.before else None, burden(text.current))
    return render_template(
        "office/redline.html", decision=text.line.decision, line=text.line, text=text, redline=found, figures=figures
    )


@bp.post(AREA)
@requires(Permission.DRAFT)
def take_annex_words(decision_id: int, line_id: int) -> ResponseReturnValue:
    """Put the proposed words into the annex column of the row; the officer may still edit them there."""
    if not request.form.get("seen", "").isdecimal():
        abort(400, _("Biểu mẫu này không đủ thông tin. Tải lại trang rồi thử lại."))
    saved(lambda session: _take(session, decision_id, line_id, int(request.form["seen"])))
    flash(_("Đã ghi vào cột Nội dung sửa đổi, bổ sung. Xem lại lời văn trước khi trình."))
    return redirect(url_for(".show_line", decision_id=decision_id, line_id=line_id), 303)


def _take(session: Session, decision_id: int, line_id: int, seen: int) -> None:
    text = text_of_line(session, decision_id, line_id)
    access.draft(decision_id)
    if text.before is None:
        abort(409, _("Dòng này không có bản đang áp dụng để so sánh."))
    words = redline(text.before, text.current).annex
    drafting.edit_line(session, text.line, {"changed_parts": words}, seen=seen, actor=g.account, now=clock.now())
