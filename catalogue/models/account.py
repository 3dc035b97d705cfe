"""People who sign in, and the calendar they work by."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.agency import Agency
from catalogue.models.base import Base, Instant


class Account(Base):
    """A named person. ``roles`` is a comma-separated set of role names (see ``catalogue.permissions``)."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    full_name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200), default="")
    roles: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(300))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)

    agency: Mapped[Agency | None] = relationship()

    @property
    def role_names(self) -> frozenset[str]:
        """The roles as a set."""
        return frozenset(filter(None, self.roles.split(",")))


class HolidayEntry(Base):
    """One day of the editable calendar; ``kind`` as in ``decisions.working_days.Holiday``."""

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(Text, default="")


class Setting(Base):
    """Names and contacts of the province, kept as data: ``province_name``, ``issuer_name``, ``pakn_phone`` …"""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text, default="")
