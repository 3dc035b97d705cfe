"""One row: all of it on a page, a few cells of it from the grid; adding and taking out."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import DecisionLine
from catalogue.permissions import Permission
from catalogue.services import drafting, publication
from catalogue.services.drafting import DraftingError, LineInput, StaleDraft
from catalogue.web.fields import LineField, Needed, NoLongerThan, OfficeForm
from catalogue.web.guards import requires
from catalogue.web.office import access, bp
from catalogue.web.office.forms.draft import Posted, carried, clashes, filled, only_posted, posted
from catalogue.web.office.forms.line import GROUPS, LineForm, base_values, line_values, shown_line
from catalogue.web.office.grid import GRID_FIELDS, grid_row, line_problems
from catalogue.web.office.labels import field_name, recorded
from catalogue.web.office.transaction import saved


class RemovalForm(OfficeForm):
    """Why a row is taken out."""

    reason = LineField(_l("Lý do"), [Needed(_l("Ghi lý do bỏ dòng để người sau hiểu.")), NoLongerThan(500)])


@bp.get("/quyet-dinh/<int:decision_id>/cac-dong/moi")
@requires(Permission.DRAFT)
def show_new_line(decision_id: int) -> ResponseReturnValue:
    """An empty row, or one that starts from a row of the file that was not understood."""
    decision = access.draft(decision_id)
    texts = {"kind": "unknown", "level": "unknown", "effect_type": ""}
    leftover = _leftover(decision_id)
    if leftover is not None:
        texts["name"] = leftover.text
    form = filled(LineForm(formdata=None), texts, 0)
    return render_template(
        "office/line.html", decision=decision, line=None, form=form, groups=GROUPS, leftover=leftover
    )  # fmt: skip


@bp.post("/quyet-dinh/<int:decision_id>/cac-dong/moi")
@requires(Permission.DRAFT)
def add_line(decision_id: int) -> ResponseReturnValue:
    """Add a row at the end; the leftover it came from is then dealt with."""
    form = LineForm()
    decision, leftover = access.draft(decision_id), _leftover(decision_id)
    if not form.validate():
        page = render_template(
            "office/line.html", decision=decision, line=None, form=form, groups=GROUPS, leftover=leftover
        )  # fmt: skip
        return page, 422
    values = line_values(posted(form).mine, {})
    saved(lambda session: _add(session, decision_id, values))
    flash(_("Đã thêm một dòng vào cuối danh sách."))
    return redirect(url_for(".show_decision" if leftover else ".show_lines", decision_id=decision_id), 303)


def _add(session: Session, decision_id: int, values: dict[str, Any]) -> None:
    now, leftover = clock.now(), _leftover(decision_id)
    if leftover is not None:
        values["place"] = leftover.place
        drafting.handle_leftover(session, leftover, handling="line", reason="", actor=g.account, now=now)
    drafting.add_line(session, access.draft(decision_id), LineInput(**values), actor=g.account, now=now)


def _leftover(decision_id: int) -> Any:
    number = request.args.get("tu", "")
    return access.leftover(decision_id, int(number)) if number.isascii() and number.isdecimal() else None


@bp.get("/quyet-dinh/<int:decision_id>/cac-dong/<int:line_id>")
@requires(Permission.DRAFT)
def show_line(decision_id: int, line_id: int) -> ResponseReturnValue:
    """The whole row, the printed original beside it."""
    access.draft(decision_id)
    line = access.line(decision_id, line_id)
    form = filled(LineForm(formdata=None), shown_line(line), line.lock_version)
    return _page(line, form)


@bp.post("/quyet-dinh/<int:decision_id>/cac-dong/<int:line_id>")
@requires(Permission.DRAFT)
def save_line(decision_id: int, line_id: int) -> ResponseReturnValue:
    """Save what was changed. Other cells than another person's are merged; the same cell shows both texts (409)."""
    form = only_posted(LineForm())
    if not form.validate():
        return _invalid(access.line(decision_id, line_id), form)
    texts = posted(form)
    try:
        saved(lambda session: _edit(session, decision_id, line_id, texts))
    except StaleDraft:
        return _stale(decision_id, line_id, texts)
    if _wants_data():
        return _saved_row(decision_id, line_id)
    flash(_("Đã lưu dòng."))
    page = request.args.get("trang")
    return redirect(url_for(".show_lines", decision_id=decision_id, trang=page, _anchor=f"dong-{line_id}"), 303)


