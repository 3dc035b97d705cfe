"""Story S19: people ask as they speak, and the right procedure comes first; the same on every engine."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from catalogue import clock, indexing, judgements, sample, words
from catalogue.app import create_app
from catalogue.extensions import db, search
from catalogue.models import Procedure
from catalogue.queries import decisions
from search_index.measures import RatedQuestion, evaluate
from search_index.ports import Query
from tests.pages import Browser

ENGINES = ["whoosh", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="module", params=ENGINES)
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The sample province on one engine, database and index."""
    home: Path = tmp_path_factory.mktemp("s19")
    settings: dict[str, Any] = {
        "TESTING": True, "CATALOGUE_HOME": home, "SECRET_KEY": "only for tests", "QUESTION_WEEKS": 0,
        "SEARCH_LIMIT": "100000 per minute",
    }  # fmt: skip
    if request.param == "whoosh":
        yield from _opened({**settings, "SQLALCHEMY_DATABASE_URI": "sqlite://", "SEARCH_URL": f"whoosh:{home}/index"})
        return
    server = request.getfixturevalue("_postgres_server")
    with server.empty_database() as url:
        yield from _opened({**settings, "SQLALCHEMY_DATABASE_URI": url, "SEARCH_URL": "postgresql:"})


def _opened(settings: dict[str, Any]) -> Iterator[Flask]:
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        sample.load(db.session(), clock.now())
        db.session.commit()
        indexing.rebuild(db.session(), search(), clock.now())
        db.session.commit()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def first(app: Flask, question: str) -> dict[str, Any]:
    answer = app.test_client().get("/api/v1/thu-tuc", query_string={"q": question}).get_json()
    found: dict[str, Any] = answer["results"][0]
    return found


def codes(app: Flask, question: str) -> list[str]:
    answer = app.test_client().get("/api/v1/thu-tuc", query_string={"q": question}).get_json()
    return [found["code"] for found in answer["results"]]


def test_marks_capitals_and_normal_forms_make_no_difference(asked: Flask) -> None:
    forms = ["hộ tịch", "ho tich", "HỘ TỊCH", unicodedata.normalize("NFD", "HỘ TỊCH"), "hô tịch", "  hộ   tịch "]
    sets = [set(codes(asked, form)) for form in forms]
    assert sets[0] and all(found == sets[0] for found in sets[:4])
    assert set(codes(asked, "đất đai")) & set(codes(asked, "dat dai"))


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("dang ky khai sinh", "1.001193"),
        ("lam giay khai sinh", "1.001193"),
        ("vk e mới đẻ giờ làm giấy tờ cho bé ntn", "1.001193"),
        ("1.001193", "1.001193"),
        ("1.001193.000.00.00.H44", "1.001193"),
        ("độc thân", "1.004873"),
    ],
)
def test_people_find_what_they_mean(asked: Flask, question: str, code: str) -> None:
    assert code in codes(asked, question)[:3]


def test_everyday_words_and_abbreviations_mean_what_the_law_calls_otherwise(asked: Flask) -> None:
    for question in ("sổ đỏ", "so do", "QSDĐ"):
        assert {"Đất đai"} <= {found["sector"] for found in _results(asked, question)[:3]}, question


def _results(app: Flask, question: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        app.test_client().get("/api/v1/thu-tuc", query_string={"q": question}).get_json()["results"]
    )
    return found


def test_every_code_finds_itself_first(asked: Flask) -> None:
    with asked.app_context():
        keys = list(db.session.scalars(db.select(Procedure.code).where(Procedure.register == "public")))
    client = asked.test_client()
    for code in keys:
        answer = client.get("/api/v1/thu-tuc", query_string={"q": code, "trang-thai": "tat-ca"}).get_json()
        if code and answer["results"]:
            assert answer["results"][0]["code"] == code


def test_every_decision_number_leads_to_its_decision(asked: Flask) -> None:
    browser = Browser(asked.test_client())
    with asked.app_context():
        numbers = [fact.number for fact in decisions.listed(db.session(), limit=100, offset=0) if fact.number]
    assert numbers
    for number in numbers:
        assert browser.get(f"/thu-tuc?q={number}").link(f"Quyết định {number}")


@pytest.mark.parametrize("question", ["", "đăng ký"])
def test_every_count_of_a_filter_is_what_the_filter_finds(asked: Flask, question: str) -> None:
    client = asked.test_client()
    everything = client.get("/api/v1/thu-tuc", query_string={"q": question}).get_json()
    for key, offered in everything["facets"].items():
        for option in offered[:8]:
            query = {"q": question, key: option["value"]}
            narrowed = client.get("/api/v1/thu-tuc", query_string=query).get_json()
            assert option["count"] in (None, narrowed["total"]), (key, option)


def test_highlights_sit_on_the_accented_letters(asked: Flask) -> None:
    for question in ("dang ky khai sinh", "ĐĂNG KÝ KHAI SINH", "đăng kí khai sinh"):
        found = first(asked, question)
        assert [found["name"][a:b] for a, b in found["name_marks"]] == ["Đăng ký khai sinh"]


def test_marks_that_were_typed_tell_words_apart(asked: Flask) -> None:
    """The sample holds "đường" (road), "dưỡng" (care) and "Dương" (a name)."""
    found = first(asked, "đường")
    assert "đường" in {found["name"][a:b].lower() for a, b in found["name_marks"]}


def test_the_questions_of_our_own_are_answered_well(asked: Flask) -> None:
    with asked.app_context():
        session, backend, today = db.session(), search(), clock.today()

        def answers(question: str) -> list[str]:
            found = words.look_up(session, backend, Query(question, today, limit=10), today)
            return [hit.code for hit in found.hits]

        rated = [
            RatedQuestion(one.query, frozenset(one.codes), one.tier)
            for one in judgements.questions() if one.tier == "sample" and one.codes
        ]  # fmt: skip
        score = evaluate(answers, rated)
    assert score["ndcg@10"] >= 0.85, score
