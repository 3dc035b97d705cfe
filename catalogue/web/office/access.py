"""Which decisions the signed-in person may see; what they may not see is not found."""

from __future__ import annotations

from flask import abort, g

from catalogue.extensions import db
from catalogue.models import Decision, DecisionAct, DecisionLine, Leftover
from catalogue.permissions import sees_every_agency
from catalogue.queries import office
from catalogue.queries.office import Viewer
from decisions.kinds import DecisionStatus


def viewer() -> Viewer:
    """Whose eyes these are."""
    return Viewer(g.account.id, g.account.agency_id, sees_every_agency(g.account.role_names))


def decision(decision_id: int) -> Decision:
    """The decision, or a page saying that it is not there."""
    found = office.by_id(db.session(), viewer(), decision_id)
    if found is None:
        abort(404)
    return found


def draft(decision_id: int) -> Decision:
    """A decision that can still be edited; an issued one answers with the way out."""
    found = decision(decision_id)
    if found.status == DecisionStatus.ISSUED:
        abort(409, f"Quyết định {found.number} đã ban hành nên không sửa được. Hãy lập quyết định đính chính hoặc "
                   "sửa đổi.")  # fmt: skip
    return found


def line(decision_id: int, line_id: int) -> DecisionLine:
    """A row of a decision that may be seen."""
    found = db.session.get(DecisionLine, line_id)
    if found is None or found.decision_id != decision(decision_id).id:
        abort(404)
    return found


def leftover(decision_id: int, leftover_id: int) -> Leftover:
    """A row of the file that became no line."""
    found = db.session.get(Leftover, leftover_id)
    if found is None or found.decision_id != decision(decision_id).id:
        abort(404)
    return found


def act(decision_id: int, act_id: int) -> DecisionAct:
    """What a decision does to an earlier one."""
    found = db.session.get(DecisionAct, act_id)
    if found is None or found.decision_id != decision(decision_id).id:
        abort(404)
    return found
