"""Settings from the environment, with safe defaults; every variable is described in docs/settings.md."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class BadSetting(ValueError):
    """A variable of the environment that cannot be used; the message names it and its value."""


def load(environ: Mapping[str, str] | None = None, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The configuration of the application: defaults, then the environment, then ``overrides`` (tests)."""
    env = os.environ if environ is None else environ
    given = dict(overrides or {})
    home = Path(given.pop("CATALOGUE_HOME", None) or env.get("CATALOGUE_HOME") or default_home()).resolve()
    home.mkdir(parents=True, exist_ok=True)
    database = given.get("SQLALCHEMY_DATABASE_URI") or database_url(env, home)
    config: dict[str, Any] = {
        "CATALOGUE_HOME": home,
        "SQLALCHEMY_DATABASE_URI": database,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(str(database)),
        "SEARCH_URL": search_url(env, str(database), home),
        "SITE_ADDRESS": env.get("SITE_ADDRESS", "").rstrip("/"),
        "FORCE_HTTPS": flag(env, "FORCE_HTTPS"),
        "TRUSTED_PROXIES": whole_number(env, "TRUSTED_PROXIES", 0),
        "SEARCH_LIMIT": env.get("SEARCH_LIMIT") or "300 per minute",
        "QUESTION_WEEKS": whole_number(env, "QUESTION_WEEKS", 13),
        "QUESTION_SHOWN_FROM": max(2, whole_number(env, "QUESTION_SHOWN_FROM", 2)),
        "SIGN_IN_LIMIT": env.get("SIGN_IN_LIMIT") or "10 per minute",
        "RATELIMIT_STORAGE_URI": env.get("RATELIMIT_STORAGE_URI") or "memory://",
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,  # a store that is away must not take the site with it
        "MAX_CONTENT_LENGTH": whole_number(env, "MAX_UPLOAD_MB", 50) * 1024 * 1024,
        # A table pasted from Word brings megabytes of style, a dossier thousands of cells.
        "MAX_FORM_MEMORY_SIZE": 12 * 1024 * 1024,
        "MAX_FORM_PARTS": 20_000,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "BOOTSTRAP_SERVE_LOCAL": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": flag(env, "FORCE_HTTPS"),
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
        "WTF_CSRF_TIME_LIMIT": None,
    }
    config.update(given)
    config.setdefault("SECRET_KEY", env.get("SECRET_KEY") or kept_secret(home))
    return config


def database_url(environ: Mapping[str, str], home: Path) -> str:
    """The database; the usual spellings of PostgreSQL get the driver that comes with the program."""
    given = environ.get("DATABASE_URL") or f"sqlite:///{home / 'catalogue.db'}"
    scheme, separator, rest = given.partition("://")
    return f"postgresql+psycopg://{rest}" if separator and scheme in ("postgres", "postgresql") else given


def engine_options(database: str) -> dict[str, Any]:
    """How to reach the database: a server that was away is noticed within seconds and asked again afterwards."""
    if not database.startswith("postgresql"):
        return {}
    patience = {"connect_timeout": 3, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
    return {"pool_pre_ping": True, "pool_timeout": 10, "connect_args": {**patience, "tcp_user_timeout": 15_000}}


def search_url(environ: Mapping[str, str], database: str, home: Path) -> str:
    """The index: in the database where several machines may share it, else in the data folder. An index in a folder
    of one machine would never hear of what another one issues."""
    given = environ.get("SEARCH_URL", "")
    if given == "postgresql:" and not database.startswith("postgresql"):
        raise BadSetting("SEARCH_URL «postgresql:» chỉ dùng được khi DATABASE_URL cũng là PostgreSQL.")
    return given or ("postgresql:" if database.startswith("postgresql") else f"whoosh:{home / 'search'}")


def default_home() -> Path:
    """``instance`` beside the source tree, or in the current folder for an installed package."""
    source = Path(__file__).resolve().parents[1]
    return (source if (source / "setup.cfg").exists() else Path.cwd()) / "instance"


def kept_secret(home: Path) -> str:
    """The secret key of this installation; made once and readable by its owner only."""
    path = home / "secret-key"
    try:
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()


def flag(environ: Mapping[str, str], name: str) -> bool:
    """A yes/no variable: 1, true, yes, on or 0, false, no, off; missing is no."""
    value = environ.get(name, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("", "0", "false", "no", "off"):
        return False
    raise BadSetting(f"Biến môi trường {name} có giá trị «{value}»; chỉ nhận 1 hoặc 0.")


def whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    """A variable that holds a whole number, zero or more."""
    value = environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise BadSetting(f"Biến môi trường {name} có giá trị «{value}»; chỉ nhận số nguyên không âm.")
    return int(value)
