"""Which procedure and which level a line means: by code first, by name only where there is no code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import DecisionLine, Procedure, ProcedureVersion
from catalogue.services.versions import name_key
from decisions.kinds import ChangeKind, EffectType, Level
from decisions.numbering import parse_code


@dataclass(frozen=True)
class Match:
    """What a line's words lead to. ``key`` is the procedure's key, or ``moi:<name key>`` when it will be made:
    rows of one name without a code are one procedure at several levels."""

    key: str
    procedure: Procedure | None


def match_line(session: Session, line: DecisionLine) -> Match:
    """The procedure of a line: the one with its code; without a code, the only one of that name in its register.

    A code that is new to the catalogue may have been given to a procedure that had none: then a row that changes what
    is in force means that one.
    """
    register = line.decision.register
    if line.code_key:
        found = procedure_with_code(session, line.code_key)
        if found is None and _continues(ChangeKind(line.kind)):
            found = procedure_named(session, line.name, line.level, register=register, without_code=True)
        return Match(found.key if found else line.code_key, found)
    found = procedure_named(session, line.name, line.level, register=register)
    return Match(found.key if found else f"moi:{name_key(line.name)}", found)


def _continues(kind: ChangeKind) -> bool:
    return kind.needs_predecessor or kind in (ChangeKind.RESUMED, ChangeKind.STANDARDISED)


def match_words(session: Session, words: Iterable[str], register: str = "") -> list[Procedure]:
    """Procedures named by codes or, failing that, by their exact names; unknown words are left out."""
    found = (match_word(session, text, register) for text in words)
    return list({procedure.id: procedure for procedure in found if procedure is not None}.values())


def match_word(session: Session, text: str, register: str = "") -> Procedure | None:
    """The procedure that a code or an exact name in running words means."""
    return procedure_with_code(session, parse_code(text).key) or procedure_named(session, text, "", register=register)


def unknown_words(session: Session, line: DecisionLine) -> list[str]:
    """Codes and names that a line says it replaces or is followed by, and that mean nothing here or in its decision."""
    own = {key for row in line.decision.lines for key in (row.code_key, name_key(row.name)) if key}
    return [
        text
        for text in map(str, (*line.replaces, *line.successors))
        if parse_code(text).key not in own
        and name_key(text) not in own
        and match_word(session, text, line.decision.register) is None
    ]


def procedure_with_code(session: Session, code_key: str) -> Procedure | None:
    """By national code or by the key that stands in addresses."""
    if not code_key:
        return None
    return session.scalar(select(Procedure).where((Procedure.code == code_key) | (Procedure.key == code_key)))


def procedure_named(
    session: Session, name: str, level: str, *, register: str = "", without_code: bool = False
) -> Procedure | None:
    """The one procedure whose text has this name (spelling aside); ``None`` when there are none or several.

    When the name is shared, the level decides if it leaves one. Names never lead from one register into another.
    """
    if not name.strip():
        return None
    query = select(ProcedureVersion.procedure_id, ProcedureVersion.level)
    query = query.where(ProcedureVersion.name_key == name_key(name))
    if register or without_code:
        query = query.join(Procedure)
    if register:
        query = query.where(Procedure.register == register)
    if without_code:
        query = query.where(Procedure.code.is_(None))
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


def opening_levels(level: str, in_force: Sequence[str], kind: ChangeKind) -> list[str]:
    """The tracks an opening row writes to: its own level; an unnamed one follows the only track there is.

    A row for all levels ("dùng chung") that changes texts standing at province and commune changes both.
    """
    if level == Level.UNKNOWN and len(in_force) == 1:
        return [in_force[0]]
    if level == Level.SHARED and level not in in_force and kind.needs_predecessor:
        apart = [at for at in _SHARING if at in in_force]
        return apart if len(apart) == len(_SHARING) else [level]
    return [level]


_SHARING = (Level.PROVINCE.value, Level.COMMUNE.value)


def absorbed_levels(level: str, in_force: Sequence[str], kind: ChangeKind) -> list[str]:
    """The tracks that an opened one takes the place of: a row of the inventory whose level nobody knew, and the one
    level a text stood at before it became one for all."""
    absorbed = [Level.UNKNOWN.value] if level != Level.UNKNOWN else []
    if level == Level.SHARED and level not in in_force and kind.needs_predecessor:
        absorbed += _SHARING
    return [at for at in absorbed if at in in_force]


def starting_levels(level: str, kind: ChangeKind) -> list[str]:
    """Where the words of a row come from, best first: its own track, or one that spoke for several levels."""
    near = (_SHARING if level == Level.SHARED else (Level.SHARED.value,)) if kind.needs_predecessor else ()
    return [level, Level.UNKNOWN, *near]


def effect_day(line: DecisionLine) -> tuple[date | None, date | None]:
    """From which day and until which (exclusive) a line binds; the decision speaks where the line is silent.

    ``(None, …)`` means not resolved: such a line stays out of the public list (domain rule 4).
    """
    decision = line.decision
    kind = effect_type(line)
    own = bool(line.effect_type or line.effect_from)
    until = line.effect_until or (None if own else decision.effect_until)
    if kind is EffectType.ON_SIGNING:
        return decision.signed_on, until
    return (None if kind is EffectType.UNRESOLVED else line.effect_from if own else decision.effect_from), until


def effect_type(line: DecisionLine) -> EffectType:
    """How the day of a line is fixed; a day written at the line itself stands before what the decision says."""
    if not line.effect_type and line.effect_from:
        return EffectType.FIXED
    return EffectType(line.effect_type or line.decision.effect_type)
