"""QR codes: black on white with the quiet zone the standard asks for."""

from __future__ import annotations

import io

import segno

_QUIET_ZONE = 4  # modules, ISO/IEC 18004


def svg(address: str) -> str:
    """The QR of an address as an SVG document (for paper)."""
    return _drawn(address, "svg", scale=1, xmldecl=False).decode()


def png(address: str) -> bytes:
    """The QR of an address as a PNG picture with 8 dots a module (for Word)."""
    return _drawn(address, "png", scale=8)


def _drawn(address: str, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False, boost_error=True)
    code.save(out, kind=kind, border=_QUIET_ZONE, dark="#000", light="#fff", **options)
    return out.getvalue()
