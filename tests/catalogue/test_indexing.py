"""The outbox and the index: what is queued is indexed once, what fails stays queued."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalogue import indexing, outbox
from decisions.content import Bodies, Fee, Flags, Named
from search_index.memory import MemoryBackend
from search_index.ports import YES, IndexUnusable, Query, SearchBackend
from search_index.whoosh_backend import WhooshBackend
from tests.builders import end, make_content, make_decision, moment, put_in_force

START = date(2025, 7, 1)
NOW = moment(date(2026, 11, 21))


def found(backend: SearchBackend, text: str, on: date = START, **rest: object) -> list[str]:
    return [hit.code for hit in backend.search(Query(text, on, **rest)).hits]  # type: ignore[arg-type]


def test_a_rebuild_indexes_every_period_and_empties_the_outbox(session: Session) -> None:
    version = put_in_force(session, "1.001193", on=START)
    put_in_force(session, "1.001193", make_content(time_limit="02 ngày"), on=date(2026, 1, 1))
    outbox.enqueue(session, [version.procedure_id], NOW)
    backend = MemoryBackend()
    assert indexing.rebuild(session, backend, NOW) == indexing.total(session) == 2
    assert outbox.pending(session) == []
    assert found(backend, "khai sinh") == ["1.001193"]


def test_sync_writes_what_is_queued_and_nothing_twice(session: Session) -> None:
    backend = MemoryBackend()
    version = put_in_force(session, "1.001193", on=START)
    outbox.enqueue(session, [version.procedure_id, version.procedure_id], NOW)
    assert indexing.sync(session, backend, NOW) == 1
    assert indexing.sync(session, backend, NOW) == 0
    assert found(backend, "khai sinh") == ["1.001193"]


def test_an_abolished_procedure_leaves_the_answers_from_its_day_on(session: Session) -> None:
    backend = MemoryBackend()
    version = put_in_force(session, "1.001193", on=START)
    indexing.rebuild(session, backend, NOW)
    end(session, "1.001193", on=date(2026, 1, 1))
    outbox.enqueue(session, [version.procedure_id], NOW)
    indexing.sync(session, backend, NOW)
    assert found(backend, "khai sinh", date(2025, 12, 31)) == ["1.001193"]
    assert found(backend, "khai sinh", date(2026, 1, 1)) == []


def test_work_that_fails_stays_queued(session: Session, tmp_path: Path) -> None:
    backend = WhooshBackend(tmp_path / "index")
    version = put_in_force(session, "1.001193", on=START)
    outbox.enqueue(session, [version.procedure_id], NOW)
    with pytest.raises(IndexUnusable):
        indexing.sync(session, backend, NOW)
    assert len(outbox.pending(session)) == 1
    backend.rebuild([])
    assert indexing.sync(session, backend, NOW) == 1
    assert found(backend, "khai sinh") == ["1.001193"]


def test_decision_numbers_and_keywords_find_a_procedure(session: Session) -> None:
    backend = MemoryBackend()
    decision = make_decision(session, "2815/QĐ-UBND", START)
    put_in_force(
        session, "1.012783", make_content("Cấp giấy chứng nhận", keywords=("sổ đỏ",)), on=START, decision=decision
    )
    indexing.rebuild(session, backend, NOW)
    for question in ("2815/QĐ-UBND", "qđ 2815", "so do", "1.012783"):
        assert found(backend, question) == ["1.012783"]


def test_internal_documents_are_marked_so_that_the_public_never_meets_them(session: Session) -> None:
    backend = MemoryBackend()
    put_in_force(session, "1.200001", make_content("Xét thi đua"), on=START, register="internal")
    indexing.rebuild(session, backend, NOW)
    assert found(backend, "xét thi đua") == []
    assert found(backend, "xét thi đua", register="internal") == ["1.200001"]


def test_filters_know_who_may_ask_what_is_free_and_what_is_done_anywhere(session: Session) -> None:
    backend = MemoryBackend()
    content = make_content(
        subjects=(Named("Doanh nghiệp;"), Named("Công dân Việt Nam."), Named("x" * 90)), fees=(Fee(text="Miễn phí"),),
        channels=(), flags=Flags(non_territorial=True),
        bodies=Bodies(executing=(Named("Sở Tư pháp"), Named("Ủy ban nhân dân cấp xã"))),
    )  # fmt: skip
    put_in_force(session, "1.001193", content, on=START)
    put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=START)
    indexing.rebuild(session, backend, NOW)
    facets = backend.search(Query("", START, facets=("subjects", "agency", "fee_free", "non_territorial"))).facets
    assert dict(facets["subjects"]) == {"Công dân Việt Nam": 2, "Doanh nghiệp": 1}
    assert dict(facets["agency"]) == {"Ủy ban nhân dân cấp xã": 2, "Sở Tư pháp": 1}
    assert (facets["fee_free"], facets["non_territorial"]) == (((YES, 1),), ((YES, 1),))
    assert found(backend, "đăng ký", fee_free=True) == found(backend, "đăng ký", non_territorial=True) == ["1.001193"]


def test_what_binds_without_an_end_comes_first_and_then_what_ended_last(session: Session) -> None:
    for number, days in (("1.001193", (2024, 2025, 2026)), ("1.000894", (2023, 2025))):
        for year in days:
            put_in_force(session, number, make_content(time_limit=f"{year} ngày"), on=date(year, 1, 1))
    ends = [document.valid_until for document in indexing.documents(session)]
    assert ends == [None, None, date(2026, 1, 1), date(2025, 1, 1), date(2025, 1, 1)]


def test_a_text_is_found_by_the_decisions_up_to_its_end_and_not_by_later_ones(session: Session) -> None:
    for year in (2024, 2025, 2026):
        put_in_force(session, "1.001193", make_content(time_limit=f"{year} ngày"), on=date(year, 1, 1))
    told = [document.decision_numbers for document in indexing.documents(session)]
    assert [len(numbers) for numbers in told] == [3, 3, 2]
    assert told[0][:2] == told[2]


def test_documents_of_other_periods_keep_their_keys_when_a_decision_comes(session: Session) -> None:
    version = put_in_force(session, "1.001193", on=START)
    before = [document.key for document in indexing.documents(session, [version.procedure_id])]
    put_in_force(session, "1.001193", make_content(time_limit="02 ngày"), on=date(2026, 1, 1))
    after = [document.key for document in indexing.documents(session, [version.procedure_id])]
    assert len(after) == 2 and set(before) < set(after)
