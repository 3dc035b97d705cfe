"""The text a line gives: the text in force with the columns of its annex row put over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from catalogue.models import DecisionLine
from decisions.content import Channel, ChannelKind, LegalBasis, Named, ProcedureContent, from_json
from decisions.kinds import ChangeKind, OnlineGrade
from decisions.reading import parse_channels, parse_fees, parse_online, parse_time
from decisions.text import spelling

FIELDS: tuple[str, ...] = (
    "time", "cut", "place", "channels", "fee", "basis", "agency", "deciding", "online", "conditions", "subjects",
)  # fmt: skip
"""What a listing row may say beside code, name, level and sector; values are the printed words."""


def line_content(line: DecisionLine, base: ProcedureContent | None) -> ProcedureContent:
    """The new text of a line over ``base`` (the text in force before, if any).

    Parts written out in full (``line.written``) win over the columns; without such a list, a ``content`` says it all.
    """
    if line.content and not line.written:
        return from_json(line.content)
    return with_written(line, columns_content(line, base))


def with_written(line: DecisionLine, content: ProcedureContent) -> ProcedureContent:
    """``content`` with the parts that were written out in full put over it."""
    if not line.written:
        return content
    written = from_json(line.content)
    return replace(content, **{part: getattr(written, part) for part in line.written})


def speaks_for(line: DecisionLine, *parts: str) -> bool:
    """Whether somebody wrote one of these parts out in full."""
    return bool(line.content) and (not line.written or any(part in line.written for part in parts))


def differing_columns(line: DecisionLine) -> tuple[tuple[str, str], ...]:
    """(column, words) of the row that parts written by hand contradict. A text that came whole with its row is the
    longer form of the same paper: its columns sum it up in other words."""
    if not line.written:
        return ()
    text = with_written(line, ProcedureContent(name=line.name))
    return tuple(
        (field, words)
        for field, put in _PUT.items()
        if speaks_for(line, *_PARTS[field])
        and (words := str(line.fields.get(field) or "").strip())
        and _differ(put(text, words, line.fields), text, _PARTS[field])
    )


def _differ(one: ProcedureContent, other: ProcedureContent, parts: Iterable[str]) -> bool:
    return any(getattr(one, part) != getattr(other, part) for part in parts)


def columns_content(line: DecisionLine, base: ProcedureContent | None) -> ProcedureContent:
    """What the columns of the row alone make of ``base``."""
    content = base or ProcedureContent(name=line.name)
    if line.name:
        content = replace(content, name=line.name)
    if line.sector and (not content.sectors or line.kind == ChangeKind.MOVED_SECTOR):
        content = replace(content, sectors=(Named(line.sector),))
    for field, put in _PUT.items():
        if words := str(line.fields.get(field) or "").strip():
            content = put(content, words, line.fields)
    if (cut := str(line.fields.get("cut") or "").strip()) and not str(line.fields.get("time") or "").strip():
        content = _put_cut(content, cut)
    return _marked(content, ChangeKind(line.kind))


def _put_cut(content: ProcedureContent, cut: str) -> ProcedureContent:
    """A list that prints only the time after the cut: the time before stays what the text says."""
    texts = content.time_texts
    if len(texts) == 1:
        channels = tuple(replace(channel, time=None) for channel in content.channels)
        cases = tuple(replace(case, time=None) for case in content.cases)
        return replace(content, times=(parse_time(texts[0], cut),), channels=channels, cases=cases)
    return replace(content, times=(*content.times, parse_time("", cut)))


def _marked(content: ProcedureContent, kind: ChangeKind) -> ProcedureContent:
    """Lists set an attribute by the very fact that a procedure stands in them."""
    if kind is ChangeKind.NON_TERRITORIAL:
        return replace(content, flags=replace(content.flags, non_territorial=True))
    return content


def _put_time(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    limit = parse_time(words, str(fields.get("cut") or ""))
    if limit.text in content.time_texts and len(content.time_texts) == 1 and not limit.cut_text:
        return content
    # One printed limit speaks for every channel and case: older ones must not stay beside it.
    channels = tuple(replace(channel, time=None) for channel in content.channels)
    cases = tuple(replace(case, time=None) for case in content.cases)
    return replace(content, times=(limit,), channels=channels, cases=cases)


def _put_fee(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    fees = parse_fees(words)
    if [fee.text for fee in content.all_fees] == [fee.text for fee in fees]:
        return content
    channels = tuple(replace(channel, fees=()) for channel in content.channels)
    cases = tuple(replace(case, fees=()) for case in content.cases)
    return replace(content, fees=fees, channels=channels, cases=cases)


def _put_place(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    return _with_channels(replace(content, reception=words), words)


def _put_channels(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    return _with_channels(content, words, with_text=True)


def _with_channels(content: ProcedureContent, words: str, *, with_text: bool = False) -> ProcedureContent:
    """Channels that the words name and the text lacks are added; none is taken away by silence."""
    have = {channel.kind for channel in content.channels}
    named = parse_channels(words)
    added = tuple(
        Channel(kind, text=_sentence_about(kind, words) if with_text else "") for kind in named if kind not in have
    )
    return replace(content, channels=content.channels + added)


def _sentence_about(kind: ChannelKind, words: str) -> str:
    return next((line.strip(" -+•") for line in words.splitlines() if kind in parse_channels(line)), "")


def _put_basis(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    known = {spelling(basis.title): basis for basis in content.bases}
    bases = tuple(known.get(spelling(text)) or LegalBasis(title=text) for text in _items(words))
    return replace(content, bases=bases)


def _put_agency(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    named = _named(words, content.bodies.executing)
    return replace(content, bodies=replace(content.bodies, executing=named))


def _put_deciding(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    named = _named(words, content.bodies.deciding)
    return replace(content, bodies=replace(content.bodies, deciding=named))


def _put_online(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    grade = parse_online(words)
    return content if grade is OnlineGrade.UNKNOWN else replace(content, online=grade)


def _put_conditions(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    return replace(content, conditions=words)


def _put_subjects(content: ProcedureContent, words: str, fields: Mapping[str, object]) -> ProcedureContent:
    return replace(content, subjects=_named(words, content.subjects))


def _named(words: str, known: tuple[Named, ...]) -> tuple[Named, ...]:
    """The items of a cell; one that the text names already keeps its code."""
    by_name = {spelling(item.name): item for item in known}
    return tuple(by_name.get(spelling(text)) or Named(text) for text in _items(words))


def _items(words: str) -> tuple[str, ...]:
    """The items of a cell: one a line, or one after each semicolon; list marks dropped, repeats too."""
    pieces = (re.sub(r"^\s*[-+•*]\s*", "", piece).strip(" ;.") for piece in re.split(r"[\n;]", words))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


_Put = Callable[[ProcedureContent, str, Mapping[str, object]], ProcedureContent]
_PUT: dict[str, _Put] = {
    "time": _put_time,
    "place": _put_place,
    "channels": _put_channels,
    "fee": _put_fee,
    "basis": _put_basis,
    "agency": _put_agency,
    "deciding": _put_deciding,
    "online": _put_online,
    "conditions": _put_conditions,
    "subjects": _put_subjects,
}
_PARTS: dict[str, tuple[str, ...]] = {
    "time": ("times",),
    "place": ("reception",),
    "channels": ("channels",),
    "fee": ("fees",),
    "basis": ("bases",),
    "agency": ("bodies",),
    "deciding": ("bodies",),
    "online": ("online",),
    "conditions": ("conditions",),
    "subjects": ("subjects",),
}
