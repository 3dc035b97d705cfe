"""The list of procedures and what answers a question: one page for readers with and without script."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from catalogue.extensions import db, limiter, search
from catalogue.queries import decisions, history
from catalogue.queries.facts import DecisionFact
from catalogue.web.portal import bp, counting, moment, search_facets, search_passages, site, suggestions
from catalogue.web.portal.filters import LONGEST_TEXT, ProcedureFilter
from catalogue.web.portal.search import Findings, find
from catalogue.web.portal.search_advice import Advice, advice
from catalogue.web.portal.search_answers import as_json
from catalogue.web.portal.search_passages import Shown
from decisions.numbering import parse_code, parse_decision_number
from search_index.vietnamese import clean


def _search_limit() -> str:
    return str(current_app.config["SEARCH_LIMIT"])


def _is_no_question() -> bool:
    """The plain list of today costs next to nothing; a question, or a day that nobody has asked about yet, does."""
    return not request.args.get("q") and _is_today()


def _is_today() -> bool:
    return not request.args.get("ngay") and not request.args.get("biet-ngay")


@bp.get("/thu-tuc")
@limiter.limit(_search_limit, exempt_when=_is_no_question)
def list_procedures() -> ResponseReturnValue:
    """The list with its filters, or what answers a question."""
    now = moment.current()
    findings, said, shown = _answer(now)
    wanted = findings.wanted
    if not findings.total and (meant := _code_meant(wanted.text)):
        # Abolished or not yet in force: its page says by what, since when, and what follows it.
        return redirect(url_for(".show_procedure", key=meant, ngay=request.args.get("ngay")))
    counting.asked(findings, now)
    return render_template(
        "portal/procedures.html",
        wanted=wanted,
        findings=findings,
        advice=said,
        shown=shown,
        decisions=_decisions_meant(wanted.text) if wanted.page == 1 else [],
        facets=search_facets.facets(findings.counts, wanted, findings.names),
    )


@bp.get("/api/v1/thu-tuc")
@limiter.limit(_search_limit, exempt_when=_is_no_question)
def answer_programs() -> ResponseReturnValue:
    """The same as JSON, with the same parameters, for other sites and programs."""
    try:
        now = moment.current()
        findings, said, shown = _answer(now)
    except HTTPException as error:
        return _open_json({"error": error.description}), error.code or 500
    return _open_json(as_json(findings, said, shown, now, site.current().frame.address))


@bp.get("/goi-y")
@limiter.limit("1200 per minute")
@limiter.limit(_search_limit, exempt_when=_is_today)
def suggest() -> ResponseReturnValue:
    """Phrases that begin as somebody types; ``dang=trinh-duyet`` for browsers that know us by OpenSearch."""
    try:
        now = moment.current(with_knowledge=False)
    except HTTPException as error:
        return _open_json({"error": error.description}), error.code or 500
    typed = clean(request.args.get("q", "")[:LONGEST_TEXT]) + (" " if request.args.get("q", "")[-1:] == " " else "")
    found = suggestions.completions(db.session(), typed, now)
    if request.args.get("dang") == "trinh-duyet":
        read = suggestions.as_browsers_read_it(typed, found)
        return _open_json(read, "application/x-suggestions+json; charset=utf-8")
    return _open_json(suggestions.as_json(typed, found))


@bp.get("/opensearch.xml")
def describe_search() -> ResponseReturnValue:
    """How a browser or another portal may search here (OpenSearch 1.1)."""
    text = render_template("portal/opensearch.xml", address=site.current().frame.address.rstrip("/"))
    return _open_to_all(Response(text, content_type="application/opensearchdescription+xml; charset=utf-8"))


def _answer(now: moment.Moment) -> tuple[Findings, Advice, tuple[Shown, ...]]:
    """What is found, what is said beside it, and the rows of one page; a page that is not there ends in 404."""
    session = db.session()
    findings = find(session, search(), ProcedureFilter.from_args(request.args), now)
    if findings.wanted.page > findings.pages:
        abort(404, description=_("Danh sách chỉ có %(pages)s trang.", pages=findings.pages))
    said = advice(session, search(), findings, now)
    shown = search_passages.shown(session, findings.found, findings.asked, findings.intent)
    return findings, said, shown


def _open_json(value: Any, content_type: str = "application/json; charset=utf-8") -> Response:
    return _open_to_all(Response(json.dumps(value, ensure_ascii=False), content_type=content_type))


def _open_to_all(answer: Response) -> Response:
    """Other sites may read it: it is public, and nothing of the reader is sent along."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _decisions_meant(text: str) -> list[DecisionFact]:
    """The decisions whose number the question is, as people write it: 2815/QĐ-UBND, qđ 2815."""
    if not re.search(r"\d", text) or len(text) > 60:
        return []
    number = parse_decision_number(re.sub(r"^\s*(?:quyết định|qđ)\s+(?=\d|số)", "", text, flags=re.IGNORECASE))
    named = bool(number.symbol) or bool(re.match(r"\s*(quyết định|qđ)\b", text, flags=re.IGNORECASE))
    if not number.number or not named:
        return []
    return decisions.by_number(db.session(), number.key)


def _code_meant(text: str) -> str:
    """The key of the public procedure whose code the whole question is, in whatever form; empty when there is none."""
    code = parse_code(text) if text and len(text) <= 60 else None
    if code is None or not code.is_standard:
        return ""
    found = history.public_procedure(db.session(), code.key)
    return found.key if found else ""
