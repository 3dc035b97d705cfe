"""Legal texts in the office: found by number or title, their days entered, those out of force that are still cited."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import LegalDocument
from catalogue.permissions import Permission
from catalogue.queries import legal_texts
from catalogue.services.legal_texts import edit_document
from catalogue.services.merging import DraftingError
from catalogue.web.fields import AreaField, DayField, LineField, NoLongerThan, OfficeForm, clean
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.office.transaction import saved


class LegalTextForm(OfficeForm):
    """What is known of a legal text."""

    title = AreaField(_l("Tên văn bản"), [NoLongerThan(2_000)])
    issuer = LineField(_l("Cơ quan ban hành"), [NoLongerThan(500)])
    issued_on = DayField(_l("Ngày ban hành"))
    effective_from = DayField(_l("Có hiệu lực từ ngày"))
    last_day = DayField(_l("Ngày cuối còn hiệu lực"), description=_l("Để trống khi văn bản còn hiệu lực."))
    replaced_by = LineField(_l("Văn bản thay thế"), [NoLongerThan(200)], description=_l("Ví dụ: 18/2026/NĐ-CP."))


@bp.get("/van-ban")
@requires(Permission.READ)
def list_legal_texts() -> ResponseReturnValue:
    """Texts by how many procedures rest on them."""
    words, ended = str(clean(request.args.get("q", "")[:200])), request.args.get("chi") == "het-hieu-luc"
    found = legal_texts.listed(db.session(), clock.today(), words, ended_only=ended)
    return render_template("office/legal_texts.html", found=found, words=words, ended=ended, most=legal_texts.LISTED)


@bp.get("/van-ban/<int:document_id>")
@requires(Permission.READ)
def show_legal_text(document_id: int) -> ResponseReturnValue:
    """One text and the procedures that rest on it."""
    document = _document(document_id)
    data = {name: getattr(document, name) for name in ("title", "issuer", "issued_on", "effective_from", "replaced_by")}
    last = document.effective_until - timedelta(days=1) if document.effective_until else None
    return _page(document, LegalTextForm(formdata=None, data={**data, "last_day": last}))


@bp.post("/van-ban/<int:document_id>")
@requires(Permission.DRAFT)
def save_legal_text(document_id: int) -> ResponseReturnValue:
    """Keep what was entered."""
    document, form = _document(document_id), LegalTextForm()
    if not form.validate():
        return _page(document, form), 422
    last = form.last_day.data
    values: dict[str, Any] = {name: form[name].data or "" for name in ("title", "issuer", "replaced_by")}
    values |= {name: form[name].data for name in ("issued_on", "effective_from")}
    values["effective_until"] = last + timedelta(days=1) if last else None

    def change(session: Session) -> None:
        edit_document(session, _document(document_id), values, actor=g.account, now=clock.now())

    try:
        saved(change)
    except DraftingError as error:
        form.last_day.errors = [*form.last_day.errors, str(error)]
        return _page(document, form), 422
    flash(_("Đã lưu văn bản."))
    return redirect(url_for(".show_legal_text", document_id=document_id), 303)


def _document(document_id: int) -> LegalDocument:
    return db.session.get(LegalDocument, document_id) or abort(404)


def _page(document: LegalDocument, form: LegalTextForm) -> str:
    resting = legal_texts.resting_on(db.session(), document.number_key, clock.today())
    return render_template("office/legal_text.html", document=document, form=form, resting=resting)
