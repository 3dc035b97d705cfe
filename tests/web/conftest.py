"""The real application: an empty one for each test, and one with the sample province that nobody changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from catalogue import clock, indexing, sample
from catalogue.app import create_app
from catalogue.extensions import db, search
from tests.pages import Browser

QUICK = {
    "TESTING": True,
    "SQLALCHEMY_DATABASE_URI": "sqlite://",
    "SEARCH_URL": "memory:",
    "SECRET_KEY": "only for tests",
    "SEARCH_LIMIT": "100000 per minute",
}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database."""
    app = create_app({**QUICK, "CATALOGUE_HOME": tmp_path})
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


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
