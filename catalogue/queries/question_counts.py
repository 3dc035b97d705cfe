"""What people asked and how it went, by week; only what may be shown: questions that several have asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.judgements import OUT_OF_SCOPE, questions
from catalogue.models import Procedure, ProcedureVersion, QuestionCount, Sector, Validity, WordRule
from catalogue.queries.words import WordKind, WordState
from catalogue.synonyms import EXPANSIONS
from decisions.kinds import Register
from search_index.privacy import KnownWords


@dataclass(frozen=True)
class AskedQuestion:
    """A question of one week: how often it was asked, found nothing, found only guesses, and led to a procedure."""

    text: str
    asked: int
    unanswered: int
    unsure: int
    opened: int

    @property
    def trouble(self) -> str:
        """Why it is on the list: ``unanswered``, ``unsure``, ``unopened``, or nothing when it fared well."""
        for name, count in (("unanswered", self.unanswered), ("unsure", self.unsure)):
            if count * 2 >= self.asked:
                return name
        return "" if self.opened else "unopened"


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks(session: Session) -> list[date]:
    """The weeks that hold something to show, latest first."""
    query = select(QuestionCount.week).where(QuestionCount.text != "").distinct()
    return list(session.scalars(query.order_by(QuestionCount.week.desc())))


def troubled(session: Session, week: date, shown_from: int) -> list[AskedQuestion]:
    """The questions of a week that found no good answer, most asked first."""
    query = select(QuestionCount).where(
        QuestionCount.week == week, QuestionCount.text != "", QuestionCount.asked >= shown_from
    )
    found = [
        AskedQuestion(row.text, row.asked, row.unanswered, row.unsure, row.opened) for row in session.scalars(query)
    ]
    return sorted((one for one in found if one.trouble), key=lambda one: (-one.asked, one.text))


def known_words(session: Session) -> KnownWords:
    """The words and pairs that the catalogue prints today, with those of synonyms and of our own questions."""
    in_force = (
        select(ProcedureVersion.name, ProcedureVersion.friendly_name)
        .join(Validity, Validity.version_id == ProcedureVersion.id)
        .join(Procedure, Procedure.id == Validity.procedure_id)
        .where(Procedure.register == Register.PUBLIC, Validity.valid_until.is_(None))
    )
    names = [name for row in session.execute(in_force) for name in row if name]
    return KnownWords.of([*names, *session.scalars(select(Sector.name)), *_synonyms(session), *_judged()])


def _synonyms(session: Session) -> Iterable[str]:
    yield from EXPANSIONS
    for others in EXPANSIONS.values():
        yield from others
    query = select(WordRule).where(WordRule.state == WordState.APPROVED, WordRule.kind == WordKind.SYNONYM)
    for rule in session.scalars(query):
        yield from (*rule.phrases, rule.legal)


def _judged() -> Iterable[str]:
    return (one.query for one in questions() if one.kind != OUT_OF_SCOPE)