def _edit(session: Session, decision_id: int, line_id: int, texts: Posted) -> None:
    access.draft(decision_id)
    line = access.line(decision_id, line_id)
    if not texts.changed:
        return
    base = texts.base or {name: text for name, text in shown_line(line).items() if name not in texts.mine}
    shown = base_values(texts.changed, texts.base) if texts.base else None
    drafting.edit_line(
        session, line, line_values(texts.changed, base), seen=texts.seen, base=shown, actor=g.account, now=clock.now()
    )  # fmt: skip


def _wants_data() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _page(line: DecisionLine, form: LineForm) -> str:
    return render_template(
        "office/line.html", decision=line.decision, line=line, form=form, groups=GROUPS, row=grid_row(line)
    )  # fmt: skip


def _invalid(line: DecisionLine, form: LineForm) -> ResponseReturnValue:
    sentences = [str(error) for errors in form.errors.values() for error in errors]
    if _wants_data():
        return jsonify(message=" ".join(sentences)), 422
    whole = LineForm(data=shown_line(line) | {field.name: field.data for field in form}, formdata=request.form)
    whole.validate()
    return _page(line, whole), 422


def _saved_row(decision_id: int, line_id: int) -> ResponseReturnValue:
    """What the grid needs to go on: new lock and texts of the row, and the problems of every row as they are now."""
    session, now = db.session(), clock.now()
    decision, line = access.decision(decision_id), access.line(decision_id, line_id)
    rehearsal = publication.rehearse(session, decision, now)
    problems = line_problems(decision, rehearsal)
    marked = {
        row.id: render_template("office/_row_problems.html", decision=decision, problems=problems[row.position])
        for row in decision.lines
        if row.position in problems
    }
    texts = shown_line(line)
    return jsonify(
        seen=line.lock_version, base=texts, values={name: texts[name] for name in GRID_FIELDS}, problems=marked,
        open=len(rehearsal.open), message=_("Đã lưu lúc %(time)s.", time=f"{now:%H:%M}"),
    )  # fmt: skip


def _stale(decision_id: int, line_id: int, texts: Posted) -> ResponseReturnValue:
    """Both texts of every cell that two people changed; what was typed elsewhere in the row goes along."""
    line = access.line(decision_id, line_id)
    current = shown_line(line)
    found = clashes(texts, current)
    if _wants_data():
        shown = [
            {"name": clash.name, "label": field_name(clash.name), "mine": recorded(clash.mine, clash.name),
             "theirs": recorded(clash.theirs, clash.name), "value": clash.theirs}
            for clash in found
        ]  # fmt: skip
        return jsonify(
            clashes=shown, seen=line.lock_version, base=current, carried=carried(texts, current),
            message=_("Một người khác vừa sửa dòng này. Chọn nội dung cần giữ."),
        ), 409  # fmt: skip
    form = filled(LineForm(formdata=None), current, line.lock_version)
    page = render_template(
        "office/stale.html", decision=line.decision, clashes=found, carried=carried(texts, current), form=form,
        back=url_for(".show_line", decision_id=decision_id, line_id=line_id), what=_("dòng này"),
    )  # fmt: skip
    return page, 409


@bp.get("/quyet-dinh/<int:decision_id>/cac-dong/<int:line_id>/bo")
@requires(Permission.DRAFT)
def show_removal(decision_id: int, line_id: int) -> ResponseReturnValue:
    """What would be taken out."""
    access.draft(decision_id)
    line = access.line(decision_id, line_id)
    return render_template("office/removal.html", decision=line.decision, line=line, form=RemovalForm(formdata=None))


@bp.post("/quyet-dinh/<int:decision_id>/cac-dong/<int:line_id>/bo")
@requires(Permission.DRAFT)
def remove_line(decision_id: int, line_id: int) -> ResponseReturnValue:
    """Take a row out of the draft; its printed words stay in the log."""
    form = RemovalForm()
    if not form.validate():
        line = access.line(decision_id, line_id)
        return render_template("office/removal.html", decision=line.decision, line=line, form=form), 422
    try:
        saved(
            lambda session: drafting.remove_line(
                session, access.line(decision_id, line_id), reason=form.reason.data, actor=g.account, now=clock.now()
            )
        )
    except DraftingError as error:
        abort(409, str(error))
    flash(_("Đã bỏ dòng khỏi dự thảo. Lời văn của dòng còn trong nhật ký."))
    return redirect(url_for(".show_lines", decision_id=decision_id), 303)
