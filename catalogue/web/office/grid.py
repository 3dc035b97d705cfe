"""The rows of a decision as a table one can work in, with problems beside each row and the printed original."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalogue import clock
from catalogue.extensions import db
from catalogue.glossary import LEVELS
from catalogue.models import Decision, DecisionLine
from catalogue.permissions import Permission
from catalogue.services import drafting, publication
from catalogue.services.drafting import StaleDraft
from catalogue.services.publication import Rehearsal
from catalogue.web.guards import requires
from catalogue.web.office import access, bp
from catalogue.web.office.forms.line import LINE_KINDS, shown_line
from catalogue.web.office.transaction import saved
from catalogue.web.portal.filters import page_number
from decisions.kinds import DecisionStatus
from decisions.problems import Problem
from decisions.text import fold

PER_PAGE = 100
GRID_FIELDS = ("kind", "level", "code_printed", "sector", "name", "field_time", "changed_parts")
_DOUBTED = (("ma", "code_printed"), ("ten", "name"), ("thoi han", "field_time"), ("linh vuc", "sector"))


@dataclass(frozen=True)
class RowProblem:
    """A problem of a row; ``confirmed`` holds who confirmed it and why."""

    problem: Problem
    line_id: int
    confirmed: dict[str, str] | None = None


@dataclass(frozen=True)
class GridRow:
    """A row as the table shows it; ``doubtful`` maps controls to the reason to look again."""

    line: DecisionLine
    texts: dict[str, str]
    base: str
    problems: tuple[RowProblem, ...]
    doubtful: dict[str, str]


@dataclass(frozen=True)
class GridPage:
    """One page of rows."""

    rows: tuple[GridRow, ...]
    page: int
    pages: int
    total: int
    only_open: bool


@bp.get("/quyet-dinh/<int:decision_id>/cac-dong")
@requires(Permission.READ)
def show_lines(decision_id: int) -> ResponseReturnValue:
    """The grid."""
    decision = access.decision(decision_id)
    editable = Permission.DRAFT in g.permissions and decision.status != DecisionStatus.ISSUED
    return render_template(
        "office/grid.html", decision=decision, grid=grid_page(db.session(), decision, request.args),
        kinds=LINE_KINDS, levels=LEVELS, editable=editable,
    )  # fmt: skip


@bp.post("/quyet-dinh/<int:decision_id>/cac-dong/dat-chung")
@requires(Permission.DRAFT)
def set_lines(decision_id: int) -> ResponseReturnValue:
    """Set kind, level or sector of the selected rows at once; all or none."""
    changes = _bulk_changes(request.form)
    chosen = [part.partition("-") for part in request.form.getlist("dong")]
    seen = {int(line): int(lock) for line, _mark, lock in chosen if line.isdecimal() and lock.isdecimal()}
    back = redirect(url_for(".show_lines", decision_id=decision_id, trang=request.form.get("trang") or None), 303)
    if not changes or not seen:
        flash(_("Chọn ít nhất một dòng và một giá trị để đặt chung."), "review")
        return back
    try:
        saved(lambda session: _set_lines(session, decision_id, seen, changes))
    except StaleDraft:
        flash(_("Trong các dòng đã chọn có dòng vừa được người khác sửa, nên chưa dòng nào được đặt. "
                "Bảng dưới đây là nội dung mới nhất; chọn lại rồi đặt."), "review")  # fmt: skip
        return back
    flash(_("Đã đặt chung cho %(count)s dòng.", count=len(seen)))
    return back


def _bulk_changes(form: MultiDict[str, str]) -> dict[str, str]:
    wanted = {
        "kind": form.get("dat-loai", "") if form.get("dat-loai", "") in LINE_KINDS else "",
        "level": form.get("dat-cap", "") if form.get("dat-cap", "") in LEVELS else "",
        "sector": form.get("dat-linh-vuc", "").strip()[:300],
    }
    return {name: value for name, value in wanted.items() if value}


def _set_lines(session: Session, decision_id: int, seen: dict[int, int], changes: dict[str, str]) -> None:
    lines = {line.id: line for line in access.draft(decision_id).lines}
    for line_id, lock in seen.items():
        if line_id not in lines:
            raise StaleDraft({}, {}, 0)
        drafting.edit_line(session, lines[line_id], changes, seen=lock, actor=g.account, now=clock.now())


def grid_page(session: Session, decision: Decision, args: MultiDict[str, str]) -> GridPage:
    """The rows that were asked for, with their problems."""
    issued = decision.status == DecisionStatus.ISSUED
    problems = {} if issued else line_problems(decision, publication.rehearse(session, decision, clock.now()))
    only_open = args.get("chi") == "vuong-mac"
    lines: Iterable[DecisionLine] = decision.lines
    if only_open:
        lines = [line for line in lines if any(not p.confirmed for p in problems.get(line.position, ()))]
    found = list(lines)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(page_number(args), pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = tuple(grid_row(line, problems.get(line.position, ())) for line in shown)
    return GridPage(rows, page, pages, len(decision.lines), only_open)


def grid_row(line: DecisionLine, problems: Iterable[RowProblem] = ()) -> GridRow:
    """A row with the texts of its form."""
    texts = shown_line(line)
    return GridRow(line, texts, json.dumps(texts, ensure_ascii=False), tuple(problems), _doubtful(line))


def line_problems(decision: Decision, rehearsal: Rehearsal) -> dict[int, list[RowProblem]]:
    """Problems by the position of their row, open ones first."""
    found: dict[int, list[RowProblem]] = defaultdict(list)
    ids = {line.position: line.id for line in decision.lines}
    for problem in rehearsal.problems:
        if problem.line.isdecimal():
            confirmed = None if problem.blocking else decision.confirmed.get(problem.key)
            position = int(problem.line)
            found[position].append(RowProblem(problem, ids[position], confirmed))
    for rows in found.values():
        rows.sort(key=lambda row: row.confirmed is not None)
    return found


def _doubtful(line: DecisionLine) -> dict[str, str]:
    """Doubts of the reader by the control that shows the cell; a doubt without a column is about the kind."""
    found: dict[str, str] = {}
    for doubt in line.doubts:
        column = fold(str(doubt.get("column", "")))
        control = next((name for start, name in _DOUBTED if column.startswith(start)), "" if column else "kind")
        hint = f" Gợi ý: {doubt['suggestion']}." if doubt.get("suggestion") and control != "kind" else ""
        if control:
            found[control] = f"{doubt.get('reason', '')}{hint}"
    return found
