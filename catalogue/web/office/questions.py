"""What people ask and do not find, week by week, and what follows: another name, a synonym, missing content."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from flask import Response, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.day_text import BadDay, parse_day
from catalogue.extensions import db
from catalogue.glossary import QUESTION_TROUBLES
from catalogue.models import MissingContent
from catalogue.permissions import Permission
from catalogue.queries import question_counts
from catalogue.queries import words as queries
from catalogue.queries.question_counts import AskedQuestion, week_of
from catalogue.services import missing_content
from catalogue.services.missing_content import BadNote
from catalogue.services.words import owners
from catalogue.web.fields import AreaField, ChoiceField, LineField, OfficeForm
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.office.transaction import saved
from search_index.vietnamese import clean

DONE_SHOWN = 30


class MissingForm(OfficeForm):
    """A question the catalogue has no answer to."""

    question = LineField(_l("Câu hỏi"))
    note = AreaField(_l("Còn thiếu gì"), description=_l("Ví dụ: chưa có thủ tục nào về nuôi chó."))
    owner = ChoiceField(_l("Giao cho"))


class OutcomeForm(OfficeForm):
    """What became of it."""

    outcome = LineField(_l("Đã xử lý thế nào"))


@bp.get("/cau-hoi")
@requires(Permission.READ)
def list_questions() -> ResponseReturnValue:
    """The questions of one week that found no good answer."""
    week, weeks = _week()
    found = _troubled(week)
    return render_template(
        "office/questions.html", week=week, last=week + timedelta(days=6), weeks=weeks, questions=found,
        shown_from=current_app.config["QUESTION_SHOWN_FROM"], kept=current_app.config["QUESTION_WEEKS"],
    )  # fmt: skip


@bp.get("/cau-hoi.csv")
@requires(Permission.READ)
def export_questions() -> ResponseReturnValue:
    """The same list as a table."""
    week, _weeks = _week()
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["Tuần từ", "Câu hỏi", "Lượt hỏi", "Không có kết quả", "Chưa chắc", "Có mở kết quả", "Vì sao ở đây"])
    for one in _troubled(week):
        # Only lower-case words and blanks are ever kept, so no cell can pass for a formula.
        table.writerow([
            f"{week:%d/%m/%Y}", one.text, one.asked, one.unanswered, one.unsure, one.opened,
            QUESTION_TROUBLES[one.trouble],
        ])  # fmt: skip
    answer = Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="cau-hoi-{week.isoformat()}.csv"'
    return answer


@bp.get("/noi-dung-thieu")
@requires(Permission.READ)
def list_missing() -> ResponseReturnValue:
    """What is missing, who looks after it, and what became of the last ones."""
    session = db.session()
    done = sorted(queries.missing_content(session, done=True), key=lambda one: one.done_at or one.noted_at)
    return render_template(
        "office/missing.html", open=queries.missing_content(session), done=done[::-1][:DONE_SHOWN],
        form=OutcomeForm(formdata=None),
    )  # fmt: skip


@bp.get("/noi-dung-thieu/ghi")
@requires(Permission.PROPOSE_WORDS)
def show_missing_form() -> ResponseReturnValue:
    """A form that starts from a question (``?cau=``)."""
    form = _bound(MissingForm(formdata=None))
    form.question.data = clean(request.args.get("cau", ""))[: missing_content.LONGEST_QUESTION]
    form.owner.data = g.account.username
    return _missing_page(form)


@bp.post("/noi-dung-thieu/ghi")
@requires(Permission.PROPOSE_WORDS)
def note_missing() -> ResponseReturnValue:
    """Give it to a person."""
    form = _bound(MissingForm())
    if not form.validate():
        return _missing_page(form), 422
    try:
        saved(lambda session: missing_content.note(
            session, form.question.data or "", form.note.data or "", owner=form.owner.data, actor=g.account,
            now=clock.now(),
        ))  # fmt: skip
    except BadNote as error:
        return _missing_page(form, str(error)), 422
    flash(_("Đã ghi vào danh sách nội dung còn thiếu."))
    return redirect(url_for(".list_missing"), 303)


@bp.post("/noi-dung-thieu/<int:missing_id>/xong")
@requires(Permission.READ)
def close_missing(missing_id: int) -> ResponseReturnValue:
    """Say what became of it."""
    form = OutcomeForm()
    try:
        saved(lambda session: missing_content.close(
            session, _missing(session, missing_id), form.outcome.data or "", actor=g.account, now=clock.now()
        ))  # fmt: skip
    except BadNote as error:
        abort(422, description=str(error))
    flash(_("Đã báo xong."))
    return redirect(url_for(".list_missing"), 303)


def _missing(session: Session, missing_id: int) -> MissingContent:
    found = session.get(MissingContent, missing_id)
    if found is None:
        abort(404)
    return found


def _week() -> tuple[date, list[date]]:
    """The week asked for, the latest that has something without; and all that have."""
    weeks = question_counts.weeks(db.session())
    try:
        asked = parse_day(request.args.get("tuan", ""))
    except BadDay as error:
        abort(400, description=str(error))
    if asked is not None:
        return week_of(asked), weeks
    return (weeks[0] if weeks else week_of(clock.today())), weeks


def _troubled(week: date) -> list[AskedQuestion]:
    return question_counts.troubled(db.session(), week, current_app.config["QUESTION_SHOWN_FROM"])


def _bound(form: MissingForm) -> MissingForm:
    form.owner.choices = [
        (person.username, f"{person.full_name} ({person.username})") for person in owners(db.session())
    ]
    return form


def _missing_page(form: MissingForm, problem: str = "") -> str:
    return render_template("office/missing_form.html", form=form, problem=problem)
