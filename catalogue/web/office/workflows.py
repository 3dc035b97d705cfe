"""The workflows of a decision being drafted: listed, added, filled in with or without script, taken out."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import ValidationError

from catalogue import clock
from catalogue.extensions import db
from catalogue.glossary import LEVELS
from catalogue.models import WorkflowLine
from catalogue.permissions import Permission
from catalogue.queries.workflows import workflows_named, workflows_on
from catalogue.services import publication, workflow_lines
from catalogue.services.drafting import DraftingError, StaleDraft
from catalogue.services.workflow_lines import ADOPTED, EXPIRED, WorkflowLineInput
from catalogue.services.workflow_planning import procedure_of
from catalogue.web.fields import AreaField, ChoiceField, LineField, NoLongerThan, OfficeForm
from catalogue.web.guards import requires
from catalogue.web.office import access, bp
from catalogue.web.office.content_wishes import UnknownWish
from catalogue.web.office.forms.workflow import WorkflowForm, shown_workflow, written_workflow
from catalogue.web.office.lines import RemovalForm
from catalogue.web.office.rows import texts_of
from catalogue.web.office.transaction import saved
from catalogue.web.office.workflow_page import WorkflowPage, answer, form_of, shown_page
from catalogue.web.office.workflow_wishes import wished
from catalogue.web.workflow_view import workflow_view
from decisions.workflow import Workflow

AREA = "/quyet-dinh/<int:decision_id>/quy-trinh"
_ROW = ("code_printed", "level", "annex", "ordinal")


_ACTIONS = {ADOPTED: "Phê duyệt một quy trình", EXPIRED: "Nêu một quy trình hết hiệu lực"}


class NewWorkflowForm(OfficeForm):
    """What a new row is about."""

    action = ChoiceField(_l("Dòng này"), choices=_ACTIONS)
    code_printed = LineField(_l("Mã thủ tục"), [NoLongerThan(200)])
    name = AreaField(_l("Tên thủ tục"), [NoLongerThan(2_000)], description=_l("Cần khi thủ tục chưa có mã."))
    level = ChoiceField(_l("Cấp thực hiện"), choices=LEVELS)
    expires_text = LineField(
        _l("Quy trình hết hiệu lực, như văn bản ghi"), [NoLongerThan(2_000)],
        description=_l("Ký hiệu, hoặc số thứ tự trong phụ lục cũ."),
    )  # fmt: skip

    def validate_code_printed(self, field: LineField) -> None:
        """Code or name: without either nobody knows what the row is about."""
        if not field.data and not self.name.data and not self.expires_text.data:
            raise ValidationError("Ghi mã thủ tục hoặc tên thủ tục.")


@bp.get(AREA)
@requires(Permission.READ)
def show_workflows(decision_id: int) -> ResponseReturnValue:
    """Every workflow of the decision with its sum and what is wrong with it."""
    decision = access.decision(decision_id)
    found: dict[int, list[Any]] = {}
    if decision.status != "issued":
        for problem in publication.rehearse(db.session(), decision, clock.now()).open:
            if problem.line.startswith("workflow"):
                number = problem.line.removeprefix("workflow").partition(":")[0]
                found.setdefault(int(number), []).append(problem)
    views = [(line, workflow_view(value, None) if (value := line.value) else None) for line in decision.workflow_lines]
    return render_template("office/workflows.html", decision=decision, views=views, problems=found)


@bp.post(f"{AREA}/cong-khai")
@requires(Permission.DRAFT)
def publish_workflows(decision_id: int) -> ResponseReturnValue:
    """Choose whether citizens see the workflows of this decision."""
    public = request.form.get("public") == "1"

    def change(session: Session) -> None:
        decision = access.draft(decision_id)
        workflow_lines.make_workflows_public(session, decision, public, actor=g.account, now=clock.now())

    saved(change)
    flash(_("Quy trình sẽ được công khai.") if public else _("Quy trình chỉ dùng trong nội bộ."))
    return redirect(url_for(".show_workflows", decision_id=decision_id), 303)


@bp.get(f"{AREA}/moi")
@requires(Permission.DRAFT)
def show_new_workflow(decision_id: int) -> ResponseReturnValue:
    """What the new row is about."""
    decision = access.draft(decision_id)
    form = NewWorkflowForm(formdata=None, level="unknown", code_printed=request.args.get("ma", "")[:80])
    return render_template("office/workflow_new.html", decision=decision, form=form)


@bp.post(f"{AREA}/moi")
@requires(Permission.DRAFT)
def add_workflow(decision_id: int) -> ResponseReturnValue:
    """Add a row; a workflow starts from the one in force, if there is one."""
    decision, form = access.draft(decision_id), NewWorkflowForm()
    if not form.validate():
        return render_template("office/workflow_new.html", decision=decision, form=form), 422
    line_id = saved(lambda session: _add(session, decision_id, form))
    if form.action.data == EXPIRED:
        return redirect(url_for(".show_expired", decision_id=decision_id, line_id=line_id), 303)
    flash(_("Đã thêm quy trình. Ghi các bước rồi lưu."))
    return redirect(url_for(".show_workflow", decision_id=decision_id, line_id=line_id), 303)


def _add(session: Session, decision_id: int, form: NewWorkflowForm) -> int:
    decision, data = access.draft(decision_id), form.data
    names = ("action", "code_printed", "name", "level", "expires_text")
    values: dict[str, Any] = {name: data[name] or "" for name in names}
    content = None if values["action"] == EXPIRED else Workflow(values["name"] or "")
    line = workflow_lines.add_workflow(
        session, decision, WorkflowLineInput(**values, content=content), actor=g.account, now=clock.now()
    )
    procedure = procedure_of(session, line)
    binding = workflows_on(session, procedure.id, clock.today()) if procedure and content is not None else []
    if binding:
        workflow_lines.edit_workflow(
            session, line, {"content": binding[0].workflow.value}, seen=line.lock_version, actor=g.account,
            now=clock.now(),
        )  # fmt: skip
    return line.id


def _line(decision_id: int, line_id: int) -> WorkflowLine:
    found = db.session.get(WorkflowLine, line_id)
    if found is None or found.decision_id != access.decision(decision_id).id:
        abort(404)
    return found


@bp.get(f"{AREA}/<int:line_id>")
@requires(Permission.DRAFT)
def show_workflow(decision_id: int, line_id: int) -> ResponseReturnValue:
    """One workflow to be filled in."""
    access.draft(decision_id)
    line = _line(decision_id, line_id)
    if line.value is None:
        return redirect(url_for(".show_expired", decision_id=decision_id, line_id=line_id))
    form = WorkflowForm(formdata=None, data=_shown(line, line.value))
    form.seen.data = str(line.lock_version)
    return shown_page(WorkflowPage(line, form, line.value))


def _shown(line: WorkflowLine, value: Workflow) -> dict[str, Any]:
    return {**shown_workflow(value), **{name: getattr(line, name) for name in _ROW}, "procedure": line.name}


@bp.post(f"{AREA}/<int:line_id>")
@requires(Permission.DRAFT)
def save_workflow(decision_id: int, line_id: int) -> ResponseReturnValue:
    """Do what the button says: add, move or take out a step, look at a pasted table, or save the whole."""
    access.draft(decision_id)
    line = _line(decision_id, line_id)
    fields = texts_of(request.form.items(multi=True))
    wish = request.form.get("lam", "luu")
    page = WorkflowPage(line, form_of(fields), line.value, dirty=True)
    if wish != "luu":
        try:
            return answer(wished(page, fields, wish))
        except UnknownWish:
            abort(400, _("Nút vừa bấm không có trên trang này. Tải lại trang rồi thử lại."))
    valid = page.form.validate()
    value = written_workflow(page.form, line.value or Workflow("")) if valid else None
    if value is None or page.form.lost_ways:
        page.say, page.status = _("Chưa lưu: còn chỗ cần sửa."), 422
        return shown_page(page)
    try:
        saved(lambda session: _store(session, decision_id, line_id, page.form, value))
    except StaleDraft:
        return _stale(decision_id, line_id, page)
    except DraftingError as error:
        abort(409, str(error))
    flash(_("Đã lưu quy trình."))
    return redirect(url_for(".show_workflow", decision_id=decision_id, line_id=line_id), 303)


def _stale(decision_id: int, line_id: int, page: WorkflowPage) -> ResponseReturnValue:
    flash(_("Một người khác vừa lưu quy trình này. Nội dung bạn gõ còn ở dưới; so với bản đang lưu rồi lưu lại."))
    page.line = _line(decision_id, line_id)
    page.stored = page.line.value
    page.form.seen.data = str(page.line.lock_version)
    page.status = 409
    return shown_page(page)


def _store(session: Session, decision_id: int, line_id: int, form: WorkflowForm, value: Workflow) -> None:
    access.draft(decision_id)
    line = _line(decision_id, line_id)
    changes = {name: form[name].data or "" for name in _ROW}
    typed = str(form.seen.data)
    seen = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    workflow_lines.edit_workflow(
        session, line, {**changes, "name": form.procedure.data or "", "content": value}, seen=seen, actor=g.account,
        now=clock.now(),
    )  # fmt: skip


@bp.get(f"{AREA}/<int:line_id>/het-hieu-luc")
@requires(Permission.DRAFT)
def show_expired(decision_id: int, line_id: int) -> ResponseReturnValue:
    """Choose which workflow a row ends."""
    access.draft(decision_id)
    line = _line(decision_id, line_id)
    return render_template("office/workflow_expired.html", decision=line.decision, line=line, found=_candidates(line))


@bp.post(f"{AREA}/<int:line_id>/het-hieu-luc")
@requires(Permission.DRAFT)
def choose_expired(decision_id: int, line_id: int) -> ResponseReturnValue:
    """Keep the choice of a person."""
    chosen, reason = request.form.get("workflow", ""), request.form.get("reason", "")[:2_000]
    number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None

    def change(session: Session) -> None:
        access.draft(decision_id)
        line = _line(decision_id, line_id)
        workflow_lines.choose_expired(session, line, number, dismissed="" if number else reason, actor=g.account,
                                      now=clock.now())  # fmt: skip

    try:
        saved(change)
    except DraftingError as error:
        line = _line(decision_id, line_id)
        return render_template(
            "office/workflow_expired.html", decision=line.decision, line=line, found=_candidates(line),
            error=str(error), reason=reason,
        ), 422  # fmt: skip
    flash(_("Đã ghi lựa chọn."))
    return redirect(url_for(".show_workflows", decision_id=decision_id), 303)


def _candidates(line: WorkflowLine) -> list[Any]:
    """The workflows that a row may end: of its procedure, and those its words name."""
    session, today = db.session(), clock.today()
    procedure = procedure_of(session, line)
    own = workflows_on(session, procedure.id, today) if procedure else []
    named = workflows_named(session, line.expires_text, today)
    return list({item.workflow.id: item for item in (*own, *named)}.values())


@bp.get(f"{AREA}/<int:line_id>/bo")
@requires(Permission.DRAFT)
def show_workflow_removal(decision_id: int, line_id: int) -> ResponseReturnValue:
    """What would be taken out."""
    access.draft(decision_id)
    line = _line(decision_id, line_id)
    form = RemovalForm(formdata=None)
    return render_template("office/workflow_removal.html", decision=line.decision, line=line, form=form)


@bp.post(f"{AREA}/<int:line_id>/bo")
@requires(Permission.DRAFT)
def remove_workflow(decision_id: int, line_id: int) -> ResponseReturnValue:
    """Take a workflow out of the draft; its text stays in the log."""
    form, line = RemovalForm(), _line(decision_id, line_id)
    if not form.validate():
        return render_template("office/workflow_removal.html", decision=line.decision, line=line, form=form), 422

    def change(session: Session) -> None:
        workflow_lines.remove_workflow(
            session, _line(decision_id, line_id), reason=form.reason.data, actor=g.account, now=clock.now()
        )

    try:
        saved(change)
    except DraftingError as error:
        abort(409, str(error))
    flash(_("Đã bỏ quy trình khỏi dự thảo. Nội dung của quy trình còn trong nhật ký."))
    return redirect(url_for(".show_workflows", decision_id=decision_id), 303)
