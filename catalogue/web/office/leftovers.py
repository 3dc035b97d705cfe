"""Rows of the file that became no line: a person says what each is."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue import clock
from catalogue.permissions import Permission
from catalogue.services import drafting
from catalogue.services.drafting import DraftingError
from catalogue.web.guards import requires
from catalogue.web.office import access, bp
from catalogue.web.office.transaction import saved


@bp.post("/quyet-dinh/<int:decision_id>/chua-giai-thich/<int:leftover_id>")
@requires(Permission.DRAFT)
def handle_leftover(decision_id: int, leftover_id: int) -> ResponseReturnValue:
    """A note, or nothing that matters, with the reason; a line is typed in on its own page."""
    handling, reason = request.form.get("cach", ""), request.form.get("ly-do", "").strip()[:1000]
    try:
        if handling not in ("note", "ignored"):
            raise DraftingError(_("Chọn dòng này chỉ là ghi chú hay bỏ qua, rồi ghi lý do."))
        access.draft(decision_id)
        saved(
            lambda session: drafting.handle_leftover(
                session, access.leftover(decision_id, leftover_id),
                handling=handling, reason=reason, actor=g.account, now=clock.now(),
            )
        )  # fmt: skip
    except DraftingError as error:
        flash(str(error), "review")
    else:
        flash(_("Đã ghi cách xử lý."))
    return redirect(url_for(".show_decision", decision_id=decision_id, _anchor="chua-giai-thich"), 303)
