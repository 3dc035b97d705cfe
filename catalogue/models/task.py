"""Work that a decision orders, kept open until somebody says it is done."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, Instant
from catalogue.models.decision import Decision


class OrderedTask(Base):
    """One order of an article (``decisions.tasks``): ``sentence`` as printed, ``due_on`` by the calendar then."""

    __tablename__ = "ordered_task"
    __table_args__ = (UniqueConstraint("decision_id", "kind", "article"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    article: Mapped[str] = mapped_column(Text)
    sentence: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    opened_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    done_note: Mapped[str] = mapped_column(Text, default="")

    decision: Mapped[Decision] = relationship()
