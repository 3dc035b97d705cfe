"""Legal texts by number: how they stand on a day, and which procedures rest on them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from catalogue.models import LegalDocument, Procedure, ProcedureVersion, Validity, VersionBasis
from catalogue.queries.ledger import chunked
from decisions.kinds import Register
from decisions.legal_numbers import LegalState, legal_state, slug_of

LISTED = 100
_SLUG = re.compile(r"[A-Za-z0-9.-]{1,100}")


@dataclass(frozen=True)
class LegalText:
    """A legal text on a day."""

    id: int
    number: str
    key: str
    title: str
    issuer: str
    issued_on: date | None
    effective_from: date | None
    effective_until: date | None
    replaced_by: str
    state: LegalState

    @property
    def slug(self) -> str:
        """The address form."""
        return slug_of(self.key)


@dataclass(frozen=True)
class Resting:
    """A procedure in force on a day whose text cites the legal text."""

    key: str
    code: str | None
    name: str
    level: str


def legal_texts(session: Session, keys: Iterable[str], on: date) -> dict[str, LegalText]:
    """The texts with these keys; of several with one number the first entered."""
    found: dict[str, LegalText] = {}
    wanted = sorted({key for key in keys if key})
    for numbers in chunked(range(len(wanted))):
        part = [wanted[number] for number in numbers]
        rows = session.scalars(
            select(LegalDocument).where(LegalDocument.number_key.in_(part)).order_by(LegalDocument.id.desc())
        )
        found |= {row.number_key: _text(row, on) for row in rows}
    return found


def by_slug(session: Session, slug: str, on: date) -> LegalText | None:
    """The text under an address; signs that addresses do not hold are compared away."""
    if not _SLUG.fullmatch(slug):
        return None
    key = func.lower(func.replace(LegalDocument.number_key, "/", "-"))
    row = session.scalars(select(LegalDocument).where(key == slug.lower()).order_by(LegalDocument.id)).first()
    return _text(row, on) if row else None


def resting_on(session: Session, key: str, on: date, *, register: str = Register.PUBLIC) -> list[Resting]:
    """The procedures that rest on a text on a day, by name."""
    query = (
        select(Procedure.key, Procedure.code, ProcedureVersion.name, Validity.level)
        .join(Validity, Validity.procedure_id == Procedure.id)
        .join(ProcedureVersion, ProcedureVersion.id == Validity.version_id)
        .join(VersionBasis, VersionBasis.version_id == ProcedureVersion.id)
        .where(VersionBasis.number_key == key, Procedure.register == register, *_binding(on))
        .order_by(ProcedureVersion.sort_name, Procedure.key, Validity.level)
    )
    return [Resting(*row) for row in session.execute(query)]


def listed(session: Session, on: date, words: str = "", *, ended_only: bool = False) -> list[tuple[LegalText, int]]:
    """Texts with the number of procedures resting on them on the day, most first; at most ``LISTED``.

    ``ended_only`` keeps those that no longer bind and that procedures still cite: what has to be looked at.
    """
    count = func.count(func.distinct(Validity.procedure_id))
    query = (
        select(LegalDocument, count)
        .outerjoin(VersionBasis, VersionBasis.number_key == LegalDocument.number_key)
        .outerjoin(Validity, (Validity.version_id == VersionBasis.version_id) & _binding(on)[0] & _binding(on)[1])
        .group_by(LegalDocument.id)
        .order_by(count.desc(), LegalDocument.number)
        .limit(LISTED)
    )
    if wanted := words.strip():
        columns = (LegalDocument.number, LegalDocument.title)
        query = query.where(or_(*(column.icontains(wanted, autoescape=True) for column in columns)))
    if ended_only:
        query = query.where(LegalDocument.effective_until <= on).having(count > 0)
    return [(_text(row, on), found) for row, found in session.execute(query)]


def _binding(on: date) -> tuple:  # type: ignore[type-arg]
    return Validity.valid_from <= on, or_(Validity.valid_until.is_(None), Validity.valid_until > on)


def _text(row: LegalDocument, on: date) -> LegalText:
    return LegalText(
        row.id, row.number, row.number_key, row.title, row.issuer, row.issued_on, row.effective_from,
        row.effective_until, row.replaced_by, legal_state(row.effective_from, row.effective_until, on),
    )  # fmt: skip
