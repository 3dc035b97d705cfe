"""Full-text search over dated Vietnamese documents.

Here live the port (`ports`), Vietnamese text analysis (`vietnamese`), ranking (`relevance`, `engine`), the back ends
(`memory`, `whoosh_backend`, `postgres_backend`) and the measures of quality (`measures`). Nothing here knows
procedures, decisions, the tables of the application or the web: the application hands in documents and questions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from search_index.ports import SearchBackend
from search_index.question import Expansions

if TYPE_CHECKING:
    from sqlalchemy import Connection


def open_backend(
    url: str, expansions: Expansions | None = None, connect: Callable[[], Connection] | None = None
) -> SearchBackend:
    """The back end an address names: "memory:", "whoosh:FOLDER", "postgresql:" or "postgresql://USER@HOST/DATABASE".

    Plain "postgresql:" keeps the index in the database that `connect` leads to, inside the transaction it holds.
    `expansions` maps folded phrases to other ways to say them. Raises ValueError for an address that cannot be used.
    """
    scheme, _, place = url.partition(":")
    if scheme == "memory":
        from search_index.memory import MemoryBackend

        return MemoryBackend(expansions)
    folder = place.removeprefix("//")
    if scheme == "whoosh" and folder:
        from search_index.whoosh_backend import WhooshBackend

        return WhooshBackend(folder, expansions)
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and (folder or connect):
        from search_index.postgres_access import OwnAccess, SharedAccess
        from search_index.postgres_backend import PostgresBackend

        if folder:
            return PostgresBackend(OwnAccess(f"postgresql+psycopg:{place}"), expansions)
        assert connect is not None
        return PostgresBackend(SharedAccess(connect), expansions)
    raise ValueError(url)
