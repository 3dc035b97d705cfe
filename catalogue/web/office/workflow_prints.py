"""Workflows as papers for officers: an adopted one, a row of a decision, and the decision with its annex."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from catalogue import clock
from catalogue.exports.workflow_paper_values import Layout
from catalogue.extensions import db
from catalogue.models import WorkflowLine
from catalogue.permissions import Permission
from catalogue.web.guards import requires
from catalogue.web.office import access, bp
from catalogue.web.office.adopted import adopted
from catalogue.web.portal import site
from catalogue.web.workflow_downloads import answer, layout_of
from catalogue.workflow_papers import adopted_paper, decision_paper, row_paper

PAPERS = "pdf, docx"


@bp.get(f"/quy-trinh/<int:workflow_id>.<any({PAPERS}):suffix>")
@requires(Permission.READ)
def print_adopted(workflow_id: int, suffix: str) -> ResponseReturnValue:
    """An adopted workflow as it stands today."""
    workflow, layout = adopted(workflow_id), layout_of(request.args)
    text = adopted_paper(db.session(), workflow, layout, today=clock.today(), frame=site.current().frame)
    return answer(text, suffix, f"quy-trinh-{workflow.procedure.key}-{workflow.id}-{layout.value}")


@bp.get(f"/quyet-dinh/<int:decision_id>/quy-trinh/<int:line_id>.<any({PAPERS}):suffix>")
@requires(Permission.READ)
def print_workflow(decision_id: int, line_id: int, suffix: str) -> ResponseReturnValue:
    """One workflow of a decision, issued or not; a draft says that it is one."""
    decision, layout = access.decision(decision_id), layout_of(request.args)
    line = db.session.get(WorkflowLine, line_id)
    if line is None or line.decision_id != decision.id or not line.content:
        abort(404)
    text = row_paper(db.session(), line, layout, now=clock.now(), frame=site.current().frame)
    return answer(text, suffix, f"quy-trinh-{decision.id}-{line.position + 1}-{layout.value}")


@bp.get(f"/quyet-dinh/<int:decision_id>/quy-trinh.<any({PAPERS}):suffix>")
@requires(Permission.READ)
def print_workflows(decision_id: int, suffix: str) -> ResponseReturnValue:
    """The decision that approves workflows, or the annex of workflows of a decision on procedures."""
    decision, layout = access.decision(decision_id), layout_of(request.args, Layout.PLAIN)
    if not decision.workflow_lines:
        abort(404)
    text = decision_paper(db.session(), decision, layout, now=clock.now(), frame=site.current().frame)
    return answer(text, suffix, f"quyet-dinh-{decision.id}-quy-trinh-{layout.value}")
