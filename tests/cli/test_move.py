"""A whole installation goes to another database and back, and nothing of it changes."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from flask import Flask

from tests.cli.terminal import Terminal

pytestmark = pytest.mark.postgres

QUESTIONS = (
    ("list", "--json"), ("list", "--json", "--on", "2025-06-30"), ("search", "khai sinh", "--json"), ("hash",),
    ("replay", "--check", "--json"), ("account", "list", "--json"),
)  # fmt: skip


@pytest.fixture
def office(sample_site: Flask, sample_home: Path, tmp_path: Path) -> Terminal:
    """An office with the sample province on SQLite."""
    shutil.copytree(sample_home, tmp_path / "home")
    return Terminal(tmp_path / "home")


def driver_url(url: str) -> str:
    return url.replace("+psycopg", "")


def said(terminal: Terminal) -> list[str]:
    return [terminal.run(*question).out for question in QUESTIONS]


def test_an_installation_goes_to_postgresql_and_back(office, postgres_url, tmp_path):
    url = driver_url(postgres_url)
    before = said(office)
    moved = office.run("move", "--to", url, "--json").json
    assert moved["hash"] == before[3].strip()
    assert moved["rows"] > 1_000 and moved["documents"] > 50
    there = Terminal(tmp_path / "there", DATABASE_URL=url)
    assert said(there) == before
    there.run("account", "close", "an")
    back = tmp_path / "back" / "catalogue.db"
    back.parent.mkdir()
    told = there.run("move", "--to", f"sqlite:///{back}").out
    assert "hai cơ sở dữ liệu giống nhau" in told
    home = Terminal(back.parent)
    after = said(home)
    assert after[3] == there.run("hash").out != before[3]
    assert (after[0], after[2]) == (before[0], before[2])


def test_what_is_issued_after_the_move_gets_numbers_that_are_free(office, postgres_url, tmp_path):
    office.run("move", "--to", driver_url(postgres_url))
    there = Terminal(tmp_path / "there", DATABASE_URL=postgres_url)
    there.run(
        "account", "add", "moi", "--name", "Người mới", "--role", "drafter", settings={"NEW_PASSWORD": "mat-khau-dai"}
    )
    assert "moi" in there.run("account", "list").out


def test_a_database_that_holds_something_is_left_alone(office, postgres_url, tmp_path):
    Terminal(tmp_path / "other", DATABASE_URL=postgres_url).run("init")
    told = office.run("move", "--to", postgres_url, code=1).err
    assert "đã có dữ liệu" in told and "hãy dùng cơ sở dữ liệu trống" in told


def test_a_database_of_another_version_is_left_alone(office, postgres_url):
    with psycopg.connect(driver_url(postgres_url)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('0000')")
    assert "thuộc một phiên bản khác" in office.run("move", "--to", postgres_url, code=1).err


def test_a_move_that_fails_leaves_the_target_empty(office, postgres_url):
    """SQLite never counted the letters of a code; PostgreSQL does."""
    with sqlite3.connect(office.home / "catalogue.db") as connection:
        connection.execute(
            "UPDATE decision_line SET kind = ? WHERE id = (SELECT max(id) FROM decision_line)", ("x" * 500,)
        )
    told = office.run("move", "--to", postgres_url, code=1).err
    assert "không nhận một dòng của bảng decision_line" in told
    with psycopg.connect(driver_url(postgres_url)) as connection:
        tables = connection.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        assert tables.fetchone() == (0,)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("không phải địa chỉ", "chưa dùng được"),
        ("mysql://an@may/csdl", "chưa dùng được"),
        ("postgresql://an@127.0.0.1:9/csdl", "Chưa kết nối được"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(office, url, words):
    assert words in office.refused("move", "--to", url)


def test_the_database_in_use_is_no_target(office):
    told = office.refused("move", "--to", f"sqlite:///{office.home / 'catalogue.db'}")
    assert "chính là cơ sở dữ liệu đang dùng" in told


def test_the_password_of_the_target_is_not_shown(office, postgres_url):
    parts = urlsplit(driver_url(postgres_url))
    told = office.run("move", "--to", parts._replace(netloc="postgres:bi-mat@").geturl()).out
    assert "bi-mat" not in told and "***" in told


def test_a_short_path_begins_in_the_data_folder_as_everywhere(office, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    told = office.run("move", "--to", "sqlite:///other/new.db", code=1).err
    assert "Chưa kết nối được cơ sở dữ liệu đích" in told
    told = office.run("move", "--to", "sqlite:///new.db").out
    assert f"sqlite:///{office.home}/new.db" in told
    assert Terminal(office.home, DATABASE_URL="sqlite:///new.db").run("hash").out == office.run("hash").out
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("path", ["sqlite:///catalogue.db", "sqlite:///{home}/../home/./catalogue.db"])
def test_the_database_in_use_is_known_by_any_path(office, path):
    told = office.run("move", "--to", path.format(home=office.home), code=1).err
    assert told == "Cơ sở dữ liệu đích chính là cơ sở dữ liệu đang dùng.\n"


@pytest.mark.parametrize("url", ["", " ", "sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_nothing_is_carried_to_nowhere(office, tmp_path, monkeypatch, url):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    told = office.run("move", "--to", url, code=1).err
    assert "Chưa ghi cơ sở dữ liệu đích" in told or "trong bộ nhớ" in told
    assert sorted(tmp_path.iterdir()) == before
