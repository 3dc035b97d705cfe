"""The difference of two texts of a procedure: parts, then rows, then words; noise of layout is no difference.

Two rows are the same when their words are (``decisions.text.spelling``): blanks, list marks, punctuation, capitals, NFC
and tone placement do not count. Sets compare as sets; steps and papers keep their order, and a row that only changed
its place is ``moved``. Placeholders ("Không có thông tin") equal an empty part.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from decisions.content import Case, Channel, Fee, LegalBasis, Paper, ProcedureContent, Step, TimeLimit
from decisions.text import clean, fold, spelling


class Edit(StrEnum):
    """What happened to a row or to words in it."""

    SAME = "same"  # words only
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # rows only
    MOVED = "moved"  # rows only


@dataclass(frozen=True)
class Change:
    """One row of one part. ``part`` is a name of ``content.PARTS`` or ``papers``; ``where`` the case, channel or role.

    ``before`` and ``after`` are printed words, "" where the row is not there. Positions are not kept: a moved row has
    the same words twice.
    """

    part: str
    kind: Edit
    before: str = ""
    after: str = ""
    where: str = ""


@dataclass(frozen=True)
class Words:
    """A run of words for a redline; runs joined in order give both texts, the same words in their new spelling."""

    edit: Edit
    text: str


@dataclass(frozen=True)
class PartSummary:
    """How many rows of a part were added, removed, changed or moved."""

    part: str
    counts: tuple[tuple[Edit, int], ...]


@dataclass(frozen=True)
class _Row:
    """``name`` tells rows apart, ``detail`` is what else the row says; both are printed words."""

    name: str
    detail: str = ""

    @property
    def printed(self) -> str:
        return f"{self.name} ({self.detail})" if self.name and self.detail else self.name or self.detail


_SETS = ("sectors", "subjects", "outcomes", "forms", "bases", "keywords", "other_names")
_TEXTS = ("name", "friendly_name", "dossier_sets", "conditions", "reception", "returning", "online", "note")
_LIST_MARK = re.compile(r"^\s*(?:[-+*•–—]|\(?[a-zđ]\)|\d{1,2}[.)])\s+", re.MULTILINE | re.IGNORECASE)
_LEGAL_NUMBER = re.compile(r"\d+[a-z]?/(?:\d{4}/)?[^\W\d][\w-]*")
_PLACEHOLDERS = frozenset(("", "khong", "khong co", "khong co thong tin", "khong quy dinh", "khong yeu cau", "n a"))
_MOSTLY, _NEVER = 0.6, 2.0
# What share of words makes two rows one changed row: a time or fee replaces the other whatever it says, the number
# of a law or the name of a body is another thing as soon as one word differs.
_LIKENESS = {"times": 0.0, "fees": 0.0, "channels": 0.0} | dict.fromkeys(
    ("bases", "bodies", "subjects", "sectors", "keywords", "other_names"), _NEVER
)


def find_changes(before: ProcedureContent, after: ProcedureContent) -> list[Change]:
    """Every change of a row, in the order of the parts; an empty list when only layout differs."""
    found = list(_of_texts(before, after))
    found += _of_rows("steps", [*_steps(before.steps)], [*_steps(after.steps)], ordered=True)
    found += _moved_between_cases([*_of_cases(before.cases, after.cases)])
    found += _of_channels(before.channels, after.channels)
    found += _of_rows("times", _times(before.times), _times(after.times))
    found += _of_rows("fees", _fees(before.fees), _fees(after.fees))
    for role in ("executing", "deciding", "delegated", "coordinating"):
        old, new = getattr(before.bodies, role), getattr(after.bodies, role)
        found += _of_rows("bodies", _named(old), _named(new), where=role)
    for part in _SETS:
        found += _of_rows(part, _named(getattr(before, part)), _named(getattr(after, part)))
    found += _of_flags(before, after)
    return found


def changed_parts(before: ProcedureContent, after: ProcedureContent) -> tuple[str, ...]:
    """The parts that really changed, in the order in which they are compared."""
    return tuple(dict.fromkeys(change.part for change in find_changes(before, after)))


def silent_parts(before: ProcedureContent, after: ProcedureContent) -> tuple[str, ...]:
    """Changed parts of which one of the texts says nothing at all: often a poorer source, not a new rule."""
    parts = changed_parts(before, after)
    return tuple(part for part in parts if not (_says(before, part) and _says(after, part)))


def _says(content: ProcedureContent, part: str) -> bool:
    own = {"papers": content.papers, "times": content.time_texts, "fees": _fees(content.all_fees)}
    value = own.get(part, getattr(content, part, None))
    if part == "bodies":
        return any(getattr(content.bodies, role) for role in content.bodies.__dataclass_fields__)
    return bool(_text(value) if isinstance(value, str) else value)


def summary(changes: Iterable[Change]) -> list[PartSummary]:
    """The changes counted by part, for a line such as "Thành phần hồ sơ: thêm 1, bỏ 2"."""
    counted: dict[str, Counter[Edit]] = {}
    for change in changes:
        counted.setdefault(change.part, Counter())[change.kind] += 1
    return [
        PartSummary(part, tuple((edit, counts[edit]) for edit in Edit if counts[edit]))
        for part, counts in counted.items()
    ]


def word_runs(before: str, after: str) -> list[Words]:
    """The two texts as runs of same, removed and added words; blanks between words are one space."""
    old, new = clean(before).split(), clean(after).split()
    matcher = SequenceMatcher(None, [spelling(w) or w for w in old], [spelling(w) or w for w in new], autojunk=False)
    runs: list[Words] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Words(Edit.SAME, " ".join(new[k:m])))
            continue
        if i < j:
            runs.append(Words(Edit.REMOVED, " ".join(old[i:j])))
        if k < m:
            runs.append(Words(Edit.ADDED, " ".join(new[k:m])))
    return runs


# ------------------------------------------------------------------ parts as rows


def _of_texts(before: ProcedureContent, after: ProcedureContent) -> Iterator[Change]:
    for part in _TEXTS:
        old, new = _text(getattr(before, part)), _text(getattr(after, part))
        if _word_key(old) != _word_key(new):
            kind = Edit.ADDED if not old else Edit.REMOVED if not new else Edit.CHANGED
            yield Change(part, kind, old, new)


def _text(value: str) -> str:
    text = str(value).strip()
    return "" if " ".join(re.findall(r"\w+", fold(text))) in _PLACEHOLDERS or text == "unknown" else text


def _word_key(text: str) -> str:
    return spelling(_LIST_MARK.sub("", text))


def _steps(steps: Sequence[Step]) -> Iterator[_Row]:
    """One row a paragraph, because sources cut the same steps into different blocks."""
    for step in steps:
        for line in (step.name, *step.text.splitlines()):
            if _word_key(_text(line)):
                yield _Row(line.strip())


def _papers(papers: Sequence[Paper]) -> list[_Row]:
    return [_Row(paper.name, _paper_detail(paper)) for paper in papers]


def _paper_detail(paper: Paper) -> str:
    counts = f"Bản chính: {paper.originals}, bản sao: {paper.copies}"
    forms = "; ".join(sorted(form.name for form in paper.forms if form.name))
    return f"{counts}; mẫu: {forms}" if forms else counts


def _times(times: Iterable[TimeLimit | None]) -> list[_Row]:
    stated = [limit for limit in times if limit is not None and _text(limit.text)]
    return [_Row(_text(t.text), f"sau cắt giảm: {t.cut_text}" if t.cut_text else "") for t in stated]


def _fees(fees: Iterable[Fee]) -> list[_Row]:
    return [_Row(_text(fee.text) or _money(fee)) for fee in fees if _text(fee.text) or _money(fee)]


def _money(fee: Fee) -> str:
    """A zero without words says nothing (the portal's filler)."""
    return f"{fee.amount:,.0f} đồng".replace(",", ".") if fee.amount else ""


def _named(items: Iterable[Any]) -> list[_Row]:
    rows = (_basis(i) if isinstance(i, LegalBasis) else _Row(_text(getattr(i, "name", i))) for i in items)
    return [row for row in rows if row.name]


def _basis(basis: LegalBasis) -> _Row:
    """A legal basis is known by its number; sources spell its title, and the words around the number, in many ways."""
    number = _LEGAL_NUMBER.search(clean(basis.number))
    return _Row(number[0] if number else clean(basis.number or basis.title), basis.articles.strip())


def _of_flags(before: ProcedureContent, after: ProcedureContent) -> Iterator[Change]:
    for flag in before.flags.__dataclass_fields__:
        was, now = getattr(before.flags, flag), getattr(after.flags, flag)
        if was != now:
            yield Change("flags", Edit.ADDED if now else Edit.REMOVED, where=flag)


def _of_cases(before: Sequence[Case], after: Sequence[Case]) -> Iterator[Change]:
    for old, new in _case_pairs(before, after):
        where = (new or old or Case()).name
        if where and (old is None or new is None):
            kind = Edit.ADDED if old is None else Edit.REMOVED
            yield Change("cases", kind, old.name if old else "", new.name if new else "", where)
        old, new = old or Case(), new or Case()
        yield from _of_rows("steps", [*_steps(old.steps)], [*_steps(new.steps)], where=where, ordered=True)
        yield from _of_rows("papers", _papers(old.papers), _papers(new.papers), where=where, ordered=True)
        yield from _of_rows("times", _times([old.time]), _times([new.time]), where=where)
        yield from _of_rows("fees", _fees(old.fees), _fees(new.fees), where=where)


def _moved_between_cases(changes: list[Change]) -> list[Change]:
    """A paper that left one case and stands in another unchanged has moved; it is neither gone nor new."""
    gone = {_word_key(c.before): c for c in changes if c.part == "papers" and c.kind is Edit.REMOVED}
    came = {_word_key(c.after): c for c in changes if c.part == "papers" and c.kind is Edit.ADDED}
    moved = {came[key]: Change("papers", Edit.MOVED, gone[key].before, came[key].after, came[key].where)
             for key in gone.keys() & came.keys()}  # fmt: skip
    left = {gone[_word_key(change.after)] for change in moved}
    return [moved.get(change, change) for change in changes if change not in left]


CasePair = tuple[Case | None, Case | None]


def _case_pairs(before: Sequence[Case], after: Sequence[Case]) -> list[CasePair]:
    """Cases by name, then those left by the papers they share: sources name the same case in several ways."""
    waiting: dict[str, list[Case]] = {}
    for case in before:
        waiting.setdefault(_word_key(case.name), []).append(case)
    pairs: list[CasePair] = []
    unnamed: list[Case] = []
    for case in after:
        if known := waiting.get(_word_key(case.name)):
            pairs.append((known.pop(0), case))
        else:
            unnamed.append(case)
    rest = [case for left in waiting.values() for case in left]
    return [*pairs, *_pairs_by_papers(rest, unnamed)]


def _pairs_by_papers(before: list[Case], after: list[Case]) -> Iterator[CasePair]:
    left = list(before)
    for case in after:
        names = {_word_key(paper.name) for paper in case.papers}
        shared = [len(names & {_word_key(paper.name) for paper in old.papers}) for old in left]
        best = max(range(len(left)), key=lambda n: shared[n], default=None)
        if best is not None and (shared[best] or len(before) == len(after) == 1):
            yield left.pop(best), case
        else:
            yield None, case
    yield from ((case, None) for case in left)


def _of_channels(before: Sequence[Channel], after: Sequence[Channel]) -> Iterator[Change]:
    kinds = dict.fromkeys([channel.kind for channel in (*before, *after)])
    for kind in kinds:
        old = [channel for channel in before if channel.kind is kind]
        new = [channel for channel in after if channel.kind is kind]
        where = kind.value
        if not old or not new:
            yield Change("channels", Edit.ADDED if new else Edit.REMOVED, where=where)
        yield from _of_rows("times", _times(c.time for c in old), _times(c.time for c in new), where=where)
        yield from _of_rows(
            "fees", _fees(f for c in old for f in c.fees), _fees(f for c in new for f in c.fees), where=where
        )
        texts = [[_Row(_text(c.text)) for c in side if _text(c.text)] for side in (old, new)]
        yield from _of_rows("channels", *texts, where=where)


# ------------------------------------------------------------------ rows


def _of_rows(
    part: str, before: Sequence[_Row], after: Sequence[_Row], *, where: str = "", ordered: bool = False
) -> Iterator[Change]:
    """Rows of the same name are one row; of the rest, the most alike pair up as changed. Repeats in a set are one."""
    if _joined(before) == _joined(after):
        return
    old, new = (before, after) if ordered else (_distinct(before), _distinct(after))
    same, rest_old, rest_new = _matched(old, new)
    for i, j in same:
        if _word_key(old[i].detail) != _word_key(new[j].detail):
            yield Change(part, Edit.CHANGED, old[i].printed, new[j].printed, where)
    if ordered:
        yield from (Change(part, Edit.MOVED, old[i].printed, new[j].printed, where) for i, j in _out_of_order(same))
    for one, other in _alike(rest_old, rest_new, _LIKENESS.get(part, _MOSTLY)):
        kind = Edit.ADDED if one is None else Edit.REMOVED if other is None else Edit.CHANGED
        yield Change(part, kind, one.printed if one else "", other.printed if other else "", where)


def _joined(rows: Sequence[_Row]) -> str:
    return " ".join(_word_key(f"{row.name} {row.detail}") for row in rows)


def _distinct(rows: Sequence[_Row]) -> list[_Row]:
    return list({_word_key(row.name): row for row in reversed(rows)}.values())[::-1]


def _matched(old: Sequence[_Row], new: Sequence[_Row]) -> tuple[list[tuple[int, int]], list[_Row], list[_Row]]:
    """Pairs of indices with the same name, in the old order, and what is left on both sides."""
    waiting: dict[str, list[int]] = {}
    for j, row in enumerate(new):
        waiting.setdefault(_word_key(row.name), []).append(j)
    same: list[tuple[int, int]] = []
    rest: list[_Row] = []
    for i, row in enumerate(old):
        if places := waiting.get(_word_key(row.name)):
            same.append((i, places.pop(0)))
        else:
            rest.append(row)
    taken = {j for _, j in same}
    return same, rest, [row for j, row in enumerate(new) if j not in taken]


def _out_of_order(same: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The fewest pairs whose removal leaves the rest in one order: those rows moved."""
    tails: list[int] = []  # index in ``same`` of the last pair of the best chain of each length
    before: list[int | None] = []
    for index, (_, place) in enumerate(same):
        length = bisect_left([same[tail][1] for tail in tails], place)
        before.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [index]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return [pair for index, pair in enumerate(same) if index not in kept]


def _alike(old: Sequence[_Row], new: Sequence[_Row], enough: float) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Rows left over, the most alike paired first while enough of their words are common; the rest stand alone."""
    words_old, words_new = _words(old), _words(new)
    scored = [(_likeness(a, b), i, j) for i, a in enumerate(words_old) for j, b in enumerate(words_new)]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score >= enough and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    yield from ((row, new[pairs[i]] if i in pairs else None) for i, row in enumerate(old))
    yield from ((None, row) for j, row in enumerate(new) if j not in taken)


def _words(rows: Sequence[_Row]) -> list[Counter[str]]:
    return [Counter(_word_key(row.name).split()) for row in rows]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Share of common words, 0 to 1."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())
