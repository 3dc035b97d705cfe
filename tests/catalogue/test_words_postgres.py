"""Words under review and counted questions on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue import indexing, words
from catalogue.models import Base
from catalogue.queries import question_counts as counted
from catalogue.queries import words as queries
from catalogue.queries.words import WordKind
from catalogue.services import question_counts
from catalogue.services import words as service
from catalogue.services.question_counts import Tally
from catalogue.services.words import WordInput
from catalogue.services.words_effect import measure
from search_index.memory import MemoryBackend
from search_index.ports import Query
from tests.builders import make_content, put_in_force
from tests.catalogue.cast import at, make_cast

pytestmark = pytest.mark.postgres

TODAY = date(2026, 11, 21)
LAST = date(2027, 6, 30)


@pytest.fixture
def session(postgres_url: str) -> Iterator[Session]:
    engine = create_engine(postgres_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_words_go_the_same_way_as_on_sqlite(session: Session) -> None:
    cast, now, backend = make_cast(session), at(TODAY), MemoryBackend()
    version = put_in_force(session, "1.000894", make_content(name="Đăng ký kết hôn"), on=date(2025, 7, 1))
    indexing.rebuild(session, backend, now)
    common = {"reason": "Người dân hay hỏi", "owner": "an", "last_day": LAST}
    for given in (
        WordInput(WordKind.SYNONYM, ("rước dâu",), "kết hôn", **common),  # type: ignore[arg-type]
        WordInput(WordKind.FRIENDLY_NAME, ("Về chung một nhà",), keys=("1.000894",), **common),  # type: ignore[arg-type]
        WordInput(WordKind.PIN, ("giấy tờ",), keys=("1.000894",), **common),  # type: ignore[arg-type]
    ):
        rule = service.propose(session, given, actor=cast.an, now=now, on=TODAY)
        effect = measure(session, backend, rule, TODAY)
        service.approve(session, rule, effect, override="Đã xem", actor=cast.binh, now=now, on=TODAY)
    indexing.sync(session, backend, now)
    for text in ("rước dâu", "về chung một nhà", "giấy tờ"):
        assert [hit.code for hit in words.look_up(session, backend, Query(text, TODAY), TODAY).hits] == ["1.000894"]
    assert queries.friendly_names(session, [version.procedure_id], TODAY) == {version.procedure_id: "Về chung một nhà"}
    assert len(queries.history(session, 9)) == len(queries.in_force(session, TODAY)) == 3
    after = LAST + timedelta(days=1)
    assert queries.in_force(session, after) == []
    assert service.write_down_expired(session, on=after, now=at(after)) == 3
    assert len(queries.running_out(session, after)) == 3


def test_questions_are_counted_the_same_way(session: Session) -> None:
    for _ in range(2):
        question_counts.write_down(session, [(TODAY, "nuôi chó", Tally(1, 1))], secret="khóa", shown_from=2)
    (week,) = counted.weeks(session)
    assert [one.text for one in counted.troubled(session, week, 2)] == ["nuôi chó"]
    assert "ket" in counted.known_words(session).words
    assert question_counts.purge(session, TODAY + timedelta(weeks=20), weeks=13) == 1
