"""What stands above a table of steps: which procedures it is for, which case, which level, which time the law gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue.imports.decision_labels import level_of_heading
from decisions.kinds import Level
from decisions.numbering import find_codes
from decisions.text import clean, fold, squeezed

_CODE = r"[1-9]\s?\.\s?\d{6}(?:\.\d{2,3})*(?:\.[GH]\d{2})?"
_SERIAL = re.compile(r"quy trình\s+(?:số|thứ)\s*:?\s*(\d{1,3})", re.IGNORECASE)
_LIMIT = re.compile(
    r"[-–*+(]?\s*(?:tổng\s+)?(?:thời gian|thời hạn)\s*(?:giải quyết|thực hiện|quy định)?[^:\n\d]{0,40}:\s*([^\n]+)",
    re.IGNORECASE,
)
_LETTERED_CASE = re.compile(r"(?:^|\s)[a-zđ][).]\s*(Trường hợp.+)$", re.IGNORECASE | re.DOTALL)
_PLAIN_CASE = re.compile(r"(?:^|\n)\W*(?:[IVX\d.]+\s+)?(Trường hợp\b.+)$", re.DOTALL)
_ITEM = re.compile(r"(?<![\d.,/])(\d{1,2}\.\d{1,2})\.?\s+(?=[A-ZĐÀ-Ỹ“\"])")
_NUMBERED = re.compile(r"(?:(?<=\s)|^)(\d{1,3}|[IVX]{1,5})\s?\.\s?(?=[A-ZĐÀ-Ỹ“\"])")
_LEAD = re.compile(
    r"^(?:tên\s+)?quy trình\s*:?\s*(?:(?:nội bộ|điện tử|liên thông|trong|thực hiện|giải quyết|nhóm|các|"
    r"đối với|của|tái cấu trúc|thủ tục hành chính|TTHC)\b[\s,:–-]*|\d+\s+TTHC[\s,:]*(?:gồm)?[\s:]*)*",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^\W*tên\s+(?:thủ tục(?:\s+hành chính)?|TTHC|quy trình)\s*:\s*", re.IGNORECASE)
_SYMBOL = re.compile(r"[-–*+(]?\s*(?:ký hiệu|mã hiệu)(?:\s+quy trình)?\s*:\s*([\w.&/Đ-]*\d)\)?", re.IGNORECASE)
_CODE_TAIL = re.compile(
    rf"\s*[-–—]*\s*[(\[]?\s*(?:(?:mã\s*(?:số|TTHC|thủ tục|hồ sơ)?(?:\s*TTHC)?)\s*:?\s*)?{_CODE}.*$|\s*[(\[]\s*mã\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_NAMES = re.compile(r"thu tuc|tthc|quy trinh|\bma so\b|^\W*[ivx\d]+\s?[.)]")
_SECTION_OF_PAPER = re.compile(
    r"^\W*\d+\.?\s*(?:quy trinh giai quyet|noi dung quy trinh|luu do|mo ta quy trinh|quy trinh xu ly)\W*$"
)
_PART_OF_CONTENT = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*){1,3}(?:trinh tu thuc hien|cach thuc|thanh phan|so luong|thoi han|thoi gian|doi tuong|"
    r"co quan|ket qua|phi\b|le phi|mau don|ten mau|yeu cau|can cu|muc dich|pham vi|tai lieu|dinh nghia|noi dung|"
    r"bieu mau|ho so|trach nhiem|cac bieu mau|tu viet tat)"
)
_COUNTED = re.compile(r"\(\s*\d+\s*(?:tthc|quy trinh|thu tuc)|: \d+ quy trinh\W*$")
_OPENING = re.compile(r"^\W*(?:(?:[ivx]{1,4}|\d{1,3})\s?[.)]\s*)?(?:quy trinh|thu tuc|nhom \d+ (?:tthc|thu tuc))\b")
_CASE = re.compile(r"^\W*(?:[a-zđ][).]\s*|[ivx\d]+[.)]\s*)?truong hop\b")
_STAGE = re.compile(
    r"^\W*(?:(?:[ivx]+|[a-d]|\d{1,2}(?:\.\d{1,2})*)[.)]?\s+)?"
    r"(?:quy trinh (?:noi bo )?(?:giai quyet )?(?:thuc hien )?(?:tai|o|cua)|giai doan|tai |trinh tu|"
    r"cap (?:xa|tinh|huyen)|thuc hien tai|phan cong viec)\b"
)


@dataclass(frozen=True)
class NamedProcedure:
    """A procedure as a heading names it; either may be empty."""

    name: str
    code: str


@dataclass(frozen=True)
class WorkflowHeading:
    """A heading over a table of steps. ``procedures`` has several where one workflow serves a group."""

    text: str
    ordinal: str
    procedures: tuple[NamedProcedure, ...]
    case: str
    limit: str
    level: Level | None
    symbol: str = ""


def names_procedure(text: str) -> bool:
    """Whether a heading opens a workflow of some procedure; "6. Quy trình giải quyết" opens none."""
    flat = clean(text)
    folded = fold(flat[:400])
    if _SECTION_OF_PAPER.match(folded) or opens_case(text) or _PART_OF_CONTENT.match(folded):
        return False
    if _SERIAL.search(flat[:200]) or (find_codes(text) and _NAMES.search(fold(flat))):
        return True
    if opens_stage(text) or _COUNTED.search(folded) or (is_capital(flat) and not _NUMBERED.match(flat)):
        return False
    return bool(_OPENING.match(folded) or _NUMBERED.match(flat) or len(_ITEM.findall(flat)) > 1)


def is_capital(text: str) -> bool:
    """Whether most letters are capitals."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def is_part_of_paper(text: str) -> bool:
    """Whether a heading only numbers the table of steps among the parts of the paper."""
    return bool(_SECTION_OF_PAPER.match(fold(clean(text)[:200])))


