"""What only an index on a server can suffer: other machines, transactions, kills, a server that goes away, age."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from search_index import postgres_tables as tables
from search_index.ports import IndexBusy, IndexedDocument, IndexFailed, IndexUnusable, Query
from search_index.postgres_access import OwnAccess, SharedAccess
from search_index.postgres_backend import PostgresBackend
from tests.postgres_server import PostgresServer, find_programs
from tests.search_index.documents import BIRTH, CATALOGUE, DEATH, MARRIAGE, TODAY, codes, document
from tests.search_index.test_whoosh_backend import killed_at

ROOT = Path(__file__).resolve().parents[2]
Maker = Callable[..., PostgresBackend]

pytestmark = pytest.mark.postgres


@pytest.fixture
def machines(postgres_backends: Maker) -> tuple[PostgresBackend, PostgresBackend]:
    """Two machines on one database that holds the small catalogue."""
    first, second = postgres_backends(), postgres_backends()
    first.rebuild(CATALOGUE)
    return first, second


@pytest.fixture
def sql(search_database: str) -> Iterator[psycopg.Connection]:
    """Somebody at the database itself."""
    with psycopg.connect(search_database.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection


def counted(sql: psycopg.Connection, table: str) -> int:
    found = sql.execute(f"SELECT count(*) FROM search_{table}").fetchone()  # type: ignore[arg-type]
    assert found is not None
    return int(found[0])


class TestOtherMachines:
    def test_a_change_is_found_at_once_by_every_machine(self, machines):
        first, second = machines
        for number in range(20):
            writer, reader = (first, second) if number % 2 else (second, first)
            writer.replace([document(f"1.7{number:05}", f"Cấp thẻ số {number}")])
            assert f"1.7{number:05}" in codes(reader, "cấp thẻ", limit=50)
            assert first.revision == second.revision

    def test_small_segments_become_larger_ones_and_nothing_is_lost(self, machines, sql):
        first, second = machines
        for number in range(40):
            first.replace([document(f"1.7{number:05}", f"Cấp thẻ số {number}")])
        assert counted(sql, "segment") < 20
        assert second.count() == len(CATALOGUE) + 40
        assert len(codes(second, "cấp thẻ", limit=100)) == 40

    def test_a_document_that_is_the_same_is_not_written_again(self, machines):
        first, _ = machines
        before = first.revision
        first.replace(CATALOGUE)
        first.replace_procedures({BIRTH.procedure: [BIRTH]})
        assert first.revision == before

    def test_what_one_machine_changes_while_another_rebuilds_is_found_then_and_afterwards(self, machines):
        first, second = machines
        half, go_on = threading.Event(), threading.Event()

        def slow() -> Iterator[IndexedDocument]:
            yield BIRTH
            half.set()
            go_on.wait(20)
            yield from (DEATH, MARRIAGE)

        rebuilding = threading.Thread(target=first.rebuild, args=(slow(),))
        rebuilding.start()
        half.wait(20)
        second.replace([document("1.700001", "Cấp thẻ nhà báo", procedure="nhà báo")])
        second.remove([MARRIAGE.key])
        second.replace_procedures({BIRTH.procedure: []})
        seen = (codes(first, "cấp thẻ nhà báo")[0], BIRTH.code in codes(first, ""))
        go_on.set()
        rebuilding.join()
        assert seen == ("1.700001", False)
        assert set(codes(second, "")) == {"1.700001", DEATH.code}

    def test_a_second_rebuild_waits_and_then_is_told(self, machines, postgres_backends):
        first, _ = machines
        half, go_on = threading.Event(), threading.Event()

        def slow() -> Iterator[IndexedDocument]:
            yield DEATH
            half.set()
            go_on.wait(20)

        rebuilding = threading.Thread(target=first.rebuild, args=(slow(),))
        rebuilding.start()
        half.wait(20)
        impatient = postgres_backends(lock_timeout=0.1)
        with pytest.raises(IndexBusy, match="đang ghi chỉ mục tìm kiếm"):
            impatient.rebuild([BIRTH])
        assert codes(impatient, "khai sinh")[0] == BIRTH.code
        go_on.set()
        rebuilding.join()
        assert codes(impatient, "") == [DEATH.code]

    def test_two_writers_take_turns(self, machines):
        threads = [
            threading.Thread(target=machine.replace, args=([document(f"1.7{n:05}", f"Cấp thẻ số {n}")],))
            for n, machine in enumerate(machines * 4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [machine.count() for machine in machines] == [len(CATALOGUE) + 8] * 2

    def test_a_writer_that_never_ends_is_told(self, machines, sql, postgres_backends):
        with sql.transaction():
            sql.execute("SELECT * FROM search_state FOR UPDATE")
            with pytest.raises(IndexBusy, match="thử lại sau ít phút"):
                postgres_backends(lock_timeout=0.1).replace([DEATH, document("1.7", "Cấp thẻ")])
        machines[0].replace([document("1.7", "Cấp thẻ")])
        assert codes(machines[1], "cấp thẻ")[0] == "1.7"


class TestTransactions:
    """An index in the application's own database belongs to the transaction of the application."""

    @pytest.fixture
    def engine(self, search_database: str) -> Iterator[object]:
        engine = create_engine(search_database)
        yield engine
        engine.dispose()

    def test_others_see_a_change_with_the_commit_and_not_before(self, engine, machines):
        with Session(engine) as session:
            joined = PostgresBackend(SharedAccess(session.connection))
            joined.replace([document("1.700001", "Cấp thẻ nhà báo")])
            assert "1.700001" in codes(joined, "nhà báo")
            assert "1.700001" not in codes(machines[0], "nhà báo")
            session.commit()
            assert "1.700001" in codes(machines[0], "nhà báo")

    def test_what_is_rolled_back_was_never_there(self, engine, machines):
        with Session(engine) as session:
            joined = PostgresBackend(SharedAccess(session.connection))
            joined.rebuild([DEATH])
            assert codes(joined, "") == [DEATH.code]
            session.rollback()
            assert joined.count() == machines[0].count() == len(CATALOGUE)

    def test_what_was_seen_before_a_roll_back_is_not_taken_for_what_came_later(self, engine, machines):
        with Session(engine) as session:
            joined = PostgresBackend(SharedAccess(session.connection))
            joined.replace([document("1.700001", "Cấp thẻ nhà báo")])
            assert "1.700001" in codes(joined, "nhà báo")
            session.rollback()
            machines[0].replace([document("1.700002", "Cấp thẻ hướng dẫn viên")])
            assert "1.700001" not in codes(joined, "nhà báo")
            assert "1.700002" in codes(joined, "hướng dẫn viên")

    def test_a_reader_keeps_the_moment_of_his_transaction(self, engine, machines):
        with Session(engine) as session:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            joined = PostgresBackend(SharedAccess(session.connection))
            before = joined.revision
            machines[0].rebuild([DEATH])
            assert (joined.revision, codes(joined, "đăng ký khai sinh")[0]) == (before, BIRTH.code)
            session.rollback()
            assert codes(joined, "") == [DEATH.code]

    def test_a_failing_index_leaves_the_transaction_alive(self, engine, search_database, sql):
        with Session(engine) as session:
            joined = PostgresBackend(SharedAccess(session.connection))
            for fails in (lambda: joined.replace([BIRTH]), lambda: joined.search(Query("khai sinh", TODAY))):
                with pytest.raises(IndexUnusable, match="Chưa có chỉ mục"):
                    fails()
            assert session.connection().exec_driver_sql("SELECT 1").scalar() == 1


