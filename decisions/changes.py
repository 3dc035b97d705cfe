"""The difference of two texts of a procedure: parts, then rows, then words; noise of layout is no difference.

Two rows are the same when their words are (``decisions.redline.word_key``): blanks, list marks, punctuation, capitals,
NFC and tone placement do not count, nor how a text is cut into paragraphs. Sets compare as sets; steps and papers keep
their order, and a row that only changed its place is ``moved``. Placeholders ("Không có thông tin") say nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from decisions import parts
from decisions.content import Case, Channel, Paper, ProcedureContent
from decisions.dossier import bare, choices, is_asked, is_choice
from decisions.redline import Edit, Words, word_key, word_runs
from decisions.redline_rows import MOSTLY, NEVER, Cell, Row, RowChange, compare_paragraphs, compare_rows

__all__ = [
    "Change", "Edit", "PartSummary", "Words", "changed_parts", "find_changes", "silent_parts", "summary", "word_runs",
]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One row of one part. ``part`` is a name of ``content.PARTS`` or ``papers``; ``where`` the case, channel or role.

    ``before`` and ``after`` are printed words, "" where the row is not there; ``cells`` are what else the row says
    (copies of a paper, articles of a law …). ``silent`` marks a change of which one of the texts says nothing at all:
    often a poorer source, not a new rule. Positions are not kept: a moved row has the same words twice.
    """

    part: str
    kind: Edit
    before: str = ""
    after: str = ""
    where: str = ""
    cells: tuple[Cell, ...] = ()
    silent: bool = False

    @property
    def is_order(self) -> bool:
        """Whether only the order of papers differs, which no rule gives a meaning to."""
        return self.part == "papers" and self.kind is Edit.MOVED and not self.cells


@dataclass(frozen=True)
class PartSummary:
    """How many rows of a part were added, removed, changed or moved."""

    part: str
    counts: tuple[tuple[Edit, int], ...]


_SETS = ("sectors", "subjects", "outcomes", "forms", "bases", "keywords", "other_names")
_PROSE = ("friendly_name", "dossier_sets", "conditions", "reception", "returning", "note")
# What share of words makes two rows one changed row: a time or fee replaces the other whatever it says, the number
# of a law or the name of a body is another thing as soon as one word differs.
_LIKENESS = {"times": 0.0, "fees": 0.0} | dict.fromkeys(
    ("bases", "bodies", "subjects", "sectors", "keywords", "other_names"), NEVER
)
_PROCEDURE = word_key("thủ tục") + " "
_EXPECTED_ROLES = ("executing", "deciding")  # every procedure has them; the other two only some
_REPLACED = ("bodies", "sectors")  # where one name that went and one that came are one change


def find_changes(before: ProcedureContent, after: ProcedureContent) -> list[Change]:
    """Every change of a row, in the order of the parts; an empty list when only layout differs."""
    pairs = case_pairs(before.cases, after.cases)
    found = chain(
        _of_prose(before, after),
        _paragraphs("steps", parts.step_lines(before.steps), parts.step_lines(after.steps)),
        _of_cases(before, after, pairs),
        _of_channels(before.channels, after.channels),
        _of_places("times", before, after, pairs),
        _of_places("fees", before, after, pairs),
        _of_bodies(before, after),
        chain.from_iterable(_of_set(part, before, after) for part in _SETS),
        _of_marks(before, after),
    )
    silent = [part for part in parts.EXPECTED if _is_silent(part, before, after)]
    return [replace(change, silent=True) if change.part in silent else change for change in found]


def changed_parts(before: ProcedureContent, after: ProcedureContent) -> tuple[str, ...]:
    """The parts that really changed, in the order in which they are compared; another order of papers is no change."""
    return tuple(dict.fromkeys(change.part for change in find_changes(before, after) if not change.is_order))


def silent_parts(before: ProcedureContent, after: ProcedureContent) -> tuple[str, ...]:
    """Changed parts of which one of the texts says nothing at all: often a poorer source, not a new rule."""
    found = find_changes(before, after)
    spoken = {change.part for change in found if not change.silent}
    return tuple(dict.fromkeys(change.part for change in found if change.part not in spoken))


def summary(changes: Iterable[Change]) -> list[PartSummary]:
    """The changes counted by part, for a line such as "Thành phần hồ sơ: thêm 1, bỏ 2"."""
    counted: dict[str, Counter[Edit]] = {}
    for change in changes:
        counted.setdefault(change.part, Counter())[change.kind] += 1
    return [
        PartSummary(part, tuple((edit, counts[edit]) for edit in Edit if counts[edit]))
        for part, counts in counted.items()
    ]


