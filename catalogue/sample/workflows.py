"""Internal and electronic workflows of the sample: read from TOML, adopted by its decisions, looked at afterwards.

A step is a row "label | unit | role | time | text" with what else it has in a table of its own name (``[more.B4]``);
ways are written as officers write them ("B4: hồ sơ đầy đủ; trả lại B2: đã bổ sung").
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Account, Decision, Workflow, WorkflowLine
from catalogue.queries.workflows import text_on
from catalogue.sample.texts import Raw, file_names, read
from catalogue.services import electronic
from catalogue.services.workflow_lines import (
    EXPIRED,
    WorkflowLineInput,
    add_workflow,
    choose_expired,
    make_workflows_public,
)
from decisions.content import ChannelKind
from decisions.step_times import parse_step_time
from decisions.workflow import Branching, Counting, StepKind, WorkflowStep
from decisions.workflow import Workflow as WorkflowValue
from decisions.workflow_ways import read_ways


@cache
def written() -> dict[str, Raw]:
    """Every workflow of the sample as written, by the name that decisions call it by."""
    found: dict[str, Raw] = {}
    for name in file_names("workflows"):
        data = read(name)
        for raw in data["workflow"]:
            found[raw.get("id") or raw["symbol"]] = raw | {"places": data.get("places", {})}
    return found


def workflow_of(raw: Raw) -> WorkflowValue:
    """The typed value of a workflow.

    Raises:
        decisions.workflow_ways.UnknownStep: a way leads to no step.
    """
    steps = [_step(number, row, raw) for number, row in enumerate(raw["steps"], 1)]
    extras = [raw.get("more", {}).get(step.label, {}) for step in steps]
    steps = [
        replace(step, routes=read_ways(extra.get("ways", "").replace("; ", "\n"), steps))
        for step, extra in zip(steps, extras, strict=True)
    ]
    return WorkflowValue(
        name=raw["name"],
        steps=tuple(steps),
        symbol=raw["symbol"],
        case=raw.get("case", ""),
        channel=ChannelKind(raw["channel"]) if "channel" in raw else None,
        total=parse_step_time(raw.get("total", "")),
        purpose=raw.get("purpose", ""),
        scope=raw.get("scope", ""),
        records=tuple(raw.get("records", ())),
        retention=raw.get("retention", ""),
    )


def _step(number: int, row: str, raw: Raw) -> WorkflowStep:
    label, unit, role, time, text = (cell.strip() for cell in row.split("|"))
    extra = raw.get("more", {}).get(label, {})
    read_time = parse_step_time(time)
    if extra.get("shared"):
        read_time = replace(read_time, counting=Counting.SHARED)
    return WorkflowStep(
        key=f"b{number}",
        text=text,
        label=label,
        unit=raw["places"].get(unit, unit),
        role=role,
        time=read_time,
        kind=StepKind(extra.get("kind", "task")),
        product=extra.get("product", ""),
        branching=Branching(extra.get("branching", "one")),
        waits_for_all=extra.get("waits_for_all", False),
        forms=tuple(extra.get("forms", ())),
        papers=tuple(extra.get("papers", ())),
        inputs=tuple(extra.get("inputs", ())),
    )


def add_workflows(session: Session, decision: Decision, data: Raw, actor: Account, now: datetime) -> None:
    """Put the workflows that a decision adopts or ends into its draft."""
    for number, name in enumerate(data.get("workflows", ()), 1):
        raw = written()[name]
        row = WorkflowLineInput(
            name=raw["procedure"], code_printed=raw["code"], level=raw["level"], annex=data["workflow_annex"],
            ordinal=str(number), content=workflow_of(raw),
        )  # fmt: skip
        add_workflow(session, decision, row, actor=actor, now=now)
    for ended in data.get("workflow_end", ()):
        row = WorkflowLineInput(
            action=EXPIRED, name=ended["procedure"], code_printed=ended["code"], level=ended["level"],
            expires_text=ended["text"],
        )  # fmt: skip
        line = add_workflow(session, decision, row, actor=actor, now=now)
        _choose(session, line, ended["symbol"], actor, now)
    if data.get("workflows_public"):
        make_workflows_public(session, decision, True, actor=actor, now=now)


def _choose(session: Session, line: WorkflowLine, symbol: str, actor: Account, now: datetime) -> None:
    choose_expired(session, line, _last(session, symbol).id, actor=actor, now=now)


def _last(session: Session, symbol: str, case: str = "") -> Workflow:
    """The workflow that was adopted last under a symbol."""
    query = select(Workflow).where(Workflow.symbol == symbol).order_by(Workflow.id.desc())
    return next(found for found in session.scalars(query) if found.value.case == case)


def look_after(session: Session, staff: dict[str, Account], at: datetime) -> None:
    """What offices do with adopted workflows: confirm that one still fits, make and set up electronic ones.

    ``at`` gives the hour of the records; each stands on a day of its own.
    """
    data = read("workflow_records.toml")
    for raw in data["confirmation"]:
        now = _on(at, raw["on"])
        workflow = _last(session, raw["symbol"])
        version = text_on(session, workflow, raw["on"])
        assert version is not None
        electronic.confirm_workflow(
            session, workflow, version, reason=raw["reason"], actor=staff[raw["by"]], now=now
        )  # fmt: skip
    for raw in data["electronic"]:
        _electronic(session, raw, staff, at)


def _electronic(session: Session, raw: Raw, staff: dict[str, Account], at: datetime) -> None:
    made = electronic.draft_electronic(
        session, _last(session, raw["symbol"]), actor=staff[raw["drafter"]], now=_on(at, raw["drafted_on"])
    )
    if "approver" not in raw:
        return
    electronic.approve_electronic(
        session, made, seen=made.content_hash, actor=staff[raw["approver"]], now=_on(at, raw["approved_on"])
    )
    for record in raw.get("configuration", ()):
        electronic.record_configuration(
            session, made, system=record["system"], configured_by=record["by"], configured_on=record["on"],
            tested_on=record.get("tested_on"), note=record.get("note", ""), actor=staff[raw["drafter"]],
            now=_on(at, record.get("tested_on", record["on"])),
        )  # fmt: skip


def _on(at: datetime, day: date) -> datetime:
    return datetime.combine(day, at.timetz())
