"""SQLite and PostgreSQL hold the same province and give the same answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from catalogue.app import create_app
from catalogue.extensions import db


@contextmanager
def province(home, url: str) -> Iterator[Flask]:
    """The sample province in that database."""
    settings = {"CATALOGUE_HOME": home, "SQLALCHEMY_DATABASE_URI": url, "SEARCH_URL": f"whoosh:{home / 'search'}"}
    app = create_app(settings)
    try:
        said(app, "init", "--sample")
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def said(app: Flask, *words: str) -> str:
    """What a command answers."""
    with app.app_context():
        done = app.test_cli_runner().invoke(args=list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.postgres
def test_both_databases_hold_the_same_province(tmp_path_factory, postgres_url):
    urls = [f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'catalogue.db'}", postgres_url]
    questions = [
        ("list", "--json"),
        ("list", "--json", "--on", "2025-06-30"),
        ("list", "--json", "--on", "2027-03-01"),
        ("search", "dang ky khai sinh", "--json"),
        ("search", "sổ đỏ", "--json"),
    ]
    answers = []
    for url in urls:
        with province(tmp_path_factory.mktemp("home"), url) as app:
            assert "[]" in said(app, "replay", "--check", "--json").replace(" ", "")
            answers.append([json.loads(said(app, *question)) for question in questions])
            pages = [app.test_client().get(path) for path in ("/", "/thu-tuc?q=khai+sinh", "/quyet-dinh", "/danh-muc")]
            assert [page.status_code for page in pages] == [200] * 4
    assert answers[0][0]["rows"], "the province has procedures in force"
    assert answers[0] == answers[1]
