"""Confirming warnings: several at once, with one reason that is kept."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.permissions import Permission
from catalogue.services import drafting, publication
from catalogue.web.guards import requires
from catalogue.web.office import access, bp
from catalogue.web.office.transaction import saved


@bp.post("/quyet-dinh/<int:decision_id>/xac-nhan")
@requires(Permission.DRAFT)
def confirm_problems(decision_id: int) -> ResponseReturnValue:
    """Confirm what a person may confirm; what must be mended, or has changed since, stays open."""
    reason = request.form.get("ly-do", "").strip()[:1000]
    keys = request.form.getlist("van-de")
    line = request.form.get("dong", "")
    if line.isdecimal():
        back = url_for(".show_lines", decision_id=decision_id, trang=request.form.get("trang") or None,
                       chi=request.form.get("chi") or None, _anchor=f"dong-{line}")  # fmt: skip
    else:
        back = url_for(".show_decision", decision_id=decision_id, _anchor="canh-bao")
    if not keys or not reason:
        flash(_("Chọn ít nhất một cảnh báo và ghi lý do xác nhận."), "review")
        return redirect(back, 303)
    done = saved(lambda session: _confirm(session, decision_id, keys, reason))
    flash(ngettext("Đã xác nhận %(num)s cảnh báo.", "Đã xác nhận %(num)s cảnh báo.", done))
    return redirect(back, 303)


def _confirm(session: Session, decision_id: int, keys: list[str], reason: str) -> int:
    decision, now = access.draft(decision_id), clock.now()
    standing = {problem.key for problem in publication.rehearse(session, decision, now).open if not problem.blocking}
    chosen = [key for key in dict.fromkeys(keys) if key in standing]
    for key in chosen:
        drafting.confirm_problem(session, decision, key, reason=reason, actor=g.account, now=now)
    return len(chosen)
