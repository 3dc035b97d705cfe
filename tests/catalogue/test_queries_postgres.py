"""The same reads on PostgreSQL: order of names, states of a day, words of a search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue.models import Base
from catalogue.queries import changes, decisions, history, procedures, site, tallies
from catalogue.queries.facts import State
from catalogue.queries.procedures import Selection
from tests.builders import end, make_content, put_in_force

pytestmark = pytest.mark.postgres

START = date(2025, 7, 1)


@pytest.fixture
def session(postgres_url: str) -> Iterator[Session]:
    engine = create_engine(postgres_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_reads_give_what_they_give_on_sqlite(session: Session) -> None:
    names = ["Ăn uống", "An toàn", "Đất đai", "Dân số", "Ấp", "Cấp giấy", "Cà phê", "Ba"]
    for number, name in enumerate(names):
        put_in_force(session, f"1.{number:06}", make_content(name), on=START)
    put_in_force(session, "1.100000", on=date(2027, 3, 1))
    end(session, "1.000000", on=date(2026, 1, 1))
    day = date(2026, 11, 21)
    wanted = Selection(day)
    rows = procedures.rows_by_validity(session, procedures.ordered_ids(session, wanted))
    assert [row.name for row in rows.values()] == [
        "An toàn", "Ấp", "Ba", "Cà phê", "Cấp giấy", "Dân số", "Đất đai",
    ]  # fmt: skip
    assert [len(procedures.every_row(session, Selection(day, state))) for state in (State.COMING, State.ENDED)] == [
        1,
        1,
    ]
    assert tallies.tally(session, wanted).total(wanted) == len(procedures.outline(session, wanted)) == 7
    assert [row.key for row in changes.ended(session, START, day, limit=9)] == ["1.000000"]
    assert len(changes.begun(session, START, day, limit=99)) == 8
    assert decisions.count(session, text="qđ-ubnd") == 10
    assert len(decisions.years(session)) == 3
    assert site.last_decision(session) is not None
    assert len(site.revision(session)) == 16
    fact = history.public_procedure(session, "1.000000")
    assert fact is not None
    last = history.terms(session, fact.id)[-1]
    ending = history.ending(session, fact.id, last)
    assert ending is not None and ending.reason == "abolished"
