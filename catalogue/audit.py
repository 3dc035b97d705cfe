"""The closed list of things that are recorded, and the one function that records them in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from catalogue.models import Account, AuditEntry


class AuditAction(StrEnum):
    """What may stand in the log; labels are in the glossary."""

    CATALOGUE_INITIALISED = "catalogue_initialised"
    INVENTORY_IMPORTED = "inventory_imported"
    DECISION_DRAFTED = "decision_drafted"
    DECISION_IMPORTED = "decision_imported"
    DECISION_EDITED = "decision_edited"
    LINE_ADDED = "line_added"
    LINE_EDITED = "line_edited"
    LINE_REMOVED = "line_removed"
    WORKFLOW_ADDED = "workflow_added"
    WORKFLOW_EDITED = "workflow_edited"
    WORKFLOW_REMOVED = "workflow_removed"
    WORKFLOW_CONFIRMED = "workflow_confirmed"
    ELECTRONIC_DRAFTED = "electronic_drafted"
    ELECTRONIC_APPROVED = "electronic_approved"
    WORKFLOW_CONFIGURED = "workflow_configured"
    LEFTOVER_HANDLED = "leftover_handled"
    ACT_EDITED = "act_edited"
    ACT_CONFIRMED = "act_confirmed"
    PROBLEM_CONFIRMED = "problem_confirmed"
    EFFECT_RESOLVED = "effect_resolved"
    DECISION_SUBMITTED = "decision_submitted"
    DECISION_REVIEWED = "decision_reviewed"
    DECISION_APPROVED = "decision_approved"
    DECISION_RETURNED = "decision_returned"
    APPROVAL_VOIDED = "approval_voided"
    DECISION_ISSUED = "decision_issued"
    DECISION_DISCARDED = "decision_discarded"
    DB_ENTRY_RECORDED = "db_entry_recorded"
    TASK_CLOSED = "task_closed"
    LEGAL_TEXT_EDITED = "legal_text_edited"
    POSTS_CHANGED = "posts_changed"
    HOLIDAY_CHANGED = "holiday_changed"
    WORDS_PROPOSED = "words_proposed"
    WORDS_APPROVED = "words_approved"
    WORDS_REJECTED = "words_rejected"
    WORDS_WITHDRAWN = "words_withdrawn"
    WORDS_EXPIRED = "words_expired"
    CONTENT_NOTED = "content_noted"
    CONTENT_CLOSED = "content_closed"
    SETTING_CHANGED = "setting_changed"
    ACCOUNT_CHANGED = "account_changed"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"


def record(
    session: Session, *, actor: Account | None, action: AuditAction, subject: Any, at: datetime, **detail: Any
) -> AuditEntry:
    """Add one entry. ``subject`` is a model instance already flushed, or ``None``; ``detail`` must be JSON values."""
    entry = AuditEntry(
        at=at,
        actor=actor.username if actor else "hệ thống",
        account_id=actor.id if actor else None,
        action=action.value,
        subject_type=type(subject).__tablename__ if subject is not None else "",
        subject_id=getattr(subject, "id", None),
        detail=detail,
    )
    session.add(entry)
    return entry
