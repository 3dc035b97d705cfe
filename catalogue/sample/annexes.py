"""Annex rows of the sample's decisions: what each changes, its new text, and its cells as an annex would print them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from catalogue.sample.texts import Raw, basis_words, content_of, patched
from catalogue.services.drafting import LineInput
from decisions.content import ChannelKind, ProcedureContent
from decisions.kinds import ChangeKind

Place = tuple[str, str]
"""Which procedure (code or ``id``) at which level."""

TEXT_CHANGES = ("bases_add", "bases_drop", "flags_add", "drop_papers", "rename_papers", "case_times", "sector")
CHANNEL_WORDS = {ChannelKind.DIRECT: "Trực tiếp", ChannelKind.ONLINE: "Trực tuyến", ChannelKind.POSTAL: "Bưu chính"}
OPENS_FULL_TEXT = tuple(kind for kind in ChangeKind if kind.opens and kind is not ChangeKind.RESUMED)


@dataclass
class Library:
    """The texts of all procedures as the last decision left them; a row starts from the text of its place."""

    first: dict[str, Raw]
    last: dict[Place, Raw] = field(default_factory=dict)

    def text(self, code: str, level: str) -> Raw:
        """The text to start from: the last one at this level, else the first one ever."""
        return self.last.get((code, level), self.first[code])


def rows_of(decision: Raw, library: Library) -> Iterator[LineInput]:
    """The rows of a decision in order; serial numbers run on inside one group of an annex."""
    ordinals: Counter[tuple[str, str]] = Counter()
    for block in decision.get("block", ()):
        for code in block["codes"]:
            group = block["annex"], block["section"] if _numbered_apart(block["section"]) else ""
            ordinals[group] += 1
            row = _row(block, code, library, str(ordinals[group]))
            yield replace(row, resolved_by=row.resolved_by or decision["effect"].get("resolved_by", ""))


def inventory_row(raw: Raw, number: int, since: date) -> LineInput:
    """A procedure that was in force when the record begins."""
    line = LineInput(
        kind=ChangeKind.INVENTORY, level=raw["level"], effect_type="fixed", effect_from=since,
        effect_text="đang có hiệu lực khi bắt đầu lập danh mục", ordinal=str(number),
    )  # fmt: skip
    return _filled(line, raw)


def _numbered_apart(section: str) -> bool:
    """Groups with a label of their own ("A.", "II.") start again at 1; a mere heading does not."""
    return section.partition(".")[0] in {"A", "B", "C", "I", "II", "III", "IV", "V"}


def _row(block: Raw, code: str, library: Library, ordinal: str) -> LineInput:
    level, kind = str(block["level"]), ChangeKind(block["kind"])
    before = library.text(code, block.get("from_level", level))
    after = _changed(before, block)
    line = LineInput(
        kind=kind, level=level, annex=block["annex"], section=block["section"], ordinal=ordinal,
        changed_parts=block.get("changed_parts", ""), basis=block.get("basis", ""),
        replaces=tuple(block.get("replaces", ())), successors=tuple(block.get("successors", ())),
        fields=block.get("fields", {}), **_effect(block.get("effect")),
    )  # fmt: skip
    if "fields" in block:
        return replace(_named(line, before), cells=_cells(line, before))
    if kind not in OPENS_FULL_TEXT:
        return replace(_named(line, before), cells=_cells(line, before))
    library.last[code, level] = after
    return _filled(line, after)


def _changed(before: Raw, block: Raw) -> Raw:
    after = before
    for name in block.get("patches", ()):
        after = patched(after, before["known_patches"][name])
    change = {key: block[key] for key in TEXT_CHANGES if key in block} | block.get("text", {})
    if "sector" in change:
        change["sector_code"] = ""
    return patched(after, change)


def _effect(effect: Raw | None) -> Raw:
    if effect is None:
        return {}
    return {
        "effect_type": effect["type"],
        "effect_text": effect["text"],
        "effect_from": effect.get("from"),
        "effect_until": effect.get("until"),
        "resolved_by": effect.get("resolved_by", ""),
    }


def _named(line: LineInput, raw: Raw) -> LineInput:
    return replace(line, name=raw["name"], code_printed=raw["code"], sector=raw["sector"])


def _filled(line: LineInput, raw: Raw) -> LineInput:
    """The row with its full text, and the columns that the list prints of it."""
    content = content_of(raw)
    columns = {
        "time": _time_cell(content),
        "cut": "; ".join(limit.cut_text for limit in content.times if limit.cut_text),
        "place": content.reception,
        "fee": _fee_cell(content),
        "basis": basis_words(raw),
    }
    return replace(_named(line, raw), content=content, fields=columns, cells=_cells(replace(line, fields=columns), raw))


def _time_cell(content: ProcedureContent) -> str:
    """The general limits, then those of single cases: "Nhà ở riêng lẻ: 07 ngày làm việc"."""
    limits = [limit.text for limit in content.times]
    limits += [f"{CHANNEL_WORDS[channel.kind]}: {channel.time.text}" for channel in content.channels if channel.time]
    limits += [f"{case.name}: {case.time.text}" for case in content.cases if case.time]
    return "; ".join(limits)


def _fee_cell(content: ProcedureContent) -> str:
    fees = [f"{CHANNEL_WORDS[fee.channel]}: {fee.text}" if fee.channel else fee.text for fee in content.fees]
    fees += [f"{case.name}: {fee.text}" for case in content.cases for fee in case.fees]
    return "; ".join(fees)


def _cells(line: LineInput, raw: Raw) -> tuple[tuple[str, str], ...]:
    head = (("STT", line.ordinal), ("Mã TTHC", raw["code"] or "Chưa có mã"), ("Tên thủ tục hành chính", raw["name"]))
    if line.kind == ChangeKind.ABOLISHED:
        return (*head, ("Tên VBQPPL quy định việc bãi bỏ TTHC", line.basis), ("Lĩnh vực", raw["sector"]))
    said: dict[str, Any] = dict(line.fields)
    rest = [
        ("Thời hạn giải quyết", said.get("time", "")),
        ("Thời hạn sau cắt giảm", said.get("cut", "")),
        ("Địa điểm thực hiện", said.get("place", "")),
        ("Phí, lệ phí (nếu có)", said.get("fee", "")),
        ("Căn cứ pháp lý", said.get("basis", "") or line.basis),
        ("Nội dung sửa đổi, bổ sung", line.changed_parts),
    ]
    return (*head, *((label, words) for label, words in rest if words))
