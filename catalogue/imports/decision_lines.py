"""One annex row on its way to a line: cells collected under their columns, "Như trên" and merged cells resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalogue.imports.decision_alignment import affinity, align, target_of
from catalogue.imports.decision_labels import is_ditto, level_of_agency, level_of_note, says_no_code
from catalogue.imports.decision_segments import Schema
from catalogue.imports.decision_spelling import broken_syllables
from catalogue.imports.decision_values import Column, Doubt, ParsedLine, Position
from catalogue.imports.decision_word import Cell
from decisions.kinds import ChangeKind, Level
from decisions.numbering import ProcedureCode, find_codes, parse_code, parse_level
from decisions.text import fold

_INHERITED = frozenset(
    (Column.BASIS, Column.ABOLISHING, Column.PUBLISHED, Column.PLACE, Column.CHANNEL, Column.AGENCY, Column.SECTOR,
     Column.FEE)
)  # fmt: skip
_BRACKETED_CODE = re.compile(
    r"\s*[(\[]\s*(?:m[ãa][^():\d]{0,25}:?\s*)?\d{1,2}\.\d{3}\s?\.?\d{3,6}[\d.,;\sGHgh]{0,80}[^()\w]{0,3}[)\]]",
    re.IGNORECASE,
)
_LEADING_CODE = re.compile(r"^\s*\d\.\d{6}(?:\.[\d.]+)?(?:\.[GH]\d\d)?\s*[-–:.]?\s+")
_TRAILING_CODE = re.compile(
    r"\s*[-–;,]?\s*Mã (?:số|TTHC|thủ tục)[^:\d]{0,20}:\s*\d\.\d{3}\.?\d{3}[\d.\sGH]*$", re.IGNORECASE
)
_TIME_IN_NAME = re.compile(r"(?<=\w.{10})\s*[-–.(]?\s*(?:Thời gian|Thời hạn) (?:thực hiện|giải quyết)[^:\d]{0,20}:\s*")
_MISFIT = -1.0  # from here on down a cell cannot be one of the column it stands under
_ODD_CODE = "Mã in trên giấy không đúng dạng mã quốc gia."


@dataclass
class LineDraft:
    """A row being read. ``texts`` and ``printed`` are by column index of ``schema``."""

    schema: Schema
    table: int
    rows: list[int]
    ordinal: str
    annex: str = ""
    part: str = ""
    section: str = ""
    kind: ChangeKind = ChangeKind.UNKNOWN
    level: Level | None = None
    sector: str = ""
    trail: tuple[int, ...] = ()
    texts: dict[int, str] = field(default_factory=dict)
    merged: set[int] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)
    overflow: list[str] = field(default_factory=list)
    resolved: dict[int, str] = field(default_factory=dict)
    merged_with: int | None = None

    def label(self, index: int) -> str:
        """The printed label of a column."""
        return self.schema.columns[index].label.replace("\n", " ")

    def place(self, cells: Sequence[Cell], start: int) -> None:
        """Puts the cells of the row's first part under their columns; ``start`` is the row's first grid column."""
        roles = self.schema.roles
        printed = [(cell.text, self.schema.at(cell.column - start)) for cell in cells]
        placed = align(printed, roles)
        for index, (text, own) in enumerate(printed):
            if not text:
                if cells[index].merged and own < len(roles):
                    self.merged.add(own)
            elif index in placed:
                self._put(placed[index], text)
            else:
                self.overflow.append(text)
        moved = [self.label(c) for i, c in placed.items() if printed[i][1] != c and roles[c] is not Column.ORDINAL]
        if moved:
            self.doubts.append(Doubt(moved[0], "", "Hàng thiếu ô hoặc lệch cột; đã xếp lại theo nội dung."))

    def extend(self, cells: Sequence[Cell], start: int) -> None:
        """Adds the cells of a following row that continues this one."""
        roles = self.schema.roles
        printed = [(cell.text, self.schema.at(cell.column - start)) for cell in cells if cell.text]
        if not printed:
            return
        in_place = not cells[0].text and all(c < len(roles) and affinity(roles[c], t) > _MISFIT for t, c in printed)
        if in_place and any(column in self.texts for _, column in printed):
            for text, column in printed:
                self._put(column, text)
        else:
            self._fill([text for text, _ in printed])
        self.doubts.append(
            Doubt(
                self.label(0), self.ordinal, "Dòng bị ngắt thành nhiều hàng; các ô phần tiếp đã ghép theo thứ tự cột."
            )
        )

    def _fill(self, texts: list[str]) -> None:
        if len(texts) > 1 and all(_is_tick(text) for text in texts):
            for text in texts:
                self._fill([text])
            return
        free = [c for c in range(len(self.schema.columns)) if c not in self.texts and not self._is_ticked_beside(c)]
        roles = [self.schema.roles[c] for c in free]
        if len(texts) == 1 and (index := target_of(texts[0], roles)) is not None:
            self._put(free[index], texts[0])
            return
        placed = align([(text, index) for index, text in enumerate(texts)], roles)
        for index, text in enumerate(texts):
            if index in placed:
                self._put(free[placed[index]], text)
            elif self.texts:
                self._put(max(self.texts), text)
            else:
                self.overflow.append(text)

    def _is_ticked_beside(self, column: int) -> bool:
        """Whether another sub-column of the same heading already has its "x": "Toàn trình" rules out "Một phần"."""
        heading, divider, _ = self.label(column).rpartition(" – ")
        return bool(divider) and any(
            _is_tick(text) and self.label(c).rpartition(" – ")[0] == heading for c, text in self.texts.items()
        )

    def _put(self, column: int, text: str) -> None:
        self.texts[column] = f"{self.texts[column]}\n{text}" if column in self.texts else text

    @property
    def lacks(self) -> list[int]:
        """Columns behind the last filled one: what a continuation may still bring."""
        last = max(self.texts, default=-1)
        return list(range(last + 1, len(self.schema.columns)))

    def resolve(self, above: LineDraft | None) -> None:
        """Fills merged cells, "Như trên" and blanks that a lost merge explains from the line above."""
        above = above if above and above.annex == self.annex else None
        for index, column in enumerate(self.schema.columns):
            text = self.texts.get(index, "")
            source = above.value(column.column, column.label) if above else ""
            if index in self.merged and source and above:
                self.resolved[index] = source
                self.merged_with = above.rows[0]
            elif is_ditto(text):
                self._resolve_ditto(index, text, source)
            elif text:
                self.resolved[index] = text
        if above and above.schema.columns == self.schema.columns:
            self._resolve_blanks(above)

    def _resolve_blanks(self, above: LineDraft) -> None:
        """A lone blank fee is left blank: only together with other blanks does it look like a merge."""
        blanks = [
            i
            for i, c in enumerate(self.schema.roles)
            if c in _INHERITED and i not in self.resolved and above.resolved.get(i)
        ]
        if all(self.schema.roles[i] is Column.FEE for i in blanks):
            return
        for index in blanks:
            self.resolved[index] = above.resolved[index]
            self.doubts.append(
                Doubt(
                    self.label(index),
                    "",
                    "Ô trống dưới một ô có chữ; đã lấy theo dòng trên như ô gộp.",
                    self.resolved[index],
                )
            )

    def _resolve_ditto(self, index: int, text: str, source: str) -> None:
        reason = "Đã thay bằng nội dung của dòng trên." if source else "Không tìm thấy dòng trên để thay."
        self.resolved[index] = source or text
        self.doubts.append(Doubt(self.label(index), text, reason, source))

    def value(self, column: Column, label: str = "") -> str:
        """The resolved text of one column; of several with the same meaning, the one with this label or all."""
        found = [(self.label(i), t) for i, t in sorted(self.resolved.items()) if self.schema.roles[i] is column]
        exact = [text for own, text in found if label and own == label.replace("\n", " ")]
        if exact:
            return exact[0]
        if len(found) > 1:
            found = [(own, f"{own.rpartition(' – ')[2]}: {text}" if " – " in own else text) for own, text in found]
        return "\n".join(text for _, text in found)


def _is_tick(text: str) -> bool:
    return text.strip().lower() == "x"


def finished(draft: LineDraft, order: int) -> ParsedLine:
    """The line a draft has become."""
    named = draft.value(Column.NAME)
    code_cell = draft.value(Column.CODE)
    codes = _codes(code_cell, named)
    first = codes[0] if codes else None
    name, inner_time = _name_and_time(named)
    printed = code_cell or (first.printed if first else "")
    position = Position(draft.annex, draft.part, draft.section, draft.ordinal, order, draft.table, tuple(draft.rows))
    cells = tuple((draft.label(i), draft.texts.get(i, "")) for i in range(len(draft.schema.columns)))
    overflow = tuple(("", text) for text in draft.overflow)
    return ParsedLine(
        position=position, kind=draft.kind, code=printed, code_key=first.key or None if first else None, name=name,
        level=_level(draft), sector=draft.value(Column.SECTOR) or draft.sector, cells=cells + overflow,
        time_text=draft.value(Column.TIME) or inner_time, place_text=draft.value(Column.PLACE),
        fee_text=draft.value(Column.FEE),
        basis_text=draft.value(Column.BASIS), agency_text=draft.value(Column.AGENCY),
        note_text=draft.value(Column.NOTE), channel_text=draft.value(Column.CHANNEL),
        online_text=draft.value(Column.ONLINE), changed_text=draft.value(Column.CHANGED),
        abolishing_text=draft.value(Column.ABOLISHING), published_text=draft.value(Column.PUBLISHED),
        old_code=draft.value(Column.OLD_CODE), old_name=draft.value(Column.OLD_NAME),
        codes=tuple(code.key for code in codes if code.key),
        old_codes=tuple(code.key for code in find_codes(draft.value(Column.OLD_CODE))), merged_with=draft.merged_with,
        doubts=(*draft.doubts, *_doubts(draft, name, codes, code_cell)),
    )  # fmt: skip


def _name_and_time(cell: str) -> tuple[str, str]:
    """The bare name, and the time limit that some tables print below it in the same cell."""
    bare = " ".join(_TRAILING_CODE.sub("", _LEADING_CODE.sub("", _BRACKETED_CODE.sub("", cell))).split())
    match = _TIME_IN_NAME.search(bare)
    name, behind = (bare[: match.start()], bare[match.end() :]) if match else (bare, "")
    return name.strip(" ;.-–"), behind.strip(" .;")


def _codes(cell: str, named: str) -> list[ProcedureCode]:
    """Codes of the code cell, else those that stand with the name."""
    if not cell:
        return find_codes(named)
    if says_no_code(cell):
        return []
    whole = parse_code(cell)
    if whole.is_standard:
        return [whole]
    several = [parse_code(part) for part in re.split(r"[\n;,]", cell) if part.strip()]
    return several if len(several) > 1 and all(code.is_standard for code in several) else find_codes(cell) or [whole]


def _level(draft: LineDraft) -> Level:
    """From the row itself where it has a column for it, else the group, else the body that carries it out."""
    own = parse_level(draft.value(Column.LEVEL).replace(";", ",")) if draft.value(Column.LEVEL) else None
    deciding = [t for i, t in draft.resolved.items() if "tham quyen" in fold(draft.label(i))]
    body = deciding[0] if deciding else draft.value(Column.AGENCY)
    return own or draft.level or level_of_agency(body) or level_of_note(draft.value(Column.NOTE)) or Level.UNKNOWN


def _doubts(draft: LineDraft, name: str, codes: list[ProcedureCode], cell: str) -> list[Doubt]:
    doubts: list[Doubt] = []
    if not name:
        doubts.append(Doubt("Tên thủ tục hành chính", "", "Dòng không có tên thủ tục."))
    for code in codes:
        if not code.is_standard:
            doubts.append(Doubt("Mã thủ tục", code.printed, _ODD_CODE, code.suggestion or ""))
        elif "stray_space" in code.warnings:
            doubts.append(Doubt("Mã thủ tục", code.printed, "Mã in có khoảng trắng thừa.", code.text))
    if len(codes) > 1:
        doubts.append(Doubt("Mã thủ tục", cell or name, "Một dòng có nhiều mã."))
    doubts += [Doubt("", text, "Ô thừa so với hàng tiêu đề.") for text in draft.overflow]
    for index, text in sorted(draft.texts.items()):
        if draft.schema.roles[index] is not Column.ORDINAL:
            doubts += broken_syllables(draft.label(index), text)
    return doubts
