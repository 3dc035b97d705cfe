"""What a decision would do: its targets, the acts on earlier decisions, and the effects, all as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Decision, DecisionAct, DecisionLine, LineTarget, Procedure, ProcedureVersion
from catalogue.queries.ledger import ANNULS, Ledger, Track, ledger
from catalogue.services.line_content import line_content
from catalogue.services.matching import closing_levels, effect_day, match_line, match_words, opening_level
from decisions.content import ProcedureContent, content_hash
from decisions.effects import Effect, Key, fingerprint, plan_effects
from decisions.kinds import ActKind, ChangeKind, Level
from decisions.timeline import Annulment, Entry, rank_of, version_on, winner_on

FIRST_PLANNED = -1
"""Planned versions and entries have negative ids, counted down in the order of the paper: stable between two plans."""


@dataclass(frozen=True)
class PlannedTarget:
    """One thing a line would do: open ``content`` on a track, or close the track (``content`` is ``None``)."""

    number: int
    line: DecisionLine
    key: str
    procedure: Procedure | None
    level: str
    effective_on: date
    until: date | None = None
    content: ProcedureContent | None = None
    base: ProcedureVersion | None = None
    corrects: LineTarget | None = None
    binding: int | None = None  # the version in force on this track on the day, before the decision

    @property
    def track(self) -> tuple[str, str]:
        """The track by key, as it also exists for procedures not made yet."""
        return self.key, self.level


@dataclass(frozen=True)
class Plan:
    """Everything a decision would change. ``waiting`` are lines without a resolved day; they open nothing."""

    targets: tuple[PlannedTarget, ...]
    annulments: tuple[Annulment, ...]
    effects: tuple[Effect, ...]
    waiting: tuple[DecisionLine, ...]
    idle: tuple[DecisionLine, ...]
    fingerprint: str


@dataclass
class _Planner:
    session: Session
    decision: Decision
    now: datetime
    book: Ledger = field(default_factory=lambda: Ledger({}))
    targets: list[PlannedTarget] = field(default_factory=list)

    def tracks(self, procedure: Procedure | None, day: date) -> dict[str, int]:
        """Levels of a procedure in force on the day, with the version that binds."""
        if procedure is None:
            return {}
        found: dict[str, int] = {}
        for (pid, level), entries in self.book.entries.items():
            if pid == procedure.id:
                version = version_on(day, entries, self.book.acts_on(entries))
                if version is not None:
                    found[level] = version
        return found

    def add(
        self, line: DecisionLine, key: str, procedure: Procedure | None, level: str, day: date, **rest: object
    ) -> None:
        number = FIRST_PLANNED - len(self.targets)
        self.targets.append(PlannedTarget(number, line, key, procedure, level, day, **rest))  # type: ignore[arg-type]


def make_plan(session: Session, decision: Decision, now: datetime) -> Plan:
    """Compute the plan of a draft from the ledger as it stands."""
    matches = {line.id: match_line(session, line) for line in decision.lines}
    closed = {line.id: match_words(session, line.replaces) for line in decision.lines if line.replaces}
    procedures = {m.procedure.id for m in matches.values() if m.procedure}
    procedures |= {p.id for found in closed.values() for p in found}
    procedures |= acted_procedures(session, decision)
    planner = _Planner(session, decision, now, ledger(session, procedures))
    waiting, idle = [], []
    for line in decision.lines:
        day, until = effect_day(line)
        before = len(planner.targets)
        if day is None:
            waiting.append(line)
            continue
        _plan_line(planner, line, matches[line.id].key, matches[line.id].procedure, day, until, closed.get(line.id, []))
        if len(planner.targets) == before:
            idle.append(line)
    acts = planned_annulments(session, decision, now)
    effects = _effects(session, planner, acts)
    print_ = fingerprint(effects, _texts(planner.targets), head_words(decision))
    return Plan(tuple(planner.targets), acts, tuple(effects), tuple(waiting), tuple(idle), print_)


def _plan_line(
    planner: _Planner, line: DecisionLine, key: str, procedure: Procedure | None, day: date, until: date | None,
    closed: list[Procedure],
) -> None:  # fmt: skip
    kind = ChangeKind(line.kind)
    if kind is ChangeKind.ABOLISHED:
        for level in closing_levels(line.level, list(planner.tracks(procedure, day))):
            planner.add(line, key, procedure, level, day, binding=planner.tracks(procedure, day)[level])
        return
    if kind is ChangeKind.CORRECTED:
        _plan_correction(planner, line, key, procedure, day)
        return
    if not kind.opens:
        return
    in_force = planner.tracks(procedure, day)
    level = opening_level(line.level, list(in_force))
    base = _base(planner, procedure, level, in_force, kind)
    content = line_content(line, base.value if base else None)
    planner.add(
        line,
        key,
        procedure,
        level,
        day,
        until=until,
        content=content,
        base=base,
        binding=in_force.get(level) or in_force.get(Level.UNKNOWN),
    )
    if level != Level.UNKNOWN and Level.UNKNOWN in in_force:
        planner.add(line, key, procedure, Level.UNKNOWN, day)  # the row of the inventory whose level nobody knew
    for old in closed:
        if procedure is None or old.id != procedure.id:
            # What is replaced may have stood at another level (district work that went to communes).
            before = planner.tracks(old, day)
            for at in [line.level] if line.level in before else before:
                planner.add(line, old.key, old, at, day, binding=before[at])


def _plan_correction(planner: _Planner, line: DecisionLine, key: str, procedure: Procedure | None, day: date) -> None:
    """A correction keeps the dates of what it corrects (domain 9.2) and only changes words."""
    if procedure is None:
        return
    wanted = {act.target_id for act in planner.decision.acts if act.kind == ActKind.CORRECTED and act.target_id}
    for (pid, level), entries in planner.book.entries.items():
        if pid != procedure.id or line.level not in (level, Level.UNKNOWN):
            continue
        named = [entry for entry in entries if entry.decision in wanted and entry.version is not None]
        found = named[-1] if named else winner_on(day, entries, planner.book.acts_on(entries))
        target = planner.session.get(LineTarget, found.id) if found else None
        if target is not None and target.version is not None:
            content = line_content(line, target.version.value)
            planner.add(
                line, key, procedure, level, target.effective_on,
                until=target.until, content=content, base=target.version, corrects=target, binding=target.version_id,
            )  # fmt: skip


def _base(
    planner: _Planner, procedure: Procedure | None, level: str, in_force: dict[str, int], kind: ChangeKind
) -> ProcedureVersion | None:
    """The text a line starts from: what binds on its day; for a resumption the last text there was."""
    if procedure is None:
        return None
    version = in_force.get(level) or in_force.get(Level.UNKNOWN)
    if version is None and kind in (ChangeKind.RESUMED, ChangeKind.STANDARDISED):
        entries = planner.book.entries.get((procedure.id, level), [])
        texts = [e for e in entries if e.version is not None]
        version = max(texts, key=lambda e: (e.effective_on, e.rank)).version if texts else None
    return planner.session.get(ProcedureVersion, version) if version is not None else None


def acted_procedures(session: Session, decision: Decision) -> set[int]:
    """Procedures whose periods an act of this decision on earlier ones can change."""
    found: set[int] = set()
    for act in decision.acts:
        if ActKind(act.kind) not in ANNULS or act.dismissed:
            continue
        query = select(LineTarget.procedure_id).join(DecisionLine, DecisionLine.id == LineTarget.line_id)
        if act.whole and act.target_id is not None:
            found |= set(session.scalars(query.where(DecisionLine.decision_id == act.target_id)))
            found |= _revoked_again(session, act)
        elif act.rows:
            found |= set(session.scalars(query.where(DecisionLine.id.in_([row.line_id for row in act.rows]))))
    return found


def _revoked_again(session: Session, act: DecisionAct) -> set[int]:
    """Revoking a decision also undoes what that decision had done to earlier ones."""
    target = session.get(Decision, act.target_id)
    return acted_procedures(session, target) if target is not None and target.id != act.decision_id else set()


def planned_annulments(session: Session, decision: Decision, now: datetime) -> tuple[Annulment, ...]:
    """The acts of a draft as the replay sees them; an abolition without a day counts from the decision's own day."""
    found: list[Annulment] = []
    for act in decision.acts:
        kind = ANNULS.get(ActKind(act.kind))
        if kind is None or act.dismissed:
            continue
        day = act_day(act)
        if act.whole and act.target_id is not None:
            targets: list[tuple[int | None, int | None]] = [(None, act.target_id)]
        else:
            lines = [row.line_id for row in act.rows]
            ids = session.scalars(select(LineTarget.id).where(LineTarget.line_id.in_(lines)).order_by(LineTarget.id))
            targets = [(entry, None) for entry in ids]
        for entry, whole in targets:
            found.append(Annulment(FIRST_PLANNED - len(found), decision.id, kind, day, now, entry, whole))
    return tuple(found)


