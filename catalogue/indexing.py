"""Versions as search documents: everything at once (rebuild), or what the outbox says has changed (sync)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
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

    What binds without an end comes first, then what ended last: an index keeps apart what nobody asks for today.
    ``names`` are the friendly names by procedure id, those that officers have given when None.
    """
    province = session.scalar(select(Setting.value).where(Setting.key == "province_name")) or ""
    periods = _latest_first(session, procedure_ids)
    for start in range(0, len(periods), BATCH):
        batch = dict(periods[start : start + BATCH])
        numbers = _decision_numbers(session, set(batch.values()))
        given = friendly_names(session, sorted(set(batch.values()))) if names is None else names
        rows = {row.id: row for row in session.execute(_PERIODS.where(Validity.id.in_(batch)))}
        for row in (rows[period] for period in batch if period in rows):
            told = _until(numbers.get((row.procedure_id, row.level), []), row.valid_until)
            yield _named(_document(row, told, province), given.get(row.procedure_id, ""))


def _latest_first(session: Session, procedure_ids: Iterable[int] | None) -> list[tuple[int, int]]:
    """(period, procedure) of these procedures."""
    query = select(Validity.id, Validity.procedure_id, Validity.valid_until)
    if procedure_ids is None:
        rows = list(session.execute(query))
    else:
        found = (session.execute(query.where(Validity.procedure_id.in_(ids))) for ids in chunked(procedure_ids))
        rows = [row for part in found for row in part]
    rows.sort(key=lambda row: (-(row.valid_until or date.max).toordinal(), row.id))
    return [(row.id, row.procedure_id) for row in rows]


def _named(document: IndexedDocument, name: str) -> IndexedDocument:
    """The document under a name that officers gave; the name of its text is still searched."""
    if not name or name == document.friendly_name:
        return document
    own = (document.friendly_name,) if document.friendly_name else ()
    return replace(document, friendly_name=name, keywords=(*document.keywords, *own))


def document_key(version_id: int, valid_from: date) -> str:
    """The key of a period's document; it stays the same when other periods of the procedure change."""
    return f"{version_id}:{valid_from.isoformat()}"


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


Numbered = list[tuple[date, str]]
"""(from which day, printed number) of decisions, in recorded order."""


def _decision_numbers(session: Session, procedure_ids: Iterable[int]) -> dict[tuple[int, str], Numbered]:
    """The decisions that touched each (procedure, level)."""
    query = (
        select(LineTarget.procedure_id, LineTarget.level, LineTarget.effective_on, Decision.number)
        .join(DecisionLine, DecisionLine.id == LineTarget.line_id)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .where(LineTarget.procedure_id.in_(procedure_ids), Decision.kind != DecisionKind.INVENTORY)
        .order_by(LineTarget.id)
    )
    found: dict[tuple[int, str], Numbered] = {}
    for procedure_id, level, day, number in session.execute(query):
        found.setdefault((procedure_id, level), []).append((day, number))
    return found


def _until(numbers: Numbered, end: date | None) -> tuple[str, ...]:
    """The numbers by which a text is found: all up to the decision that ended it. What came later is not about it,
    and a long history need not be indexed again for each new decision."""
    return tuple(dict.fromkeys(number for day, number in numbers if end is None or day <= end))


def _document(row: Any, numbers: tuple[str, ...], province: str) -> IndexedDocument:
    content = from_json(row.content)
    return IndexedDocument(
        key=document_key(row.version_id, row.valid_from),
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
