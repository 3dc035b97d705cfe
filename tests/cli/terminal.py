"""A person at a terminal: the real program on a data folder of its own, every answer checked for the house rules."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo

from catalogue.__main__ import group
from catalogue.app import create_app
from catalogue.extensions import db

SETTINGS = ("DATABASE_URL", "SEARCH_URL", "SITE_ADDRESS")


@dataclass(frozen=True)
class Said:
    """What a command wrote and its exit code."""

    out: str
    err: str
    code: int

    @property
    def json(self) -> Any:
        """The answer as data."""
        return json.loads(self.out)


class Terminal:
    """Commands on one data folder; each invocation builds the application anew, as a real one does."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.settings = settings

    def run(self, *args: object, code: int = 0, settings: Mapping[str, str] | None = None) -> Said:
        """Run a command in this process and require its exit code."""
        apps: list[Flask] = []

        def make() -> Flask:
            apps.append(create_app())
            return apps[-1]

        result = CliRunner(env={**self._environment(), **(settings or {})}).invoke(
            group, [str(arg) for arg in args], obj=ScriptInfo(create_app=make), prog_name="catalogue"
        )
        for app in apps:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
        said = Said(result.stdout, result.stderr, result.exit_code)
        return self._checked(said, code)

    def refused(self, *args: object, code: int = 1) -> str:
        """Run a command that must fail without an answer and without a trace; what it says."""
        before = self.content()
        said = self.run(*args, code=code)
        assert said.out == "", said.out
        assert self.content() == before, "something was written"
        return said.err

    def start(self, *args: object, **options: Any) -> subprocess.Popen[str]:
        """Run a command in a process of its own."""
        environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        return subprocess.Popen(
            [sys.executable, "-m", "catalogue", *(str(arg) for arg in args)],
            env={**environment, **self.settings, "CATALOGUE_HOME": str(self.home), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", **options,
        )  # fmt: skip

    def finished(self, process: subprocess.Popen[str], code: int = 0) -> Said:
        """What a started command said in the end."""
        out, err = process.communicate(timeout=120)
        # Python leaves by the signal itself when it was inside generated code; a shell counts both the same.
        left = process.returncode if process.returncode >= 0 else 128 - process.returncode
        return self._checked(Said(out, err, left), code)

    def content(self) -> list[str]:
        """Every row of every table; nothing when there is no database."""
        path = self.home / "catalogue.db"
        if not path.exists():
            return []
        connection = sqlite3.connect(path)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()

    def _environment(self) -> dict[str, str | None]:
        return {"CATALOGUE_HOME": str(self.home), **dict.fromkeys(SETTINGS), **self.settings}

    def _checked(self, said: Said, code: int) -> Said:
        assert said.code == code, f"{said.code}: {said.out}\n{said.err}"
        assert "Traceback" not in said.err and "Error" not in said.err, said.err
        if code:
            assert not said.err.isascii() and said.err.strip().split("\n")[0].endswith((".", "?")), said.err
        return said
