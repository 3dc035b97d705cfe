"""Everything the page of one decision says: where it stands, its problems, and what this person can do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.messages import refusal_sentence
from catalogue.models import Account, Agency, Decision
from catalogue.permissions import Permission
from catalogue.queries import facts, office
from catalogue.services import national_entry, publication
from catalogue.services.acting import unmatched_serials
from catalogue.services.tasks import calendar
from catalogue.web.office import access
from catalogue.web.office.labels import days_left
from catalogue.web.portal import decision_url
from decisions.kinds import Action, DecisionStatus
from decisions.lifecycle import NotAllowed, next_status
from decisions.problems import Problem


@dataclass(frozen=True)
class Step:
    """One step of the way as a page offers it; ``refusal`` says kindly why this person cannot take it."""

    action: Action
    endpoint: str
    words: str
    refusal: str = ""


STEPS: tuple[tuple[Action, Permission, str, str], ...] = (
    (Action.SUBMIT, Permission.DRAFT, "office.show_submit", "Trình kiểm soát"),
    (Action.REVIEW, Permission.REVIEW, "office.show_review", "Kiểm soát"),
    (Action.APPROVE, Permission.APPROVE, "office.show_approval", "Phê duyệt"),
    (Action.ISSUE, Permission.ISSUE, "office.show_issue", "Ghi nhận ban hành"),
    (Action.RETURN, Permission.SEND_BACK, "office.show_return", "Trả lại người soạn"),
)


def of(session: Session, decision: Decision) -> Mapping[str, Any]:
    """The values of the page."""
    issued = decision.status == DecisionStatus.ISSUED
    rehearsal = None if issued else publication.rehearse(session, decision, clock.now())
    problems = rehearsal.problems if rehearsal else []
    standing = rehearsal.open if rehearsal else []
    return {
        "decision": decision,
        "rehearsal": rehearsal,
        "open": standing,
        "whole": [p for p in problems if not is_of_line(p) and not p.line],
        "on_lines": sum(1 for p in standing if is_of_line(p)),
        "on_acts": sum(1 for p in standing if p.line.startswith("act")),
        "to_confirm": sorted((p for p in standing if not p.blocking), key=lambda p: p.code),
        "steps": steps_for(decision, g.account),
        "unmatched": {act.id: unmatched_serials(act) for act in decision.acts},
        "waiting": office.waiting_lines(session, access.viewer(), decision.id) if issued else [],
        "tasks": office.open_tasks(session, access.viewer(), decision.id) if issued else [],
        "public_address": public_address(decision) if issued else "",
        "entry": entry_words(session, decision) if issued else "",
    }


def public_address(decision: Decision) -> str:
    """Where citizens read it."""
    query = facts.DECISION_COLUMNS
    fact = facts.decision_fact(
        db.session().execute(
            select(*query).select_from(Decision).outerjoin(Agency, Agency.id == Decision.issuer_id)
            .where(Decision.id == decision.id)
        ).one()
    )  # fmt: skip
    return decision_url(fact)


def is_of_line(problem: Problem) -> bool:
    """Whether a problem stands at a row (its id is the row's position), not at the head, an act or a leftover."""
    return problem.line.isdecimal()


def steps_for(decision: Decision, account: Account) -> list[Step]:
    """The steps the state allows and this person has the right to; refused ones carry their sentence."""
    found = []
    for action, permission, endpoint, words in STEPS:
        if permission not in g.permissions:
            continue
        refused = refusal(decision, action, account)
        if refused is None or refused.code == "same_person":
            found.append(Step(action, endpoint, words, refusal_sentence(refused) if refused else ""))
    return found


def refusal(decision: Decision, action: Action, account: Account) -> NotAllowed | None:
    """Why this person may not take the step now, if so."""
    try:
        next_status(DecisionStatus(decision.status), action, account.id, publication.earlier_actors(decision))
    except NotAllowed as refused:
        return refused
    return None


def entry_words(session: Session, decision: Decision) -> str:
    """Where the entry in the national database stands, in words."""
    last = national_entry.deadline(session, decision)
    if last is None:
        return ""
    if decision.db_entered_on is not None:
        late = "muộn so với hạn" if last.is_late(decision.db_entered_on) else "trong hạn"
        return f"Đã công khai ngày {decision.db_entered_on:%d/%m/%Y}, {late} {last.last_day:%d/%m/%Y}."
    left = days_left(last.last_day, clock.today(), calendar(session))
    return f"Hạn công khai {last.last_day:%d/%m/%Y}: {left}."
