"""Internal and electronic workflows: rows of an annex, immutable texts, the periods in which they bind, and records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.account import Account
from catalogue.models.agency import Agency
from catalogue.models.base import Base, Instant
from catalogue.models.decision import Decision
from catalogue.models.procedure import Procedure, ProcedureVersion
from decisions import workflow as values


class WorkflowLine(Base):
    """One workflow as the annex of a decision has it: adopted with its text, or put out of force.

    ``action`` is ``adopted`` or ``expired``. ``content`` is ``decisions.workflow.workflow_json`` (empty when expired).
    ``expires_id`` is the workflow that an ``expired`` row ends, found by the printed ``expires_text`` (symbol, or
    serial number in an older annex) and confirmed by a person; ``dismissed`` says why a row touches nothing here.
    ``doubts`` is list[{place, text, reason}] of the reader.
    """

    __tablename__ = "workflow_line"
    __table_args__ = (UniqueConstraint("decision_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    position: Mapped[int]
    action: Mapped[str] = mapped_column(String(20), default="adopted")
    annex: Mapped[str] = mapped_column(Text, default="")
    ordinal: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(Text, default="")
    code_printed: Mapped[str] = mapped_column(Text, default="")
    code_key: Mapped[str] = mapped_column(String(80), default="", index=True)
    name: Mapped[str] = mapped_column(Text, default="")
    level: Mapped[str] = mapped_column(String(20), default="unknown")
    expires_text: Mapped[str] = mapped_column(Text, default="")
    expires_id: Mapped[int | None] = mapped_column(ForeignKey("workflow.id"))
    dismissed: Mapped[str] = mapped_column(Text, default="")
    lock_version: Mapped[int] = mapped_column(default=1)
    doubts: Mapped[list[Any]] = mapped_column(JSON, default=list)
    content: Mapped[str] = mapped_column(Text, default="")

    __mapper_args__ = {"version_id_col": lock_version}

    decision: Mapped[Decision] = relationship(back_populates="workflow_lines")
    expires: Mapped[Workflow | None] = relationship(foreign_keys=[expires_id])
    targets: Mapped[list[WorkflowTarget]] = relationship(
        back_populates="line", order_by="WorkflowTarget.id", cascade="all, delete-orphan"
    )

    @property
    def value(self) -> values.Workflow | None:
        """The text as a typed value; ``None`` for a row that only ends one."""
        return values.workflow_from_json(self.content) if self.content else None


class Workflow(Base):
    """A text as adopted, never changed. ``track`` tells apart what stands side by side: case, channel, place.

    ``version_id`` is the version of the procedure that it was written for: the one in force when it was adopted.
    """

    __tablename__ = "workflow"

    id: Mapped[int] = mapped_column(primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    track: Mapped[str] = mapped_column(Text, default="")
    symbol: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(Text, default="")
    version_id: Mapped[int | None] = mapped_column(ForeignKey("procedure_version.id"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    content: Mapped[str] = mapped_column(Text)

    procedure: Mapped[Procedure] = relationship()
    version: Mapped[ProcedureVersion | None] = relationship()

    @property
    def value(self) -> values.Workflow:
        """The text as a typed value."""
        return values.workflow_from_json(self.content)


class WorkflowTarget(Base):
    """What an issued row does to one track: opens ``workflow_id``, or closes the track when it is NULL."""

    __tablename__ = "workflow_target"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("workflow_line.id"), index=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    track: Mapped[str] = mapped_column(Text, default="")
    workflow_id: Mapped[int | None] = mapped_column(ForeignKey("workflow.id"), index=True)
    effective_on: Mapped[date]
    until: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)

    line: Mapped[WorkflowLine] = relationship(back_populates="targets")


class WorkflowValidity(Base):
    """A period in which a workflow binds, half-open; a projection of the ledger, as ``Validity`` is for texts."""

    __tablename__ = "workflow_validity"
    __table_args__ = (
        UniqueConstraint("procedure_id", "level", "track", "valid_from"),
        CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name="period"),
        Index(
            "uq_workflow_validity_open", "procedure_id", "level", "track", unique=True,
            sqlite_where=text("valid_until IS NULL"), postgresql_where=text("valid_until IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    workflow_id: Mapped[int] = mapped_column(ForeignKey("workflow.id"), index=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    track: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    opened_by: Mapped[int]

    workflow: Mapped[Workflow] = relationship()

    def covers(self, day: date) -> bool:
        """Whether the workflow binds on the day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class WorkflowConfirmation(Base):
    """A person says that a workflow still fits a later text of its procedure, and why."""

    __tablename__ = "workflow_confirmation"
    __table_args__ = (UniqueConstraint("workflow_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workflow_id: Mapped[int] = mapped_column(ForeignKey("workflow.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_version.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text)

    workflow: Mapped[Workflow] = relationship()
    account: Mapped[Account] = relationship()


class ElectronicWorkflow(Base):
    """The electronic workflow made from one internal workflow; approved by another person than its drafter.

    ``status`` is ``draft``, ``approved`` or ``replaced`` (a later one was approved). It binds while its internal
    workflow does. ``content`` is ``workflow_json`` with ``kind`` electronic.
    """

    __tablename__ = "electronic_workflow"

    id: Mapped[int] = mapped_column(primary_key=True)
    workflow_id: Mapped[int] = mapped_column(ForeignKey("workflow.id"), index=True)
    status: Mapped[str] = mapped_column(String(20), default="draft")
    drafter_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    editors: Mapped[list[Any]] = mapped_column(JSON, default=list)  # account ids of everybody who changed the draft
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    drafted_at: Mapped[datetime] = mapped_column(Instant)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    content_hash: Mapped[str] = mapped_column(String(64))
    lock_version: Mapped[int] = mapped_column(default=1)
    content: Mapped[str] = mapped_column(Text)

    __mapper_args__ = {"version_id_col": lock_version}

    workflow: Mapped[Workflow] = relationship()
    drafter: Mapped[Account] = relationship(foreign_keys=[drafter_id])
    approver: Mapped[Account | None] = relationship(foreign_keys=[approver_id])
    configurations: Mapped[list[WorkflowConfiguration]] = relationship(
        back_populates="electronic", order_by="WorkflowConfiguration.id", cascade="all, delete-orphan"
    )

    @property
    def value(self) -> values.Workflow:
        """The text as a typed value."""
        return values.workflow_from_json(self.content)


class WorkflowConfiguration(Base):
    """That an electronic workflow was set up on a one-stop system: which, by whom, when, and whether it was tried."""

    __tablename__ = "workflow_configuration"

    id: Mapped[int] = mapped_column(primary_key=True)
    electronic_id: Mapped[int] = mapped_column(ForeignKey("electronic_workflow.id"), index=True)
    system: Mapped[str] = mapped_column(Text)
    configured_by: Mapped[str] = mapped_column(Text)
    configured_on: Mapped[date]
    tested_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)

    electronic: Mapped[ElectronicWorkflow] = relationship(back_populates="configurations")


class AgencyRole(Base):
    """A post that exists in a unit ("Chuyên viên Phòng Quản lý môi trường"), for the proof of workflows."""

    __tablename__ = "agency_role"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    name: Mapped[str] = mapped_column(Text)

    agency: Mapped[Agency] = relationship()
