"""A real office begins without the sample: its people and its names are put in by command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.app import create_app
from catalogue.extensions import db
from catalogue.models import AuditEntry
from catalogue.services.people import signed_in


@pytest.fixture
def site(_prepared: Path, tmp_path: Path) -> Iterator[Flask]:
    """An office of one's own, in this process."""
    home = tmp_path / "office"
    shutil.copytree(_prepared, home)
    app = create_app({"CATALOGUE_HOME": home})
    yield app
    with app.app_context():
        db.engine.dispose()


def test_an_account_is_added_signs_in_and_is_closed(site, monkeypatch):
    run = site.test_cli_runner().invoke
    monkeypatch.setenv("NEW_PASSWORD", "mật khẩu dài")
    args = ["account", "add", "lan", "--name", "Trần Thị Lan", "--role", "drafter", "--agency", "Sở Tư pháp"]
    assert run(args=args).exit_code == 0
    with site.app_context():
        account = signed_in(db.session(), "lan", "mật khẩu dài")
        assert account is not None and account.agency is not None and account.agency.name == "Sở Tư pháp"
    again = run(args=args)
    assert (again.exit_code, "đã có" in again.output) == (1, True)
    assert run(args=["account", "close", "lan"]).exit_code == 0
    with site.app_context():
        assert signed_in(db.session(), "lan", "mật khẩu dài") is None
        changes = db.session.scalars(select(AuditEntry.detail).where(AuditEntry.action == "account_changed")).all()
    assert [change["change"] for change in changes] == ["added", "closed"]
    assert "mật khẩu dài" not in json.dumps(changes, ensure_ascii=False)


def test_a_short_password_is_refused(site, monkeypatch):
    monkeypatch.setenv("NEW_PASSWORD", "ngắn")
    result = site.test_cli_runner().invoke(args=["account", "add", "lan", "--name", "Lan", "--role", "drafter"])
    assert (result.exit_code, "ít nhất" in result.output) == (1, True)


def test_the_names_of_the_province_stand_on_the_pages(site):
    run = site.test_cli_runner().invoke
    assert run(args=["setting", "set", "province_name", "tỉnh Ngàn Phố"]).exit_code == 0
    shown = json.loads(run(args=["setting", "list", "--json"]).stdout)
    assert shown["province_name"] == "tỉnh Ngàn Phố"
    assert "tỉnh Ngàn Phố" in site.test_client().get("/").get_data(as_text=True)
    assert run(args=["setting", "set", "khong_co", "x"]).exit_code == 2
