"""What a role may do. Who may not act twice on one decision is a rule and stands in ``decisions.lifecycle``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Permission(StrEnum):
    """Verbs on nouns; every view of the office names one."""

    SIGN_IN = "sign_in"
    READ = "decision.read"
    DRAFT = "decision.draft"
    REVIEW = "decision.review"
    APPROVE = "decision.approve"
    ISSUE = "decision.issue"
    SEND_BACK = "decision.send_back"
    RESOLVE_EFFECT = "decision.resolve_effect"
    RECORD_ENTRY = "decision.record_entry"
    EDIT_CALENDAR = "calendar.edit"
    EDIT_POSTS = "posts.edit"
    PROPOSE_WORDS = "words.propose"
    DECIDE_WORDS = "words.decide"


class Role(StrEnum):
    """The roles an account may have; labels are in the glossary."""

    DRAFTER = "drafter"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    ADMIN = "admin"


EVERYBODY = frozenset({Permission.SIGN_IN})
"""What needs no account."""

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.DRAFTER: frozenset(
        {
            Permission.READ,
            Permission.DRAFT,
            Permission.ISSUE,
            Permission.RECORD_ENTRY,
            Permission.RESOLVE_EFFECT,
            Permission.PROPOSE_WORDS,
        }  # fmt: skip
    ),
    Role.REVIEWER: frozenset(
        {
            Permission.READ,
            Permission.REVIEW,
            Permission.SEND_BACK,
            Permission.RECORD_ENTRY,
            Permission.RESOLVE_EFFECT,
            Permission.DECIDE_WORDS,
        }  # fmt: skip
    ),
    Role.APPROVER: frozenset(
        {
            Permission.READ,
            Permission.APPROVE,
            Permission.ISSUE,
            Permission.SEND_BACK,
            Permission.RESOLVE_EFFECT,
            Permission.DECIDE_WORDS,
        }  # fmt: skip
    ),
    Role.ADMIN: frozenset({Permission.READ, Permission.EDIT_CALENDAR, Permission.EDIT_POSTS}),
}
"""An administrator keeps the lists; no role opens a way around the three persons."""

SEES_EVERY_AGENCY = frozenset({Role.REVIEWER, Role.APPROVER, Role.ADMIN})


_BY_NAME = {role.value: role for role in Role}


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything these roles allow; unknown roles allow nothing."""
    return EVERYBODY.union(*(PERMISSIONS[_BY_NAME[role]] for role in roles if role in _BY_NAME))


def sees_every_agency(roles: Iterable[str]) -> bool:
    """Whether drafts of other agencies are shown too."""
    return any(role in SEES_EVERY_AGENCY for role in roles)
