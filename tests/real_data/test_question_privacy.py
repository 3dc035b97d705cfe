"""With all names of the national catalogue known, no name of a person slips through, and most questions are kept."""

from __future__ import annotations

import gzip
import json
import random
from itertools import product
from pathlib import Path

import pytest

from catalogue.judgements import OUT_OF_SCOPE, questions
from catalogue.synonyms import EXPANSIONS
from search_index.privacy import MOST_WORDS, KnownWords, keepable
from tests.search_index.test_privacy import ASKED, CASES, FAMILIES, GIVEN, INTRODUCED, MIDDLES

pytestmark = pytest.mark.real_data

# One in ten thousand: without marks "tổng hợp" and a person called so are one and the same.
MOST_SLIPS = 0.0001
LEAST_KEPT = 0.6


@pytest.fixture(scope="module")
def known(real_data: Path) -> KnownWords:
    with gzip.open(real_data / "portal-2026" / "list.jsonl.gz", "rt", encoding="utf-8") as lines:
        names = [json.loads(line).get("name") or "" for line in lines]
    legal = [other for others in EXPANSIONS.values() for other in others]
    judged = [one.query for one in questions() if one.kind != OUT_OF_SCOPE]
    return KnownWords.of([*names, *EXPANSIONS, *legal, *judged])


def test_full_names_are_dropped(known: KnownWords) -> None:
    chance = random.Random(7)
    names = [" ".join(filter(None, parts)) for parts in product(FAMILIES, ["", *MIDDLES], GIVEN)]
    asked = [case(chance.choice(ASKED).format(name)) for name in names for case in CASES]
    slipped = [text for text in asked if keepable(text, known)]
    assert len(slipped) <= len(asked) * MOST_SLIPS, slipped[:20]


def test_given_names_are_dropped_where_they_are_introduced(known: KnownWords) -> None:
    asked = [case(wrapping.format(name)) for wrapping, name, case in product(INTRODUCED, GIVEN, CASES)]
    # "đổi tên quán" is a phrase of the catalogue, "vợ tôi tên Quân" without marks reads the same.
    assert {text for text in asked if keepable(text, known)} <= {"vo toi ten quan"}


def test_most_questions_are_kept(known: KnownWords, real_data: Path) -> None:
    records = map(json.loads, (real_data / "queries.jsonl").read_text(encoding="utf-8").splitlines())
    core = [record["query"] for record in records if record["tier"] == "core"]
    short = [text for text in core if len(text.split()) <= MOST_WORDS]
    assert len(short) > 300
    assert sum(bool(keepable(text, known)) for text in short) >= len(short) * LEAST_KEPT
