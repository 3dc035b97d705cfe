"""Versions as search documents: everything at once (rebuild), or what the outbox says has changed (sync)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue import locality, outbox
from catalogue.models import Decision, DecisionLine, LineTarget, Procedure, ProcedureVersion, Sector, Setting, Validity
from catalogue.queries.ledger import chunked
from catalogue.queries.words import friendly_names
from decisions.content import ProcedureContent, from_json
from decisions.kinds import DecisionKind
from search_index.ports import IndexedDocument, Progress, SearchBackend, SearchError

logger = logging.getLogger(__name__)

BATCH = 300
BODY_LIMIT = 40_000  # characters; a longer text adds nothing that anybody searches for


def rebuild(session: Session, backend: SearchBackend, now: datetime, progress: Progress | None = None) -> int:
    """Index every period of every procedure into a fresh index, and mark waiting tasks as done; returns how many.

    Raises:
        IndexBusy, IndexFailed: another writer is at work, or the disk is full; the live index is as before.
    """
    waiting = [task for task, _ in outbox.pending(session, limit=1_000_000)]
    written = backend.rebuild(documents(session), progress)
    outbox.finish(session, waiting, now)
    return written


def sync(session: Session, backend: SearchBackend, now: datetime, limit: int = 500) -> int:
    """Index what the outbox names; returns the number of tasks done. The caller commits.

    Raises:
        SearchError: nothing was marked as done, a later sync tries again.
    """
    tasks = outbox.pending(session, limit)
    if not tasks:
        return 0
    ids = sorted({procedure_id for _, procedure_id in tasks})
    changes: dict[str, list[IndexedDocument]] = {str(procedure_id): [] for procedure_id in ids}
    for document in documents(session, ids):
        changes[document.procedure].append(document)
    backend.replace_procedures(changes)
    outbox.finish(session, [task for task, _ in tasks], now)
    return len(tasks)


def before_commit(session: Session, backend: SearchBackend, now: datetime) -> None:
    """Where the index joins the transaction, bring into it what was queued: both are seen at the same moment, on every
    machine. An index that cannot be written does not undo a decision; its tasks then stay in the outbox."""
    if not backend.joins_transactions:
        return
    try:
        while sync(session, backend, now):
            pass
    except SearchError as error:
        logger.warning("index not changed with the transaction: %s", error)


def after_commit(session: Session, backend: SearchBackend, clock: Callable[[], datetime]) -> Callable[[], None]:
    """A hook for ``UnitOfWork.after_commit``: sync all that waits; what fails stays in the outbox."""

    def hook() -> None:
        try:
            while sync(session, backend, clock()):
                session.commit()
        except BaseException:
            session.rollback()
            raise

    return hook


def total(session: Session) -> int:
    """How many documents a rebuild will write."""
    return session.scalar(select(func.count(Validity.id))) or 0


def documents(
    session: Session, procedure_ids: Iterable[int] | None = None, names: Mapping[int, str] | None = None
) -> Iterator[IndexedDocument]:
    """The documents of these procedures (all when None), a batch of texts in memory at a time.

    ``names`` are the friendly names by procedure id, those that officers have given when None.
    """
    ids = session.scalars(select(Procedure.id)) if procedure_ids is None else procedure_ids
    province = session.scalar(select(Setting.value).where(Setting.key == "province_name")) or ""
    for batch in chunked(ids, BATCH):
        numbers = _decision_numbers(session, batch)
        given = friendly_names(session, batch) if names is None else names
        for row in session.execute(_PERIODS.where(Validity.procedure_id.in_(batch)).order_by(Validity.id)):
            document = _document(row, numbers.get((row.procedure_id, row.level), ()), province)
            yield _named(document, given.get(row.procedure_id, ""))


def _named(document: IndexedDocument, name: str) -> IndexedDocument:
    """The document under a name that officers gave; the name of its text is still searched."""
    if not name or name == document.friendly_name:
        return document
    own = (document.friendly_name,) if document.friendly_name else ()
    return replace(document, friendly_name=name, keywords=(*document.keywords, *own))


def document_key(version_id: int, validity_id: int) -> str:
    """The key of a period's document."""
    return f"{version_id}:{validity_id}"


def version_of(key: str) -> int:
    """The version that a document's key names."""
    return int(key.partition(":")[0])


_PERIODS = (
    select(
        Validity.id, Validity.version_id, Validity.procedure_id, Validity.level, Validity.valid_from,
        Validity.valid_until, Procedure.key, Procedure.code, Procedure.register, ProcedureVersion.content,
        ProcedureVersion.agency_name, ProcedureVersion.subjects, ProcedureVersion.fee_free,
        ProcedureVersion.non_territorial, Sector.name.label("sector"),
    )
    .select_from(Validity)
    .join(Procedure, Procedure.id == Validity.procedure_id)
    .join(ProcedureVersion, ProcedureVersion.id == Validity.version_id)
    .outerjoin(Sector, Sector.id == ProcedureVersion.sector_id)
)  # fmt: skip


def _decision_numbers(session: Session, procedure_ids: list[int]) -> dict[tuple[int, str], tuple[str, ...]]:
    """Printed numbers of the decisions that touched each (procedure, level)."""
    query = (
        select(LineTarget.procedure_id, LineTarget.level, Decision.number)
        .join(DecisionLine, DecisionLine.id == LineTarget.line_id)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .where(LineTarget.procedure_id.in_(procedure_ids), Decision.kind != DecisionKind.INVENTORY)
        .order_by(LineTarget.id)
    )
    found: dict[tuple[int, str], dict[str, None]] = {}
    for procedure_id, level, number in session.execute(query):
        found.setdefault((procedure_id, level), {})[number] = None
    return {track: tuple(numbers) for track, numbers in found.items()}


def _document(row: Any, numbers: tuple[str, ...], province: str) -> IndexedDocument:
    content = from_json(row.content)
    return IndexedDocument(
        key=document_key(row.version_id, row.id),
        code=row.code or row.key,
        name=content.name,
        level=row.level,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        procedure=str(row.procedure_id),
        friendly_name=content.friendly_name,
        keywords=(*content.keywords, *content.other_names),
        body=body_text(content),
        sector=row.sector or "",
        agency=row.agency_name,
        register=row.register,
        decision_numbers=numbers,
        online_grade=content.online.value,
        subjects=tuple(row.subjects.split("; ")) if row.subjects else (),
        fee_free=row.fee_free,
        non_territorial=row.non_territorial,
        boost=locality.weight(content, province),
    )


def body_text(content: ProcedureContent) -> str:
    """What is searched besides names: outcomes, papers, subjects, steps, conditions, bases."""
    pieces = [
        *(outcome.name for outcome in content.outcomes),
        *(case.name for case in content.cases),
        *(paper.name for paper in content.papers),
        *(form.name for form in content.forms),
        *(subject.name for subject in content.subjects),
        *(sector.name for sector in content.sectors),
        *(step.text for step in (*content.steps, *(s for case in content.cases for s in case.steps))),
        *(channel.text for channel in content.channels),
        content.conditions,
        *(f"{basis.number} {basis.title}" for basis in content.bases),
        content.note,
    ]
    return "\n".join(piece for piece in pieces if piece)[:BODY_LIMIT]
