"""How a procedure is handled inside: the workflows that bind on a day, as far as their decision makes them public."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.queries import history
from catalogue.queries.facts import State
from catalogue.queries.workflows import BindingWorkflow, workflows_for
from catalogue.web.portal import bp, moment
from catalogue.web.portal.procedures import public_procedure
from catalogue.web.workflow_view import WorkflowView, workflow_view


@bp.get("/thu-tuc/<string:key>/quy-trinh")
def show_workflows(key: str) -> ResponseReturnValue:
    """The workflows of one procedure on a day; those kept inside are named with their decision only."""
    now = moment.current(with_knowledge=False)
    procedure = public_procedure(key)
    session = db.session()
    terms = [term for term in history.terms(session, procedure.id) if term.valid_from <= now.on]
    if not terms:
        abort(404, description=_("Ngày này thủ tục chưa có hiệu lực nên chưa có quy trình."))
    levels = {term.level for term in terms if term.state_on(now.on) is State.IN_FORCE}
    found = workflows_for(session, procedure.id, now.on, levels)
    return render_template(
        "portal/workflows.html",
        procedure=procedure,
        name=terms[-1].name,
        ended=not levels,
        found=[(binding, _view(binding, number)) for number, binding in enumerate(found, 1)],
    )


def _view(binding: BindingWorkflow, number: int) -> WorkflowView | None:
    """The workflow in full, measured against the text it was written for; None when it is kept inside."""
    if not binding.decision.workflows_public:
        return None
    version = binding.workflow.version
    return workflow_view(binding.workflow.value, version.value if version else None, f"quy-trinh-{number}")
