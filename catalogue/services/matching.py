"""Which procedure and which level a line means: by code first, by name only where there is no code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import DecisionLine, Procedure, ProcedureVersion
from catalogue.services.versions import name_key
from decisions.kinds import Level
from decisions.numbering import parse_code


@dataclass(frozen=True)
class Match:
    """What a line's words lead to. ``key`` is the procedure's key, or ``moi:<name key>`` when it will be made:
    rows of one name without a code are one procedure at several levels."""

    key: str
    procedure: Procedure | None


def match_line(session: Session, line: DecisionLine) -> Match:
    """The procedure of a line: the one with its code; without a code, the only one of that name."""
    if line.code_key:
        found = procedure_with_code(session, line.code_key)
        return Match(found.key if found else line.code_key, found)
    found = procedure_named(session, line.name, line.level)
    return Match(found.key if found else f"moi:{name_key(line.name)}", found)


def match_words(session: Session, words: Iterable[str]) -> list[Procedure]:
    """Procedures named by codes or, failing that, by their exact names; unknown words are left out."""
    found: dict[int, Procedure] = {}
    for text in words:
        code = parse_code(text)
        procedure = procedure_with_code(session, code.key) or procedure_named(session, text, "")
        if procedure is not None:
            found[procedure.id] = procedure
    return list(found.values())


def procedure_with_code(session: Session, code_key: str) -> Procedure | None:
    """By national code or by the key that stands in addresses."""
    if not code_key:
        return None
    return session.scalar(select(Procedure).where((Procedure.code == code_key) | (Procedure.key == code_key)))


def procedure_named(session: Session, name: str, level: str) -> Procedure | None:
    """The one procedure whose text has this name (spelling aside); ``None`` when there are none or several.

    When the name is shared, the level decides if it leaves one.
    """
    if not name.strip():
        return None
    query = select(ProcedureVersion.procedure_id, ProcedureVersion.level)
    query = query.where(ProcedureVersion.name_key == name_key(name))
    rows = session.execute(query).all()
    ids = {pid for pid, _ in rows}
    if len(ids) > 1:
        ids = {pid for pid, at in rows if at == level}
    return session.get(Procedure, ids.pop()) if len(ids) == 1 else None


def closing_levels(level: str, in_force: Sequence[str]) -> list[str]:
    """The tracks a closing row ends: its own level; else, when the paper or the record is vague, what is in force."""
    if level in in_force:
        return [level]
    if level in (Level.UNKNOWN, Level.SHARED, Level.OTHER):
        return list(in_force)
    return [at for at in in_force if at in (Level.UNKNOWN, Level.SHARED)]


def opening_level(level: str, in_force: Sequence[str]) -> str:
    """The track an opening row writes to: its own level; an unnamed one follows the only track there is."""
    if level == Level.UNKNOWN and len(in_force) == 1:
        return in_force[0]
    return level


def effect_day(line: DecisionLine) -> tuple[date | None, date | None]:
    """From which day and until which (exclusive) a line binds; the decision speaks where the line is silent.

    ``(None, …)`` means not resolved: such a line stays out of the public list (domain rule 4).
    """
    decision = line.decision
    kind = line.effect_type or decision.effect_type
    until = line.effect_until or (None if line.effect_type else decision.effect_until)
    if kind == "on_signing":
        return decision.signed_on, until
    start = line.effect_from if line.effect_type else (line.effect_from or decision.effect_from)
    return (None if kind == "unresolved" else start), until
