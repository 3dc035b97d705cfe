"""Acts on earlier decisions: which decision is meant, and which of its rows the printed serial numbers name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import ActRow, Decision, DecisionAct, DecisionLine
from catalogue.services.registry import agency_key
from decisions.kinds import DecisionStatus, Level
from decisions.numbering import parse_decision_number
from decisions.serials import Resolution, RowPosition, parse_serials, resolve


def resolve_target(session: Session, act: DecisionAct, signed_on: date | None = None, issuer: str = "") -> None:
    """Find the earlier decision by number, then year and issuer where they are printed; then its rows by serials.

    When several fit, none is taken: a person chooses. Rows found wait for a person's confirmation (domain rule 7).
    """
    found = candidates(session, act.target_text, signed_on, issuer)
    act.target_id = found[0].id if len(found) == 1 else None
    target = found[0] if len(found) == 1 else None
    wanted = set(serial_rows(act, target).rows) if target is not None else set()
    set_rows(session, act, (line for line in target.lines if line.id in wanted) if target else ())


def serial_rows(act: DecisionAct, target: Decision) -> Resolution:
    """What the printed serial numbers of an act mean in the annexes of an earlier decision."""
    positions = [
        RowPosition(line.id, line.ordinal, line.annex, line.part, line.section, Level(line.level))
        for line in target.lines
    ]
    return resolve(parse_serials(act.serials), positions)


def unmatched_serials(act: DecisionAct) -> tuple[str, ...]:
    """Printed numbers that name no row, or more than one; a person looks them up."""
    if act.target is None or not act.serials:
        return ()
    found = serial_rows(act, act.target)
    return tuple(cited.printed for cited in (*found.missing, *found.ambiguous))


def candidates(session: Session, printed: str, signed_on: date | None, issuer: str) -> list[Decision]:
    """Issued decisions that a printed reference can mean."""
    number = parse_decision_number(printed)
    if not number.number:
        return []
    query = select(Decision).where(Decision.number_key == number.key, Decision.status == DecisionStatus.ISSUED)
    if signed_on is not None or number.year is not None:
        query = query.where(Decision.year == (signed_on.year if signed_on else number.year))
    found = list(session.scalars(query.order_by(Decision.id)))
    return [d for d in found if _may_be(d, issuer)]


def _may_be(decision: Decision, issuer: str) -> bool:
    """Whether a printed issuer can be that of the decision: papers shorten it ("Ủy ban nhân dân tỉnh"), but another
    province that used the same number is never meant."""
    key, own = agency_key(issuer), decision.issuer.folded_name if decision.issuer is not None else ""
    return not key or not own or f"{own} ".startswith(f"{key} ") or f"{key} ".startswith(f"{own} ")


def set_rows(session: Session, act: DecisionAct, lines: Iterable[DecisionLine]) -> None:
    """The older rows this act is about, as a person confirms or corrects them; an earlier confirmation is void."""
    wanted = {line.id for line in lines}
    for row in list(act.rows):
        if row.line_id not in wanted:
            act.rows.remove(row)
    have = {row.line_id for row in act.rows}
    act.rows.extend(ActRow(line_id=line_id) for line_id in sorted(wanted - have))
    act.confirmed_by_id = act.confirmed_at = None
    session.flush()  # the plan reads the rows
