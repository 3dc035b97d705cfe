"""The posts that exist in a unit, kept by the administrator; workflows are proved against them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, Agency, AgencyRole
from decisions.text import clean, spelling


def posts_of(session: Session, agency: Agency) -> list[str]:
    """The names of the posts, in the order they were entered."""
    query = select(AgencyRole.name).where(AgencyRole.agency_id == agency.id).order_by(AgencyRole.id)
    return list(session.scalars(query))


def posts_by_unit(session: Session) -> dict[str, frozenset[str]]:
    """Posts by the name of their unit, for units where any are known."""
    found: dict[str, set[str]] = {}
    for unit, post in session.execute(select(Agency.name, AgencyRole.name).join(Agency)):
        found.setdefault(unit, set()).add(post)
    return {unit: frozenset(names) for unit, names in found.items()}


def put_posts(session: Session, agency: Agency, names: Iterable[str], *, actor: Account, now: datetime) -> None:
    """Replace the posts of a unit; blank lines and second spellings of one post are left out."""
    wanted = {spelling(name): clean(name) for name in reversed([n for n in names if clean(n)])}
    after = list(reversed(wanted.values()))
    before = posts_of(session, agency)
    if before == after:
        return
    for row in session.scalars(select(AgencyRole).where(AgencyRole.agency_id == agency.id)):
        session.delete(row)
    session.flush()  # a name may come back in another place
    session.add_all(AgencyRole(agency_id=agency.id, name=name) for name in after)
    audit.record(session, actor=actor, action=AuditAction.POSTS_CHANGED, subject=agency, at=now,
                 unit=agency.name, changes={"posts": [before, after]})  # fmt: skip
