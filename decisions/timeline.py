"""The replay: which version of one procedure at one level binds on a day, from the lines of all issued decisions.

Two clocks. ``effective_on`` and ``on`` say from which day something binds; ``recorded_at`` says since when we know.
Nothing is ever overwritten: a correction, a revocation, a reinstatement is one more line, and the periods follow.

The rule on a day d, with what was known at k:

1. Entries and annulments recorded after k are not there.
2. An annulment acts on d when its ``on`` is None or not after d, and the decision that made it is not itself annulled
   on d (so revoking a revocation restores what the first one took away).
3. An entry is a candidate when it takes effect on or before d and is not ``annulled`` on d. A temporary one that
   ``returns`` is none from its ``until`` on. An entry that opens is none either once an entry of a decision signed
   later has closed on or before its own first day: what was abolished does not come back by an older order that was
   still to take effect.
4. The candidate with the greatest (effective day, rank) wins. If it closes, has reached its ``until`` or is ``ended``
   on d, nothing binds. Else its version binds.

Hence thu hồi (``annulled``) gives back what was before and bãi bỏ (``ended``) does not; an end date never closes a
later version; a correction with the same effective day and a later rank holds from that same day, once it is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

Rank = tuple[str, str, int]


class AnnulmentKind(StrEnum):
    """What an act does to its target from its day on."""

    ANNULLED = "annulled"  # thu hồi: what was before returns
    ENDED = "ended"  # bãi bỏ: nothing returns


@dataclass(frozen=True)
class Entry:
    """One line of a decision: from this day this version binds; ``version`` None closes what bound before.

    ``until`` is exclusive. ``rank`` orders lines of the same effective day and does not depend on when they were typed
    in; make it with ``rank_of``. ``decision`` is the id of the decision that the line belongs to. ``returns`` says that
    what bound before binds again from ``until`` on (a list that sets an attribute for a time), else nothing does.
    """

    id: int
    effective_on: date
    until: date | None
    rank: Rank
    version: int | None
    recorded_at: datetime
    decision: int
    returns: bool = False


@dataclass(frozen=True)
class Annulment:
    """An act of ``decision`` on one entry, or on every entry and act of ``target_decision``.

    ``on`` is the first day on which the target no longer counts; None means as if it had never been.
    """

    id: int
    decision: int
    kind: AnnulmentKind
    on: date | None
    recorded_at: datetime
    entry: int | None = None
    target_decision: int | None = None


@dataclass(frozen=True, order=True)
class Period:
    """One version binds from ``valid_from`` until the day before ``valid_until``; None is open. ``entry`` opened it."""

    valid_from: date
    valid_until: date | None
    version: int
    entry: int

    def covers(self, day: date) -> bool:
        """Whether the version binds on the day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


def rank_of(signed_on: date, number_key: str, position: int) -> Rank:
    """The order among lines of one effective day: by signing, then number (``DecisionNumber.key``), then place."""
    digits = len(number_key) - len(number_key.lstrip("0123456789"))
    return signed_on.isoformat(), number_key[:digits].zfill(8) + number_key[digits:], position


def winner_on(
    day: date, entries: Iterable[Entry], annulments: Collection[Annulment] = (), *, known_at: datetime | None = None
) -> Entry | None:
    """The entry whose version binds on the day, or None when nothing binds."""
    known = [entry for entry in entries if known_at is None or entry.recorded_at <= known_at]
    acts = [a for a in annulments if (known_at is None or a.recorded_at <= known_at) and (a.on is None or a.on <= day)]
    return _winner(day, known, acts)


def version_on(
    day: date, entries: Iterable[Entry], annulments: Collection[Annulment] = (), *, known_at: datetime | None = None
) -> int | None:
    """The version that binds on the day as known at the instant (default: all we know), or None."""
    winner = winner_on(day, entries, annulments, known_at=known_at)
    return None if winner is None else winner.version


