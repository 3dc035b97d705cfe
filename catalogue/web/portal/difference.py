"""What one text says otherwise than the one before, in words: labels of parts, and old and new words where short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalogue.exports import phrases
from catalogue.glossary import GRADES, PARTS
from decisions.changes import changed_parts
from decisions.content import ProcedureContent


@dataclass(frozen=True)
class PartChange:
    """One changed part; ``before`` and ``after`` are its words in one cell, both empty where they are too long."""

    part: str
    before: str = ""
    after: str = ""

    @property
    def label(self) -> str:
        """The name of the part."""
        return PARTS.get(self.part, self.part)


LONGEST = 600
SHORT = 90

_WORDS: dict[str, Callable[[ProcedureContent], str]] = {
    "name": lambda c: c.name,
    "friendly_name": lambda c: c.friendly_name,
    "sectors": lambda c: "; ".join(s.name for s in c.sectors),
    "times": phrases.listing_time_text,
    "fees": phrases.listing_fee_text,
    "dossier_sets": lambda c: c.dossier_sets,
    "subjects": lambda c: "; ".join(s.name for s in c.subjects),
    "bodies": lambda c: "; ".join(b.name for b in c.bodies.executing),
    "outcomes": lambda c: "; ".join(o.name for o in c.outcomes),
    "papers": lambda c: "\n".join(paper.name for paper in c.papers),
    "forms": lambda c: "\n".join(form.name for form in c.forms),
    "bases": lambda c: "\n".join(phrases.basis_text(basis) for basis in c.bases),
    "conditions": lambda c: c.conditions,
    "reception": lambda c: c.reception,
    "returning": lambda c: c.returning,
    "online": lambda c: GRADES[c.online],
}


def part_changes(before: ProcedureContent, after: ProcedureContent) -> tuple[PartChange, ...]:
    """The changed parts in the order of the text; what only machines read is left out."""
    parts = dict.fromkeys(part for part in changed_parts(before, after) if part not in ("extra", "keywords"))
    # A time or fee of a channel or case is the time or fee of the procedure to whoever reads it.
    parts.update(dict.fromkeys(_seen_otherwise(before, after)))
    order = {part: place for place, part in enumerate(PARTS)}
    return tuple(_change(part, before, after) for part in sorted(parts, key=lambda found: order.get(found, 99)))


def _seen_otherwise(before: ProcedureContent, after: ProcedureContent) -> Iterator[str]:
    for part in ("times", "fees", "papers"):
        if _WORDS[part](before) != _WORDS[part](after):
            yield part


def _change(part: str, before: ProcedureContent, after: ProcedureContent) -> PartChange:
    words = _WORDS.get(part)
    if words is None:
        return PartChange(part)
    old, new = words(before).strip(), words(after).strip()
    if old == new or max(len(old), len(new)) > LONGEST:
        return PartChange(part)
    return PartChange(part, old, new)


def change_words(changes: tuple[PartChange, ...]) -> str:
    """The changes inside one sentence: "thời hạn giải quyết từ «15 ngày» thành «10 ngày»; thành phần hồ sơ"."""
    return "; ".join(map(_words_of, changes))


def _words_of(change: PartChange) -> str:
    label = change.label[:1].lower() + change.label[1:]
    short = max(len(change.before), len(change.after)) <= SHORT and "\n" not in change.before + change.after
    if change.before and change.after and short:
        return f"{label} từ «{change.before}» thành «{change.after}»"
    return label
