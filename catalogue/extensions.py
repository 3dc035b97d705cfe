"""The unbound extensions: the only place where Flask meets the models and the search index."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from limits.errors import ConfigurationError
from sqlalchemy import Engine, event
from sqlalchemy.exc import ArgumentError

from catalogue.config import BadSetting
from catalogue.models import Base
from catalogue.synonyms import EXPANSIONS
from search_index import open_backend
from search_index.ports import SearchBackend

db = SQLAlchemy(metadata=Base.metadata)
migrate = Migrate()
csrf = CSRFProtect()
babel = Babel()
bootstrap = Bootstrap5()
limiter = Limiter(get_remote_address, headers_enabled=True)
talisman = Talisman()

# Bootstrap draws its check marks and arrows from data: images inside its own style sheet.
CONTENT_POLICY = {
    "default-src": "'self'",
    "img-src": ["'self'", "data:"],
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}


def init_app(app: Flask) -> None:
    """Bind every extension to the application."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(Path(__file__).parent / "migrations"))
    csrf.init_app(app)
    babel.init_app(app)
    bootstrap.init_app(app)
    _count_visits(app)
    https = bool(app.config["FORCE_HTTPS"])
    talisman.init_app(
        app,
        force_https=https,
        strict_transport_security=https,
        session_cookie_secure=https,
        content_security_policy=CONTENT_POLICY,
        referrer_policy="same-origin",
    )
    app.extensions["search"] = open_search(app.config["SEARCH_URL"])


def _count_visits(app: Flask) -> None:
    """Bind the limiter; while a store that machines share is away, each counts for itself (see config)."""
    kind = str(app.config["RATELIMIT_STORAGE_URI"]).partition("://")[0]  # what follows may hold a password
    try:
        limiter.init_app(app)
    except ConfigurationError:
        raise BadSetting(
            f"RATELIMIT_STORAGE_URI «{kind}://…» chưa dùng được; viết memory://, hoặc redis://máy khi đã cài gói redis."
        ) from None


def open_search(url: str) -> SearchBackend:
    """The back end an address names (docs/settings.md); plain ``postgresql:`` works in the session's transaction."""
    try:
        return open_backend(url, EXPANSIONS, connect=lambda: db.session().connection())
    except (ValueError, ImportError, ArgumentError):
        form = "memory:, whoosh:<thư mục>, postgresql: hoặc postgresql://tên@máy/csdl"
        raise BadSetting(f"SEARCH_URL «{url}» chưa dùng được; viết {form}.") from None


def search() -> SearchBackend:
    """The index of the running application."""
    return cast(SearchBackend, current_app.extensions["search"])


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Foreign keys are off in SQLite unless asked for; WAL lets readers go on while one officer writes."""
    if not isinstance(connection, sqlite3.Connection):
        return
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA busy_timeout = 15000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()
