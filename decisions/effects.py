"""What a decision would change, as data: the preview, the thing that is approved, the audit detail, the test."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import zip_longest

from decisions.timeline import Annulment, Entry, Period, periods


class EffectKind(StrEnum):
    """How the time in force of one version changes."""

    OPENS = "opens"  # did not bind on any day, now does
    WITHDRAWN = "withdrawn"  # bound or would have bound, now on no day at all
    CLOSES = "closes"  # ends earlier, or at all
    PROLONGED = "prolonged"  # ends later, or not at all
    MOVED = "moved"  # its first day changes


@dataclass(frozen=True)
class Key:
    """What the replay is keyed by: a procedure (``ProcedureCode.key`` or the catalogue's own key) and a level."""

    procedure: str
    level: str


@dataclass(frozen=True)
class Effect:
    """One version binds from/until other days than before; ``before`` or ``after`` is None where it does not bind."""

    procedure: str
    level: str
    version: int
    before: Period | None
    after: Period | None

    @property
    def kind(self) -> EffectKind:
        """In one word, for sorting and headings."""
        if self.before is None:
            return EffectKind.OPENS
        if self.after is None:
            return EffectKind.WITHDRAWN
        if self.before.valid_from != self.after.valid_from:
            return EffectKind.MOVED
        earlier = (self.after.valid_until or date.max) < (self.before.valid_until or date.max)
        return EffectKind.CLOSES if earlier else EffectKind.PROLONGED

    @property
    def first_day(self) -> date:
        """The first day that looks different after the decision: where a reader should look."""
        days = _changed_days(self.before, self.after)
        return min(days) if days else date.min


def _changed_days(before: Period | None, after: Period | None) -> set[date]:
    if before is None or after is None:
        return {period.valid_from for period in (before, after) if period is not None}
    if before.valid_from != after.valid_from:
        return {before.valid_from, after.valid_from}
    return {day for day in (before.valid_until, after.valid_until) if day is not None}


def plan_effects(
    key: Key,
    recorded_entries: Collection[Entry],
    recorded_annulments: Collection[Annulment],
    added_entries: Iterable[Entry] = (),
    added_annulments: Iterable[Annulment] = (),
) -> list[Effect]:
    """Compare the replay of one key without and with what is added; an empty list means that nothing changes."""
    before = _by_version(periods(recorded_entries, recorded_annulments))
    after = _by_version(periods([*recorded_entries, *added_entries], [*recorded_annulments, *added_annulments]))
    return [
        Effect(key.procedure, key.level, version, old, new)
        for version in sorted(before.keys() | after.keys())
        for old, new in _pairs(before[version], after[version])
    ]


def _by_version(found: Iterable[Period]) -> defaultdict[int, list[Period]]:
    grouped: defaultdict[int, list[Period]] = defaultdict(list)
    for period in found:
        grouped[period.version].append(period)
    return grouped


def _pairs(old: list[Period], new: list[Period]) -> Iterable[tuple[Period | None, Period | None]]:
    """Periods of one version side by side, those with the same days left out (a version may bind, pause and bind)."""
    same = {(p.valid_from, p.valid_until) for p in old} & {(p.valid_from, p.valid_until) for p in new}
    changed_old = [p for p in old if (p.valid_from, p.valid_until) not in same]
    changed_new = [p for p in new if (p.valid_from, p.valid_until) not in same]
    return zip_longest(changed_old, changed_new)


def fingerprint(effects: Iterable[Effect], texts: Mapping[str, str], head: Mapping[str, str] | None = None) -> str:
    """SHA-256 (64 hex digits) that binds an approval to exactly these effects, texts and head, in whatever order.

    ``texts`` maps a stable name of each text that the decision carries to the hash of its content; ``head`` maps
    number, issuer, dates, signer and the like to their printed words.
    """
    canonical = {
        "effects": sorted(_effect_row(effect) for effect in effects),
        "head": dict(head or {}),
        "texts": dict(texts),
    }
    written = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _effect_row(effect: Effect) -> list[str]:
    return [effect.procedure, effect.level, str(effect.version), *_days(effect.before), *_days(effect.after)]


def _days(period: Period | None) -> tuple[str, str]:
    if period is None:
        return "", ""
    return period.valid_from.isoformat(), period.valid_until.isoformat() if period.valid_until else "open"
