"""The questions of our own: enough of them, cleanly written, each judged."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue import sample
from catalogue.extensions import open_search
from catalogue.indexing import documents
from catalogue.judgements import MOST_LOST, OUT_OF_SCOPE, TIERS, BadJudgement, questions, read, released
from catalogue.models import Base
from search_index.measures import RatedQuestion, evaluate
from search_index.ports import SURE, Query
from tests.architecture.source_tree import ROOT

ON = date(2026, 11, 21)
BIRTH = {"query": "dang ky khai sinh", "codes": ["1.001193"], "kind": "unmarked", "tier": "sample"}


def lines(*records: object) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def test_every_question_asks_once_and_is_judged():
    asked = [judged.query for judged in questions()]
    assert len(asked) == len(set(asked))
    assert all(bool(judged.codes) == (judged.kind != OUT_OF_SCOPE) for judged in questions())


def test_people_ask_in_many_ways():
    kinds = {judged.kind for judged in questions()}
    wanted = {"name", "unmarked", "citizen", "slang", "abbreviation", "slip", "role", "life", "code", "number"}
    assert kinds == wanted | {OUT_OF_SCOPE}


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({**BIRTH, "codes": []}, "có ít nhất một"),
        ({**BIRTH, "codes": ["1.001193", "1.001193"]}, "không mã nào lặp lại"),
        ({**BIRTH, "kind": OUT_OF_SCOPE}, "câu ngoài phạm vi không có mã"),
        ({**BIRTH, "query": "đăng  ký"}, "không thừa khoảng trắng"),
        ({**BIRTH, "query": unicodedata.normalize("NFD", "đăng ký")}, "NFC"),
        ({**BIRTH, "tier": "core"}, "thuộc một trong"),
        ({**BIRTH, "codes": "1.001193"}, "codes là danh sách"),
        ({**BIRTH, "source": "x"}, "cần đúng các khóa"),
        ([], "cần đúng các khóa"),
    ],
)
def test_a_careless_line_is_refused_with_its_place(record, told):
    with pytest.raises(BadJudgement, match="thử.jsonl, dòng 1") as refused:
        list(read("thử.jsonl", lines(record)))
    assert told in str(refused.value)


def test_a_repeated_question_and_a_broken_line_are_refused():
    with pytest.raises(BadJudgement, match="dòng 2: câu «dang ky khai sinh» đã có ở trên"):
        list(read("thử.jsonl", lines(BIRTH, BIRTH)))
    with pytest.raises(BadJudgement, match="dòng 2: không phải JSON"):
        list(read("thử.jsonl", lines(BIRTH) + "\n{"))


def test_there_are_three_hundred_questions_of_both_kinds():
    assert len([judged for judged in questions() if judged.codes]) >= 300
    assert {judged.tier for judged in questions()} == set(TIERS)


def test_the_score_of_a_release_stands_in_the_changelog():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for score in released().values():
        assert f"{score:.3f}".replace(".", ",") in changelog


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """The sample province as search holds it."""
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('province') / 'catalogue.db'}")
    Base.metadata.create_all(engine)
    backend = open_search("memory:")
    with Session(engine) as session:
        sample.load(session, datetime(2026, 11, 21, 8, tzinfo=UTC))
        session.flush()
        backend.rebuild(documents(session))
    engine.dispose()
    return backend


def test_the_sample_province_answers_as_well_as_at_the_last_release(province):
    judged = [one for one in questions() if one.tier == "sample" and one.codes]
    asked = [RatedQuestion(one.query, frozenset(one.codes)) for one in judged]
    found = evaluate(lambda text: [hit.code for hit in province.search(Query(text, ON, limit=10)).hits], asked)
    assert found["ndcg@10"] >= released()["sample"] - MOST_LOST
    assert found["zero_results"] <= 1


@pytest.mark.parametrize("kind", ["code", "number"])
def test_what_is_named_by_code_or_number_comes_first(province, kind):
    for judged in questions():
        if judged.tier == "sample" and judged.kind == kind:
            assert province.search(Query(judged.query, ON)).hits[0].code in judged.codes, judged.query


def test_what_no_office_does_is_no_sure_answer(province):
    strange = [judged.query for judged in questions() if judged.kind == OUT_OF_SCOPE]
    found = [province.search(Query(text, ON)).hits for text in strange]
    assert [hits[0].name for hits in found if hits and hits[0].confidence >= SURE] == []
