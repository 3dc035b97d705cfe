"""Text answers are sent compressed: readers are on slow phones, and not every installation has a proxy before it."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

SMALLEST = 1024
TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")


def init_app(app: Flask) -> None:
    """Compress what the client accepts compressed."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    wanted = request.accept_encodings["gzip"] > 0 and request.method != "HEAD"
    plain = response.status_code == 200 and "Content-Encoding" not in response.headers
    if not (plain and (response.mimetype or "").startswith(TEXTS)):
        return response
    response.vary.add("Accept-Encoding")
    if not wanted or "Content-Range" in response.headers:
        return response
    response.direct_passthrough = False
    body = response.response
    data = response.get_data()
    if (close := getattr(body, "close", None)) is not None:
        close()  # a file that is now held in memory
    if len(data) >= SMALLEST:
        response.set_data(gzip.compress(data, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
