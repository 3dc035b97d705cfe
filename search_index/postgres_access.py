"""Two ways to a PostgreSQL database: a connection of our own, or the one whose transaction the caller holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import psycopg
from psycopg import errors
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError

from search_index.condition import AWAY, BUSY, DAMAGED, DISCONNECTED, FAILED, FULL, NO_RIGHT, READ_ONLY
from search_index.ports import IndexBusy, IndexFailed, IndexUnusable

# A machine that is gone is noticed within seconds, also one that went without a word.
OPTIONS: dict[str, Any] = {
    "pool_pre_ping": True,
    "connect_args": {
        "connect_timeout": 3, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
    },
}  # fmt: skip
REASONS: dict[type[psycopg.Error], str] = {
    errors.DiskFull: FULL,
    errors.InsufficientPrivilege: NO_RIGHT,
    errors.ReadOnlySqlTransaction: READ_ONLY,
    psycopg.OperationalError: DISCONNECTED,  # what the others, which are told first, are kinds of
}
LOCKED = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)


class Access(Protocol):
    """How the back end comes to a connection. `shared` tells whether the caller's transaction decides what stays."""

    shared: bool

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to read with."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection whose changes are kept together when the block ends well, and dropped when it fails."""


class OwnAccess:
    """Connections of our own; every change is committed at once. For an index in another database."""

    shared = False

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, **OPTIONS)
        self._reader = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    def close(self) -> None:
        """Give every connection back to the server."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See `Access`. Raises IndexUnusable while the server is away."""
        try:
            with self._reader.connect() as connection:
                yield connection
        except OperationalError as error:
            raise IndexUnusable(AWAY) from error
        except DBAPIError as error:
            raise IndexUnusable(DAMAGED.format(reason=type(error.orig).__name__)) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See `Access`."""
        with told(), self._engine.begin() as connection:
            yield connection


class SharedAccess:
    """The caller's connection: the index changes with his transaction, and is read as of the same moment."""

    shared = True

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See `Access`. A database that is away is the caller's affair, whose every other question fails as well."""
        yield self._connect()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See `Access`: a savepoint, so that a failing index does not undo what the caller is about to commit."""
        connection = self._connect()
        with told(), connection.begin_nested():
            yield connection


@contextmanager
def told() -> Iterator[None]:
    """Tell a failure of writing as the port promises."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(origin, LOCKED):
            raise IndexBusy(BUSY) from error
        reason = next((words for kind, words in REASONS.items() if isinstance(origin, kind)), "")
        raise IndexFailed(FAILED.format(reason=reason or type(origin).__name__)) from error
