"""Acts on an earlier decision by printed serial numbers of its annex: read, resolved to rows, confirmed by a person.

"thứ tự 1–19, 21–32, 34, 35 Mục A và số thứ tự 2 Mục B Phụ lục I Quyết định số …" names rows by where they stand. Labels
follow their numbers from the inside out; an outer label after the last group holds for the groups before it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from decisions.kinds import Level
from decisions.numbering import parse_levels
from decisions.text import clean

_NUMBER = r"(?:[a-z]\.)?\d{1,4}[a-zđ]?(?![\d/.]\d|\w)"
_RANGE_MARK = r"(?:-|–|—|đến(?:\s+(?:số|hết))?|tới)"
_NEXT = rf"\s*(?:,|;|và|{_RANGE_MARK})\s*(?:từ\s+)?(?:số\s+)?{_NUMBER}(?!\s*(?:thủ tục|tthc))"
_NUMBERS = re.compile(rf"(?:từ\s+)?(?:số\s+)?{_NUMBER}(?:{_NEXT})*")
_AT_START = re.compile(
    r"\s*,?\s*(?:tại\s+|thuộc\s+|của\s+)?(?:mục|tiểu mục|khoản|phần|phụ lục|quyết định|và số thứ tự|$)"
)
_KEYWORD = re.compile(
    r"(?:số\s+)?thứ\s+tự(?:\s+số)?|\bsố\s+tt\b|\bstt\b|(?:thủ tục(?: hành chính)?|tthc|quy trình)\s+số(?=\s*:?\s*\d)"
)
_LABEL = re.compile(
    r"(?<!danh )\b(phụ lục|phần|tiểu mục|mục|khoản)\s+(?:số\s+)?([ivxl]+|[a-zđ]\d{0,2}|\d{1,3})\b(?![./]\d)"
)
_OUTER = {"phụ lục": "annex", "phần": "part"}


@dataclass(frozen=True)
class SerialRange:
    """Rows named together: their printed numbers without leading zeros, and the labels of the place they stand in.

    ``annex``, ``part`` and ``sections`` are labels only ("I", "A1"); ``sections`` from the inside out; "" when unsaid.
    """

    numbers: tuple[str, ...]
    annex: str = ""
    part: str = ""
    sections: tuple[str, ...] = ()
    level: Level | None = None


@dataclass(frozen=True)
class RowPosition:
    """Where an older annex row stands, as printed: labels may carry their titles ("A. THỦ TỤC … CẤP TỈNH")."""

    row: int
    ordinal: str
    annex: str = ""
    part: str = ""
    section: str = ""
    level: Level | None = None


@dataclass(frozen=True)
class CitedRow:
    """One printed number with its place, and the rows it may mean."""

    number: str
    place: SerialRange
    rows: tuple[int, ...] = ()

    @property
    def printed(self) -> str:
        """For the reader: "Phụ lục I, Mục A, số 19"."""
        sections = [f"Mục {label}" for label in reversed(self.place.sections)]
        annex = f"Phụ lục {self.place.annex}" if self.place.annex else ""
        part = f"Phần {self.place.part}" if self.place.part else ""
        return ", ".join(word for word in (annex, part, *sections, f"số {self.number}") if word)


@dataclass(frozen=True)
class Resolution:
    """What the numbers mean in an older annex; a person confirms even what matched."""

    matched: tuple[CitedRow, ...] = ()
    missing: tuple[CitedRow, ...] = ()
    ambiguous: tuple[CitedRow, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that matched, each once, in printed order."""
        return tuple(dict.fromkeys(cited.rows[0] for cited in self.matched))

    @property
    def is_complete(self) -> bool:
        """Whether every number means exactly one row."""
        return not self.missing and not self.ambiguous


def parse_serials(text: str) -> list[SerialRange]:
    """Every group of serial numbers in the words, without regard to which decision they belong to."""
    lowered = clean(text).lower()
    groups: list[SerialRange] = []
    spans = list(_number_spans(lowered))
    for index, (start, end) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else len(lowered)
        place = _place(lowered[end:following])
        level = _level_before(lowered[spans[index - 1][1] if index else 0 : start])
        groups.extend(
            replace(place, numbers=numbers, level=level, sections=(*prefix, *place.sections))
            for prefix, numbers in _expanded(lowered[start:end])
        )
    return _with_outer_labels(groups)


def _number_spans(lowered: str) -> Iterable[tuple[int, int]]:
    position = 0
    bare = _NUMBERS.match(lowered)
    if bare and _AT_START.match(lowered, bare.end()):
        yield bare.span()
        position = bare.end()
    for keyword in _KEYWORD.finditer(lowered, position):
        gap = re.compile(r"\s*:?\s*").match(lowered, keyword.end())
        numbers = _NUMBERS.match(lowered, gap.end() if gap else keyword.end())
        if numbers:
            yield numbers.span()