def _is_silent(part: str, before: ProcedureContent, after: ProcedureContent) -> bool:
    return not (parts.says(before, part) and parts.says(after, part))


# ------------------------------------------------------------------ texts


def _of_prose(before: ProcedureContent, after: ProcedureContent) -> Iterator[Change]:
    old, new = parts.said(before.name), parts.said(after.name)
    # "Thủ tục đăng ký kết hôn" and "Đăng ký kết hôn" are one name.
    if word_key(old).removeprefix(_PROCEDURE) != word_key(new).removeprefix(_PROCEDURE):
        yield Change("name", Edit.CHANGED, old, new)
    for part in _PROSE:
        yield from _paragraphs(part, parts.lines([getattr(before, part)]), parts.lines([getattr(after, part)]))


def _paragraphs(part: str, before: Iterable[str], after: Iterable[str], where: str = "") -> Iterator[Change]:
    found = compare_paragraphs(before, after)
    yield from (Change(part, change.kind, change.before, change.after, where) for change in found)


def _rows(
    part: str, before: Sequence[Row], after: Sequence[Row], where: str = "", *, ordered: bool = False
) -> list[Change]:
    found = compare_rows(before, after, enough=_LIKENESS.get(part, MOSTLY), ordered=ordered)
    return [_of_row(part, change, where) for change in found]


def _of_row(part: str, change: RowChange, where: str) -> Change:
    return Change(part, change.kind, change.before, change.after, where, change.cells)


# ------------------------------------------------------------------ cases, papers, channels


CasePair = tuple[Case | None, Case | None]


def _of_cases(before: ProcedureContent, after: ProcedureContent, pairs: Sequence[CasePair]) -> Iterator[Change]:
    if bool(choices(before)) != bool(choices(after)):
        # One text does not tell cases apart: what it asks for is compared as a whole.
        pairs = [(_merged(before.cases), _merged(after.cases))]
        cases = [(Edit.REMOVED, case) for case in choices(before)] + [(Edit.ADDED, case) for case in choices(after)]
        for kind, case in cases:
            yield Change("cases", kind, *((case.name, "") if kind is Edit.REMOVED else ("", case.name)), case.name)
    papers: list[Change] = []
    for one, other in pairs:
        where = (other or one or Case()).name
        yield from _of_name(one, other, where)
        old, new = one or Case(), other or Case()
        yield from _paragraphs("steps", parts.step_lines(old.steps), parts.step_lines(new.steps), where)
        one_side, other_side = (parts.papers(case.papers, before, after) for case in (old, new))
        papers += _rows("papers", one_side, other_side, where, ordered=True)
    yield from _moved_between_cases(papers)


def _merged(cases: Sequence[Case]) -> Case:
    return Case(
        steps=tuple(step for case in cases for step in case.steps),
        papers=tuple(paper for case in cases for paper in case.papers),
    )


def _of_name(old: Case | None, new: Case | None, where: str) -> Iterator[Change]:
    if old is None or new is None:
        if bare(where):
            kind = Edit.ADDED if old is None else Edit.REMOVED
            yield Change("cases", kind, old.name if old else "", new.name if new else "", where)
    elif is_choice(old) and is_choice(new) and word_key(old.name) != word_key(new.name):
        yield Change("cases", Edit.CHANGED, old.name, new.name, where)


def _moved_between_cases(changes: list[Change]) -> list[Change]:
    """A paper that left one case and stands in another unchanged has moved; it is neither gone nor new."""
    gone = {word_key(c.before): c for c in changes if c.kind is Edit.REMOVED}
    came = {word_key(c.after): c for c in changes if c.kind is Edit.ADDED}
    moved = {came[key]: _moved(gone[key], came[key]) for key in gone.keys() & came.keys()}
    left = {gone[word_key(change.after)] for change in moved}
    return [moved.get(change, change) for change in changes if change not in left]


def _moved(gone: Change, came: Change) -> Change:
    told = is_asked(Paper(came.after)) and (is_choice(Case(gone.where)) or is_choice(Case(came.where)))
    cells = (Cell("case", gone.where, came.where),) if told else ()
    return replace(came, kind=Edit.MOVED, before=gone.before, cells=cells)


def case_pairs(before: Sequence[Case], after: Sequence[Case]) -> list[CasePair]:
    """Cases by name, then those left by the papers they share: sources name the same case in several ways."""
    waiting: dict[str, list[Case]] = {}
    for case in before:
        waiting.setdefault(word_key(case.name), []).append(case)
    pairs: list[CasePair] = []
    unnamed: list[Case] = []
    for case in after:
        if known := waiting.get(word_key(case.name)):
            pairs.append((known.pop(0), case))
        else:
            unnamed.append(case)
    rest = [case for left in waiting.values() for case in left]
    return [*pairs, *_pairs_by_papers(rest, unnamed)]


