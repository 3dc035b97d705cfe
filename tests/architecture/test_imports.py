"""Arrows only ever leave ``catalogue``; the contracts stand in setup.cfg."""

from __future__ import annotations

import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

from tests.architecture.source_tree import ROOT, WRITTEN, within


def test_the_import_contracts_hold(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    outcome = lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True, show_timings=False)
    assert outcome == 0, capsys.readouterr().out


def test_whoosh_is_imported_by_its_own_back_end_only():
    users = [str(m) for m in WRITTEN if any(name.split(".")[0] == "whoosh" for name in m.imports)]
    assert set(users) <= {"search_index/whoosh_backend.py", "search_index/whoosh_shelves.py"}


def test_the_current_application_is_known_at_the_edge_only():
    edge = ("catalogue/web/", "catalogue/cli/", "catalogue/app.py", "catalogue/extensions.py")
    users = [str(m) for m in WRITTEN if "flask.current_app" in m.imports]
    assert [name for name in users if not name.startswith(edge)] == []


def test_models_derive_from_our_own_base():
    """The extension's model class is no subclass of it and would drag Flask into every query."""
    assert [str(m) for m in within("catalogue/") if "db.Model" in m.text] == []


FLASK_FREE = tuple(f"catalogue/{name}/" for name in ("models", "queries", "services", "imports"))


@pytest.mark.parametrize(
    ("packages", "unwanted"),
    [
        (("decisions/",), {"flask", "sqlalchemy", "werkzeug"}),
        (("search_index/",), {"flask", "sqlalchemy", "werkzeug"}),
        (FLASK_FREE, {"flask", "werkzeug"}),
    ],
)
def test_loading_the_lower_layers_loads_no_web(packages, unwanted):
    """Done in a fresh interpreter: here everything may have been loaded already."""
    names = [
        str(m)[: -len(".py")].replace("/", ".").removesuffix(".__init__") for m in within(*packages)
        if not str(m).startswith("search_index/postgres_")  # loaded only where an address names PostgreSQL
    ]  # fmt: skip
    code = f"import importlib, sys\nfor n in {names!r}: importlib.import_module(n)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert unwanted & set(done.stdout.split()) == set()