def act_day(act: DecisionAct) -> date | None:
    """From when an act works. Revoking without a day means as if it had never been; abolishing needs a day."""
    if act.effective_on is not None or act.kind == ActKind.REVOKED:
        return act.effective_on
    decision = act.decision
    return decision.signed_on if decision.effect_type == "on_signing" else (decision.effect_from or decision.signed_on)


def _effects(session: Session, planner: _Planner, acts: Iterable[Annulment]) -> list[Effect]:
    keys = {(t.procedure.id, t.level): t.key for t in planner.targets if t.procedure}
    added: dict[tuple[str, str], list[Entry]] = {}
    for target in planner.targets:
        added.setdefault(target.track, []).append(_entry(planner, target))
    known: set[Track] = set(planner.book.entries) | set(keys)
    found: list[Effect] = []
    for pid, level in sorted(known):
        procedure = session.get(Procedure, pid)
        key = procedure.key if procedure else ""
        entries = planner.book.entries.get((pid, level), [])
        recorded = planner.book.acts_on(entries)
        found += plan_effects(Key(key, level), entries, recorded, added.pop((key, level), []), acts)
    for (key, level), entries in sorted(added.items()):
        found += plan_effects(Key(key, level), [], [], entries, ())
    return found


def _entry(planner: _Planner, target: PlannedTarget) -> Entry:
    decision = planner.decision
    rank = rank_of(decision.signed_on or target.effective_on, decision.number_key or "", target.line.position)
    version = target.number if target.content is not None else None
    return Entry(target.number, target.effective_on, target.until, rank, version, planner.now, decision.id)


def _texts(targets: Iterable[PlannedTarget]) -> dict[str, str]:
    """Every opened text by its place: one changed character changes the fingerprint."""
    return {f"{t.number}:{t.key}:{t.level}": content_hash(t.content) for t in targets if t.content is not None}


def head_words(decision: Decision) -> dict[str, str]:
    """The words of the head, lines and acts that an approval binds to beside the effects."""
    head = (
        "kind",
        "register",
        "number",
        "issuer_text",
        "signed_on",
        "signer",
        "capacity",
        "subject",
        "effect_text",
        "file_sha256",
    )
    words = {name: str(getattr(decision, name) or "") for name in head}
    for line in decision.lines:
        shown = (line.kind, line.code_printed, line.name, line.level, line.changed_parts, line.basis, line.effect_text)
        words[f"line {line.position}"] = "\x1f".join([*shown, *map(str, line.successors), str(line.cells)])
    for number, act in enumerate(decision.acts):
        rows = ",".join(str(row.line_id) for row in act.rows)
        words[f"act {number}"] = "\x1f".join(
            (act.kind, act.target_text, act.serials, rows, act.dismissed, str(act.effective_on))
        )
    return words
