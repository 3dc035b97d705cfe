"""May this decision be issued? A list of problems; no open one means yes. Each rule is one small function.

Numbers in comments are the product's rules. ``PROBLEM_CODES`` documents every code with its arguments.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from decisions.kinds import ChangeKind, EffectType, Level, Register
from decisions.problems import ActFacts, DecisionFacts, Line, Problem, StatedCount
from decisions.text import spelling

__all__ = ["ActFacts", "DecisionFacts", "Line", "Problem", "StatedCount", "all_problems", "find_problems", "still_open"]

DISTRICT_ENDED_ON = date(2025, 7, 1)
"""First day without a district level (two-tier local government)."""

PROBLEM_CODES: Mapping[str, str] = {
    "number_missing": "rule 19; value: nothing",
    "number_unreadable": "rule 19; value: printed number",
    "issuer_missing": "rule 19; value: nothing",
    "issuer_did_not_exist": "rule 19; value: issuer; detail: day of signing",
    "signed_on_missing": "value: nothing",
    "signed_after_today": "value: day of signing; detail: today",
    "number_taken": "rule 19; value: number; detail: the other decisions",
    "no_lines": "value: nothing",
    "row_unexplained": "value: text of the row",
    "act_target_unknown": "rule 7; value: target as printed; detail: sentence",
    "act_unmatched": "rule 7; value: serials without one row; detail: sentence",
    "act_unconfirmed": "rule 7; value: target as printed; detail: sentence",
    "act_without_rows": "rule 7; value: target as printed; detail: sentence",
    "act_day_missing": "rule 4; value: target as printed; detail: effect as printed",
    "act_row_idle": "value: older rows; detail: target as printed",
    "count_differs": "rule 3; value: stated count; detail: counted rows",
    "date_impossible": "value: date as printed",
    "kind_unknown": "rule 1; value: name",
    "level_unknown": "rule 1; value: name",
    "name_missing": "rule 1; value: code",
    "code_missing": "rule 1; value: name",
    "code_not_standard": "value: code as printed",
    "column_missing": "rule 1; value: column; detail: how many lines",
    "cell_missing": "rule 1; value: column; detail: name",
    "successor_unnamed": "rule 1; value: name",
    "already_in_force": "rule 2; value: code or name",
    "not_in_force": "rule 2; value: code or name",
    "effect_unresolved": "rule 4; value: effect as printed",
    "later_text": "value: code or name; detail: decisions whose text takes over later",
    "named_unknown": "value: code or name; detail: nothing",
    "effect_ends_first": "value: last day; detail: first day",
    "effective_before_signing": "value: first day; detail: day of signing",
    "district_level": "rule 15; value: name; detail: first day",
    "name_differs": "rule 16; value: name on paper; detail: name in the catalogue",
    "same_name": "rule 16; value: name; detail: the other codes",
    "fee_zero_without_words": "rule 17; value: amount",
    "part_missing": "value: part",
    "column_differs": "value: words of the row; detail: column",
    "cell_doubtful": "value: columns",
    "internal_in_public": "rule 12; value: code or name",
    "public_in_internal": "rule 12; value: code or name",
    "twice_in_annex": "value: code or name; detail: the other places",
    "contradictory_kinds": "value: code or name; detail: the other places",
}

_OPENING_LIST = (ChangeKind.INTRODUCED, ChangeKind.PUBLISHED_LATE)
_CHANGING = (ChangeKind.AMENDED, ChangeKind.REPLACED)

# What an annex must say of a row, by kind (NĐ 63/2010 Đ.13–15): attribute of Line -> (column, kinds).
_REQUIRED: Mapping[str, tuple[tuple[str, tuple[ChangeKind, ...]], ...]] = {
    "time_text": (("time", _OPENING_LIST),),
    "place_text": (("place", _OPENING_LIST),),
    "basis": (("basis", (*_OPENING_LIST, *_CHANGING)), ("abolishing_text", (ChangeKind.ABOLISHED,))),
    "changed_parts": (("changed_parts", (ChangeKind.AMENDED,)),),
}


def find_problems(
    facts: DecisionFacts, lines: Sequence[Line], confirmed: Collection[str] = frozenset()
) -> list[Problem]:
    """The problems still open: blocking ones, and others whose ``key`` nobody has confirmed. In paper order."""
    return still_open(all_problems(facts, lines), confirmed)


def still_open(problems: Iterable[Problem], confirmed: Collection[str]) -> list[Problem]:
    """Those that stand in the way: blocking ones, and others whose ``key`` nobody has confirmed."""
    return [problem for problem in problems if problem.blocking or problem.key not in confirmed]


def all_problems(facts: DecisionFacts, lines: Sequence[Line]) -> list[Problem]:
    """Every problem, confirmed or not: those of the decision first, then line by line."""
    whole = [problem for check in DECISION_CHECKS for problem in check(facts, lines)]
    by_line = [problem for line in lines for check in LINE_CHECKS for problem in check(facts, line)]
    return list({problem.key: problem for problem in [*whole, *by_line]}.values())


def _at(line: Line, code: str, value: str = "", detail: str = "", *, blocking: bool = True) -> Problem:
    return Problem(code, line.position, value, detail, blocking, line.id)


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"


# ------------------------------------------------------------------ the decision as a whole


def _head(facts: DecisionFacts, _lines: Sequence[Line]) -> Iterator[Problem]:
    if not facts.number:
        yield Problem("number_missing")
    elif {"no_number", "not_a_decision", "test_row"} & set(facts.number_warnings):
        yield Problem("number_unreadable", value=facts.number)
    if not facts.issuer:
        yield Problem("issuer_missing")
    if facts.signed_on is None:
        yield Problem("signed_on_missing")
    elif facts.signed_on > facts.on:
        yield Problem("signed_after_today", value=_shown(facts.signed_on), detail=_shown(facts.on))


def _identity(facts: DecisionFacts, _lines: Sequence[Line]) -> Iterator[Problem]:
    if facts.issuer and facts.signed_on and not facts.issuer_existed:
        yield Problem("issuer_did_not_exist", value=facts.issuer, detail=_shown(facts.signed_on))
    if facts.same_identity:
        yield Problem("number_taken", value=facts.number, detail="; ".join(facts.same_identity))


def _content(facts: DecisionFacts, lines: Sequence[Line]) -> Iterator[Problem]:
    if not lines and not facts.acts and not facts.workflows:
        yield Problem("no_lines")
    for number, (place, text) in enumerate(facts.unexplained):
        yield Problem("row_unexplained", place, text, line=f"row{number}")
    for place, printed in facts.impossible_dates:
        yield Problem("date_impossible", place, printed)


def _acts(facts: DecisionFacts, _lines: Sequence[Line]) -> Iterator[Problem]:
    for act in facts.acts:
        if act.dismissed:
            continue
        if not act.target_known:
            yield Problem("act_target_unknown", value=act.target_text, detail=act.sentence, line=f"act{act.id}")
        elif not act.confirmed:
            yield Problem("act_unconfirmed", value=act.target_text, detail=act.sentence, line=f"act{act.id}")
            if act.unmatched:
                unmatched = ", ".join(act.unmatched)
                yield Problem(
                    "act_unmatched", value=unmatched, detail=act.sentence, blocking=False, line=f"act{act.id}"
                )
        elif not act.rows_known:
            yield Problem("act_without_rows", value=act.target_text, detail=act.sentence, line=f"act{act.id}")
        elif not act.day_known:
            yield Problem("act_day_missing", value=act.target_text, detail=act.sentence, line=f"act{act.id}")
        elif act.idle_rows:
            rows = "; ".join(act.idle_rows)
            yield Problem("act_row_idle", value=rows, detail=act.target_text, blocking=False, line=f"act{act.id}")


def _counts(facts: DecisionFacts, lines: Sequence[Line]) -> Iterator[Problem]:
    for stated in facts.stated:
        found = stated.found if stated.found is not None else sum(_counted(stated, line) for line in lines)
        if found != stated.count:
            place = f"{stated.place}: {stated.text}" if stated.text else stated.place
            yield Problem("count_differs", place, str(stated.count), str(found), blocking=False)


def _counted(stated: StatedCount, line: Line) -> bool:
    return (
        stated.kind in (None, line.kind)
        and stated.level in (None, line.level)
        and stated.annex in ("", line.annex)
        and stated.section in ("", line.section)
    )


def _columns(facts: DecisionFacts, lines: Sequence[Line]) -> Iterator[Problem]:
    """Rule 1. A column that the whole annex lacks is one problem, not one a line."""
    blocking = not facts.signed_paper
    for attribute, columns in _REQUIRED.items():
        for column, kinds in columns:
            concerned = [line for line in lines if line.kind in kinds]
            lacking = [line for line in concerned if not getattr(line, attribute)]
            if len(lacking) > 1 and len(lacking) == len(concerned):
                yield Problem("column_missing", value=column, detail=str(len(lacking)), blocking=blocking)
            else:
                yield from (_at(line, "cell_missing", column, line.name, blocking=blocking) for line in lacking)


def _twice(_facts: DecisionFacts, lines: Sequence[Line]) -> Iterator[Problem]:
    """A procedure twice at one level: as the same kind it is a slip, as different kinds somebody must look."""
    groups: defaultdict[tuple[str, Level], list[Line]] = defaultdict(list)
    for line in lines:
        if line.identity and line.kind is not ChangeKind.WORKFLOW:
            groups[line.identity, line.level].append(line)
    for group in groups.values():
        kinds = Counter(line.kind for line in group)
        for line in group:
            others = "; ".join(other.position for other in group if other is not line)
            if kinds[line.kind] > 1:
                yield _at(line, "twice_in_annex", line.key or line.name, others)
            elif len(kinds) > 1:
                yield _at(line, "contradictory_kinds", line.key or line.name, others, blocking=False)


# ------------------------------------------------------------------ line by line


def _row(facts: DecisionFacts, line: Line) -> Iterator[Problem]:
    if line.kind is ChangeKind.UNKNOWN:
        yield _at(line, "kind_unknown", line.name)
    if line.level is Level.UNKNOWN and line.kind is not ChangeKind.ABOLISHED:
        yield _at(line, "level_unknown", line.name)  # what is abolished ends at every level it was in force
    if not line.name.strip():
        yield _at(line, "name_missing", line.code_printed)
    if line.kind is ChangeKind.ABOLISHED and not line.key:
        yield _at(line, "code_missing", line.name, blocking=not facts.signed_paper)
    if "not_standard" in line.code_warnings:
        yield _at(line, "code_not_standard", line.code_printed, blocking=False)
    if line.kind is ChangeKind.REPLACED and not line.replaces:
        yield _at(line, "successor_unnamed", line.name, blocking=False)


def _predecessor(_facts: DecisionFacts, line: Line) -> Iterator[Problem]:
    """Rule 2: what is new must not be in force already, what changes or ends must be."""
    if line.in_force_before and line.kind in (*_OPENING_LIST, ChangeKind.RESUMED):
        yield _at(line, "already_in_force", line.key or line.name, blocking=False)
    if not line.in_force_before and line.kind.needs_predecessor:
        yield _at(line, "not_in_force", line.key or line.name, blocking=False)
    if line.later_texts:
        yield _at(line, "later_text", line.key or line.name, "; ".join(line.later_texts), blocking=False)
    for words in line.unknown_names:
        yield _at(line, "named_unknown", words, blocking=False)


def _effect(facts: DecisionFacts, line: Line) -> Iterator[Problem]:
    """Rule 4. An unresolved day may be confirmed: the line is issued but stays out of every public list."""
    for printed in line.impossible_dates:
        yield _at(line, "date_impossible", printed)
    if line.effect_type is EffectType.UNRESOLVED or line.effect_from is None:
        yield _at(line, "effect_unresolved", line.effect_text, blocking=False)
        return
    first = line.effect_from
    if line.effect_until is not None and line.effect_until <= first:
        yield _at(line, "effect_ends_first", _shown(line.effect_until - timedelta(days=1)), _shown(first))
    if facts.signed_on is not None and first < facts.signed_on:
        yield _at(line, "effective_before_signing", _shown(first), _shown(facts.signed_on), blocking=False)


def _district(facts: DecisionFacts, line: Line) -> Iterator[Problem]:
    """Rule 15. Abolishing what districts did remains possible."""
    first = line.effect_from or facts.signed_on
    ended = first is not None and first >= DISTRICT_ENDED_ON
    if line.level is Level.DISTRICT and line.kind.opens and first is not None and ended:
        yield _at(line, "district_level", line.name, _shown(first))


def _names(_facts: DecisionFacts, line: Line) -> Iterator[Problem]:
    """Rule 16. Both spellings are kept; a difference of blanks, marks or tone placement is none."""
    if line.known_name and line.name and spelling(line.known_name) != spelling(line.name):
        yield _at(line, "name_differs", line.name, line.known_name, blocking=False)
    if line.same_name_codes:
        yield _at(line, "same_name", line.name, ", ".join(line.same_name_codes), blocking=False)


def _fees(_facts: DecisionFacts, line: Line) -> Iterator[Problem]:
    """Rule 17: a zero without words says nothing about who pays what."""
    if any(fee.amount == 0 and not fee.text.strip() for fee in line.fees):
        yield _at(line, "fee_zero_without_words", "0", blocking=False)


def _parts(facts: DecisionFacts, line: Line) -> Iterator[Problem]:
    for part in line.missing_parts:
        yield _at(line, "part_missing", part, blocking=not facts.signed_paper)
    for column, words in line.differing_columns:
        yield _at(line, "column_differs", words, column, blocking=False)
    if line.doubtful_cells:
        yield _at(line, "cell_doubtful", ", ".join(line.doubtful_cells), blocking=False)


def _register(facts: DecisionFacts, line: Line) -> Iterator[Problem]:
    """Rule 12: what is internal never reaches citizens."""
    if facts.register is Register.PUBLIC and line.register is Register.INTERNAL:
        yield _at(line, "internal_in_public", line.key or line.name)
    of_public = line.register is Register.PUBLIC and line.kind is not ChangeKind.WORKFLOW
    if facts.register is Register.INTERNAL and of_public:
        yield _at(line, "public_in_internal", line.key or line.name)


DecisionCheck = Callable[[DecisionFacts, Sequence[Line]], Iterable[Problem]]
LineCheck = Callable[[DecisionFacts, Line], Iterable[Problem]]
DECISION_CHECKS: tuple[DecisionCheck, ...] = (_head, _identity, _content, _acts, _counts, _columns, _twice)
LINE_CHECKS: tuple[LineCheck, ...] = (
    _row, _predecessor, _effect, _district, _names, _fees, _parts, _register,
)  # fmt: skip
