"""The real application on empty parts, for tests that look at its routes and templates."""

from __future__ import annotations

import pytest
from flask import Flask

from catalogue.app import create_app


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that is looked at, not used: no table exists."""
    home = tmp_path_factory.mktemp("home")
    return create_app({"CATALOGUE_HOME": home, "SQLALCHEMY_DATABASE_URI": "sqlite://", "SEARCH_URL": "memory:"})