class TestHardship:
    def test_a_killed_rebuild_leaves_the_old_index_and_no_rest(self, machines, sql, search_database):
        code = f"""
            from dataclasses import replace
            from datetime import date
            from search_index.postgres_access import OwnAccess
            from search_index.postgres_backend import PostgresBackend
            from tests.search_index.test_whoosh_backend import many
            ended = (replace(document, valid_until=date(2026, 1, 1)) for document in many(9_000))
            backend = PostgresBackend(OwnAccess({search_database!r}))
            backend.rebuild(ended, lambda read: read == 700 and print("half", flush=True))
        """
        before = [counted(sql, table) for table in ("segment", "document", "posting")]
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as child:
            killed_at("half", child)
        assert codes(machines[0], "đăng ký khai sinh")[0] == BIRTH.code
        assert [counted(sql, table) for table in ("segment", "document", "posting")] == before
        machines[1].rebuild([DEATH])
        assert codes(machines[0], "") == [DEATH.code]

    def test_a_server_that_cannot_write_is_told_and_the_index_lives(self, machines, sql, search_database):
        name = urlsplit(search_database).path.removeprefix("/")
        sql.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')  # type: ignore[arg-type]
        access = OwnAccess(search_database)
        try:
            for write in (PostgresBackend(access).rebuild, PostgresBackend(access).replace):
                with pytest.raises(IndexFailed, match="chỉ cho đọc"):
                    write([document("1.7", "Cấp thẻ")])
        finally:
            access.close()
            sql.execute("SET default_transaction_read_only = off")
            sql.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')  # type: ignore[arg-type]
        assert codes(machines[0], "đăng ký khai sinh")[0] == BIRTH.code

    def test_no_index_is_told(self, postgres_backend):
        for ask in (lambda: codes(postgres_backend, "khai sinh"), lambda: postgres_backend.replace([BIRTH])):
            with pytest.raises(IndexUnusable, match="Chưa có chỉ mục"):
                ask()

    def test_an_index_of_another_program_is_told_and_a_rebuild_heals(self, machines, sql):
        sql.execute("UPDATE search_state SET schema = '0'")
        for ask in (lambda: codes(machines[0], "khai sinh"), lambda: machines[0].replace([BIRTH])):
            with pytest.raises(IndexUnusable, match="phiên bản khác"):
                ask()
        machines[1].rebuild(CATALOGUE)
        assert codes(machines[0], "đăng ký khai sinh")[0] == BIRTH.code

    def test_tables_of_another_program_are_told_and_replaced_by_a_rebuild(self, sql, postgres_backend):
        for table in tables.TABLES:
            sql.execute(f"CREATE TABLE {table} (something_else text)")  # type: ignore[arg-type]
        for ask in (lambda: codes(postgres_backend, "khai sinh"), lambda: postgres_backend.replace([BIRTH])):
            with pytest.raises(IndexUnusable, match="phiên bản khác"):
                ask()
        postgres_backend.rebuild(CATALOGUE)
        assert codes(postgres_backend, "đăng ký khai sinh")[0] == BIRTH.code

    @pytest.mark.parametrize("table", ["segment", "document", "posting"])
    def test_rows_that_somebody_took_away_are_told_or_not_missed(self, machines, sql, table, postgres_backends):
        sql.execute(f"DELETE FROM search_{table}")  # type: ignore[arg-type]
        reader = postgres_backends()
        try:
            found = codes(reader, "đăng ký khai sinh")
        except IndexUnusable as told:
            assert "bị hỏng" in str(told)
        else:
            assert found == []
        reader.rebuild(CATALOGUE)
        assert codes(reader, "đăng ký khai sinh")[0] == BIRTH.code

    def test_questions_of_readers_and_merges_never_disturb_each_other(self, machines):
        first, second = machines
        problems: list[BaseException] = []
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                try:
                    assert codes(second, "đăng ký kết hôn")[0] == MARRIAGE.code
                except BaseException as error:
                    problems.append(error)

        readers = [threading.Thread(target=ask) for _ in range(4)]
        for reader in readers:
            reader.start()
        for number in range(30):
            first.replace([document(f"1.7{number:05}", f"Cấp thẻ số {number}")])
        stop.set()
        for reader in readers:
            reader.join()
        assert problems == []


