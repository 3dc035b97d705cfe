"""Whose text a procedure is: valid everywhere, of our own province, or of another one.

A national list brings the same procedure under a dozen codes, one a province, beside the text that binds everywhere.
Who asks here means the latter or our own; what another province adapted for itself is found after them.
"""

from __future__ import annotations

import re

from decisions.content import ProcedureContent
from search_index.vietnamese import fold

# What is left of the score of a text that another province published for itself.
OF_ANOTHER_PROVINCE = 0.85

_SPECIFIC = "SPECIFIC"  # `type` of a national record: adapted by a province ("thủ tục hành chính đặc thù")
_WITHOUT_TITLE_RE = re.compile(r"^(ubnd|uy ban nhan dan|hoi dong nhan dan|hdnd)?\s*(tinh|thanh pho|tp\.?)?\s*")


def weight(content: ProcedureContent, province: str) -> float:
    """What a score is multiplied by; `province` as the settings name it ("tỉnh Sông Thao"), may be empty."""
    if content.extra.get("type") != _SPECIFIC:
        return 1.0
    publisher = content.extra.get("departmentPromulgateName") or content.extra.get("departmentPromulgate") or ""
    ours = _place(province)
    return 1.0 if ours and ours in _place(str(publisher)) else OF_ANOTHER_PROVINCE


def _place(name: str) -> str:
    return _WITHOUT_TITLE_RE.sub("", fold(name))
