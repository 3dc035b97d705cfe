"""What one text says otherwise than the one before, in words: the part, the lines that went and the lines that came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from catalogue.exports import phrases
from catalogue.glossary import BODY_ROLES, CHANNELS, FLAGS, GRADES, PARTS
from catalogue.web.wording import bare, is_choice
from decisions.changes import changed_parts
from decisions.content import Bodies, Fee, ProcedureContent

SHORT = 90
UNSEEN = ("extra", "keywords")  # what only machines read


@dataclass(frozen=True)
class PartChange:
    """One changed part; ``removed`` and ``added`` are its lines that differ, as a reader sees them."""

    part: str
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name of the part."""
        return PARTS.get(self.part, self.part)


def part_changes(before: ProcedureContent, after: ProcedureContent) -> tuple[PartChange, ...]:
    """The changed parts in the order of the text, each once."""
    parts = [part for part in changed_parts(before, after) if part not in UNSEEN]
    # A time or fee of a channel or case is the time or fee of the procedure to whoever reads it.
    parts += [part for part in ("times", "fees", "papers") if _LINES[part](before) != _LINES[part](after)]
    order = {part: place for place, part in enumerate(PARTS)}
    found = (_change(part, before, after) for part in sorted(set(parts), key=lambda part: order.get(part, 99)))
    return tuple(found)


def change_words(changes: tuple[PartChange, ...]) -> str:
    """The changes inside one sentence: "thời hạn giải quyết từ «15 ngày» thành «10 ngày»; thành phần hồ sơ"."""
    return "; ".join(map(_words_of, changes))


def _words_of(change: PartChange) -> str:
    label = change.label[:1].lower() + change.label[1:]
    if len(change.removed) == len(change.added) == 1 and max(len(change.removed[0]), len(change.added[0])) <= SHORT:
        return f"{label} từ «{change.removed[0]}» thành «{change.added[0]}»"
    if not change.removed and len(change.added) == 1 and len(change.added[0]) <= SHORT:
        return f"{label}: «{change.added[0]}» (trước đây chưa ghi)"
    return label


def _change(part: str, before: ProcedureContent, after: ProcedureContent) -> PartChange:
    lines = _LINES.get(part)
    if lines is None:
        return PartChange(part)
    old, new = list(lines(before)), list(lines(after))
    removed: list[str] = []
    added: list[str] = []
    for edit, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if edit != "equal":
            removed += old[start:end]
            added += new[new_start:new_end]
    # A line that only moved is no change of what it says.
    return PartChange(part, _without(removed, added), _without(added, removed))


def _without(lines: list[str], others: list[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line not in others)


Lines = Callable[[ProcedureContent], list[str]]


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


def _without_fillers(content: ProcedureContent) -> ProcedureContent:
    """The text without fees that say nothing: no sum or the zero a source fills in, and no words."""
    return replace(
        content,
        fees=_told(content.fees),
        channels=tuple(replace(channel, fees=_told(channel.fees)) for channel in content.channels),
        cases=tuple(replace(case, fees=_told(case.fees)) for case in content.cases),
    )


def _told(fees: tuple[Fee, ...]) -> tuple[Fee, ...]:
    return tuple(fee for fee in fees if fee.amount or fee.text.strip())


def _bodies(bodies: Bodies) -> list[str]:
    executing = [body.name for body in bodies.executing]
    others = ((label, getattr(bodies, role)) for role, label in BODY_ROLES.items() if role != "executing")
    return executing + [f"{label}: {body.name}" for label, found in others for body in found]


_LINES: dict[str, Lines] = {
    "name": lambda c: [c.name],
    "friendly_name": lambda c: _split(c.friendly_name),
    "other_names": lambda c: list(c.other_names),
    "sectors": lambda c: [s.name for s in c.sectors],
    "steps": lambda c: [line for step in c.steps for line in _split(f"{step.name}\n{step.text}")],
    "cases": lambda c: [bare(case.name) for case in c.cases if is_choice(case)],
    "channels": lambda c: [f"{CHANNELS[ch.kind]}: {' '.join(_split(ch.text))}".rstrip(": ") for ch in c.channels],
    "papers": lambda c: list(_papers(c)),
    "times": lambda c: _split(phrases.listing_time_text(c)),
    "fees": lambda c: _split(phrases.listing_fee_text(_without_fillers(c))),
    "dossier_sets": lambda c: _split(c.dossier_sets),
    "subjects": lambda c: [s.name for s in c.subjects],
    "bodies": lambda c: _bodies(c.bodies),
    "outcomes": lambda c: [o.name for o in c.outcomes],
    "forms": lambda c: [form.name for form in c.forms],
    "conditions": lambda c: _split(c.conditions),
    "bases": lambda c: [phrases.basis_text(basis) for basis in c.bases],
    "reception": lambda c: _split(c.reception),
    "returning": lambda c: _split(c.returning),
    "online": lambda c: [GRADES[c.online]],
    "flags": lambda c: [label for flag, label in FLAGS.items() if getattr(c.flags, flag)],
    "note": lambda c: _split(c.note),
}
