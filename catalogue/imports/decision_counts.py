"""The numbers a decision states, in title, Điều 1 and group rows, beside the lines that were found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from catalogue.imports.decision_labels import change_kinds, level_of_heading, names_workflows
from catalogue.imports.decision_lines import LineDraft
from catalogue.imports.decision_values import LineCount, ParsedLine, Problem, StatedCount
from decisions.kinds import ChangeKind, Level
from decisions.numbering import parse_level
from decisions.text import fold

_STATED = re.compile(
    r"(?<![\w/.,])(\d{1,4})(?![\d/.,])\s*(?:\(([^()\d]{2,40})\)\s*)?(?:danh mục\s+)?"
    r"(?P<what>thủ tục(?: hành chính)?|TTHC|quy trình(?: nội bộ)?)\b(?P<tail>[^;.\d]{0,140})",
    re.IGNORECASE,
)
_UNIT = r"(?:TTHC|thủ tục|quy trình|danh mục)"
_GROUP = re.compile(
    rf"\(\s*(?:gồm\s+)?(\d{{1,4}})\s*{_UNIT}[^()]*\)\s*\.?$|:\s*(\d{{1,4}})\s*{_UNIT}\s*\.?$", re.IGNORECASE
)
_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip


def number_in_words(words: str) -> int | None:
    """0–999 in Vietnamese words ("mười hai", "một trăm linh năm"); None when they are no number."""
    total, current = 0, 0
    for word in fold(words).replace("mot tram", "1tram").split():
        if word == "1tram":
            total, current = total + 100, 0
        elif word == "tram":
            total, current = total + current * 100, 0
        elif word == "muoi":
            total, current = total + max(current, 1) * 10, 0
        elif word in ("linh", "le"):
            continue
        elif word in _DIGITS:
            current = _DIGITS[word]
        else:
            return None
    return total + current


def count_lines(lines: Iterable[ParsedLine]) -> tuple[LineCount, ...]:
    """How many lines of each kind and level, in order of first appearance."""
    counted = Counter((line.kind, line.level) for line in lines)
    return tuple(LineCount(kind, level, number) for (kind, level), number in counted.items())


def stated_in_text(place: str, text: str, lines: list[ParsedLine]) -> Iterator[tuple[StatedCount, Problem | None]]:
    """Numbers in running text ("12 (mười hai) thủ tục hành chính được sửa đổi …")."""
    for match in _STATED.finditer(text):
        kind, level = _meaning(text, match)
        if _is_a_cited_part(text, match):
            continue
        count = int(match[1])
        found = _found(lines, kind, level)
        stated = StatedCount(place, " ".join(match[0].split())[:160], count, kind, level, found)
        yield stated, _words_problem(place, match)


def _is_a_cited_part(text: str, match: re.Match[str]) -> bool:
    """Rows of an older decision ("03 thủ tục (số thứ tự …) tại Quyết định số …") are no counts of this one."""
    around = fold(text[max(0, match.start() - 30) : match.end() + 60])
    return "so thu tu" in around or "quyet dinh so" in around


def _meaning(text: str, match: re.Match[str]) -> tuple[ChangeKind | None, Level | None]:
    tail = re.split(r"\bvà\s+(?:phê duyệt|\d)|,\s*\d", match["tail"])[0]
    near = re.split(r"\b(?:trong|thuộc|lĩnh vực|áp dụng(?! chung))\b", tail, flags=re.IGNORECASE)[0]
    before = re.split(r"[;.\d]", text[max(0, match.start() - 60) : match.start()])[-1]
    level = (parse_level(before) if before.rstrip().endswith(":") else None) or parse_level(near)
    above = _heading_before(text, match.start())
    if fold(match["what"]).startswith("quy trinh") or (names_workflows(above) and "danh muc" not in fold(above)):
        return ChangeKind.WORKFLOW, level or level_of_heading(tail)
    kinds = change_kinds(near) or change_kinds(tail) or change_kinds(above or before)
    return (kinds[0] if len(kinds) == 1 else None), level


def _heading_before(text: str, start: int) -> str:
    """The numbered item above a dashed one: "1. Sửa đổi, bổ sung:" over "- 05 thủ tục …"."""
    items = re.findall(r"(?:^|\n)\s*\d+[.)]\s*([^\n:]{3,90}):", text[:start])
    return items[-1] if items else ""


def _found(lines: list[ParsedLine], kind: ChangeKind | None, level: Level | None) -> int | None:
    read = {line.kind for line in lines}
    if kind is ChangeKind.WORKFLOW and kind not in read:
        return None
    if kind is ChangeKind.AMENDED and ChangeKind.MOVED_SECTOR in read:
        kind = ChangeKind.MOVED_SECTOR
    chosen = [line for line in lines if kind is None or line.kind is kind or _lists(line.kind)]
    if kind is None:
        chosen = [line for line in chosen if line.kind is not ChangeKind.WORKFLOW] or chosen
    if level is not None and any(line.level is not Level.UNKNOWN for line in chosen):
        chosen = [line for line in chosen if line.level is level]
    return len(chosen)


def _lists(kind: ChangeKind) -> bool:
    return kind in (ChangeKind.NON_TERRITORIAL, ChangeKind.SIMPLIFIED, ChangeKind.DELEGATED, ChangeKind.ONLINE)


def _words_problem(place: str, match: re.Match[str]) -> Problem | None:
    spelt = number_in_words(match[2]) if match[2] else None
    if spelt is None or spelt == int(match[1]):
        return None
    shown = f"{match[1]} ({match[2]})"
    return Problem(place, shown, f"Số ghi bằng số và bằng chữ ở {place} không khớp: “{shown}”.")


def stated_in_groups(groups: list[tuple[int, str, str]], drafts: list[LineDraft]) -> Iterator[StatedCount]:
    """Numbers behind headings and group rows ("LĨNH VỰC CHỨNG THỰC (12 TTHC)")."""
    for group, text, place in groups:
        match = _GROUP.search(" ".join(text.split()))
        if match is None:
            continue
        found = sum(group in draft.trail for draft in drafts)
        if not found and "quy trinh" in fold(match[0]):
            continue
        kinds = change_kinds(text)
        yield StatedCount(
            place, " ".join(text.split())[:160], int(match[1] or match[2]), kinds[0] if len(kinds) == 1 else None,
            parse_level(text), found,
        )  # fmt: skip


def count_problems(stated: Iterable[StatedCount]) -> Iterator[Problem]:
    """A sentence for every stated number that the rows do not bear out."""
    for count in stated:
        if count.found is not None and count.found != count.count:
            place = f"{count.place[:1].upper()}{count.place[1:]}"
            message = f"{place} ghi {count.count} thủ tục (“{count.text}”) nhưng đọc được {count.found} dòng."
            yield Problem(count.place, str(count.count), message)
