"""The editor of one workflow as it is shown: a whole page, or only its form for the script that asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField

from catalogue import clock
from catalogue.extensions import db
from catalogue.imports.pasted_steps import ROLES
from catalogue.models import WorkflowLine
from catalogue.services.planning import make_plan
from catalogue.services.workflow_legality import texts_for
from catalogue.services.workflow_planning import workflow_day
from catalogue.web.office.content_page import Pasting
from catalogue.web.office.forms.workflow import GROUPS, MORE, WorkflowForm, further_words, typed_times
from catalogue.web.workflow_view import WorkflowView, workflow_view
from decisions.workflow import Workflow

Fields = Sequence[tuple[str, str]]


@dataclass
class WorkflowPage:
    """One workflow on the screen; ``stored`` is what the draft holds, ``notes`` what a person should look at."""

    line: WorkflowLine
    form: WorkflowForm
    stored: Workflow | None
    dirty: bool = False
    say: str = ""
    focus: str = ""
    notes: Sequence[str] = ()
    pasting: Pasting | None = None
    paste_errors: dict[str, str] = field(default_factory=dict)
    status: int = 200

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) of everything that is wrong."""
        return list(_errors(self.form))


def _errors(form: Form) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for one in form:
        for entry in one.entries if isinstance(one, FieldList) else [one]:
            inner = entry.form if isinstance(entry, FormField) else None
            found += _errors(inner) if inner is not None else [(entry.id, str(error)) for error in entry.errors]
    return found


def form_of(fields: Fields) -> WorkflowForm:
    """The form as it was sent; what was typed stays as typed."""
    tokens = [(name, request.form[name]) for name in ("csrf_token", "seen") if name in request.form]
    return WorkflowForm(formdata=MultiDict([*fields, *tokens]))


def shown_page(page: WorkflowPage) -> tuple[str, int]:
    """The whole page, with the stored workflow as it will read."""
    view = _stored_view(page)
    return render_template("office/workflow.html", **_names(page), view=view), page.status


def answer(page: WorkflowPage) -> ResponseReturnValue:
    """The page again; for the script, its form and where to go on."""
    if request.headers.get("X-Fragment"):
        html = render_template("office/_workflow_form.html", **_names(page))
        return jsonify(html=html, focus=page.focus, message=page.say), page.status
    return shown_page(page)


def _names(page: WorkflowPage) -> dict[str, Any]:
    return {
        "page": page, "form": page.form, "line": page.line, "decision": page.line.decision, "groups": GROUPS,
        "more": MORE, "times": typed_times(page.form, page.stored), "further": further_words(page.form),
        "has_more": any(page.form[name].data for name in MORE), "paste_roles": {"workflow": ROLES},
    }  # fmt: skip


def _stored_view(page: WorkflowPage) -> WorkflowView | None:
    """The stored steps against the text they will be used with: the one this decision opens, else the one in force."""
    value, line = page.stored, page.line
    if value is None or not value.steps:
        return None
    targets = make_plan(db.session(), line.decision, clock.now()).targets
    texts = texts_for(db.session(), line, workflow_day(line.decision)[0] or clock.today(), targets)
    return workflow_view(value, texts[0] if texts else None)
