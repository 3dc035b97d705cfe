"""The factory: load the settings, bind the extensions, register pages and commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from catalogue import cli, config, extensions, web


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application; ``overrides`` replace settings of the environment (see docs/settings.md)."""
    settings = config.load(overrides=overrides)
    app = Flask("catalogue", instance_path=str(settings["CATALOGUE_HOME"]))
    app.config.from_mapping(settings)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    extensions.init_app(app)
    web.init_app(app)
    cli.init_app(app)
    return app
