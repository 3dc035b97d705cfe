"""A PostgreSQL server goes away without a word and comes back: pages say so calmly and recover by themselves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue import clock, indexing, outbox
from catalogue.app import create_app
from catalogue.extensions import db, search
from catalogue.models import Account
from catalogue.unit_of_work import unit_of_work
from tests.catalogue.cast import Cast, amended, carry, draft, introduced, make_cast
from tests.pages import Browser
from tests.postgres_server import PostgresServer, PrivateServer, find_programs

pytestmark = pytest.mark.postgres

PATHS = ("/", "/thu-tuc?q=khai+sinh", "/thu-tuc", "/thu-tuc/1.001193", "/danh-muc")


@pytest.fixture
def server() -> Iterator[PrivateServer]:
    """A server that only these tests use."""
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL found; install it")
    with PostgresServer.private(programs) as server:
        yield server


def site(home: Path, url: str, index: str) -> Flask:
    """A site with one procedure."""
    app = create_app({
        "TESTING": True, "PROPAGATE_EXCEPTIONS": False, "CATALOGUE_HOME": home, "SQLALCHEMY_DATABASE_URI": url,
        "SEARCH_URL": index, "SECRET_KEY": "khoá", "SEARCH_LIMIT": "100000 per minute",
    })  # fmt: skip
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    with app.app_context():
        session = db.session()
        with unit_of_work(session):
            cast = make_cast(session)
            carry(
                session, cast, draft(session, cast, "1/QĐ-UBND", day(), [introduced("1.001193", "Đăng ký khai sinh")])
            )
        indexing.after_commit(session, search(), clock.now)()
    return app


def day() -> date:
    return clock.today()


def driven(server: PrivateServer) -> str:
    return server.url.replace("postgresql:", "postgresql+psycopg:")


def closed(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def test_without_its_database_every_page_is_a_calm_503_and_comes_back_by_itself(server, tmp_path):
    app = site(tmp_path, driven(server), "postgresql:")
    browser = Browser(app.test_client())
    assert [browser.get(path).response.status_code for path in PATHS] == [200] * len(PATHS)
    server.stop()
    try:
        began = time.monotonic()
        for path in PATHS:
            page = browser.get(path, status=503)
            assert page.response.headers["Retry-After"]
            assert "Cơ sở dữ liệu chưa sẵn sàng" in page.text
        assert time.monotonic() - began < 30
    finally:
        server.start()
    assert "Đăng ký khai sinh" in browser.get("/thu-tuc?q=khai+sinh").text
    assert [browser.get(path).response.status_code for path in PATHS] == [200] * len(PATHS)
    closed(app)


def test_without_its_index_a_site_still_lists_by_name_and_catches_up_later(server, tmp_path):
    app = site(tmp_path, f"sqlite:///{tmp_path / 'catalogue.db'}", driven(server))
    browser = Browser(app.test_client())
    assert "đang được lập lại" not in browser.get("/thu-tuc?q=khai+sinh").text
    server.stop()
    try:
        page = browser.get("/thu-tuc?q=khai+sinh")
        assert "Đăng ký khai sinh" in page.text and "đang được lập lại" in page.text
        assert browser.get("/thu-tuc/1.001193").response.status_code == 200
        with app.app_context():
            issue_meanwhile()
        assert "07 ngày làm việc" in browser.get("/thu-tuc/1.001193").text
    finally:
        server.start()
    with app.app_context():
        assert outbox.pending(db.session())
    app.extensions["index_backlog"].due = 0.0  # as if a minute had passed
    with app.test_client().get("/thu-tuc/1.001193") as answer:
        assert "07 ngày" in answer.text
    with app.app_context():
        assert not outbox.pending(db.session())
    page = browser.get("/thu-tuc?q=khai+sinh")
    assert "Đăng ký khai sinh" in page.text and "đang được lập lại" not in page.text
    with app.app_context():
        search()._access.close()  # type: ignore[attr-defined]
    closed(app)


def issue_meanwhile() -> None:
    session = db.session()
    people = {account.username: account for account in session.scalars(select(Account))}
    cast = Cast(*(people[name] for name in ("an", "binh", "chi", "dung", "quan-tri")))
    with unit_of_work(session) as work:
        line = amended("1.001193", "Đăng ký khai sinh", "07 ngày làm việc")
        carry(session, cast, draft(session, cast, "2/QĐ-UBND", day(), [line]))
        indexing.before_commit(session, search(), clock.now())
        work.after_commit.append(indexing.after_commit(session, search(), clock.now))
