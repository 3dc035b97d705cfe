"""Decisions: the list, one decision, its original file."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.glossary import KINDS
from catalogue.queries import decisions
from catalogue.queries.decisions import LineRow
from catalogue.queries.facts import DecisionFact
from catalogue.web.portal import bp, moment
from catalogue.web.portal.burdens import amended
from catalogue.web.portal.filters import LONGEST_TEXT, page_number
from search_index.vietnamese import clean

PAGE_SIZE = 30


@bp.get("/quyet-dinh")
def list_decisions() -> ResponseReturnValue:
    """Public decisions, latest first."""
    moment.current(with_knowledge=False)
    session = db.session()
    text = clean(request.args.get("q", "")[:LONGEST_TEXT])
    year = request.args.get("nam", type=int)
    page = page_number(request.args)
    known_years = decisions.years(session)
    year = year if year in known_years else None
    total = decisions.count(session, year=year, text=text)
    pages = max(1, -(-total // PAGE_SIZE))
    if page > pages:
        abort(404, description=_("Danh sách chỉ có %(pages)s trang.", pages=pages))
    rows = decisions.listed(session, year=year, text=text, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    return render_template(
        "portal/decisions.html", rows=rows, counts=decisions.line_counts(session, [row.id for row in rows]),
        years=known_years, year=year, text=text, page=page, pages=pages, total=total,
    )  # fmt: skip


@bp.get("/quyet-dinh/<string:year>/<string:number>")
def show_decision(year: str, number: str) -> ResponseReturnValue:
    """One decision; when two bodies used one number in one year, the choice."""
    moment.current(with_knowledge=False)
    found = _found(year, number)
    if len(found) > 1:
        return render_template("portal/decision_choice.html", found=found)
    view = decisions.view(db.session(), found[0].id)
    return render_template(
        "portal/decision.html", view=view, groups=by_kind(view.lines), amended=amended(db.session(), view.fact.id)
    )


@bp.get("/quyet-dinh/<string:year>/<string:number>/tep")
def download_decision_file(year: str, number: str) -> ResponseReturnValue:
    """The original file, as it was handed in."""
    found = _found(year, number)
    kept = decisions.public_file(db.session(), found[0].id) if len(found) == 1 else None
    if kept is None:
        abort(404, description=_("Quyết định này chưa có tệp đính kèm."))
    fact, data = kept
    answer = Response(data, mimetype=fact.media_type)
    # Never shown inline: the file comes from outside and must not run as a page of this site.
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(fact.name)}"
    answer.headers["X-Content-SHA256"] = fact.sha256
    return answer


def _found(year: str, number: str) -> list[DecisionFact]:
    found = decisions.by_address(db.session(), year, number.lower())
    chosen = request.args.get("co-quan", type=int)
    found = [fact for fact in found if fact.issuer_id == chosen] if chosen else found
    if not found:
        abort(404, description=_("Chưa tìm thấy quyết định này. Xem danh sách quyết định theo năm."))
    return found


def by_kind(lines: tuple[LineRow, ...]) -> list[tuple[str, list[LineRow]]]:
    """Lines grouped by kind in the order of the vocabulary, in printed order inside a group."""
    order = list(KINDS)
    ordered = sorted(lines, key=lambda line: order.index(line.kind) if line.kind in order else 99)
    return [(kind, list(group)) for kind, group in groupby(ordered, key=lambda line: line.kind)]
