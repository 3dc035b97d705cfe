"""The way of a decision from draft to issue, and who may take which step.

Drafting, reviewing and approving are done by three different persons. The rule looks at persons only: no role, no
permission and no role changed on the same day gives a way around it. Everybody who edited the draft counts as its
drafter. Issuing only records that the approved paper was signed and published, and is bound to the approved plan, so
any person with the right may do it, the drafter too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from decisions.kinds import Action, DecisionStatus

Person = int | str
"""Whatever identifies one human being for certain; two accounts of one person must be mapped to one value."""

_NEXT: Mapping[tuple[DecisionStatus, Action], DecisionStatus] = {
    (DecisionStatus.DRAFT, Action.EDIT): DecisionStatus.DRAFT,
    (DecisionStatus.SUBMITTED, Action.EDIT): DecisionStatus.DRAFT,
    (DecisionStatus.REVIEWED, Action.EDIT): DecisionStatus.DRAFT,
    (DecisionStatus.APPROVED, Action.EDIT): DecisionStatus.DRAFT,
    (DecisionStatus.DRAFT, Action.SUBMIT): DecisionStatus.SUBMITTED,
    (DecisionStatus.SUBMITTED, Action.REVIEW): DecisionStatus.REVIEWED,
    (DecisionStatus.REVIEWED, Action.APPROVE): DecisionStatus.APPROVED,
    (DecisionStatus.APPROVED, Action.ISSUE): DecisionStatus.ISSUED,
    (DecisionStatus.SUBMITTED, Action.RETURN): DecisionStatus.DRAFT,
    (DecisionStatus.REVIEWED, Action.RETURN): DecisionStatus.DRAFT,
    (DecisionStatus.APPROVED, Action.RETURN): DecisionStatus.DRAFT,
}

_APART: Mapping[Action, tuple[Action, ...]] = {
    Action.REVIEW: (Action.EDIT, Action.SUBMIT),
    Action.APPROVE: (Action.EDIT, Action.SUBMIT, Action.REVIEW),
}


class Refusal(StrEnum):
    """Why a step was refused."""

    WRONG_STATUS = "wrong_status"
    SAME_PERSON = "same_person"


class NotAllowed(Exception):
    """The step may not be taken. ``refusal`` says why; ``did`` is what the person did before (SAME_PERSON only)."""

    def __init__(self, refusal: Refusal, status: DecisionStatus, action: Action, did: Action | None = None) -> None:
        super().__init__(f"{refusal}: {action} while {status}" + (f", did {did} before" if did else ""))
        self.refusal = refusal
        self.status = status
        self.action = action
        self.did = did

    @property
    def code(self) -> str:
        """The key of the sentence in ``catalogue.messages``."""
        return self.refusal.value


Earlier = Mapping[Action, Collection[Person]]
"""Who took which step since the text was last put on its way; EDIT holds all editors the draft ever had."""


def next_status(status: DecisionStatus, action: Action, actor: Person, earlier: Earlier) -> DecisionStatus:
    """The status after the action.

    Raises:
        NotAllowed: the status does not allow the action, or the actor took a step before that must be another's.
    """
    after = _NEXT.get((status, action))
    if after is None:
        raise NotAllowed(Refusal.WRONG_STATUS, status, action)
    for other in _APART.get(action, ()):
        if actor in earlier.get(other, ()):
            raise NotAllowed(Refusal.SAME_PERSON, status, action, other)
    return after


def allowed_actions(status: DecisionStatus, actor: Person, earlier: Earlier) -> list[Action]:
    """The actions ``next_status`` would accept from this person, in the order of the way; rights come on top."""
    allowed = []
    for action in Action:
        try:
            next_status(status, action, actor, earlier)
        except NotAllowed:
            continue
        allowed.append(action)
    return allowed


def after_edit(status: DecisionStatus) -> DecisionStatus:
    """Where one changed character takes the decision: back to draft, so that review and approval are void.

    Raises:
        NotAllowed: the decision is issued; then only a further decision can correct it.
    """
    after = _NEXT.get((status, Action.EDIT))
    if after is None:
        raise NotAllowed(Refusal.WRONG_STATUS, status, Action.EDIT)
    return after
