"""The ledger: decisions, the rows of their annexes, what each row opens and closes, and acts on earlier decisions."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.account import Account
from catalogue.models.agency import Agency
from catalogue.models.base import Base, Instant
from catalogue.models.procedure import Procedure, ProcedureVersion

if TYPE_CHECKING:
    from catalogue.models.workflow import WorkflowLine


class StoredFile(Base):
    """A file kept by its SHA-256 (hex): signed decisions, imported originals, forms."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    stored_at: Mapped[datetime] = mapped_column(Instant)


class Decision(Base):
    """A signed (or to be signed) decision. Unique by number, issuer and year (domain rule 19).

    ``kind`` INVENTORY rows stand for "đang có hiệu lực khi bắt đầu" and are never shown as decisions.
    JSON columns: ``bases`` list[str]; ``articles`` list[[label, text]]; ``recipients`` list[str];
    ``stated`` list[{place, text, kind, level, count}]; ``confirmed`` {problem key: {by, at, reason}}.
    """

    __tablename__ = "decision"
    __table_args__ = (
        Index(
            "uq_decision_identity",
            "number_key",
            "issuer_id",
            "year",
            unique=True,
            sqlite_where=text("adopted_by_id IS NULL"),
            postgresql_where=text("adopted_by_id IS NULL"),
        ),
        Index("ix_decision_signed_on", "signed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), default="publication")
    register: Mapped[str] = mapped_column(String(20), default="public")
    status: Mapped[str] = mapped_column(String(20), default="draft", index=True)
    number: Mapped[str] = mapped_column(Text)
    number_key: Mapped[str | None] = mapped_column(String(80))  # NULL while the number is not known
    year: Mapped[int | None]
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    issuer_text: Mapped[str] = mapped_column(Text, default="")
    signed_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(Text, default="")
    signer: Mapped[str] = mapped_column(Text, default="")
    capacity: Mapped[str] = mapped_column(Text, default="")
    subject: Mapped[str] = mapped_column(Text, default="")
    bases: Mapped[list[Any]] = mapped_column(JSON, default=list)
    proposal: Mapped[str] = mapped_column(Text, default="")
    articles: Mapped[list[Any]] = mapped_column(JSON, default=list)
    recipients: Mapped[list[Any]] = mapped_column(JSON, default=list)
    effect_type: Mapped[str] = mapped_column(String(20), default="unresolved")
    effect_text: Mapped[str] = mapped_column(Text, default="")
    effect_from: Mapped[date | None]
    effect_until: Mapped[date | None]
    stated: Mapped[list[Any]] = mapped_column(JSON, default=list)
    confirmed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    import_notes: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{place, value, message}] of the reader
    editors: Mapped[list[Any]] = mapped_column(JSON, default=list)  # account ids of everybody who changed the draft
    drafter_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    issuer_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_plan: Mapped[str] = mapped_column(String(64), default="")
    return_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    issued_at: Mapped[datetime | None] = mapped_column(Instant)  # the second clock: when the ledger knew
    db_entered_on: Mapped[date | None]  # nhập và công khai trên CSDLQG
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    seal: Mapped[str] = mapped_column(String(64), default="")  # hash of head, lines and targets as issued
    # A decision known only from a national record gives way to the same decision recorded from its paper.
    adopted_by_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id", ondelete="SET NULL"), index=True)
    workflows_public: Mapped[bool] = mapped_column(default=False)  # staff only unless the decision says otherwise
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    issuer: Mapped[Agency | None] = relationship()
    drafter: Mapped[Account | None] = relationship(foreign_keys=[drafter_id])
    reviewer: Mapped[Account | None] = relationship(foreign_keys=[reviewer_id])
    approver: Mapped[Account | None] = relationship(foreign_keys=[approver_id])
    issuer_account: Mapped[Account | None] = relationship(foreign_keys=[issuer_account_id])
    file: Mapped[StoredFile | None] = relationship()
    lines: Mapped[list[DecisionLine]] = relationship(
        back_populates="decision", order_by="DecisionLine.position", cascade="all, delete-orphan"
    )
    acts: Mapped[list[DecisionAct]] = relationship(
        back_populates="decision",
        foreign_keys="DecisionAct.decision_id",
        order_by="DecisionAct.id",
        cascade="all, delete-orphan",
    )
    workflow_lines: Mapped[list[WorkflowLine]] = relationship(
        back_populates="decision", order_by="WorkflowLine.position", cascade="all, delete-orphan"
    )
    leftovers: Mapped[list[Leftover]] = relationship(
        back_populates="decision", order_by="Leftover.id", cascade="all, delete-orphan"
    )


class DecisionLine(Base):
    """One row of an annex, word for word, with what it was read as.

    ``position`` is the order in the paper (0-based); ``annex``/``part``/``section``/``ordinal`` are the printed labels.
    ``cells`` is list[[column label, text]] as printed; ``doubts`` list[{column, text, reason}].
    ``effect_*`` are set only where the line differs from its decision. ``fields`` maps what the columns were read as
    (``services.line_content.FIELDS``) to the words; with the text in force they make the new text, unless ``content``
    (canonical JSON) was written out in full. ``successors`` are the keys an abolished row points to.
    ``written`` names the parts (``decisions.content.PARTS``) that ``content`` speaks for; the others follow the text in
    force. Empty with a ``content``, the content speaks for all of them.
    """

    __tablename__ = "decision_line"
    __table_args__ = (UniqueConstraint("decision_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    position: Mapped[int]
    annex: Mapped[str] = mapped_column(Text, default="")
    part: Mapped[str] = mapped_column(Text, default="")
    section: Mapped[str] = mapped_column(Text, default="")
    ordinal: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(Text, default="")  # "Phụ lục I, bảng 2, dòng 7" of the imported file
    kind: Mapped[str] = mapped_column(String(20), default="unknown")
    code_printed: Mapped[str] = mapped_column(Text, default="")
    code_key: Mapped[str] = mapped_column(String(80), default="", index=True)
    name: Mapped[str] = mapped_column(Text, default="")
    level: Mapped[str] = mapped_column(String(20), default="unknown")
    sector: Mapped[str] = mapped_column(Text, default="")
    changed_parts: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    effect_type: Mapped[str] = mapped_column(String(20), default="")
    effect_text: Mapped[str] = mapped_column(Text, default="")
    effect_from: Mapped[date | None]
    effect_until: Mapped[date | None]
    resolved_by: Mapped[str] = mapped_column(Text, default="")  # who resolved the date, and on what evidence
    replaces: Mapped[list[Any]] = mapped_column(JSON, default=list)  # codes (or names) of what this row closes
    successors: Mapped[list[Any]] = mapped_column(JSON, default=list)
    lock_version: Mapped[int] = mapped_column(default=1)
    # Long values last: SQLite reads a row from its beginning.
    cells: Mapped[list[Any]] = mapped_column(JSON, default=list)
    doubts: Mapped[list[Any]] = mapped_column(JSON, default=list)
    content: Mapped[str] = mapped_column(Text, default="")
    written: Mapped[list[Any]] = mapped_column(JSON, default=list)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    __mapper_args__ = {"version_id_col": lock_version}

    decision: Mapped[Decision] = relationship(back_populates="lines")
    targets: Mapped[list[LineTarget]] = relationship(
        back_populates="line", order_by="LineTarget.id", cascade="all, delete-orphan"
    )


class LineTarget(Base):
    """What a line does to one (procedure, level): opens a version, or closes the track when ``version_id`` is NULL.

    Rows exist from issuing on (a draft's plan is computed); n closes and m opens make an n→m replacement.
    ``corrects_id`` names the target whose dates this one keeps (đính chính).
    """

    __tablename__ = "line_target"
    __table_args__ = (UniqueConstraint("line_id", "procedure_id", "level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("decision_line.id"), index=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("procedure_version.id"), index=True)
    effective_on: Mapped[date]
    until: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("line_target.id"))

    line: Mapped[DecisionLine] = relationship(back_populates="targets")
    procedure: Mapped[Procedure] = relationship()
    version: Mapped[ProcedureVersion | None] = relationship()


class Succession(Base):
    """Old procedure → new procedure, made by a line; n:m by several rows."""

    __tablename__ = "succession"
    __table_args__ = (UniqueConstraint("line_id", "old_procedure_id", "new_procedure_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("decision_line.id"), index=True)
    old_procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    new_procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)

    line: Mapped[DecisionLine] = relationship()
    old_procedure: Mapped[Procedure] = relationship(foreign_keys=[old_procedure_id])
    new_procedure: Mapped[Procedure] = relationship(foreign_keys=[new_procedure_id])


class DecisionAct(Base):
    """What this decision does to an earlier one: whole, or by printed serial numbers of its annex.

    ``effective_on`` NULL means from the very beginning (as if it had never been). Rows found for ``serials`` wait in
    ``rows`` until a person confirms them (domain rule 7).
    """

    __tablename__ = "decision_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    target_text: Mapped[str] = mapped_column(Text, default="")
    serials: Mapped[str] = mapped_column(Text, default="")
    sentence: Mapped[str] = mapped_column(Text, default="")
    whole: Mapped[bool] = mapped_column(default=False)
    effective_on: Mapped[date | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    dismissed: Mapped[str] = mapped_column(Text, default="")  # reason why it has no effect on this catalogue

    decision: Mapped[Decision] = relationship(back_populates="acts", foreign_keys=[decision_id])
    target: Mapped[Decision | None] = relationship(foreign_keys=[target_id])
    rows: Mapped[list[ActRow]] = relationship(back_populates="act", order_by="ActRow.id", cascade="all, delete-orphan")


class ActRow(Base):
    """One older line an act by serial numbers resolved to."""

    __tablename__ = "act_row"
    __table_args__ = (UniqueConstraint("act_id", "line_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("decision_act.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("decision_line.id"), index=True)

    act: Mapped[DecisionAct] = relationship(back_populates="rows")
    line: Mapped[DecisionLine] = relationship()


class Leftover(Base):
    """A row of an imported file that became no line; a person deals with each before the draft may be submitted."""

    __tablename__ = "leftover"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    handled_at: Mapped[datetime | None] = mapped_column(Instant)
    handling: Mapped[str] = mapped_column(String(20), default="")  # line | note | ignored
    reason: Mapped[str] = mapped_column(Text, default="")

    decision: Mapped[Decision] = relationship(back_populates="leftovers")
