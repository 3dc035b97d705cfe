"""Commands, one module a noun; a module names its commands in ``COMMANDS``."""

from __future__ import annotations

import importlib
import pkgutil

import click
from flask import Flask
from flask.cli import with_appcontext

_wrapped: set[int] = set()


def init_app(app: Flask) -> None:
    """Add the commands of every module of this package to the application."""
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        for command in getattr(importlib.import_module(f"{__name__}.{module}"), "COMMANDS", ()):
            _give_context(command)
            app.cli.add_command(command)


def _give_context(command: click.Command) -> None:
    """Every command works on the application, however it is called; wrapped once, applications may be many."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _give_context(inner)
    elif command.callback is not None and id(command) not in _wrapped:
        command.callback = with_appcontext(command.callback)
        _wrapped.add(id(command))
