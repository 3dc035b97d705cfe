"""What a rehearsal says is what issuing does: for random decisions of every kind, levels, acts and orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from catalogue.models import Base, Decision, DecisionAct, Procedure, Validity
from catalogue.services import drafting, projection
from catalogue.services.acting import set_rows
from catalogue.services.drafting import LineInput
from catalogue.services.planning import Plan
from tests.catalogue.cast import Cast, at, carry, draft, make_cast

START = date(2026, 1, 1)
CODES = ("1.001193", "2.000815", "3.000722", "")
KINDS = (
    "introduced", "amended", "replaced", "abolished", "standardised", "moved_sector", "resumed", "corrected", "online",
)  # fmt: skip
ROW = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "code": st.sampled_from(CODES),
        "level": st.sampled_from(("province", "commune", "shared")),
        "shift": st.integers(-20, 40),
        "ends": st.none() | st.integers(1, 40),
        "replaces": st.sampled_from(CODES),
    }
)
DECISION = st.fixed_dictionaries(
    {
        "rows": st.lists(ROW, min_size=1, max_size=3, unique_by=lambda row: (row["kind"], row["code"], row["level"])),
        "act": st.none() | st.sampled_from(("revoked", "abolished", "corrected")),
        "target": st.integers(0, 5),
        "whole": st.booleans(),
        "signed": st.integers(0, 60),
    }
)
Periods = Counter[tuple[str, str, date, date | None]]


@contextmanager
def fresh() -> Iterator[tuple[Session, Cast]]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session, make_cast(session)
    engine.dispose()


def line(number: int, row: dict[str, Any], signed: date) -> LineInput:
    first = signed + timedelta(days=row["shift"])
    name = f"Thủ tục {row['code'] or 'chưa có mã'}"
    return LineInput(
        kind=row["kind"], name=name, code_printed=row["code"], level=row["level"], sector=f"Lĩnh vực {number}",
        basis="Nghị định", changed_parts="Thời hạn",
        fields={"time": f"{number:02} ngày", "place": "Một cửa", "online": "Toàn trình"},
        effect_type="fixed", effect_from=first,
        effect_until=first + timedelta(days=row["ends"]) if row["ends"] else None,
        replaces=(row["replaces"],) if row["kind"] == "replaced" and row["replaces"] else (),
    )  # fmt: skip


def issue(session: Session, cast: Cast, number: int, data: dict[str, Any], earlier: list[Decision]) -> Plan:
    signed = START + timedelta(days=data["signed"])
    rows = [line(number, row, signed) for row in data["rows"]]
    decision = draft(session, cast, f"{number}/QĐ-UBND", signed, rows)
    if data["act"] and earlier:
        target = earlier[data["target"] % len(earlier)]
        act = DecisionAct(
            decision_id=decision.id, kind=data["act"], target_id=target.id, target_text=target.number,
            whole=data["whole"],
        )  # fmt: skip
        session.add(act)
        session.flush()
        set_rows(session, act, () if data["whole"] else target.lines[:1])
        drafting.confirm_act(session, act, actor=cast.an, now=at(signed))
        session.expire(decision)
    earlier.append(decision)
    return carry(session, cast, decision, at(START + timedelta(days=100 + number)))


def state(session: Session) -> Periods:
    query = select(Procedure.key, Validity.level, Validity.valid_from, Validity.valid_until).join(Procedure)
    return Counter(tuple(row) for row in session.execute(query))


def rehearsed(before: Periods, plan: Plan, keys: dict[str, str]) -> Periods:
    """The periods after the effects of a plan."""
    after = Counter(before)
    for effect in plan.effects:
        key = keys.get(effect.procedure, effect.procedure)
        if effect.before:
            after[key, effect.level, effect.before.valid_from, effect.before.valid_until] -= 1
        if effect.after:
            after[key, effect.level, effect.after.valid_from, effect.after.valid_until] += 1
    return +after


@settings(max_examples=15)
@given(st.lists(DECISION, min_size=1, max_size=6))
def test_issuing_does_what_was_rehearsed(decisions: list[dict[str, Any]]) -> None:
    with fresh() as (session, cast):
        earlier: list[Decision] = []
        for number, data in enumerate(decisions, start=1):
            before = state(session)
            plan = issue(session, cast, number, data, earlier)
            made = [p.key for p in session.scalars(select(Procedure)) if p.key.startswith("chua-co-ma-")]
            keys = {e.procedure: made[0] for e in plan.effects if e.procedure.startswith("moi:") and made}
            assert rehearsed(before, plan, keys) == state(session)
            assert projection.check(session) == []
