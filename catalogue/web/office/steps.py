"""The way of a decision on screen: rehearse, submit, review, approve, issue, return. Look first, then do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import HiddenField

from catalogue import clock
from catalogue.extensions import db
from catalogue.messages import refusal_sentence
from catalogue.models import Account, Decision
from catalogue.permissions import Permission, permissions_of
from catalogue.services import publication
from catalogue.services.publication import NotIssuable, PlanChanged
from catalogue.web.fields import AreaField, Needed, NoLongerThan, OfficeForm
from catalogue.web.guards import requires
from catalogue.web.office import access, bp, overview
from catalogue.web.office.report import make_report
from catalogue.web.office.report_workflows import workflow_news
from catalogue.web.office.transaction import saved
from decisions.kinds import Action
from decisions.lifecycle import NotAllowed, Refusal


class StepForm(OfficeForm):
    """``seen`` is the fingerprint of the report on the page."""

    seen = HiddenField()
    note = AreaField(_l("Ghi chú"), [NoLongerThan(2000)], description=_l("Không bắt buộc; lưu trong nhật ký."))


class ReturnForm(OfficeForm):
    """What has to be mended."""

    note = AreaField(
        _l("Điều cần sửa"), [Needed(_l("Ghi điều cần sửa để người soạn biết.")), NoLongerThan(2000)],
        description=_l("Người soạn thấy nội dung này ở đầu việc cần làm."),
    )  # fmt: skip


@bp.get("/quyet-dinh/<int:decision_id>/chay-thu")
@requires(Permission.READ)
def show_rehearsal(decision_id: int) -> ResponseReturnValue:
    """What the decision would change; nothing is written."""
    decision = access.draft(decision_id)
    return render_template("office/rehearsal.html", **_report(decision))


@bp.get("/quyet-dinh/<int:decision_id>/trinh")
@requires(Permission.DRAFT)
def show_submit(decision_id: int) -> ResponseReturnValue:
    """Who will get it, and what still stands in the way."""
    return _preview(decision_id, Action.SUBMIT)


@bp.post("/quyet-dinh/<int:decision_id>/trinh")
@requires(Permission.DRAFT)
def submit_decision(decision_id: int) -> ResponseReturnValue:
    """Hand the draft to a reviewer."""
    return _take(decision_id, Action.SUBMIT, lambda session, decision, form: publication.submit(
        session, decision, actor=g.account, now=clock.now()
    ), _("Đã trình. Người kiểm soát sẽ thấy quyết định này trong việc cần làm."))  # fmt: skip


@bp.get("/quyet-dinh/<int:decision_id>/kiem-soat")
@requires(Permission.REVIEW)
def show_review(decision_id: int) -> ResponseReturnValue:
    """The report, to be checked against the paper."""
    return _preview(decision_id, Action.REVIEW)


@bp.post("/quyet-dinh/<int:decision_id>/kiem-soat")
@requires(Permission.REVIEW)
def review_decision(decision_id: int) -> ResponseReturnValue:
    """A second person agrees."""
    return _take(decision_id, Action.REVIEW, lambda session, decision, form: publication.review(
        session, decision, actor=g.account, now=clock.now(), note=form.note.data or ""
    ), _("Đã kiểm soát. Người phê duyệt sẽ thấy quyết định này trong việc cần làm."))  # fmt: skip


@bp.get("/quyet-dinh/<int:decision_id>/phe-duyet")
@requires(Permission.APPROVE)
def show_approval(decision_id: int) -> ResponseReturnValue:
    """The report that is signed."""
    return _preview(decision_id, Action.APPROVE)


@bp.post("/quyet-dinh/<int:decision_id>/phe-duyet")
@requires(Permission.APPROVE)
def approve_decision(decision_id: int) -> ResponseReturnValue:
    """Approve exactly what was on the page."""
    return _take(decision_id, Action.APPROVE, lambda session, decision, form: publication.approve(
        session, decision, seen=form.seen.data or "", actor=g.account, now=clock.now()
    ), _("Đã phê duyệt đúng nội dung trên trang vừa xem."))  # fmt: skip


@bp.get("/quyet-dinh/<int:decision_id>/ban-hanh")
@requires(Permission.ISSUE)
def show_issue(decision_id: int) -> ResponseReturnValue:
    """What happens for citizens, and from when."""
    return _preview(decision_id, Action.ISSUE)


@bp.post("/quyet-dinh/<int:decision_id>/ban-hanh")
@requires(Permission.ISSUE)
def issue_decision(decision_id: int) -> ResponseReturnValue:
    """Record the signed decision as issued; its pages change as the report said."""
    return _take(decision_id, Action.ISSUE, lambda session, decision, form: publication.issue(
        session, decision, actor=g.account, now=clock.now()
    ), _("Đã ban hành. Danh mục và tìm kiếm đã theo quyết định này."))  # fmt: skip


@bp.get("/quyet-dinh/<int:decision_id>/tra-lai")
@requires(Permission.SEND_BACK)
def show_return(decision_id: int) -> ResponseReturnValue:
    """Say what has to be mended."""
    decision = access.draft(decision_id)
    if (refused := overview.refusal(decision, Action.RETURN, g.account)) is not None:
        return _refused(decision, refused)
    return render_template("office/return.html", decision=decision, form=ReturnForm(formdata=None))


@bp.post("/quyet-dinh/<int:decision_id>/tra-lai")
@requires(Permission.SEND_BACK)
def return_decision(decision_id: int) -> ResponseReturnValue:
    """Back to the drafter; review and approval are void."""
    form = ReturnForm()
    if not form.validate():
        return render_template("office/return.html", decision=access.draft(decision_id), form=form), 422
    try:
        saved(lambda session: publication.send_back(
            session, access.draft(decision_id), note=form.note.data, actor=g.account, now=clock.now()
        ))  # fmt: skip
    except NotAllowed as refused:
        return _refused(access.draft(decision_id), refused)
    flash(_("Đã trả lại người soạn."))
    return redirect(url_for(".show_decision", decision_id=decision_id), 303)


Service = Callable[[Session, Decision, StepForm], Any]


def _take(decision_id: int, action: Action, service: Service, done: str) -> ResponseReturnValue:
    """One step in one transaction; what changed since the page was shown brings the page afresh (409)."""
    form = StepForm()
    if not form.validate():
        return _preview(decision_id, action, status=422)
    try:
        saved(lambda session: service(session, access.decision(decision_id), form))
    except NotAllowed as refused:
        return _refused(access.decision(decision_id), refused)
    except PlanChanged:
        return _preview(decision_id, action, status=409, changed=True)
    except NotIssuable:
        return _preview(decision_id, action, status=409)
    flash(done)
    return redirect(url_for(".show_decision", decision_id=decision_id), 303)


def _preview(decision_id: int, action: Action, *, status: int = 200, changed: bool = False) -> ResponseReturnValue:
    decision = access.decision(decision_id)
    if (refused := overview.refusal(decision, action, g.account)) is not None:
        return _refused(decision, refused)
    values = _report(decision)
    # A fresh form: one that was posted would show the old fingerprint again.
    form = StepForm(formdata=None, seen=values["rehearsal"].fingerprint)
    changed = changed or (action is Action.ISSUE and decision.approved_plan != values["rehearsal"].fingerprint)
    page = render_template(
        "office/step.html", action=action.value, form=form, changed=changed,
        receivers=_receivers(db.session(), decision, action), **values,
    )  # fmt: skip
    return page, status


def _report(decision: Decision) -> dict[str, Any]:
    rehearsal = publication.rehearse(db.session(), decision, clock.now())
    return {
        "decision": decision, "rehearsal": rehearsal, "report": make_report(db.session(), decision, rehearsal),
        "workflow_news": workflow_news(decision.workflow_lines, rehearsal.plan.workflows),
    }  # fmt: skip


def _refused(decision: Decision, refused: NotAllowed) -> ResponseReturnValue:
    """A kind sentence: 403 for the same person, 409 when the decision is at another step by now."""
    same_person = refused.refusal is Refusal.SAME_PERSON
    page = render_template("office/refused.html", decision=decision, sentence=refusal_sentence(refused))
    return page, 403 if same_person else 409


_RECEIVES = {Action.SUBMIT: Permission.REVIEW, Action.REVIEW: Permission.APPROVE, Action.APPROVE: Permission.ISSUE}


def _receivers(session: Session, decision: Decision, action: Action) -> Sequence[str]:
    """The people whose to-do list shows the decision after the step."""
    if action not in _RECEIVES:
        return ()
    accounts = session.scalars(select(Account).where(Account.active).order_by(Account.full_name))
    able = [account for account in accounts if _RECEIVES[action] in permissions_of(account.role_names)]
    if action is not Action.APPROVE:  # anybody with the right may record the issue
        able = [account for account in able if account.id not in {*decision.editors, g.account.id}]
    return [f"{account.full_name}{f' ({account.title})' if account.title else ''}" for account in able]
