"""A typed text back in the shape of the national portal (July 2026); the mirror of ``portal_content``.

Every function gives what the model knows; what the record brought beyond that stands in ``extra`` and is put over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from catalogue.imports.portal_words import FEE_KINDS, UNITS
from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    LegalBasis,
    Named,
    OfficialForm,
    Paper,
    ProcedureContent,
    Step,
    TimeLimit,
)

METHODS = {"DIRECT": ChannelKind.DIRECT, "ONLINE": ChannelKind.ONLINE, "POSTAL": ChannelKind.POSTAL}
ROLES = {
    "executing": ("Executing", "executingAgencies"),
    "deciding": ("Authority", "delegatedAgencies"),
    "delegated": ("Authorized", "authorizedAgencies"),
    "coordinating": ("Coordinating", "coordinatingAgencies"),
}
"""Role -> (suffix of the national keys, key of the joined names). The portal's names of the joined keys are crossed."""

UNIT_GROUP = "unitGroup"
"""Marks in ``Named.extra`` a body that came from ``unitGroups…`` (a kind of unit, not one body)."""

CASE_LIST = "caseList"
"""Marks in ``Case.extra`` an entry of ``cases`` that neither a code nor a time gives away."""

_METHOD_NAMES = {kind: name for name, kind in METHODS.items()}
_UNIT_NAMES = {unit: name for name, unit in UNITS.items()}
_FEE_NAMES = {kind: name for name, kind in FEE_KINDS.items()}
_OURS = {UNIT_GROUP, CASE_LIST}


def write_content(content: ProcedureContent) -> dict[str, Any]:
    """The whole record; what a list row or a Word file never said is left empty."""
    timed = [case for case in content.cases if is_timed(case)]
    record = {
        "name": content.name,
        "executionSteps": [write_step(step) for step in content.steps],
        "executionMethods": [write_channel(channel) for channel in content.channels],
        "executionCases": [write_papers(case) for case in content.cases if not is_timed(case)],
        "cases": [write_timed(case) for case in timed],
        **_write_named("categoriesDetails", "categoryIds", content.sectors),
        "category": write_named(content.sectors[0]) if content.sectors else None,
        **_write_named("subjectTypesDetails", "subjectTypeIds", content.subjects),
        **_write_named("resultsDetails", "resultIds", content.outcomes),
        "legalBasisesDetails": [write_basis(basis) for basis in content.bases],
        "legalBasisIds": _ids(content.bases),
        **_write_bodies(content.bodies),
        "requirementsAndConditions": content.conditions,
        "description": content.conditions,
        "dossierReceivingAddresses": content.reception,
        "isNonTerritorial": content.flags.non_territorial,
        "keywords": "; ".join(content.keywords),
        "note": content.note,
    }
    return {**record, **content.extra}


def write_row(content: ProcedureContent) -> dict[str, Any]:
    """What a row of the national list says of a text, beside what it came with."""
    return {
        "name": content.name,
        "categories": [sector.name for sector in content.sectors],
        "departments": [body.name for body in content.bodies.executing],
        "formalityTargetType": [subject.name for subject in content.subjects],
    }


def write_step(step: Step) -> dict[str, Any]:
    """An entry of ``executionSteps``."""
    return {"name": step.name, "description": step.text, **step.extra}


def write_channel(channel: Channel) -> dict[str, Any]:
    """An entry of ``executionMethods``."""
    return {
        "submissionMethod": _METHOD_NAMES[channel.kind],
        **_write_time(channel.time),
        "description": channel.text,
        "fees": [write_fee(fee) for fee in channel.fees],
        **channel.extra,
    }


def _write_time(limit: TimeLimit | None) -> dict[str, Any]:
    if limit is None:
        return {"processingTime": None, "processingTimeUnit": "OTHER"}
    if limit.quantity is None or limit.unit is None:
        return {"processingTime": limit.text, "processingTimeUnit": "OTHER"}
    return {"processingTime": plain_number(limit.quantity), "processingTimeUnit": _UNIT_NAMES[limit.unit]}


def write_fee(fee: Fee) -> dict[str, Any]:
    """An entry of ``fees``; a fee that only words tell has no value."""
    return {
        "type": _FEE_NAMES.get(fee.kind, ""),
        "value": None if fee.amount is None else plain_number(fee.amount),
        "description": fee.text,
        **fee.extra,
    }


def is_timed(case: Case) -> bool:
    """Whether a case belongs to ``cases`` (code and time) and not to ``executionCases`` (papers)."""
    return bool(case.code or case.time or case.extra.get(CASE_LIST))


def write_papers(case: Case) -> dict[str, Any]:
    """An entry of ``executionCases``."""
    return {"name": case.name, "profileComponents": [write_paper(paper) for paper in case.papers], **case.extra}


def write_timed(case: Case) -> dict[str, Any]:
    """An entry of ``cases``."""
    limit = case.time
    day = None
    if limit is not None and limit.quantity is not None and limit.unit is not None:
        day = {"qty": plain_number(limit.quantity), "type": _UNIT_NAMES[limit.unit]}
    papers = [write_paper(paper) for paper in case.papers]
    written = {"name": case.name, "code": case.code, "processingDay": day, "profileComponents": papers}
    return {**written, **_national(case.extra)}


def write_paper(paper: Paper) -> dict[str, Any]:
    """An entry of ``profileComponents``."""
    return {
        "name": paper.name,
        "code": paper.code,
        "originalQty": paper.originals,
        "copyQty": paper.copies,
        "required": False,
        "hasElectronicForm": paper.electronic,
        "attachments": [write_form(form) for form in paper.forms],
        **paper.extra,
    }


def write_form(form: OfficialForm) -> dict[str, Any]:
    """An entry of ``attachments``."""
    return {"fileName": form.name, **form.extra}


def write_named(named: Named) -> dict[str, Any]:
    """A sector, subject, outcome or body."""
    return {"name": named.name, "code": named.code, **_national(named.extra)}


def write_basis(basis: LegalBasis) -> dict[str, Any]:
    """An entry of ``legalBasisesDetails``."""
    return {"name": basis.title, "code": basis.number, **basis.extra}


def _write_named(details: str, ids: str, items: Iterable[Named]) -> dict[str, Any]:
    named = tuple(items)
    return {details: [write_named(item) for item in named], ids: _ids(named)}


def _write_bodies(bodies: Bodies) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for role, (suffix, joined) in ROLES.items():
        members: tuple[Named, ...] = getattr(bodies, role)
        single = [body for body in members if UNIT_GROUP not in body.extra]
        groups = [body for body in members if UNIT_GROUP in body.extra]
        record |= _write_named(f"departments{suffix}", f"department{suffix}Ids", single)
        record |= _write_named(f"unitGroups{suffix}", f"unitGroup{suffix}Ids", groups)
        record[joined] = ", ".join(body.name for body in single)
    return record


def _ids(items: Iterable[Named | LegalBasis]) -> list[Any]:
    return [item.extra["id"] for item in items if item.extra.get("id")]


def _national(extra: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in extra.items() if key not in _OURS}


def plain_number(value: Decimal) -> int | float:
    """A JSON number: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
