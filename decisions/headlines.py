"""The changes a citizen asks for, most important first: fewer papers, shorter, cheaper, online; then what else changed.

Every headline is drawn from changes that ``find_changes`` found; parts of which one text says nothing are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from decisions.burden import certain_sum, certain_time
from decisions.changes import Change
from decisions.content import Case, Fee, Paper, TimeLimit, TimeUnit
from decisions.dossier import is_asked, is_note
from decisions.redline import Edit, word_key


class News(StrEnum):
    """What a headline says."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    LESS = "less"  # thời gian, tiền
    MORE = "more"


@dataclass(frozen=True)
class Headline:
    """One clause of the sentence. ``count`` rows; ``amount`` is the difference and ``rest`` what now holds.

    ``unit`` is that of a time, None of money (đồng). ``before`` and ``after`` are printed words. ``where`` are the
    channels, cases or roles meant, empty when the whole text is.
    """

    part: str
    news: News
    count: int = 0
    amount: Decimal | None = None
    rest: Decimal | None = None
    unit: TimeUnit | None = None
    before: str = ""
    after: str = ""
    where: tuple[str, ...] = ()


ORDER: tuple[str, ...] = (
    "papers", "times", "fees", "online", "channels", "cases", "conditions", "subjects", "bodies", "flags", "reception",
    "returning", "outcomes", "steps", "forms", "dossier_sets", "name", "friendly_name", "sectors", "bases", "note",
)  # fmt: skip
"""The parts in the order in which citizens ask for them; machine words are never news."""

_PLURAL_NEWS = {Edit.REMOVED: News.REMOVED, Edit.ADDED: News.ADDED}


def headlines(changes: Sequence[Change], channels: Iterable[str] = ()) -> list[Headline]:
    """The headlines of the changes of two texts; ``channels`` are those of the new text, to say "for all".

    The time and the fee of a channel that came or went are no news beside the channel itself.
    """
    offered = set(channels)
    switched = {change.where for change in changes if change.part == "channels" and not change.before + change.after}
    found: list[Headline] = []
    for part in ORDER:
        own = [change for change in changes if change.part == part and not change.silent and not change.is_order]
        if part in ("times", "fees"):
            own = [change for change in own if change.where not in switched]
        if own:
            found += _OF_PART.get(part, _of_part)(own, offered)
    return found


def _of_part(changes: Sequence[Change], offered: set[str]) -> Iterator[Headline]:
    first = changes[0]
    alone = first if len(changes) == 1 else Change(first.part, Edit.CHANGED)
    yield Headline(first.part, _PLURAL_NEWS.get(alone.kind, News.CHANGED), len(changes), before=alone.before,
                   after=alone.after, where=_places(changes))  # fmt: skip


def _of_papers(changes: Sequence[Change], offered: set[str]) -> Iterator[Headline]:
    """One paper of several cases is one paper."""
    real = [change for change in changes if _is_paper(change)]
    for edit, news in _PLURAL_NEWS.items():
        own = [change for change in real if change.kind is edit]
        names = dict.fromkeys(word_key(change.before or change.after) for change in own)
        if names:
            yield Headline("papers", news, len(names), where=_places(own))
    others = [change for change in real if change.kind in (Edit.CHANGED, Edit.MOVED)]
    names = dict.fromkeys(word_key(change.after or change.before) for change in others)
    if others or len(real) < len(changes):  # a count of 0: only remarks and lead-ins differ
        yield Headline("papers", News.CHANGED, len(names), where=_places(others))


def _is_paper(change: Change) -> bool:
    counts = {cell.name: cell.after or cell.before for cell in change.cells}
    paper = Paper(change.after or change.before, int(counts.get("originals") or 0), int(counts.get("copies") or 0))
    return is_asked(paper) and not is_note(Case(change.where))


def _places(changes: Iterable[Change]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(change.where for change in changes if change.where))


def _of_times(changes: Sequence[Change], offered: set[str]) -> Iterator[Headline]:
    for (before, after, cut_before, cut_after), where in _grouped(changes, offered).items():
        old = certain_time(TimeLimit(before, cut_text=cut_before))
        new = certain_time(TimeLimit(after, cut_text=cut_after))
        if old and new and old[1] is new[1] and old[0] != new[0]:
            news = News.LESS if new[0] < old[0] else News.MORE
            yield Headline("times", news, 1, abs(new[0] - old[0]), new[0], new[1], before, after, where)
        elif old is None or old != new:
            yield Headline("times", _told(before, after), 1, before=before, after=cut_after or after, where=where)


def _of_fees(changes: Sequence[Change], offered: set[str]) -> Iterator[Headline]:
    for (before, after, *_), where in _grouped(changes, offered).items():
        old, new = certain_sum(Fee(text=before)), certain_sum(Fee(text=after))
        if old is not None and new is not None and old != new:
            news = News.LESS if new < old else News.MORE
            yield Headline("fees", news, 1, abs(new - old), new, None, before, after, where)
        elif old is None or old != new:
            yield Headline("fees", _told(before, after), 1, rest=new, before=before, after=after, where=where)


def _told(before: str, after: str) -> News:
    return News.ADDED if not before else News.REMOVED if not after else News.CHANGED


def _grouped(changes: Iterable[Change], offered: set[str]) -> dict[tuple[str, str, str, str], tuple[str, ...]]:
    """Equal changes once, with the channels or cases they hold for; none named where they hold for all."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for change in changes:
        cut = next((cell for cell in change.cells if cell.name == "cut"), None)
        key = (change.before, change.after, cut.before if cut else "", cut.after if cut else "")
        found.setdefault(key, []).append(change.where)
    return {
        key: () if "" in where or (offered and offered <= set(where)) else tuple(dict.fromkeys(where))
        for key, where in found.items()
    }


def _of_channels(changes: Sequence[Change], offered: set[str]) -> Iterator[Headline]:
    ways = [change for change in changes if not change.before and not change.after]
    for edit, news in _PLURAL_NEWS.items():
        if where := _places(change for change in ways if change.kind is edit):
            yield Headline("channels", news, len(where), where=where)
    if len(changes) > len(ways):
        yield Headline("channels", News.CHANGED, len(changes) - len(ways))


def _of_cases(changes: Sequence[Change], offered: set[str]) -> Iterator[Headline]:
    for edit, news in {**_PLURAL_NEWS, Edit.CHANGED: News.CHANGED}.items():
        if own := [change for change in changes if change.kind is edit]:
            yield Headline("cases", news, len(own))


_OF_PART = {"cases": _of_cases, "papers": _of_papers, "times": _of_times, "fees": _of_fees, "channels": _of_channels}
