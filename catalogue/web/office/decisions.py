"""Decisions as officers see them: the list, import, a new draft, one decision, its head, its file, its history."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.glossary import DECISION_STATUSES
from catalogue.imports.decision_document import NotADecision, read_decision
from catalogue.models import Decision
from catalogue.permissions import Permission
from catalogue.queries import office
from catalogue.services import drafting
from catalogue.services.drafting import DraftHead, DraftingError, StaleDraft
from catalogue.services.importing import import_decision
from catalogue.web.attachment import attachment
from catalogue.web.fields import LineField, Needed, NoLongerThan, OfficeForm, UploadField
from catalogue.web.guards import requires
from catalogue.web.office import access, bp, overview
from catalogue.web.office.forms.draft import Posted, carried, clashes, filled, only_posted, posted
from catalogue.web.office.forms.head import HeadForm, head_values, shown_head
from catalogue.web.office.transaction import saved
from catalogue.web.portal.filters import LONGEST_TEXT, page_number
from search_index.vietnamese import clean

PER_PAGE = 50


class ImportForm(OfficeForm):
    """The Word file of a decision."""

    file = UploadField(_l("Tệp Word của quyết định (.docx)"), [Needed(_l("Chọn một tệp Word (.docx) rồi gửi."))])


class DiscardForm(OfficeForm):
    """Why a draft is thrown away."""

    reason = LineField(_l("Lý do"), [Needed(_l("Ghi lý do hủy để người sau hiểu.")), NoLongerThan(500)])


@bp.get("/quyet-dinh")
@requires(Permission.READ)
def list_decisions() -> ResponseReturnValue:
    """Every decision this person may see."""
    status = request.args.get("trang-thai", "")
    status = status if status in DECISION_STATUSES else ""
    text = clean(request.args.get("q", "")[:LONGEST_TEXT])
    viewer, session = access.viewer(), db.session()
    total = office.count(session, viewer, status=status, text=text)
    page = min(page_number(request.args), max(1, -(-total // PER_PAGE)))
    found = office.listed(session, viewer, status=status, text=text, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return render_template(
        "office/decisions.html", decisions=found, total=total, page=page, pages=-(-total // PER_PAGE), text=text,
        status=status, lines=office.line_counts(session, [decision.id for decision in found]),
    )  # fmt: skip


@bp.get("/quyet-dinh/nhap")
@requires(Permission.DRAFT)
def show_import() -> ResponseReturnValue:
    """Choose a file."""
    return render_template("office/import.html", form=ImportForm(formdata=None))


@bp.post("/quyet-dinh/nhap")
@requires(Permission.DRAFT)
def import_file() -> ResponseReturnValue:
    """Make a draft of a Word file, or say in one sentence why not; then nothing is kept."""
    form = ImportForm()
    if not form.validate():
        return render_template("office/import.html", form=form), 422
    data, name = form.file.data.read(), form.file.data.filename or "tệp không tên"
    try:
        parsed = read_decision(data, name)
        number = saved(lambda s: import_decision(s, parsed, data, name, actor=g.account, now=clock.now()).id)
    except (NotADecision, DraftingError) as error:
        form.file.errors = [str(error)]
        return render_template("office/import.html", form=form), 422
    flash(_("Đã đọc tệp «%(name)s» thành dự thảo. Đối chiếu từng phần bên dưới với bản ký.", name=name))
    return redirect(url_for(".show_decision", decision_id=number), 303)


@bp.get("/quyet-dinh/moi")
@requires(Permission.DRAFT)
def show_new_decision() -> ResponseReturnValue:
    """An empty head."""
    form = filled(HeadForm(formdata=None), shown_head(None), 0)
    return render_template("office/head.html", form=form, decision=None)


@bp.post("/quyet-dinh/moi")
@requires(Permission.DRAFT)
def start_decision() -> ResponseReturnValue:
    """Start a draft by hand."""
    form = HeadForm()
    if not form.validate():
        return render_template("office/head.html", form=form, decision=None), 422
    head = DraftHead(**head_values(posted(form).mine))
    try:
        number = saved(lambda s: drafting.new_draft(s, head, actor=g.account, now=clock.now()).id)
    except DraftingError as error:
        form.number.errors = [str(error)]
        return render_template("office/head.html", form=form, decision=None), 422
    flash(_("Đã lập dự thảo. Thêm các dòng thủ tục rồi chạy thử."))
    return redirect(url_for(".show_decision", decision_id=number), 303)


@bp.get("/quyet-dinh/<int:decision_id>")
@requires(Permission.READ)
def show_decision(decision_id: int) -> ResponseReturnValue:
    """Where a decision stands, what is still to do, and who can do it."""
    decision = access.decision(decision_id)
    return render_template("office/decision.html", **overview.of(db.session(), decision))


@bp.get("/quyet-dinh/<int:decision_id>/dau-quyet-dinh")
@requires(Permission.DRAFT)
def show_head(decision_id: int) -> ResponseReturnValue:
    """The head to be edited."""
    decision = access.draft(decision_id)
    form = filled(HeadForm(formdata=None), shown_head(decision), decision.lock_version)
    return render_template("office/head.html", form=form, decision=decision)


@bp.post("/quyet-dinh/<int:decision_id>/dau-quyet-dinh")
@requires(Permission.DRAFT)
def save_head(decision_id: int) -> ResponseReturnValue:
    """Save the head; when two people changed the same field, both texts are shown."""
    form = only_posted(HeadForm())
    if not form.validate():
        return _head_again(decision_id, form), 422
    texts = posted(form)
    try:
        saved(lambda session: _edit_head(session, decision_id, texts))
    except StaleDraft:
        return _stale_head(decision_id, texts), 409
    except DraftingError as error:
        form.seen.errors = [str(error)]
        return _head_again(decision_id, form), 422
    flash(_("Đã lưu đầu quyết định."))
    return redirect(url_for(".show_decision", decision_id=decision_id), 303)


def _head_again(decision_id: int, form: HeadForm) -> str:
    """The whole form with what was typed and what is wrong with it."""
    decision = access.draft(decision_id)
    whole = HeadForm(formdata=request.form, data=shown_head(decision))
    whole.validate()
    if form.seen.errors:
        whole.number.errors = form.seen.errors
    return render_template("office/head.html", form=whole, decision=decision)


def _edit_head(session: Session, decision_id: int, texts: Posted) -> None:
    decision = access.draft(decision_id)
    changes = head_values(texts.changed)
    if changes:
        base = head_values({name: texts.base.get(name, "") for name in texts.changed}) if texts.base else None
        drafting.edit_head(
            session, decision, changes, seen=texts.seen, base=base, actor=g.account, now=clock.now()
        )  # fmt: skip


def _stale_head(decision_id: int, texts: Posted) -> str:
    decision = access.draft(decision_id)
    current = shown_head(decision)
    form = filled(HeadForm(formdata=None), current, decision.lock_version)
    return render_template(
        "office/stale.html", decision=decision, clashes=clashes(texts, current), carried=carried(texts, current),
        form=form, back=url_for(".show_head", decision_id=decision_id), what=_("đầu quyết định"),
    )  # fmt: skip


@bp.get("/quyet-dinh/<int:decision_id>/tep")
@requires(Permission.READ)
def send_file(decision_id: int) -> ResponseReturnValue:
    """The imported original, byte for byte."""
    stored = access.decision(decision_id).file
    if stored is None:
        return render_template("errors/error.html", title=_("Chưa có tệp gốc"), code=404,
                               sentence=_("Dự thảo này được lập bằng tay nên không có tệp.")), 404  # fmt: skip
    return attachment(stored.data, stored.media_type, stored.name)


@bp.get("/quyet-dinh/<int:decision_id>/nhat-ky")
@requires(Permission.READ)
def show_history(decision_id: int) -> ResponseReturnValue:
    """Who did what and when, with the words before and after."""
    decision = access.decision(decision_id)
    return render_template(
        "office/history.html", decision=decision, entries=office.history(db.session(), decision_id)
    )  # fmt: skip


@bp.get("/quyet-dinh/<int:decision_id>/huy")
@requires(Permission.DRAFT)
def show_discard(decision_id: int) -> ResponseReturnValue:
    """What would be lost."""
    return render_template("office/discard.html", decision=_own_draft(decision_id), form=DiscardForm(formdata=None))


@bp.post("/quyet-dinh/<int:decision_id>/huy")
@requires(Permission.DRAFT)
def discard_decision(decision_id: int) -> ResponseReturnValue:
    """Throw a draft away; the record of it stays."""
    form = DiscardForm()
    if not form.validate():
        return render_template("office/discard.html", decision=_own_draft(decision_id), form=form), 422
    number = saved(lambda session: _discard(session, _own_draft(decision_id), form.reason.data))
    flash(_("Đã hủy dự thảo %(number)s.", number=number or _("chưa có số")))
    return redirect(url_for(".list_decisions"), 303)


def _own_draft(decision_id: int) -> Decision:
    """A draft that may be thrown away, or 409 with the reason."""
    decision = access.draft(decision_id)
    try:
        drafting.refuse_in_hands(decision)
    except drafting.DraftingError as error:
        abort(409, str(error))
    return decision


def _discard(session: Session, decision: Decision, reason: str) -> str:
    number = decision.number
    drafting.discard(session, decision, reason=reason, actor=g.account, now=clock.now())
    return number
