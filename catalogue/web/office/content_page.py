"""What the pages of the editor show: one section being filled in, the way through the sections, how the text stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import abort, g, render_template, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField

from catalogue import clock
from catalogue.exports.phrases import prose_in
from catalogue.extensions import db
from catalogue.imports.pasted_table import PastedTable
from catalogue.models import UnsavedText
from catalogue.services import unsaved
from catalogue.services.content_editing import DraftText, draft_text, mark_of_part
from catalogue.services.drafting import DraftingError
from catalogue.services.extras import ExtraBook
from catalogue.web.office import access
from catalogue.web.office.forms.content import BY_SLUG, SECTIONS, Section
from catalogue.web.office.forms.content_fields import RowForm
from catalogue.web.office.readings import reading_notes, reread_fields
from decisions.completeness import PartState, part_states

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Stop:
    """A section in the contents list. ``state`` is None where the law asks for nothing."""

    section: Section
    state: PartState | None
    kept: bool
    here: bool = False


@dataclass(frozen=True)
class Pasting:
    """A pasted table before its rows are taken: ``target`` is the list it goes to, ``roles`` what each column is."""

    target: str
    kind: str
    table: PastedTable
    roles: tuple[str, ...]
    heads: int


@dataclass
class SectionPage:
    """One section on the screen."""

    text: DraftText
    section: Section
    form: RowForm
    seen: str
    dirty: bool = False
    say: str = ""
    focus: str = ""
    pasting: Pasting | None = None
    paste_errors: dict[str, str] = field(default_factory=dict)

    def stops(self) -> list[Stop]:
        """The contents list."""
        return stops(self.text, self.section)

    @property
    def notes(self) -> dict[str, str]:
        """What was read otherwise."""
        return reading_notes(self.form)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) of everything that is wrong."""
        return list(_errors(self.form))

    @cached_property
    def _extras(self) -> ExtraBook:
        return extras_of(self.text)

    def words_kept(self, mark: str | None) -> str:
        """What an import brought with a row and we do not model, as far as it is words."""
        return "\n".join(prose_in(self._extras.of(mark)))

    @property
    def following(self) -> Section | None:
        """The section after this one."""
        at = SECTIONS.index(self.section)
        return SECTIONS[at + 1] if at + 1 < len(SECTIONS) else None


def _errors(form: Form) -> Iterable[tuple[str, str]]:
    for one in form:
        entries = one.entries if isinstance(one, FieldList) else [one]
        for entry in entries:
            if isinstance(entry, FormField):
                yield from _errors(entry.form)
            else:
                yield from ((entry.id, str(error)) for error in entry.errors)


def text_of_line(session: Session, decision_id: int, line_id: int) -> DraftText:
    """The text of a row of a draft, or a page that says why there is none."""
    access.draft(decision_id)
    line = access.line(decision_id, line_id)
    try:
        return draft_text(session, line, on=clock.today(), now=clock.now())
    except DraftingError as error:
        abort(409, str(error))


def section_of(slug: str) -> Section:
    """The section under an address."""
    return BY_SLUG.get(slug) or abort(404)


def seen_of(text: DraftText, section: Section) -> str:
    """What the person has before their eyes, as marks."""
    untouched = section.untouched(text.current, extras_of(text))
    return json.dumps({part: mark_of_part(untouched[part]) for part in section.parts})


def seen_by(written: str) -> Mapping[str, str]:
    """Marks as a page sends them back; none of a page that sends anything else."""
    try:
        found = json.loads(written or "{}")
    except ValueError:
        return {}
    return {str(part): str(mark) for part, mark in found.items()} if isinstance(found, dict) else {}


def form_of(section: Section, fields: Fields) -> RowForm:
    """The form as it was sent; what was typed stays as typed."""
    return section.form(formdata=MultiDict([*fields, ("sent", "1")]))


def reread(section: Section, fields: Fields) -> RowForm:
    """The form as sent, figures following the words that were changed."""
    form = form_of(section, fields)
    form.validate()
    if fresh := reread_fields(form):
        kept = [(name, text) for name, text in fields if name not in fresh]
        form = form_of(section, [*kept, *fresh.items()])
    return form


def stops(text: DraftText, here: Section | None = None) -> list[Stop]:
    """Every section with how it stands."""
    states = part_states(text.current)
    return [
        Stop(section, states.get(section.counted), not any(map(text.touches, section.parts)), section is here)
        for section in SECTIONS
    ]


def extras_of(text: DraftText) -> ExtraBook:
    """What imports brought with the rows of this text."""
    return ExtraBook(text.before, text.derived, text.current)


def unsaved_here(text: DraftText, section: Section) -> tuple[UnsavedText | None, list[UnsavedText]]:
    """What this person has not saved in a section, and what others are typing there."""
    found = [row for row in unsaved.typed_here(db.session(), text.line) if row.section == section.slug]
    mine = next((row for row in found if row.account_id == g.account.id), None)
    return mine, [row for row in found if row.account_id != g.account.id]


def shown_page(page: SectionPage, status: int = 200) -> tuple[str, int]:
    """The whole page, or only its form for the script that asked for it."""
    mine, others = unsaved_here(page.text, page.section)
    shown = mine if request.method == "GET" and not page.dirty else None
    return render_template("office/content/section.html", **_names(page), mine=shown, others=others), status


def form_fragment(page: SectionPage) -> str:
    """The form of a section without its page."""
    return render_template("office/content/_form.html", **_names(page))


def _names(page: SectionPage) -> dict[str, Any]:
    line = page.text.line
    return {"page": page, "form": page.form, "line": line, "decision": line.decision, "notes": page.notes}
