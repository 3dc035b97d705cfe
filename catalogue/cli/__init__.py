"""Commands, one module a noun; a module names its commands in ``COMMANDS``."""

from __future__ import annotations

import importlib
import pkgutil

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the commands of every module of this package to the application."""
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        for command in getattr(importlib.import_module(f"{__name__}.{module}"), "COMMANDS", ()):
            app.cli.add_command(command)
