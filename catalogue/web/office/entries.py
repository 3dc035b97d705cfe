"""After issuing: publication in the national database, rows that wait for their day, what the articles order."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.messages import refusal_sentence
from catalogue.models import OrderedTask
from catalogue.permissions import Permission
from catalogue.services import national_entry, publication, tasks
from catalogue.services.drafting import DraftingError
from catalogue.web.fields import AreaField, DayField, LineField, Needed, NoLongerThan, OfficeForm
from catalogue.web.guards import requires
from catalogue.web.office import access, bp, overview
from catalogue.web.office.transaction import saved
from decisions.kinds import DecisionStatus
from decisions.lifecycle import NotAllowed


class EntryForm(OfficeForm):
    """The day of the publication there."""

    on = DayField(_l("Ngày công khai"), [Needed(_l("Ghi ngày đã công khai, ví dụ 20/11/2025."))])


class EffectForm(OfficeForm):
    """From when a row binds, and how one knows."""

    on = DayField(_l("Có hiệu lực từ ngày"), [Needed(_l("Ghi ngày có hiệu lực, ví dụ 01/3/2027."))])
    evidence = AreaField(
        _l("Căn cứ xác định ngày"), [Needed(_l("Ghi văn bản và điều khoản xác định ngày.")), NoLongerThan(2000)],
        description=_l("Ví dụ: Điều 20 Nghị định số 12/2027/NĐ-CP có hiệu lực từ 01/3/2027."),
    )  # fmt: skip


class TaskForm(OfficeForm):
    """How an ordered task was done."""

    note = LineField(
        _l("Kết quả"), [Needed(_l("Ghi số quyết định phê duyệt, hoặc ngày đã cấu hình.")), NoLongerThan(500)]
    )  # fmt: skip


@bp.get("/quyet-dinh/<int:decision_id>/cong-khai-quoc-gia")
@requires(Permission.RECORD_ENTRY)
def show_entry(decision_id: int) -> ResponseReturnValue:
    """The deadline, and the day to be recorded."""
    return _entry_page(decision_id, EntryForm(formdata=None))


@bp.post("/quyet-dinh/<int:decision_id>/cong-khai-quoc-gia")
@requires(Permission.RECORD_ENTRY)
def record_entry(decision_id: int) -> ResponseReturnValue:
    """Record the day; a late one is recorded as late."""
    form = EntryForm()
    if not form.validate():
        return _entry_page(decision_id, form), 422
    try:
        saved(lambda session: national_entry.record_entry(
            session, access.decision(decision_id), form.on.data, actor=g.account, now=clock.now()
        ))  # fmt: skip
    except DraftingError as error:
        form.on.errors = [str(error)]
        return _entry_page(decision_id, form), 422
    flash(overview.entry_words(db.session(), access.decision(decision_id)))
    return redirect(url_for(".show_decision", decision_id=decision_id), 303)


def _entry_page(decision_id: int, form: EntryForm) -> str:
    decision = access.decision(decision_id)
    if decision.status != DecisionStatus.ISSUED:
        abort(409, _("Quyết định chưa ban hành nên chưa ghi ngày công khai được."))
    if form.on.data is None and not form.on.errors:
        form.on.data = decision.db_entered_on
    words = overview.entry_words(db.session(), decision)
    return render_template("office/entry.html", decision=decision, form=form, words=words)


@bp.get("/quyet-dinh/<int:decision_id>/cac-dong/<int:line_id>/hieu-luc")
@requires(Permission.RESOLVE_EFFECT)
def show_effect(decision_id: int, line_id: int) -> ResponseReturnValue:
    """A row that waits for its day."""
    line = access.line(decision_id, line_id)
    return render_template("office/effect.html", decision=line.decision, line=line, form=EffectForm(formdata=None))


@bp.post("/quyet-dinh/<int:decision_id>/cac-dong/<int:line_id>/hieu-luc")
@requires(Permission.RESOLVE_EFFECT)
def resolve_effect(decision_id: int, line_id: int) -> ResponseReturnValue:
    """Give a waiting row its day; whoever drafted the decision may not."""
    form = EffectForm()
    line = access.line(decision_id, line_id)
    if not form.validate():
        return render_template("office/effect.html", decision=line.decision, line=line, form=form), 422
    try:
        saved(lambda session: publication.resolve_effect(
            session, access.line(decision_id, line_id), on=form.on.data, evidence=form.evidence.data,
            actor=g.account, now=clock.now(),
        ))  # fmt: skip
    except NotAllowed as refused:
        return render_template("office/refused.html", decision=line.decision, sentence=refusal_sentence(refused)), 403
    except ValueError as error:
        abort(409, str(error))
    flash(_("Đã xác định ngày có hiệu lực; dòng này nay có trong danh mục."))
    return redirect(url_for(".show_decision", decision_id=decision_id), 303)


@bp.get("/quyet-dinh/<int:decision_id>/viec-duoc-giao/<int:task_id>")
@requires(Permission.RECORD_ENTRY)
def show_task(decision_id: int, task_id: int) -> ResponseReturnValue:
    """What an article orders."""
    return _task_page(_task(decision_id, task_id), TaskForm(formdata=None))


@bp.post("/quyet-dinh/<int:decision_id>/viec-duoc-giao/<int:task_id>")
@requires(Permission.RECORD_ENTRY)
def close_task(decision_id: int, task_id: int) -> ResponseReturnValue:
    """Report it as done."""
    form = TaskForm()
    if not form.validate():
        return _task_page(_task(decision_id, task_id), form), 422
    saved(lambda session: _close(session, decision_id, task_id, form.note.data))
    flash(_("Đã ghi kết quả việc được giao."))
    return redirect(url_for(".show_decision", decision_id=decision_id), 303)


def _close(session: Session, decision_id: int, task_id: int, note: str) -> None:
    tasks.close_task(session, _task(decision_id, task_id), note=note, actor=g.account, now=clock.now())


def _task(decision_id: int, task_id: int) -> OrderedTask:
    found = db.session.get(OrderedTask, task_id)
    if found is None or found.decision_id != access.decision(decision_id).id:
        abort(404)
    return found


def _task_page(task: OrderedTask, form: TaskForm) -> str:
    return render_template("office/task.html", decision=task.decision, task=task, form=form)
