"""The to-do list: what is due, by the legal clock, with the days in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.exports.labels import number
from catalogue.extensions import db
from catalogue.models import Decision
from catalogue.permissions import Permission
from catalogue.queries import office
from catalogue.queries.office import Viewer
from catalogue.queries.workflow_tallies import GRACE_DAYS, workflow_tally
from catalogue.services.matching import effect_day
from catalogue.services.tasks import calendar
from catalogue.web.guards import requires
from catalogue.web.office import access, bp, overview
from catalogue.web.office.adopted import DRAFTED
from catalogue.web.office.labels import TASK_KINDS, days_left
from decisions.kinds import Action, DecisionStatus
from decisions.working_days import Calendar, national_database_deadline


@dataclass(frozen=True)
class Item:
    """One thing to do; ``due`` is the last day and ``left`` the time in words, where a law or paper sets one."""

    decision: Decision
    words: str
    address: str
    note: str = ""
    due: date | None = None
    left: str = ""
    late: bool = False


@bp.get("/")
@requires(Permission.READ)
def show_todo() -> ResponseReturnValue:
    """What waits for this person, and below what waits for others."""
    session, viewer = db.session(), access.viewer()
    days = calendar(session)
    mine = [*_entries(session, viewer, days), *_waiting(session, viewer), *_tasks(session, viewer, days)]
    others: list[Item] = []
    on_the_way = office.on_the_way(session, viewer)
    voided = office.voided(session, [decision.id for decision in on_the_way], g.account.username)
    for decision in on_the_way:
        item, is_mine = _step(decision, days, decision.id in voided)
        (mine if is_mine else others).append(item)
    return render_template(
        "office/todo.html", mine=sorted(mine, key=_clock), others=sorted(others, key=_clock),
        calendar_ends=_calendar_ends(days), workflows=_workflows(session),
    )  # fmt: skip


def _workflows(session: Session) -> list[tuple[str, str]]:
    """Sentences about the workflows that wait for this person, with where to go on."""
    tally = workflow_tally(session, clock.today(), g.account.id)
    found = []
    if tally.missing and Permission.DRAFT in g.permissions:
        words = _("%(count)s thủ tục công bố quá %(days)s ngày chưa có quy trình nội bộ, lâu nhất đã %(oldest)s ngày",
                  count=number(tally.missing), days=GRACE_DAYS, oldest=number(tally.oldest))  # fmt: skip
        found.append((words, url_for(".list_gaps", thieu="noi-bo")))
    if tally.review and {Permission.DRAFT, Permission.REVIEW} & set(g.permissions):
        words = _("%(count)s quy trình cần rà soát vì nội dung thủ tục đã thay đổi", count=number(tally.review))
        found.append((words, url_for(".list_gaps", thieu="ra-soat")))
    if tally.drafts and Permission.REVIEW in g.permissions:
        words = _("%(count)s quy trình điện tử đang soạn, chờ phê duyệt", count=number(tally.drafts))
        found.append((words, url_for(".list_gaps", thieu=DRAFTED)))
    return found


def _calendar_ends(days: Calendar) -> date | None:
    """The last day for which holidays are known, once deadlines begin to run past it."""
    last = days.known_until or clock.today()
    return last if last < clock.today() + timedelta(days=31) else None


def _clock(item: Item) -> tuple[date, int]:
    return item.due or date.max, item.decision.id


def _due(decision: Decision, days: Calendar) -> dict[str, Any]:
    """The last day for the national database runs from signing, whatever step the record is at (NĐ 63/2010 Đ.24)."""
    if decision.signed_on is None:
        return {}
    last = national_database_deadline(decision.signed_on, days).last_day
    return {"due": last, "left": days_left(last, clock.today(), days), "late": clock.today() > last}


def _entries(session: Session, viewer: Viewer, days: Calendar) -> Iterator[Item]:
    if Permission.RECORD_ENTRY not in g.permissions:
        return
    for decision in office.not_entered(session, viewer):
        yield Item(
            decision, _("Công khai trên Cơ sở dữ liệu quốc gia và ghi ngày công khai"),
            url_for(".show_entry", decision_id=decision.id), **_due(decision, days),
        )  # fmt: skip


def _waiting(session: Session, viewer: Viewer) -> Iterator[Item]:
    if Permission.RESOLVE_EFFECT not in g.permissions:
        return
    by_decision: dict[int, list[str]] = {}
    decisions: dict[int, Decision] = {}
    for line in office.waiting_lines(session, viewer):
        if effect_day(line)[0] is None:
            by_decision.setdefault(line.decision_id, []).append(line.effect_text or line.decision.effect_text)
            decisions[line.decision_id] = line.decision
    for decision_id, texts in by_decision.items():
        words = _("Xác định ngày có hiệu lực của %(count)s dòng", count=len(texts))
        address = url_for(".show_decision", decision_id=decision_id) + "#cho-hieu-luc"
        yield Item(decisions[decision_id], words, address, note=next(filter(None, texts), ""))


def _tasks(session: Session, viewer: Viewer, days: Calendar) -> Iterator[Item]:
    if Permission.RECORD_ENTRY not in g.permissions:
        return
    for task in office.open_tasks(session, viewer):
        late = task.due_on is not None and clock.today() > task.due_on
        left = days_left(task.due_on, clock.today(), days) if task.due_on else ""
        address = url_for(".show_decision", decision_id=task.decision_id) + "#viec-duoc-giao"
        yield Item(task.decision, TASK_KINDS.get(task.kind, task.kind), address, task.sentence, task.due_on, left, late)


_NEXT = {
    DecisionStatus.DRAFT: (Action.SUBMIT, Permission.DRAFT, "Soạn tiếp và trình", ".show_decision"),
    DecisionStatus.SUBMITTED: (Action.REVIEW, Permission.REVIEW, "Kiểm soát", ".show_review"),
    DecisionStatus.REVIEWED: (Action.APPROVE, Permission.APPROVE, "Phê duyệt", ".show_approval"),
    DecisionStatus.APPROVED: (Action.ISSUE, Permission.ISSUE, "Ghi nhận ban hành", ".show_issue"),
}
_WAITS = {
    DecisionStatus.DRAFT: "Đang soạn",
    DecisionStatus.SUBMITTED: "Chờ kiểm soát",
    DecisionStatus.REVIEWED: "Chờ phê duyệt",
    DecisionStatus.APPROVED: "Chờ ban hành",
}


def _step(decision: Decision, days: Calendar, voided: bool) -> tuple[Item, bool]:
    """The next step of a decision, and whether this person can take it."""
    status = DecisionStatus(decision.status)
    action, permission, words, endpoint = _NEXT[status]
    mine = permission in g.permissions and overview.refusal(decision, action, g.account) is None
    note = decision.return_note
    if voided:
        mine, words = True, _("Bước bạn đã làm không còn giá trị vì dự thảo vừa được sửa")
        endpoint = ".show_history"
        if permission in g.permissions:
            endpoint = ".show_decision"
    elif note and mine:
        words = _("Sửa theo ý kiến trả lại rồi trình lại")
    address = url_for(endpoint if mine else ".show_decision", decision_id=decision.id)
    item = Item(decision, words if mine else _WAITS[status], address, note, **_due(decision, days))
    return item, mine
