"""Files of the national portal (July 2026): detail records and list rows, as JSON, JSON lines, plain or gzipped.

Pure: reads a file, knows no database. A record that cannot be read comes out as a ``Problem`` in its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from enum import IntEnum
from pathlib import Path
from typing import Any

from catalogue.imports.portal_content import read_detail, read_row
from catalogue.imports.portal_levels import guess_levels, read_levels, read_register
from catalogue.imports.portal_reading import Problem, RawRecord, read_raw
from catalogue.imports.portal_values import FieldError, Node, shown, tidy
from decisions.content import ProcedureContent, content_hash
from decisions.kinds import Level, Register
from decisions.numbering import DecisionNumber, ProcedureCode, parse_code, parse_decision_number

VIETNAM = timezone(timedelta(hours=7))
"""The portal's days begin at 00:00 +07:00, also before 1975; a fixed offset is what it uses."""

_LONGEST_CODE = 60  # a longer print is a sentence; it is kept with the line, and the procedure has no code yet
_DETAIL_KEYS = {"executionSteps", "executionMethods", "executionCases", "categoriesDetails", "legalBasisesDetails"}
_ROW_KEYS = {"categories", "departments", "departmentPromulgate", "formalityTargetType"}
_PASSING = ("createdAt", "updatedAt", "state", "procedureProposal")
"""Keys that differ between two crawls of one text."""


class Grade(IntEnum):
    """How good a record is; a lesser one never replaces the text of a better one."""

    LISTED = 1  # dòng của danh sách quốc gia
    REBUILT = 2  # toàn văn, không có mã bản ghi quốc gia
    DETAIL = 3  # toàn văn của Cổng, có mã bản ghi


@dataclass(frozen=True)
class NamedDecision:
    """The decision a record names: number as printed, issuer, and the day of signing where the record has it."""

    number: DecisionNumber
    issuer: str
    signed_on: date | None

    @property
    def year(self) -> int | None:
        """The year of signing, or the one inside a normative number."""
        return self.signed_on.year if self.signed_on else self.number.year


@dataclass(frozen=True)
class PortalRecord:
    """One procedure as the portal describes it. ``levels`` is never empty; ``updated`` is epoch milliseconds or 0."""

    place: str
    grade: Grade
    code: ProcedureCode
    register: Register
    issuer: str
    issuer_code: str
    levels: tuple[Level, ...]
    content: ProcedureContent
    decision: NamedDecision | None
    updated: int
    notes: tuple[Problem, ...] = ()

    @property
    def key(self) -> str:
        """The code under which the procedure is known; empty when it has none (yet)."""
        if self.code.root and self.code.case:
            return f"{self.code.root}.{self.code.case}"
        return self.code.key if len(self.code.key) <= _LONGEST_CODE else ""

    @property
    def fingerprint(self) -> str:
        """Equal for two crawls of the same text, however its sets are ordered and whenever it was stored."""
        extra = {key: value for key, value in self.content.extra.items() if key not in _PASSING}
        named = self.decision
        facts = (
            self.grade.name, self.key, self.register, self.issuer, ",".join(self.levels),
            named.number.key if named else "", named.issuer if named else "",
            named.signed_on.isoformat() if named and named.signed_on else "",
            content_hash(replace(self.content, extra=extra)),
        )  # fmt: skip
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def read_file(path: Path) -> Iterator[PortalRecord | Problem]:
    """Every record of a file in order; what cannot be read comes as a blocking ``Problem``. Streams.

    Raises:
        OSError: the file cannot be opened.
    """
    return read_records(read_raw(path))


def read_records(raws: Iterable[RawRecord | Problem]) -> Iterator[PortalRecord | Problem]:
    """Raw JSON objects as records."""
    for raw in raws:
        yield raw if isinstance(raw, Problem) else read_record(raw.value, raw.place)


