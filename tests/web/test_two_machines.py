"""Two application machines on one PostgreSQL: whatever an officer issues meanwhile, no reader sees half of it."""

from __future__ import annotations

import hashlib
import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path
from random import Random
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.app import create_app
from catalogue.extensions import db
from catalogue.models import Account
from catalogue.services import publication
from tests.catalogue.cast import Cast, abolished, amended, carry, confirm_all, draft, introduced, make_cast
from tests.cli.test_server import free_port, page

pytestmark = pytest.mark.postgres

READERS = 50
# Where everything must run, as many as were promised; elsewhere what takes some seconds.
READS = 10_000 if os.environ.get("REQUIRE_ALL") == "1" else 600
LONGEST = 600.0  # seconds
STEPS = 8
KEPT = "1.900001"
PATHS = (
    "/thu-tuc?q=" + quote("cấp thẻ đợt"), "/thu-tuc?q=" + quote("dang ky tam tru"), "/thu-tuc", "/", "/danh-muc",
    f"/thu-tuc/{KEPT}", f"/thu-tuc/{KEPT}/lich-su", "/quyet-dinh", "/thay-doi",
)  # fmt: skip


def code(step: int) -> str:
    return f"1.91{step:04}"


def card(step: int) -> str:
    return f"Cấp thẻ đợt {step}"


@dataclass
class Read:
    """What a reader was given."""

    began: float
    path: str
    server: int
    status: int
    etag: str
    body: str


@dataclass
class Office:
    """The catalogue at every step, as a quiet reader sees it, and when each step was done."""

    app: Flask
    bodies: dict[str, dict[str, int]] = field(default_factory=dict)
    done: list[float] = field(default_factory=list)

    def note(self, step: int) -> None:
        """Look at every page while nobody writes."""
        now = time.monotonic()
        with self.app.test_client() as client:
            for path in PATHS:
                response = client.get(path)
                assert response.status_code == 200, path
                found = self.bodies.setdefault(path, {}).setdefault(digest(response.data), step)
                assert found == step, f"{path} does not tell step {found} from {step}"
                if "q=c" in path:
                    shown = [n for n in range(STEPS + 1) if code(n) in response.text]
                    assert shown == [step], (path, shown)
        self.done.append(now)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@pytest.fixture
