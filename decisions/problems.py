"""The values that the checks read and give: lines and facts of one decision, and problems found in them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from decisions.content import Fee
from decisions.kinds import ChangeKind, EffectType, Level, Register
from decisions.text import spelling


@dataclass(frozen=True)
class Problem:
    """One thing that stands in the way of a decision; ``catalogue.messages`` has a sentence for each code.

    ``where`` is the printed place ("Phụ lục I, Mục A, số 3") or "" for the decision as a whole, ``line`` the id of the
    line or "". ``value`` is what was found and ``detail`` what it is compared with. A ``blocking`` problem must be
    mended; any other may be confirmed by an officer, who gives a reason.
    """

    code: str
    where: str = ""
    value: str = ""
    detail: str = ""
    blocking: bool = True
    line: str = ""

    @property
    def key(self) -> str:
        """Stable name for a stored confirmation: it holds for this finding only, not after the value has changed."""
        found = "\n".join((self.where, self.value, self.detail))
        finding = hashlib.sha256(found.encode()).hexdigest()[:12]
        return f"{self.code}:{self.line}:{finding}"


@dataclass(frozen=True)
class Line:
    """One row of an annex together with what the catalogue knows about its procedure.

    ``id`` is stable over edits; ``key`` is ``ProcedureCode.key`` ("" without a code). ``effect_from``/``effect_until``
    are resolved (the decision's own where the line says nothing); ``effect_until`` is exclusive. ``basis`` names the
    text that introduces, changes or abolishes. ``in_force_before`` is about the same procedure and level on the day
    before ``effect_from``; for a replacement, about everything it closes. ``same_name_codes`` are other procedures
    with the same name at the same level. ``missing_parts`` only where the line brings the full text.
    ``later_texts`` are decisions recorded already whose text takes over after this one and does not carry it;
    ``unknown_names`` what the row names as replaced or following and nobody knows. ``differing_columns`` are
    (column, words) of the row that its text, written out in full, says otherwise.
    """

    id: str
    position: str
    kind: ChangeKind
    name: str
    code_printed: str = ""
    key: str = ""
    code_warnings: tuple[str, ...] = ()
    level: Level = Level.UNKNOWN
    annex: str = ""
    section: str = ""
    register: Register = Register.PUBLIC
    effect_type: EffectType = EffectType.UNRESOLVED
    effect_text: str = ""
    effect_from: date | None = None
    effect_until: date | None = None
    basis: str = ""
    changed_parts: tuple[str, ...] = ()
    time_text: str = ""
    place_text: str = ""
    fees: tuple[Fee, ...] = ()
    replaces: tuple[str, ...] = ()
    in_force_before: bool = False
    known_name: str | None = None
    same_name_codes: tuple[str, ...] = ()
    missing_parts: tuple[str, ...] = ()
    later_texts: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()
    doubtful_cells: tuple[str, ...] = ()
    differing_columns: tuple[tuple[str, str], ...] = ()
    impossible_dates: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """The procedure as far as this row can say: its code, else its name whatever the spelling."""
        return self.key or spelling(self.name)


@dataclass(frozen=True)
class StatedCount:
    """A count that the paper prints, with what it counts; an empty or None filter takes all lines.

    ``found`` overrides our own counting where the reader of the file knows better which rows were meant.
    """

    place: str
    text: str
    count: int
    kind: ChangeKind | None = None
    level: Level | None = None
    annex: str = ""
    section: str = ""
    found: int | None = None


@dataclass(frozen=True)
class ActFacts:
    """What the decision does to an earlier one, as far as it has been settled.

    ``unmatched`` are printed serials that no row of the older annex bears, or more than one; ``idle_rows`` older rows
    whose end changes nothing, because a later decision speaks by now; ``day_known`` whether its day is, and
    ``rows_known`` whether anything is named that it ends.
    """

    id: str
    sentence: str
    target_text: str = ""
    target_known: bool = False
    unmatched: tuple[str, ...] = ()
    idle_rows: tuple[str, ...] = ()
    day_known: bool = True
    rows_known: bool = True
    confirmed: bool = False
    dismissed: bool = False


@dataclass(frozen=True)
class DecisionFacts:
    """The head of a decision and what hangs on it. ``on`` is today; ``same_identity`` other decisions with the same
    number, issuer and year; ``signed_paper`` whether a signed paper is being recorded, whose gaps we cannot fill.
    """

    on: date
    number: str = ""
    number_warnings: tuple[str, ...] = ()
    issuer: str = ""
    issuer_existed: bool = True
    signed_on: date | None = None
    register: Register = Register.PUBLIC
    same_identity: tuple[str, ...] = ()
    stated: tuple[StatedCount, ...] = ()
    unexplained: tuple[tuple[str, str], ...] = ()  # (place, text) of rows that became no line
    acts: tuple[ActFacts, ...] = ()
    impossible_dates: tuple[tuple[str, str], ...] = ()  # (place, printed date)
    signed_paper: bool = True
    workflows: int = 0  # rows that adopt or end a workflow
