"""Every command is in the manual, and the manual names no command that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
from flask import Flask

from tests.architecture.source_tree import ROOT

MANUAL = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
FOREIGN = {"db", "limiter", "shell", "run", "routes", "translate"}  # brought by Flask and its extensions


def commands(group: click.Group, before: str = "catalogue") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its full name."""
    for name, command in sorted(group.commands.items()):
        if before == "catalogue" and name in FOREIGN:
            continue
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def ours(app: Flask) -> dict[str, click.Command]:
    found = dict(commands(app.cli))
    # Nobody types the name of the command that takes a question.
    found["catalogue search TEXT"] = found.pop("catalogue search text")
    return found


def test_every_command_is_documented(app):
    assert [name for name in ours(app) if f"`{name}" not in MANUAL] == []


def test_every_option_is_documented(app):
    missing = []
    for name, command in ours(app).items():
        line = next((line for line in MANUAL.splitlines() if f"`{name}" in line), "")
        options = [o for p in command.params if isinstance(p, click.Option) and not p.hidden for o in p.opts[-1:]]
        missing += [f"{name} {option}" for option in options if option not in line]
    assert missing == []


def test_the_manual_names_only_commands_that_exist(app):
    named = {match.strip() for match in re.findall(r"`(catalogue(?: [a-z][a-z-]*)+)", MANUAL)}
    known = set(ours(app))
    groups = {name.rpartition(" ")[0] for name in known} | {"catalogue search"}
    assert [name for name in named if name not in known | groups | {"catalogue"}] == []


def test_every_command_says_in_vietnamese_what_it_does(app):
    assert [name for name, command in ours(app).items() if not command.help or command.help.isascii()] == []
