"""What a decision would do: its targets, the acts on earlier decisions, and the effects, all as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Decision, DecisionAct, DecisionLine, LineTarget, Procedure, ProcedureVersion
from catalogue.queries.ledger import ANNULS, Ledger, Track, ledger, signing_rank
from catalogue.services.line_content import line_content
from catalogue.services.matching import (
    Match,
    absorbed_levels,
    closing_levels,
    effect_day,
    match_line,
    match_words,
    opening_levels,
    starting_levels,
)
from catalogue.services.plan_words import head_words, target_words
from catalogue.services.workflow_planning import PlannedWorkflow, plan_workflows, workflow_effects
from decisions.content import ProcedureContent
from decisions.effects import Effect, Key, fingerprint, plan_effects
from decisions.kinds import ActKind, ChangeKind, EffectType, Level
from decisions.timeline import Annulment, AnnulmentKind, Entry, version_on, winner_on

FIRST_PLANNED = -1
"""Planned versions and entries have negative ids, counted down in the order of the paper: stable between two plans."""


@dataclass(frozen=True)
class PlannedTarget:
    """One thing a line would do: open ``content`` on a track, or close the track (``content`` is ``None``).

    ``later`` are entries already recorded that take over after it, and so do not carry what it says.
    """

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
    later: tuple[Entry, ...] = ()

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
    workflows: tuple[PlannedWorkflow, ...] = ()


@dataclass(frozen=True)
class _Row:
    """A line with what its words lead to and its days."""

    line: DecisionLine
    match: Match
    closed: list[Procedure]
    day: date
    until: date | None

    @property
    def kind(self) -> ChangeKind:
        return ChangeKind(self.line.kind)


@dataclass
class _Planner:
    session: Session
    decision: Decision
    now: datetime
    book: Ledger = field(default_factory=lambda: Ledger({}))
    targets: list[PlannedTarget] = field(default_factory=list)

    def tracks(self, procedure: Procedure | None, day: date) -> dict[str, int]:
        """Levels of a procedure in force on the day, with the version that binds."""
        found: dict[str, int] = {}
        for level in self.book.levels.get(procedure.id, ()) if procedure else ():
            entries = self.book.entries[procedure.id, level] if procedure else []
            version = version_on(day, entries, self.book.acts_on(entries))
            if version is not None:
                found[level] = version
        return found

    def text(self, key: str, level: str) -> ProcedureContent | None:
        """What an earlier row of this decision has just written on the track."""
        own = (t.content for t in reversed(self.targets) if t.track == (key, level) and t.content is not None)
        return next(own, None)

    def add(
        self, row: _Row, procedure: Procedure | None, level: str, *, key: str = "", day: date | None = None,
        **rest: Any,
    ) -> None:  # fmt: skip
        number = FIRST_PLANNED - len(self.targets)
        key = key or row.match.key
        planned = PlannedTarget(number, row.line, key, procedure, level, day or row.day, **rest)
        self.targets.append(replace(planned, later=self._later(planned)))

    def _later(self, target: PlannedTarget) -> tuple[Entry, ...]:
        """Entries that open after it and bind on their first day, in spite of it."""
        entries = self.book.entries.get((target.procedure.id, target.level), []) if target.procedure else []
        own, acts = _entry(self, target), self.book.acts_on(entries)
        return tuple(
            entry
            for entry in entries
            if entry.version is not None
            and entry.decision != self.decision.id
            and (entry.effective_on, entry.rank) > (own.effective_on, own.rank)
            and winner_on(entry.effective_on, [*entries, own], acts) == entry
        )


def make_plan(session: Session, decision: Decision, now: datetime) -> Plan:
    """Compute the plan of a draft from the ledger as it stands.

    Rows are taken in the order of their days, so that a row builds on what another row of the decision has changed.
    """
    rows, waiting = _rows(session, decision)
    procedures = {row.match.procedure.id for row in rows if row.match.procedure}
    procedures |= {procedure.id for row in rows for procedure in row.closed}
    procedures |= acted_procedures(session, decision)
    planner = _Planner(session, decision, now, ledger(session, procedures))
    for row in sorted(rows, key=lambda row: (row.day, row.line.position)):
        _plan_row(planner, row)
    planner.targets.sort(key=lambda target: (target.line.position, -target.number))
    busy = {target.line.id for target in planner.targets}
    idle = tuple(row.line for row in rows if row.line.id not in busy)
    acts = planned_annulments(session, decision, now)
    effects = _effects(session, planner, acts)
    workflows = tuple(plan_workflows(session, decision, planner.targets))
    words = {**target_words(planner.targets), **workflow_effects(workflows)}
    print_ = fingerprint(effects, words, head_words(decision))
    return Plan(tuple(planner.targets), acts, tuple(effects), tuple(waiting), idle, print_, workflows)


def planned_text(session: Session, line: DecisionLine, *, on: date, now: datetime) -> PlannedTarget | None:
    """What one row alone would open, on its own day or on ``on`` while that day is not known; None when nothing."""
    day, until = effect_day(line)
    row = _Row(line, match_line(session, line), [], day or on, until)
    procedures = {row.match.procedure.id} if row.match.procedure else set()
    planner = _Planner(session, line.decision, now, ledger(session, procedures))
    _plan_row(planner, row)
    return next((target for target in planner.targets if target.content is not None), None)


def _rows(session: Session, decision: Decision) -> tuple[list[_Row], list[DecisionLine]]:
    """The lines with a day, matched; and those that wait for one."""
    rows: list[_Row] = []
    waiting: list[DecisionLine] = []
    for line in decision.lines:
        day, until = effect_day(line)
        if day is None:
            waiting.append(line)
            continue
        closed = match_words(session, map(str, line.replaces), decision.register) if line.replaces else []
        rows.append(_Row(line, match_line(session, line), closed, day, until))
    return _one_code_each(rows), waiting


def _one_code_each(rows: list[_Row]) -> list[_Row]:
    """Two codes given to one procedure that had none are two procedures: then none of them is that one."""
    codes: dict[int, set[str]] = {}
    for row in rows:
        if row.match.procedure is not None and row.match.procedure.code is None and row.line.code_key:
            codes.setdefault(row.match.procedure.id, set()).add(row.line.code_key)
    torn = {procedure for procedure, given in codes.items() if len(given) > 1}
    return [
        replace(row, match=Match(row.line.code_key, None))
        if row.line.code_key and row.match.procedure is not None and row.match.procedure.id in torn
        else row
        for row in rows
    ]


def _plan_row(planner: _Planner, row: _Row) -> None:
    procedure = row.match.procedure
    in_force = planner.tracks(procedure, row.day)
    if row.kind is ChangeKind.ABOLISHED:
        for level in closing_levels(row.line.level, list(in_force)):
            planner.add(row, procedure, level, binding=in_force[level])
    elif row.kind is ChangeKind.CORRECTED:
        _plan_correction(planner, row)
    elif row.kind.opens:
        _plan_opening(planner, row, in_force)


def _plan_opening(planner: _Planner, row: _Row, in_force: dict[str, int]) -> None:
    procedure, levels = row.match.procedure, list(in_force)
    opened = opening_levels(row.line.level, levels, row.kind)
    for level in opened:
        base = _base(planner, procedure, level, in_force, row)
        start = planner.text(row.match.key, level) or (base.value if base else None)
        gone = absorbed_levels(level, levels, row.kind)
        binding = next((in_force[at] for at in (level, *gone) if at in in_force), None)
        content = line_content(row.line, start)
        planner.add(row, procedure, level, until=row.until, content=content, base=base, binding=binding)
    for at in absorbed_levels(opened[0], levels, row.kind):
        planner.add(row, procedure, at)
    for old in row.closed:
        if procedure is None or old.id != procedure.id:
            # What is replaced may have stood at another level (district work that went to communes).
            before = planner.tracks(old, row.day)
            for at in [row.line.level] if row.line.level in before else before:
                planner.add(row, old, at, key=old.key, binding=before[at])


def _plan_correction(planner: _Planner, row: _Row) -> None:
    """A correction keeps the dates of what it corrects (domain 9.2) and only changes words."""
    procedure = row.match.procedure
    if procedure is None:
        return
    wanted = {act.target_id for act in planner.decision.acts if act.kind == ActKind.CORRECTED and act.target_id}
    for level in planner.book.levels.get(procedure.id, ()):
        if row.line.level not in (level, Level.UNKNOWN):
            continue
        entries = planner.book.entries[procedure.id, level]
        named = [entry for entry in entries if entry.decision in wanted and entry.version is not None]
        newest = max(named, key=lambda entry: (entry.effective_on, entry.rank)) if named else None
        found = newest or winner_on(row.day, entries, planner.book.acts_on(entries))
        target = _standing(planner, found, entries) if found else None
        if target is not None and target.version is not None:
            content = line_content(row.line, planner.text(row.match.key, level) or target.version.value)
            planner.add(
                row, procedure, level, day=target.effective_on,
                until=target.until, content=content, base=target.version, corrects=target, binding=target.version_id,
            )  # fmt: skip


def _standing(planner: _Planner, entry: Entry, entries: list[Entry]) -> LineTarget | None:
    """The target whose words stand now: that of the entry, or of the last correction made to it and not revoked."""
    rows = planner.session.execute(
        select(LineTarget.id, LineTarget.corrects_id)
        .where(LineTarget.corrects_id.is_not(None), LineTarget.id.in_([e.id for e in entries]))
        .order_by(LineTarget.id)
    )
    family = {entry.id}
    for target_id, corrects_id in rows:
        if corrects_id in family:
            family.add(target_id)
    related = [e for e in entries if e.id in family]
    found = winner_on(entry.effective_on, related, planner.book.acts_on(related)) or entry
    return planner.session.get(LineTarget, found.id)


def _base(
    planner: _Planner, procedure: Procedure | None, level: str, in_force: dict[str, int], row: _Row
) -> ProcedureVersion | None:
    """The text a line starts from: what binds on its day; for a resumption the last text that did."""
    if procedure is None:
        return None
    version = next((in_force[at] for at in starting_levels(level, row.kind) if at in in_force), None)
    if version is None and row.kind in (ChangeKind.RESUMED, ChangeKind.STANDARDISED):
        past = [p for p in planner.book.periods((procedure.id, level)) if p.valid_from <= row.day]
        version = past[-1].version if past else None
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
        if day is None and kind is AnnulmentKind.ENDED:
            continue  # its day is not known: a problem of the draft, never "from the very beginning"
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
    """From when an act works. Revoking without a day means as if it had never been; abolishing needs a day, which is
    that of its decision and is not known while that one waits for another text."""
    if act.effective_on is not None or act.kind == ActKind.REVOKED:
        return act.effective_on
    decision = act.decision
    if decision.effect_type == EffectType.ON_SIGNING:
        return decision.signed_on
    return None if decision.effect_type == EffectType.UNRESOLVED else decision.effect_from


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
    signed_on = decision.signed_on or target.effective_on
    rank = signing_rank(signed_on, decision.number_key, decision.issuer_id, target.line.position)
    version = target.number if target.content is not None else None
    returns = ChangeKind(target.line.kind).sets_attribute
    return Entry(target.number, target.effective_on, target.until, rank, version, planner.now, decision.id, returns)
