"""What the buttons inside the editor of a workflow ask for before it is saved: rows, and a table pasted from Word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _

from catalogue.imports.pasted_steps import ROLES, proposed_steps, steps_of_rows
from catalogue.imports.pasted_table import NotATable, PastedTable, read_pasted
from catalogue.web.office.content_page import Pasting
from catalogue.web.office.content_wishes import PASTED, UnknownWish, sent_table
from catalogue.web.office.forms.workflow import shown_step
from catalogue.web.office.rows import TooManyRows, moved, with_rows
from catalogue.web.office.workflow_page import Fields, WorkflowPage, form_of
from decisions.workflow import WorkflowStep

LIST = "steps"
MOST_NOTES = 20
_DEEDS = {
    "them": "Đã thêm một bước trống.",
    "chen": "Đã chèn một bước trống.",
    "bo": "Đã bỏ một bước.",
    "len": "Đã chuyển bước lên.",
    "xuong": "Đã chuyển bước xuống.",
}


def wished(page: WorkflowPage, fields: Fields, wish: str) -> WorkflowPage:
    """The page after a button other than the one that saves; nothing is saved.

    Raises:
        UnknownWish: no page of ours has this button.
    """
    deed, _mark, target = wish.partition(":")
    page.dirty = True
    if deed == "thoi":
        page.say, page.focus = _("Chưa lấy bước nào."), f"dan-{LIST}"
    elif deed in ("dan", "nhan") and target == LIST:
        (_propose if deed == "dan" else _take)(page, fields)
    elif deed in _DEEDS:
        _move(page, fields, wish)
    else:
        raise UnknownWish(wish)
    return page


def _move(page: WorkflowPage, fields: Fields, wish: str) -> None:
    try:
        changed, done = moved(fields, wish)
    except TooManyRows as full:
        page.say, page.status = str(full), 422
        return
    except ValueError:
        raise UnknownWish(wish) from None
    page.form = form_of(list(changed.items(multi=True)))
    page.say = f"{_(_DEEDS[done.deed])} {_('Chưa lưu.')}"
    page.focus = f"{done.row}:{done.deed}" if done.deed in ("len", "xuong") and done.row else done.row


def _propose(page: WorkflowPage, fields: Fields) -> None:
    text, markup = (request.form.get(f"{PASTED}{what}:{LIST}", "") for what in ("text", "html"))
    try:
        table, reading = proposed_steps(read_pasted(text, markup))
    except NotATable as error:
        page.paste_errors[LIST] = page.say = str(error)
        page.focus, page.status = f"dan-{LIST}", 422
        return
    page.pasting = Pasting(LIST, "workflow", table, reading.roles, reading.heads)
    page.focus = "xem-truoc-bang"
    page.say = _("Đọc được %(count)s dòng. Xem rồi lấy.", count=len(table.rows) - reading.heads)


def _take(page: WorkflowPage, fields: Fields) -> None:
    rows, chosen = sent_table()
    roles = [_role(column) for column in range(max(map(len, rows), default=0))]
    found = steps_of_rows(chosen, roles, [entry.form.label.data or "" for entry in page.form.steps.entries])
    if not found.steps:
        sentence = _("Chưa lấy được bước nào: chọn cột chứa nội dung công việc, và ít nhất một dòng.")
        page.say = page.paste_errors[LIST] = sentence
        page.status = 422
        page.pasting = Pasting(LIST, "workflow", PastedTable(rows), tuple(roles), 0) if rows else None
        return
    try:
        changed, first = with_rows(fields, LIST, [_texts(step, found.steps) for step in found.steps])
    except TooManyRows as full:
        page.say = page.paste_errors[LIST] = str(full)
        page.status = 422
        return
    if found.total.text and not changed.get("total"):
        changed["total"] = found.total.text
    page.form = form_of(list(changed.items(multi=True)))
    page.notes = found.doubts[:MOST_NOTES]
    page.focus, page.say = f"{LIST}-{first}", _("Đã lấy %(count)s bước. Chưa lưu.", count=len(found.steps))


def _role(column: int) -> str:
    role = request.form.get(f"{PASTED}cot:{column}", "")
    return role if role in ROLES else ""


def _texts(step: WorkflowStep, steps: Sequence[WorkflowStep]) -> dict[str, str]:
    """The fields of a new row; boxes that are not ticked are not sent."""
    values: dict[str, Any] = {**shown_step(step, steps), "kept": ""}
    return {name: "y" if value is True else str(value) for name, value in values.items() if value is not False}
