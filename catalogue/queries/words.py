"""The words of search that officers look after: what is in force, what waits for whom, what has run out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.models import MissingContent, ProcedureVersion, Setting, WordRule, WordRuleProcedure
from catalogue.queries.ledger import chunked

REVISION = "words_revision"
"""The setting that holds a new mark with every decision about words; public pages and caches go by it."""

SOON = timedelta(days=30)
"""So long before its last day a rule is shown as running out."""


class WordKind(StrEnum):
    """What a rule about words does; labels are in the glossary."""

    SYNONYM = "synonym"
    FRIENDLY_NAME = "friendly_name"
    PIN = "pin"


class WordState(StrEnum):
    """Where a rule stands; labels are in the glossary."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    EXPIRED = "expired"


def revision(session: Session) -> str:
    """A mark that differs whenever the words may; empty while nothing was ever decided."""
    return session.scalar(select(Setting.value).where(Setting.key == REVISION)) or ""


def in_force(session: Session, on: date, kind: WordKind | None = None) -> list[WordRule]:
    """The rules that hold on a day, earliest approved first; a removal of a shipped group has no last day."""
    query = select(WordRule).where(_holds(on)).order_by(WordRule.decided_at, WordRule.id)
    if kind is not None:
        query = query.where(WordRule.kind == kind)
    return list(session.scalars(query.options(selectinload(WordRule.procedures))))


def friendly_names(session: Session, procedure_ids: Iterable[int], on: date | None = None) -> dict[int, str]:
    """The names that officers have given to procedures, by procedure id; most have none.

    Without a day those of the index: all that nobody has written down as expired.
    """
    holds = WordRule.state == WordState.APPROVED if on is None else _holds(on)
    found: dict[int, str] = {}
    for ids in chunked(sorted(set(procedure_ids))):
        query = (
            select(WordRuleProcedure.procedure_id, WordRule.phrases)
            .join(WordRule, WordRule.id == WordRuleProcedure.rule_id)
            .where(holds, WordRule.kind == WordKind.FRIENDLY_NAME, WordRule.removes.is_(False))
            .where(WordRuleProcedure.procedure_id.in_(ids))
            .order_by(WordRule.decided_at, WordRule.id)
        )
        found.update({row.procedure_id: row.phrases[0] for row in session.execute(query)})
    return found


def by_id(session: Session, rule_id: int) -> WordRule | None:
    """One rule with those who had to do with it."""
    return session.scalar(select(WordRule).where(WordRule.id == rule_id).options(*_PEOPLE))


def proposed(session: Session) -> list[WordRule]:
    """What waits for a second person, oldest first."""
    query = select(WordRule).where(WordRule.state == WordState.PROPOSED).order_by(WordRule.id)
    return list(session.scalars(query.options(*_PEOPLE)))


def running_out(session: Session, on: date) -> list[WordRule]:
    """What ends within `SOON`, or has run out in the same time before the day and was not taken up again."""
    query = select(WordRule).where(_runs_out(on))
    return list(session.scalars(query.options(*_PEOPLE).order_by(WordRule.last_day, WordRule.id)))


def overdue(session: Session, on: date) -> list[WordRule]:
    """Approved rules whose last day is over, and which nobody has written down as expired yet."""
    query = select(WordRule).where(WordRule.state == WordState.APPROVED, WordRule.last_day < on)
    return list(session.scalars(query.order_by(WordRule.id)))


def history(session: Session, limit: int) -> list[WordRule]:
    """What was decided or has ended, latest first."""
    query = select(WordRule).where(WordRule.state != WordState.PROPOSED, WordRule.decided_at.is_not(None))
    return list(session.scalars(query.options(*_PEOPLE).order_by(WordRule.decided_at.desc()).limit(limit)))


def replacing(session: Session, rule: WordRule) -> WordRule | None:
    """The proposal that waits to take the place of a rule."""
    query = select(WordRule).where(WordRule.replaces_id == rule.id, WordRule.state == WordState.PROPOSED)
    return session.scalars(query).first()


def missing_content(session: Session, *, done: bool = False) -> list[MissingContent]:
    """What people ask and the catalogue does not tell, oldest first."""
    ended = MissingContent.done_at.is_not(None) if done else MissingContent.done_at.is_(None)
    query = select(MissingContent).where(ended).order_by(MissingContent.id)
    return list(session.scalars(query.options(joinedload(MissingContent.owner), joinedload(MissingContent.noted_by))))


def procedure_names(session: Session, rules: Iterable[WordRule]) -> dict[int, str]:
    """What the procedures of rules are called in their latest texts, by procedure id."""
    ids = sorted({held.procedure_id for rule in rules for held in rule.procedures})
    query = select(ProcedureVersion.procedure_id, ProcedureVersion.name).where(ProcedureVersion.procedure_id.in_(ids))
    rows = session.execute(query.order_by(ProcedureVersion.number)) if ids else ()
    return {row.procedure_id: row.name for row in rows}


def waiting_for(session: Session, account_id: int, decides: bool, on: date) -> int:
    """How many things about words wait for an account: proposals to decide, content to look after, what runs out."""
    wishes = select(func.count(MissingContent.id)).where(
        MissingContent.done_at.is_(None), MissingContent.owner_id == account_id
    )
    ending = select(func.count(WordRule.id)).where(_runs_out(on), WordRule.owner_id == account_id)
    found = (session.scalar(wishes) or 0) + (session.scalar(ending) or 0)
    if decides:
        proposals = select(func.count(WordRule.id)).where(
            WordRule.state == WordState.PROPOSED, WordRule.proposer_id != account_id
        )
        found += session.scalar(proposals) or 0
    return found


def phrases_in_use(session: Session, on: date, kind: WordKind) -> dict[str, WordRule]:
    """Phrases of the rules in force or waiting, with their rule."""
    query = select(WordRule).where(
        WordRule.kind == kind, or_(_holds(on), WordRule.state == WordState.PROPOSED), WordRule.removes.is_(False)
    )
    return {phrase: rule for rule in session.scalars(query.order_by(WordRule.id)) for phrase in rule.phrases}


def _runs_out(on: date) -> ColumnElement[bool]:
    known = WordRule.state.in_((WordState.APPROVED, WordState.EXPIRED))
    return and_(known, WordRule.last_day.between(on - SOON, on + SOON))


def _holds(on: date) -> ColumnElement[bool]:
    return and_(WordRule.state == WordState.APPROVED, or_(WordRule.last_day.is_(None), WordRule.last_day >= on))


_PEOPLE: Sequence = (  # type: ignore[type-arg]
    joinedload(WordRule.owner), joinedload(WordRule.proposer), joinedload(WordRule.decided_by),
    joinedload(WordRule.replaces), selectinload(WordRule.procedures).joinedload(WordRuleProcedure.procedure),
)  # fmt: skip
