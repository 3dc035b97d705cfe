"""A text in the shape of the national portal's answers (July 2026), for upload and exchange.

What an import brought and we do not model comes out as it came in (``extra``); what is given here stands over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from catalogue.imports.portal import VIETNAM
from catalogue.imports.portal_edits import row_without_stale, without_stale
from catalogue.imports.portal_levels import LEVEL_FLAGS
from catalogue.imports.portal_writing import write_content, write_row
from decisions.content import ProcedureContent
from decisions.kinds import Level


@dataclass(frozen=True)
class PublishingDecision:
    """The decision that published the text: number as printed, issuing body, day of signing."""

    number: str
    issuer: str
    signed_on: date | None


def to_national(
    content: ProcedureContent,
    *,
    code: str = "",
    levels: Iterable[Level] | None = None,
    decision: PublishingDecision | None = None,
) -> dict[str, Any]:
    """One detail record. What is not given keeps what the record came with; a text of our own has no national id.

    Dates are epoch milliseconds at 00:00 +07:00, as the portal keeps them.
    """
    record = write_content(without_stale(content))
    if code and code != record.get("code"):
        record |= {"code": code, "codeNotation": code}
    if levels is not None:
        named = set(levels)
        record |= {flag: level in named for flag, level in LEVEL_FLAGS.items()}
    if decision is not None:
        record["procedureProposal"] = _proposal(record.get("procedureProposal"), decision)
    return record


def to_national_row(content: ProcedureContent) -> dict[str, Any]:
    """One row of the national list: what a listing says, and what the row came with.

    A list of names as it came (with blanks, list marks or repeats) stands while it still says the same.
    """
    return {**write_row(content), **row_without_stale(content).extra}


def to_answer(record: Mapping[str, Any]) -> dict[str, Any]:
    """The envelope in which the portal sends a record."""
    return {"code": "OK", "data": dict(record)}


def milliseconds(day: date) -> int:
    """The beginning of a day in Vietnam as epoch milliseconds."""
    start = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return (start - datetime(1970, 1, 1, tzinfo=VIETNAM) - timedelta(hours=7)) // timedelta(milliseconds=1)


def _proposal(known: object, decision: PublishingDecision) -> dict[str, Any]:
    """The decision as the portal writes it; one it already knew keeps the keys it came with."""
    day = None if decision.signed_on is None else milliseconds(decision.signed_on)
    old = known if isinstance(known, dict) else {}
    if old.get("proposalNumber") == decision.number and old.get("decisionDate") == day:
        return dict(old)
    return {"proposalNumber": decision.number, "decisionDate": day, "issuingAgency": {"name": decision.issuer}}
