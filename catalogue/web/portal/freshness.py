"""Answers that have not changed are not sent again: the ETag is the catalogue's revision, the day, and this program."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Blueprint, Flask, Response, g, request
from flask.typing import ResponseReturnValue

from catalogue import clock, extensions
from catalogue.web.portal import memory
from search_index.ports import SearchError


def init_app(app: Flask, bp: Blueprint) -> None:
    """Check and set the ETag of every page of the blueprint."""
    app.config.setdefault("BUILD", _build())

    def answer_unchanged() -> ResponseReturnValue | None:
        if request.blueprint != bp.name or request.method not in ("GET", "HEAD"):
            return None
        g.etag = _etag(app.config["BUILD"])
        if request.if_none_match.contains_weak(g.etag):
            return Response(status=304)
        return None

    # On the application, not the blueprint: that one is shared by every application of a process.
    app.before_request(answer_unchanged)
    app.after_request(_mark)


def _etag(build: str) -> str:
    try:
        index = extensions.search().revision
    except (SearchError, OSError):
        index = "none"
    parts = (build, memory.revision(), clock.today().isoformat(), index, request.full_path)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _mark(response: Response) -> Response:
    if response.status_code in (200, 304) and "etag" in g:
        response.set_etag(g.etag, weak=True)
        response.cache_control.no_cache = None
        response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _build() -> str:
    """Changes with every change of the program's files, so that a new release is seen at once."""
    package = Path(__file__).parents[2]
    files = sorted(path for path in package.rglob("*") if path.suffix in (".py", ".html", ".css", ".js"))
    marks = (f"{path.relative_to(package)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:12]
