"""What an approval binds to beside the effects: every word of head, lines and acts, and what each line would write."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from catalogue.models import Decision, DecisionAct, DecisionLine, LineTarget, WorkflowLine
from decisions.content import ProcedureContent, content_hash

HEAD = (
    "kind", "register", "number", "issuer_text", "signed_on", "place", "signer", "capacity", "subject", "bases",
    "proposal", "articles", "recipients", "effect_type", "effect_text", "effect_from", "effect_until", "file_sha256",
    "workflows_public",
)  # fmt: skip

LINE = (
    "annex", "part", "section", "ordinal", "kind", "code_printed", "name", "level", "sector", "changed_parts", "basis",
    "effect_type", "effect_text", "effect_from", "effect_until", "replaces", "successors", "cells", "fields", "content",
    "written",
)  # fmt: skip

WORKFLOW = (
    "action", "annex", "ordinal", "code_printed", "name", "level", "expires_text", "expires_id", "dismissed", "content",
)  # fmt: skip

ACT = ("kind", "target_id", "target_text", "serials", "sentence", "whole", "effective_on", "dismissed")


class Target(Protocol):
    """The part of a planned target that is bound."""

    @property
    def number(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def effective_on(self) -> date: ...
    @property
    def until(self) -> date | None: ...
    @property
    def content(self) -> ProcedureContent | None: ...
    @property
    def corrects(self) -> LineTarget | None: ...


def target_words(targets: Iterable[Target]) -> dict[str, str]:
    """What each target writes, and where: one changed character of a text changes the fingerprint."""
    return {
        f"{t.number}:{t.key}:{t.level}": "\x1f".join(
            (
                content_hash(t.content) if t.content is not None else "closes",
                str(t.effective_on),
                str(t.until),
                str(t.corrects.id if t.corrects else ""),
            )
        )
        for t in targets
    }


def head_words(decision: Decision) -> dict[str, str]:
    """The words of the head, the lines and the acts."""
    words = {name: said(getattr(decision, name)) for name in HEAD}
    words |= {f"line {line.position}": line_words(line) for line in decision.lines}
    words |= {f"workflow {line.position}": workflow_words(line) for line in decision.workflow_lines}
    words |= {f"act {number}": act_words(act) for number, act in enumerate(decision.acts)}
    return words


def line_words(line: DecisionLine) -> str:
    """Every printed and read word of a row, in one text."""
    return "\x1f".join(said(getattr(line, name)) for name in LINE)


def workflow_words(line: WorkflowLine) -> str:
    """Every printed and read word of a row that adopts or ends a workflow."""
    return "\x1f".join(said(getattr(line, name)) for name in WORKFLOW)


def act_words(act: DecisionAct) -> str:
    """What an act says and which older rows it was found to mean."""
    rows = sorted(row.line_id for row in act.rows)
    return "\x1f".join([*(said(getattr(act, name)) for name in ACT), said(rows)])


def said(value: Any) -> str:
    """A stored value as text that is the same before and after it went to the database."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str) if value else ""
