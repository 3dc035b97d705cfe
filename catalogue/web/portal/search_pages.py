"""The list of procedures and what answers a question: one page for readers with and without script."""

from __future__ import annotations

import re

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue.extensions import db, limiter, search
from catalogue.queries import decisions, history
from catalogue.queries.facts import DecisionFact
from catalogue.web.portal import bp, counting, moment, search_facets
from catalogue.web.portal.filters import ProcedureFilter
from catalogue.web.portal.search import find
from decisions.numbering import parse_code, parse_decision_number


@bp.get("/thu-tuc")
@limiter.limit(lambda: str(current_app.config["SEARCH_LIMIT"]), exempt_when=lambda: not request.args.get("q"))
def list_procedures() -> ResponseReturnValue:
    """The list with its filters, or what answers a question."""
    now = moment.current()
    findings = find(db.session(), search(), ProcedureFilter.from_args(request.args), now)
    wanted = findings.wanted
    if wanted.page > findings.pages:
        abort(404, description=_("Danh sách chỉ có %(pages)s trang.", pages=findings.pages))
    if not findings.total and (meant := _code_meant(wanted.text)):
        # Abolished or not yet in force: its page says by what, since when, and what follows it.
        return redirect(url_for(".show_procedure", key=meant, ngay=request.args.get("ngay")))
    counting.asked(findings, now)
    return render_template(
        "portal/procedures.html",
        wanted=wanted,
        findings=findings,
        decisions=_decisions_meant(wanted.text) if wanted.page == 1 else [],
        facets=search_facets.facets(findings.counts, wanted, findings.names),
    )


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
