"""The ledger as values of ``decisions.timeline``: the one place where rows become entries and annulments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalogue.models import ActRow, Decision, DecisionAct, DecisionLine, LineTarget
from decisions import timeline
from decisions.kinds import ActKind, ChangeKind, DecisionStatus
from decisions.timeline import Annulment, AnnulmentKind, Entry, Period, Rank, periods, rank_of

Track = tuple[int, str]
"""(procedure id, level): what the replay is keyed by."""

BELOW = 10_000_000

CHUNK = 400  # bound parameters per statement, well under SQLite's limit

ANNULS = {ActKind.REVOKED: AnnulmentKind.ANNULLED, ActKind.ABOLISHED: AnnulmentKind.ENDED}


@dataclass(frozen=True)
class Ledger:
    """Entries by track, and every standing act that annuls something. ``levels`` are the tracks of each procedure."""

    entries: dict[Track, list[Entry]]
    annulments: tuple[Annulment, ...] = ()
    levels: dict[int, list[str]] = field(init=False, repr=False)
    _by_target: dict[int, list[Annulment]] = field(init=False, repr=False)
    _by_entry: dict[int, list[Annulment]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_target: dict[int, list[Annulment]] = defaultdict(list)
        by_entry: dict[int, list[Annulment]] = defaultdict(list)
        for act in self.annulments:
            if act.target_decision is not None:
                by_target[act.target_decision].append(act)
            if act.entry is not None:
                by_entry[act.entry].append(act)
        levels: dict[int, list[str]] = defaultdict(list)
        for procedure_id, level in self.entries:
            levels[procedure_id].append(level)
        object.__setattr__(self, "levels", dict(levels))
        object.__setattr__(self, "_by_target", by_target)
        object.__setattr__(self, "_by_entry", by_entry)

    def acts_on(self, entries: Iterable[Entry]) -> list[Annulment]:
        """The acts that can touch these entries, with the acts on those acts."""
        found: dict[int, Annulment] = {}
        waiting = [act for e in entries for act in (*self._by_entry[e.id], *self._by_target[e.decision])]
        while waiting:
            act = waiting.pop()
            if act.id not in found:
                found[act.id] = act
                waiting.extend(self._by_target[act.decision])
        return list(found.values())

    def periods(self, track: Track, *, known_at: datetime | None = None) -> list[Period]:
        """When each version of the track binds."""
        entries = self.entries.get(track, [])
        return periods(entries, self.acts_on(entries), known_at=known_at)


def chunked(ids: Iterable[int], size: int = CHUNK) -> Iterator[list[int]]:
    """The ids in lists that fit into one statement."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def ledger(session: Session, procedure_ids: Collection[int]) -> Ledger:
    """Everything issued about these procedures."""
    entries: dict[Track, list[Entry]] = defaultdict(list)
    for ids in chunked(procedure_ids):
        for row in session.execute(_targets().where(LineTarget.procedure_id.in_(ids))):
            entries[row.procedure_id, row.level].append(_entry(row))
    for found in entries.values():  # sorted here: the database would rather walk the whole table in order
        found.sort(key=lambda entry: entry.id)
    return Ledger(dict(sorted(entries.items())), annulments(session))


def annulments(session: Session) -> tuple[Annulment, ...]:
    """Every revocation and abolition by an issued decision, whole or by rows, in recorded order."""
    acts = session.execute(
        select(
            DecisionAct.id, DecisionAct.decision_id, DecisionAct.kind, DecisionAct.target_id, DecisionAct.whole,
            DecisionAct.effective_on, Decision.issued_at,
        )
        .join(Decision, Decision.id == DecisionAct.decision_id)
        .where(Decision.status == DecisionStatus.ISSUED)
        .where(DecisionAct.kind.in_(list(ANNULS)), DecisionAct.dismissed == "")
        .order_by(DecisionAct.id)
    ).all()  # fmt: skip
    rows = _act_targets(session)
    found: list[Annulment] = []
    for act in acts:
        kind = ANNULS[ActKind(act.kind)]
        if act.whole and act.target_id is not None:
            targets: list[tuple[int | None, int | None]] = [(None, act.target_id)]
        else:
            targets = [(target, None) for target in rows.get(act.id, [])]
        for entry, decision in targets:
            number = len(found)  # one number for each annulment: acts are told apart by it
            found.append(
                Annulment(number, act.decision_id, kind, act.effective_on, act.issued_at, entry, decision)
            )
    return tuple(found)


def revoked_decisions(session: Session) -> set[int]:
    """Decisions revoked as a whole: what they linked is linked no more."""
    return timeline.revoked_decisions(annulments(session))


def _act_targets(session: Session) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    query = select(ActRow.act_id, LineTarget.id).join(LineTarget, LineTarget.line_id == ActRow.line_id)
    for act_id, target_id in session.execute(query.order_by(LineTarget.id)):
        found[act_id].append(target_id)
    return found


def _targets() -> Select[*tuple[Any, ...]]:
    return (
        select(
            LineTarget.id, LineTarget.procedure_id, LineTarget.level, LineTarget.version_id, LineTarget.effective_on,
            LineTarget.until, LineTarget.recorded_at, DecisionLine.position, DecisionLine.kind,
            Decision.id.label("decision_id"), Decision.signed_on, Decision.number_key, Decision.issuer_id,
        )
        .join(DecisionLine, DecisionLine.id == LineTarget.line_id)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .where(Decision.status == DecisionStatus.ISSUED)
    )  # fmt: skip


def _entry(r: Any) -> Entry:
    # A row recorded from the paper stands over the same decision's row in a national record.
    position = r.position - BELOW if r.kind == ChangeKind.INVENTORY else r.position
    rank = signing_rank(r.signed_on or r.effective_on, r.number_key, r.issuer_id, position)
    returns = ChangeKind(r.kind).sets_attribute
    return Entry(r.id, r.effective_on, r.until, rank, r.version_id, r.recorded_at, r.decision_id, returns)


def signing_rank(signed_on: date, number_key: str | None, issuer_id: int | None, position: int) -> Rank:
    """The order of a line among those of one day. Two issuers can use one number on one day: the issuer tells them
    apart, so that a rehearsal and the ledger never order them differently."""
    return rank_of(signed_on, f"{number_key or ''}#{issuer_id or 0}", position)
