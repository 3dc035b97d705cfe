"""A workflow as plain JSON for a one-stop system; keys stay, more may be added: schemas/workflow.schema.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any

from catalogue.exports.workflow_graph import graph_of, has_circle
from decisions.workflow import Route, StepTime, Workflow, WorkflowStep, routes_of, workflow_hash
from decisions.workflow_paths import longest_path

FORMAT = "tthc-quy-trinh"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class WorkflowOrigin:
    """Whose workflow it is: the procedure (``address`` of its page), its level, and the decision that adopted it."""

    code: str = ""
    name: str = ""
    level: str = ""
    address: str = ""
    decision: str = ""


def workflow_document(workflow: Workflow, origin: WorkflowOrigin = WorkflowOrigin()) -> dict[str, Any]:
    """The value that ``workflow_json_file`` writes.

    Hours are working hours (a day is 8) as numbers, null where the printed words gave none. ``transitions`` hold every
    way, also the unwritten "next step": ``from`` null is the start, ``to`` null the end. ``longest_path`` is null where
    the steps turn in a circle. ``content_sha256`` names the stored form, to see whether anything changed.
    """
    roles = dict.fromkeys((step.unit, step.role) for step in workflow.steps)
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "procedure": {
            "code": origin.code,
            "name": origin.name,
            "level": origin.level,
            "address": origin.address,
            "decision": origin.decision,
        },
        "name": workflow.name,
        "kind": workflow.kind.value,
        "symbol": workflow.symbol,
        "case": workflow.case,
        "channel": workflow.channel.value if workflow.channel else None,
        "non_territorial": workflow.non_territorial,
        "total": _time(workflow.total),
        "longest_path": _longest(workflow),
        "units": [{"id": f"u{place}", "name": unit} for place, unit in enumerate(workflow.units, 1)],
        "roles": [
            {"id": f"r{place}", "unit": f"u{workflow.units.index(unit) + 1}", "name": role}
            for place, (unit, role) in enumerate(roles, 1)
        ],
        "steps": [_step(step, workflow, list(roles)) for step in workflow.steps],
        "transitions": _transitions(workflow),
        "content_sha256": workflow_hash(workflow),
    }


def workflow_json_file(workflow: Workflow, origin: WorkflowOrigin = WorkflowOrigin()) -> bytes:
    """UTF-8 JSON."""
    return json.dumps(workflow_document(workflow, origin), ensure_ascii=False, indent=1).encode()


def workflow_schema() -> bytes:
    """The JSON Schema (draft 7) of the file."""
    return resources.files("catalogue.exports").joinpath("schemas/workflow.schema.json").read_bytes()


def _step(step: WorkflowStep, workflow: Workflow, roles: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "key": step.key,
        "label": step.label,
        "stage": step.stage,
        "text": step.text,
        "kind": step.kind.value,
        "unit": f"u{workflow.units.index(step.unit) + 1}",
        "role": f"r{roles.index((step.unit, step.role)) + 1}",
        "time": _time(step.time),
        "time_online": _time(step.online) if step.online else None,
        "waits_for_all": step.waits_for_all,
        "branching": step.branching.value,
        "inputs": list(step.inputs),
        "papers": list(step.papers),
        "forms": list(step.forms),
        "product": step.product,
        "state": step.state,
        "account_group": step.actor,
        "notices": list(step.notices),
        "eform": step.eform,
        "note": step.note,
    }


def _time(time: StepTime) -> dict[str, Any]:
    return {"text": time.text, "hours": _number(time.hours), "counting": time.counting.value}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _longest(workflow: Workflow) -> dict[str, Any] | None:
    if has_circle(graph_of(workflow)):
        return None
    path = longest_path(workflow)
    return {"hours": _number(path.hours), "steps": list(path.steps)}


def _transitions(workflow: Workflow) -> list[dict[str, Any]]:
    known = {step.key for step in workflow.steps}
    first = [_transition(None, Route(workflow.steps[0].key))] if workflow.steps else []
    return first + [
        _transition(key, route)
        for key, routes in routes_of(workflow).items()
        for route in routes
        if not route.to or route.to in known
    ]


def _transition(source: str | None, route: Route) -> dict[str, Any]:
    return {"from": source, "to": route.to or None, "condition": route.condition, "returns": route.returns}
