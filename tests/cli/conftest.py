"""Commands on a real application with a database and an index on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from catalogue import sample
from catalogue.app import create_app
from catalogue.extensions import db


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installed sample province."""
    return tmp_path_factory.mktemp("commands")


@pytest.fixture(scope="session")
def sample_site(sample_home: Path) -> Iterator[Flask]:
    """The application after ``catalogue init --sample``; commands that use it only read."""
    settings = {
        "CATALOGUE_HOME": sample_home,
        "SECRET_KEY": "only for tests",
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{sample_home / 'catalogue.db'}",
        "SEARCH_URL": f"whoosh:{sample_home / 'search'}",
    }
    app = create_app(settings)
    made = app.test_cli_runner().invoke(args=["init", "--sample"])
    assert made.exit_code == 0, made.output
    assert sample.PASSWORD in made.output
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def run(sample_site: Flask) -> Callable[..., Result]:
    """Run a command and require its exit code."""

    def invoke(*args: str, code: int = 0) -> Result:
        result = sample_site.test_cli_runner().invoke(args=list(args))
        assert result.exit_code == code, f"{result.output}\n{result.exception!r}"
        return result

    return invoke