class TestServerGone:
    @pytest.fixture
    def server(self) -> Iterator[PostgresServer]:
        programs = find_programs()
        if programs is None:
            pytest.skip("no PostgreSQL found; install it")
        with PostgresServer.private(programs) as server:
            yield server

    def test_it_is_told_within_seconds_and_found_again_by_itself(self, server):
        access = OwnAccess(server.url.replace("postgresql:", "postgresql+psycopg:"))
        backend = PostgresBackend(access)
        backend.rebuild(CATALOGUE)
        assert codes(backend, "đăng ký khai sinh")[0] == BIRTH.code
        server.stop()
        began = time.monotonic()
        for ask in (lambda: codes(backend, "kết hôn"), lambda: backend.revision):
            with pytest.raises(IndexUnusable, match="Chưa kết nối được"):
                ask()
        with pytest.raises(IndexFailed, match="Không ghi được"):
            backend.replace([DEATH])
        assert time.monotonic() - began < 10
        server.start()
        assert codes(backend, "kết hôn")[0] == MARRIAGE.code
        access.close()


def test_postings_are_stored_as_they_are_read() -> None:
    numbers, weights = tables.array("I", [0, 7, 2**31]), tables.array("f", [0.5, 4.75, 1e-6])
    assert tables.unpacked("I", tables.packed(numbers)) == numbers
    assert tables.unpacked("f", tables.packed(weights)) == weights
    assert tables.packed(tables.array("I", [1])) == b"\x01\x00\x00\x00"
