"""New versions and the columns that lists read from their text."""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.models import Procedure, ProcedureVersion, Sector
from catalogue.services.legal_texts import record_bases
from decisions.charges import is_fee_free
from decisions.content import Fee, ProcedureContent, awaits_content, canonical_json, content_hash
from decisions.text import squeezed
from search_index.vietnamese import collation_key, fold

LONGEST_SUBJECT = 80


def projected(content: ProcedureContent) -> dict[str, Any]:
    """The list columns of ``ProcedureVersion`` as the text gives them (all but the sector, which is a row)."""
    executing = content.bodies.executing or content.bodies.deciding
    return {
        "name": content.name,
        "sort_name": collation_key(content.name),
        "name_key": name_key(content.name),
        "friendly_name": content.friendly_name,
        "agency_name": "; ".join(dict.fromkeys(body.name for body in executing)),
        "subjects": "; ".join(subject_names(content)),
        "time_text": "; ".join(content.time_texts),
        "fee_text": "; ".join(dict.fromkeys(filter(None, (fee_words(fee) for fee in content.all_fees)))),
        "online": content.online.value,
        "fee_free": is_fee_free(content),
        "non_territorial": content.flags.non_territorial,
        "awaits_content": awaits_content(content),
    }


def subject_names(content: ProcedureContent) -> tuple[str, ...]:
    """Who may ask, as names to choose by: bullets and full stops off, whole paragraphs left to the page itself."""
    names = (" ".join(subject.name.replace(";", ",").split()).strip(" .,•+-") for subject in content.subjects)
    return tuple(dict.fromkeys(name for name in names if 0 < len(name) <= LONGEST_SUBJECT))


def name_key(name: str) -> str:
    """One key (32 hex digits) for all spellings of a name: blanks, marks, capitals and tone placement aside."""
    return hashlib.sha256(squeezed(name).encode()).hexdigest()[:32]


def fee_words(fee: Fee) -> str:
    """The printed words of a fee, else its amount; a bare zero says nothing (domain rule 17)."""
    if fee.text:
        return fee.text
    if fee.amount:
        return f"{money(fee.amount)} đồng"
    return ""


def money(amount: Decimal) -> str:
    """An amount of đồng the Vietnamese way: 1.234.500, decimals after a comma."""
    whole, _, decimals = f"{amount:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals.strip("0") else grouped


def make_version(
    session: Session, procedure: Procedure, level: str, content: ProcedureContent, now: datetime
) -> ProcedureVersion:
    """Add the next version of a procedure; flushed, so that it has an id."""
    last = session.scalar(
        select(func.max(ProcedureVersion.number)).where(ProcedureVersion.procedure_id == procedure.id)
    )
    version = ProcedureVersion(
        procedure_id=procedure.id,
        level=level,
        number=(last or 0) + 1,
        content=canonical_json(content),
        content_hash=content_hash(content),
        sector_id=sector_id(session, content),
        created_at=now,
        **projected(content),
    )
    session.add(version)
    session.flush()  # lines point to the id
    record_bases(session, version, content)
    return version


def sector_id(session: Session, content: ProcedureContent) -> int | None:
    """The row of the first sector of the text, made when it is new."""
    if not content.sectors:
        return None
    named = content.sectors[0]
    slug = sector_slug(named.name)
    if not slug:
        return None
    row = session.scalar(select(Sector).where(Sector.slug == slug))
    if row is None:
        row = Sector(name=named.name, slug=slug, code=named.code)
        session.add(row)
        session.flush()  # versions point to the id
    return row.id


def sector_slug(name: str) -> str:
    """The address form of a sector's name: "Hộ tịch" becomes "ho-tich"; at most 200 characters."""
    words = "".join(c if c.isalnum() else " " for c in fold(name)).split()
    return "-".join(words)[:200].strip("-")