def office(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A small catalogue on PostgreSQL."""
    for name, value in settings(postgres_url, tmp_path / "quiet").items():
        monkeypatch.setenv(name, value)
    app = create_app()
    with app.app_context():
        assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
        session = db.session()
        cast = make_cast(session)
        lines = [introduced(f"1.90{n:04}", f"Đăng ký tạm trú diện {n}") for n in range(1, 30)]
        carry(session, cast, draft(session, cast, "1/QĐ-UBND", today(), [*lines, introduced(code(0), card(0))]))
        session.commit()
        assert app.test_cli_runner().invoke(args=["search", "rebuild"]).exit_code == 0
        db.session.remove()
    yield Office(app)
    with app.app_context():
        db.engine.dispose()


def settings(url: str, home: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": url, "CATALOGUE_HOME": str(home), "SEARCH_LIMIT": "1000000 per minute", "SECRET_KEY": "khoá",
        "SITE_ADDRESS": "https://tthc.example.vn", "SEARCH_URL": "postgresql:",
    }  # fmt: skip


def today() -> date:
    return clock.today()


@pytest.fixture
def ports(office: Office, postgres_url: str, tmp_path: Path) -> Iterator[list[int]]:
    """Two servers, each a process with a data folder of its own, as on two machines."""
    with ExitStack() as stack:
        found = []
        for number in range(2):
            port = free_port()
            environment = {**os.environ, **settings(postgres_url, tmp_path / f"machine-{number}")}
            log = stack.enter_context((tmp_path / f"machine-{number}.log").open("w"))
            process = stack.enter_context(subprocess.Popen(
                [sys.executable, "-m", "catalogue", "serve", "--port", str(port)], env=environment, text=True,
                stdout=log, stderr=log,
            ))  # fmt: skip
            stack.callback(process.terminate)
            page(port, process)
            found.append(port)
        yield found


def approved(session: Session, step: int) -> int:
    """The decision of a step, ready to be issued: a new procedure, another text, the end of the last one."""
    people = {account.username: account for account in session.scalars(select(Account))}
    cast = Cast(*(people[name] for name in ("an", "binh", "chi", "dung", "quan-tri")))
    lines = [
        introduced(code(step), card(step)),
        amended(KEPT, "Đăng ký tạm trú diện 1", f"{step + 5:02} ngày làm việc"),
        abolished(code(step - 1), card(step - 1)),
    ]
    decision = draft(session, cast, f"{step + 1}/QĐ-UBND", today(), lines)
    now = clock.now()
    confirm_all(session, cast, decision, now)
    publication.submit(session, decision, actor=cast.an, now=now)
    publication.review(session, decision, actor=cast.binh, now=now)
    seen = publication.rehearse(session, decision, now).fingerprint
    publication.approve(session, decision, seen=seen, actor=cast.chi, now=now)
    session.commit()
    return decision.id


class Officer:
    """Signs in on one machine and issues there."""

    def __init__(self, port: int) -> None:
        self._at = f"http://127.0.0.1:{port}"
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self._send("/quan-tri/dang-nhap", username="an", password="an")

    def issue(self, decision: int) -> None:
        """From reading the report to the answer that it is done."""
        told = self._send(f"/quan-tri/quyet-dinh/{decision}/ban-hanh")
        assert "Đã ban hành" in told

    def _send(self, path: str, **values: str) -> str:
        with self._opener.open(self._at + path, timeout=60) as response:
            tree = html.document_fromstring(response.read().decode())
        form = next(f for f in tree.forms if "main" in [p.tag for p in f.iterancestors()] and f.method == "POST")
        data = urlencode({**dict(form.form_values()), **values}).encode()
        with self._opener.open(self._at + (form.action or path), data=data, timeout=60) as response:
            return str(response.read().decode())


class Turns:
    """So many turns, taken by whoever asks."""

    def __init__(self, count: int) -> None:
        self.taken = 0
        self._count = count
        self._lock = threading.Lock()

    def __iter__(self) -> Turns:
        return self

    def __next__(self) -> int:
        with self._lock:
            if self.taken >= self._count:
                raise StopIteration
            self.taken += 1
            return self.taken


class Reader(threading.Thread):
    """Reads one page after the other on both machines, sometimes asking only whether it has changed."""

    def __init__(self, seed: int, ports: list[int], turns: Turns, stop: threading.Event) -> None:
        super().__init__()
        self.reads: list[Read] = []
        self.failed: BaseException | None = None
        self._random = Random(seed)
        self._ports, self._turns, self._stop_at = ports, turns, stop
        self._known: dict[tuple[int, str], tuple[str, str]] = {}

    def run(self) -> None:
        try:
            for _ in self._turns:
                if self._stop_at.is_set():
                    return
                self._read(self._random.randrange(2), self._random.choice(PATHS))
        except BaseException as error:
            self.failed = error

    def _read(self, server: int, path: str) -> None:
        known = self._known.get((server, path)) if self._random.random() < 0.3 else None
        connection = http.client.HTTPConnection("127.0.0.1", self._ports[server], timeout=60)
        began = time.monotonic()
        connection.request("GET", path, headers={"If-None-Match": known[0]} if known else {})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        etag = response.headers["ETag"] or ""
        body = known[1] if known and response.status == 304 else digest(content)
        self.reads.append(Read(began, path, server, response.status, etag, body))
        self._known[server, path] = (etag, body)


def test_no_reader_sees_a_stale_or_mixed_day(office: Office, ports: list[int]) -> None:
    began = time.monotonic()
    stop = threading.Event()
    office.note(0)
    taken = Turns(READS)
    readers = [Reader(seed, ports, taken, stop) for seed in range(READERS)]
    officer = Officer(ports[0])
    for reader in readers:
        reader.start()
    try:
        for step in range(1, STEPS + 1):
            with office.app.app_context():
                decision = approved(db.session(), step)
                db.session.remove()
            while taken.taken < READS * step // (STEPS + 1) and time.monotonic() - began < LONGEST:
                time.sleep(0.01)
            officer.issue(decision)
            office.note(step)
        while any(reader.is_alive() for reader in readers) and time.monotonic() - began < LONGEST:
            time.sleep(0.05)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert [reader.failed for reader in readers if reader.failed] == []
    reads = [read for reader in readers for read in reader.reads]
    assert len(reads) == READS, f"{len(reads)} reads in {LONGEST} s"
    assert wrong(office, reads) == []


def wrong(office: Office, reads: list[Read]) -> list[str]:
    """What no reader may be given: a page that was never true, an old one, or two pages under one mark."""
    found = []
    marked: dict[tuple[int, str, str], str] = {}
    for read in reads:
        if read.status not in (200, 304):
            found.append(f"{read.path}: status {read.status}")
            continue
        step = office.bodies[read.path].get(read.body)
        least = sum(done <= read.began for done in office.done) - 1
        if step is None:
            found.append(f"{read.path}: a page that was never true")
        elif step < least:
            found.append(f"{read.path}: step {step} after step {least} was done")
        if marked.setdefault((read.server, read.path, read.etag), read.body) != read.body:
            found.append(f"{read.path}: two pages under one ETag")
    return found
