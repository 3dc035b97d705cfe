"""One procedure of the tests, published and given workflows by decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Decision, DecisionAct, Procedure
from catalogue.services.drafting import LineInput
from catalogue.services.workflow_lines import WorkflowLineInput, add_workflow
from decisions.workflow import StepTime, WorkflowStep
from decisions.workflow import Workflow as WorkflowValue
from tests.catalogue.cast import Cast, at, carry, draft, introduced
from tests.workflows import OFFICE_HOURS, hours_time

CODE, NAME = "1.014391", "Cấp giấy phép hoạt động"
PUBLISHED, ADOPTED = date(2025, 9, 5), date(2025, 9, 16)


def steps(*days: str) -> tuple[WorkflowStep, ...]:
    """Steps that follow each other, each with its days; "0" is office hours."""
    times: list[StepTime] = [hours_time(8 * Decimal(text)) if text != "0" else OFFICE_HOURS for text in days]
    return tuple(
        WorkflowStep(f"b{n}", f"Công việc {n}", f"Bước {n}", "", "Sở Nội vụ", "Chuyên viên", time)
        for n, time in enumerate(times, 1)
    )


def workflow(*days: str, symbol: str = "QT.NV.01", level: str = "province", **values: Any) -> WorkflowLineInput:
    """A row of an annex that adopts a workflow for the procedure."""
    content = WorkflowValue("Quy trình cấp giấy phép", steps(*days), symbol=symbol, **values)
    return WorkflowLineInput(code_printed=CODE, name=NAME, level=level, ordinal="1", content=content)


def published(session: Session, cast: Cast, signed_on: date = PUBLISHED, level: str = "province") -> Decision:
    """The decision that publishes the procedure, issued."""
    new = introduced(CODE, NAME, "10 ngày làm việc", level=level)
    decision = draft(session, cast, "1181/QĐ-UBND", signed_on, [new])
    carry(session, cast, decision)
    return decision


def adopting(
    session: Session, cast: Cast, line: WorkflowLineInput, number: str = "1319/QĐ-UBND", signed_on: date = ADOPTED,
    lines: Iterable[LineInput] = (), **head: Any,
) -> Decision:  # fmt: skip
    """A draft that adopts a workflow."""
    values = {"kind": "workflow", "subject": "Phê duyệt quy trình", **head}
    decision = draft(session, cast, number, signed_on, list(lines), **values)
    add_workflow(session, decision, line, actor=cast.an, now=at(signed_on))
    return decision


def procedure(session: Session) -> Procedure:
    """The procedure."""
    found = session.scalar(select(Procedure).where(Procedure.key == CODE))
    assert found is not None
    return found


def revoke(session: Session, cast: Cast, target: Decision, day: date, number: str = "1777/QĐ-UBND") -> Decision:
    """Issue a decision that revokes another as a whole."""
    decision = draft(session, cast, number, day, [], kind="act", subject="Thu hồi quyết định")
    session.add(DecisionAct(decision_id=decision.id, kind="revoked", target_id=target.id, target_text=target.number,
                            sentence="Thu hồi", whole=True, effective_on=day, confirmed_by_id=cast.an.id,
                            confirmed_at=at(day)))  # fmt: skip
    session.flush()
    session.expire(decision)
    carry(session, cast, decision)
    return decision
