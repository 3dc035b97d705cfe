"""The text of a row as a whole: what is missing, what an amendment touches, and how a citizen will see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue import clock
from catalogue.extensions import db
from catalogue.glossary import PARTS
from catalogue.imports.pasted_rows import ROLES
from catalogue.permissions import Permission
from catalogue.queries.facts import State
from catalogue.queries.history import ProcedureFact, Text
from catalogue.queries.official_forms import FormFile
from catalogue.redlines import redline
from catalogue.services import unsaved
from catalogue.services.content_editing import DraftText
from catalogue.services.line_content import differing_columns
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.office.content import AREA
from catalogue.web.office.content_page import Stop, stops, text_of_line
from catalogue.web.office.forms.content import SECTIONS
from catalogue.web.office.forms.content_dossier import signed_file
from catalogue.web.portal.moment import Moment
from catalogue.web.portal.procedure_page import LevelChoice, ProcedurePage
from decisions.completeness import PartState
from decisions.content import awaits_content


def init_app(app: Flask) -> None:
    """Words of the editor for templates."""
    app.jinja_env.filters.update(part_state=part_state, touched_parts=touched_parts, readable=readable)
    app.jinja_env.globals.update(paste_roles=ROLES)


def part_state(state: PartState) -> str:
    """How a part stands, in a word."""
    return {"present": _("đủ"), "missing": _("thiếu"), "none": _("không quy định")}[state.value]


def touched_parts(text: DraftText) -> list[str]:
    """Parts that say anything else than the text in force."""
    return [part for part in PARTS if text.touches(part)]


def readable(extra: Mapping[str, Any]) -> str:
    """What an import brought, laid out to be read."""
    return json.dumps(extra, ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class Overview:
    """The whole text."""

    text: DraftText
    stops: list[Stop]

    @property
    def changes(self) -> list[tuple[str, str]]:
        """(label, section) of each part that an amendment touches."""
        if self.text.before is None:
            return []
        return [
            (PARTS[part], section.slug) for section in SECTIONS for part in section.parts if self.text.touches(part)
        ]


@bp.get(AREA)
@requires(Permission.DRAFT)
def show_content(decision_id: int, line_id: int) -> ResponseReturnValue:
    """What is there, what is missing, what was changed."""
    text = text_of_line(db.session(), decision_id, line_id)
    page = Overview(text, stops(text))
    missing = [stop for stop in page.stops if stop.state is PartState.MISSING]
    return render_template(
        "office/content/overview.html", page=page, line=text.line, decision=text.line.decision, missing=len(missing),
        first=(missing or page.stops)[0].section, changes=page.changes, titles=titles(),
        unsaved=unsaved.typed_here(db.session(), text.line), differing=differing_columns(text.line),
        redline=redline(text.before, text.current) if text.before else None,
    )  # fmt: skip


def titles() -> dict[str, Any]:
    """Titles of sections by address."""
    return {section.slug: section.title for section in SECTIONS}


@bp.get(f"{AREA}/xem-truoc")
@requires(Permission.READ)
def show_content_preview(decision_id: int, line_id: int) -> ResponseReturnValue:
    """The public page with the text of the draft."""
    text = text_of_line(db.session(), decision_id, line_id)
    line, content, today = text.line, text.current, clock.today()
    key = line.code_printed.strip() or "du-thao"
    shown = ProcedurePage(
        procedure=ProcedureFact(0, key, line.code_printed.strip() or None), moment=Moment(today, today),
        level=line.level, levels=(LevelChoice(line.level, State.COMING, chosen=True),), term=None, state=State.COMING,
        text=Text(0, 0, line.level, content, "", "", awaits_content(content)), earlier=(),
    )  # fmt: skip

    def form_url(file: FormFile) -> str:
        return url_for(".send_form_file", decision_id=decision_id, line_id=line_id, mark=signed_file(file.sha256))

    return render_template(
        "office/content/preview.html", page=shown, content=content, line=line, version=None, form_url=form_url,
        address=url_for(".show_content", decision_id=decision_id, line_id=line_id),
    )  # fmt: skip
