"""Papers of workflows as answers: which layout was asked for, and the file with its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, abort
from flask_babel import gettext as _

from catalogue.exports import FORMATS
from catalogue.exports.workflow_paper_decision import DecisionText
from catalogue.exports.workflow_paper_pdf import decision_pdf, workflow_pdf
from catalogue.exports.workflow_paper_values import Layout, WorkflowText
from catalogue.exports.workflow_paper_word import decision_docx, workflow_docx

_WORKFLOW: Mapping[str, Callable[[WorkflowText], bytes]] = {"pdf": workflow_pdf, "docx": workflow_docx}
_DECISION: Mapping[str, Callable[[DecisionText], bytes]] = {"pdf": decision_pdf, "docx": decision_docx}


def layout_of(args: Mapping[str, Any], default: Layout = Layout.ISO) -> Layout:
    """The layout named by ``mau``; an unknown one ends in a page that names those there are (404)."""
    wanted = args.get("mau") or default.value
    if wanted not in set(Layout):
        known = ", ".join(Layout)
        abort(404, description=_("Không có mẫu «%(name)s». Các mẫu: %(known)s.", name=str(wanted)[:40], known=known))
    return Layout(wanted)


def answer(text: WorkflowText | DecisionText, suffix: str, name: str) -> Response:
    """The file to keep; ``name`` is Latin and has no suffix yet."""
    data = _DECISION[suffix](text) if isinstance(text, DecisionText) else _WORKFLOW[suffix](text)
    made = Response(data, content_type=FORMATS[suffix].media_type)
    made.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return made
