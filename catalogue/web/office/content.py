"""The full text of a row, section by section: shown, filled in with or without script, kept on the way, saved."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.glossary import PARTS
from catalogue.models import StoredFile
from catalogue.permissions import Permission
from catalogue.services import content_editing, unsaved
from catalogue.services.drafting import DraftingError, StaleDraft
from catalogue.web.attachment import attachment
from catalogue.web.guards import requires
from catalogue.web.office import access, bp
from catalogue.web.office.content_page import (
    Fields,
    SectionPage,
    extras_of,
    form_fragment,
    form_of,
    reread,
    section_of,
    seen_by,
    seen_of,
    shown_page,
    text_of_line,
)
from catalogue.web.office.content_wishes import UnknownWish, paste_page, rows_page, with_uploads
from catalogue.web.office.forms.content import Section
from catalogue.web.office.forms.content_dossier import file_of
from catalogue.web.office.readings import reading_notes, reread_fields
from catalogue.web.office.rows import texts_of
from catalogue.web.office.transaction import saved

AREA = "/quyet-dinh/<int:decision_id>/cac-dong/<int:line_id>/noi-dung"
MOST_KEPT = 2_000_000


@bp.get(f"{AREA}/<string:slug>")
@requires(Permission.DRAFT)
def show_section(decision_id: int, line_id: int, slug: str) -> ResponseReturnValue:
    """One section as stored, or as this person last typed it."""
    section, text = section_of(slug), text_of_line(db.session(), decision_id, line_id)
    page = SectionPage(text, section, section.filled(text.current), seen_of(text, section))
    if "go-do" in request.args and (mine := unsaved.typed_by(db.session(), text.line, slug, g.account)):
        fields = [(str(name), str(words)) for name, words in mine.fields]
        page.form, page.dirty = form_of(section, texts_of(fields)), True
        page.seen = dict(fields).get("seen", page.seen)
        page.say = _("Đây là nội dung bạn đã gõ; chưa lưu.")
    return shown_page(page)


@bp.post(f"{AREA}/<string:slug>")
@requires(Permission.DRAFT)
def save_section(decision_id: int, line_id: int, slug: str) -> ResponseReturnValue:
    """Do what the button says: add, move or take out a row, look at a pasted table, or save the section."""
    section, text = section_of(slug), text_of_line(db.session(), decision_id, line_id)
    fields, refused = with_uploads(section, texts_of(request.form.items(multi=True)))
    text = text_of_line(db.session(), decision_id, line_id)
    page = SectionPage(text, section, reread(section, fields), request.form.get("seen", ""), dirty=True)
    wish = request.form.get("lam", "luu")
    try:
        if wish.startswith(("dan:", "nhan:", "thoi")):
            return _answer(_with_refusals(paste_page(page, fields, wish), refused))
        if ":" in wish:
            return _answer(_with_refusals(rows_page(page, fields, wish), refused))
    except UnknownWish:
        abort(400, _("Nút vừa bấm không có trên trang này. Tải lại trang rồi thử lại."))
    page.form = form_of(section, fields)
    if not page.form.validate() or refused:
        _with_refusals(page, refused)
        page.say = _("Chưa lưu: còn chỗ cần sửa.")
        return shown_page(page, 422)
    return _save(decision_id, line_id, section, page)


def _answer(page: SectionPage) -> ResponseReturnValue:
    """The page again; for the script, its form and where to go on."""
    if request.headers.get("X-Fragment"):
        return jsonify(html=form_fragment(page), focus=page.focus, message=page.say)
    return shown_page(page)


def _with_refusals(page: SectionPage, refused: Mapping[str, str]) -> SectionPage:
    """Say at the row why its file was not taken."""
    for row, sentence in refused.items():
        number = int(row.rpartition("-")[2])
        if "forms" in page.form and number < len(page.form["forms"].entries):
            page.form["forms"].entries[number].form.upload.errors = [sentence]
        page.say = sentence
    return page


def _save(decision_id: int, line_id: int, section: Section, page: SectionPage) -> ResponseReturnValue:
    choices = {name.removeprefix("giu:"): side for name, side in request.form.items() if name.startswith("giu:")}
    given_up = [part for part, side in choices.items() if side == "ho"]

    def change(session: Session) -> tuple[str, ...]:
        text = text_of_line(session, decision_id, line_id)
        extras = extras_of(text)
        parts = section.written(page.form.data, text.current, extras)
        mine = {part: value for part, value in parts.items() if part not in given_up}
        done = content_editing.save_parts(
            session, text, mine, shown=section.untouched(text.current, extras), seen=seen_by(page.seen),
            actor=g.account, now=clock.now(),
        )  # fmt: skip
        unsaved.forget_typed(session, text.line, section.slug, g.account)
        return done

    try:
        done = saved(change)
    except StaleDraft as stale:
        return _stale(decision_id, line_id, page, stale)
    except DraftingError as error:
        abort(409, str(error))
    flash(_saved_words(section, done))
    following = page.following if request.form.get("lam") == "luu-sang" else None
    slug = following.slug if following else section.slug
    return redirect(url_for(".show_section", decision_id=decision_id, line_id=line_id, slug=slug), 303)


def _saved_words(section: Section, done: tuple[str, ...]) -> str:
    if not done:
        return _("Phần «%(title)s» không có gì thay đổi.", title=section.title)
    return _("Đã lưu phần «%(title)s».", title=section.title)


def _stale(decision_id: int, line_id: int, page: SectionPage, stale: StaleDraft) -> ResponseReturnValue:
    """Both texts of every part that two people changed; what was typed goes along."""
    text = text_of_line(db.session(), decision_id, line_id)
    clashes = [(part, PARTS[part], stale.mine[part], stale.theirs[part]) for part in stale.mine]
    # Parts that nobody else touched keep their marks: what this person left alone follows the colleague.
    fresh = seen_by(seen_of(text, page.section))
    seen = {**seen_by(page.seen), **{part: fresh[part] for part in stale.mine}}
    return render_template(
        "office/content/stale.html", decision=text.line.decision, line=text.line, section=page.section,
        clashes=clashes, fields=texts_of(request.form.items(multi=True)), seen=json.dumps(seen),
    ), 409  # fmt: skip


@bp.post(f"{AREA}/<string:slug>/go-do")
@requires(Permission.DRAFT)
def keep_section(decision_id: int, line_id: int, slug: str) -> ResponseReturnValue:
    """Keep what is being typed, and tell how times and sums in it are read. The draft itself does not change."""
    section = section_of(slug)
    fields = texts_of(request.form.items(multi=True))
    if sum(len(name) + len(words) for name, words in fields) > MOST_KEPT:
        return jsonify(message=_("Phần này quá dài nên chưa giữ được bản gõ dở. Bấm lưu.")), 413
    form, now = form_of(section, fields), clock.now()
    form.validate()
    fresh = saved(lambda session: _keep(session, decision_id, line_id, section, fields))
    values = reread_fields(form)
    notes = reading_notes(reread(section, fields))
    told = _("Đã giữ bản gõ dở lúc %(time)s. Chưa lưu vào dự thảo.", time=f"{now:%H:%M}")
    return jsonify(message=told if fresh else _stale_words(), values=values, notes=notes)


def _keep(session: Session, decision_id: int, line_id: int, section: Section, fields: Fields) -> bool:
    """Keep it, unless it is what the draft says already; whether the section still is what the person started from."""
    text = text_of_line(session, decision_id, line_id)
    seen, extras, form = request.form.get("seen", ""), extras_of(text), form_of(section, fields)
    untouched = section.untouched(text.current, extras)
    if form.validate() and section.written(form.data, text.current, extras) == untouched:
        unsaved.forget_typed(session, text.line, section.slug, g.account)
        return True
    kept = [*fields, ("seen", seen)]
    unsaved.keep_typed(session, text.line, section.slug, kept, actor=g.account, now=clock.now())
    return seen_by(seen) == seen_by(seen_of(text, section))


def _stale_words() -> str:
    return _("Đã giữ bản gõ dở. Một người khác vừa lưu phần này; khi lưu bạn sẽ xem cả hai bản.")


@bp.post(f"{AREA}/<string:slug>/bo-go-do")
@requires(Permission.DRAFT)
def forget_section(decision_id: int, line_id: int, slug: str) -> ResponseReturnValue:
    """Give up what was typed and not saved."""
    section_of(slug)
    saved(lambda session: unsaved.forget_typed(session, access.line(decision_id, line_id), slug, g.account))
    flash(_("Đã bỏ bản gõ dở."))
    return redirect(url_for(".show_section", decision_id=decision_id, line_id=line_id, slug=slug), 303)


@bp.post(f"{AREA}/<string:slug>/giu-nguyen")
@requires(Permission.DRAFT)
def restore_section(decision_id: int, line_id: int, slug: str) -> ResponseReturnValue:
    """Give a section back to the text in force."""
    section = section_of(slug)

    def change(session: Session) -> None:
        text = text_of_line(session, decision_id, line_id)
        content_editing.restore_parts(session, text, section.parts, actor=g.account, now=clock.now())
        unsaved.forget_typed(session, text.line, slug, g.account)

    saved(change)
    flash(_("Phần «%(title)s» trở lại như bản đang có hiệu lực.", title=section.title))
    return redirect(url_for(".show_section", decision_id=decision_id, line_id=line_id, slug=slug), 303)


@bp.get(f"{AREA}/tep/<string:mark>")
@requires(Permission.DRAFT)
def send_form_file(decision_id: int, line_id: int, mark: str) -> ResponseReturnValue:
    """A form of the draft, to look at; only files this page has named."""
    access.line(decision_id, line_id)
    stored = db.session.get(StoredFile, file_of(mark))
    if stored is None:
        abort(404)
    return attachment(stored.data, stored.media_type, stored.name)
