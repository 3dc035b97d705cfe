"""Two texts of a procedure set side by side for people: a sentence, then part by part with words marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from catalogue import redline_words
from catalogue.exports import phrases
from catalogue.glossary import BODY_ROLES, CHANNELS, FLAGS, GRADES, PARTS
from decisions.changes import Change, find_changes, summary
from decisions.content import Bodies, LegalBasis, ProcedureContent
from decisions.dossier import bare
from decisions.headlines import headlines
from decisions.redline import Edit, Words, word_key, word_runs

UNSEEN = ("extra", "keywords")  # what only machines read
CELLS = {
    "originals": "Bản chính", "copies": "Bản sao", "forms": "Mẫu", "case": "Trường hợp", "articles": "Điều khoản",
    "cut": "Sau cắt giảm", "exempt": "Miễn, giảm", "basis": "Căn cứ", "valid_from": "Áp dụng từ",
    "valid_until": "Áp dụng trước",
}  # fmt: skip
"""Heads of the columns beside the name of a row."""

EDITS = {
    Edit.ADDED: "Thêm", Edit.REMOVED: "Bỏ", Edit.CHANGED: "Sửa", Edit.MOVED: "Chuyển chỗ",
}  # fmt: skip
"""What happened to a row, in a word: colour alone tells nobody."""

PROSE = ("steps", "conditions", "channels", "reception", "returning", "note")
"""Long texts in Markdown; its bold marks are no words."""

_WHOLE = 60  # letters up to which a time, sum or number is shown whole before and after


@dataclass(frozen=True)
class RedlineRow:
    """One changed row; ``cells`` hold the runs of each column of the part, empty where the row says nothing there."""

    kind: Edit
    where: str
    runs: tuple[Words, ...]
    cells: tuple[tuple[Words, ...], ...] = ()

    @property
    def word(self) -> str:
        """What happened to it."""
        return EDITS[self.kind]


@dataclass(frozen=True)
class RedlinePart:
    """One changed part; ``columns`` are the heads of its table, empty where its rows are plain text.

    ``silent`` names the text that says nothing of it: "before", "after" or "".
    """

    part: str
    rows: tuple[RedlineRow, ...]
    columns: tuple[str, ...] = ()
    silent: str = ""
    counts: str = ""

    @property
    def label(self) -> str:
        """The name of the part."""
        return PARTS[self.part]


@dataclass(frozen=True)
class Redline:
    """Everything a page says about the difference; ``unchanged`` are parts with their lines, in the order of the text.

    ``clauses`` are those of the sentence; ``annex`` is the proposal for "Nội dung sửa đổi, bổ sung".
    """

    sentence: str
    annex: str
    parts: tuple[RedlinePart, ...]
    unchanged: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_same(self) -> bool:
        """Whether both texts say the same."""
        return not self.parts


def redline(before: ProcedureContent, after: ProcedureContent) -> Redline:
    """The difference of two texts."""
    changes = [change for change in find_changes(before, after) if change.part not in UNSEEN]
    news = headlines(changes, (channel.kind.value for channel in after.channels))
    shown = tuple(_parts(changes, [*after.bases, *before.bases]))
    return Redline(
        redline_words.sentence(news, changes),
        redline_words.annex_words(news),
        shown,
        tuple(_unchanged(after, {part.part for part in shown})),
    )


def change_sentence(before: ProcedureContent, after: ProcedureContent) -> str:
    """Only the sentence."""
    changes = [change for change in find_changes(before, after) if change.part not in UNSEEN]
    return redline_words.sentence(headlines(changes, (c.kind.value for c in after.channels)), changes)


def _parts(changes: Sequence[Change], bases: Sequence[LegalBasis]) -> Iterator[RedlinePart]:
    order = {part: place for place, part in enumerate(PARTS)}
    for part in sorted({change.part for change in changes}, key=lambda part: order[part]):
        own = _gathered(change for change in changes if change.part == part)
        columns = [name for name in CELLS if any(cell.name == name for change, _ in own for cell in change.cells)]
        yield RedlinePart(
            part,
            tuple(_row(_titled(change, bases), where, columns) for change, where in own),
            tuple(CELLS[name] for name in columns),
            _silence([change for change, _ in own]),
            _counts([change for change, _ in own]),
        )


def _titled(change: Change, bases: Sequence[LegalBasis]) -> Change:
    """A legal text that came or went with its title, which the comparison leaves aside."""
    if change.part != "bases" or change.kind not in (Edit.ADDED, Edit.REMOVED):
        return change
    number = change.after or change.before
    titles = (phrases.basis_text(basis) for basis in bases if number in basis.number)
    title = next((title for title in titles if " " in title), number)
    return replace(change, after=title) if change.after else replace(change, before=title)


def _counts(changes: Iterable[Change]) -> str:
    counts = (found.counts for found in summary(changes))
    return ", ".join(f"{EDITS[edit].lower()} {count}" for found in counts for edit, count in found)


def _silence(changes: Sequence[Change]) -> str:
    if not all(change.silent for change in changes):
        return ""
    return "after" if all(change.kind is Edit.REMOVED for change in changes) else "before"


def _gathered(changes: Iterable[Change]) -> list[tuple[Change, str]]:
    """Equal changes of several channels or cases once, with all they hold for."""
    found: dict[object, tuple[Change, list[str]]] = {}
    for change in changes:
        key = (change.kind, change.before, change.after, change.cells) if change.before or change.after else change
        found.setdefault(key, (change, []))[1].append(_place(change))
    return [(change, _places(list(dict.fromkeys(filter(None, where))))) for change, where in found.values()]


def _places(names: list[str]) -> str:
    if len(names) > 1 and sum(map(len, names)) > _WHOLE:
        return f"{names[0]} và {len(names) - 1} trường hợp khác"
    return ", ".join(names)


def _place(change: Change) -> str:
    if change.part == "bodies":
        return BODY_ROLES[change.where]
    if change.part == "cases":
        return ""
    return CHANNELS.get(change.where) or FLAGS.get(change.where) or bare(change.where)


def _row(change: Change, where: str, columns: Sequence[str]) -> RedlineRow:
    cells = {cell.name: (cell.before, cell.after) for cell in change.cells}
    before, after = _shown(change.part, change.before), _shown(change.part, change.after)
    if not before and not after:  # a channel or flag that came or went is its own name
        before, after, where = ("", where, "") if change.kind is Edit.ADDED else (where, "", "")
    runs = (Words(Edit.SAME, after),) if change.kind is Edit.MOVED else _runs(before, after)
    return RedlineRow(change.kind, where, runs, tuple(_runs(*cells.get(name, ("", ""))) for name in columns))


def _shown(part: str, text: str) -> str:
    if part in ("fees", "times"):
        return phrases.money_text(text)
    if part in PROSE:
        return text.replace("**", "")
    return bare(text) if part == "cases" else GRADES.get(text, text) if part == "online" else text


def _runs(before: str, after: str) -> tuple[Words, ...]:
    if word_key(before) == word_key(after):
        return (Words(Edit.SAME, after),) if after else ()
    if before and after and max(len(before), len(after)) <= _WHOLE and any(sign.isdigit() for sign in before + after):
        return Words(Edit.REMOVED, before + " "), Words(Edit.ADDED, after)
    return tuple(word_runs(before, after))


# ------------------------------------------------------------------ what stayed


def _unchanged(content: ProcedureContent, changed: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part, lines in _LINES.items():
        if part not in changed and (found := tuple(line for line in lines(content) if line)):
            yield PARTS[part], found


def _split(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _papers(content: ProcedureContent) -> Iterator[str]:
    several = len([case for case in content.cases if case.papers]) > 1
    for case in content.cases:
        name = f"{bare(case.name)}: " if several and case.name else ""
        for paper in case.papers:
            counts = f"bản chính {paper.originals}" if paper.originals else ""
            counts += (", " if counts and paper.copies else "") + (f"bản sao {paper.copies}" if paper.copies else "")
            yield f"{name}{paper.name}" + (f" ({counts})" if counts else "")


def _bodies(bodies: Bodies) -> list[str]:
    return [f"{label}: {body.name}" for role, label in BODY_ROLES.items() for body in getattr(bodies, role)]


_LINES: dict[str, Callable[[ProcedureContent], Iterable[str]]] = {
    "name": lambda c: [c.name],
    "friendly_name": lambda c: _split(c.friendly_name),
    "sectors": lambda c: [sector.name for sector in c.sectors],
    "steps": lambda c: [line for step in c.steps for line in _split(f"{step.name}\n{step.text}")],
    "cases": lambda c: [bare(case.name) for case in c.cases],
    "channels": lambda c: [f"{CHANNELS[ch.kind]}: {' '.join(_split(ch.text))}".rstrip(": ") for ch in c.channels],
    "papers": _papers,
    "times": lambda c: _split(phrases.listing_time_text(c)),
    "fees": lambda c: _split(phrases.listing_fee_text(c)),
    "dossier_sets": lambda c: _split(c.dossier_sets),
    "subjects": lambda c: [subject.name for subject in c.subjects],
    "bodies": lambda c: _bodies(c.bodies),
    "outcomes": lambda c: [outcome.name for outcome in c.outcomes],
    "forms": lambda c: [form.name for form in c.forms],
    "conditions": lambda c: _split(c.conditions),
    "bases": lambda c: [phrases.basis_text(basis) for basis in c.bases],
    "reception": lambda c: _split(c.reception),
    "returning": lambda c: _split(c.returning),
    "online": lambda c: [GRADES[c.online]] if c.online != "unknown" else [],
    "flags": lambda c: [label for flag, label in FLAGS.items() if getattr(c.flags, flag)],
    "note": lambda c: _split(c.note),
}
