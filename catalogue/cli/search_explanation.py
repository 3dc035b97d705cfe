"""``catalogue search --explain``: what each word, the name and the rest add to the score of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from catalogue import indexing
from search_index import relevance, vietnamese
from search_index.ports import Hit, ScorePart

_WHAT = {
    "folded": "chữ «{term}»",
    "marked": "đúng dấu «{term}»",
    "pair": "cặp chữ «{term}»",
    "telling": "tên gồm những chữ được hỏi, chữ hiếm nặng hơn",
    "opening": "đầu tên đúng việc được hỏi",
    "paired": "tên có các cặp chữ được hỏi",
    "held": "nội dung có những chữ được hỏi",
    "nearest": "làm ở cấp gần dân nhất",
    "sector": "cùng lĩnh vực với các kết quả đầu",
    "other_act": "tên thiếu việc được hỏi (gia hạn, cấp lại …)",
    "other_matter": "tên có việc không được hỏi",
    "farther": "tên thuộc cấp xa hơn, câu hỏi không nhắc",
    "boost": "văn bản riêng của tỉnh khác",
    "code": "đúng mã số",
    "number": "đúng số quyết định",
    "pinned": "được ghim cho câu này",
    "floor": "điểm không xuống dưới 0",
}
_FIELDS = {
    "name": "tên", "friendly_name": "tên thường gọi", "keywords": "từ khóa", "sector": "lĩnh vực",
    "agency": "cơ quan", "body": "nội dung",
}  # fmt: skip


def explained(session: Session, hit: Hit, asked: str) -> list[dict[str, Any]]:
    """The parts of a score: what, term, the phrase that brought it, how much, and the share of each field."""
    ids = [int(hit.procedure)] if hit.procedure.isdigit() else []
    document = next((one for one in indexing.documents(session, ids) if one.key == hit.key), None)
    typed = {word.marked: asked[word.start : word.end].lower() for word in vietnamese.words(asked)}
    found = []
    for part in hit.parts:
        fields: Mapping[str, float] = {}
        if document is not None and part.what in relevance.TEXT_KINDS:
            fields = relevance.shares(document, part.what, part.term.replace(" ", "_"))
        found.append({
            "what": part.what, "term": _term(part, typed), "origin": part.origin, "worth": round(part.worth, 4),
            "fields": {name: round(share, 3) for name, share in fields.items()},
        })  # fmt: skip
    return found


def told(parts: list[dict[str, Any]]) -> str:
    """The parts as indented lines, the largest first."""
    return "\n".join(f"    {part['worth']:+9.2f}  {_sentence(part)}" for part in parts)


def _term(part: ScorePart, typed: Mapping[str, str]) -> str:
    return typed.get(part.term, part.term) if part.what == relevance.MARKED else part.term


def _sentence(part: dict[str, Any]) -> str:
    what = _WHAT[part["what"]].format(term=part["term"])
    origin = f" từ «{part['origin']}»" if part["origin"] else ""
    fields = ", ".join(f"{_FIELDS[name]} {share:.0%}" for name, share in part["fields"].items() if share >= 0.005)
    return f"{what}{origin}{f' ({fields})' if fields else ''}"
