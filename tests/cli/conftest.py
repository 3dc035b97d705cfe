"""Commands on a real application with a database and an index on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from catalogue import sample
from catalogue.app import create_app
from catalogue.extensions import db
from tests.catalogue.cast import make_cast
from tests.cli.terminal import Terminal


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


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after ``catalogue init``, with the people of the tests and nothing else."""
    home = tmp_path_factory.mktemp("prepared")
    Terminal(home).run("init")
    app = create_app({"CATALOGUE_HOME": home})
    with app.app_context():
        make_cast(db.session())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return home


@pytest.fixture
def terminal(_prepared: Path, tmp_path: Path) -> Terminal:
    """A prepared office of one's own."""
    home = tmp_path / "home"
    shutil.copytree(_prepared, home)
    return Terminal(home)
