"""The number of a legal text as one key, however a source spells it, and how such a text stands on a day.

"Thông tư số 03/2023/TT-BTP", "03/2023/TT-BTP " and "3/2023/TT-BTP" are one text. A number that a source has cut off
("2014/QH13") or glued to another names no text, and stays words.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from decisions.content import LegalBasis
from decisions.text import clean, fold

_NUMBER = re.compile(
    r"(?<![\w/.])(?P<digits>\d{1,4}(?:\.\d{1,2})?[a-zđ]?)/(?:(?P<year>(?:19|20)\d{2})/)?"
    r"(?P<symbol>(?:QH|UBTVQH)\d{2}(?!\d)|[A-ZĐ]{2,}(?:-(?:TTg|[A-ZĐ]{2,}))*(?![\w-]))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


class LegalState(StrEnum):
    """How a legal text stands on a day."""

    UNKNOWN = "unknown"  # nobody has entered its days
    COMING = "coming"
    IN_FORCE = "in_force"
    ENDED = "ended"


def legal_key(text: str) -> str:
    """The key of the one number in some words ("123/2015/ND-CP"); empty where there is none, or more than one."""
    found = {_key(match) for match in _NUMBER.finditer(clean(text)) if not _is_tail(match)}
    return found.pop() if len(found) == 1 else ""


def basis_key(basis: LegalBasis) -> str:
    """The key of a basis: of its number, else of its title where that names one number only."""
    return legal_key(basis.number) or legal_key(basis.title)


def printed_number(text: str) -> str:
    """The number as printed inside some words: "Thông tư số 03/2023/TT-BTP" gives "03/2023/TT-BTP"."""
    match = next((m for m in _NUMBER.finditer(clean(text)) if not _is_tail(m)), None)
    return match.group() if match else ""


def slug_of(key: str) -> str:
    """The address form of a key: "123/2015/ND-CP" is "123-2015-nd-cp"."""
    return re.sub(r"[^a-z0-9.]+", "-", key.lower()).strip("-")


def legal_state(effective_from: date | None, effective_until: date | None, on: date) -> LegalState:
    """How a text stands; ``effective_until`` is the first day on which it no longer binds."""
    if effective_until is not None and effective_until <= on:
        return LegalState.ENDED
    if effective_from is None:
        return LegalState.UNKNOWN
    return LegalState.IN_FORCE if effective_from <= on else LegalState.COMING


def _key(match: re.Match[str]) -> str:
    digits = match["digits"].lstrip("0") or "0"
    return "/".join(filter(None, (fold(digits).upper(), match["year"], fold(match["symbol"]).upper())))


def _is_tail(match: re.Match[str]) -> bool:
    """"2014/QH13" is the end of a number whose beginning a source has lost."""
    return match["year"] is None and bool(_YEAR.fullmatch(match["digits"]))
