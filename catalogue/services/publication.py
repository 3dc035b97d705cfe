"""The way of a decision: rehearse, submit, review, approve, issue. Every step is recorded with the change it makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from catalogue import audit, outbox
from catalogue.audit import AuditAction
from catalogue.models import Account, Decision, DecisionLine
from catalogue.services.enactment import enact, enact_line
from catalogue.services.legality import problems_of
from catalogue.services.matching import effect_day
from catalogue.services.planning import Plan, make_plan
from catalogue.services.sealing import is_whole, seal
from catalogue.services.tasks import open_tasks
from catalogue.services.workflow_planning import PlannedWorkflow
from decisions.checks import Problem, still_open
from decisions.kinds import Action, DecisionStatus, EffectType
from decisions.lifecycle import next_status


class NotIssuable(Exception):
    """Problems stand in the way; ``problems`` has all of them, so that a page shows everything at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


class PlanChanged(Exception):
    """What would happen now is not what was seen or approved; the page must be shown afresh."""


@dataclass(frozen=True)
class Rehearsal:
    """What a decision would change today, and what stands in its way (``open`` is what is left of ``problems``)."""

    plan: Plan
    problems: list[Problem]
    open: list[Problem]

    @property
    def fingerprint(self) -> str:
        """What an approval binds to: effects, texts and head."""
        return self.plan.fingerprint


def rehearse(session: Session, decision: Decision, now: datetime) -> Rehearsal:
    """Compute what the decision would do; changes nothing."""
    plan = make_plan(session, decision, now)
    problems = problems_of(session, decision, plan, now.date())
    return Rehearsal(plan, problems, still_open(problems, decision.confirmed))


def submit(session: Session, decision: Decision, *, actor: Account, now: datetime) -> Rehearsal:
    """Hand the draft to a reviewer. Raises ``NotIssuable`` while a problem is open, ``NotAllowed`` in a wrong state."""
    status = _step(decision, Action.SUBMIT, actor)
    rehearsal = _without_problems(session, decision, now)
    decision.status, decision.submitted_at, decision.return_note = status, now, ""
    decision.drafter_id = actor.id
    if actor.id not in decision.editors:
        decision.editors = [*decision.editors, actor.id]
    _record(session, decision, AuditAction.DECISION_SUBMITTED, actor, now, plan=rehearsal.fingerprint)
    return rehearsal


def review(session: Session, decision: Decision, *, actor: Account, now: datetime, note: str = "") -> Rehearsal:
    """A second person agrees with form and content (kiểm soát)."""
    status = _step(decision, Action.REVIEW, actor)
    rehearsal = _without_problems(session, decision, now)
    decision.status, decision.reviewer_id, decision.reviewed_at = status, actor.id, now
    _record(session, decision, AuditAction.DECISION_REVIEWED, actor, now, plan=rehearsal.fingerprint, note=note)
    return rehearsal


def approve(session: Session, decision: Decision, *, seen: str, actor: Account, now: datetime) -> Rehearsal:
    """A third person approves exactly the plan that was shown (``seen``). Raises ``PlanChanged`` when it is another."""
    status = _step(decision, Action.APPROVE, actor)
    rehearsal = _without_problems(session, decision, now)
    if rehearsal.fingerprint != seen:
        raise PlanChanged
    decision.status, decision.approver_id, decision.approved_at = status, actor.id, now
    decision.approved_plan = seen
    _record(session, decision, AuditAction.DECISION_APPROVED, actor, now, plan=seen)
    return rehearsal


def send_back(session: Session, decision: Decision, *, note: str, actor: Account, now: datetime) -> None:
    """Return to the drafter with a reason; review and approval are void."""
    decision.status = _step(decision, Action.RETURN, actor)
    decision.return_note, decision.approved_plan = note.strip(), ""
    decision.reviewer_id = decision.approver_id = None
    decision.reviewed_at = decision.approved_at = None
    _record(session, decision, AuditAction.DECISION_RETURNED, actor, now, note=note)


