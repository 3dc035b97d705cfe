"""Two versions of one procedure side by side: one sentence, then part by part."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from catalogue.burden_words import FigureRow, figure_rows
from catalogue.extensions import db
from catalogue.queries import history
from catalogue.queries.history import ProcedureFact, Term, Text
from catalogue.redlines import Redline, redline
from catalogue.web.portal import bp, moment
from catalogue.web.portal.procedures import public_procedure
from decisions.burden import burden


@dataclass(frozen=True)
class Side:
    """One of the two texts; ``term`` is None when it never bound."""

    text: Text
    term: Term | None


@dataclass(frozen=True)
class Comparison:
    """Everything the page shows; ``choices`` are the versions one can choose, oldest first."""

    procedure: ProcedureFact
    before: Side
    after: Side
    redline: Redline
    figures: tuple[FigureRow, ...]
    choices: tuple[Term, ...]


@bp.get("/thu-tuc/<string:key>/so-sanh")
def compare_versions(key: str) -> ResponseReturnValue:
    """Any two versions; without a choice, the last one and the one before it at the same level."""
    now = moment.current()
    procedure = public_procedure(key)
    session = db.session()
    terms = history.terms(session, procedure.id, known_at=now.known_at)
    newest = max(terms, key=lambda term: term.number, default=None)
    if newest is None:
        abort(404, description=_("Thủ tục này chưa có nội dung nào để so sánh."))
    after = _asked("den", newest.number)
    level = next((term.level for term in terms if term.number == after), newest.level)
    older = [term.number for term in terms if term.level == level and term.number < after]
    before = _asked("tu", max(older, default=after))
    sides = [_side(session, procedure, terms, number) for number in (before, after)]
    return render_template("portal/comparison.html", view=_comparison(procedure, terms, *sides))


def _comparison(procedure: ProcedureFact, terms: list[Term], before: Side, after: Side) -> Comparison:
    old, new = before.text.content, after.text.content
    figures = tuple(figure_rows(burden(old), burden(new)))
    choices = {term.number: term for term in terms}
    return Comparison(
        procedure, before, after, redline(old, new), figures, tuple(choices[number] for number in sorted(choices))
    )


def _asked(name: str, otherwise: int) -> int:
    words = request.args.get(name, "").strip()
    if not words:
        return otherwise
    if not (words.isascii() and words.isdecimal() and len(words) <= 6):
        abort(404, description=_("«%(words)s» không phải là số của một phiên bản, ví dụ: 2.", words=words[:40]))
    return int(words)


def _side(session: Session, procedure: ProcedureFact, terms: list[Term], number: int) -> Side:
    text = history.text_by_number(session, procedure.id, number)
    if text is None:
        abort(404, description=_("Thủ tục %(key)s không có phiên bản %(number)s.", key=procedure.key, number=number))
    return Side(text, next((term for term in terms if term.number == number), None))
