"""The real application: an empty one for each test, and one with the sample province that nobody changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from catalogue import clock, indexing, sample
from catalogue.app import create_app
from catalogue.extensions import db, limiter, search
from catalogue.models import Base
from catalogue.web.portal import backlog
from catalogue.web.portal.memory import Memory
from search_index.memory import MemoryBackend
from tests.pages import Browser

QUICK = {
    "TESTING": True,
    "SQLALCHEMY_DATABASE_URI": "sqlite://",
    "SEARCH_URL": "memory:",
    "SECRET_KEY": "only for tests",
    "SEARCH_LIMIT": "100000 per minute",
    "QUESTION_WEEKS": 0,
}


@pytest.fixture(scope="session")
def _empty_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for the whole run: making it costs more than most tests."""
    app = create_app({**QUICK, "CATALOGUE_HOME": tmp_path_factory.mktemp("empty")})
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(_empty_app: Flask) -> Iterator[Flask]:
    """An application on an empty database; rows, memory, index and settings are cleared after the test."""
    app, settings = _empty_app, dict(_empty_app.config)
    app.extensions["search"] = MemoryBackend()
    app.extensions["portal_memory"] = Memory()
    app.extensions["index_backlog"] = backlog.Look(due=inf)  # tests index when they mean to
    with app.app_context():
        yield app
        db.session.remove()
        with db.engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
    limiter.reset()
    app.config.clear()
    app.config.update(settings)


@pytest.fixture
def session(app: Flask) -> Session:
    """The session of the empty application; commit before asking for a page."""
    return db.session()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A visitor of the empty application."""
    return Browser(app.test_client())


@pytest.fixture
def index(app: Flask) -> Callable[[], int]:
    """Commit what the test has made and index it."""

    def build() -> int:
        db.session.commit()
        return indexing.rebuild(db.session(), search(), clock.now())

    return build


@pytest.fixture(scope="session")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with the sample province; tests that use it only read."""
    app = create_app({**QUICK, "CATALOGUE_HOME": tmp_path_factory.mktemp("sample")})
    with app.app_context():
        db.create_all()
        sample.load(db.session(), clock.now())
        db.session.commit()
        indexing.rebuild(db.session(), search(), clock.now())
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def province(sample_app: Flask) -> Browser:
    """A visitor of the sample province."""
    return Browser(sample_app.test_client())
