"""A legal text: how it stands on a day, and the procedures that rest on it."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.queries import legal_texts
from catalogue.web.portal import bp, moment


@bp.get("/van-ban/<string:slug>")
def show_legal_text(slug: str) -> ResponseReturnValue:
    """What rests on this text."""
    now = moment.current(with_knowledge=False)
    session = db.session()
    text = legal_texts.by_slug(session, slug, now.on)
    if text is None:
        abort(404, description=_("Danh mục chưa có văn bản nào ở địa chỉ này."))
    return render_template(
        "portal/legal_text.html", text=text, resting=legal_texts.resting_on(session, text.key, now.on)
    )
