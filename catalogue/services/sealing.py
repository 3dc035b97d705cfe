"""A hash over what was issued, so that a value changed by hand in the database is found and named."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Decision

HEAD = (
    "number", "issuer_text", "signed_on", "signer", "capacity", "subject", "effect_type", "effect_text", "effect_from",
)  # fmt: skip


def seal(decision: Decision) -> str:
    """SHA-256 over head, lines and targets as issued; ``catalogue replay --check`` recomputes it."""
    lines = [
        [
            line.position,
            line.kind,
            line.code_printed,
            line.name,
            line.level,
            line.sector,
            line.cells,
            line.changed_parts,
        ]
        + [[t.procedure_id, t.level, t.version_id, str(t.effective_on), str(t.until)] for t in line.targets]
        for line in decision.lines
    ]
    acts = [[a.kind, a.target_id, a.whole, str(a.effective_on), [r.line_id for r in a.rows]] for a in decision.acts]
    value = [[str(getattr(decision, name)) for name in HEAD], lines, acts]
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def broken_seals(session: Session) -> list[Decision]:
    """Issued decisions whose head, lines or targets are no longer what was issued."""
    sealed = session.scalars(select(Decision).where(Decision.seal != "").order_by(Decision.id))
    return [decision for decision in sealed if seal(decision) != decision.seal]
