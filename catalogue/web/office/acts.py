"""What a decision does to earlier ones: a person says which decision and which rows, confirms, or says why nothing."""

from __future__ import annotations

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import Decision
from catalogue.permissions import Permission
from catalogue.services import act_choices, acting, drafting
from catalogue.services.drafting import DraftingError
from catalogue.web.fields import DayField, LineField, NoLongerThan, OfficeForm
from catalogue.web.guards import requires
from catalogue.web.office import access, bp
from catalogue.web.office.transaction import saved


class ActForm(OfficeForm):
    """From when, or why not at all."""

    effective_on = DayField(_l("Có tác động từ ngày"), description=_l("Để trống khi theo hiệu lực của quyết định này; "
                            "thu hồi để trống nghĩa là như chưa từng ban hành."))  # fmt: skip
    dismissed = LineField(_l("Lý do không tác động"), [NoLongerThan(1000)])


class TargetForm(OfficeForm):
    """Which earlier decision."""

    number = LineField(_l("Số quyết định bị tác động"), [NoLongerThan(120)])


@bp.get("/quyet-dinh/<int:decision_id>/tac-dong/<int:act_id>")
@requires(Permission.DRAFT)
def show_act(decision_id: int, act_id: int) -> ResponseReturnValue:
    """The printed sentence, the decision it means, and its rows."""
    return _page(decision_id, act_id, ActForm(formdata=None), TargetForm(formdata=None))


@bp.post("/quyet-dinh/<int:decision_id>/tac-dong/<int:act_id>")
@requires(Permission.DRAFT)
def confirm_act(decision_id: int, act_id: int) -> ResponseReturnValue:
    """Confirm the rows as ticked, or record why this sentence touches nothing here."""
    form = ActForm()
    if not form.validate():
        return _page(decision_id, act_id, form, TargetForm(formdata=None)), 422
    dismissing = request.form.get("viec") == "khong-tac-dong"
    if dismissing and not form.dismissed.data:
        form.dismissed.errors = [_("Ghi lý do câu này không ảnh hưởng danh mục.")]
        return _page(decision_id, act_id, form, TargetForm(formdata=None)), 422
    rows = {int(row) for row in request.form.getlist("dong") if row.isdecimal()}
    reason = form.dismissed.data if dismissing else ""
    try:
        saved(lambda session: _confirm(session, decision_id, act_id, rows, reason, form.effective_on.data))
    except DraftingError as error:
        form.effective_on.errors = [str(error)]
        return _page(decision_id, act_id, form, TargetForm(formdata=None)), 409
    flash(_("Đã ghi ý kiến về câu này."))
    return redirect(url_for(".show_decision", decision_id=decision_id, _anchor="tac-dong"), 303)


def _confirm(session: Session, decision_id: int, act_id: int, rows: set[int], reason: str, day: date | None) -> None:
    access.draft(decision_id)
    act, now = access.act(decision_id, act_id), clock.now()
    if not reason and not act.whole and rows != {row.line_id for row in act.rows}:
        act_choices.choose_rows(session, act, rows, actor=g.account, now=now)
    drafting.confirm_act(session, act, dismissed=reason, effective_on=day, actor=g.account, now=now)


@bp.post("/quyet-dinh/<int:decision_id>/tac-dong/<int:act_id>/quyet-dinh-bi-tac-dong")
@requires(Permission.DRAFT)
def choose_target(decision_id: int, act_id: int) -> ResponseReturnValue:
    """Name the earlier decision by its number; when several bear it, choose one of them."""
    form = TargetForm()
    session = db.session()
    found = acting.candidates(session, form.number.data or "", None, "") if form.validate() else []
    chosen = request.form.get("quyet-dinh", "")
    named = [other for other in found if str(other.id) == chosen] if chosen.isdecimal() else found
    if len(named) != 1:
        form.number.errors = [_none_or_many(form.number.data or "", found)]
        return _page(decision_id, act_id, ActForm(formdata=None), form, found), 422
    target_id = named[0].id
    try:
        saved(lambda session: _choose(session, decision_id, act_id, target_id))
    except DraftingError as error:
        form.number.errors = [str(error)]
        return _page(decision_id, act_id, ActForm(formdata=None), form), 409
    return redirect(url_for(".show_act", decision_id=decision_id, act_id=act_id), 303)


def _choose(session: Session, decision_id: int, act_id: int, target_id: int) -> None:
    access.draft(decision_id)
    target = session.get_one(Decision, target_id)
    act_choices.choose_target(session, access.act(decision_id, act_id), target, actor=g.account, now=clock.now())


def _none_or_many(number: str, found: list[Decision]) -> str:
    if found:
        return _("Có %(count)s quyết định cùng số «%(number)s». Chọn một quyết định bên dưới.", count=len(found),
                 number=number)  # fmt: skip
    return _("Chưa tìm thấy quyết định đã ban hành có số «%(number)s». Kiểm tra lại số và ký hiệu.", number=number)


def _page(
    decision_id: int, act_id: int, form: ActForm, target_form: TargetForm, candidates: list[Decision] | None = None
) -> str:
    decision, act = access.draft(decision_id), access.act(decision_id, act_id)
    if not form.effective_on.errors:
        form.effective_on.data = form.effective_on.data or act.effective_on
    return render_template(
        "office/act.html", decision=decision, act=act, form=form, target_form=target_form,
        candidates=candidates or [], chosen={row.line_id for row in act.rows}, unmatched=acting.unmatched_serials(act),
    )  # fmt: skip
