"""A change of words on screen: proposed by one person, shown with what it does, decided by another."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import HiddenField

from catalogue import clock, words
from catalogue.extensions import db, search
from catalogue.models import WordRule
from catalogue.permissions import Permission
from catalogue.queries import words as queries
from catalogue.queries.words import WordKind, WordState
from catalogue.services import words as service
from catalogue.services.words import WordInput
from catalogue.services.words_checks import BadWords
from catalogue.services.words_effect import Effect, measure
from catalogue.web.fields import AreaField, ChoiceField, DayField, LineField, NoLongerThan, OfficeForm
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.office.transaction import saved
from catalogue.web.office.words import KIND_SLUGS, SLUGS, state_of
from search_index.ports import SearchError
from search_index.vietnamese import clean

USUAL = timedelta(days=365)


class ProposalForm(OfficeForm):
    """The fields of every kind; a page shows those of its own."""

    phrases = AreaField(_l("Cách nói"), [NoLongerThan(5_000)])
    legal = LineField(
        _l("Cách nói của văn bản"), [NoLongerThan(500)], description=_l("Ví dụ: đăng ký khai sinh.")
    )  # fmt: skip
    keys = AreaField(_l("Mã thủ tục"), [NoLongerThan(500)])
    reason = AreaField(_l("Lý do"), [NoLongerThan(3_000)], description=_l("Người duyệt đọc lý do này."))
    owner = ChoiceField(_l("Người phụ trách"), description=_l("Xem lại mục này trước ngày cuối."))
    last_day = DayField(_l("Dùng đến hết ngày"))


class DecisionForm(OfficeForm):
    """``seen`` is the mark of the effect on the page."""

    seen = HiddenField()
    override = AreaField(
        _l("Lý do vẫn duyệt"), [NoLongerThan(2_000)], description=_l("Cần ghi khi điểm giảm quá mức cho phép.")
    )  # fmt: skip


class RejectionForm(OfficeForm):
    """Why a proposal is not taken."""

    note = AreaField(_l("Lý do không duyệt"), [NoLongerThan(2_000)])


LABELS = {
    WordKind.SYNONYM: (_l("Cách nói của người dân"), _l("Mỗi dòng một cách nói, ví dụ: sổ đỏ.")),
    WordKind.FRIENDLY_NAME: (_l("Tên thường gọi"), _l("Tên ngắn, dễ hiểu; hiện trên tên chính thức.")),
    WordKind.PIN: (_l("Câu hỏi được ghim"), _l("Mỗi dòng một câu, ví dụ: khai sinh. Mã và số quyết định không ghim.")),
}
KEY_HINTS = {
    WordKind.FRIENDLY_NAME: _l("Đúng một mã, ví dụ: 1.001193."),
    WordKind.PIN: _l("Mỗi dòng một mã, từ 1 đến 5; mã ở trên đứng trước."),
}


@bp.get("/tu-ngu/de-nghi/<any('tu-dong-nghia', 'ten-thuong-goi', 'ghim'):slug>")
@requires(Permission.PROPOSE_WORDS)
def show_proposal_form(slug: str) -> ResponseReturnValue:
    """An empty form, or one that starts from what holds now (``?thay=``, ``?nhom=``) or from a question (``?cau=``)."""
    return _form_page(slug, _prefilled(slug))


@bp.post("/tu-ngu/de-nghi/<any('tu-dong-nghia', 'ten-thuong-goi', 'ghim'):slug>")
@requires(Permission.PROPOSE_WORDS)
def propose_words(slug: str) -> ResponseReturnValue:
    """Put it before a second person."""
    form = _bound(ProposalForm(), slug)
    if not form.validate():
        return _form_page(slug, form), 422
    given = _given(slug, form)
    try:
        rule = saved(lambda session: service.propose(
            session, given, actor=g.account, now=clock.now(), on=clock.today()
        ).id)  # fmt: skip
    except BadWords as error:
        return _form_page(slug, form, str(error)), 422
    flash(_("Đã ghi đề nghị. Một người khác xem và quyết định."))
    return redirect(url_for(".show_rule", rule_id=rule), 303)


@bp.get("/tu-ngu/<int:rule_id>")
@requires(Permission.READ)
def show_rule(rule_id: int) -> ResponseReturnValue:
    """One change: who, why, until when, and what it does to the judged questions."""
    return _rule_page(_rule(db.session(), rule_id))


@bp.post("/tu-ngu/<int:rule_id>/duyet")
@requires(Permission.DECIDE_WORDS)
def approve_rule(rule_id: int) -> ResponseReturnValue:
    """Let it hold, on the effect that was on the page."""
    form, today = DecisionForm(), clock.today()
    rule = _rule(db.session(), rule_id)
    if not form.validate():
        return _rule_page(rule, form), 422
    effect, failed = _effect(db.session(), rule)
    if effect is None:
        return _rule_page(rule, form, failed), 503
    if rule.state == WordState.PROPOSED and form.seen.data != _mark(effect):
        return _rule_page(rule, None, _("Số đo đã khác với trang bạn vừa xem; xem lại rồi quyết định.")), 409
    try:
        saved(lambda session: service.approve(
            session, _rule(session, rule_id), effect, override=form.override.data or "", actor=g.account,
            now=clock.now(), on=today,
        ))  # fmt: skip
    except BadWords as error:
        return _rule_page(_rule(db.session(), rule_id), form, str(error)), 422
    flash(_("Đã duyệt. Tìm kiếm dùng từ ngữ này từ bây giờ."))
    return redirect(url_for(".show_words"), 303)


@bp.post("/tu-ngu/<int:rule_id>/khong-duyet")
@requires(Permission.DECIDE_WORDS)
def reject_rule(rule_id: int) -> ResponseReturnValue:
    """Send it back for good."""
    form = RejectionForm()
    return _decided(rule_id, lambda session, rule: service.reject(
        session, rule, note=form.note.data or "", actor=g.account, now=clock.now()
    ), _("Đã ghi không duyệt kèm lý do."))  # fmt: skip


@bp.post("/tu-ngu/<int:rule_id>/rut-lai")
@requires(Permission.PROPOSE_WORDS)
def withdraw_rule(rule_id: int) -> ResponseReturnValue:
    """Take back one's own proposal."""
    return _decided(rule_id, lambda session, rule: service.withdraw(
        session, rule, actor=g.account, now=clock.now()
    ), _("Đã rút lại đề nghị."))  # fmt: skip


