"""Whatever is issued in whatever order: what is stored is what the replay gives, and revoking gives back what was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from catalogue.models import Base, Decision, DecisionAct, Validity
from catalogue.services import drafting, projection
from catalogue.services.acting import resolve_target
from tests.catalogue.cast import Cast, abolished, amended, at, carry, draft, introduced, make_cast

START = date(2026, 1, 1)
CODES = ("1.001193", "2.000815", "3.000722")
ROW = st.tuples(st.sampled_from(("introduced", "amended", "abolished")), st.sampled_from(CODES), st.integers(-20, 60))
DECISION = st.lists(ROW, min_size=1, max_size=3, unique_by=lambda row: row[1])
State = list[tuple[str, date, date | None]]


@contextmanager
def fresh() -> Iterator[tuple[Session, Cast]]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session, make_cast(session)
    engine.dispose()


def issue(session: Session, cast: Cast, number: int, rows: list[tuple[str, str, int]]) -> Decision:
    signed = START + timedelta(days=7 * number)
    lines = []
    for kind, code, shift in rows:
        effect = {"effect_type": "fixed", "effect_from": signed + timedelta(days=shift)}
        name = f"Thủ tục {code}"
        if kind == "introduced":
            lines.append(introduced(code, name, **effect))
        elif kind == "amended":
            lines.append(amended(code, name, f"{number + 1:02} ngày", **effect))
        else:
            lines.append(abolished(code, name, **effect))
    decision = draft(session, cast, f"{number + 1}/QĐ-UBND", signed, lines)
    carry(session, cast, decision)
    return decision


def state(session: Session) -> State:
    rows = session.scalars(select(Validity)).all()
    return sorted(((f"{r.procedure_id} {r.version.time_text}", r.valid_from, r.valid_until) for r in rows), key=repr)


@settings(max_examples=10)
@given(st.lists(DECISION, min_size=1, max_size=6))
def test_the_stored_periods_are_the_replay_and_never_overlap(decisions: list[list[tuple[str, str, int]]]) -> None:
    with fresh() as (session, cast):
        for number, rows in enumerate(decisions):
            issue(session, cast, number, rows)
            assert projection.check(session) == []
        periods = session.scalars(select(Validity).order_by(Validity.procedure_id, Validity.valid_from)).all()
        for earlier, later in pairwise(periods):
            if earlier.procedure_id == later.procedure_id:
                assert earlier.valid_until is not None and earlier.valid_until <= later.valid_from


@settings(max_examples=10)
@given(st.lists(DECISION, min_size=1, max_size=5), DECISION)
def test_revoking_a_decision_restores_the_day_before_it(
    decisions: list[list[tuple[str, str, int]]], revoked: list[tuple[str, str, int]]
) -> None:
    with fresh() as (session, cast):
        for number, rows in enumerate(decisions):
            issue(session, cast, number, rows)
        before = state(session)
        target = issue(session, cast, len(decisions), revoked)
        signed = START + timedelta(days=400)
        revoking = draft(session, cast, "999/QĐ-UBND", signed, [], kind="act")
        act = DecisionAct(decision_id=revoking.id, kind="revoked", target_text=target.number, whole=True)
        session.add(act)
        session.flush()
        resolve_target(session, act, target.signed_on)
        drafting.confirm_act(session, act, actor=cast.an, now=at(signed))
        session.expire(revoking)
        carry(session, cast, revoking)
        assert state(session) == before
        assert projection.check(session) == []


def test_a_value_changed_by_hand_is_found_and_named() -> None:
    with fresh() as (session, cast):
        decision = issue(session, cast, 0, [("introduced", CODES[0], 0)])
        row = session.scalars(select(Validity)).one()
        row.valid_from = date(2020, 1, 1)
        row.version.name = "Tên bị sửa tay"
        decision.subject = "Trích yếu bị sửa tay"
        session.flush()
        found = {(d.procedure, d.what.split()[0]) for d in projection.check(session)}
        assert found == {(CODES[0], "validity"), (CODES[0], "name"), ("1/QĐ-UBND", "seal")}