def _level_before(words: str) -> Level | None:
    """ "thủ tục hành chính cấp xã có số thứ tự": only the words right before the numbers count."""
    levels = parse_levels(re.split(r"[;,.:]", words)[-1][-50:])
    return levels[-1] if levels else None


def _expanded(words: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Numbers by the label printed with them: "A.2, A.3, 5" gives (("A",), ("2", "3")) and ((), ("5",))."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for number in _all_numbers(words):
        prefix, _, bare = number.rpartition(".")
        groups.setdefault((prefix.upper(),) if prefix else (), []).append(bare.lstrip("0") or "0")
    return [(prefix, tuple(dict.fromkeys(numbers))) for prefix, numbers in groups.items()]


def _all_numbers(words: str) -> list[str]:
    numbers: list[str] = []
    ranged = re.sub(rf"\s*{_RANGE_MARK}\s*", "-", re.sub(r"từ\s+|(?<=\s)số\s+|^số\s+", "", words))
    for piece in re.split(r"\s*(?:,|;|và)\s*", ranged):
        ends = piece.strip().split("-")
        if len(ends) == 2 and ends[0].isdecimal() and ends[1].isdecimal() and int(ends[0]) <= int(ends[1]):
            numbers.extend(str(n) for n in range(int(ends[0]), int(ends[1]) + 1))
        else:
            numbers.extend(end for end in ends if end)
    return numbers


def _place(words: str) -> SerialRange:
    found = [(match[1], match[2].upper()) for match in _LABEL.finditer(words)]
    outer = {_OUTER[kind]: label for kind, label in reversed(found) if kind in _OUTER}
    sections = tuple(label for kind, label in found if kind not in _OUTER)
    return SerialRange((), outer.get("annex", ""), outer.get("part", ""), sections)


def _with_outer_labels(groups: Sequence[SerialRange]) -> list[SerialRange]:
    """ "Mục A … và Mục B Phần I Phụ lục II": part and annex hold for both."""
    done: list[SerialRange] = []
    annex = part = ""
    for group in reversed(groups):
        filled = replace(group, annex=group.annex or annex, part=group.part or (part if group.sections else ""))
        annex, part = filled.annex, filled.part
        done.append(filled)
    return done[::-1]


# ------------------------------------------------------------------ rows


def resolve(ranges: Iterable[SerialRange], rows: Sequence[RowPosition]) -> Resolution:
    """Find each number among the rows of the older annex.

    A number is matched when exactly one row bears it where the words say; when several do, or one does but stands under
    labels that the older record does not know, it is ambiguous and lists them.
    """
    matched: list[CitedRow] = []
    missing: list[CitedRow] = []
    ambiguous: list[CitedRow] = []
    for place in ranges:
        for number in place.numbers:
            certain, possible = _candidates(number, place, rows)
            if len(certain) == 1:
                matched.append(CitedRow(number, place, certain))
            elif certain or possible:
                ambiguous.append(CitedRow(number, place, certain or possible))
            else:
                missing.append(CitedRow(number, place))
    return Resolution(tuple(matched), tuple(missing), tuple(ambiguous))


def _candidates(
    number: str, place: SerialRange, rows: Sequence[RowPosition]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Rows that surely are meant, and rows that could be (their annex or group is not recorded)."""
    bearing = [row for row in rows if row.ordinal.strip(" .()").lower().lstrip("0") == number.lstrip("0")]
    certain = tuple(row.row for row in bearing if _fits(place, row, strictly=True))
    possible = tuple(row.row for row in bearing if _fits(place, row, strictly=False))
    return certain, possible


def _fits(place: SerialRange, row: RowPosition, *, strictly: bool) -> bool:
    if place.level is not None and row.level not in (None, Level.UNKNOWN, place.level):
        return False
    known_annex = label_of(row.annex)
    if place.annex and known_annex and known_annex != _plain(place.annex):
        return False
    wanted = {_plain(label) for label in (place.part, *place.sections) if label}
    known = {label_of(words) for words in re.split(r"\s*[/>|]\s*", f"{row.part}/{row.section}")} - {""}
    return wanted <= known or (not strictly and not known)


def label_of(printed: str) -> str:
    """The bare label at the head of a printed group row: "Phụ lục II", "II. LĨNH VỰC …" and "2" are all "2"."""
    words = re.sub(r"^(?:phụ lục|phần|tiểu mục|mục|khoản|nhóm)\b\s*(?:số\b)?\s*", "", clean(printed).lower())
    match = re.match(r"([ivxl]+|[a-zđ]\d{0,2}|\d{1,3})(?![\w])", words)
    return _plain(match[1]) if match else ""


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def _plain(label: str) -> str:
    lowered = label.lower()
    if not lowered or any(c not in _ROMAN for c in lowered) or lowered == "l":
        return lowered.lstrip("0")
    values = [_ROMAN[c] for c in lowered]
    signed = [-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True)]
    return str(sum(signed))
