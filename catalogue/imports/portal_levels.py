"""Levels of government of a national record: by its flags, else guessed from the names of the bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalogue.imports.portal_values import Node
from decisions.kinds import Level, Register
from decisions.text import fold

LEVEL_FLAGS: dict[str, Level] = {
    "isMinistry": Level.CENTRAL,
    "isProvince": Level.PROVINCE,
    "isDistrict": Level.DISTRICT,
    "isWard": Level.COMMUNE,
    "isOtherAgency": Level.OTHER,
}
"""``isVertical`` (ngành dọc) and ``isUndetermined`` say nothing about the level and stay as they came."""

# In this order: "cơ quan … thuộc UBND cấp xã" is of the commune, "Sở … tỉnh" of the province.
_NAMES: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.COMMUNE, re.compile(r"\bcap xa\b|\b(?:ubnd|uy ban nhan dan)\s+(?:cac )?(?:xa|phuong)\b")),
    (Level.COMMUNE, re.compile(r"^phong (?:kinh te|van hoa)")),
    (Level.DISTRICT, re.compile(r"\bcap huyen\b|\b(?:ubnd|uy ban nhan dan)\s+(?:huyen|quan|thi xa)\b")),
    (Level.CENTRAL, re.compile(r"^(?:bo(?! chi huy| phan| tu lenh)|tong cuc|vu|thu tuong|chinh phu)\b")),
    (Level.CENTRAL, re.compile(r"^ngan hang nha nuoc viet nam\b")),
    (Level.PROVINCE, re.compile(r"\bcap tinh\b|\btinh\b|\bthanh pho\b|^so\b")),
    (Level.PROVINCE, re.compile(r"^(?:chi nhanh )?van phong dang ky dat dai|^phong (?:quan ly )?xuat nhap canh")),
    (Level.PROVINCE, re.compile(r"^ngan hang nha nuoc khu vuc|^ban quan ly (?:cac )?khu\b")),
    (Level.CENTRAL, re.compile(r"^cuc\b|^uy ban chung khoan|\bviet nam$|\bquoc gia$|- bo\b")),
    (Level.CENTRAL, re.compile(r"\bcap (?:trung uong|bo)\b|^thanh tra chinh phu|^van phong bo\b")),
)


_IN_TITLE = re.compile(r"\(([^()]*)\)|(?:tại|ở) (cấp (?:tỉnh|xã|trung ương))", re.IGNORECASE)


def read_levels(node: Node) -> tuple[Level, ...]:
    """The levels that the flags of a detail record name, in the order of government; () when none is set."""
    return tuple(level for key, level in LEVEL_FLAGS.items() if node.flag(key))


def guess_levels(names: Iterable[str], title: str = "") -> tuple[Level, ...]:
    """The levels that the names of executing bodies suggest, else what the title says ("… (cấp tỉnh)"); () for none."""
    found = {level for name in names if (level := _level_of(name)) is not None}
    if not found:
        found = {level for pair in _IN_TITLE.findall(title) if (level := _level_of("".join(pair))) is not None}
    return tuple(level for level in LEVEL_FLAGS.values() if level in found)


def _level_of(name: str) -> Level | None:
    folded = fold(name)
    return next((level for level, pattern in _NAMES if pattern.search(folded)), None)


def read_register(node: Node) -> Register:
    """Internal procedures (QĐ 1085/QĐ-TTg) go to a register of their own."""
    internal = node.flag("isInternal") or node.text("type") == "STANDARD_INTERNAL"
    return Register.INTERNAL if internal else Register.PUBLIC
