"""A read Word file becomes a draft: lines, leftovers, acts, stated counts, and the original kept by its hash."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.imports.decision_values import EffectClause, ParsedAct, ParsedDecision, ParsedLine, RowRole, short_annex
from catalogue.imports.workflow_targets import ends_workflows_only
from catalogue.models import Account, Decision, DecisionAct, Leftover, StoredFile
from catalogue.services.acting import resolve_target
from catalogue.services.drafting import DraftHead, DraftingError, LineInput, append_line, new_draft
from catalogue.services.legality import FILE_ROWS
from catalogue.services.registry import calm_name, calm_sentence
from catalogue.services.tasks import open_tasks
from catalogue.services.workflow_importing import append_workflows
from decisions.kinds import ChangeKind, DecisionKind, EffectType

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def import_decision(
    session: Session, parsed: ParsedDecision, data: bytes, filename: str, *, actor: Account, now: datetime
) -> Decision:
    """Make a draft of a read file.

    Raises:
        DraftingError: this decision, or this very file, is already here, or it holds nothing that could be published.
    """
    refuse_empty(parsed)
    digest = hashlib.sha256(data).hexdigest()
    earlier = session.scalar(select(Decision).where(Decision.file_sha256 == digest))
    if earlier is not None:
        raise DraftingError(
            f"Tệp «{filename}» đã được nhập trước đây thành quyết định số {earlier.number or 'chưa rõ'}."
        )
    decision = new_draft(session, _head(parsed), actor=actor, now=now)
    decision.file_sha256 = store_file(session, data, filename, WORD, now)
    decision.import_notes = [asdict(problem) for problem in parsed.problems]
    for line in parsed.lines:
        append_line(session, decision, line_input(line, parsed))
    append_workflows(session, decision, parsed)
    session.add_all(Leftover(decision_id=decision.id, text=row.text, place=row.place) for row in parsed.unexplained)
    for act in parsed.acts:
        if not ends_workflows_only(act):  # its serials count workflows: as rows of a list they would end procedures
            _add_act(session, decision, act)
    open_tasks(session, decision, now)
    audit.record(
        session, actor=actor, action=AuditAction.DECISION_IMPORTED, subject=decision, at=now,
        number=decision.number, file=filename, sha256=digest,
        lines=len(parsed.lines), workflows=len(parsed.workflows), leftovers=len(parsed.unexplained),
    )  # fmt: skip
    session.flush()  # the caller shows the draft
    session.expire(decision)
    return decision


def refuse_empty(parsed: ParsedDecision) -> None:
    """A decision without annex that touches no earlier one leaves nothing to work on: its annex got lost on the way.

    Raises:
        DraftingError: with the sentence for the person who chose the file.
    """
    has_annex = any(row.role not in (RowRole.HEAD, RowRole.EMPTY) for row in parsed.rows)
    if has_annex or parsed.lines or parsed.unexplained or parsed.acts or parsed.kind is DecisionKind.DELEGATION:
        return
    raise DraftingError(
        f"Tệp «{parsed.filename}» không có phụ lục danh mục và không tác động đến quyết định nào trước đó, nên chưa "
        "nhập gì; hãy chọn tệp có đủ phụ lục."
    )


def store_file(session: Session, data: bytes, name: str, media_type: str, now: datetime) -> str:
    """Keep a file once, by its SHA-256; returns the hash."""
    digest = hashlib.sha256(data).hexdigest()
    if session.get(StoredFile, digest) is None:
        session.add(
            StoredFile(sha256=digest, name=name, media_type=media_type, size=len(data), data=data, stored_at=now)
        )
        session.flush()  # decisions refer to the hash
    return digest


def _head(parsed: ParsedDecision) -> DraftHead:
    head, effect = parsed.head, parsed.effect
    number = head.number.text if head.number.number else head.number.printed
    return DraftHead(
        kind=parsed.kind.value,
        register=parsed.register.value,
        number=number,
        issuer_text=calm_name(head.issuer or head.authority),
        signed_on=head.signed_on,
        place=head.place,
        signer=head.signer,
        capacity=head.capacity,
        subject=head.subject,
        bases=parsed.bases,
        proposal=parsed.proposal,
        articles=parsed.articles,
        recipients=parsed.recipients,
        stated=tuple(_stated(parsed)),
        **_effect(effect),
    )


def _stated(parsed: ParsedDecision) -> list[dict[str, Any]]:
    rows = {"place": FILE_ROWS, "text": "số dòng đọc được", "count": len(parsed.lines), "found": None}
    return [
        *([rows] if parsed.lines else []),
        *_printed_counts(parsed),
    ]


def _printed_counts(parsed: ParsedDecision) -> list[dict[str, Any]]:
    return [
        {
            "place": item.place,
            "text": item.text,
            "count": item.count,
            "kind": item.kind.value if item.kind else None,
            "level": item.level.value if item.level else None,
            "found": item.found,
        }
        for item in parsed.stated
        if item.found is not None
    ]


def _effect(clause: EffectClause | None) -> dict[str, Any]:
    """The columns of an effect clause; the paper's last day becomes the first day out of force."""
    if clause is None:
        return {"effect_type": EffectType.UNRESOLVED.value}
    return {
        "effect_type": clause.type.value,
        "effect_text": clause.text,
        "effect_from": clause.on,
        "effect_until": clause.until + timedelta(days=1) if clause.until else None,
    }


def line_input(line: ParsedLine, parsed: ParsedDecision) -> LineInput:
    """The row as a draft line: printed cells word for word, and what the known columns say."""
    amends = line.kind is not ChangeKind.ABOLISHED
    said = {
        "time": line.time_text,
        "place": line.place_text,
        "fee": line.fee_text,
        "channels": line.channel_text,
        "agency": line.agency_text,
        "online": line.online_text,
        "basis": line.basis_text if amends else "",
    }
    return LineInput(
        kind=line.kind.value,
        name=line.name,
        code_printed=line.code,
        level=line.level.value,
        sector=calm_sentence(line.sector),
        annex=short_annex(line.position.annex),
        part=line.position.part,
        section=line.position.section,
        ordinal=line.position.ordinal,
        place=line.position.place,
        cells=line.cells,
        doubts=tuple(asdict(doubt) for doubt in line.doubts),
        fields=said,
        changed_parts=line.changed_text or (line.note_text if amends else ""),
        basis=line.abolishing_text if not amends else (line.basis_text or ""),
        replaces=_replaced(line),
        **(_effect(line.effect) if line.effect else {}),
    )


def _replaced(line: ParsedLine) -> tuple[str, ...]:
    """What a replacing row closes: the old codes it prints, else the old name."""
    if line.kind is not ChangeKind.REPLACED:
        return ()
    codes = tuple(code for code in line.codes if code != line.code_key)
    old = tuple(filter(None, (line.old_code, "" if codes or line.old_code else line.old_name)))
    return tuple(dict.fromkeys((*old, *codes)))


def _add_act(session: Session, decision: Decision, parsed: ParsedAct) -> None:
    act = DecisionAct(
        decision_id=decision.id,
        kind=parsed.kind.value,
        target_text=parsed.target,
        serials=parsed.serials,
        sentence=parsed.sentence,
        whole=parsed.whole,
    )
    session.add(act)
    session.flush()  # rows found for the serials point to it
    resolve_target(session, act, parsed.target_date, parsed.issuer)