def read_record(value: Any, place: str) -> PortalRecord | Problem:
    """One JSON object as a record, or the reason why it is none."""
    if not isinstance(value, dict):
        return Problem(place, shown(value), "không phải là một bản ghi thủ tục", blocking=True)
    node = Node(tidy(value))
    try:
        if not node.line("name"):
            return Problem(
                f"{place}, trường name", shown(value.get("code")), "bản ghi không có tên thủ tục", blocking=True
            )
        if _DETAIL_KEYS & node.raw.keys():
            return _detail(node, place)
        if _ROW_KEYS & node.raw.keys():
            return _row(node, place)
    except FieldError as error:
        return Problem(f"{place}, trường {error.place}", error.value, error.reason, blocking=True)
    return Problem(place, node.line("name"), "không nhận ra đây là chi tiết hay dòng danh sách của Cổng", blocking=True)


def _detail(node: Node, place: str) -> PortalRecord:
    content = read_detail(node)
    bodies = content.bodies
    levels = read_levels(node) or guess_levels(
        (body.name for body in bodies.executing or bodies.deciding), content.name
    )
    code = parse_code(node.text("code"))
    kept, notes = _checked_levels(levels, place, code)
    proposal = node.node("procedureProposal")
    issuing = proposal.node("issuingAgency") if proposal else None
    issuer = node.line("departmentPromulgateName") or (issuing.line("name") if issuing else "")
    return PortalRecord(
        place=place,
        grade=Grade.DETAIL if node.line("id") else Grade.REBUILT,
        code=code,
        register=read_register(node),
        issuer=issuer,
        issuer_code=node.line("departmentPromulgateCode"),
        levels=kept,
        content=content,
        decision=_decision(proposal, issuer) if proposal else None,
        updated=_milliseconds(node, "updatedAt") or 0,
        notes=(*_code_notes(code, place), *notes),
    )


def _row(node: Node, place: str) -> PortalRecord:
    content = read_row(node)
    code = parse_code(node.text("code"))
    levels, notes = _checked_levels(
        guess_levels((body.name for body in content.bodies.executing), content.name), place, code
    )
    return PortalRecord(
        place=place,
        grade=Grade.LISTED,
        code=code,
        register=read_register(node),
        issuer=node.line("departmentPromulgate"),
        issuer_code="",
        levels=levels,
        content=content,
        decision=None,
        updated=0,
        notes=(*_code_notes(code, place), *notes),
    )


def _checked_levels(
    levels: tuple[Level, ...], place: str, code: ProcedureCode
) -> tuple[tuple[Level, ...], tuple[Problem, ...]]:
    """District level ended on 2025-06-30 (domain rule 15): such a record needs a person to say who does it now."""
    kept = tuple(level for level in levels if level is not Level.DISTRICT)
    if kept == levels:
        return levels or (Level.UNKNOWN,), ()
    note = Problem(place, code.text, "ghi cấp huyện, cấp này không còn từ 01/7/2025; cần xác định lại cấp thực hiện")
    return kept or (Level.UNKNOWN,), (note,)


def _code_notes(code: ProcedureCode, place: str) -> tuple[Problem, ...]:
    if code.is_absent:
        return (Problem(place, code.printed, "bản ghi chưa có mã thủ tục"),)
    if code.warnings:
        return (Problem(place, code.printed, "mã thủ tục ghi chưa chuẩn; giữ nguyên cách ghi của nguồn"),)
    return ()


def _decision(proposal: Node, issuer: str) -> NamedDecision | None:
    issuing = proposal.node("issuingAgency")
    milliseconds = _milliseconds(proposal, "decisionDate")
    number = parse_decision_number(proposal.text("proposalNumber"))
    return NamedDecision(
        number=number,
        issuer=(issuing.line("name") if issuing else "") or issuer,
        signed_on=None if milliseconds is None else _day(milliseconds, proposal),
    )


def _milliseconds(node: Node, key: str) -> int | None:
    number = node.number(key)
    return None if number is None else int(number)


def _day(milliseconds: int, proposal: Node) -> date:
    """The calendar day in Vietnam; in any other offset every date would be one day early."""
    try:
        return (datetime(1970, 1, 1, tzinfo=VIETNAM) + timedelta(hours=7, milliseconds=milliseconds)).date()
    except OverflowError:
        raise FieldError(proposal.path("decisionDate"), milliseconds, "không phải là một ngày") from None
