"""The measures of search quality, on values worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from search_index import measures
from search_index.measures import RatedQuestion, evaluate, rated

A, B, C = "1.001193", "1.000656", "1.000894"


def test_hit_at_1_looks_at_the_first_answer_only():
    assert measures.hit_at_1([A, B], {A}) == 1.0
    assert measures.hit_at_1([B, A], {A}) == 0.0
    assert measures.hit_at_1([], {A}) == 0.0


def test_recall_is_the_share_found_in_the_first_ten():
    assert measures.recall([A, B], {A, C}) == 0.5
    assert measures.recall(["x"] * 10 + [A], {A}) == 0.0
    assert measures.recall([A, C], {A, C}) == 1.0


@pytest.mark.parametrize(
    ("answers", "relevant", "expected"),
    [
        ([A], {A}, 1.0),
        ([B, A], {A}, 1 / log2(3)),
        ([B, C, A], {A}, 0.5),
        ([A, B, C], {A, C}, (1 + 0.5) / (1 + 1 / log2(3))),
        ([A, A], {A, C}, 1 / (1 + 1 / log2(3))),
        ([], {A}, 0.0),
        (["x"] * 10 + [A], {A}, 0.0),
    ],
)
def test_ndcg(answers, relevant, expected):
    assert measures.ndcg(answers, relevant) == pytest.approx(expected)


def test_reciprocal_rank_is_one_over_the_place_of_the_first_relevant():
    assert measures.reciprocal_rank([B, C, A], {A, C}) == 0.5
    assert measures.reciprocal_rank([B], {A}) == 0.0


def test_percentiles_are_values_that_occurred():
    assert measures.percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert measures.percentile(list(range(1, 101)), 0.95) == 95
    assert measures.percentile([7], 0.95) == 7
    assert measures.percentile([], 0.95) == 0.0


def test_a_question_counts_when_one_of_its_codes_is_in_the_catalogue():
    records = [
        {"query": "khai sinh", "codes": [A, "9.999999"], "tier": "core", "kind": "plain", "source": "ta"},
        {"query": "thời tiết", "codes": [], "tier": "out_of_scope"},
        {"query": "đã bãi bỏ", "codes": ["9.999999"], "tier": "core"},
    ]
    assert rated(records, {A, B}) == [RatedQuestion("khai sinh", frozenset({A}), "core", "plain", "ta")]


def test_an_evaluation_tells_everything_and_each_tier():
    answers = {"khai sinh": [A, B], "khai tử": [A, B], "không rõ": []}
    ticks = iter([0.0, 0.010, 1.0, 1.030, 2.0, 2.020])
    questions = [
        RatedQuestion("khai sinh", frozenset({A}), "core"),
        RatedQuestion("khai tử", frozenset({B}), "core"),
        RatedQuestion("không rõ", frozenset({C}), "test_author", "vague"),
    ]
    report = evaluate(lambda text: answers[text], questions, clock=lambda: next(ticks))
    assert report["by_tier"]["core"] == {
        "n": 2, "hit@1": 0.5, "ndcg@10": round((1 + 1 / log2(3)) / 2, 4), "recall@10": 1.0, "mrr": 0.75,
        "zero_results": 0, "zero_share": 0.0, "p50_ms": 10.0, "p95_ms": 30.0,
    }  # fmt: skip
    assert set(report) - {"by_tier", "by_kind"} == set(report["by_tier"]["core"])
    assert report["by_kind"]["vague"] == report["by_tier"]["test_author"]
    assert report["zero_share"] == round(1 / 3, 4)
    assert (report["n"], report["zero_results"], report["p50_ms"], report["p95_ms"]) == (3, 1, 20.0, 30.0)
    assert set(report["by_tier"]) == {"core", "test_author"}


def test_an_evaluation_of_nothing_is_zero():
    assert evaluate(lambda text: [], [])["n"] == 0
