"""Bad input over HTTP: one clear sentence, the right status, and the database as it was."""

from __future__ import annotations

import io
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue import clock
from catalogue.app import create_app
from catalogue.cli.setup import seed_holidays
from catalogue.extensions import db
from catalogue.models import Decision, IndexTask
from tests.catalogue.cast import make_cast
from tests.cli.papers import amending, new_procedures, row
from tests.pages import Browser, Page
from tests.web.office.conftest import ApartClient, Officer, upload
from tests.word_decisions import build_decision, with_document

IMPORT = "/quan-tri/quyet-dinh/nhap"
BIRTH = row(1, "1.014391", "Đăng ký khai sinh lưu động")
ODD_QUESTIONS = [
    "a" * 10_000, "khai sinh " * 1_000, '"', '"khai', "*", "khai*", "(", ")", "(khai OR", "\x00", "khai\x00sinh",
    "\u202ehnis iahk\u202c", "\u200f", "\u0301", "%", "_", "\\", "';--", "<script>", "[", "\ud7a3" * 300,
]  # fmt: skip


@contextmanager
def made(home: Path) -> Iterator[Flask]:
    """The application with database and index on disk, and its people."""
    settings = {
        "CATALOGUE_HOME": home,
        "SECRET_KEY": "only for tests",
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{home / 'catalogue.db'}",
        "SEARCH_URL": f"whoosh:{home / 'search'}",
        "SEARCH_LIMIT": "100000 per minute",
        "SIGN_IN_LIMIT": "100000 per minute",
    }
    app = create_app(settings)
    app.test_client_class = ApartClient
    with app.app_context():
        db.create_all()
        make_cast(db.session())
        seed_holidays(db.session(), clock.now())
        db.session.commit()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """An office of one's own."""
    with made(tmp_path) as app:
        yield app


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Officer]:
    """Somebody signed in who only reads; a new procedure is being drafted."""
    with made(tmp_path_factory.mktemp("reading")) as app:
        person = signed_in(app, "an")
        imported(person, new_procedures(BIRTH))
        yield person


def signed_in(site: Flask, username: str) -> Officer:
    person = Officer(site.test_client())
    person.sign_in(username)
    return person


@pytest.fixture
def an(site: Flask) -> Officer:
    return signed_in(site, "an")


def rows(site: Flask) -> list[str]:
    """Every row of every table."""
    connection = sqlite3.connect(Path(site.config["CATALOGUE_HOME"]) / "catalogue.db")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def imported(an: Officer, data: bytes) -> str:
    """The address of the draft that a file became."""
    an.send(an.get(IMPORT), upload(data, "qd.docx"))
    return str(an.answer.location)


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "data", "told"),
        [
            ("rong.docx", b"", "rong.docx"),
            ("anh.docx", b"\x89PNG\r\n\x1a\n", "không phải tệp Word"),
            ("mat-khau.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mật khẩu"),
            ("cut.docx", build_decision()[:-2_000], "đã hỏng"),
            ("khac.docx", with_document(build_decision(), b"<a/>"), "không có nội dung"),
            ("thu.docx", build_decision(subject="", authority="", articles=(), number=""), "không phải quyết định"),
            ("thieu-phu-luc.docx", build_decision(), "không có phụ lục"),
        ],
    )
    def test_a_file_that_cannot_be_taken_is_named_and_nothing_is_kept(
        self, site: Flask, an: Officer, name: str, data: bytes, told: str
    ) -> None:
        page = an.get(IMPORT)
        before = rows(site)
        refused = an.send(page, upload(data, name), status=422)
        assert refused is not None
        errors = refused.all("error")
        assert len(errors) == 1 and name in errors[0] and told in errors[0]
        assert rows(site) == before

    def test_two_hundred_megabytes_are_refused_before_they_are_read(self, site: Flask, an: Officer) -> None:
        before = rows(site)
        answer = an.client.post(
            IMPORT, input_stream=io.BytesIO(b"--x"), content_type="multipart/form-data; boundary=x",
            environ_overrides={"CONTENT_LENGTH": str(200 * 2**20)},
        )  # fmt: skip
        assert answer.status_code == 413
        assert "Nội dung gửi lên lớn hơn 50 MB." in Page(answer).text
        assert rows(site) == before

    def test_a_day_of_31_february_on_the_paper_is_named(self, an: Officer) -> None:
        address = imported(an, new_procedures(BIRTH, signed="31/02/2026"))
        shown = an.get(address).text + an.get(f"{address}/chay-thu").text
        assert "31" in shown and "Chưa có ngày ký" in shown
        an.post(f"{address}/trinh", status=409)


