"""The edition code of a paper, and the address its QR opens."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without signs that are mistaken for one another on paper


def edition_code(prefix: str, parts: Iterable[str]) -> str:
    """``<prefix>-XXXX-XXXX``: equal parts give an equal code, so a sheet can be held against the words of today."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    value = int.from_bytes(digest[:8], "big")
    signs = []
    for _ in range(8):
        value, place = divmod(value, len(_ALPHABET))
        signs.append(_ALPHABET[place])
    return f"{prefix}-{''.join(signs[:4])}-{''.join(signs[4:])}"