def opens_case(text: str) -> bool:
    """Whether a heading names a case of the procedure above ("b) Trường hợp thành lập hội đồng")."""
    return bool(_CASE.match(fold(text[:60])))


def opens_stage(text: str) -> bool:
    """Whether a heading names a part of the way ("Quy trình nội bộ tại UBND thành phố", "II. Trình tự thẩm định")."""
    return bool(_STAGE.match(fold(text[:120]))) and not find_codes(text)


def read_heading(text: str) -> WorkflowHeading:
    """Takes a heading apart; several paragraphs are joined by line feeds."""
    printed = "\n".join(line for line in (clean(part) for part in text.split("\n")) if line)
    serial = _SERIAL.findall(printed)
    limit = _LIMIT.search(printed)
    symbol = _SYMBOL.search(printed)
    rest = _SYMBOL.sub(" ", _LIMIT.sub(" ", printed))
    case = _LETTERED_CASE.search(rest) or _PLAIN_CASE.search(rest)
    if case:
        rest = rest[: case.start()]
    rest = _SERIAL.sub(" ", rest)
    procedures, number = _procedures(rest)
    return WorkflowHeading(
        " ".join(printed.split()),
        serial[-1] if serial else number,
        procedures,
        clean(case[1]).rstrip(" .:;") if case else "",
        clean(limit[1]) if limit else "",
        _level(printed),
        symbol[1] if symbol else "",
    )


def _level(printed: str) -> Level | None:
    """Only a heading in capitals ("A. QUY TRÌNH … CẤP XÃ") says it; a procedure may be named after a level."""
    levels = [level_of_heading(line) for line in printed.split("\n") if "CẤP" in line]
    return next((level for level in reversed(levels) if level), None)


def _procedures(text: str) -> tuple[tuple[NamedProcedure, ...], str]:
    items = list(_ITEM.finditer(text))
    if len(items) > 1:
        ends = [*(item.start() for item in items[1:]), len(text)]
        pieces = [text[item.end() : end] for item, end in zip(items, ends, strict=True)]
        return tuple(_named(piece) for piece in pieces), items[0][1].split(".")[0]
    numbers = list(_NUMBERED.finditer(text))
    ends = [*(number.start() for number in numbers[1:]), len(text)][: len(numbers)]
    coded = [n for n, end in zip(numbers, ends, strict=True) if find_codes(text[n.end() : end])]
    numbers = coded or numbers
    main = text[numbers[-1].end() :] if numbers else text.split("\n")[-1]
    if not clean(main):
        main = text
    named = _named(main)
    return ((named,) if named.name or named.code else ()), numbers[-1][1] if numbers else ""


def _named(text: str) -> NamedProcedure:
    """Further paragraphs are no part of the name, unless the first one is too short to be one."""
    codes = find_codes(text)
    lines = [clean(line) for line in text.strip().split("\n")]
    flat = _TITLE.sub("", lines[0] if len(lines[0]) > 12 else " ".join(lines))
    name = _CODE_TAIL.sub("", flat)
    name = re.sub(r"\[\d+\]", "", _LEAD.sub("", name, count=1))
    return NamedProcedure(name.strip(' :;.,-–“”"('), codes[0].printed if codes else "")


def without_case(heading: str) -> str:
    """A heading without the case it ends in, for the next case of the same procedure."""
    found = _LETTERED_CASE.search(heading) or _PLAIN_CASE.search(heading)
    return (heading[: found.start()] if found else heading).strip()


def bare_name(name: str) -> str:
    """A name as it is compared: folded letters only, without "thủ tục" in front."""
    return re.sub(r"^(?:thutuc(?:hanhchinh)?)", "", squeezed(name))
