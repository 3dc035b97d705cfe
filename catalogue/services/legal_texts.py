"""Legal texts that procedures rest on: a row for each number that is cited, which version rests on which, and edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, LegalDocument, ProcedureVersion, VersionBasis
from catalogue.queries.ledger import chunked
from catalogue.services.merging import DraftingError, plain
from decisions.content import LegalBasis, ProcedureContent
from decisions.legal_numbers import basis_key, legal_key, printed_number

LONGEST_KEY = 80
FIELDS = ("title", "issuer", "issued_on", "effective_from", "effective_until", "replaced_by")


def basis_keys(content: ProcedureContent) -> tuple[str, ...]:
    """The keys of the legal texts that a text cites by a whole number, each once."""
    keys = (basis_key(basis) for basis in content.bases)
    return tuple(dict.fromkeys(key for key in keys if key and len(key) <= LONGEST_KEY))


def record_bases(session: Session, version: ProcedureVersion, content: ProcedureContent) -> None:
    """Write what a new version rests on; texts that nobody knew become rows with nothing but number and title."""
    keys = basis_keys(content)
    if not keys:
        return
    session.execute(insert(VersionBasis), [{"version_id": version.id, "number_key": key} for key in keys])
    known = set(session.scalars(select(LegalDocument.number_key).where(LegalDocument.number_key.in_(keys))))
    rows = unknown_documents(content.bases, known)
    if rows:
        session.execute(insert(LegalDocument), rows)


def unknown_documents(bases: Iterable[LegalBasis], known: set[str]) -> list[dict[str, str]]:
    """Rows for the cited texts that have none yet; ``known`` learns their keys."""
    rows = []
    for basis in bases:
        key = basis_key(basis)
        if key and key not in known and len(key) <= LONGEST_KEY:
            known.add(key)
            number = printed_number(basis.number) or printed_number(basis.title)
            rows.append({"number": number, "number_key": key, "title": basis.title})
    return rows


def edit_document(
    session: Session, document: LegalDocument, values: Mapping[str, Any], *, actor: Account, now: datetime
) -> None:
    """Enter what is known of a legal text: title, issuer, days of force, what took its place.

    Raises:
        DraftingError: the days are in a wrong order, or ``replaced_by`` names no number.
    """
    before = {name: getattr(document, name) for name in FIELDS}
    after = {**before, **values}
    first, last = after["effective_from"], after["effective_until"]
    if first is not None and last is not None and last <= first:
        raise DraftingError(f"Ngày hết hiệu lực {last:%d/%m/%Y} phải sau ngày có hiệu lực {first:%d/%m/%Y}.")
    if after["replaced_by"] and not legal_key(after["replaced_by"]):
        raise DraftingError(f"Văn bản thay thế «{after['replaced_by'][:80]}» chưa đọc được thành một số và ký hiệu.")
    changes = {k: [plain(before[k]), plain(after[k])] for k in FIELDS if plain(before[k]) != plain(after[k])}
    if not changes:
        return
    for name in FIELDS:
        setattr(document, name, after[name])
    document.edited_at = now
    audit.record(session, actor=actor, action=AuditAction.LEGAL_TEXT_EDITED, subject=document, at=now,
                 number=document.number, changes=changes)  # fmt: skip


def known_keys(session: Session, keys: Iterable[str]) -> set[str]:
    """Which of these keys have a row."""
    found: set[str] = set()
    wanted = sorted(set(keys))
    for numbers in chunked(range(len(wanted))):
        part = [wanted[number] for number in numbers]
        found |= set(session.scalars(select(LegalDocument.number_key).where(LegalDocument.number_key.in_(part))))
    return found
