"""Records of the national portal (July 2026) as typed texts; what we do not model stays in ``extra``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from catalogue.imports.portal_values import Node, in_order, leftover
from catalogue.imports.portal_words import (
    NO_UNIT,
    channel_text,
    read_case_time,
    read_fee,
    read_time,
    returning_text,
    split_keywords,
)
from catalogue.imports.portal_writing import (
    CASE_LIST,
    METHODS,
    ROLES,
    UNIT_GROUP,
    is_timed,
    write_basis,
    write_channel,
    write_content,
    write_fee,
    write_form,
    write_named,
    write_paper,
    write_papers,
    write_row,
    write_step,
    write_timed,
)
from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    Flags,
    LegalBasis,
    Named,
    OfficialForm,
    Paper,
    ProcedureContent,
    Step,
)
from decisions.kinds import OnlineGrade
from decisions.reading import parse_online

T = TypeVar("T")

_LIST_MARKS = "•*+- "

_MOST_COPIES = 20
"""More originals or copies than this are digits glued from the name of the paper ("20261")."""


def read_detail(node: Node) -> ProcedureContent:
    """The text of a detail record.

    Raises:
        FieldError: a field has a wrong type; the error names it.
    """
    channels = tuple(
        read_channel(item) for item in node.nodes("executionMethods") if item.text("submissionMethod") in METHODS
    )
    timed = tuple(map(_read_timed, node.nodes("cases")))
    if any(case.time and case.time.text for case in timed):
        channels = tuple(without_guessed_time(channel) for channel in channels)
    content = ProcedureContent(
        name=node.line("name"),
        sectors=_read_set(node, "categoriesDetails"),
        steps=tuple(_read_step(item) for item in node.nodes("executionSteps")),
        cases=(*map(_read_papers, node.nodes("executionCases")), *timed),
        channels=channels,
        subjects=_read_set(node, "subjectTypesDetails"),
        bodies=_read_bodies(node),
        outcomes=tuple(outcome for outcome in _read_set(node, "resultsDetails") if _has_letters(outcome.name)),
        conditions=node.text("requirementsAndConditions"),
        bases=_distinct(_read_basis(item) for item in node.nodes("legalBasisesDetails")),
        reception=node.text("dossierReceivingAddresses").strip('"').strip(),
        returning=returning_text(node),
        online=_grade(channels),
        flags=Flags(non_territorial=node.flag("isNonTerritorial")),
        keywords=split_keywords(node.text("keywords")),
        note=node.text("note"),
    )
    return replace(content, extra=leftover(node.raw, write_content(content)))


def read_row(node: Node) -> ProcedureContent:
    """The text of a row of the national list: only what a listing says.

    Raises:
        FieldError: a field has a wrong type; the error names it.
    """
    ids = node.lines("categoryIds")
    sectors = [name for name in node.lines("categories") if name]
    aligned = ids if len(ids) == len(sectors) else [""] * len(sectors)
    content = ProcedureContent(
        name=node.line("name"),
        sectors=_distinct(Named(n, extra={"id": i} if i else {}) for n, i in zip(sectors, aligned, strict=True)),
        subjects=_distinct(Named(name) for name in node.lines("formalityTargetType") if name),
        bodies=Bodies(
            executing=_distinct(Named(name.lstrip(_LIST_MARKS)) for name in node.lines("departments") if name)
        ),
    )
    written = write_row(content)
    brought = {key: in_order(value, key) for key, value in node.raw.items() if value}
    same = {key for key in written if set(written[key]) == set(node.raw.get(key) or ())}
    return replace(content, extra={key: value for key, value in brought.items() if key not in same})


def _read_step(node: Node) -> Step:
    step = Step(text=node.text("description"), name=node.line("name"))
    return replace(step, extra=leftover(node.raw, write_step(step)))


def read_channel(node: Node) -> Channel:
    """An entry of ``executionMethods``."""
    words = channel_text(node.text("description"))
    channel = Channel(
        kind=METHODS[node.text("submissionMethod")],
        time=read_time(node, words),
        fees=tuple(_read_fee(item) for item in node.nodes("fees")),
        text=words,
    )
    return replace(channel, extra=leftover(node.raw, write_channel(channel)))


def without_guessed_time(channel: Channel) -> Channel:
    """A bare number without unit says nothing beside cases that tell their time."""
    if channel.time is None or not channel.time.text.endswith(NO_UNIT):
        return channel
    return replace(channel, time=replace(channel.time, text=""))


def _read_fee(node: Node) -> Fee:
    fee = read_fee(node)
    return replace(fee, extra=leftover(node.raw, write_fee(fee)))


def _read_papers(node: Node) -> Case:
    case = Case(name=node.line("name"), papers=tuple(read_paper(item) for item in node.nodes("profileComponents")))
    return replace(case, extra=leftover(node.raw, write_papers(case)))


def _read_timed(node: Node) -> Case:
    papers = tuple(read_paper(item) for item in node.nodes("profileComponents"))
    case = Case(name=node.line("name"), code=node.line("code"), papers=papers, time=read_case_time(node))
    mark = {} if is_timed(case) else {CASE_LIST: True}
    return replace(case, extra={**leftover(node.raw, write_timed(case)), **mark})


def read_paper(node: Node) -> Paper:
    """An entry of ``profileComponents``."""
    paper = Paper(
        name=node.text("name"),
        originals=_copies(node, "originalQty"),
        copies=_copies(node, "copyQty"),
        forms=tuple(_read_form(item) for item in node.nodes("attachments")),
        electronic=node.flag("hasElectronicForm"),
        code=node.line("code"),
    )
    return replace(paper, extra=leftover(node.raw, write_paper(paper)))


def _copies(node: Node, key: str) -> int:
    number = node.number(key)
    return int(number) if number is not None and 0 <= number <= _MOST_COPIES else 0


def _read_form(node: Node) -> OfficialForm:
    form = OfficialForm(name=node.line("fileName"))
    return replace(form, extra=leftover(node.raw, write_form(form)))


def _read_set(node: Node, key: str) -> tuple[Named, ...]:
    return _distinct(_read_named(item) for item in node.nodes(key))


def _read_named(node: Node) -> Named:
    named = Named(name=node.line("name").lstrip(_LIST_MARKS), code=node.line("code"))
    return replace(named, extra=leftover(node.raw, write_named(named)))


def _read_basis(node: Node) -> LegalBasis:
    basis = LegalBasis(title=node.line("name"), number=node.line("code"))
    return replace(basis, extra=leftover(node.raw, write_basis(basis)))


def _read_bodies(node: Node) -> Bodies:
    roles = {}
    for role, (suffix, _) in ROLES.items():
        single = _read_set(node, f"departments{suffix}")
        groups = _read_set(node, f"unitGroups{suffix}")
        roles[role] = (*single, *(replace(body, extra={**body.extra, UNIT_GROUP: True}) for body in groups))
    return Bodies(**roles)


def _grade(channels: Iterable[Channel]) -> OnlineGrade:
    """The online grade where the words of a channel name it; ``isFullProcess`` is not known to mean the same."""
    online = (channel for channel in channels if channel.kind is ChannelKind.ONLINE)
    grades = (parse_online(channel.text) for channel in online if len(channel.text) <= _GRADE_WORDS)
    return next((grade for grade in grades if grade is not OnlineGrade.UNKNOWN), OnlineGrade.UNKNOWN)


_GRADE_WORDS = 80  # a longer description tells a story, and "toàn trình" in it may be about something else


def _has_letters(name: str) -> bool:
    """Whether a name is one; the tail of a code (".000429") is not."""
    return any(letter.isalpha() for letter in name)


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    """Each item once, in order; the values hold dictionaries, so they cannot be hashed."""
    found: list[T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return tuple(found)
