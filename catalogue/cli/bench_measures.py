"""What ``catalogue bench`` measures, a function a budget, each on the real program and the catalogue just imported."""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urljoin

from flask import Flask
from sqlalchemy import select

from catalogue import clock
from catalogue.extensions import db, search
from catalogue.models import Decision, Procedure, ProcedureVersion, Validity
from catalogue.services.drafting import DraftHead, LineInput, append_line, new_draft
from catalogue.services.people import make_account
from catalogue.services.publication import rehearse
from catalogue.words import look_up
from search_index.measures import percentile
from search_index.ports import Query

SAMPLES = 150
SENTENCE_WORDS = 8
REHEARSED = 120


@dataclass(frozen=True)
class Figure:
    """One measured figure; ``budget`` in the same unit, ``None`` where nothing was promised.

    ``cpu`` is the processor time in the same unit, where it was measured: what an idle machine would need at least.
    """

    what: str
    value: float
    unit: str
    budget: float | None = None
    cpu: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the promise is kept."""
        return "" if self.budget is None else "đạt" if self.value <= self.budget else "CHƯA ĐẠT"

    def cells(self) -> tuple[str, ...]:
        """As a row of the printed table."""
        budget = "" if self.budget is None else f"{self.budget:g} {self.unit}"
        cpu = "" if self.cpu is None else f"{self.cpu:.3g} {self.unit}"
        return self.what, budget, f"{self.value:.3g} {self.unit}", cpu, self.verdict

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        kept = None if self.budget is None else self.value <= self.budget
        figures = {"value": self.value, "cpu": self.cpu, "budget": self.budget}
        return {"what": self.what, "unit": self.unit, **figures, "kept": kept}


def imports(files: list[Path]) -> list[Figure]:
    """Import everything as a person would, from a command of its own: seconds and peak memory, index included."""
    command = [sys.executable, "-m", "catalogue"]
    subprocess.run([*command, "init"], check=True, stdout=subprocess.DEVNULL)
    start = time.perf_counter()
    process = subprocess.Popen([*command, "import", "portal", *map(str, files)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        return []
    count = db.session.query(Procedure).count()
    processor = usage.ru_utime + usage.ru_stime
    return [
        Figure(f"nhập {count} thủ tục từ JSON quốc gia, gồm lập chỉ mục", seconds, "s", 90, processor),
        Figure("bộ nhớ cao nhất khi nhập", usage.ru_maxrss / 1024, "MB", 500),
    ]


def pages(app: Flask) -> list[Figure]:
    """Server time of public pages, each asked once as by a new visitor."""
    random = Random(7)
    keys = random.sample(_keys(), SAMPLES)
    decisions = _decision_addresses(app)
    client = app.test_client()
    client.get("/")
    groups = {
        "trang thủ tục": [f"/thu-tuc/{quote(key)}" for key in keys],
        "lịch sử thủ tục": [f"/thu-tuc/{quote(key)}/lich-su" for key in keys[:40]],
        "danh sách, trang chủ, thay đổi": ["/", "/thu-tuc", "/thu-tuc?trang=7", "/thu-tuc?cap=xa", "/thay-doi"] * 6,
        "quyết định": ["/quyet-dinh", *decisions],
        "trang kết quả tìm kiếm": [f"/thu-tuc?q={quote(_name(key))}" for key in keys[:60]],
    }

    def ask(path: str) -> None:
        _get(client, path)

    figures = [_p95(f"{name}, p95", 40, ask, paths) for name, paths in groups.items()]
    return [*figures, _p95("trang danh mục, p95", 40, ask, ["/danh-muc", "/danh-muc?cap=xa"] * 5)]


def lists(app: Flask) -> list[Figure]:
    """The whole provincial list as files."""
    client = app.test_client()
    budgets = {"pdf": 5, "xlsx": 5, "json": 2, "docx": None, "csv": None}

    def ask(path: str) -> None:
        _get(client, path)

    found = []
    for suffix, budget in budgets.items():
        figure = _p95(f"danh mục {suffix}", None, ask, [f"/danh-muc.{suffix}"])
        # PDF is set by a process of its own, whose time is not in ours.
        cpu = figure.cpu / 1000 if figure.cpu is not None and suffix != "pdf" else None
        found.append(Figure(figure.what, figure.value / 1000, "s", budget, cpu))
    return found


def first_visit(app: Flask) -> list[Figure]:
    """Everything a browser fetches for the home page, as it is sent."""
    client = app.test_client()
    page = client.get("/", headers={"Accept-Encoding": "gzip"})
    text = gzip.decompress(page.data).decode() if page.headers.get("Content-Encoding") == "gzip" else page.text
    wanted = set(re.findall(r'<(?:script|img)[^>]*\ssrc="([^"]+)"', text))
    wanted |= set(re.findall(r'<link[^>]*rel="(?:stylesheet|icon|modulepreload|preload)"[^>]*href="([^"]+)"', text))
    wanted |= set(re.findall(r'<link[^>]*href="([^"]+)"[^>]*rel="(?:stylesheet|icon|modulepreload|preload)"', text))
    total = len(page.data)
    for address in wanted:
        total += len(client.get(urljoin("/", address), headers={"Accept-Encoding": "gzip"}).data)
    return [Figure("trang chủ, lần đầu, mọi tệp đã nén", total / 1000, "kB", 100)]


def searches(questions: Path | None) -> list[Figure]:
    """Time to answer words and whole sentences, in the index itself."""
    random = Random(11)
    names = [_name(key) for key in random.sample(_keys(), SAMPLES)]
    words = [" ".join(name.split()[-3:]) for name in names]
    sentences = [f"Tôi muốn hỏi {name.lower()} thì cần giấy tờ gì và nộp ở đâu" for name in names]
    if questions is not None and questions.exists():
        asked = [json.loads(line)["query"] for line in questions.read_text(encoding="utf-8").splitlines()]
        words = [text for text in asked if len(text.split()) < SENTENCE_WORDS][:1000] or words
        sentences = [text for text in asked if len(text.split()) >= SENTENCE_WORDS][:1000] or sentences
    backend, today = search(), clock.today()

    def ask(text: str) -> None:
        look_up(db.session(), backend, Query(text, today, limit=10), today)

    ask("khai sinh")
    return [
        _p95("tìm theo từ khóa, p95", 15, ask, words),
        _p95("tìm theo cả câu, p95", 40, ask, sentences),
    ]


def rehearsal() -> list[Figure]:
    """A decision that amends many procedures in force, rehearsed and thrown away."""
    session, now = db.session(), clock.now()
    open_ones = select(ProcedureVersion).join(Validity).where(Validity.valid_until.is_(None)).limit(REHEARSED)
    versions = list(session.scalars(open_ones))
    name = "do-luong"
    actor = make_account(session, username=name, full_name="Đo lường", password=name, roles=("drafter",), now=now)
    head = DraftHead(number="1/QĐ-UBND", issuer_text="Chủ tịch Ủy ban nhân dân tỉnh", signed_on=now.date(),
                     effect_type="on_signing", effect_from=now.date())  # fmt: skip
    decision = new_draft(session, head, actor=actor, now=now)
    for version in versions:
        code = version.procedure.code or ""
        append_line(session, decision, LineInput("amended", version.name, code_printed=code, level=version.level))
    session.flush()  # the plan reads the lines back by query
    start, spent = time.perf_counter(), time.process_time()
    rehearse(session, decision, now)
    seconds, processor = time.perf_counter() - start, time.process_time() - spent
    session.rollback()
    return [Figure(f"diễn tập quyết định {len(versions)} dòng", seconds, "s", 1, processor)]


def second_start(folder: Path) -> list[Figure]:
    """From calling ``bin/run`` a second time to the first page answered."""
    program = Path(__file__).resolve().parents[2] / "bin" / "run"
    if not program.exists():
        return []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "CATALOGUE_HOME": str(folder / "instance"), "PORT": str(port), "HOST": "127.0.0.1"}
    environment.pop("DATABASE_URL", None)
    environment.pop("SEARCH_URL", None)
    first, second = (_start(program, environment, port) for _ in range(2))
    return [Figure("bin/run lần đầu (nạp tỉnh mẫu)", first, "s"), Figure("bin/run lần hai", second, "s", 3)]


def _start(program: Path, environment: dict[str, str], port: int) -> float:
    start = time.perf_counter()
    process = subprocess.Popen([str(program)], env=environment, stdout=subprocess.DEVNULL)
    try:
        while time.perf_counter() - start < 120 and process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
                return time.perf_counter() - start
            except OSError:
                time.sleep(0.02)
        return float("inf")
    finally:
        process.terminate()
        process.wait()


def _p95(what: str, budget: float | None, call: Callable[[str], object], inputs: Iterable[str]) -> Figure:
    """Milliseconds that nineteen in twenty calls do not exceed."""
    walls, processor = [], []
    for value in inputs:
        start, spent = time.perf_counter(), time.process_time()
        call(value)
        walls.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    return Figure(what, percentile(walls, 0.95), "ms", budget, percentile(processor, 0.95))


def _get(client: Any, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")
    response.get_data()


def _keys() -> list[str]:
    """Addresses of public procedures in force."""
    chosen = select(Procedure.key).join(Validity).where(Procedure.register == "public", Validity.valid_until.is_(None))
    return list(dict.fromkeys(db.session.scalars(chosen.order_by(Procedure.key))))


def _name(key: str) -> str:
    chosen = select(ProcedureVersion.name).join(Procedure).where(Procedure.key == key)
    return db.session.scalars(chosen.order_by(ProcedureVersion.number.desc())).first() or key


def _decision_addresses(app: Flask) -> list[str]:
    """Pages of decisions that the list of decisions links to."""
    listed = app.test_client().get("/quyet-dinh").text
    found = list(dict.fromkeys(re.findall(r'href="(/quyet-dinh/\d{4}/[^"?#]+)"', listed)))
    return found[:30] if db.session.query(Decision).count() else []
