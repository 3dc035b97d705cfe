"""The national portal's own records of July 2026: read without loss, imported in any order, each only once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from catalogue.exports.national import to_national
from catalogue.imports.portal import PortalRecord, read_file, read_record
from catalogue.imports.portal_reading import Problem, RawRecord, read_raw
from catalogue.models import Base, Decision, Procedure, ProcedureVersion, Validity
from catalogue.services.inventory import PortalReport, import_portal
from catalogue.services.projection import check
from decisions.content import canonical_json, from_json
from decisions.kinds import DecisionKind
from tests.catalogue.imports.portal_records import says_the_same

pytestmark = pytest.mark.real_data

FILES = ("list", "details", "rebuilt")
EVERY = 20  # of the codes, so that all orders can be tried in the time of a unit test


@pytest.fixture(scope="module")
def portal(real_data: Path) -> Path:
    folder = real_data / "portal-2026"
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing")
    return folder


@pytest.fixture(scope="module")
def sampled(portal: Path) -> dict[str, list[PortalRecord]]:
    """Every twentieth code of all three files, and all records that name no standard code."""
    codes = sorted({item.value.get("code", "") for name in FILES for item in raws(portal, name)})
    chosen = set(codes[::EVERY]) | {"1.001193", "1.014325", " 1.014325", "1.014955-Xoa"}
    return {
        name: [record(item) for item in raws(portal, name) if item.value.get("code", "") in chosen] for name in FILES
    }


def raws(portal: Path, name: str) -> Iterator[RawRecord]:
    for item in read_raw(portal / f"{name}.jsonl.gz"):
        assert isinstance(item, RawRecord)
        answer = item.value
        yield RawRecord(answer["data"], item.place) if "data" in answer else item


def record(raw: RawRecord) -> PortalRecord:
    found = read_record(raw.value, raw.place)
    assert isinstance(found, PortalRecord), found
    return found


@pytest.fixture
def database() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def run(
    engine: Engine, name: str, records: Iterator[PortalRecord | Problem] | list[PortalRecord], hour: int
) -> PortalReport:
    now = datetime(2026, 7, 20, hour, tzinfo=UTC)
    with Session(engine) as session:
        report = import_portal(session, records, source=f"{name}.jsonl.gz", now=now)
        session.commit()
    return report


def in_force(engine: Engine) -> list[tuple[str | None, str, date, str]]:
    query = (
        select(Procedure.code, Validity.level, Validity.valid_from, ProcedureVersion.content_hash)
        .join(Procedure, Procedure.id == Validity.procedure_id)
        .join(ProcedureVersion, ProcedureVersion.id == Validity.version_id)
    )
    with Session(engine) as session:
        return sorted((tuple(row) for row in session.execute(query)), key=str)


def test_all_details_are_written_back_as_they_came(portal):
    lost = []
    for raw in raws(portal, "details"):
        content = from_json(canonical_json(record(raw).content))
        if not says_the_same(to_national(content), raw.value):
            lost.append(raw.value["code"])
    assert lost == []


def test_the_texts_are_what_the_portal_shows(portal):
    birth = next(
        r for r in read_file(portal / "details.jsonl.gz") if isinstance(r, PortalRecord) and r.key == "1.001193"
    )
    assert birth.content.name == "Thủ tục đăng ký khai sinh"
    assert birth.decision is not None
    assert (birth.decision.number.text, birth.decision.signed_on) == ("163/QĐ-BTP", date(2026, 1, 16))
    assert birth.content.time_texts == ("01 ngày làm việc",)
    assert [level.value for level in birth.levels] == ["commune"]


def test_every_order_of_the_files_gives_one_catalogue_and_a_second_run_adds_nothing(sampled):
    outcomes = set()
    for order in permutations(FILES):
        engine = create_engine("sqlite://")
        Base.metadata.create_all(engine)
        for hour, name in enumerate(order):
            run(engine, name, sampled[name], hour)
        for name in FILES:
            again = run(engine, name, sampled[name], 12)
            assert (again.versions, again.unchanged) == (0, again.read)
        outcomes.add(tuple(in_force(engine)))
        with Session(engine) as session:
            assert check(session) == []
        engine.dispose()
    assert len(outcomes) == 1


def test_the_whole_inventory_enters_once(portal, database):
    for hour, name in enumerate(FILES):
        run(database, name, read_file(portal / f"{name}.jsonl.gz"), hour)
    again = run(database, "list", read_file(portal / "list.jsonl.gz"), 12)
    assert (again.versions, again.procedures, again.decisions, again.unchanged) == (0, 0, 0, 5670)
    with Session(database) as session:
        assert session.scalar(select(func.count(Procedure.id))) == 5987
        assert session.scalar(select(func.count(Procedure.id)).where(Procedure.register == "internal")) == 192
        waiting = select(func.count(Validity.id)).join(ProcedureVersion, ProcedureVersion.id == Validity.version_id)
        assert session.scalar(waiting.where(ProcedureVersion.awaits_content)) < 1700
        assert session.scalar(select(func.count(Decision.id)).where(Decision.kind == DecisionKind.PUBLICATION)) > 700
