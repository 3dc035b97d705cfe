"""A person says which earlier decision an act means, and which of its rows; an earlier confirmation is void then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, Decision, DecisionAct
from catalogue.services.acting import serial_rows, set_rows
from catalogue.services.drafting import DraftingError, refuse_issued, touched
from decisions.kinds import DecisionStatus


def choose_target(session: Session, act: DecisionAct, target: Decision, *, actor: Account, now: datetime) -> None:
    """Point an act to an issued decision; the rows are what its printed serial numbers mean there."""
    refuse_issued(act.decision)
    if target.status != DecisionStatus.ISSUED or target.id == act.decision_id:
        raise DraftingError(f"Quyết định {target.number} chưa ban hành nên chưa thể bị tác động.")
    before = act.target.number if act.target else ""
    act.target_id = target.id
    wanted = set(serial_rows(act, target).rows)
    set_rows(session, act, (line for line in target.lines if line.id in wanted))
    _record(session, act, actor, now, changes={"target": [before, target.number]})


def choose_rows(
    session: Session, act: DecisionAct, line_ids: Collection[int], *, actor: Account, now: datetime
) -> None:
    """Name the rows of the older annex that are meant. Raises ``DraftingError`` for rows of another decision."""
    refuse_issued(act.decision)
    target = act.target
    chosen = [line for line in target.lines if line.id in line_ids] if target else []
    if len(chosen) != len(set(line_ids)):
        raise DraftingError("Có dòng được chọn không thuộc quyết định bị tác động; hãy tải lại trang và chọn lại.")
    before = [row.line_id for row in act.rows]
    set_rows(session, act, chosen)
    _record(session, act, actor, now, changes={"rows": [before, [line.id for line in chosen]]})


def _record(session: Session, act: DecisionAct, actor: Account, now: datetime, **detail: object) -> None:
    touched(session, act.decision, actor, now)
    audit.record(
        session, actor=actor, action=AuditAction.ACT_EDITED, subject=act.decision, at=now,
        target=act.target_text, serials=act.serials, **detail,
    )  # fmt: skip
    session.flush()  # the page that follows reads the rows
    session.expire(act, ["target", "rows"])
