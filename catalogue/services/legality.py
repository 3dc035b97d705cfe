"""The facts that ``decisions.checks`` asks for, gathered from a draft, its plan and the catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Decision, DecisionAct, DecisionLine, Procedure, ProcedureVersion, Validity
from catalogue.services.act_reach import idle_rows
from catalogue.services.acting import unmatched_serials
from catalogue.services.line_content import differing_columns, speaks_for
from catalogue.services.matching import effect_day, effect_type, match_line, unknown_words
from catalogue.services.planning import Plan, PlannedTarget, act_day
from catalogue.services.versions import name_key
from catalogue.services.workflow_legality import workflow_problems
from decisions.checks import ActFacts, DecisionFacts, Line, Problem, StatedCount, all_problems
from decisions.content import ProcedureContent, missing_parts
from decisions.kinds import ActKind, ChangeKind, DecisionKind, DecisionStatus, Level, Register
from decisions.numbering import parse_code, parse_decision_number

FILE_ROWS = "Tệp gốc"
"""Where the number of rows read from an imported file is stated: a row removed later is noticed (nothing is lost)."""


def problems_of(session: Session, decision: Decision, plan: Plan, on: date) -> list[Problem]:
    """Every problem of the draft, confirmed or not, in the order of the paper."""
    by_line: dict[int, list[PlannedTarget]] = defaultdict(list)
    for target in plan.targets:
        by_line[target.line.id].append(target)
    names = _same_names(session, decision)
    later = decisions_named(session, (entry.decision for target in plan.targets for entry in target.later))
    lines = [_line(session, line, by_line[line.id], names, later) for line in decision.lines]
    lines = [
        replace(read, in_force_before=_binds(session, line, on)) if read.effect_from is None else read
        for read, line in zip(lines, decision.lines, strict=True)
    ]
    problems = all_problems(_facts(session, decision, plan, on), lines)
    return [*problems, *workflow_problems(session, decision, plan)]


def position_text(line: DecisionLine) -> str:
    """The printed place of a row: "Phụ lục I, Mục A, số 3"; the place in the file where nothing is printed."""
    labels = [line.annex, line.part, line.section, f"số {line.ordinal}" if line.ordinal else ""]
    return ", ".join(label for label in labels if label) or line.place or f"dòng {line.position + 1}"


def decisions_named(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The printed numbers of decisions; a record of the inventory has none."""
    query = select(Decision.id, Decision.number, Decision.kind).where(Decision.id.in_(set(ids)))
    return {
        row.id: "bản ghi kiểm kê" if row.kind == DecisionKind.INVENTORY else f"Quyết định {row.number}"
        for row in session.execute(query)
    }


def _facts(session: Session, decision: Decision, plan: Plan, on: date) -> DecisionFacts:
    number = parse_decision_number(decision.number) if decision.number else None
    issuer = decision.issuer
    existed = True
    if issuer is not None and decision.signed_on is not None:
        existed = (issuer.valid_from is None or issuer.valid_from <= decision.signed_on) and (
            issuer.valid_until is None or decision.signed_on < issuer.valid_until
        )
    return DecisionFacts(
        on=on,
        number=decision.number,
        number_warnings=number.warnings if number else (),
        issuer=decision.issuer_text,
        issuer_existed=existed,
        signed_on=decision.signed_on,
        register=Register(decision.register),
        stated=tuple(_stated(item, decision) for item in decision.stated),
        unexplained=tuple((row.place, row.text) for row in decision.leftovers if not row.handling),
        acts=tuple(_act(session, act, plan) for act in decision.acts),
        workflows=len(decision.workflow_lines),
        signed_paper=decision.file_sha256 is not None or decision.signed_on is not None,
    )


def _stated(item: dict[str, object], decision: Decision) -> StatedCount:
    kind, level, found = item.get("kind"), item.get("level"), item.get("found")
    place = str(item.get("place") or "")
    typed_in = sum(row.handling == "line" for row in decision.leftovers) if place == FILE_ROWS else 0
    return StatedCount(
        place=place,
        text=str(item.get("text") or ""),
        count=int(str(item.get("count") or 0)) + typed_in,
        kind=ChangeKind(str(kind)) if kind else None,
        level=Level(str(level)) if level else None,
        found=int(str(found)) if found is not None else None,
    )


def _act(session: Session, act: DecisionAct, plan: Plan) -> ActFacts:
    needs_rows = ActKind(act.kind) in (ActKind.REVOKED, ActKind.ABOLISHED)
    return ActFacts(
        id=str(act.id),
        sentence=act.sentence,
        target_text=act.target_text,
        unmatched=unmatched_serials(act),
        target_known=act.target_id is not None or not needs_rows,
        confirmed=act.confirmed_at is not None or not needs_rows,
        dismissed=bool(act.dismissed),
        rows_known=not needs_rows or act.whole or bool(act.rows),
        day_known=act.kind != ActKind.ABOLISHED or act_day(act) is not None,
        idle_rows=tuple(idle_rows(session, act, act_day(act), {target.track for target in plan.targets})),
    )


