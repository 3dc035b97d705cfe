"""Story S1 and the way of a small real decision, on the real files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from catalogue.imports.decision_document import read_decision
from catalogue.imports.portal import read_file
from catalogue.models import Base, Decision, OrderedTask, Procedure, ProcedureVersion, Validity
from catalogue.services import projection, publication
from catalogue.services.importing import import_decision
from catalogue.services.inventory import import_portal
from tests.catalogue.cast import Cast, at, carry, make_cast

COLUMNS = [
    "Số TT",
    "Tên TTHC",
    "Thời hạn giải quyết",
    "Địa điểm thực hiện",
    "Phí, lệ phí",
    "Căn cứ pháp lý",
    "Cơ quan thực hiện",
]


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def cast(session: Session) -> Cast:
    return make_cast(session)


def taken(session: Session, cast: Cast, file: Path, day: date) -> Decision:
    data = file.read_bytes()
    return import_decision(session, read_decision(data, file.name), data, file.name, actor=cast.an, now=at(day))


class TestARecordedDecision:
    """S1: QĐ 3218/QĐ-UBND of 18/11/2024, two new procedures of district level."""

    SIGNED = date(2024, 11, 18)

    @pytest.fixture
    def decision(self, session: Session, cast: Cast, real_data: Path) -> Decision:
        return taken(session, cast, real_data / "decisions" / "2024-11-18_3218-QD-UBND_Quang-Binh.docx", self.SIGNED)

    def test_two_drafts_keep_all_seven_columns_word_for_word(self, decision: Decision) -> None:
        assert [[label for label, _ in line.cells] for line in decision.lines] == [COLUMNS, COLUMNS]
        assert [line.fields["time"] for line in decision.lines] == [
            "90 ngày, kể từ ngày nhận được hồ sơ hợp lệ", "40 ngày, kể từ ngày nhận được hồ sơ.",
        ]  # fmt: skip
        assert {(line.kind, line.level) for line in decision.lines} == {("introduced", "district")}

    def test_head_effect_and_basis(self, decision: Decision) -> None:
        assert (decision.number, decision.signed_on) == ("3218/QĐ-UBND", self.SIGNED)
        assert decision.effect_type == "on_signing"
        assert all("106/2024/NĐ-CP" in line.basis for line in decision.lines)

    def test_the_workflow_of_article_2_is_an_open_task(self, session: Session, decision: Decision) -> None:
        tasks = session.scalars(select(OrderedTask).where(OrderedTask.decision_id == decision.id)).all()
        assert {(task.kind, task.article, task.done_at) for task in tasks} >= {("internal_workflow", "Điều 2", None)}

    def test_three_people_put_it_in_force_from_its_signing(
        self, session: Session, cast: Cast, decision: Decision
    ) -> None:
        carry(session, cast, decision)
        assert [row.valid_from for row in session.scalars(select(Validity))] == [self.SIGNED] * 2
        assert all(procedure.code is None for procedure in session.scalars(select(Procedure)))


class TestAnAmendmentOverTheInventory:
    """QĐ 2815/QĐ-UBND: three amended rows over the national list."""

    SIGNED = date(2025, 11, 20)

    def test_the_new_time_binds_from_its_day_and_the_day_before_is_as_it_was(
        self, session: Session, cast: Cast, real_data: Path
    ) -> None:
        inventory = real_data / "portal-2026" / "list.jsonl.gz"
        import_portal(session, read_file(inventory), source=inventory.name, now=at(date(2025, 7, 2)))
        decision = taken(session, cast, real_data / "decisions" / "2025-11-20_2815-QD-UBND.docx", self.SIGNED)
        rehearsal = publication.rehearse(session, decision, at(self.SIGNED))
        assert {p.blocking for p in rehearsal.open} <= {False}
        carry(session, cast, decision)
        procedure = session.scalars(select(Procedure).where(Procedure.code == "1.014391")).one()
        rows = session.execute(
            select(Validity.valid_from, Validity.valid_until, ProcedureVersion.time_text)
            .join(ProcedureVersion)
            .where(Validity.procedure_id == procedure.id)
            .order_by(Validity.valid_from)
        ).all()
        assert [tuple(row) for row in rows] == [
            (date(2025, 7, 1), self.SIGNED, ""),
            (self.SIGNED, None, "10 ngày làm việc"),
        ]
        assert "15 ngày xuống còn 10 ngày" in decision.lines[1].changed_parts
        assert projection.check(session) == []
