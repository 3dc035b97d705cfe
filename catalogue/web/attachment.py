"""A stored file as a download under its own name, whatever letters that has."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from search_index.vietnamese import fold


def attachment(data: bytes, media_type: str, name: str) -> Response:
    """The bytes; headers are Latin, so that the name goes twice: bare for old programs, whole for the others."""
    bare = "".join(sign for sign in fold(name) if sign.isascii() and (sign.isalnum() or sign in " ._-")) or "tep"
    answer = Response(data, mimetype=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{bare}\"; filename*=UTF-8''{quote(name, safe='')}"
    return answer
