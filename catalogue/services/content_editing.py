"""Writing the full text of a row part by part, without ever losing what a colleague has just saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, DecisionLine, ProcedureVersion
from catalogue.services.drafting import DraftingError, StaleDraft, refuse_issued, touched
from catalogue.services.line_content import columns_content, line_content
from catalogue.services.part_words import part_words
from catalogue.services.planning import planned_text
from decisions.codec import to_plain
from decisions.content import ProcedureContent, canonical_json
from decisions.kinds import ChangeKind


@dataclass(frozen=True)
class DraftText:
    """The text of a row as it stands in the draft.

    ``start`` is the version in force it starts from, ``before`` its text (None for what is new), ``derived`` what the
    columns of the row make of it, ``current`` what it says with the parts written by hand.
    """

    line: DecisionLine
    start: ProcedureVersion | None
    before: ProcedureContent | None
    derived: ProcedureContent
    current: ProcedureContent

    def touches(self, part: str) -> bool:
        """Whether the part says anything else than the text in force."""
        return self.before is None or getattr(self.before, part) != getattr(self.current, part)


def draft_text(session: Session, line: DecisionLine, *, on: date, now: datetime) -> DraftText:
    """The text of a row; ``on`` stands for its day while that is not known.

    Raises:
        DraftingError: a row of this kind writes no text.
    """
    kind = ChangeKind(line.kind)
    if kind is ChangeKind.UNKNOWN:
        raise DraftingError("Dòng này chưa ghi loại. Chọn loại của dòng rồi soạn nội dung.")
    if not kind.opens:
        raise DraftingError("Dòng thuộc loại này không có nội dung thủ tục để soạn.")
    planned = planned_text(session, line, on=on, now=now)
    start = planned.base if planned else None
    before = start.value if start else None
    return DraftText(line, start, before, columns_content(line, before), line_content(line, before))


def mark_of_part(value: Any) -> str:
    """Tells whether the value of a part is still what somebody saw."""
    plain = json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def save_parts(
    session: Session, text: DraftText, parts: Mapping[str, Any], *, shown: Mapping[str, Any], seen: Mapping[str, str],
    actor: Account, now: datetime,
) -> tuple[str, ...]:  # fmt: skip
    """Write parts of ``decisions.content.ProcedureContent``; returns the names of those that changed.

    ``shown`` are the same parts as a page would give them back today if nobody touched them: fields know less than
    values do, and what nobody touched must stay to the letter. ``seen`` maps each part to its ``mark_of_part`` when
    the person began. A part that a colleague has changed since, and the person too, raises ``StaleDraft`` with both
    texts, and nothing is saved.
    """
    refuse_issued(text.line.decision)
    today = {part: mark_of_part(shown[part]) for part in parts}
    changed = [part for part, value in parts.items() if mark_of_part(value) not in (today[part], seen.get(part))]
    clashing = [part for part in changed if seen.get(part) != today[part]]
    if clashing:
        mine = replace(text.current, **parts)
        raise StaleDraft(
            {part: part_words(mine, part) for part in clashing},
            {part: part_words(text.current, part) for part in clashing},
            text.line.lock_version,
        )
    wanted = replace(text.current, **{part: parts[part] for part in changed})
    _store(text, wanted, changed)
    _record(session, text, wanted, changed, actor, now)
    return tuple(changed)


def restore_parts(
    session: Session, text: DraftText, parts: Iterable[str], *, actor: Account, now: datetime
) -> tuple[str, ...]:  # fmt: skip
    """Give parts back to the text in force; returns those that changed."""
    refuse_issued(text.line.decision)
    start = text.before or ProcedureContent(name=text.line.name)
    changed = [part for part in parts if getattr(text.current, part) != getattr(start, part)]
    wanted = replace(text.current, **{part: getattr(start, part) for part in changed})
    _store(text, wanted, changed)
    _record(session, text, wanted, changed, actor, now)
    return tuple(changed)


def _store(text: DraftText, wanted: ProcedureContent, changed: Iterable[str]) -> None:
    """Only what differs from what the row makes of the text in force is written out: the rest follows that text."""
    line, derived = text.line, text.derived
    whole = bool(line.content) and not line.written
    if "name" in changed:
        line.name = wanted.name
        derived = replace(derived, name=wanted.name)
    if whole:
        line.content = canonical_json(wanted)
        return
    touchable = {*line.written, *changed}
    written = sorted(part for part in touchable if getattr(wanted, part) != getattr(derived, part))
    parts = {part: getattr(wanted, part) for part in written}
    line.written = written
    line.content = canonical_json(replace(ProcedureContent(name=""), **parts)) if written else ""


def _record(
    session: Session, text: DraftText, wanted: ProcedureContent, changed: list[str], actor: Account, now: datetime
) -> None:
    if not changed:
        return
    decision = text.line.decision
    touched(session, decision, actor, now)
    audit.record(
        session, actor=actor, action=AuditAction.LINE_EDITED, subject=decision, at=now, line=text.line.position,
        changes={f"parts.{part}": [part_words(text.current, part), part_words(wanted, part)] for part in changed},
    )  # fmt: skip
    session.flush()  # so that a colleague's commit in between is noticed here
