"""Texts as plain values, for reads that want a few words of many texts and no typed content."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import ProcedureVersion


def plain(session: Session, version_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The stored JSON of ``decisions.content.ProcedureContent`` by version id; parts that say nothing are absent."""
    query = select(ProcedureVersion.id, ProcedureVersion.content).where(ProcedureVersion.id.in_(version_ids))
    return {row.id: json.loads(row.content) for row in session.execute(query)}
