"""The electronic workflow of an adopted one: derived, adjusted, approved by a second person, set up; and its files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import FieldList, FormField, HiddenField

from catalogue import clock
from catalogue.extensions import db
from catalogue.imports.bpmn import NotBpmn, read_bpmn
from catalogue.messages import refusal_sentence
from catalogue.models import ElectronicWorkflow
from catalogue.permissions import Permission
from catalogue.services import electronic as service
from catalogue.services.merging import DraftingError
from catalogue.web.fields import AreaField, DayField, LineField, Needed, NoLongerThan, OfficeForm, UploadField
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.office.adopted import adopted
from catalogue.web.office.forms.content_fields import CheckField, RowForm
from catalogue.web.office.transaction import saved
from decisions.lifecycle import NotAllowed
from decisions.step_times import parse_step_time
from decisions.workflow import Workflow, WorkflowKind, WorkflowStep

SHORT = NoLongerThan(2_000)
LARGEST = 5_000_000


class StateForm(RowForm):
    """What the one-stop system knows of a step."""

    state = LineField(_l("Trạng thái hồ sơ"), [SHORT])
    actor = LineField(_l("Nhóm tài khoản"), [SHORT])
    online = LineField(_l("Thời gian trực tuyến"), [SHORT])
    email = CheckField(_l("Báo qua thư điện tử"))
    sms = CheckField(_l("Báo qua tin nhắn"))
    eform = LineField(_l("Biểu mẫu điện tử"), [SHORT])


class ElectronicForm(OfficeForm):
    """Every step of the electronic workflow."""

    seen = HiddenField()
    steps = FieldList(FormField(StateForm))


class BpmnForm(OfficeForm):
    """A drawing made elsewhere."""

    file = UploadField(_l("Tệp BPMN 2.0"))


class ConfigurationForm(OfficeForm):
    """That it was set up on a system."""

    system = LineField(_l("Hệ thống"), [Needed(_l("Ghi tên hệ thống một cửa.")), SHORT])
    configured_by = LineField(_l("Người cấu hình"), [Needed(_l("Ghi người cấu hình.")), SHORT])
    configured_on = DayField(_l("Ngày cấu hình"), [Needed(_l("Ghi ngày cấu hình."))])
    tested_on = DayField(_l("Ngày chạy thử"), description=_l("Để trống khi chưa chạy thử."))
    note = AreaField(_l("Ghi chú"), [SHORT])


def found(electronic_id: int) -> ElectronicWorkflow:
    """One of them, or a page that says there is none."""
    return db.session.get(ElectronicWorkflow, electronic_id) or abort(404)


@bp.post("/quy-trinh/<int:workflow_id>/dien-tu")
@requires(Permission.DRAFT)
def draft_electronic(workflow_id: int) -> ResponseReturnValue:
    """Derive the electronic workflow."""
    made = saved(
        lambda session: service.draft_electronic(
            session, adopted(workflow_id), actor=g.account, now=clock.now()
        ).id
    )  # fmt: skip
    return redirect(url_for(".show_electronic", electronic_id=made), 303)


@bp.get("/quy-trinh/dien-tu/<int:electronic_id>")
@requires(Permission.READ)
def show_electronic(electronic_id: int) -> ResponseReturnValue:
    """The electronic workflow: to adjust while it is a draft, to read afterwards."""
    item = found(electronic_id)
    form = ElectronicForm(formdata=None, data={"steps": [_shown(step) for step in item.value.steps]})
    form.seen.data = str(item.lock_version)
    return _page(item, form=form)


@bp.post("/quy-trinh/dien-tu/<int:electronic_id>")
@requires(Permission.DRAFT)
def save_electronic(electronic_id: int) -> ResponseReturnValue:
    """Keep what was adjusted."""
    item, form = found(electronic_id), ElectronicForm()
    if item.status != service.DRAFT or len(form.steps.entries) != len(item.value.steps):
        flash(_("Các bước của quy trình điện tử này đã khác lúc bạn mở; dưới đây là bản đang lưu."))
        return _page(item), 409
    if not form.validate():
        return _page(item, form=form), 422
    value = _written(item.value, form)
    return _stored(electronic_id, value, form.seen.data, _("Đã lưu quy trình điện tử."), form)


@bp.post("/quy-trinh/dien-tu/<int:electronic_id>/bpmn")
@requires(Permission.DRAFT)
def import_bpmn(electronic_id: int) -> ResponseReturnValue:
    """Take a drawing that was changed in another program."""
    item, form = found(electronic_id), BpmnForm()
    upload = form.file.data
    data = upload.read(LARGEST + 1) if upload else b""
    try:
        if not data:
            raise NotBpmn(_("Chưa chọn tệp BPMN."))
        read = read_bpmn(data, upload.filename or "tệp")
    except NotBpmn as error:
        form.file.errors = [*form.file.errors, str(error)]
        return _page(item, upload=form), 422
    for note in read.notes[:20]:
        flash(note, "review")
    value = replace(read.workflow, kind=WorkflowKind.ELECTRONIC)
    said = _("Đã lấy sơ đồ từ tệp %(name)s.", name=upload.filename)
    return _stored(electronic_id, value, request.form.get("seen", ""), said)


def _stored(
    electronic_id: int, value: Workflow, seen: str | None, said: str, typed: ElectronicForm | None = None
) -> ResponseReturnValue:
    """Save; when somebody saved first, what was typed is shown again to be compared and sent once more."""
    number = int(seen) if seen and seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0

    def change(session: Session) -> None:
        service.edit_electronic(session, found(electronic_id), value, seen=number, actor=g.account, now=clock.now())

    try:
        saved(change)
    except DraftingError as error:
        item = found(electronic_id)
        if typed is None or len(typed.steps.entries) != len(item.value.steps):
            abort(409, str(error))
        flash(str(error))
        typed.seen.data = str(item.lock_version)
        return _page(item, form=typed), 409
    flash(said)
    return redirect(url_for(".show_electronic", electronic_id=electronic_id), 303)


@bp.post("/quy-trinh/dien-tu/<int:electronic_id>/phe-duyet")
@requires(Permission.REVIEW)
def approve_electronic(electronic_id: int) -> ResponseReturnValue:
    """A second person approves what the page showed."""
    seen = request.form.get("seen", "")
    try:
        saved(
            lambda session: service.approve_electronic(
                session, found(electronic_id), seen=seen, actor=g.account, now=clock.now()
            )
        )  # fmt: skip
    except NotAllowed as refused:
        abort(403, refusal_sentence(refused))
    except DraftingError as error:
        abort(409, str(error))
    flash(_("Đã phê duyệt quy trình điện tử."))
    return redirect(url_for(".show_electronic", electronic_id=electronic_id), 303)


@bp.post("/quy-trinh/dien-tu/<int:electronic_id>/cau-hinh")
@requires(Permission.DRAFT)
def configure_electronic(electronic_id: int) -> ResponseReturnValue:
    """Record that it was set up on a system."""
    form = ConfigurationForm()
    if not form.validate():
        return _page(found(electronic_id), setup=form), 422

    def change(session: Session) -> None:
        values: dict[str, Any] = {name: form[name].data or "" for name in ("system", "configured_by", "note")}
        days = {name: form[name].data for name in ("configured_on", "tested_on")}
        service.record_configuration(
            session, found(electronic_id), **values, **days, actor=g.account, now=clock.now()
        )  # fmt: skip

    try:
        saved(change)
    except DraftingError as error:
        form.configured_on.errors = [*form.configured_on.errors, str(error)]
        return _page(found(electronic_id), setup=form), 422
    flash(_("Đã ghi cấu hình."))
    return redirect(url_for(".show_electronic", electronic_id=electronic_id), 303)


def _page(
    item: ElectronicWorkflow, *, form: ElectronicForm | None = None, upload: BpmnForm | None = None,
    setup: ConfigurationForm | None = None,
) -> str:  # fmt: skip
    if form is None:
        form = ElectronicForm(formdata=None, data={"steps": [_shown(step) for step in item.value.steps]})
        form.seen.data = str(item.lock_version)
    return render_template(
        "office/electronic.html", item=item, form=form, steps=item.value.steps,
        upload=upload or BpmnForm(formdata=None), setup=setup or ConfigurationForm(formdata=None),
    )  # fmt: skip


def _shown(step: WorkflowStep) -> dict[str, Any]:
    return {
        "state": step.state, "actor": step.actor, "online": step.online.text if step.online else "",
        "email": "email" in step.notices, "sms": "sms" in step.notices, "eform": step.eform,
    }  # fmt: skip


def _written(value: Workflow, form: ElectronicForm) -> Workflow:
    return replace(
        value, steps=tuple(_step(step, row) for step, row in zip(value.steps, form.data["steps"], strict=True))
    )


def _step(step: WorkflowStep, row: dict[str, Any]) -> WorkflowStep:
    known = {"email", "sms"}
    notices = [name for name in ("email", "sms") if row[name]] + [n for n in step.notices if n not in known]
    words = row["online"] or ""
    online = step.online if step.online is not None and words == step.online.text else parse_step_time(words)
    return replace(
        step, state=row["state"] or "", actor=row["actor"] or "", eform=row["eform"] or "", notices=tuple(notices),
        online=online if words else None,
    )  # fmt: skip
