"""What every test may ask for. Nothing of Flask or SQLAlchemy here: the pure tests stay pure."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres_server import PostgresServer, find_programs

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")

# Who starts the suite in the background of a script hands down "ignore Ctrl+C" to every program it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _everything_is_required() -> bool:
    return os.environ.get("REQUIRE_ALL") == "1"


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Where everything must run, a skip is a failure that keeps its reason."""
    if not _everything_is_required() or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"REQUIRE_ALL=1, but this was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data, which is never part of the project."""
    folder = Path(os.environ.get("REAL_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"real data not found in {folder}; set REAL_DATA")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium that is installed here; CHROMIUM names another."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium found; install it or set CHROMIUM")
    return found


@pytest.fixture(scope="session")
def _postgres_server() -> Iterator[PostgresServer]:
    """The server of TEST_POSTGRES_URL, or a private one that lives as long as this run."""
    url = os.environ.get("TEST_POSTGRES_URL")
    if url:
        yield PostgresServer(url)
        return
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL found; install it or set TEST_POSTGRES_URL")
    with PostgresServer.private(programs) as server:
        yield server


@pytest.fixture
def postgres_url(_postgres_server: PostgresServer) -> Iterator[str]:
    """An SQLAlchemy URL of an empty database that is dropped afterwards."""
    with _postgres_server.empty_database() as url:
        yield url
