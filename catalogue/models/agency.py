"""Bodies, sectors and legal texts: dated, so that names of the past stay what they were."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, Instant

agency_succession = Table(
    "agency_succession",
    Base.metadata,
    Column("predecessor_id", ForeignKey("agency.id"), primary_key=True),
    Column("successor_id", ForeignKey("agency.id"), primary_key=True),
)


class Agency(Base):
    """A body with the dates of its existence, half-open ``[valid_from, valid_until)``.

    ``kind``: committee_province, department, committee_district, committee_commune, ministry, centre, other.
    """

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_from IS NULL OR valid_from < valid_until", name="dates"),
        Index("ix_agency_folded_name", "folded_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    folded_name: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(30), default="other")
    level: Mapped[str] = mapped_column(String(20), default="unknown")
    code: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]

    parent: Mapped[Agency | None] = relationship(remote_side=[id])
    successors: Mapped[list[Agency]] = relationship(
        secondary=agency_succession,
        primaryjoin=lambda: Agency.id == agency_succession.c.predecessor_id,
        secondaryjoin=lambda: Agency.id == agency_succession.c.successor_id,
        back_populates="predecessors",
    )
    predecessors: Mapped[list[Agency]] = relationship(
        secondary=agency_succession,
        primaryjoin=lambda: Agency.id == agency_succession.c.successor_id,
        secondaryjoin=lambda: Agency.id == agency_succession.c.predecessor_id,
        back_populates="successors",
    )


class Sector(Base):
    """Lĩnh vực; ``slug`` is the address form, ``code`` the national code such as G15-TP07 where known."""

    __tablename__ = "sector"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    code: Mapped[str] = mapped_column(String(40), default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]


class LegalDocument(Base):
    """A law, decree, circular, resolution or ministry decision; unique by number, issuer and date.

    ``number_key`` is ``decisions.legal_numbers.legal_key``; ``effective_until`` the first day out of force,
    ``replaced_by`` the printed number of the text that took its place.
    """

    __tablename__ = "legal_document"
    __table_args__ = (Index("uq_legal_document_identity", "number_key", "issuer", "issued_on", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(80))
    number_key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(Text, default="")
    issuer: Mapped[str] = mapped_column(Text, default="")
    issued_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    effective_until: Mapped[date | None]
    replaced_by: Mapped[str] = mapped_column(Text, default="")
    edited_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
