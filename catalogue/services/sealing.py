"""A hash over what was issued, so that a value changed by hand in the database is found and named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, object_session

from catalogue.models import Decision, DecisionLine, ProcedureVersion, WorkflowLine
from catalogue.queries.ledger import chunked
from catalogue.services.plan_words import ACT, HEAD, said, workflow_words
from catalogue.services.plan_words import LINE as PRINTED
from decisions.kinds import DecisionStatus

PASSAGE = ("number_key", "year", "issuer_id", "drafter_id", "reviewer_id", "approver_id", "issuer_account_id",
           "approved_plan", "editors", "confirmed")  # fmt: skip


def seal(decision: Decision) -> str:
    """SHA-256 over head, passage, lines, texts and acts as issued; ``catalogue replay --check`` recomputes it."""
    texts = _text_hashes(decision)
    issued_at = decision.issued_at.astimezone(UTC).isoformat() if decision.issued_at else ""
    value = [
        [said(getattr(decision, name)) for name in (*HEAD, *PASSAGE)],
        issued_at,
        [_line(line, texts) for line in decision.lines],
        [_workflow(line) for line in decision.workflow_lines],
        [[*(said(getattr(a, name)) for name in ACT), sorted(r.line_id for r in a.rows)] for a in decision.acts],
    ]
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def _text_hashes(decision: Decision) -> dict[int, str]:
    """The hash of every text that the decision opened, without loading the texts."""
    session = object_session(decision)
    ids = {target.version_id for line in decision.lines for target in line.targets if target.version_id is not None}
    found: dict[int, str] = {}
    if session is None:
        return found
    for chunk in chunked(ids):
        query = select(ProcedureVersion.id, ProcedureVersion.content_hash).where(ProcedureVersion.id.in_(chunk))
        found.update((row.id, row.content_hash) for row in session.execute(query))
    return found


def _line(line: DecisionLine, texts: Mapping[int, str]) -> list[object]:
    targets = [
        [
            t.procedure_id, t.level, t.version_id, str(t.effective_on), str(t.until), t.corrects_id,
            t.recorded_at.astimezone(UTC).isoformat(), texts.get(t.version_id or 0, ""),
        ]
        for t in sorted(line.targets, key=lambda target: target.id)
    ]  # fmt: skip
    return [line.position, line.code_key, line.resolved_by, *(said(getattr(line, name)) for name in PRINTED), targets]


def _workflow(line: WorkflowLine) -> list[object]:
    targets = [
        [t.procedure_id, t.level, t.track, t.workflow_id, str(t.effective_on), str(t.until),
         t.recorded_at.astimezone(UTC).isoformat()]
        for t in sorted(line.targets, key=lambda target: target.id)
    ]  # fmt: skip
    return [line.position, line.code_key, workflow_words(line), targets]


def is_whole(decision: Decision) -> bool:
    """Whether an issued decision still is what was issued."""
    return decision.seal == seal(decision)


def broken_seals(session: Session) -> list[Decision]:
    """Issued decisions whose head, lines or targets are no longer what was issued, or whose seal was wiped."""
    carried = (Decision.approved_plan != "") | Decision.issuer_account_id.is_not(None)
    sealed = select(Decision).where(or_(Decision.seal != "", (Decision.status == DecisionStatus.ISSUED) & carried))
    return [decision for decision in session.scalars(sealed.order_by(Decision.id)) if not is_whole(decision)]
