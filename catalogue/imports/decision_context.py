"""Where on paper the reader stands: annex, part, section, and what the headings so far say of kind, level and sector.

The nearest words win; what they contradict is remembered so that the line carries a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from catalogue.imports.decision_labels import (
    change_kinds,
    level_of_heading,
    names_workflows,
    sector_of_group,
    sector_of_title,
)
from catalogue.imports.decision_values import Doubt
from decisions.kinds import ChangeKind, Level
from decisions.text import fold, squeezed

_ANNEX_START = re.compile(r"^\s*phụ lục\b(?!\s+(?:này|kèm|ban hành))", re.IGNORECASE)
_PART = re.compile(r"^\s*PHẦN\s+(?:[IVX]+|\d+|THỨ)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:[A-HĐ]|[IVX]{1,5}|\d{1,2}|[a-đ])\s*[.)]\s*\S")
_ATTACHED = re.compile(
    r"\(\s*(?:ban hành\s+)?(?:kèm|theo)[^()]*(?:\([^()]*\)[^()]*)*\)|^\s*(?:ban hành )?kèm theo quyết định[^()]*$",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"\bnoi dung (?:cu the|quy trinh|thu tuc|tthc|chi tiet|phuong an|cua)|^\W*noi dung\b")


class Zone(StrEnum):
    """What the current stretch of the annexes holds."""

    LISTING = "listing"
    CONTENT = "content"
    WORKFLOW = "workflow"


class HeadingRank(StrEnum):
    """How far a heading reaches."""

    ANNEX = "annex"
    PART = "part"
    SECTION = "section"
    TITLE = "title"  # chữ hoa, không đánh số
    NONE = "none"


def rank_of(text: str) -> HeadingRank:
    """Whether a paragraph or a glued cell is a heading, and which."""
    first = text.split("\n")[0]
    if _ANNEX_START.match(first):
        return HeadingRank.ANNEX
    if _PART.match(first):
        return HeadingRank.PART
    letters = [c for c in text if c.isalpha()]
    upper = bool(letters) and sum(c.isupper() for c in letters) / len(letters) > 0.7
    speaks = bool(re.search(r"thu tuc|tthc|danh muc|quy trinh|linh vuc|cap (?:tinh|xa|huyen)|dung chung", fold(text)))
    if _NUMBERED.match(first) and speaks and (upper or "danh muc" in fold(text[:45]) or len(text) < 90):
        return HeadingRank.SECTION
    return HeadingRank.TITLE if upper and speaks and len(letters) > 5 else HeadingRank.NONE


def split_at_note(text: str) -> tuple[str, str]:
    """An annex title and what stands behind its "(Kèm theo Quyết định số …)"; without such a note all is title."""
    match = _ATTACHED.search(text)
    return (text[: match.start()].strip(), text[match.end() :].strip(" .")) if match else (text, "")


def is_attachment_note(text: str) -> bool:
    """Whether a paragraph is only "(Kèm theo Quyết định số …)", which closes an annex title."""
    return split_at_note(text) == ("", "")


@dataclass(frozen=True)
class DecisionKinds:
    """What the decision as a whole says: the attribute it sets, if it is such a list, and the changes it names."""

    listing: ChangeKind | None
    subject: tuple[ChangeKind, ...]
    named: frozenset[ChangeKind]


@dataclass
class Context:
    """Mutable: one is carried along the annexes. ``groups`` are ids of the headings a line stands under."""

    whole: DecisionKinds
    subject_level: Level | None
    subject_sector: str
    annex: str = ""
    part: str = ""
    section: str = ""
    zone: Zone = Zone.LISTING
    annex_kind: ChangeKind | None = None
    annex_level: Level | None = None
    annex_sector: str = ""
    kind: ChangeKind | None = None
    header_kind: ChangeKind | None = None
    outer_level: Level | None = None
    level: Level | None = None
    sector: str = ""
    titling: bool = False
    groups: dict[str, int] = field(default_factory=dict)
    _group_ids: int = 0
    _sector_number: str = ""

    def start_annex(self, text: str) -> None:
        """A new annex forgets everything that was said before."""
        self.annex, self.part, self.section = " ".join(text.split()), "", ""
        self.kind = self.header_kind = self.level = self.outer_level = None
        self.sector, self.titling = "", True
        self.groups = {}
        self._read_annex_title()

    def extend_annex(self, text: str) -> None:
        """A further line of the annex title."""
        self.annex = f"{self.annex} {' '.join(text.split())}".strip()
        self._read_annex_title()

    def _read_annex_title(self) -> None:
        self.annex_kind = self._said(self.annex)
        self.annex_level = level_of_heading(self.annex)
        self.annex_sector = sector_of_title(self.annex)
        self.zone = zone_of(self.annex) or Zone.LISTING

    def _said(self, text: str) -> ChangeKind | None:
        kinds = change_kinds(text)
        if ChangeKind.MOVED_SECTOR in self.whole.named and kinds == (ChangeKind.AMENDED,):
            return ChangeKind.MOVED_SECTOR
        if not kinds and names_workflows(text) and "thủ tục hành chính nội bộ" not in text.lower():
            return ChangeKind.WORKFLOW
        return kinds[0] if len(kinds) == 1 else None

    def start_part(self, text: str) -> None:
        """A PHẦN heading."""
        self.part, self.section = " ".join(text.split()), ""
        self._start_stretch(text)

    def start_section(self, text: str) -> None:
        """A numbered or capital heading above a table."""
        self.section = " ".join(text.split())
        self._start_stretch(text)

    def _start_stretch(self, text: str) -> None:
        self.zone = zone_of(text) or self.zone
        kind = self._said(text)
        if kind or change_kinds(text):
            self.kind = kind
            self.groups = {}
        level = level_of_heading(text)
        if kind or level or self.zone is not Zone.LISTING:
            self.level = self.outer_level = level
        self.header_kind = None
        self.sector = sector_of_group(text)
        self.groups = {name: group for name, group in self.groups.items() if name == "kind"}

    def open_heading(self) -> int:
        """A heading above tables or rows; it closes all groups below it."""
        self._group_ids += 1
        self.groups = {"kind": self._group_ids}
        return self._group_ids

    def enter_group(self, text: str, number: str = "") -> int:
        """A group row inside a table; gives the group its id, by which stated counts are checked."""
        self._group_ids += 1
        self._follow_number(number.strip(" ."))
        kinds, level, sector = change_kinds(text), level_of_heading(text), sector_of_group(text)
        name = "other"
        if len(kinds) == 1:
            self.kind, self.header_kind, name = self._said(text), None, "kind"
            self.groups = {}
            self.level, self.sector = level, sector
        if sector and not level:
            self.level = self.outer_level if "level" in self.groups and "sector" in self.groups else self.level
            self.sector, name = sector, "sector" if name == "other" else name
            self._leave_inner("sector")
        elif level:
            inside = "sector" in self.groups and self.outer_level is None
            self.level, name = level, "level" if name == "other" else name
            if not inside:
                self.outer_level, self.sector = level, sector
                self._leave("sector")
            self._leave_inner("level")
        self.groups[name] = self._group_ids
        return self._group_ids

    def _follow_number(self, number: str) -> None:
        """ "I.2" under sector V belongs to a sector whose own row is elsewhere: that sector is then not known."""
        if not number:
            return
        above, dot, _ = number.partition(".")
        if dot and self._sector_number and above != self._sector_number and re.fullmatch(r"[IVXL]+|[A-Z]", above):
            self.sector, self._sector_number = "", ""
            self._leave("sector")
        elif not dot:
            self._sector_number = number

    def _leave(self, name: str) -> None:
        self.groups.pop(name, None)
        self.groups.pop("other", None)

    def _leave_inner(self, name: str) -> None:
        """A new group closes those of its own rank and the ones that had been opened inside."""
        order = list(self.groups)
        if name in order:
            for inner in order[order.index(name) :]:
                del self.groups[inner]
        self.groups.pop("other", None)

    def line_kind(self) -> tuple[ChangeKind, Doubt | None]:
        """The kind of a line here, and a doubt where the paper contradicts itself."""
        if listing := self.whole.listing:
            abolishes = ChangeKind.ABOLISHED in (self.kind, self.header_kind, self.kind or self.annex_kind)
            return (ChangeKind.ABOLISHED if abolishes and listing is not ChangeKind.WORKFLOW else listing), None
        near, header = self.kind or self.annex_kind, self.header_kind
        if header is ChangeKind.AMENDED and ChangeKind.MOVED_SECTOR in self.whole.named:
            header = ChangeKind.MOVED_SECTOR
        chosen = self._chosen(near, header)
        said = {kind for kind in (near, header) if kind}
        if len(said) > 1 or (self.whole.named and said - self.whole.named - {ChangeKind.WORKFLOW}):
            return chosen, Doubt("", chosen.value, _contradiction(said | set(self.whole.subject)))
        return chosen, None

    def _chosen(self, near: ChangeKind | None, header: ChangeKind | None) -> ChangeKind:
        lone = next(iter(self.whole.named)) if len(self.whole.named) == 1 else None
        if lone and near and near is not lone and self.kind is None and header in (None, lone):
            return lone  # only the annex title says otherwise; title and Điều 1 are what was decided
        if header is ChangeKind.REPLACED:
            return header  # a table old -> new can be nothing else
        if near and header and near is not header:
            backed = [kind for kind in (near, header) if kind in self.whole.named]
            return backed[0] if len(backed) == 1 else near
        if kind := near or header:
            return kind
        if self.annex and len(change_kinds(self.annex)) > 1:
            return ChangeKind.UNKNOWN
        return self.whole.subject[0] if len(self.whole.subject) == 1 else ChangeKind.UNKNOWN

    def line_level(self) -> Level | None:
        """The level the headings give; None leaves it to the row's own columns."""
        return self.level or self.outer_level or self.annex_level

    def line_sector(self) -> str:
        """The sector the headings give."""
        if squeezed(self.annex_sector) == squeezed(self.subject_sector):  # "ĐỊACHẤT" beside "ĐỊA CHẤT"
            return self.sector or max(self.annex_sector, self.subject_sector, key=len)
        return self.sector or self.annex_sector or self.subject_sector


