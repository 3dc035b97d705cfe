"""What the buttons inside a section ask for before it is saved: rows, pasted tables, files."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import partial

from flask import request
from flask_babel import gettext as _

from catalogue import clock
from catalogue.imports.pasted_rows import ROLES, filled_rows, proposed
from catalogue.imports.pasted_table import MOST_COLUMNS, NotATable, PastedTable, read_pasted
from catalogue.services.form_files import LARGEST, UnfitFile, checked_file, keep_file
from catalogue.web.office.content_page import Fields, Pasting, SectionPage, reread
from catalogue.web.office.forms.content import Section
from catalogue.web.office.forms.content_dossier import signed_file
from catalogue.web.office.rows import Moved, TooManyRows, moved, with_rows
from catalogue.web.office.transaction import saved

PASTED = "dan:"
"""Begins the names of everything that belongs to pasting and not to the text."""

_DEEDS = {
    "them": "Đã thêm một dòng trống.",
    "bo": "Đã bỏ một dòng.",
    "len": "Đã chuyển lên.",
    "xuong": "Đã chuyển xuống.",
    "tach": "Đã tách, mỗi giai đoạn một dòng.",
}
_UPLOAD = re.compile(r"(forms-\d{1,4})-upload")
_LISTS = re.compile(r"(?:[a-z_]+-\d{1,4}-)?(papers|steps)")


class UnknownWish(ValueError):
    """A button that no page of ours has."""


def rows_page(page: SectionPage, fields: Fields, wish: str) -> SectionPage:
    """The section after a button of a row; nothing is saved."""
    try:
        changed, done = moved(fields, wish)
    except TooManyRows as full:
        page.say = str(full)
        return page
    except ValueError:
        raise UnknownWish(wish) from None
    page.form = reread(page.section, list(changed.items(multi=True)))
    page.focus, page.say, page.dirty = _focus(done), f"{_(_DEEDS[done.deed])} {_('Chưa lưu.')}", True
    return page


def _focus(done: Moved) -> str:
    """The row to look at; for a move, its button, so that one can go on."""
    return f"{done.row}:{done.deed}" if done.deed in ("len", "xuong") and done.row else done.row


def paste_page(page: SectionPage, fields: Fields, wish: str) -> SectionPage:
    """The section with a pasted table before it is taken, after it was taken, or after it was given up."""
    deed, _mark, target = wish.partition(":")
    kind = _LISTS.fullmatch(target)
    if deed != "thoi" and kind is None:
        raise UnknownWish(wish)
    page.dirty = True
    if deed == "thoi" or kind is None:
        page.say = _("Chưa lấy dòng nào.")
    elif deed == "dan":
        _propose(page, target, kind[1])
    else:
        _take(page, fields, target, kind[1])
    return page


def _propose(page: SectionPage, target: str, kind: str) -> None:
    text, markup = (request.form.get(f"{PASTED}{what}:{target}", "") for what in ("text", "html"))
    try:
        table = read_pasted(text, markup)
    except NotATable as error:
        page.paste_errors[target] = page.say = str(error)
        return
    reading = proposed(table, kind)
    page.pasting = Pasting(target, kind, table, reading.roles, reading.heads)
    page.focus = "xem-truoc-bang"
    page.say = _("Đọc được %(count)s dòng. Xem rồi lấy.", count=len(table.rows) - reading.heads)


def _take(page: SectionPage, fields: Fields, target: str, kind: str) -> None:
    rows, chosen = sent_table()
    roles = [_role(kind, column) for column in range(max(map(len, rows), default=0))]
    filled = filled_rows(chosen, roles)
    if not filled:
        page.say = page.paste_errors[target] = _("Chưa lấy được dòng nào: chọn cột chứa tên hoặc nội dung, và ít nhất "
                                                 "một dòng.")  # fmt: skip
        if rows:
            page.pasting = Pasting(target, kind, PastedTable(rows), tuple(roles), 0)
        return
    try:
        changed, first = with_rows(fields, target, filled)
    except TooManyRows as full:
        page.say = page.paste_errors[target] = str(full)
        return
    except ValueError:
        raise UnknownWish(target) from None
    page.form = reread(page.section, list(changed.items(multi=True)))
    page.focus, page.say = f"{target}-{first}", _("Đã lấy %(count)s dòng. Chưa lưu.", count=len(filled))


def sent_table() -> tuple[tuple[tuple[str, ...], ...], list[tuple[str, ...]]]:
    """The rows as the page showed them, and those of them that are ticked."""
    try:
        sent = json.loads(request.form.get(f"{PASTED}bang", "[]"))
    except ValueError:
        return (), []
    if not isinstance(sent, list) or not all(isinstance(row, list) for row in sent):
        return (), []
    rows = tuple(tuple(str(cell) for cell in row[:MOST_COLUMNS]) for row in sent)
    ticked = [at for at in request.form.getlist(f"{PASTED}dong") if at.isdecimal() and len(at) < 5]
    return rows, [rows[int(at)] for at in ticked if int(at) < len(rows)]


def _role(kind: str, column: int) -> str:
    role = request.form.get(f"{PASTED}cot:{column}", "")
    return role if role in ROLES[kind] else ""


def with_uploads(section: Section, fields: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The fields with every sent file kept and named by its mark; and a sentence for each that cannot be a form.

    A file is kept as soon as it is sent: whatever else on the page has to be put right, nobody chooses it twice.
    """
    texts, refused = dict(fields), {}
    for name, sent in request.files.items():
        found = _UPLOAD.fullmatch(name)
        if not found or not sent.filename or "forms" not in section.parts:
            continue
        try:
            file = checked_file(sent.read(LARGEST + 1), sent.filename)
        except UnfitFile as error:
            refused[found[1]] = str(error)
            continue
        saved(partial(keep_file, found=file, now=clock.now()))
        texts[f"{found[1]}-file"] = signed_file(file.sha256)
        texts.pop(f"{found[1]}-without", None)
        if not texts.get(f"{found[1]}-name", "").strip():
            texts[f"{found[1]}-name"] = file.name.rpartition(".")[0]
    return list(texts.items()), refused
