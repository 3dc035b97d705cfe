"""A PostgreSQL server for tests: a given one, or a private one in a temporary folder, reached by a socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit
from uuid import uuid4


def find_programs() -> Path | None:
    """The folder that holds `initdb` and `pg_ctl`, or nothing."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    program = packaged[-1] if packaged else Path(on_path).resolve() if on_path else None
    return program.parent if program and (program.parent / "pg_ctl").exists() else None


def _unprivileged() -> dict[str, str | int]:
    """PostgreSQL refuses to run as root: then some other account is used."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = names.get("postgres") or names["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid}


@dataclass(frozen=True)
class PostgresServer:
    """`url` is any database of the server that may create others, with or without an SQLAlchemy driver."""

    url: str

    @classmethod
    @contextmanager
    def private(cls, programs: Path) -> Iterator[PrivateServer]:
        account = _unprivileged()
        with tempfile.TemporaryDirectory(prefix="pg-") as name:
            folder = Path(name)
            if account:
                os.chown(folder, int(account["user"]), int(account["group"]))
            data = folder / "data"

            def run(program: str, *arguments: str) -> None:
                command = [str(programs / program), *arguments]
                subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **account)  # type: ignore[call-overload]

            run("initdb", "--pgdata", str(data), "--username=postgres", "--auth=trust", "--encoding=UTF8",
                "--locale=C.UTF-8", "--no-sync")  # fmt: skip
            options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"

            def control(verb: str, *more: str) -> None:
                run("pg_ctl", verb, "--wait", "--pgdata", str(data), *more)

            start = ("--log", str(folder / "log"), "--options", options)
            control("start", *start)
            server = PrivateServer(f"postgresql://postgres@/postgres?host={folder}", control, start)
            try:
                yield server
            finally:
                server.stop()

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        import psycopg

        parts = urlsplit(self.url)
        admin = urlunsplit(parts._replace(scheme="postgresql"))
        name = f"test_{uuid4().hex}"
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
            try:
                yield urlunsplit(parts._replace(scheme="postgresql+psycopg", path=f"/{name}"))
            finally:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@dataclass(frozen=True)
class PrivateServer(PostgresServer):
    """A server of our own, which may go away and come back."""

    control: Callable[..., None]
    starting: tuple[str, ...]

    def stop(self) -> None:
        """Go at once, as when the machine loses its power."""
        if (Path(parse_qs(urlsplit(self.url).query)["host"][0]) / "data" / "postmaster.pid").exists():
            self.control("stop", "--mode=immediate")

    def start(self) -> None:
        """Come back."""
        self.control("start", *self.starting)