class TestAnnexes:
    def test_a_code_twice_in_one_annex_stops_the_submission(self, site: Flask, an: Officer) -> None:
        again = row(3, "1.014391", "Đăng ký khai sinh lưu động")
        address = imported(an, new_procedures(BIRTH, row(2, "1.000656", "Đăng ký khai tử"), again))
        shown = an.get(f"{address}/trinh")
        assert "1.014391 ghi hai lần" in shown.text
        before = rows(site)
        an.post(f"{address}/trinh", status=409)
        assert "1.014391 ghi hai lần" in Page(an.answer).text
        assert rows(site) == before

    def test_amending_what_is_not_in_force_waits_for_a_person(self, site: Flask, an: Officer) -> None:
        address = imported(an, amending(row(1, "1.000656", "Đăng ký khai tử")))
        shown = an.get(f"{address}/trinh")
        assert "1.000656 chưa có trong danh mục hoặc không còn hiệu lực" in shown.text
        before = rows(site)
        an.post(f"{address}/trinh", status=409)
        assert rows(site) == before


class TestAddresses:
    @pytest.mark.parametrize("path", ["/thu-tuc", "/danh-muc", "/quyet-dinh", "/thay-doi", "/quan-tri/quyet-dinh"])
    @pytest.mark.parametrize("page", ["-1", "0", "-99999999999999999999"])
    def test_a_page_below_the_first_is_told(self, reader: Officer, path: str, page: str) -> None:
        assert f"Không có trang «{page[:20]}»" in reader.get(f"{path}?trang={page}", status=404).text

    @pytest.mark.parametrize("path", ["/thu-tuc", "/danh-muc", "/quyet-dinh", "/thay-doi"])
    @pytest.mark.parametrize("page", ["1000000000000", "9" * 5_000])
    def test_a_page_beyond_the_last_is_told(self, reader: Officer, path: str, page: str) -> None:
        assert "chỉ có 1 trang" in reader.get(f"{path}?trang={page}", status=404).text

    @pytest.mark.parametrize("path", ["/", "/thu-tuc", "/danh-muc", "/danh-muc.json", "/quyet-dinh", "/thay-doi"])
    @pytest.mark.parametrize("day", ["31/02/2026", "2026-02-31"])
    def test_a_day_of_31_february_is_told(self, reader: Officer, path: str, day: str) -> None:
        assert f"Ngày «{day}» không có trong lịch." in reader.get(f"{path}?ngay={day}", status=400).text

    @pytest.mark.parametrize(
        "path",
        ["/thu-tuc/%00", "/thu-tuc/" + "9" * 3_000, "/quyet-dinh/2026/%00", "/quyet-dinh/-1/1",
         "/thu-tuc/1.001193%E2%80%AE",
         "/thu-tuc/1.001193/phien-ban/" + "9" * 40, "/quan-tri/quyet-dinh/" + "9" * 40, "/thu-tuc/%FF"],
    )  # fmt: skip
    def test_an_address_that_leads_nowhere_is_a_page_of_the_house(self, reader: Officer, path: str) -> None:
        assert reader.get(path, status=404).text


