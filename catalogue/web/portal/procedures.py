"""Procedures: one procedure, its versions and history, its files."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import NoReturn

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from catalogue.exports import FORMATS, qr
from catalogue.exports.procedure_text import procedure_text
from catalogue.extensions import db
from catalogue.papers import procedure_path
from catalogue.queries import history, words
from catalogue.queries.history import ProcedureFact
from catalogue.queries.provenance import content_hashes
from catalogue.web.portal import bp, moment, site
from catalogue.web.portal.filters import LEVELS
from catalogue.web.portal.moment import Moment
from catalogue.web.portal.procedure_page import ProcedurePage, kept_sentence, page_of
from decisions.content import ProcedureContent
from decisions.numbering import parse_code
from search_index.vietnamese import clean


@bp.get("/thu-tuc/<string:key>")
def show_procedure(key: str) -> ResponseReturnValue:
    """One procedure on a day at a level."""
    now = moment.current()
    procedure = public_procedure(key)
    page = page_of(db.session(), procedure, now, level=LEVELS.get(request.args.get("cap", ""), ""))
    if page is None:
        abort(404)
    return _show(page, now)


@bp.get("/thu-tuc/<string:key>/phien-ban/<int:number>")
def show_version(key: str, number: int) -> ResponseReturnValue:
    """One version, whichever day it bound."""
    now = moment.current()
    procedure = public_procedure(key)
    page = page_of(db.session(), procedure, now, number=number)
    if page is None:
        abort(404, description=_("Thủ tục %(key)s không có phiên bản %(number)s.", key=procedure.key, number=number))
    return _show(page, now, version=number)


@bp.get("/thu-tuc/<string:key>/lich-su")
def show_history(key: str) -> ResponseReturnValue:
    """Every version by level, newest first, with what each changed."""
    now = moment.current()
    procedure = public_procedure(key)
    session = db.session()
    terms = history.terms(session, procedure.id, known_at=now.known_at)
    by_level: dict[str, list[history.Term]] = {}
    for term in terms:
        by_level.setdefault(term.level, []).append(term)
    differences = {
        (after.level, after.valid_from): (before.number, sentence)
        for found in by_level.values()
        for before, after, sentence in _differences(session, found)
    }
    endings = {level: history.ending(session, procedure.id, found[-1]) for level, found in by_level.items()}
    return render_template(
        "portal/history.html",
        procedure=procedure,
        name=terms[-1].name if terms else "",
        by_level=by_level,
        differences=differences,
        endings=endings,
    )


def _differences(session: Session, terms: list[history.Term]) -> Iterator[tuple[history.Term, history.Term, str]]:
    """Each term of a level with the one before it and what it changed."""

    def contents(before: history.Term, after: history.Term) -> tuple[ProcedureContent, ProcedureContent]:
        found = history.texts(session, [before.version_id, after.version_id])
        return found[before.version_id].content, found[after.version_id].content

    hashes = content_hashes(session, terms)
    for (before, after), pair in zip(pairwise(terms), pairwise(hashes), strict=True):
        yield before, after, kept_sentence(pair, partial(contents, before, after))


@bp.get("/thu-tuc/<string:key>.<any(pdf, docx, json):suffix>")
def download_procedure(key: str, suffix: str) -> ResponseReturnValue:
    """One procedure as a file."""
    now = moment.current()
    procedure = public_procedure(key)
    page = page_of(db.session(), procedure, now, level=LEVELS.get(request.args.get("cap", ""), ""))
    if page is None:
        abort(404)
    found = FORMATS[suffix]
    text = procedure_text(page.text.content, page.facts(site.current().frame))
    assert found.procedure is not None
    answer = Response(found.procedure(text), content_type=found.media_type)
    name = f"thu-tuc-{procedure.key}.{suffix}"
    answer.headers["Content-Disposition"] = f'{"inline" if suffix == "json" else "attachment"}; filename="{name}"'
    return answer


def _show(page: ProcedurePage, now: Moment, version: int | None = None) -> str:
    # Without the day: a QR on paper must lead to what binds when it is scanned.
    address = site.current().frame.address + procedure_path(page.procedure.key)
    return render_template(
        "portal/procedure.html",
        page=page,
        content=_as_called(page, now) if version is None else page.text.content,
        version=version,
        address=address,
        qr="data:image/svg+xml;base64," + base64.b64encode(qr.svg(address).encode()).decode(),
        link_args=now.to_args() | ({"cap": request.args["cap"]} if "cap" in request.args else {}),
    )


def _as_called(page: ProcedurePage, now: Moment) -> ProcedureContent:
    """The text under the name that officers have given the procedure, on screen alone: papers print the text."""
    given = words.friendly_names(db.session(), [page.procedure.id], now.today)
    return replace(page.text.content, friendly_name=given.get(page.procedure.id, page.text.content.friendly_name))


def public_procedure(key: str) -> ProcedureFact:
    """The procedure under a key; a dirty or long form of a code is sent on to its canonical address."""
    session = db.session()
    written = clean(key)
    if found := history.public_procedure(session, written):
        if written != key:
            _send_on(found.key)
        return found
    for other in (parse_code(written).key, written.upper(), written.lower()):
        if other and other != written and history.public_procedure(session, other):
            _send_on(other)
    return abort(404, description=_("Chưa tìm thấy thủ tục có mã «%(key)s». Thử tìm theo tên.", key=written[:80]))


def _send_on(key: str) -> NoReturn:
    values = {**(request.view_args or {}), **request.args.to_dict(flat=False), "key": key}
    abort(redirect(url_for(str(request.endpoint), **values), 301))
