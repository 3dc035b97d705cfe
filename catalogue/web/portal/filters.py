"""The query string of lists as a value: one place parses, bounds and defaults; links are made from the same value."""

from __future__ import annotations

import re
from collections.abc import Collection
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
STATES: dict[str, State | None] = {
    "con-hieu-luc": State.IN_FORCE, "sap-co-hieu-luc": State.COMING, "het-hieu-luc": State.ENDED, "tat-ca": None,
}  # fmt: skip
STATE_SLUGS = {state: slug for slug, state in STATES.items()}
ORDERS = {"ten": "name", "moi-nhat": "newest"}
ORDER_SLUGS = {order: slug for slug, order in ORDERS.items()}
YES, NO = "co", frozenset({"", "khong", "0"})
MOST_VALUES = 20


@dataclass(frozen=True)
class ProcedureFilter:
    """What a list of procedures was asked for. ``levels`` and ``online`` are identifiers; ``sectors``, ``agencies`` and
    ``subjects`` names as they stand in addresses.

    ``state`` None is every state at once: in force, else coming, else ended. ``order`` is empty (best first with a
    text, by name without), ``name`` or ``newest``; ``cut`` is True when the text was longer than ``LONGEST_TEXT``;
    ``ignored`` are values that no filter knows.
    """

    text: str = ""
    levels: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    state: State | None = State.IN_FORCE
    order: str = ""
    page: int = 1
    cut: bool = False
    agencies: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    fee_free: bool = False
    non_territorial: bool = False
    ignored: tuple[str, ...] = ()

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
            agencies=_slugs(args.getlist("co-quan")),
            subjects=_slugs(args.getlist("doi-tuong")),
            fee_free=args.get("mien-phi", "") not in NO,
            non_territorial=args.get("phi-dia-gioi", "") not in NO,
            ignored=_unknown(args),
        )

    def to_args(self) -> dict[str, Any]:
        """The query that gives the same value (``cut`` aside)."""
        pairs: dict[str, Any] = {
            "q": self.text,
            "cap": [LEVEL_SLUGS[level] for level in self.levels],
            "linh-vuc": list(self.sectors),
            "co-quan": list(self.agencies),
            "doi-tuong": list(self.subjects),
            "truc-tuyen": [GRADE_SLUGS[grade] for grade in self.online],
            "mien-phi": YES if self.fee_free else "",
            "phi-dia-gioi": YES if self.non_territorial else "",
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
        if part in ("fee_free", "non_territorial"):
            unmarked: dict[str, Any] = {part: False, "page": 1}
            return replace(self, **unmarked)
        kept = tuple(item for item in getattr(self, part) if item != value)
        changed: dict[str, Any] = {part: kept, "page": 1}
        return replace(self, **changed)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the state is filtered."""
        parts = (self.levels, self.sectors, self.agencies, self.subjects, self.online)
        return any(parts) or self.fee_free or self.non_territorial

    def anywhere(self) -> ProcedureFilter:
        """The same question and state without any other filter, from its first page."""
        return ProcedureFilter(self.text, state=self.state)

    def in_every_state(self) -> ProcedureFilter:
        """The same list with coming and ended procedures too, from its first page."""
        return replace(self, state=None, page=1)


def page_number(args: MultiDict[str, str]) -> int:
    """``trang`` as a number from 1 on; no number at all is 1. A number that no page can have ends in a page (404)."""
    written = args.get("trang", "").strip()
    if not _NUMBER.fullmatch(written):
        return 1
    if written.startswith("-") or not written.strip("+0"):
        abort(404, description=_("Không có trang «%(page)s»: trang đầu là trang 1.", page=written[:20]))
    digits = written.strip("+").lstrip("0")
    return min(int(digits), LAST_PAGE) if len(digits) < 20 else LAST_PAGE


def _unknown(args: MultiDict[str, str]) -> tuple[str, ...]:
    """Values that the filters with a fixed choice do not know, as they were written."""
    choices: dict[str, Collection[str]] = {"cap": LEVELS, "truc-tuyen": GRADES, "trang-thai": STATES, "sap-xep": ORDERS}
    written = (
        clean(value)[:40] for key, known in choices.items() for value in args.getlist(key)[:MOST_VALUES]
        if value.strip() and value not in known
    )  # fmt: skip
    return tuple(dict.fromkeys(filter(None, written)))[:5]


def _known(written: list[str], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names[name] for name in written if name in names))


def _slugs(written: list[str]) -> tuple[str, ...]:
    found = (name.strip().lower() for name in written[:MOST_VALUES])
    return tuple(dict.fromkeys(name for name in found if name and name.replace("-", "").isalnum() and len(name) <= 200))
