"""Questions of our own with the procedures that answer them: what a change to search is measured on.

They are written and judged by us, over the sample province (tier ``sample``) and over national codes (tier
``national``); ``docs/judgements.md`` says how.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from search_index.vietnamese import clean

TIERS = ("sample", "national")
OUT_OF_SCOPE = "out_of_scope"
_KEYS = frozenset({"query", "codes", "kind", "tier"})


@dataclass(frozen=True)
class Judged:
    """A question, the codes of which any answers it (none where no office does), its kind and its tier."""

    query: str
    codes: tuple[str, ...]
    kind: str
    tier: str


# How far nDCG@10 may fall below the score of the last release before it is a fault.
MOST_LOST = 0.02


def released() -> dict[str, float]:
    """nDCG@10 of each tier at the last release, as CHANGELOG prints it."""
    text = (resources.files("catalogue") / "judged" / "scores.json").read_text("utf-8")
    return {tier: float(score) for tier, score in json.loads(text).items()}


class BadJudgement(ValueError):
    """A line is not a judgement; the sentence names the file, the line and what is wrong."""


@cache
def questions() -> tuple[Judged, ...]:
    """Every question, tier by tier, in the order of the files.

    Raises:
        BadJudgement: a line is broken, has other keys, repeats a question, or judges what it should not.
    """
    folder = resources.files("catalogue") / "judged"
    return tuple(
        judged for tier in TIERS for judged in read(f"{tier}.jsonl", (folder / f"{tier}.jsonl").read_text("utf-8"))
    )


def read(name: str, text: str) -> Iterator[Judged]:
    """The judgements of a file of lines ``{"query", "codes", "kind", "tier"}``; raises BadJudgement as `questions`."""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        judged = _judged(f"{name}, dòng {number}", line)
        if judged.query in seen:
            raise BadJudgement(f"{name}, dòng {number}: câu «{judged.query}» đã có ở trên.")
        seen.add(judged.query)
        yield judged


def _judged(place: str, line: str) -> Judged:
    try:
        record = json.loads(line)
    except ValueError:
        raise BadJudgement(f"{place}: không phải JSON.") from None
    if not isinstance(record, dict) or set(record) != _KEYS:
        raise BadJudgement(f"{place}: cần đúng các khóa {', '.join(sorted(_KEYS))}.")
    query, codes, kind, tier = (record[key] for key in ("query", "codes", "kind", "tier"))
    if not (isinstance(codes, list) and all(isinstance(text, str) for text in (query, kind, tier, *codes))):
        raise BadJudgement(f"{place}: query, kind, tier là chữ, codes là danh sách chữ.")
    if not query or query != clean(query) or tier not in TIERS:
        raise BadJudgement(f"{place}: câu hỏi phải là chữ NFC, không thừa khoảng trắng, thuộc một trong {TIERS}.")
    if bool(codes) == (kind == OUT_OF_SCOPE) or len(set(codes)) != len(codes):
        raise BadJudgement(f"{place}: câu ngoài phạm vi không có mã, câu khác có ít nhất một, không mã nào lặp lại.")
    return Judged(query, tuple(codes), kind, tier)
