"""Workflows as files for other systems: BPMN 2.0, plain JSON, and the process file of OpenCPS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, abort, flash
from flask.typing import ResponseReturnValue

from catalogue.exports.bpmn import bpmn
from catalogue.exports.workflow_machine import WorkflowOrigin, workflow_json_file
from catalogue.exports.workflow_opencps import service_process
from catalogue.extensions import db
from catalogue.models import Workflow
from catalogue.papers import procedure_path
from catalogue.permissions import Permission
from catalogue.queries.workflows import adopting_decision
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.office.adopted import adopted
from catalogue.web.office.electronic import found
from catalogue.web.portal import site
from decisions.workflow import Workflow as WorkflowValue

SUFFIXES = "bpmn, json, opencps"


@bp.get(f"/quy-trinh/<int:workflow_id>.<any({SUFFIXES}):suffix>")
@requires(Permission.READ)
def download_adopted(workflow_id: int, suffix: str) -> ResponseReturnValue:
    """The internal workflow as a file."""
    workflow = adopted(workflow_id)
    return _file(workflow, workflow.value, suffix, f"quy-trinh-{workflow.procedure.key}-{workflow.id}")


@bp.get(f"/quy-trinh/dien-tu/<int:electronic_id>.<any({SUFFIXES}):suffix>")
@requires(Permission.READ)
def download_electronic(electronic_id: int, suffix: str) -> ResponseReturnValue:
    """The electronic workflow as a file."""
    item = found(electronic_id)
    return _file(item.workflow, item.value, suffix, f"quy-trinh-dien-tu-{item.workflow.procedure.key}-{item.id}")


def origin_of(workflow: Workflow) -> WorkflowOrigin:
    """Whose workflow it is, for files that leave this program."""
    decision = adopting_decision(db.session(), workflow.id)
    return WorkflowOrigin(
        code=workflow.procedure.code or "",
        name=workflow.version.name if workflow.version else workflow.name,
        level=workflow.level,
        address=site.current().frame.address + procedure_path(workflow.procedure.key),
        decision=decision.number if decision else "",
    )


def _file(workflow: Workflow, value: WorkflowValue, suffix: str, name: str) -> Response:
    media, ending, make = _MAKERS.get(suffix) or abort(404)
    answer = Response(make(value, origin_of(workflow)), content_type=f"{media}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def _bpmn(value: WorkflowValue, _: WorkflowOrigin) -> bytes:
    return bpmn(value)


def _opencps(value: WorkflowValue, origin: WorkflowOrigin) -> bytes:
    """What the file cannot say is told on the next page that the officer opens."""
    file = service_process(value, origin)
    for warning in file.warnings:
        flash(warning, "review")
    return file.data


_MAKERS: Mapping[str, tuple[str, str, Callable[[WorkflowValue, WorkflowOrigin], bytes]]] = {
    "bpmn": ("application/xml", "bpmn", _bpmn),
    "json": ("application/json", "json", workflow_json_file),
    "opencps": ("application/xml", "xml", _opencps),
}
