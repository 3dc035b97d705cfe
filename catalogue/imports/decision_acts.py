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
_SUBJECT_OF_TARGET = re.compile(
    r"\s*,?\s*(?:về việc|về công bố|về (?=phê duyệt)|công bố|phê duyệt|ban hành|quy định)\b.*", re.DOTALL
)
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
        waits = bool(joined) and _names_rows(joined[-1]) and not _TARGET.search(joined[-1])
        if (
            waits
            or (keeps and joined and _TARGET.search(joined[-1]))
            or (joined and joined[-1].endswith(":") and opens)
        ):
            joined[-1] = f"{joined[-1].rstrip(';')}; {part}"
        else:
            joined.append(part)
    return joined


def _names_rows(part: str) -> bool:
    """Whether a piece says which rows to strike but not yet of which decision."""
    return "thứ tự" in part and any(pattern.search(part) for _, pattern in _VERBS)


def _acts_of(sentence: str, article: str, behind: str) -> Iterator[ParsedAct]:
    targets = [target for target in _TARGET.finditer(sentence) if not _is_inside_subject(sentence, target.start())]
    if not targets:
        return
    if _UNTOUCHED.search(fold(sentence).replace("uỷ", "ủy")) or re.search(
        r"giữ nguyên|không thay đổi|được tiếp tục", sentence
    ):
        return
    expires = bool(_EXPIRES.search(sentence))
    kind: ActKind | None = ActKind.ABOLISHED if expires else None
    end, previous = 0, ""
    for number, target in enumerate(targets):
        between = sentence[end : target.start()]
        if number:
            between = _SUBJECT_OF_TARGET.sub("", between) if not _ROWS.search(_tail(between)) else _tail(between)
        said = _verbs_in(between)
        rest = sentence[target.end() : targets[number + 1].start() if number + 1 < len(targets) else None]
        for earlier, words in said[:-1]:
            if "thứ tự" in words:
                yield _act(earlier, target, rest, _serials(words), sentence, article)
        if said:
            kind, between = said[-1]
        end = target.end()
        if kind is None:
            continue
        serials = _serials(between) or (previous if number and not said and not _ROWS.search(between) else "")
        previous = serials
        items = f"{serials}\n{behind}".strip() if behind else serials
        yield _act(kind, target, rest, items, sentence, article)


def _is_inside_subject(sentence: str, start: int) -> bool:
    """Whether a number is cited within the subject of another decision ("về việc sửa đổi Quyết định số …")."""
    before = sentence[:start]
    opened = max(before.rfind("về việc"), before.rfind("về công bố"))
    if opened < 0 or not _TARGET.search(before[:opened]):
        return False
    return not re.search(r"[;]|\bvà (?:thủ tục|Quy trình|Danh mục|số thứ tự|Quyết định)|\btại\b", before[opened:])


def _tail(between: str) -> str:
    """Of the words between two targets, those that belong to the second."""
    opens = r"(?:các |nội dung |số |thứ tự|danh mục|thủ tục|quy trình|quyết định|mục |phần )"
    pieces = re.split(rf";\s*(?={opens})|\s+và\s+(?={opens})", between, maxsplit=1, flags=re.IGNORECASE)
    return pieces[1] if len(pieces) > 1 else ""


def _verbs_in(text: str) -> list[tuple[ActKind, str]]:
    """The verbs before a target, each with its words; "được sửa đổi" describes, it does not act."""
    found = sorted(
        (match.start(), match.end(), kind)
        for kind, pattern in _VERBS
        for match in pattern.finditer(text)
        if not text[: match.start()].rstrip().lower().endswith(("được", "bị", "hành chính", "tthc", "danh mục"))
    )
    ends = [*(start for start, _, _ in found[1:]), len(text)][: len(found)]
    return [(kind, text[end:stop]) for (_, end, kind), stop in zip(found, ends, strict=True)]


def _serials(between: str) -> str:
    words = re.sub(r"\s+và$", "", " ".join(between.split()).strip(" :;,.-–"))
    words = re.sub(
        r"\s*(?:đã\s+)?(?:được\s+)?(?:ban hành|công bố|quy định)?\s*(?:kèm theo|tại|trong)?\s*(?:các)?$", "", words
    )
    return words if _ROWS.search(words) else ""


def _act(kind: ActKind, target: re.Match[str], rest: str, serials: str, sentence: str, article: str) -> ParsedAct:
    number = parse_decision_number(target[1])
    issuer = _ISSUER.search(_SUBJECT_OF_TARGET.sub("", rest[:400]) or rest[:200])
    signed = _signed(rest)
    return ParsedAct(
        kind,
        number.text,
        signed,
        " ".join(issuer[1].split()) if issuer else "",
        serials,
        not serials,
        sentence,
        article,
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
