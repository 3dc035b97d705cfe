"""Procedures and their versions: a lasting identity, and texts that are never changed once issued."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.agency import Sector
from catalogue.models.base import Base, Instant
from decisions.content import ProcedureContent, from_json


class Procedure(Base):
    """A lasting identity. ``key`` stands in addresses: the national code, or ``chua-co-ma-<n>`` while there is none."""

    __tablename__ = "procedure"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    code: Mapped[str | None] = mapped_column(String(80), unique=True)
    register: Mapped[str] = mapped_column(String(20), default="public", index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)

    versions: Mapped[list[ProcedureVersion]] = relationship(
        back_populates="procedure", order_by="ProcedureVersion.number"
    )


class ProcedureVersion(Base):
    """The full text at one level. ``content`` is canonical JSON of ``decisions.content.ProcedureContent``.

    When it binds stands in ``Validity`` (usually one period; a revoked revocation can give a second one).
    The projected text columns serve lists and sorting. ``number`` runs per procedure over all levels and is the
    ``<n>`` of ``/thu-tuc/<code>/phien-ban/<n>``.
    """

    __tablename__ = "procedure_version"
    __table_args__ = (UniqueConstraint("procedure_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text, default="")
    name_key: Mapped[str] = mapped_column(String(32), default="", index=True)  # equal for spellings of one name
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("sector.id"), index=True)
    friendly_name: Mapped[str] = mapped_column(Text, default="")
    agency_name: Mapped[str] = mapped_column(Text, default="")  # several stand apart by "; ", as do subjects
    subjects: Mapped[str] = mapped_column(Text, default="")
    time_text: Mapped[str] = mapped_column(Text, default="")
    fee_text: Mapped[str] = mapped_column(Text, default="")
    online: Mapped[str] = mapped_column(String(20), default="unknown")
    fee_free: Mapped[bool] = mapped_column(default=False)
    non_territorial: Mapped[bool] = mapped_column(default=False)
    awaits_content: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    # Last: SQLite reads a row from its beginning, and lists need everything but this.
    content: Mapped[str] = mapped_column(Text)

    procedure: Mapped[Procedure] = relationship(back_populates="versions")
    sector: Mapped[Sector | None] = relationship()
    validities: Mapped[list[Validity]] = relationship(back_populates="version", order_by="Validity.valid_from")

    @property
    def value(self) -> ProcedureContent:
        """The text as a typed value."""
        return from_json(self.content)


class VersionBasis(Base):
    """That a version rests on the legal text with this key: a projection of its bases, for the reverse view."""

    __tablename__ = "version_basis"
    __table_args__ = (UniqueConstraint("version_id", "number_key"), Index("ix_version_basis_key", "number_key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_version.id"))
    number_key: Mapped[str] = mapped_column(String(80))


class Validity(Base):
    """A period in which a version binds, half-open ``[valid_from, valid_until)``; NULL is open.

    A projection of the ledger: written by ``services.projection`` only, recomputed by ``catalogue replay --check``.
    ``opened_by`` is the ``LineTarget`` that put the version in force. The database refuses two open periods of one
    (procedure, level) and two that start on one day.
    """

    __tablename__ = "validity"
    __table_args__ = (
        UniqueConstraint("procedure_id", "level", "valid_from"),
        CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name="period"),
        Index("ix_validity_period", "valid_from", "valid_until"),
        Index(
            "uq_validity_open",
            "procedure_id",
            "level",
            unique=True,
            sqlite_where=text("valid_until IS NULL"),
            postgresql_where=text("valid_until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_version.id"), index=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"))
    level: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    opened_by: Mapped[int]

    version: Mapped[ProcedureVersion] = relationship(back_populates="validities")
    procedure: Mapped[Procedure] = relationship()

    def covers(self, day: date) -> bool:
        """Whether the version binds on the day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