def _line(
    session: Session, line: DecisionLine, targets: list[PlannedTarget], names: dict[str, set[str]],
    later: dict[int, str],
) -> Line:  # fmt: skip
    code = parse_code(line.code_printed) if line.code_printed.strip() else None
    own = targets[0] if targets else None
    start, until = effect_day(line)
    procedure = own.procedure if own else None
    key = line.code_key or (procedure.key if procedure else "")
    others = sorted(names.get(name_key(line.name), set()) - {key, line.code_key}) if line.name else []
    made = Line(
        id=str(line.position),
        position=position_text(line),
        kind=ChangeKind(line.kind),
        name=line.name,
        code_printed=line.code_printed,
        key=key,
        code_warnings=code.warnings if code else (),
        level=Level(own.level if own and line.level == Level.UNKNOWN else line.level),
        annex=line.annex,
        section=line.section,
        register=Register(procedure.register if procedure else line.decision.register),
        effect_type=effect_type(line),
        effect_text=line.effect_text or line.decision.effect_text,
        effect_from=start,
        effect_until=until,
        basis=line.basis or str(line.fields.get("basis") or ""),
        changed_parts=tuple(filter(None, [line.changed_parts])),
        time_text=_said(line, own, "time"),
        place_text=_said(line, own, "place"),
        replaces=tuple(line.replaces),
        in_force_before=any(target.binding is not None for target in targets),
        known_name=own.base.name if own and own.base else None,
        same_name_codes=tuple(others),
        later_texts=_later(targets, later),
        unknown_names=tuple(unknown_words(session, line)) if line.replaces or line.successors else (),
        doubtful_cells=tuple(str(doubt.get("column", "")) for doubt in line.doubts),
    )
    return _with_text(made, line, own.content if own else None)


def _with_text(made: Line, line: DecisionLine, content: ProcedureContent | None) -> Line:
    """What only a written text can be asked: its fees, its missing parts, and columns it contradicts."""
    if content is None or not line.content:
        return made
    return replace(
        made,
        fees=content.all_fees if speaks_for(line, "fees", "channels", "cases") else (),
        missing_parts=missing_parts(content) if line.written else (),
        differing_columns=differing_columns(line),
    )


def _binds(session: Session, line: DecisionLine, day: date) -> bool:
    """Whether something of the line's procedure is in force; for a line whose own day nobody knows yet."""
    procedure = match_line(session, line).procedure
    if procedure is None:
        return False
    levels = (line.level, Level.UNKNOWN) if line.level != Level.UNKNOWN else tuple(Level)
    query = select(Validity).where(Validity.procedure_id == procedure.id, Validity.level.in_(levels))
    return any(period.covers(day) for period in session.scalars(query))


def _later(targets: list[PlannedTarget], names: dict[int, str]) -> tuple[str, ...]:
    """Decisions whose text takes over after a target, with the day."""
    entries = sorted({entry for target in targets for entry in target.later}, key=lambda e: (e.effective_on, e.rank))
    return tuple(dict.fromkeys(f"{names[e.decision]} từ {e.effective_on:%d/%m/%Y}" for e in entries))


def _said(line: DecisionLine, own: PlannedTarget | None, field: str) -> str:
    """The words of a column, or of the full text where one was written."""
    if words := str(line.fields.get(field) or ""):
        return words
    if own is None or own.content is None:
        return ""
    if field == "time":
        return "; ".join(own.content.time_texts)
    return own.content.reception or "; ".join(body.name for body in own.content.bodies.executing)


def _same_names(session: Session, decision: Decision) -> dict[str, set[str]]:
    """Keys of procedures in the catalogue by the name keys that occur in this draft."""
    wanted = {name_key(line.name) for line in decision.lines if line.name}
    query = select(ProcedureVersion.name_key, Procedure.key).join(Procedure)
    found: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(wanted), 400):
        chunk = sorted(wanted)[start : start + 400]
        for name, key in session.execute(query.where(ProcedureVersion.name_key.in_(chunk))):
            found[name].add(key)
    return found


def same_identity(session: Session, decision: Decision) -> list[Decision]:
    """Other decisions with the number, issuer and year of this one (domain rule 19); issued ones first."""
    if not (decision.number_key and decision.issuer_id and decision.year):
        return []
    query = select(Decision).where(
        Decision.number_key == decision.number_key,
        Decision.issuer_id == decision.issuer_id,
        Decision.year == decision.year,
        Decision.id != decision.id,
    )
    return sorted(session.scalars(query), key=lambda other: other.status != DecisionStatus.ISSUED)
