"""The head of a decision: number, issuer, place and date, subject, authority, bases, proposal, signer, recipients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from catalogue.imports.decision_values import DecisionHead, Problem
from decisions.numbering import DecisionNumber, parse_decision_number
from decisions.text import fold

_NUMBER = re.compile(r"(?<!\w)Số\s*:?\s*(\d*\s*[A-Za-zđ]?\s*\.?\s*/\s*(?:\d{4}\s*/\s*)?Q[ĐD][^\s,;|]*)")
_DATE = re.compile(r"([^\n,|]{2,40}),\s*ngày\s*(\d{0,2})\s*tháng\s*(\d{0,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_DECIDES = re.compile(r"QUYẾT ĐỊNH\s*:")
_MOTTO = re.compile(
    r"CỘNG H[ÒO]À?A? XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc", re.IGNORECASE
)
_RULE = re.compile(r"[-_–—*]{3,}")
_AUTHORITY = re.compile(
    r"^(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|CHÁNH VĂN PHÒNG|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|TỔNG|CỤC TRƯỞNG)\b"
)
_BASIS = re.compile(r"(?=\bCăn cứ\b)")
_PROPOSAL = re.compile(r"(?:Theo|Xét) (?:đề nghị|đề xuất)|Trên cơ sở")
_TITLES = (
    "CHỦ TỊCH|PHÓ CHỦ TỊCH|GIÁM ĐỐC|PHÓ GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THƯỜNG TRỰC|CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG|"
    "ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|CỤC TRƯỞNG|PHÓ CỤC TRƯỞNG"
)
_CAPACITY = re.compile(
    rf"^\s*((?:(?:KT|TM|TUQ|TL|Q)\s*\.\s*)?(?:{_TITLES})(?:\s*/?\s*(?:{_TITLES}))*)\s*(.*)$", re.DOTALL
)


@dataclass(frozen=True)
class FrontMatter:
    """What stands before the articles."""

    head: DecisionHead
    bases: tuple[str, ...]
    proposal: str
    problems: tuple[Problem, ...]


def read_front(texts: list[str], signature: list[str]) -> FrontMatter:
    """Reads the text blocks before "QUYẾT ĐỊNH:" and the cells of the signature table."""
    whole = "\n".join(texts)
    number = _number(whole[: whole.find("Căn cứ ")] if "Căn cứ " in whole else whole)
    place, signed_on, problems = _date(whole)
    capacity, signer = _signature(signature)
    start = _body_start(texts)
    subject, authority, rest = _subject(texts[start:])
    bases, proposal = _bases(rest)
    head = DecisionHead(number, _issuer(texts, number), authority, place, signed_on, subject, signer, capacity)
    if not number.number:
        problems.append(Problem("phần đầu", number.printed, "Không thấy số của quyết định ở phần đầu văn bản."))
    return FrontMatter(head, bases, proposal, tuple(problems))


def recipients_of(signature: list[str]) -> tuple[str, ...]:
    """The lines under "Nơi nhận"."""
    for text in signature:
        if fold(text).lstrip().startswith("noi nhan"):
            listed = re.sub(r"^\W*nơi nhận\s*:?", "", text, flags=re.IGNORECASE)
            items = (item.strip(" -;.\n") for item in re.split(r"[;\n]", listed))
            return tuple(item for item in items if item)
    return ()


def _number(whole: str) -> DecisionNumber:
    match = _NUMBER.search(whole)
    if match is None or not match[1].strip(" ./")[:1].isdigit():
        return parse_decision_number("")
    return parse_decision_number(match[1])


def _date(whole: str) -> tuple[str, date | None, list[Problem]]:
    for match in _DATE.finditer(whole):
        place = re.split(r"Hạnh phúc|/Q[ĐD]\S*", match[1])[-1].strip(" -–")
        printed = f"{place}{match[0][len(match[1]) :]}"
        if not match[2] or not match[3]:
            return place, None, [Problem("phần đầu", printed, f"Ngày ký chưa ghi đủ: “{printed}”.")]
        try:
            return place, date(int(match[4]), int(match[3]), int(match[2])), []
        except ValueError:
            shown = f"{match[2]}/{match[3]}/{match[4]}"
            return place, None, [Problem("phần đầu", shown, f"Ngày ký {shown} ở phần đầu quyết định không có thật.")]
    return "", None, [Problem("phần đầu", "", "Không thấy ngày ký ở phần đầu quyết định.")]


def _issuer(texts: list[str], number: DecisionNumber) -> str:
    """The body above the number: capital lines before the motto, the rule below them left out."""
    found: list[str] = []
    for text in texts:
        if found and (_NUMBER.search(text) or fold(text).startswith("quyet dinh")):
            break
        for part in _MOTTO.split(_RULE.sub(" ", text)):
            words = " ".join(_NUMBER.sub(" ", part).split())
            if _is_body(words):
                found.append(words)
        if found and _NUMBER.search(text):
            break
    return " ".join(found)


def _is_body(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    if len(letters) < 4 or "/" in words or fold(words).startswith(("quyet dinh", "so:", "chu tich", "bo truong")):
        return False
    names = re.search(
        r"ủy ban|uỷ ban|^bộ |ubnd|trung tâm|tỉnh |thành phố|văn phòng|công nghệ|môi trường", words, re.IGNORECASE
    )
    return bool(names) and sum(c.isupper() for c in letters) / len(letters) > 0.8


def _body_start(texts: list[str]) -> int:
    """The block with the word QUYẾT ĐỊNH that opens the subject."""
    for index, text in enumerate(texts):
        if re.match(r"\s*QUYẾT ĐỊNH(?!\s*:)", text):
            return index
    return len(texts)


def _subject(texts: list[str]) -> tuple[str, str, str]:
    """Subject, authority line, and everything behind them."""
    subject: list[str] = []
    for index, text in enumerate(texts):
        opening, *behind = re.split(r"(?=\bCăn cứ )", text, maxsplit=1)
        if subject and _AUTHORITY.match(opening.strip()) and opening.strip().isupper():
            return " ".join(subject), opening.strip(), "\n".join([*behind, *texts[index + 1 :]])
        words = re.sub(r"^\s*QUYẾT ĐỊNH\b", "", opening).strip()
        if words:
            subject.append(" ".join(words.split()))
        if behind or (subject and index and _BASIS.match(text)):
            return " ".join(subject), "", "\n".join([*behind, *texts[index + 1 :]])
    return " ".join(subject), "", ""


def _bases(rest: str) -> tuple[tuple[str, ...], str]:
    rest = _DECIDES.split(rest)[0]
    proposal = ""
    if match := _PROPOSAL.search(rest):
        proposal = " ".join(rest[match.start() :].split()).strip(" .;,")
        rest = rest[: match.start()]
    bases = (" ".join(part.split()).strip(" .;,*") for part in _BASIS.split(rest))
    return tuple(part for part in bases if part.startswith("Căn cứ")), proposal


def _signature(cells: list[str]) -> tuple[str, str]:
    for text in cells:
        words = " ".join(text.split())
        if match := _CAPACITY.match(words):
            return " / ".join(_capacities(match[1])), match[2].strip()
    return "", ""


def _capacities(printed: str) -> list[str]:
    """ "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" is printed on two lines: the office signed for, then the signer's own."""
    spaced = re.sub(r"(KT|TM|TUQ|TL|Q)\s*\.\s*", r"\1. ", " ".join(printed.split()))
    own = r"\s+(?=PHÓ |THỨ TRƯỞNG|CHÁNH |(?<=DÂN )CHỦ TỊCH)|(?<=TỊCH)\s+(?=GIÁM ĐỐC)|\s*/\s*"
    return [part.strip() for part in re.split(own, spaced) if part.strip()]
