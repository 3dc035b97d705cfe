"""Acceptance stories S2, S3, S4, S9 and S12 of the product, on the real services and a real database."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Procedure, ProcedureVersion, Succession, Validity
from catalogue.queries.ledger import ledger
from catalogue.services import drafting, publication
from catalogue.services.drafting import LineInput, StaleDraft
from decisions.timeline import version_on
from decisions.working_days import DEFAULT_HOLIDAYS, Calendar, Holiday, HolidayKind, national_database_deadline
from tests.catalogue.cast import Cast, abolished, at, carry, draft, introduced

TITLES = ("Cấp thẻ căn cước", "Cấp đổi thẻ căn cước", "Xác nhận số định danh", "Cấp giấy xác nhận", "Khai báo tạm vắng")
LEVELS = {0: ("central", "province", "commune"), 1: ("central", "province", "commune"), 2: ("province", "commune"),
          3: ("commune",), 4: ("commune",)}  # fmt: skip
SIGNED = date(2026, 8, 18)


def ten_rows_of_five_titles() -> list[LineInput]:
    return [
        replace(introduced("", TITLES[title], time="", level=level), fields={})
        for title, levels in LEVELS.items()
        for level in levels
    ]


class TestRowsTitlesAndNoCodes:
    """S2: ten published rows are five titles; no code is invented, and a listing without text says so."""

    def test_ten_rows_and_five_titles(self, session: Session, cast: Cast) -> None:
        carry(session, cast, draft(session, cast, "5230/QĐ-BCA", SIGNED, ten_rows_of_five_titles()))
        assert len(session.scalars(select(Validity)).all()) == 10
        procedures = session.scalars(select(Procedure)).all()
        assert len(procedures) == 5
        assert all(p.code is None and p.key.startswith("chua-co-ma-") for p in procedures)

    def test_only_the_listing_is_known(self, session: Session, cast: Cast) -> None:
        carry(session, cast, draft(session, cast, "5230/QĐ-BCA", SIGNED, ten_rows_of_five_titles()))
        assert all(version.awaits_content for version in session.scalars(select(ProcedureVersion)))


class TestFourteenIntoFive:
    """S3: every old title reaches exactly one of the five new ones."""

    GROUPS = (4, 2, 2, 2, 4)

    def test_no_orphans(self, session: Session, cast: Cast) -> None:
        old = [f"Thủ tục căn cước cũ số {n}" for n in range(1, 15)]
        first = draft(
            session,
            cast,
            "100/QĐ-UBND",
            date(2024, 1, 2),
            [introduced(f"2.0009{n:02}", name) for n, name in enumerate(old)],
        )
        carry(session, cast, first)
        owners = [title for title, size in enumerate(self.GROUPS) for _ in range(size)]
        closing = [abolished(f"2.0009{n:02}", name, successors=(TITLES[owners[n]],)) for n, name in enumerate(old)]
        carry(session, cast, draft(session, cast, "5230/QĐ-BCA", SIGNED, [*ten_rows_of_five_titles(), *closing]))
        links = session.scalars(select(Succession)).all()
        names = {p.id: p.versions[0].name for p in session.scalars(select(Procedure))}
        reached = {names[link.old_procedure_id]: names[link.new_procedure_id] for link in links}
        assert len(links) == 14
        assert reached == {name: TITLES[owners[n]] for n, name in enumerate(old)}


class TestFutureEffect:
    """S4: a decision of today for March 2027 changes nothing before, and everything on that day, with nothing run."""

    def test_dates_are_compared_when_reading(self, session: Session, cast: Cast) -> None:
        rows = [
            introduced(code, name)
            for code, name in (("1.013860", "Khai báo dịch bệnh"), ("1.013864", "Kiểm dịch y tế"))
        ]
        head = {"effect_type": "fixed", "effect_from": date(2027, 3, 1)}
        carry(session, cast, draft(session, cast, "3501/QĐ-UBND", date(2026, 9, 1), rows, **head))
        periods = session.scalars(select(Validity)).all()
        assert not any(p.covers(date(2026, 11, 21)) or p.covers(date(2027, 2, 28)) for p in periods)
        assert all(p.covers(date(2027, 3, 1)) for p in periods)


class TestTwoOfficersOneDraft:
    """S9: different cells merge, the same cell asks, and no text is lost in a thousand interleavings."""

    def test_different_cells_merge(self, session: Session, cast: Cast) -> None:
        line, base, seen = self._opened(session, cast)
        drafting.edit_line(
            session,
            line,
            {"name": "Đăng ký lại khai sinh"},
            seen=seen,
            base={"name": base["name"]},
            actor=cast.an,
            now=at(SIGNED),
        )
        changes = {"name": base["name"], "sector": "Tư pháp"}
        drafting.edit_line(session, line, changes, seen=seen, base=base, actor=cast.dung, now=at(SIGNED))
        assert (line.name, line.sector) == ("Đăng ký lại khai sinh", "Tư pháp")

    def test_no_text_is_lost(self, session: Session, cast: Cast) -> None:
        chance = random.Random(20261121)
        line, _, _ = self._opened(session, cast)
        for turn in range(1000):
            base, seen = self._shown(line), line.lock_version
            edits = [self._edit(chance, turn, who) for who in ("An", "Dũng")]
            drafting.edit_line(session, line, {**base, **edits[0]}, seen=seen, base=base, actor=cast.an, now=at(SIGNED))
            mine = {**base, **edits[1], "fields": {**base["fields"], **edits[1].get("fields", {})}}
            try:
                drafting.edit_line(session, line, mine, seen=seen, base=base, actor=cast.dung, now=at(SIGNED))
            except StaleDraft as stale:
                assert stale.mine.keys() == stale.theirs.keys() and stale.mine != stale.theirs
                assert set(stale.mine.values()) <= self._words(edits[1])
                assert self._words(edits[0]) <= self._words(self._shown(line))
            else:
                assert self._words(edits[0]) | self._words(edits[1]) <= self._words(self._shown(line))

    @staticmethod
    def _opened(session: Session, cast: Cast) -> tuple[Any, dict[str, Any], int]:
        decision = draft(session, cast, "1/QĐ-UBND", SIGNED, [introduced("1.001193", "Đăng ký khai sinh")])
        line = decision.lines[0]
        return line, TestTwoOfficersOneDraft._shown(line), line.lock_version

    @staticmethod
    def _shown(line: Any) -> dict[str, Any]:
        return {
            "name": line.name,
            "sector": line.sector,
            "changed_parts": line.changed_parts,
            "fields": dict(line.fields),
        }

    @staticmethod
    def _edit(chance: random.Random, turn: int, who: str) -> dict[str, Any]:
        text = f"{who} viết lần {turn}"
        cell = chance.choice(["name", "sector", "changed_parts", "time", "fee", "place"])
        return {cell: text} if cell in ("name", "sector", "changed_parts") else {"fields": {cell: text}}

    @staticmethod
    def _words(values: dict[str, Any]) -> set[str]:
        flat = {v for v in values.values() if isinstance(v, str)}
        return flat | {v for v in values.get("fields", {}).values() if isinstance(v, str)}


class TestLegalClock:
    """S12: five working days from Friday 24/4/2026 end on 06/5/2026; another calendar gives another day."""

    def test_the_last_day(self) -> None:
        assert national_database_deadline(date(2026, 4, 24), Calendar(DEFAULT_HOLIDAYS)).last_day == date(2026, 5, 6)

    def test_a_changed_calendar_recalculates(self) -> None:
        more = (*DEFAULT_HOLIDAYS, Holiday(date(2026, 5, 6), HolidayKind.HOLIDAY, "Nghỉ theo công văn của tỉnh"))
        assert national_database_deadline(date(2026, 4, 24), Calendar(more)).last_day == date(2026, 5, 7)


class TestAsKnownOn:
    def test_a_back_dated_correction_shows_only_to_those_who_know_it(self, session: Session, cast: Cast) -> None:
        carry(
            session,
            cast,
            draft(
                session, cast, "1/QĐ-UBND", date(2026, 1, 5), [introduced("1.001193", "Đăng ký khai sinh", "05 ngày")]
            ),
        )
        fix = LineInput(kind="corrected", name="Đăng ký khai sinh", code_printed="1.001193", level="commune", basis="x",
                        fields={"time": "03 ngày"})  # fmt: skip
        carry(session, cast, draft(session, cast, "9/QĐ-UBND", date(2026, 2, 9), [fix]))
        procedure = session.scalars(select(Procedure)).one()
        book = ledger(session, [procedure.id])
        entries = book.entries[procedure.id, "commune"]
        texts = {v.id: v.time_text for v in procedure.versions}
        known_then = version_on(date(2026, 1, 20), entries, book.annulments, known_at=at(date(2026, 1, 20)))
        known_now = version_on(date(2026, 1, 20), entries, book.annulments)
        assert known_then is not None and known_now is not None
        assert (texts[known_then], texts[known_now]) == ("05 ngày", "03 ngày")


def test_rehearsal_changes_nothing(session: Session, cast: Cast) -> None:
    decision = draft(session, cast, "1/QĐ-UBND", SIGNED, [introduced("1.001193", "Đăng ký khai sinh")])
    before = (session.query(Procedure).count(), session.query(ProcedureVersion).count(), decision.status)
    rehearsal = publication.rehearse(session, decision, at(SIGNED))
    assert rehearsal.plan.effects and not session.new and not session.dirty
    assert before == (session.query(Procedure).count(), session.query(ProcedureVersion).count(), decision.status)