def _pairs_by_papers(before: list[Case], after: list[Case]) -> Iterator[CasePair]:
    left = list(before)
    for case in after:
        names = {word_key(paper.name) for paper in case.papers}
        shared = [len(names & {word_key(paper.name) for paper in old.papers}) for old in left]
        best = max(range(len(left)), key=lambda n: shared[n], default=None)
        if best is not None and (shared[best] or len(before) == len(after) == 1):
            yield left.pop(best), case
        else:
            yield None, case
    yield from ((case, None) for case in left)


def _of_channels(before: Sequence[Channel], after: Sequence[Channel]) -> Iterator[Change]:
    for kind in dict.fromkeys([channel.kind for channel in (*before, *after)]):
        old = [channel.text for channel in before if channel.kind is kind]
        new = [channel.text for channel in after if channel.kind is kind]
        if not old or not new:
            yield Change("channels", Edit.ADDED if new else Edit.REMOVED, where=kind.value)
        yield from _paragraphs("channels", parts.lines(old), parts.lines(new), kind.value)


# ------------------------------------------------------------------ times and fees


def _of_places(
    part: str, before: ProcedureContent, after: ProcedureContent, pairs: Sequence[CasePair]
) -> Iterator[Change]:
    """Times or fees by the channel or case they are for."""
    old: Places = parts.placed(part, before, [one for one, _ in pairs], pairs)
    new: Places = parts.placed(part, after, [other for _, other in pairs], pairs)
    told = [{(word_key(row.name), row.cells) for rows in places.values() for row in rows} for places in (old, new)]
    if told[0] == told[1] and len(told[0]) <= 1:
        return  # one source says it once, the other for every channel
    old, new = _spread(old, new), _spread(new, old)
    for where in dict.fromkeys([*new, *old]):
        for change in _rows(part, old.get(where, []), new.get(where, []), where):
            # A channel that came or went brings along what the others say too: that is no new time or fee.
            if not (where not in old and word_key(change.after) in _said(old)) and not (
                where not in new and word_key(change.before) in _said(new)
            ):
                yield change


Places = Mapping[str, list[Row]]


def _said(places: Places) -> set[str]:
    return {word_key(row.name) for rows in places.values() for row in rows}


def _spread(places: Places, others: Places) -> Places:
    """What is said once for all, said for each channel or case that the other text tells apart."""
    if set(places) == {""} and others and "" not in others:
        return dict.fromkeys(others, places[""])
    return places


# ------------------------------------------------------------------ sets


def _of_bodies(before: ProcedureContent, after: ProcedureContent) -> Iterator[Change]:
    for role in before.bodies.__dataclass_fields__:
        old = parts.names(getattr(before.bodies, role))
        new = parts.names(getattr(after.bodies, role))
        found = _replaced(_rows("bodies", parts.split(old, new), parts.split(new, old), role))
        silent = role in _EXPECTED_ROLES and not (old and new)
        yield from (replace(change, silent=silent) for change in found)


def _of_set(part: str, before: ProcedureContent, after: ProcedureContent) -> list[Change]:
    old, new = (parts.set_rows(part, content, (before, after)) for content in (before, after))
    if sorted(chain.from_iterable(word_key(row.name).split() for row in old)) == sorted(
        chain.from_iterable(word_key(row.name).split() for row in new)
    ) and not any(row.cells for row in (*old, *new)):
        return []
    return _replaced(_rows(part, old, new))


def _replaced(changes: list[Change]) -> list[Change]:
    kinds = sorted(change.kind for change in changes)
    if kinds != [Edit.ADDED, Edit.REMOVED] or changes[0].part not in _REPLACED:
        return changes
    gone, came = sorted(changes, key=lambda change: change.kind is Edit.ADDED)
    return [replace(came, kind=Edit.CHANGED, before=gone.before)]


def _of_marks(before: ProcedureContent, after: ProcedureContent) -> Iterator[Change]:
    if before.online != after.online:
        old, new = ("" if value == "unknown" else value.value for value in (before.online, after.online))
        yield Change("online", Edit.CHANGED if old and new else Edit.ADDED if new else Edit.REMOVED, old, new)
    for flag in before.flags.__dataclass_fields__:
        was, now = getattr(before.flags, flag), getattr(after.flags, flag)
        if was != now:
            yield Change("flags", Edit.ADDED if now else Edit.REMOVED, where=flag)
