"""What ``catalogue search eval`` measures: answers as shipped, without marks, out of scope, and across sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from catalogue.synonyms import EXPANSIONS
from search_index.measures import RatedQuestion, evaluate, ndcg
from search_index.ports import SURE, Query, SearchBackend
from search_index.question import Expansions, Vocabulary
from search_index.vietnamese import fold

ASKED = 30  # hits behind ten distinct codes: one code may stand at several levels
OUT_OF_SCOPE = "out_of_scope"


def measured(
    backend: SearchBackend, vocabulary: Vocabulary, records: Sequence[Mapping[str, Any]],
    questions: Sequence[RatedQuestion], on: date,
) -> dict[str, Any]:  # fmt: skip
    """The measures of `evaluate`; the same without marks; how often what no office does was answered surely."""
    ask = partial(_codes, backend, vocabulary, on)
    strange = [str(record["query"]) for record in records if OUT_OF_SCOPE in (record.get("tier"), record.get("kind"))]
    sure = sum(_sure(backend, vocabulary, on, text) for text in strange)
    return {
        **evaluate(ask, questions),
        "without_marks": evaluate(lambda text: ask(fold(text)), questions),
        OUT_OF_SCOPE: {"n": len(strange), "sure": sure},
    }


def cross_validated(backend: SearchBackend, questions: Sequence[RatedQuestion], on: date) -> dict[str, Any]:
    """Each source scored with the words that other sources justify: a group that helped only this one is left out."""
    groups = _groups()
    helped = _helped(backend, groups, questions, on)
    asked: dict[str, list[RatedQuestion]] = {}
    for question in questions:
        asked.setdefault(_family(question), []).append(question)
    answered: dict[str, list[str]] = {}
    left_out: dict[str, int] = {}
    for source, own in asked.items():
        dropped = {legal for legal, sources in helped.items() if sources == {source}}
        left_out[source] = len(dropped)
        vocabulary = _vocabulary(groups, without=dropped)
        for question in own:
            answered[question.text] = _codes(backend, vocabulary, on, question.text)
    found = evaluate(answered.__getitem__, questions)
    by_source = {source: evaluate(answered.__getitem__, own)["ndcg@10"] for source, own in asked.items()}
    return {**found, "ndcg@10_by_source": by_source, "groups_left_out": left_out}


def _codes(backend: SearchBackend, vocabulary: Vocabulary, on: date, text: str) -> list[str]:
    hits = backend.search(Query(text, on, limit=ASKED), vocabulary).hits
    return list(dict.fromkeys(hit.code for hit in hits))


def _sure(backend: SearchBackend, vocabulary: Vocabulary, on: date, text: str) -> bool:
    hits = backend.search(Query(text, on, limit=1), vocabulary).hits
    return bool(hits) and hits[0].confidence >= SURE


def _family(question: RatedQuestion) -> str:
    """Who asked: the first word of the source, less its revision."""
    return question.source.partition(" ")[0].partition("@")[0] or question.tier


def _groups() -> dict[str, list[str]]:
    """The shipped groups: words of law, and the everyday phrases that mean them."""
    groups: dict[str, list[str]] = {}
    for phrase, others in EXPANSIONS.items():
        for legal in others:
            groups.setdefault(legal, []).append(phrase)
    return groups


def _vocabulary(groups: Mapping[str, Iterable[str]], without: Iterable[str]) -> Vocabulary:
    dropped = set(without)
    expansions: dict[str, tuple[str, ...]] = {}
    for legal, phrases in groups.items():
        if legal not in dropped:
            for phrase in phrases:
                expansions[phrase] = (*expansions.get(phrase, ()), legal)
    made: Expansions = expansions
    return Vocabulary(made)


def _helped(
    backend: SearchBackend, groups: Mapping[str, Sequence[str]], questions: Sequence[RatedQuestion], on: date
) -> dict[str, set[str]]:
    """For each group the sources of which some question was answered better with it than without."""
    everything = _vocabulary(groups, without=())
    folded = [f" {fold(question.text)} " for question in questions]
    known: dict[str, float] = {}
    helped: dict[str, set[str]] = {}
    for legal, phrases in groups.items():
        said = [fold(phrase) for phrase in phrases]
        touched = [one for one, text in zip(questions, folded, strict=True) if any(phrase in text for phrase in said)]
        without = _vocabulary(groups, without=(legal,))
        for question in touched:
            if question.text not in known:
                known[question.text] = ndcg(_codes(backend, everything, on, question.text), question.codes)
            if known[question.text] > ndcg(_codes(backend, without, on, question.text), question.codes) + 1e-6:
                helped.setdefault(legal, set()).add(_family(question))
    return helped
