"""The list of procedures in force on a day, grouped and counted as the form prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count

from catalogue import glossary
from catalogue.exports import labels
from catalogue.exports.blocks import cell, one_line
from catalogue.exports.editions import edition_code
from catalogue.exports.phrases import short_basis
from catalogue.exports.procedure_text import day_banner
from catalogue.exports.text import (
    Column,
    Edition,
    Head,
    LevelGroup,
    ListingRow,
    ListingText,
    Notice,
    PrintedRow,
    SectorGroup,
)
from search_index.vietnamese import collation_key

COLUMNS = (
    Column("ordinal", "STT", 5, centred=True),
    Column("code", "Mã TTHC", 10, centred=True),
    Column("name", "Tên thủ tục hành chính", 25),
    Column("time", "Thời hạn giải quyết", 13),
    Column("place", "Địa điểm, cách thức thực hiện", 20),
    Column("fee", "Phí, lệ phí (nếu có)", 20),
    Column("bases", "Căn cứ pháp lý", 26),
    Column("decision", "Quyết định công bố", 13),
)
"""The core columns of TT 02/2017/TT-VPCP with the way of filing and the decision; a caller may choose others."""


def listing_text(
    rows: Iterable[ListingRow],
    on: date,
    *,
    head: Head,
    today: date,
    title: str = labels.LISTING_TITLE,
    filter_sentence: str = "",
    address: str = "",
    notice: Notice | None = None,
    columns: tuple[Column, ...] = COLUMNS,
    draft: bool = False,
) -> ListingText:
    """The list of day ``on``; rows keep their order inside a sector, sectors follow the Vietnamese alphabet.

    Numbers run on within a level, so that the last one is the level's count. ``address`` is what the QR opens
    (empty: no QR).
    """
    found = tuple(rows)
    groups = _groups(found, columns)
    day_line = f"Có hiệu lực ngày {labels.day(on)}"
    words = (title, day_line, filter_sentence, *(c for g in groups for s in g.sectors for r in s.rows for c in r.cells))
    return ListingText(
        head=head,
        title=one_line(title),
        on=on,
        day_line=day_line,
        columns=columns,
        groups=groups,
        totals=_totals(found),
        edition=Edition(edition_code("DM", words), today, address),
        filter_sentence=one_line(filter_sentence),
        banner=day_banner(on, today),
        notice=notice,
        draft=draft,
    )


def _groups(rows: tuple[ListingRow, ...], columns: tuple[Column, ...]) -> tuple[LevelGroup, ...]:
    by_level: dict[str, dict[str, list[ListingRow]]] = {}
    for row in rows:
        by_level.setdefault(row.level, {}).setdefault(one_line(row.sector), []).append(row)
    present = [level for level in labels.LEVEL_HEADINGS if level in by_level]
    return tuple(_level_group(level, by_level[level], place, columns) for place, level in enumerate(present))


def _level_group(
    level: str, by_sector: dict[str, list[ListingRow]], place: int, columns: tuple[Column, ...]
) -> LevelGroup:
    ordinals = count(1)
    sectors = []
    for number, sector in enumerate(sorted(by_sector, key=_sector_order), start=1):
        rows = by_sector[sector]
        name = f"Lĩnh vực {sector}" if sector else labels.NO_SECTOR
        if sector.lower().startswith("lĩnh vực"):
            name = sector
        heading = f"{labels.roman(number)}. {name.upper()} ({labels.count(len(rows))} TTHC)"
        printed = tuple(_printed(row, next(ordinals), columns) for row in rows)
        sectors.append(SectorGroup(heading, printed))
    size = sum(len(group) for group in by_sector.values())
    heading = f"{chr(ord('A') + place)}. {labels.LEVEL_HEADINGS[level].upper()} ({labels.count(size)} TTHC)"
    return LevelGroup(heading, level, tuple(sectors))


def _sector_order(sector: str) -> tuple[bool, str]:
    return not sector, collation_key(sector)


def _printed(row: ListingRow, ordinal: int, columns: Sequence[Column]) -> PrintedRow:
    return PrintedRow(tuple(_CELLS[column.key](row, ordinal) for column in columns), row)


def _name(row: ListingRow) -> str:
    marks = []
    if row.awaits_content:
        marks.append(labels.AWAITS_CONTENT)
    if row.state != "in_force":
        marks.append(glossary.STATES[row.state])
    if row.non_territorial:
        marks.append("Phi địa giới hành chính")
    name = one_line(row.name)
    return f"{name}\n({'; '.join(marks)})" if marks else name


def _place(row: ListingRow) -> str:
    lines = [cell(row.place)]
    ways = [_way(channel, row) for channel in row.channels]
    if ways:
        lines.append(f"Cách thức: {', '.join(ways)}")
    elif grade := labels.GRADES[row.online]:
        lines.append(f"Trực tuyến: {grade.lower()}")
    return "\n".join(line for line in lines if line)


def _way(channel: str, row: ListingRow) -> str:
    grade = labels.GRADES[row.online].lower() if channel == "online" else ""
    way = glossary.CHANNELS[channel].lower()
    return f"{way} ({grade})" if grade else way


def _decision(row: ListingRow) -> str:
    lines = [cell(row.decision_text)]
    if not row.since_known:
        lines.append(labels.capital(labels.SINCE_UNKNOWN))
    elif row.valid_from:
        lines.append(f"Từ ngày {labels.day(row.valid_from)}")
    if row.valid_until:
        lines.append(labels.capital(labels.until(row.valid_until)))
    return "\n".join(line for line in lines if line)


_CELLS = {
    "ordinal": lambda row, ordinal: str(ordinal),
    "code": lambda row, ordinal: one_line(row.code or "") or labels.NO_CODE,
    "name": lambda row, ordinal: _name(row),
    "agency": lambda row, ordinal: cell(row.agency),
    "sector": lambda row, ordinal: one_line(row.sector),
    "time": lambda row, ordinal: cell(row.time_text),
    "place": lambda row, ordinal: _place(row),
    "fee": lambda row, ordinal: cell(row.fee_text),
    "bases": lambda row, ordinal: "\n".join(f"- {words}" for basis in row.bases if (words := short_basis(basis))),
    "decision": lambda row, ordinal: _decision(row),
    "note": lambda row, ordinal: cell(row.note),
}


def _totals(rows: tuple[ListingRow, ...]) -> tuple[str, ...]:
    """Counts by level and by online grade; a code that stands at several levels is counted in each, and said so."""
    levels = Counter(row.level for row in rows)
    named = ((glossary.LEVELS[level].lower(), levels[level]) for level in glossary.LEVELS if levels[level])
    parts = [f"{name} {labels.count(size)}" for name, size in named]
    total = f"Tổng số: {labels.count(len(rows))} thủ tục hành chính"
    lines = [f"{total} ({', '.join(parts)})." if parts else f"{total}."]
    grades = Counter(row.online for row in rows)
    shown = [f"{label.lower()} {labels.count(grades[g])}" for g, label in labels.GRADES.items() if label and grades[g]]
    if shown:
        lines.append(f"Dịch vụ công trực tuyến: {', '.join(shown)}.")
    distinct = len({row.key or row.code or row.name for row in rows})
    if distinct < len(rows):
        lines.append(f"Một thủ tục có ở nhiều cấp được tính ở mỗi cấp; số thủ tục khác nhau: {labels.count(distinct)}.")
    return tuple(lines)
