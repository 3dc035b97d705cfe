"""The services on PostgreSQL: the sample province, the hard cases of the ledger, long words, two writers at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from catalogue import clock, sample
from catalogue.app import create_app
from catalogue.clock import VIETNAM
from catalogue.extensions import db
from catalogue.models import Base, Decision, DecisionLine, Procedure, QuestionCount, Validity
from catalogue.services import publication
from catalogue.services.drafting import LineInput
from catalogue.services.projection import check, project
from catalogue.services.question_counts import Tally
from catalogue.unit_of_work import is_waiting, unit_of_work
from catalogue.web.portal import counting
from tests.catalogue.cast import Cast, amended, at, confirm_all, draft, introduced, make_cast
from tests.catalogue.test_ledger_cases import (  # noqa: F401 - run again on this database
    TestActsOnActs,
    TestCorrections,
    TestDays,
    TestDrafts,
    TestIdentities,
    TestLateAndPendingDecisions,
    TestLevels,
    TestOneDecisionTwoRows,
    TestTemporaryLists,
    TestWhatIsBound,
)
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=VIETNAM)
SIGNED = date(2026, 3, 2)
State = list[tuple[str, str, date, date | None]]


@pytest.fixture(scope="module")
def engine(_postgres_server: PostgresServer) -> Iterator[Engine]:
    """One schema for the module; every test but the one with two writers leaves it empty."""
    with _postgres_server.empty_database() as url:
        engine = create_engine(url)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


def state(session: Session) -> State:
    query = select(Procedure.key, Validity.level, Validity.valid_from, Validity.valid_until).join(Procedure)
    return sorted((tuple(row) for row in session.execute(query)), key=repr)


def test_the_sample_province_is_the_same_as_on_sqlite(postgres_url: str) -> None:
    states, plans = [], []
    for url in (postgres_url, "sqlite://"):
        engine = create_engine(url)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            sample.load(session, NOW)
            session.commit()
            assert check(session) == []
            assert project(session, session.scalars(select(Procedure.id)).all()) == 0
            states.append(state(session))
            plans.append(sorted(session.scalars(select(Decision.approved_plan))))
        engine.dispose()
    assert states[0] == states[1] != []
    assert plans[0] == plans[1]


def test_long_printed_words_are_kept_whole(session: Session, cast: Cast) -> None:
    words = "Thực hiện theo thứ tự của bảng kèm theo, xem ghi chú " * 60
    line = LineInput(kind="introduced", name=words, code_printed=words, ordinal=words, level="commune", section=words)
    decision = draft(session, cast, words, SIGNED, [line], place=words, signer=words, capacity=words)
    publication.rehearse(session, decision, at(SIGNED))
    session.flush()
    session.expire_all()
    stored = session.scalars(select(DecisionLine)).one()
    assert (stored.ordinal, stored.code_printed, decision.signer, decision.number) == (words,) * 4


class TestTwoWriters:
    """Two decisions approved on the same state, issued at the same moment: only one can be what was approved."""

    def test_the_second_is_told_that_its_plan_has_changed(self, engine: Engine) -> None:
        with Session(engine) as session:
            numbers = self._approved(session)
        start, outcomes = threading.Barrier(2), []

        def issue(number: int) -> None:
            with Session(engine) as session:
                start.wait()
                try:
                    with unit_of_work(session):
                        decision = session.get_one(Decision, number)
                        publication.issue(session, decision, actor=decision.approver, now=at(SIGNED))  # type: ignore[arg-type]
                except (publication.PlanChanged, publication.NotIssuable) as refused:
                    outcomes.append(type(refused).__name__)
                else:
                    outcomes.append("issued")

        writers = [threading.Thread(target=issue, args=(number,)) for number in numbers]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert len(outcomes) == 2 and outcomes.count("issued") == 1
        with Session(engine) as session:
            assert check(session) == []

    @staticmethod
    def _approved(session: Session) -> list[int]:
        cast = make_cast(session)
        numbers = []
        for number, kind in (("8", introduced), ("9", amended)):
            line = kind("1.001193", "Đăng ký khai sinh", "03 ngày làm việc")
            decision = draft(session, cast, f"{number}/QĐ-UBND", SIGNED, [line])
            confirm_all(session, cast, decision, at(SIGNED))
            publication.submit(session, decision, actor=cast.an, now=at(SIGNED))
            publication.review(session, decision, actor=cast.binh, now=at(SIGNED))
            seen = publication.rehearse(session, decision, at(SIGNED)).fingerprint
            publication.approve(session, decision, seen=seen, actor=cast.chi, now=at(SIGNED))
            numbers.append(decision.id)
        session.commit()
        return numbers


def test_a_writer_who_holds_the_turn_too_long_is_not_waited_for_without_end(engine: Engine) -> None:
    with Session(engine) as importing, Session(engine) as officer:
        with unit_of_work(importing):
            with pytest.raises(OperationalError) as refused, unit_of_work(officer, patience=0.05):
                pass
            assert is_waiting(refused.value)
        with unit_of_work(officer, patience=0.05):
            assert officer.scalar(text("SHOW lock_timeout")) == "0", "only the turn is hurried"


def test_questions_are_not_counted_while_a_long_import_writes_and_hold_nobody_up(
    postgres_url: str, tmp_path: Path
) -> None:
    app = create_app({
        "CATALOGUE_HOME": tmp_path, "SQLALCHEMY_DATABASE_URI": postgres_url, "SECRET_KEY": "khoá",
        "QUESTION_SHOWN_FROM": 2, "QUESTION_WEEKS": 13,
    })  # fmt: skip
    with app.app_context():
        Base.metadata.create_all(db.engine)
        app.extensions["question_counts"].add(clock.today(), "nuôi chó", Tally(asked=2, unanswered=2))
        with Session(db.engine) as importing, unit_of_work(importing):
            counting.write_down(app)
            assert not db.session.scalars(select(QuestionCount)).all()
            db.session.rollback()
        counting.write_down(app)
        assert db.session.scalars(select(QuestionCount.text)).all() == ["nuôi chó"]
        db.session.remove()
        db.engine.dispose()
