"""Serving, as ``bin/run`` does it: ready from nothing, quick the second time, clear when the port is taken."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(home: Path, port: int, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, in a data folder of its own."""
    settings = {"CATALOGUE_HOME": str(home), "PORT": str(port), "HOST": "127.0.0.1", "PYTHONUNBUFFERED": "1"}
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SEARCH_URL")}
    process = subprocess.Popen(
        [sys.executable, "-m", "catalogue", "serve", *options], env={**environment, **settings},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def page(port: int, process: subprocess.Popen[str], seconds: float = 60) -> str:
    """The home page, as soon as it answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as response:
                return response.read().decode()
        except OSError:
            if process.poll() is not None:
                raise AssertionError(process.communicate()[1]) from None
            time.sleep(0.05)
    raise AssertionError("nothing answered")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_it_serves_a_sample_province_from_nothing_and_again(home):
    for _ in range(2):
        port = free_port()
        with serving(home, port, "--sample") as process:
            assert "<h1" in page(port, process)
            said = [process.stdout.readline() for _ in range(7)]
        assert f"http://127.0.0.1:{port}" in said[-1]
        assert any("chi " in line for line in said), "the sample accounts are told"


def test_a_taken_port_is_told_in_one_sentence(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(home, port) as process:
            _, error = process.communicate(timeout=30)
            assert process.returncode == 1
            assert error.count("\n") == 1 and str(port) in error and "PORT" in error


def test_a_setting_that_cannot_be_read_is_named(home, monkeypatch):
    monkeypatch.setenv("MAX_UPLOAD_MB", "nhiều")
    with serving(home, free_port()) as process:
        _, error = process.communicate(timeout=30)
        assert process.returncode == 2
        assert "MAX_UPLOAD_MB" in error and "nhiều" in error and "Traceback" not in error