def issue(session: Session, decision: Decision, *, actor: Account, now: datetime) -> Plan:
    """Record the decision as issued and do exactly what was approved; ``PlanChanged`` when that is no longer so."""
    status = _step(decision, Action.ISSUE, actor)
    rehearsal = _without_problems(session, decision, now)
    if rehearsal.fingerprint != decision.approved_plan:
        raise PlanChanged
    decision.status, decision.issued_at, decision.issuer_account_id = status, now, actor.id
    touched = enact(session, decision, rehearsal.plan, now)
    decision.seal = seal(decision)
    _record(
        session, decision, AuditAction.DECISION_ISSUED, actor, now,
        plan=decision.approved_plan, effects=[_effect_words(effect) for effect in rehearsal.plan.effects],
        workflows=[_workflow_words(planned) for planned in rehearsal.plan.workflows],
    )  # fmt: skip
    open_tasks(session, decision, now)
    outbox.enqueue(session, touched, now)
    return rehearsal.plan


def resolve_effect(
    session: Session, line: DecisionLine, *, on: date, evidence: str, actor: Account, now: datetime
) -> None:
    """Give an issued line its day once the text it waits for has one; nobody who drafted it may do so.

    Raises ``NotAllowed`` for an editor of the decision (the day decides what binds, so a second person answers for it)
    and ``ValueError`` when the line does not wait or the evidence is missing.
    """
    decision = line.decision
    if decision.status != DecisionStatus.ISSUED or effect_day(line)[0] is not None or not evidence.strip():
        raise ValueError("Dòng này không chờ ngày hiệu lực, hoặc chưa ghi căn cứ xác định ngày.")
    next_status(DecisionStatus.SUBMITTED, Action.REVIEW, actor.id, {Action.EDIT: decision.editors})
    _refuse_day(line, on)
    if not is_whole(decision):
        raise ValueError(
            f"Quyết định {decision.number} không còn khớp dấu niêm phong khi ban hành nên chưa thể ghi ngày hiệu lực."
        )
    line.effect_until = line.effect_until or decision.effect_until  # a day of its own no longer borrows the end
    line.effect_type, line.effect_from = EffectType.WITH_TEXT.value, on
    line.resolved_by = f"{actor.full_name}: {evidence.strip()}"
    touched = enact_line(session, line, now)
    decision.seal = seal(decision)
    _record(
        session, decision, AuditAction.EFFECT_RESOLVED, actor, now,
        line=line.position, on=on.isoformat(), evidence=evidence,
    )  # fmt: skip
    outbox.enqueue(session, touched, now)


def _refuse_day(line: DecisionLine, on: date) -> None:
    """A line cannot begin on or after the day on which it ends."""
    until = line.effect_until or line.decision.effect_until
    if until is not None and on >= until:
        raise ValueError(
            f"Ngày {on:%d/%m/%Y} không thể là ngày có hiệu lực: dòng này hết hiệu lực từ {until:%d/%m/%Y}."
        )


def earlier_actors(decision: Decision) -> dict[Action, set[int]]:
    """Who took which step, for the rule that drafter, reviewer and approver are three different people."""
    people = {
        Action.EDIT: set(decision.editors) | ({decision.drafter_id} if decision.drafter_id else set()),
        Action.SUBMIT: {decision.drafter_id} if decision.drafter_id else set(),
        Action.REVIEW: {decision.reviewer_id} if decision.reviewer_id else set(),
        Action.APPROVE: {decision.approver_id} if decision.approver_id else set(),
    }
    return {action: {int(person) for person in found} for action, found in people.items()}


def _step(decision: Decision, action: Action, actor: Account) -> DecisionStatus:
    return next_status(DecisionStatus(decision.status), action, actor.id, earlier_actors(decision))


def _without_problems(session: Session, decision: Decision, now: datetime) -> Rehearsal:
    rehearsal = rehearse(session, decision, now)
    if rehearsal.open:
        raise NotIssuable(rehearsal.open)
    return rehearsal


def _effect_words(effect: Any) -> dict[str, str]:
    days = {name: getattr(effect, name) for name in ("before", "after")}
    return {
        "procedure": effect.procedure,
        "level": effect.level,
        "kind": effect.kind.value,
        **{name: f"{p.valid_from} – {p.valid_until or ''}" if p else "" for name, p in days.items()},
    }


def _workflow_words(planned: PlannedWorkflow) -> dict[str, str]:
    return {
        "procedure": planned.key, "level": planned.level, "track": planned.track,
        "kind": "adopted" if planned.adopts else "ended", "from": planned.effective_on.isoformat(),
        "until": planned.until.isoformat() if planned.until else "",
    }  # fmt: skip


def _record(
    session: Session, decision: Decision, action: AuditAction, actor: Account, now: datetime, **detail: Any
) -> None:
    audit.record(session, actor=actor, action=action, subject=decision, at=now, number=decision.number, **detail)
