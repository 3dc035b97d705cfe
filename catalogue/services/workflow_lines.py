"""Rows of a draft that adopt a workflow or end one: added, edited and removed like annex rows, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, Decision, Workflow, WorkflowLine
from catalogue.services.drafting import KEY_LENGTH, refuse_issued, touched
from catalogue.services.merging import DraftingError, merged, plain
from decisions.numbering import parse_code
from decisions.workflow import Workflow as WorkflowValue
from decisions.workflow import workflow_json

ADOPTED, EXPIRED = "adopted", "expired"


@dataclass(frozen=True)
class WorkflowLineInput:
    """One workflow of an annex as typed or imported; ``content`` is ``None`` for a row that only ends one."""

    action: str = ADOPTED
    name: str = ""
    code_printed: str = ""
    level: str = "unknown"
    annex: str = ""
    ordinal: str = ""
    place: str = ""
    expires_text: str = ""
    doubts: tuple[dict[str, str], ...] = ()
    content: WorkflowValue | None = None


def append_workflow(session: Session, decision: Decision, line: WorkflowLineInput) -> WorkflowLine:
    """Add a row without a trace of its own; for imports, which record themselves once."""
    refuse_issued(decision)
    last = session.scalar(select(func.max(WorkflowLine.position)).where(WorkflowLine.decision_id == decision.id))
    row = WorkflowLine(decision_id=decision.id, position=0 if last is None else last + 1)
    _put(row, {f.name: getattr(line, f.name) for f in fields(WorkflowLineInput)})
    session.add(row)
    session.flush()  # the next position is counted from the rows
    session.expire(decision, ["workflow_lines"])
    return row


def add_workflow(
    session: Session, decision: Decision, line: WorkflowLineInput, *, actor: Account, now: datetime
) -> WorkflowLine:
    """Add a row at the end of the annexes."""
    row = append_workflow(session, decision, line)
    touched(session, decision, actor, now)
    _record(session, decision, AuditAction.WORKFLOW_ADDED, row, actor, now, name=row.name)
    return row


def edit_workflow(
    session: Session, row: WorkflowLine, changes: Mapping[str, Any], *, seen: int, actor: Account, now: datetime,
    base: Mapping[str, Any] | None = None,
) -> WorkflowLine:  # fmt: skip
    """Change fields of ``WorkflowLineInput``, ``expires_id`` or ``dismissed``; ``seen`` and ``base`` as ``edit_head``.

    Raises:
        StaleDraft: somebody else changed the same field meanwhile; it holds both texts.
        DraftingError: the decision is issued.
    """
    refuse_issued(row.decision)
    before = {name: getattr(row, name) for name in changes}
    if seen != row.lock_version:
        changes = merged(changes, base, before, row.lock_version)
    _put(row, changes)
    after = {name: getattr(row, name) for name in changes}
    detail = {k: [plain(before[k]), plain(after[k])] for k in before if plain(before[k]) != plain(after[k])}
    if not detail:
        return row
    touched(session, row.decision, actor, now)
    _record(session, row.decision, AuditAction.WORKFLOW_EDITED, row, actor, now, changes=detail)
    session.flush()  # so that the caller sees the new lock number
    return row


def remove_workflow(session: Session, row: WorkflowLine, *, reason: str, actor: Account, now: datetime) -> None:
    """Take a row out of a draft; its text stays in the audit log."""
    decision = row.decision
    refuse_issued(decision)
    touched(session, decision, actor, now)
    _record(session, decision, AuditAction.WORKFLOW_REMOVED, row, actor, now, name=row.name, text=row.content,
            reason=reason)  # fmt: skip
    session.delete(row)
    session.flush()  # a later row may take the position
    session.expire(decision, ["workflow_lines"])


def make_workflows_public(session: Session, decision: Decision, public: bool, *, actor: Account, now: datetime) -> None:
    """Choose whether readers outside the office see the workflows of this decision (staff only by default)."""
    refuse_issued(decision)
    if decision.workflows_public == public:
        return
    decision.workflows_public = public
    touched(session, decision, actor, now)
    audit.record(
        session, actor=actor, action=AuditAction.DECISION_EDITED, subject=decision, at=now,
        changes={"workflows_public": [not public, public]},
    )  # fmt: skip


def choose_expired(
    session: Session, row: WorkflowLine, workflow_id: int | None, *, dismissed: str = "", actor: Account, now: datetime
) -> None:
    """A person says which workflow a row ends, or why it touches nothing here.

    Raises:
        DraftingError: neither was said, or there is no such workflow.
    """
    if workflow_id is None and not dismissed.strip():
        raise DraftingError(f"Cần chọn quy trình hết hiệu lực theo “{row.expires_text}”, hoặc ghi lý do không có.")
    if workflow_id is not None and session.get(Workflow, workflow_id) is None:
        raise DraftingError(f"Không có quy trình số {workflow_id} trong danh mục.")
    edit_workflow(
        session, row, {"expires_id": workflow_id, "dismissed": dismissed.strip()}, seen=row.lock_version, actor=actor,
        now=now,
    )  # fmt: skip


def _put(row: WorkflowLine, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name == "content":
            row.content = value if isinstance(value, str) else workflow_json(value) if value is not None else ""
        else:
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.code_key = parse_code(row.code_printed).key[:KEY_LENGTH] if row.code_printed.strip() else ""


def _record(
    session: Session, decision: Decision, action: AuditAction, row: WorkflowLine, actor: Account, now: datetime,
    **detail: Any,
) -> None:  # fmt: skip
    audit.record(session, actor=actor, action=action, subject=decision, at=now, workflow=row.position, **detail)
