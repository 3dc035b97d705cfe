"""Agencies found by any of the ways their name is written, or made when new."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Agency
from search_index.vietnamese import clean, fold

_PREFIX = re.compile(
    r"^(chu tich|bo truong|giam doc|chanh van phong|thu truong)\s+(?=uy ban|bo\b|so\b|van phong|trung tam)"
)
_SHORT = (
    (r"\bubnd\b", "uy ban nhan dan"),
    (r"\btp\b\.?", "thanh pho"),
    (r"\btt pvhcc\b", "trung tam phuc vu hanh chinh cong"),
)
_KINDS = (
    ("uy ban nhan dan tinh", "committee_province", "province"),
    ("uy ban nhan dan thanh pho", "committee_province", "province"),
    ("uy ban nhan dan huyen", "committee_district", "district"),
    ("uy ban nhan dan quan", "committee_district", "district"),
    ("uy ban nhan dan xa", "committee_commune", "commune"),
    ("uy ban nhan dan phuong", "committee_commune", "commune"),
    ("uy ban nhan dan cap xa", "committee_commune", "commune"),
    ("trung tam phuc vu hanh chinh cong", "centre", "province"),
    ("so ", "department", "province"),
    ("bo ", "ministry", "central"),
)


def agency_key(name: str) -> str:
    """One key for the ways a body is written: "CHỦ TỊCH UBND TỈNH X" and "Ủy ban nhân dân tỉnh X" are one body."""
    folded = " ".join(re.sub(r"[^\w\s]", " ", fold(clean(name))).split())
    for short, long in _SHORT:
        folded = re.sub(short, long, folded)
    return _PREFIX.sub("", folded)


def agency_named(session: Session, name: str) -> Agency | None:
    """The agency of that name, made when new; ``None`` for an empty name. The first spelling seen is kept."""
    key = agency_key(name)
    if not key:
        return None
    found = session.scalar(select(Agency).where(Agency.folded_name == key).order_by(Agency.id))
    if found is None:
        kind, level = _kind_of(key)
        found = Agency(name=calm_name(clean(name)), folded_name=key, kind=kind, level=level)
        session.add(found)
        session.flush()  # decisions point to the id
    return found


def _kind_of(key: str, table: Iterable[tuple[str, str, str]] = _KINDS) -> tuple[str, str]:
    return next(((kind, level) for start, kind, level in table if key.startswith(start)), ("other", "unknown"))


_COMMON = (
    "chủ tịch", "ủy ban nhân dân", "uỷ ban nhân dân", "tỉnh", "thành phố", "xã", "phường", "huyện", "quận", "sở", "bộ",
    "trung tâm phục vụ hành chính công", "văn phòng",
)  # fmt: skip


def calm_name(name: str) -> str:
    """A body's name as a sentence writes it: heads are printed in capitals, pages are not."""
    if not name.isupper():
        return name
    words = " " + name.lower() + " "
    titled = " " + name.title() + " "
    for common in sorted(_COMMON, key=len, reverse=True):
        at = words.find(f" {common} ")
        if at >= 0:
            titled = titled[:at] + f" {common} " + titled[at + len(common) + 2 :]
    titled = titled.replace("Ubnd", "UBND").replace("Tp.", "TP.").strip()
    return titled[:1].upper() + titled[1:]


def calm_sentence(text: str) -> str:
    """A heading in capitals as a sentence: only its first letter stays large."""
    return text[:1] + text[1:].lower() if text.isupper() and len(text) > 4 else text
