"""Words of search that officers look after, and what people asked without finding an answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.account import Account
from catalogue.models.base import Base, Instant
from catalogue.models.procedure import Procedure


class WordRule(Base):
    """A change to the words of search: proposed by one person, decided by another, in force up to its last day.

    ``kind`` is a ``WordKind``, ``state`` a ``WordState`` (``catalogue.queries.words``). ``phrases`` are the everyday
    phrases of a synonym, the one friendly name of a procedure, or the questions of a pin; ``legal`` the words of law
    that a synonym means. ``replaces_id`` is the rule this one takes the place of, ``replaces_shipped`` the words of
    law of the group that came with the program; ``removes`` says that nothing takes the place.
    ``effect`` is what approval was based on (``services.words_effect``), ``override`` why a fall was accepted.
    ``last_day`` is the last day in force, empty for a removal. Rows are never deleted.
    """

    __tablename__ = "word_rule"
    __table_args__ = (Index("ix_word_rule_state", "state", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="proposed")
    phrases: Mapped[list[str]] = mapped_column(JSON, default=list)
    legal: Mapped[str] = mapped_column(Text, default="")
    removes: Mapped[bool] = mapped_column(default=False)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("word_rule.id"))
    replaces_shipped: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text)
    last_day: Mapped[date | None]
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposer_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text, default="")
    effect: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    override: Mapped[str] = mapped_column(Text, default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("word_rule.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    owner: Mapped[Account] = relationship(foreign_keys=[owner_id])
    proposer: Mapped[Account] = relationship(foreign_keys=[proposer_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    replaces: Mapped[WordRule | None] = relationship(foreign_keys=[replaces_id], remote_side=[id])
    procedures: Mapped[list[WordRuleProcedure]] = relationship(
        order_by="WordRuleProcedure.place", cascade="all, delete-orphan"
    )


class WordRuleProcedure(Base):
    """A procedure that a friendly name belongs to, or that a pin puts first; ``place`` counts from 1."""

    __tablename__ = "word_rule_procedure"
    __table_args__ = (UniqueConstraint("rule_id", "procedure_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("word_rule.id", ondelete="CASCADE"))
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    place: Mapped[int]

    procedure: Mapped[Procedure] = relationship()


class QuestionCount(Base):
    """How a question fared in one week (``week`` is its Monday), counted without knowing who asked.

    ``digest`` is a keyed hash of the question; its ``text`` is empty until as many have asked as the settings demand.
    Of the ``asked``, ``unanswered`` found nothing, ``unsure`` only guesses; ``opened`` led on to a procedure.
    """

    __tablename__ = "question_count"
    __table_args__ = (UniqueConstraint("week", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text, default="")
    asked: Mapped[int] = mapped_column(default=0)
    unanswered: Mapped[int] = mapped_column(default=0)
    unsure: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)


class MissingContent(Base):
    """Something people ask that the catalogue does not answer, handed to a person to look after."""

    __tablename__ = "missing_content"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    noted_at: Mapped[datetime] = mapped_column(Instant)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(Text, default="")

    owner: Mapped[Account] = relationship(foreign_keys=[owner_id])
    noted_by: Mapped[Account] = relationship(foreign_keys=[noted_by_id])
    done_by: Mapped[Account | None] = relationship(foreign_keys=[done_by_id])
