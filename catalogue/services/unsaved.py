"""What somebody typed and has not saved: kept on the way, offered after a crash, gone when saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue.models import Account, DecisionLine, UnsavedText

Fields = Sequence[tuple[str, str]]


def keep_typed(
    session: Session, line: DecisionLine, section: str, fields: Fields, *, actor: Account, now: datetime
) -> UnsavedText:
    """Remember the fields of a section as they stand on somebody's screen; changes nothing in the draft."""
    kept = [list(pair) for pair in fields]
    found = typed_by(session, line, section, actor)
    if found is None:
        found = UnsavedText(line_id=line.id, section=section, account_id=actor.id, fields=kept, typed_at=now)
        try:
            with session.begin_nested():
                session.add(found)
        except IntegrityError:  # a second request of the same page was faster: its row is there now
            found = typed_by(session, line, section, actor) or found
    found.fields, found.typed_at = kept, now
    session.flush()
    return found


def typed_by(session: Session, line: DecisionLine, section: str, actor: Account) -> UnsavedText | None:
    """What this person has not saved yet in a section."""
    return session.scalar(
        select(UnsavedText).where(
            UnsavedText.line_id == line.id, UnsavedText.section == section, UnsavedText.account_id == actor.id
        )
    )


def typed_here(session: Session, line: DecisionLine) -> list[UnsavedText]:
    """Everything that anybody has not saved yet in the text of a row, newest first."""
    query = select(UnsavedText).where(UnsavedText.line_id == line.id).order_by(UnsavedText.typed_at.desc())
    return list(session.scalars(query))


def forget_typed(session: Session, line: DecisionLine, section: str, actor: Account) -> None:
    """Drop what was kept: it is saved now, or not wanted."""
    session.execute(
        delete(UnsavedText).where(
            UnsavedText.line_id == line.id, UnsavedText.section == section, UnsavedText.account_id == actor.id
        )
    )