class TestQuestions:
    @pytest.mark.parametrize("question", ODD_QUESTIONS, ids=lambda text: ascii(text)[1:20])
    @pytest.mark.parametrize("path", ["/thu-tuc", "/quyet-dinh", "/quan-tri/quyet-dinh"])
    def test_an_odd_question_is_answered(self, reader: Officer, path: str, question: str) -> None:
        page = reader.get(f"{path}?q={quote(question)}")
        assert not {"\x00", "\u202e"} & set(page.source)

    def test_what_holds_no_word_says_that_nothing_was_found(self, reader: Officer) -> None:
        for question in ('"', "*", "("):
            assert "Chưa tìm thấy thủ tục" in reader.get(f"/thu-tuc?q={quote(question)}").text


class TestTwoAtOnce:
    def test_two_imports_at_once_both_succeed(self, site: Flask) -> None:
        people = [signed_in(site, name) for name in ("an", "dung")]
        pages = [person.get(IMPORT) for person in people]
        files = [new_procedures(row(1, f"1.01439{n}", f"Thủ tục {n}"), number=f"125{n}/QĐ-UBND") for n in (1, 2)]
        together = threading.Barrier(2)
        failed: list[BaseException] = []

        def send(person: Officer, page: Page, data: bytes) -> None:
            try:
                together.wait(timeout=10)
                person.send(page, upload(data, "qd.docx"))
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=send, args=three) for three in zip(people, pages, files, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert failed == []
        with site.app_context():
            assert set(db.session.scalars(select(Decision.number))) == {"1251/QĐ-UBND", "1252/QĐ-UBND"}

    def test_while_a_long_import_writes_an_officer_is_asked_to_wait(self, site: Flask, an: Officer) -> None:
        page = an.get(IMPORT)
        other = sqlite3.connect(Path(site.config["CATALOGUE_HOME"]) / "catalogue.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with site.app_context():
            db.session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
            db.session.remove()
        try:
            busy = an.send(page, upload(new_procedures(BIRTH), "qd.docx"), status=503)
            assert busy is not None and "Đang có người khác ghi dữ liệu." in busy.text
            assert int(an.answer.headers["Retry-After"]) > 0
            assert an.get("/thu-tuc").heading == "Thủ tục hành chính", "reading goes on"
        finally:
            other.close()


def test_an_issue_whose_index_cannot_be_written_stands_and_is_indexed_later(site: Flask, an: Officer) -> None:
    address = imported(an, new_procedures(BIRTH))
    an.send(an.get(f"{address}/trinh"), to="trinh")
    binh, chi = signed_in(site, "binh"), signed_in(site, "chi")
    binh.send(binh.get(f"{address}/kiem-soat"), to="kiem-soat")
    chi.send(chi.get(f"{address}/phe-duyet"), to="phe-duyet")
    folder = Path(site.config["CATALOGUE_HOME"]) / "search"
    if folder.exists():
        folder.rename(folder.with_name("chi-muc-cu"))
    folder.write_text("đây không phải thư mục")
    an.send(an.get(f"{address}/ban-hanh"), to="ban-hanh")
    assert "Đăng ký khai sinh lưu động" in Browser(site.test_client()).get("/thu-tuc?q=khai+sinh").text
    with site.app_context():
        assert db.session.scalar(select(IndexTask.id).where(IndexTask.done_at.is_(None))), "the work waits"


def test_before_the_database_is_made_every_page_says_so(tmp_path: Path) -> None:
    app = create_app({"CATALOGUE_HOME": tmp_path, "SECRET_KEY": "only for tests"})
    for path in ("/", "/thu-tuc", "/thu-tuc/1.001193", "/danh-muc", "/danh-muc.json", "/quyet-dinh"):
        page = Browser(app.test_client()).get(path, status=503)
        assert "Cơ sở dữ liệu chưa sẵn sàng." in page.text
    with app.app_context():
        db.engine.dispose()
