"""The query string of lists as a value: one place parses, bounds and defaults; links are made from the same value."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from flask import abort
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from catalogue.queries.facts import State
from search_index.vietnamese import clean

_NUMBER = re.compile(r"[+-]?\d+", re.ASCII)
LONGEST_TEXT = 300
LAST_PAGE = 1_000_000

LEVELS = {
    "trung-uong": "central", "tinh": "province", "huyen": "district", "xa": "commune", "dung-chung": "shared",
    "co-quan-khac": "other", "chua-ro": "unknown",
}  # fmt: skip
LEVEL_SLUGS = {level: slug for slug, level in LEVELS.items()}
GRADES = {"toan-trinh": "full", "mot-phan": "partial", "chi-thong-tin": "information", "chua-ro": "unknown"}
GRADE_SLUGS = {grade: slug for slug, grade in GRADES.items()}
STATES = {"con-hieu-luc": State.IN_FORCE, "sap-co-hieu-luc": State.COMING, "het-hieu-luc": State.ENDED}
STATE_SLUGS = {state: slug for slug, state in STATES.items()}
ORDERS = {"ten": "name", "moi-nhat": "newest"}
ORDER_SLUGS = {order: slug for slug, order in ORDERS.items()}


@dataclass(frozen=True)
class ProcedureFilter:
    """What a list of procedures was asked for. ``levels`` and ``online`` are identifiers, ``sectors`` slugs.

    ``order`` is empty (best first with a text, by name without), ``name`` or ``newest``; ``cut`` is True when the text
    was longer than ``LONGEST_TEXT``.
    """

    text: str = ""
    levels: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    state: State = State.IN_FORCE
    order: str = ""
    page: int = 1
    cut: bool = False

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> ProcedureFilter:
        """Read a query; what is not understood becomes the default."""
        text = clean(args.get("q", "")[: LONGEST_TEXT * 4])
        return cls(
            text=text[:LONGEST_TEXT].strip(),
            levels=_known(args.getlist("cap"), LEVELS),
            sectors=_slugs(args.getlist("linh-vuc")),
            online=_known(args.getlist("truc-tuyen"), GRADES),
            state=STATES.get(args.get("trang-thai", ""), State.IN_FORCE),
            order=ORDERS.get(args.get("sap-xep", ""), ""),
            page=page_number(args),
            cut=len(clean(args.get("q", ""))) > LONGEST_TEXT,
        )

    def to_args(self) -> dict[str, Any]:
        """The query that gives the same value (``cut`` aside)."""
        pairs: dict[str, Any] = {
            "q": self.text,
            "cap": [LEVEL_SLUGS[level] for level in self.levels],
            "linh-vuc": list(self.sectors),
            "truc-tuyen": [GRADE_SLUGS[grade] for grade in self.online],
            "trang-thai": STATE_SLUGS[self.state] if self.state is not State.IN_FORCE else "",
            "sap-xep": ORDER_SLUGS.get(self.order, ""),
            "trang": self.page if self.page > 1 else "",
        }
        return {name: value for name, value in pairs.items() if value}

    def on_page(self, page: int) -> ProcedureFilter:
        """The same list on another page."""
        return replace(self, page=page)

    def without(self, part: str, value: str = "") -> ProcedureFilter:
        """The same list with one chosen word taken away, from its first page."""
        if part == "text":
            return replace(self, text="", page=1)
        if part == "state":
            return replace(self, state=State.IN_FORCE, page=1)
        kept = tuple(item for item in getattr(self, part) if item != value)
        changed: dict[str, Any] = {part: kept, "page": 1}
        return replace(self, **changed)


def page_number(args: MultiDict[str, str]) -> int:
    """``trang`` as a number from 1 on; no number at all is 1. A number that no page can have ends in a page (404)."""
    written = args.get("trang", "").strip()
    if not _NUMBER.fullmatch(written):
        return 1
    if written.startswith("-") or not written.strip("+0"):
        abort(404, description=_("Không có trang «%(page)s»: trang đầu là trang 1.", page=written[:20]))
    digits = written.strip("+").lstrip("0")
    return min(int(digits), LAST_PAGE) if len(digits) < 20 else LAST_PAGE


def _known(written: list[str], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names[name] for name in written if name in names))


def _slugs(written: list[str]) -> tuple[str, ...]:
    found = (name.strip().lower() for name in written[:20])
    return tuple(dict.fromkeys(name for name in found if name and name.replace("-", "").isalnum() and len(name) <= 200))
