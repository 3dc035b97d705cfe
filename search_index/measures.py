"""How good and how fast search is, on questions with known answers; gain after Järvelin and Kekäläinen (2002)."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DEPTH = 10

Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class RatedQuestion:
    """A question and the codes of which any answers it; what tier and kind it is of, and who asked it."""

    text: str
    codes: frozenset[str]
    tier: str = ""
    kind: str = ""
    source: str = ""


def hit_at_1(answers: Sequence[str], relevant: Collection[str]) -> float:
    """1.0 when the first answer is relevant, else 0.0."""
    return float(bool(answers) and answers[0] in relevant)


def recall(answers: Sequence[str], relevant: Collection[str], depth: int = DEPTH) -> float:
    """The share (0 to 1) of the relevant codes among the first `depth` answers."""
    return len(set(answers[:depth]) & set(relevant)) / len(set(relevant)) if relevant else 0.0


def ndcg(answers: Sequence[str], relevant: Collection[str], depth: int = DEPTH) -> float:
    """Discounted gain of the first `depth` answers against the best order, 0 to 1; a code gains once."""
    wanted = set(relevant)
    gain = 0.0
    for place, code in enumerate(answers[:depth]):
        if code in wanted:
            wanted.discard(code)
            gain += 1.0 / math.log2(place + 2)
    best = sum(1.0 / math.log2(place + 2) for place in range(min(len(set(relevant)), depth)))
    return gain / best if best else 0.0


def reciprocal_rank(answers: Sequence[str], relevant: Collection[str]) -> float:
    """1 over the place of the first relevant answer, 0.0 without one."""
    return next((1.0 / place for place, code in enumerate(answers, start=1) if code in relevant), 0.0)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed; 0.0 of nothing."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def rated(records: Iterable[Mapping[str, Any]], known_codes: Collection[str]) -> list[RatedQuestion]:
    """Questions from records {"query", "codes", "tier", "kind", "source"}, less those with no code in the catalogue.

    Only the known codes of a question stay relevant: what is not in the catalogue cannot be found.
    """
    questions: list[RatedQuestion] = []
    for record in records:
        codes = frozenset(code for code in record.get("codes", ()) if code in known_codes)
        if codes:
            told = (str(record.get(key) or "") for key in ("tier", "kind", "source"))
            questions.append(RatedQuestion(str(record["query"]), codes, *told))
    return questions


def evaluate(
    search: Search, questions: Iterable[RatedQuestion], clock: Callable[[], float] = time.perf_counter
) -> dict[str, Any]:
    """Ask every question; the measures over all, the same for each tier under "by_tier", for each kind under "by_kind".

    `search` gives codes, best first; `clock` seconds. Keys: n, hit@1, ndcg@10, recall@10, mrr, zero_results (a
    count), zero_share (of 1), p50_ms, p95_ms.
    """
    asked: list[tuple[RatedQuestion, list[str], float]] = []
    for question in questions:
        started = clock()
        answers = list(dict.fromkeys(search(question.text)))
        asked.append((question, answers, (clock() - started) * 1000.0))
    tiers = sorted({question.tier for question, _, _ in asked})
    kinds = sorted({question.kind for question, _, _ in asked})
    return {
        **_summary(asked),
        "by_tier": {tier: _summary([entry for entry in asked if entry[0].tier == tier]) for tier in tiers},
        "by_kind": {kind: _summary([entry for entry in asked if entry[0].kind == kind]) for kind in kinds},
    }


def _summary(asked: Sequence[tuple[RatedQuestion, list[str], float]]) -> dict[str, Any]:
    def mean(measure: Callable[[Sequence[str], Collection[str]], float]) -> float:
        values = [measure(answers, question.codes) for question, answers, _ in asked]
        return round(sum(values) / len(values), 4) if values else 0.0

    milliseconds = [taken for _, _, taken in asked]
    empty = sum(not answers for _, answers, _ in asked)
    return {
        "n": len(asked), "hit@1": mean(hit_at_1), "ndcg@10": mean(ndcg), "recall@10": mean(recall),
        "mrr": mean(reciprocal_rank), "zero_results": empty,
        "zero_share": round(empty / len(asked), 4) if asked else 0.0,
        "p50_ms": round(percentile(milliseconds, 0.5), 2), "p95_ms": round(percentile(milliseconds, 0.95), 2),
    }  # fmt: skip
