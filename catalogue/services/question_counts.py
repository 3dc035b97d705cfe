"""Counting what people ask without knowing who: a keyed hash first, the words only once several have asked them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalogue.models import QuestionCount
from catalogue.queries.question_counts import week_of


@dataclass
class Tally:
    """Counts of one question not written down yet; see ``QuestionCount``."""

    asked: int = 0
    unanswered: int = 0
    unsure: int = 0
    opened: int = 0

    def add(self, other: Tally) -> None:
        """Count both together."""
        self.asked += other.asked
        self.unanswered += other.unanswered
        self.unsure += other.unsure
        self.opened += other.opened


def write_down(session: Session, tallies: Iterable[tuple[date, str, Tally]], *, secret: str, shown_from: int) -> None:
    """Add counts by day asked and question (as `privacy.keepable` gave it).

    A question is known by its hash alone until ``shown_from`` have asked it in its week: what nobody else asks is
    never readable, for anybody, in any copy of the database.
    """
    for day, text, tally in tallies:
        row = _row(session, week_of(day), _digest(text, secret))
        row.asked += tally.asked
        row.unanswered += tally.unanswered
        row.unsure += tally.unsure
        row.opened = min(row.opened + tally.opened, row.asked)
        if row.asked >= shown_from:
            row.text = text
    session.flush()


def purge(session: Session, today: date, weeks: int) -> int:
    """Forget what is older than so many weeks; returns how many rows went."""
    gone = session.execute(delete(QuestionCount).where(QuestionCount.week < week_of(today) - timedelta(weeks=weeks)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _row(session: Session, week: date, digest: str) -> QuestionCount:
    known = select(QuestionCount).where(QuestionCount.week == week, QuestionCount.digest == digest)
    row = session.scalar(known)
    if row is None:
        row = QuestionCount(week=week, digest=digest, text="", asked=0, unanswered=0, unsure=0, opened=0)
        session.add(row)
        session.flush()
    return row


def _digest(text: str, secret: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