_KIND_NAMES = {
    ChangeKind.INTRODUCED: "mới ban hành", ChangeKind.PUBLISHED_LATE: "công bố bổ sung",
    ChangeKind.AMENDED: "sửa đổi, bổ sung", ChangeKind.REPLACED: "thay thế", ChangeKind.ABOLISHED: "bãi bỏ",
    ChangeKind.STANDARDISED: "chuẩn hóa", ChangeKind.MOVED_SECTOR: "chuyển lĩnh vực",
    ChangeKind.RESUMED: "tiếp tục thực hiện", ChangeKind.WORKFLOW: "quy trình nội bộ",
}  # fmt: skip


def _contradiction(kinds: set[ChangeKind]) -> str:
    names = ", ".join(sorted(f"“{_KIND_NAMES.get(kind, kind.value)}”" for kind in kinds))
    return f"Tiêu đề quyết định, tên phụ lục và hàng tiêu đề bảng nói khác nhau ({names}); cần chọn loại."


def zone_of(text: str) -> Zone | None:
    """What a heading says of the tables and paragraphs behind it."""
    folded = fold(text)
    if "danh muc" in folded and not re.match(r"\W*(?:phan [ivx\d]+\W*)?noi dung", folded):
        return Zone.LISTING
    if _CONTENT.search(folded):
        return Zone.CONTENT
    if names_workflows(text):
        return Zone.WORKFLOW
    return Zone.LISTING if change_kinds(text) else None
