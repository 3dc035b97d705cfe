"""The articles as printed, and from when the decision binds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from catalogue.imports.decision_values import EffectClause, Problem
from decisions.kinds import EffectType
from decisions.text import fold

_ARTICLE = re.compile(r"(?:^|\n)\s*(Điều\s+\d+[a-zđ]?)\s*[.:](?:\s|$)|(?:^|\n)\s*(Điều\s+\d+[a-zđ]?)\s*(?=\n|$)")
_INLINE = re.compile(r"(?<=[.)\]/\w:]) +(?=Điều \d+\.\s+[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ])")
_SPLIT_LABEL = re.compile(r"(^|\n)\s*Điều\s*\n\s*(\d+)\s*\.")
_SENTENCE = re.compile(r"(?<=[.])\s+|;\s+|\n")
_NUMBER_AHEAD = re.compile(r"^\(?\d+[.)]?$|\b(?:số|TP|KT|Q)\.$")
_EFFECT = re.compile(r"có hiệu lực")
_SUBJECT = re.compile(r"^(?:\d+\.\s*|[-–a-đ)]+\s*)?(?:Hiệu lực[^.]{0,40}?\s)?Quyết định(?: này)?\b", re.IGNORECASE)
_PARTS = re.compile(r"^(?:Các )?(?:thủ tục hành chính|bộ phận)[^.]*có hiệu lực", re.IGNORECASE)
_DATE = re.compile(r"ngày\s+(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})")
_EXECUTED = re.compile(r"thi hành Quyết định này kể từ ngày ký")
_UNTIL = re.compile(r"đến (?:hết )?(ngày\s+\d{1,2}\s*(?:tháng|[/.-])\s*\d{1,2}\s*(?:năm|[/.-])\s*\d{4})")
_OTHER = re.compile(
    r"(?:Nghị định|Thông tư(?: liên tịch)?|Nghị quyết|Luật|Quyết định|Pháp lệnh)\s+(?:số\s+)?"
    r"(\d+[\d.]*\w?/(?:\d{4}/)?[A-ZĐƯ][\w&Đ-]*)"
)
_ABOUT = re.compile(r"đối với\s+(.+?)\s*[.;]?$", re.DOTALL)


def split_articles(text: str) -> tuple[tuple[str, str], ...]:
    """Every "Điều n" with its text, in printed order; a number printed twice gives two entries."""
    joined = _SPLIT_LABEL.sub(r"\1Điều \2.", text)
    marks = list(_ARTICLE.finditer(joined))
    if len(marks) < 2:
        joined = _INLINE.sub("\n", joined)
        marks = list(_ARTICLE.finditer(joined))
    ends = [*(mark.start() for mark in marks[1:]), len(joined)][: len(marks)]
    return tuple(
        (" ".join((mark[1] or mark[2]).split()), joined[mark.end() : end].strip())
        for mark, end in zip(marks, ends, strict=True)
    )


def sentences(text: str) -> list[str]:
    """Sentences and list items of an article; a dot in a number, or before a small letter, ends none."""
    parts: list[str] = []
    for part in (piece.strip() for piece in _SENTENCE.split(text)):
        glued = parts and parts[-1].endswith(".") and (part[:1].islower() or _NUMBER_AHEAD.search(parts[-1]))
        if part and glued:
            parts[-1] = f"{parts[-1]} {part}"
        elif part:
            parts.append(part)
    return parts


def read_effects(
    articles: tuple[tuple[str, str], ...], signed_on: date | None
) -> tuple[tuple[EffectClause, ...], tuple[Problem, ...]]:
    """Every clause on when the decision, its parts or named procedures bind."""
    clauses: list[EffectClause] = []
    problems: list[Problem] = []
    for label, text in articles:
        parts = sentences(text)
        for index, sentence in enumerate(parts):
            if _EXECUTED.search(sentence) and all(clause.type is EffectType.UNRESOLVED for clause in clauses):
                clauses.append(EffectClause(sentence, EffectType.ON_SIGNING, signed_on, None, "", label))
            if not _EFFECT.search(sentence) or not _is_clause(sentence):
                continue
            items = _items_after(sentence, parts[index + 1 :])
            clauses += [_clause(item, sentence, label, signed_on, problems) for item in items or [sentence]]
        clauses += list(_until_only(label, parts, problems))
    return tuple(_with_term(clauses)), tuple(problems)


def _with_term(clauses: list[EffectClause]) -> list[EffectClause]:
    """A term stated apart ("Thời hạn ủy quyền: … đến hết ngày …") ends the decision as a whole."""
    terms = [clause for clause in clauses if clause.until and clause.type is EffectType.UNRESOLVED]
    whole = next((clause for clause in clauses if not clause.about and clause.type is not EffectType.UNRESOLVED), None)
    if not terms or whole is None or whole.until:
        return clauses
    ended = replace(whole, until=terms[0].until)
    return [ended if clause is whole else clause for clause in clauses if clause not in terms]


def _is_clause(sentence: str) -> bool:
    effect = sentence.find("có hiệu lực")
    subject = _SUBJECT.search(sentence)
    return bool(_PARTS.match(sentence)) or (
        subject is not None and subject.end() <= effect and effect - subject.end() < 40
    )


def _items_after(sentence: str, following: list[str]) -> list[str]:
    """ "có hiệu lực thi hành:" followed by "1. Kể từ ngày … đối với …"."""
    if not sentence.rstrip().endswith(":"):
        return []
    items: list[str] = []
    for part in following:
        if not re.match(r"(?:\d+\.|[-–]|[a-đ]\))?\s*(?:kể )?từ ngày", part, re.IGNORECASE):
            break
        items.append(part)
    return items


def _clause(item: str, sentence: str, label: str, signed_on: date | None, problems: list[Problem]) -> EffectClause:
    until_match = _UNTIL.search(item)
    until = _dated(until_match[1], label, problems) if until_match else None
    stated = item[: until_match.start()] if until_match else item
    about_match = _ABOUT.search(item) if item is not sentence else None
    about = about_match[1] if about_match else ("các bộ phận của thủ tục" if _PARTS.match(sentence) else "")
    kind, on, other = _beginning(stated, label, signed_on, problems)
    return EffectClause(item, kind, on, until, other, label, about)


def _beginning(
    stated: str, label: str, signed_on: date | None, problems: list[Problem]
) -> tuple[EffectType, date | None, str]:
    """Type, day and the other text of one printed beginning."""
    tail = stated[stated.find("hiệu lực") :] if "hiệu lực" in stated else stated
    tail = re.split(r"(?:và|,|;)\s+(?:thay thế|bãi bỏ|sửa đổi)", tail)[0]
    folded = fold(tail)
    if re.match(r"(?:hieu luc )?(?:thi hanh )?(?:ke )?(?:tu )?(?:ke )?ngay (?:ky|ban hanh)", folded):
        return EffectType.ON_SIGNING, signed_on, ""
    if (other := _OTHER.search(tail)) and re.search(r"\btheo\b|tu ngay", folded):
        return EffectType.WITH_TEXT, None, other[1]
    if "van ban" in folded and "hieu luc" in folded[8:]:
        return EffectType.WITH_TEXT, None, ""
    if match := _DATE.search(tail):
        on = _dated(match[0], label, problems)
        return (EffectType.FIXED if on else EffectType.UNRESOLVED), on, ""
    if re.search(r"(?:tu |ke )?ngay (?:ky|ban hanh)", folded):
        return EffectType.ON_SIGNING, signed_on, ""
    return EffectType.UNRESOLVED, None, ""


def _until_only(label: str, parts: list[str], problems: list[Problem]) -> Iterator[EffectClause]:
    """ "Thời hạn ủy quyền: kể từ ngày Quyết định này có hiệu lực đến hết ngày …"."""
    for part in parts:
        if re.match(r"thời hạn (?:ủy|uỷ) quyền|thời hạn áp dụng", part, re.IGNORECASE) and (
            match := _UNTIL.search(part)
        ):
            yield EffectClause(part, EffectType.UNRESOLVED, None, _dated(match[1], label, problems), "", label)


def _dated(printed: str, label: str, problems: list[Problem]) -> date | None:
    match = _DATE.search(printed)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        shown = f"{match[1]}/{match[2]}/{match[3]}"
        problems.append(Problem(label, shown, f"Ngày {shown} ở {label} không có thật."))
        return None