def _decided(rule_id: int, decide: Any, told: str) -> ResponseReturnValue:
    try:
        saved(lambda session: decide(session, _rule(session, rule_id)))
    except BadWords as error:
        return _rule_page(_rule(db.session(), rule_id), None, str(error)), 422
    flash(told)
    return redirect(url_for(".show_words"), 303)


def _rule(session: Session, rule_id: int) -> WordRule:
    found = queries.by_id(session, rule_id)
    if found is None:
        abort(404)
    return found


def _rule_page(rule: WordRule, form: DecisionForm | None = None, problem: str = "") -> str:
    effect, failed = _effect(db.session(), rule)
    form = form or DecisionForm(formdata=None)
    form.seen.data = _mark(effect) if effect else ""
    return render_template(
        "office/word_rule.html", rule=rule, effect=effect, failed=failed, form=form, problem=problem,
        rejection=RejectionForm(formdata=None), state=state_of(rule, clock.today()), slug=SLUGS[WordKind(rule.kind)],
        mine=rule.proposer_id == g.account.id, names=queries.procedure_names(db.session(), [rule]),
    )  # fmt: skip


def _effect(session: Session, rule: WordRule) -> tuple[Effect | None, str]:
    """What approval would do today; what it was approved on once it is decided; or why it cannot be measured."""
    if rule.state != WordState.PROPOSED:
        return (Effect.from_json(rule.effect) if rule.effect else None), ""
    try:
        return measure(session, search(), rule, clock.today()), ""
    except SearchError as error:
        return None, str(error)


def _mark(effect: Effect) -> str:
    return hashlib.sha256(json.dumps(effect.to_json(), sort_keys=True).encode()).hexdigest()[:16]


def _form_page(slug: str, form: ProposalForm, problem: str = "") -> str:
    kind = KIND_SLUGS[slug]
    return render_template(
        "office/word_proposal.html", form=form, kind=kind, slug=slug, problem=problem, removes=_flag("bo"),
        replaced=_replaced(), shipped=_shipped(),
    )  # fmt: skip


def _bound(form: ProposalForm, slug: str) -> ProposalForm:
    kind = KIND_SLUGS[slug]
    form.phrases.label.text, form.phrases.description = LABELS[kind]
    form.keys.description = KEY_HINTS.get(kind, "")
    form.owner.choices = [
        (person.username, f"{person.full_name} ({person.username})") for person in service.owners(db.session())
    ]
    return form


def _prefilled(slug: str) -> ProposalForm:
    form = _bound(ProposalForm(formdata=None), slug)
    form.owner.data, form.last_day.data = g.account.username, clock.today() + USUAL
    replaced, shipped = _replaced(), _shipped()
    if replaced is not None:
        form.phrases.data, form.legal.data = "\n".join(replaced.phrases), replaced.legal
        form.keys.data = "\n".join(held.procedure.key for held in replaced.procedures)
    elif shipped:
        form.phrases.data, form.legal.data = "\n".join(words.shipped()[shipped]), shipped
    else:
        form.phrases.data = clean(request.args.get("cau", ""))[:100]
    return form


def _given(slug: str, form: ProposalForm) -> WordInput:
    replaced = _replaced()
    removes = _flag("bo")
    return WordInput(
        kind=KIND_SLUGS[slug],
        phrases=tuple((form.phrases.data or "").splitlines()),
        legal=form.legal.data or "",
        keys=tuple((form.keys.data or "").split()),
        reason=form.reason.data or "",
        owner=form.owner.data or "",
        last_day=None if removes else form.last_day.data,
        removes=removes,
        replaces_id=replaced.id if replaced else None,
        replaces_shipped=_shipped(),
    )


def _replaced() -> WordRule | None:
    """The rule that the address names (``?thay=``); a page that says so when there is none."""
    given = request.args.get("thay", "")
    if not given:
        return None
    return _rule(db.session(), int(given)) if re.fullmatch(r"[0-9]{1,9}", given) else abort(404)


def _shipped() -> str:
    """The shipped group that the address names (``?nhom=``)."""
    legal = clean(request.args.get("nhom", ""))
    if legal and legal not in words.shipped():
        abort(404, description=_("Không có nhóm từ «%(legal)s» đi kèm chương trình.", legal=legal[:80]))
    return legal


def _flag(name: str) -> bool:
    return request.args.get(name) == "1"
