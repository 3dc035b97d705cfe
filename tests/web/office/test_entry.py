"""Signing in: who may, what is recorded, and what a stolen or old session is worth."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue import clock
from catalogue.extensions import db, limiter
from catalogue.models import Account, AuditEntry
from tests.web.office.conftest import Officer


@pytest.fixture
def stranger(office: Flask) -> Officer:
    return Officer(office.test_client())


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


class TestSigningIn:
    def test_an_enters_and_sees_what_to_do(self, stranger: Officer) -> None:
        stranger.sign_in("an")
        page = stranger.get("/quan-tri/")
        assert page.heading == "Việc cần làm"
        assert "Lê Thu An" in page.source
        assert "signed_in" in actions()

    def test_a_wrong_password_is_refused_and_recorded(self, stranger: Officer) -> None:
        page = stranger.sign_in("an", "khong-phai", status=401)
        assert page is not None and "chưa đúng" in page.text
        assert "khong-phai" not in page.source
        assert actions()[-1] == "sign_in_refused"

    def test_an_unknown_name_reads_the_same(self, stranger: Officer) -> None:
        known, unknown = (stranger.sign_in(name, "x", status=401) for name in ("an", "khong-co-ai"))
        assert known is not None and unknown is not None
        assert known.all("error") == unknown.all("error")

    def test_an_empty_form_names_both_fields(self, stranger: Officer) -> None:
        page = stranger.send(stranger.get("/quan-tri/dang-nhap"), status=422)
        assert page is not None and len(page.all("error")) == 2

    def test_after_signing_in_one_goes_on_where_one_wanted(self, stranger: Officer) -> None:
        page = stranger.get("/quan-tri/lich-nghi", follow=True)
        stranger.send(page, {"username": "an", "password": "an"})
        assert stranger.answer.location.endswith("/quan-tri/lich-nghi")

    @pytest.mark.parametrize(
        "den", ["https://la.example/", "//la.example", "/quan-tri/..//la.example", "/quan-tri\\la", "x"]
    )
    def test_nobody_is_sent_to_another_host(self, stranger: Officer, den: str) -> None:
        page = stranger.get(f"/quan-tri/dang-nhap?den={den}")
        stranger.send(page, {"username": "an", "password": "an"})
        assert stranger.answer.location == "/quan-tri/"


class TestTheSession:
    def test_a_session_prepared_by_a_stranger_is_not_kept(self, stranger: Officer) -> None:
        with stranger.client.session_transaction() as prepared:
            prepared["planted"] = "x"
        stranger.sign_in("an")
        with stranger.client.session_transaction() as kept:
            assert "planted" not in kept

    def test_it_ends_with_signing_out(self, an: Officer) -> None:
        an.post("/quan-tri/dang-xuat", status=303)
        assert an.client.get("/quan-tri/").status_code == 303

    def test_it_ends_with_a_new_password(self, an: Officer) -> None:
        db.session.scalars(select(Account).where(Account.username == "an")).one().password_hash += "x"
        db.session.commit()
        assert an.client.get("/quan-tri/").status_code == 303

    def test_it_ends_with_the_account(self, an: Officer) -> None:
        db.session.scalars(select(Account).where(Account.username == "an")).one().active = False
        db.session.commit()
        assert an.client.get("/quan-tri/").status_code == 303

    def test_it_ends_after_a_day(self, an: Officer) -> None:
        with an.client.session_transaction() as held:
            held["since"] = (clock.now() - timedelta(hours=13)).isoformat()
        assert an.client.get("/quan-tri/").status_code == 303

    def test_pages_are_kept_in_no_cache(self, an: Officer) -> None:
        assert an.get("/quan-tri/").response.headers["Cache-Control"] == "no-store"

    def test_a_form_without_its_token_is_refused(self, an: Officer) -> None:
        assert an.client.post("/quan-tri/dang-xuat").status_code == 400


def test_guessing_is_slowed_down(office: Flask) -> None:
    office.config["SIGN_IN_LIMIT"] = "3 per minute"
    limiter.reset()
    guesser = Officer(office.test_client())
    for _ in range(3):
        guesser.sign_in("an", "doan-mo", status=401)
    page = guesser.sign_in("an", "doan-mo", status=429)
    limiter.reset()
    assert page is not None and "Chờ khoảng một phút" in page.text
