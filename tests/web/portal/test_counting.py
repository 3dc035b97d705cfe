"""Questions without a good answer are counted, and nothing that could tell who asked is ever written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import QuestionCount
from catalogue.queries import question_counts as queries
from catalogue.queries.question_counts import AskedQuestion, week_of
from catalogue.services import question_counts
from catalogue.services.question_counts import Tally
from catalogue.web.portal import counting
from tests.builders import make_content, put_in_force
from tests.pages import Browser

WEEK = date(2026, 11, 16)


@pytest.fixture
def counted(app: Flask, session: Session, index) -> Flask:
    """An application that counts, with one procedure."""
    app.config["QUESTION_WEEKS"] = 13
    app.extensions["question_counts"] = counting.Waiting()
    put_in_force(session, "1.001193", make_content(), on=date(2025, 7, 1))
    index()
    return app


def rows(app: Flask) -> list[QuestionCount]:
    counting.write_down(app)
    db.session.expire_all()
    return list(db.session.scalars(select(QuestionCount).order_by(QuestionCount.asked.desc())))


def visit(browser: Browser, address: str, **rest: Any) -> TestResponse:
    """Ask for a page and take all of it, as a browser does."""
    answer = browser.client.get(address, **rest)
    answer.close()
    return answer


def ask(browser: Browser, text: str, **rest: str) -> None:
    visit(browser, "/thu-tuc", query_string={"q": text, **rest})


class TestAsking:
    def test_what_finds_nothing_is_counted_by_week(self, counted, browser):
        for _ in range(3):
            ask(browser, "Nuôi chó?")
        (row,) = rows(counted)
        assert (row.text, row.asked, row.unanswered, row.opened) == ("nuôi chó", 3, 3, 0)
        assert row.week == week_of(clock.today())

    def test_what_only_one_has_asked_is_not_readable(self, counted, browser):
        ask(browser, "nuôi chó")
        (row,) = rows(counted)
        assert (row.text, row.asked) == ("", 1)
        ask(browser, "nuôi chó")
        (row,) = rows(counted)
        assert (row.text, row.asked) == ("nuôi chó", 2)

    @pytest.mark.parametrize(
        "text", ["Nguyễn Văn Tuấn", "0912345678", "an@example.vn", "số 5 ngõ 3 phố Huế", "x" * 500]
    )
    def test_what_may_tell_of_a_person_is_not_even_counted(self, counted, browser, text):
        for _ in range(3):
            ask(browser, text)
        assert rows(counted) == []

    def test_only_a_question_as_it_was_put_counts(self, counted, browser):
        for rest in (
            {"trang": "1", "cap": "xa"},
            {"ngay": "2025-08-01"},
            {"sap-xep": "moi-nhat"},
            {"trang-thai": "tat-ca"},
        ):
            ask(browser, "nuôi chó", **rest)
        visit(browser, "/thu-tuc")
        assert rows(counted) == []

    def test_the_same_page_asked_for_again_by_one_browser_counts_once(self, counted, browser):
        first = visit(browser, "/thu-tuc?q=nuôi+chó")
        visit(browser, "/thu-tuc?q=nuôi+chó", headers={"If-None-Match": first.headers["ETag"]})
        assert rows(counted)[0].asked == 1

    def test_no_cookie_is_set_and_no_address_is_written(self, counted, browser):
        answer = visit(browser, "/thu-tuc?q=nuôi+chó", environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
        assert "Set-Cookie" not in answer.headers
        (row,) = rows(counted)
        assert set(vars(row)) >= {"digest", "week"} and "203.0.113.7" not in str(vars(row))

    def test_weeks_of_nought_count_nothing(self, counted, browser):
        counted.config["QUESTION_WEEKS"] = 0
        ask(browser, "nuôi chó")
        assert counted.extensions["question_counts"].tallies == {}


class TestOpening:
    def test_a_result_that_was_opened_is_known_by_the_list_it_was_opened_from(self, counted, browser):
        ask(browser, "khai sinh")
        visit(browser, "/thu-tuc/1.001193", headers={"Referer": "http://localhost/thu-tuc?q=khai+sinh"})
        assert rows(counted)[0].opened == 1

    @pytest.mark.parametrize(
        "referrer", ["", "http://localhost/", "https://elsewhere.example/thu-tuc?q=khai+sinh", "http://localhost/danh-muc?q=khai+sinh"]
    )  # fmt: skip
    def test_other_ways_to_a_procedure_open_nothing(self, counted, browser, referrer):
        ask(browser, "khai sinh")
        visit(browser, "/thu-tuc/1.001193", headers={"Referer": referrer})
        assert rows(counted)[0].opened == 0

    def test_a_page_the_browser_already_had_counts_too(self, counted, browser):
        ask(browser, "khai sinh")
        etag = visit(browser, "/thu-tuc/1.001193").headers["ETag"]
        headers = {"Referer": "http://localhost/thu-tuc?q=khai+sinh", "If-None-Match": etag}
        assert visit(browser, "/thu-tuc/1.001193", headers=headers).status_code == 304
        assert rows(counted)[0].opened == 1


class TestWriting:
    def test_counts_of_several_processes_add_up(self, session):
        for _ in range(2):
            question_counts.write_down(session, [(WEEK, "nuôi chó", Tally(1, 1))], secret="khóa", shown_from=2)
        assert queries.troubled(session, WEEK, 2) == [AskedQuestion("nuôi chó", 2, 2, 0, 0)]

    def test_the_hash_says_nothing_without_the_key(self, session):
        for secret in ("khóa một", "khóa hai"):
            question_counts.write_down(session, [(WEEK, "nuôi chó", Tally(1, 1))], secret=secret, shown_from=9)
        digests = set(session.scalars(select(QuestionCount.digest)))
        assert len(digests) == 2 and all(len(digest) == 64 for digest in digests)

    def test_old_weeks_are_forgotten(self, session):
        for week in range(20):
            day = WEEK - timedelta(weeks=week)
            question_counts.write_down(session, [(day, "nuôi chó", Tally(2, 2))], secret="khóa", shown_from=2)
        question_counts.purge(session, WEEK + timedelta(days=3), weeks=13)
        assert queries.weeks(session) == [WEEK - timedelta(weeks=week) for week in range(14)]

    @given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 20)), max_size=6))
    def test_a_sum_does_not_depend_on_how_it_was_cut(self, parts):
        whole = Tally()
        for part in parts:
            whole.add(Tally(*part))
        assert whole == Tally(*(sum(column) for column in zip(*parts, strict=True))) if parts else whole == Tally()


@pytest.mark.parametrize(
    ("question", "trouble"),
    [
        (AskedQuestion("a", 4, 2, 0, 0), "unanswered"),
        (AskedQuestion("a", 4, 1, 3, 0), "unsure"),
        (AskedQuestion("a", 4, 0, 0, 0), "unopened"),
        (AskedQuestion("a", 4, 0, 0, 1), ""),
    ],
)
def test_each_question_stands_there_for_one_reason(question, trouble):
    assert question.trouble == trouble
