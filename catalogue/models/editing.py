"""What officers have typed and not saved yet, kept apart from the draft: it changes nothing until somebody saves it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.account import Account
from catalogue.models.base import Base, Instant


class UnsavedText(Base):
    """The fields of one section of one row's text as one person last had them on the screen.

    ``fields`` is list[[field name, text]] in the order of the form. Saving the section, or the person's own wish,
    removes the row; a row of a discarded draft goes with it.
    """

    __tablename__ = "unsaved_text"
    __table_args__ = (UniqueConstraint("line_id", "section", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("decision_line.id", ondelete="CASCADE"))
    section: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    typed_at: Mapped[datetime] = mapped_column(Instant)
    fields: Mapped[list[Any]] = mapped_column(JSON, default=list)

    account: Mapped[Account] = relationship()
