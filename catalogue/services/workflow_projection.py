"""When each workflow binds, written from the replay; and the check that what is stored is what the ledger says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from catalogue.models import (
    ElectronicWorkflow,
    Procedure,
    Workflow,
    WorkflowLine,
    WorkflowTarget,
    WorkflowValidity,
)
from catalogue.queries.ledger import chunked
from catalogue.queries.workflow_ledger import period_row, workflow_periods
from catalogue.services.projection import Difference
from decisions.workflow import workflow_from_json, workflow_hash

Row = tuple[int, int, str, str, date, date | None, int]
COLUMNS = ("workflow_id", "procedure_id", "level", "track", "valid_from", "valid_until", "opened_by")


def project_workflows(session: Session, procedure_ids: Iterable[int]) -> None:
    """Rewrite the periods of the workflows of these procedures from the ledger."""
    session.flush()  # the ledger is read by plain selects
    for ids in chunked(procedure_ids):
        if (expected := _expected(session, ids)) == _stored(session, ids):
            continue
        session.execute(delete(WorkflowValidity).where(WorkflowValidity.procedure_id.in_(ids)))
        if expected:
            session.execute(insert(WorkflowValidity), [dict(zip(COLUMNS, row, strict=True)) for row in expected])
    for known in list(session.identity_map.values()):
        if isinstance(known, WorkflowValidity):
            session.expire(known)


def check_workflows(session: Session) -> list[Difference]:
    """Every stored period or text of a workflow that is not what the ledger gives."""
    known = select(WorkflowTarget.procedure_id).union(
        select(WorkflowValidity.procedure_id), select(Workflow.procedure_id)
    )
    keys: dict[int, str] = dict(
        session.execute(select(Procedure.id, Procedure.key).where(Procedure.id.in_(known))).all()
    )
    found: list[Difference] = []
    for ids in chunked(keys):
        expected, stored = set(_expected(session, ids)), set(_stored(session, ids))
        found += [_difference(keys, row, "", _text(row)) for row in sorted(expected - stored, key=str)]
        found += [_difference(keys, row, _text(row), "") for row in sorted(stored - expected, key=str)]
    return found + _adopted_texts(session, keys) + _electronic_texts(session, keys)


def _adopted_texts(session: Session, keys: dict[int, str]) -> list[Difference]:
    """Texts that are not what their row of the decision says, word for word, or not where its target put them."""
    found: list[Difference] = []
    query = (
        select(
            Workflow, WorkflowLine.content.label("printed"), WorkflowTarget.procedure_id, WorkflowTarget.level,
            WorkflowTarget.track,
        )
        .outerjoin(WorkflowTarget, WorkflowTarget.workflow_id == Workflow.id)
        .outerjoin(WorkflowLine, WorkflowLine.id == WorkflowTarget.line_id)
        .order_by(Workflow.id)
    )  # fmt: skip
    for workflow, printed, *target in session.execute(query.execution_options(yield_per=200)):
        key, what = keys.get(workflow.procedure_id, ""), f"nội dung quy trình {workflow.id}"
        actual, expected = _hash(workflow.content), _hash(printed or "")
        if actual != workflow.content_hash:
            found.append(Difference(key, workflow.level, what, workflow.content_hash, actual))
        elif actual != expected:
            found.append(Difference(key, workflow.level, what, actual, expected))
        place = (workflow.procedure_id, workflow.level, workflow.track)
        if place != tuple(target):
            found.append(Difference(key, workflow.level, f"vị trí quy trình {workflow.id}", str(place), ""))
    return found


def _electronic_texts(session: Session, keys: dict[int, str]) -> list[Difference]:
    query = select(
        ElectronicWorkflow.id, ElectronicWorkflow.content, ElectronicWorkflow.content_hash, Workflow.procedure_id,
        Workflow.level,
    ).join(Workflow)  # fmt: skip
    return [
        Difference(keys.get(row.procedure_id, ""), row.level, f"nội dung quy trình điện tử {row.id}", row.content_hash,
                   actual)
        for row in session.execute(query.order_by(ElectronicWorkflow.id))
        if (actual := _hash(row.content)) != row.content_hash
    ]  # fmt: skip


def _hash(content: str) -> str:
    """The hash of a stored text; of what can be read no more, nothing."""
    try:
        return workflow_hash(workflow_from_json(content))
    except (ValueError, TypeError, AttributeError):
        return ""


def _expected(session: Session, ids: Collection[int]) -> list[Row]:
    periods = workflow_periods(session, ids)
    return sorted((period_row(track, p) for track, found in periods.items() for p in found), key=str)


def _stored(session: Session, ids: Collection[int]) -> list[Row]:
    columns = [getattr(WorkflowValidity, name) for name in COLUMNS]
    rows = session.execute(select(*columns).where(WorkflowValidity.procedure_id.in_(ids)))
    return sorted((tuple(row) for row in rows), key=str)


def _difference(keys: dict[int, str], row: Row, stored: str, expected: str) -> Difference:
    return Difference(keys[row[1]], row[2], "thời gian của quy trình", stored, expected)


def _text(row: Row) -> str:
    return f"quy trình {row[0]}: từ {row[4]}" + (f" đến trước {row[5]}" if row[5] else "")