def periods(
    entries: Iterable[Entry], annulments: Iterable[Annulment] = (), *, known_at: datetime | None = None
) -> list[Period]:
    """Sorted, disjoint, half-open periods; neighbours of one version are one period. Agrees with ``version_on``."""
    known = [entry for entry in entries if known_at is None or entry.recorded_at <= known_at]
    acts = [a for a in annulments if known_at is None or a.recorded_at <= known_at]
    days = _breakpoints(known, acts)
    spans = pairwise([*days, None])
    return list(_merged(_span_periods(spans, known, acts)))


def _breakpoints(entries: Iterable[Entry], annulments: Iterable[Annulment]) -> list[date]:
    days = {entry.effective_on for entry in entries}
    days |= {entry.until for entry in entries if entry.until is not None}
    days |= {act.on for act in annulments if act.on is not None}
    return sorted(days)


def _span_periods(
    spans: Iterable[tuple[date | None, date | None]], entries: list[Entry], annulments: list[Annulment]
) -> Iterator[Period]:
    for start, end in spans:
        if start is None:
            continue
        winner = _winner(start, entries, [a for a in annulments if a.on is None or a.on <= start])
        if winner is not None and winner.version is not None:
            yield Period(start, end, winner.version, winner.id)


def _merged(found: Iterable[Period]) -> Iterator[Period]:
    last: Period | None = None
    for period in found:
        if last is not None and last.version == period.version and last.valid_until == period.valid_from:
            last = Period(last.valid_from, period.valid_until, last.version, last.entry)
            continue
        if last is not None:
            yield last
        last = period
    if last is not None:
        yield last


def _winner(day: date, entries: Iterable[Entry], acts: Collection[Annulment]) -> Entry | None:
    standing = [
        entry
        for entry in entries
        if entry.effective_on <= day
        and not (entry.returns and entry.until is not None and entry.until <= day)
        and not _is_hit(entry, AnnulmentKind.ANNULLED, acts)
    ]
    closings = [entry for entry in standing if entry.version is None]
    candidates = [entry for entry in standing if not any(outlasts(closing, entry) for closing in closings)]
    if not candidates:
        return None
    winner = max(candidates, key=lambda entry: (entry.effective_on, entry.rank, entry.id))
    if winner.version is None or (winner.until is not None and winner.until <= day):
        return None
    return None if _is_hit(winner, AnnulmentKind.ENDED, acts) else winner


def outlasts(closing: Entry, entry: Entry) -> bool:
    """Whether an entry that closes also stops one that an earlier signed decision had ordered for a later day."""
    return (
        closing.version is None
        and entry.version is not None
        and closing.effective_on < entry.effective_on
        and closing.decision != entry.decision
        and closing.rank[:2] > entry.rank[:2]
    )


def _is_hit(entry: Entry, kind: AnnulmentKind, acts: Collection[Annulment]) -> bool:
    """Whether an act of the kind, itself standing, names the entry or its whole decision."""
    return any(
        act.kind is kind
        and (act.entry == entry.id or act.target_decision == entry.decision)
        and not _is_revoked(act.decision, acts, frozenset())
        for act in acts
    )


def revoked_decisions(annulments: Collection[Annulment]) -> set[int]:
    """Decisions that are revoked as a whole in the end, whatever the day; a revoked revocation takes nothing away."""
    targets = {act.target_decision for act in annulments if act.target_decision is not None}
    return {decision for decision in targets if _is_revoked(decision, annulments, frozenset())}


def _is_revoked(decision: int, acts: Collection[Annulment], path: frozenset[int]) -> bool:
    """Whether the decision as a whole is revoked by a decision that is not itself revoked.

    Two decisions cannot really revoke each other; if bad data says so, one already on the path counts as standing.
    """
    path |= {decision}
    return any(
        act.kind is AnnulmentKind.ANNULLED
        and act.target_decision == decision
        and act.decision not in path
        and not _is_revoked(act.decision, acts, path)
        for act in acts
    )
