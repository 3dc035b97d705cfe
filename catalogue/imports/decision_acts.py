"""What the articles do to earlier decisions: whole, or by printed serial numbers of an older annex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from catalogue.imports.decision_articles import sentences
from catalogue.imports.decision_values import ParsedAct
from decisions.kinds import ActKind
from decisions.numbering import parse_decision_number
from decisions.text import fold

_TARGET = re.compile(
    r"(?:(?:các\s+)?Quyết định\s*:?\s*(?:số\s*:?\s*)?|(?<=[\s,;:(])[Ss]ố\s+)"
    r"(\d+[a-zđ]?\s*/\s*(?:\d{4}\s*/\s*)?QĐ\s*-\s*[A-ZĐƯ][\w&Đ-]*)",
    re.IGNORECASE,
)
_VERBS: tuple[tuple[ActKind, re.Pattern[str]], ...] = (
    (ActKind.CORRECTED, re.compile(r"đính chính", re.IGNORECASE)),
    (ActKind.REVOKED, re.compile(r"thu hồi", re.IGNORECASE)),
    (ActKind.ABOLISHED, re.compile(r"bãi bỏ|thay thế|huỷ bỏ|hủy bỏ", re.IGNORECASE)),
    (ActKind.AMENDED, re.compile(r"sửa đổi(?:, bổ sung)?", re.IGNORECASE)),
)
_EXPIRES = re.compile(r"hết hiệu lực")
_UNTOUCHED = re.compile(r"giữ nguyên|không thay đổi|tiếp tục (?:được )?thực hiện|căn cứ")
_SUBJECT_OF_TARGET = re.compile(r"\s*,?\s*(?:về việc|về công bố|về (?=phê duyệt)|công bố|phê duyệt|ban hành|quy định)\b.*", re.DOTALL)
_DATE = re.compile(r"^\W{0,3}ngày\s+(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})", re.IGNORECASE)
_ISSUER = re.compile(
    r"của\s+((?:Chủ tịch|Giám đốc|Bộ trưởng|Bộ|Ủy ban|Uỷ ban|UBND|Chánh)[^,;.()]*?)"
    r"(?=\s+(?:về|công bố|phê duyệt|ban hành|hết hiệu lực|và thủ tục|và Quyết)|[,;.()]|$)"
)
_ROWS = re.compile(r"thứ tự|mục|phần|phụ lục|danh mục|thủ tục|tthc|nội dung|quy trình", re.IGNORECASE)
_TITLE_ACT = re.compile(r"^(?:về việc\s+)?(?:sửa đổi|đính chính|thu hồi|bãi bỏ|hủy bỏ|huỷ bỏ|thay thế)", re.IGNORECASE)


def read_acts(subject: str, articles: tuple[tuple[str, str], ...]) -> tuple[ParsedAct, ...]:
    """Acts of the title ("Sửa đổi, bổ sung Quyết định số …") and of the articles, in printed order."""
    acts = list(_acts_of(subject, "tiêu đề", "")) if _TITLE_ACT.match(subject) else []
    for label, text in articles:
        parts = _joined(sentences(text))
        for index, sentence in enumerate(parts):
            behind = "\n".join(parts[index + 1 :]) if "sau đây" in sentence else ""
            acts += _acts_of(sentence, label, behind)
    return tuple(_merged(acts))


def _joined(parts: list[str]) -> list[str]:
    """A list of rows or targets goes on behind a semicolon: "…; số thứ tự 01, 02 mục A … tại Quyết định …"."""
    joined: list[str] = []
    for part in parts:
        opens = re.match(r"(?:số thứ tự|thứ tự|số\s+\d|quyết định số|các quyết định)", part, re.IGNORECASE)
        keeps = opens and part[0].islower() or (opens and part.lower().startswith("quyết định số"))
        if keeps and joined and _TARGET.search(joined[-1]) or (joined and joined[-1].endswith(":") and opens):
            joined[-1] = f"{joined[-1].rstrip(';')}; {part}"
        else:
            joined.append(part)
    return joined


def _acts_of(sentence: str, article: str, behind: str) -> Iterator[ParsedAct]:
    targets = [target for target in _TARGET.finditer(sentence) if not _is_inside_subject(sentence, target.start())]
    if not targets:
        return
    if _UNTOUCHED.search(fold(sentence).replace("uỷ", "ủy")) or re.search(r"giữ nguyên|không thay đổi|được tiếp tục", sentence):
        return
    expires = bool(_EXPIRES.search(sentence))
    kind: ActKind | None = ActKind.ABOLISHED if expires else None
    serials, end, previous = "", 0, ""
    for number, target in enumerate(targets):
        between = sentence[end : target.start()]
        if number:
            between = _SUBJECT_OF_TARGET.sub("", between) if not _ROWS.search(_tail(between)) else _tail(between)
        found = _verb_in(between)
        if found:
            kind, between = found
        if kind is None:
            end = target.end()
            continue
        serials = _serials(between) or (previous if number and not found and not _ROWS.search(between) else "")
        previous = serials
        rest = sentence[target.end() : targets[number + 1].start() if number + 1 < len(targets) else None]
        items = f"{serials}\n{behind}".strip() if behind else serials
        yield _act(kind, target, rest, items, sentence, article)
        end = target.end()


def _is_inside_subject(sentence: str, start: int) -> bool:
    """Whether a number is cited within the subject of another decision ("về việc sửa đổi Quyết định số …")."""
    before = sentence[:start]
    opened = max(before.rfind("về việc"), before.rfind("về công bố"))
    if opened < 0 or not _TARGET.search(before[:opened]):
        return False
    return not re.search(r"[;]|\bvà (?:thủ tục|Quy trình|Danh mục|số thứ tự|Quyết định)|\btại\b", before[opened:])


def _tail(between: str) -> str:
    """Of the words between two targets, those that belong to the second."""
    pieces = re.split(r";\s*|\s+và\s+(?=thủ tục|quy trình|danh mục|số thứ tự|quyết định)", between, flags=re.IGNORECASE)
    return pieces[-1] if len(pieces) > 1 else ""


def _verb_in(text: str) -> tuple[ActKind, str] | None:
    """The last verb before a target and the words behind it; "được sửa đổi" describes, it does not act."""
    best: tuple[int, ActKind, str] | None = None
    for kind, pattern in _VERBS:
        for match in pattern.finditer(text):
            before = text[: match.start()].rstrip()
            if before.lower().endswith(("được", "bị", "hành chính", "tthc", "danh mục")):
                continue
            if best is None or match.start() > best[0]:
                best = (match.start(), kind, text[match.end() :])
    return (best[1], best[2]) if best else None


def _serials(between: str) -> str:
    words = " ".join(between.split()).strip(" :;,.-–")
    words = re.sub(r"\s*(?:được|đã được)?\s*(?:ban hành|công bố)?\s*(?:kèm theo|tại|trong)?\s*(?:các)?$", "", words)
    return words if _ROWS.search(words) else ""


def _act(
    kind: ActKind, target: re.Match[str], rest: str, serials: str, sentence: str, article: str
) -> ParsedAct:
    number = parse_decision_number(target[1])
    issuer = _ISSUER.search(_SUBJECT_OF_TARGET.sub("", rest[:400]) or rest[:200])
    signed = _signed(rest)
    return ParsedAct(
        kind, number.text, signed, " ".join(issuer[1].split()) if issuer else "", serials, not serials, sentence, article
    )


def _signed(rest: str) -> date | None:
    match = _DATE.match(rest)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def _merged(acts: list[ParsedAct]) -> Iterator[ParsedAct]:
    """The title names what an article then says in full: one act on one target by one kind and rows is enough."""
    seen: set[tuple[ActKind, str, str]] = set()
    for act in acts:
        key = (act.kind, act.target, act.serials)
        if key not in seen:
            seen.add(key)
            yield act
