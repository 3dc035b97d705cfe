"""Reads by day against the day-by-day definition of the ledger, and what they must leave out."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from catalogue.models import DecisionAct
from catalogue.queries import changes, decisions, history, procedures, site, tallies
from catalogue.queries.facts import State, decision_slug, state_on
from catalogue.queries.procedures import Selection
from catalogue.services.projection import project
from decisions.content import Named
from tests.builders import end, make_content, make_decision, make_settings, moment, put_in_force

START = date(2025, 7, 1)


def keys(session: Session, on: date, state: State = State.IN_FORCE, **rest: object) -> list[str]:
    wanted = Selection(on, state, **rest)  # type: ignore[arg-type]
    rows = list(procedures.rows_by_validity(session, procedures.ordered_ids(session, wanted)).values())
    assert tallies.tally(session, wanted).total(wanted) == len(rows)
    assert {row.version_id for row in procedures.every_row(session, wanted)} == {row.version_id for row in rows}
    assert len(procedures.outline(session, wanted)) == len(rows)
    return [row.key for row in rows]


def test_forty_procedures_with_five_versions_read_right_on_two_hundred_days(session: Session) -> None:
    random, days = Random(14), [START + timedelta(days=n) for n in range(0, 900, 3)]
    expected: dict[str, dict[date, str]] = {}
    for number in range(40):
        key = f"1.{number:06}"
        starts = sorted(random.sample(days, 5))
        for version, start in enumerate(starts, start=1):
            put_in_force(session, key, make_content(f"Thủ tục {number}", time_limit=f"{version} ngày"), on=start)
        expected[key] = {start: f"{version} ngày" for version, start in enumerate(starts, start=1)}
    for day in random.sample([START + timedelta(days=n) for n in range(950)], 200):
        shown = {row.key: row.time_text for row in procedures.every_row(session, Selection(day))}
        for key, texts in expected.items():
            begun = [start for start in texts if start <= day]
            assert shown.get(key) == (texts[max(begun)] if begun else None)


def test_coming_is_the_next_text_and_ended_the_last_of_what_no_longer_binds(session: Session) -> None:
    put_in_force(session, "1.000001", on=START)
    put_in_force(session, "1.000001", on=date(2027, 3, 1))
    put_in_force(session, "1.000001", on=date(2028, 3, 1))
    put_in_force(session, "1.000002", on=START)
    end(session, "1.000002", on=date(2026, 1, 1))
    put_in_force(session, "1.000003", on=date(2027, 1, 1))
    day = date(2026, 11, 21)
    assert keys(session, day) == ["1.000001"]
    assert sorted(keys(session, day, State.COMING)) == ["1.000001", "1.000003"]
    assert keys(session, day, State.ENDED) == ["1.000002"]
    assert keys(session, date(2025, 6, 30)) == []


def test_one_code_at_two_levels_is_two_rows(session: Session) -> None:
    put_in_force(session, "2.000908", on=START, level="province")
    put_in_force(session, "2.000908", on=START, level="commune")
    assert keys(session, START) == ["2.000908", "2.000908"]
    assert keys(session, START, levels=("commune",)) == ["2.000908"]


@pytest.mark.parametrize("state", [State.IN_FORCE, State.COMING, State.ENDED])
def test_internal_procedures_are_in_no_public_read(session: Session, state: State) -> None:
    put_in_force(session, "1.200001", on=START, register="internal")
    put_in_force(session, "1.200001", on=date(2027, 1, 1), register="internal")
    end(session, "1.200001", on=date(2028, 1, 1))
    for day in (START, date(2024, 1, 1), date(2029, 1, 1)):
        assert keys(session, day, state) == []
    assert changes.begun(session, date(2020, 1, 1), date(2030, 1, 1), limit=9) == []
    assert changes.ended(session, date(2020, 1, 1), date(2030, 1, 1), limit=9) == []
    assert history.public_procedure(session, "1.200001") is None


def test_names_sort_the_vietnamese_way(session: Session) -> None:
    names = ["Ăn uống", "An toàn", "Đất đai", "Dân số", "Ấp", "Cấp giấy", "Cà phê", "Ba"]
    for number, name in enumerate(names):
        put_in_force(session, f"1.{number:06}", make_content(name), on=START)
    rows = procedures.rows_by_validity(session, procedures.ordered_ids(session, Selection(START)))
    assert [row.name for row in rows.values()] == [
        "An toàn",
        "Ăn uống",
        "Ấp",
        "Ba",
        "Cà phê",
        "Cấp giấy",
        "Dân số",
        "Đất đai",
    ]


def test_facets_count_what_the_other_filters_leave(session: Session) -> None:
    put_in_force(session, "1.000001", on=START)
    put_in_force(session, "1.000002", on=START, level="province")
    put_in_force(session, "1.000003", make_content(sectors=(Named("Đất đai"),)), on=START)
    wanted = Selection(START, levels=("commune",), sectors=("ho-tich",))
    counted = tallies.tally(session, wanted)
    assert counted.count_by(wanted, "level") == {"commune": 1, "province": 1}
    assert counted.count_by(wanted, "sector") == {"dat-dai": 1, "ho-tich": 1}


def test_every_word_must_be_in_the_name_when_there_is_no_index(session: Session) -> None:
    put_in_force(session, "1.000001", make_content("Đăng ký khai sinh"), on=START)
    put_in_force(session, "1.000002", make_content("Đăng ký khai tử"), on=START)
    found = procedures.holding(procedures.every_row(session, Selection(START)), "dang ky sinh")
    assert [row.key for row in found] == ["1.000001"]


class TestEnding:
    def test_abolished_names_the_line_and_the_decision(self, session: Session) -> None:
        put_in_force(session, "1.000001", on=START)
        end(session, "1.000001", on=date(2026, 1, 1), basis="Nghị định 280/2025/NĐ-CP")
        last = history.terms(session, history.public_procedure(session, "1.000001").id)[-1]
        found = history.ending(session, history.public_procedure(session, "1.000001").id, last)
        assert (found.reason, found.day, found.line.basis) == (
            "abolished",
            date(2026, 1, 1),
            "Nghị định 280/2025/NĐ-CP",
        )

    def test_a_text_until_a_day_has_expired(self, session: Session) -> None:
        put_in_force(session, "1.000001", on=START, until=date(2027, 3, 1))
        fact = history.public_procedure(session, "1.000001")
        found = history.ending(session, fact.id, history.terms(session, fact.id)[-1])
        assert (found.reason, found.day) == ("expired", date(2027, 3, 1))

    @pytest.mark.parametrize("kind", ["revoked", "abolished"])
    def test_an_act_on_the_whole_decision_is_named(self, session: Session, kind: str) -> None:
        old = make_decision(session, "2815/QĐ-UBND", START)
        version = put_in_force(session, "1.000001", on=START, decision=old)
        new = make_decision(session, "3000/QĐ-UBND", date(2026, 1, 1))
        act = DecisionAct(
            decision_id=new.id, target_id=old.id, kind=kind, whole=True, effective_on=date(2026, 1, 1)
        )  # fmt: skip
        session.add(act)
        project(session, [version.procedure_id])
        fact = history.public_procedure(session, "1.000001")
        found = history.ending(session, fact.id, history.terms(session, fact.id)[-1])
        assert (found.reason, found.decision.number) == ("revoked", "3000/QĐ-UBND")

    def test_an_open_text_has_no_ending(self, session: Session) -> None:
        put_in_force(session, "1.000001", on=START)
        fact = history.public_procedure(session, "1.000001")
        assert history.ending(session, fact.id, history.terms(session, fact.id)[-1]) is None


def test_a_correction_changes_only_what_is_known_after_it(session: Session) -> None:
    put_in_force(session, "1.000001", make_content(time_limit="15 ngày"), on=START)
    late = make_decision(session, "3000/QĐ-UBND", date(2025, 12, 1))
    text = make_content(time_limit="10 ngày")
    put_in_force(session, "1.000001", text, on=START, kind="corrected", decision=late)
    fact = history.public_procedure(session, "1.000001")
    now = history.terms(session, fact.id)
    then = history.terms(session, fact.id, known_at=moment(date(2025, 11, 30)))
    assert [term.number for term in now] == [2]
    assert [term.number for term in then] == [1]
    assert now[0].valid_from == then[0].valid_from == START


@pytest.mark.parametrize("state", [State.IN_FORCE, State.COMING, State.ENDED])
def test_what_is_known_now_is_what_is_stored(session: Session, state: State) -> None:
    for number in range(6):
        put_in_force(session, f"1.{number:06}", on=START + timedelta(days=100 * number))
        put_in_force(session, f"1.{number:06}", on=START + timedelta(days=100 * number + 250))
    end(session, "1.000000", on=START + timedelta(days=300))
    end(session, "1.000001", on=START + timedelta(days=400))
    for day in (START + timedelta(days=n) for n in range(0, 900, 35)):
        wanted = Selection(day, state)
        assert procedures.known_rows(session, wanted, moment(date(2199, 1, 1))) == procedures.every_row(session, wanted)


def test_the_list_of_a_day_as_known_differs_only_where_the_correction_acts(session: Session) -> None:
    put_in_force(session, "1.000001", make_content(time_limit="15 ngày"), on=START)
    put_in_force(session, "1.000002", make_content(time_limit="7 ngày"), on=START)
    late = make_decision(session, "3000/QĐ-UBND", date(2025, 12, 1))
    text = make_content(time_limit="10 ngày")
    put_in_force(session, "1.000001", text, on=START, kind="corrected", decision=late)
    wanted = Selection(date(2025, 11, 1))
    before = {row.key: row.time_text for row in procedures.known_rows(session, wanted, moment(date(2025, 11, 30)))}
    after = {row.key: row.time_text for row in procedures.every_row(session, wanted)}
    assert before == {"1.000001": "15 ngày", "1.000002": "7 ngày"}
    assert after == {"1.000001": "10 ngày", "1.000002": "7 ngày"}


def test_changes_leave_the_opening_inventory_out(session: Session) -> None:
    opening = make_decision(session, "", None, kind="inventory")
    put_in_force(session, "1.000001", on=START, kind="inventory", decision=opening)
    put_in_force(session, "1.000002", on=START)
    rows = changes.begun(session, START, START + timedelta(days=1), limit=9)
    assert [row.key for row in rows] == ["1.000002"]


def test_a_replacement_that_goes_on_at_once_is_no_ending(session: Session) -> None:
    put_in_force(session, "1.000001", on=START)
    end(session, "1.000001", on=date(2026, 1, 1))
    late = make_decision(session, "9999/QĐ-UBND", date(2026, 1, 2))
    put_in_force(session, "1.000001", on=date(2026, 1, 1), kind="resumed", decision=late)
    assert changes.ended(session, START, date(2026, 12, 31), limit=9) == []


def test_the_revision_follows_issues_and_settings_only(session: Session) -> None:
    first = site.revision(session)
    make_decision(session, "77/QĐ-UBND", START, status="draft", issued_at=None)
    assert site.revision(session) == first
    put_in_force(session, on=START)
    second = site.revision(session)
    make_settings(session, pakn_phone="0200 000 1022")
    assert len({first, second, site.revision(session)}) == 3


def test_the_last_decision_is_the_one_signed_last_with_a_whole_number(session: Session) -> None:
    make_decision(session, "543", date(2026, 2, 1))
    make_decision(session, "96/QĐ-UBND", date(2026, 1, 19))
    make_decision(session, "2815/QĐ-UBND", date(2025, 11, 20))
    make_decision(session, "3000/QĐ-UBND", date(2026, 5, 1), status="approved")
    assert site.last_decision(session).number == "96/QĐ-UBND"
    assert site.last_decision(session, date(2025, 12, 31)).number == "2815/QĐ-UBND"
    assert site.last_decision(session, date(2025, 11, 19)) is None


@pytest.mark.parametrize(
    "key, slug",
    [
        ("2815/QD-UBND", "2815-qd-ubnd"),
        ("44/2026/QD-UBND", "44-2026-qd-ubnd"),
        ("1061b/QD-BYT", "1061b-qd-byt"),
        (None, "khong-so"),
    ],
)
def test_a_number_has_an_address(key: str | None, slug: str) -> None:
    assert decision_slug(key) == slug


@pytest.mark.parametrize("text, expected", [("%", 0), ("_", 0), ("2815", 1), ("môi trường", 1), ("' OR 1=1", 0)])
def test_words_of_a_search_are_words_not_patterns(session: Session, text: str, expected: int) -> None:
    make_decision(session, "2815/QĐ-UBND", date(2025, 11, 20), subject="Lĩnh vực môi trường")
    assert decisions.count(session, text=text) == expected


def test_the_state_of_half_open_periods() -> None:
    assert state_on(START, START, None) is State.IN_FORCE
    assert state_on(START, START - timedelta(days=9), START) is State.ENDED
    assert state_on(START, START + timedelta(days=1), None) is State.COMING
    assert state_on(START, None, None) is State.NEVER
