"""Electronic workflows: made from an adopted internal one, adjusted, approved by a second person, set up and tried."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import (
    Account,
    ElectronicWorkflow,
    ProcedureVersion,
    Workflow,
    WorkflowConfiguration,
    WorkflowConfirmation,
)
from catalogue.services.merging import DraftingError
from catalogue.workflow_messages import workflow_sentence
from decisions.kinds import Action, DecisionStatus
from decisions.lifecycle import NotAllowed, Refusal
from decisions.workflow import Workflow as WorkflowValue
from decisions.workflow import WorkflowKind, workflow_hash, workflow_json
from decisions.workflow_proof import ProofFacts, prove
from decisions.workflow_review import electronic_draft

DRAFT, APPROVED, REPLACED = "draft", "approved", "replaced"


def draft_electronic(session: Session, workflow: Workflow, *, actor: Account, now: datetime) -> ElectronicWorkflow:
    """The draft of an internal workflow; the one there is already, else one derived from the internal text."""
    query = select(ElectronicWorkflow).where(
        ElectronicWorkflow.workflow_id == workflow.id, ElectronicWorkflow.status == DRAFT
    )
    if (known := session.scalar(query)) is not None:
        return known
    value = electronic_draft(workflow.value)
    made = ElectronicWorkflow(
        workflow_id=workflow.id, drafter_id=actor.id, editors=[actor.id], drafted_at=now,
        content=workflow_json(value), content_hash=workflow_hash(value),
    )  # fmt: skip
    session.add(made)
    session.flush()  # the audit entry points to the id
    audit.record(session, actor=actor, action=AuditAction.ELECTRONIC_DRAFTED, subject=made, at=now, name=value.name)
    return made


def edit_electronic(
    session: Session, electronic: ElectronicWorkflow, value: WorkflowValue, *, seen: int, actor: Account, now: datetime
) -> None:
    """Put an adjusted text in place of the draft; whoever edits answers for it as drafter.

    Raises:
        DraftingError: it is approved already, somebody saved meanwhile, or the text is no electronic workflow.
    """
    if electronic.status != DRAFT:
        raise DraftingError("Quy trình điện tử này đã được phê duyệt nên không sửa được; hãy lập bản mới.")
    if seen != electronic.lock_version:
        raise DraftingError("Có người vừa lưu quy trình điện tử này; hãy mở lại để xem bản mới nhất rồi sửa.")
    if value.kind is not WorkflowKind.ELECTRONIC:
        raise DraftingError("Nội dung gửi lên không phải là quy trình điện tử.")
    if (text := workflow_json(value)) == electronic.content:
        return
    electronic.content, electronic.content_hash, electronic.drafter_id = text, workflow_hash(value), actor.id
    if actor.id not in electronic.editors:
        electronic.editors = [*electronic.editors, actor.id]
    audit.record(session, actor=actor, action=AuditAction.ELECTRONIC_DRAFTED, subject=electronic, at=now,
                 name=value.name)  # fmt: skip
    session.flush()  # so that the caller sees the new lock number


def approve_electronic(
    session: Session, electronic: ElectronicWorkflow, *, seen: str, actor: Account, now: datetime
) -> None:
    """A second person approves what was shown (``seen``, its hash); an earlier approved one is replaced.

    Raises:
        NotAllowed: nobody who drafted or changed it may approve.
        DraftingError: it is no draft, it was changed meanwhile, or its ways do not hold.
    """
    if electronic.status != DRAFT:
        raise DraftingError("Chỉ phê duyệt được bản quy trình điện tử đang soạn.")
    if actor.id in (electronic.drafter_id, *electronic.editors):
        raise NotAllowed(Refusal.SAME_PERSON, DecisionStatus.SUBMITTED, Action.APPROVE, Action.EDIT)
    if seen != electronic.content_hash:
        raise DraftingError("Quy trình điện tử vừa được sửa sau khi bạn mở; hãy xem lại nội dung rồi phê duyệt.")
    broken = [problem for problem in prove(electronic.value, ProofFacts(without_districts=False)) if problem.blocking]
    if broken:
        raise DraftingError(" ".join(workflow_sentence(problem) for problem in broken))
    for earlier in session.scalars(
        select(ElectronicWorkflow).where(
            ElectronicWorkflow.workflow_id == electronic.workflow_id, ElectronicWorkflow.status == APPROVED
        )
    ):
        earlier.status = REPLACED
    electronic.status, electronic.approver_id, electronic.approved_at = APPROVED, actor.id, now
    audit.record(session, actor=actor, action=AuditAction.ELECTRONIC_APPROVED, subject=electronic, at=now,
                 sha256=electronic.content_hash)  # fmt: skip


def record_configuration(
    session: Session, electronic: ElectronicWorkflow, *, system: str, configured_by: str, configured_on: date,
    tested_on: date | None, note: str, actor: Account, now: datetime,
) -> WorkflowConfiguration:  # fmt: skip
    """That the workflow was set up on a one-stop system.

    Raises:
        DraftingError: something is missing, or a day cannot be.
    """
    if electronic.status != APPROVED:
        raise DraftingError("Chỉ ghi cấu hình cho quy trình điện tử đã được phê duyệt.")
    if not system.strip() or not configured_by.strip():
        raise DraftingError("Cần ghi tên hệ thống và người cấu hình.")
    if configured_on > now.date() or (tested_on is not None and not configured_on <= tested_on <= now.date()):
        raise DraftingError(
            f"Ngày cấu hình {configured_on:%d/%m/%Y} và ngày chạy thử phải theo thứ tự và không sau hôm nay."
        )
    record = WorkflowConfiguration(
        electronic_id=electronic.id, system=system.strip(), configured_by=configured_by.strip(),
        configured_on=configured_on, tested_on=tested_on, note=note.strip(), recorded_by_id=actor.id, recorded_at=now,
    )  # fmt: skip
    session.add(record)
    session.flush()  # pages show the record
    session.expire(electronic, ["configurations"])
    audit.record(session, actor=actor, action=AuditAction.WORKFLOW_CONFIGURED, subject=electronic, at=now,
                 system=system.strip(), tested=tested_on.isoformat() if tested_on else "")  # fmt: skip
    return record


def confirm_workflow(
    session: Session, workflow: Workflow, version: ProcedureVersion, *, reason: str, actor: Account, now: datetime
) -> WorkflowConfirmation:
    """A person says that a workflow still fits a later text.

    Raises:
        DraftingError: no reason was written, it was confirmed already, or the text is of another procedure.
    """
    if not reason.strip():
        raise DraftingError("Cần ghi lý do khi xác nhận quy trình vẫn phù hợp.")
    if version.procedure_id != workflow.procedure_id:
        raise DraftingError("Phiên bản này không phải của thủ tục có quy trình.")
    known = select(WorkflowConfirmation).where(
        WorkflowConfirmation.workflow_id == workflow.id, WorkflowConfirmation.version_id == version.id
    )
    if session.scalar(known) is not None:
        raise DraftingError("Quy trình này đã được xác nhận là phù hợp với phiên bản đang có hiệu lực.")
    made = WorkflowConfirmation(
        workflow_id=workflow.id, version_id=version.id, account_id=actor.id, confirmed_at=now, reason=reason.strip()
    )
    session.add(made)
    session.flush()  # pages show it at once
    audit.record(session, actor=actor, action=AuditAction.WORKFLOW_CONFIRMED, subject=workflow, at=now,
                 version=version.number, reason=reason.strip())  # fmt: skip
    return made
