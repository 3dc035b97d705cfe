"""The tables of a PostgreSQL index: segments that never change, and one row that says which state is the current one.

    search_state     one row: schema version, and a mark that no other state ever had or will have
    search_segment   how many documents it was written with, which were removed since, and what its change dropped
    search_document  one row a document: its facts, and a digest of the texts it is found by
    search_posting   one row a term: document numbers (four bytes each) and weights (four bytes each), little-endian

They are no part of the migrations: dropping them loses nothing that a rebuild does not bring back.
"""

from __future__ import annotations

import json
import sys
import uuid
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from itertools import count
from typing import Any, TypeAlias

import psycopg
from sqlalchemy import Connection

from search_index.condition import SCHEMA_VERSION
from search_index.ports import IndexedDocument
from search_index.relevance import document_terms
from search_index.segments import texts_digest
from search_index.validity import Facts
from search_index.views import Name, Postings

# Raise when the tables change: those of another program are then replaced by the next rebuild.
LAYOUT_MARK = "search index 1"
LAYOUT = (
    """CREATE TABLE IF NOT EXISTS search_state (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        schema text NOT NULL, revision text NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS search_segment (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        size integer NOT NULL, removed integer[] NOT NULL DEFAULT '{}', dropped json NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS search_document (
        segment bigint, number integer, key text NOT NULL, procedure text NOT NULL, facts text NOT NULL,
        texts bytea NOT NULL, PRIMARY KEY (segment, number))""",
    "CREATE INDEX IF NOT EXISTS search_document_key ON search_document (key)",
    "CREATE INDEX IF NOT EXISTS search_document_procedure ON search_document (procedure)",
    """CREATE TABLE IF NOT EXISTS search_posting (
        segment bigint, term bytea, numbers bytea NOT NULL, weights bytea NOT NULL, PRIMARY KEY (segment, term))""",
    # Packing postings tighter costs more time at every question than the room is worth.
    """ALTER TABLE search_posting ALTER numbers SET STORAGE EXTERNAL, ALTER weights SET STORAGE EXTERNAL""",
    f"COMMENT ON TABLE search_posting IS '{LAYOUT_MARK}'",
)
TABLES = ("search_state", "search_segment", "search_document", "search_posting")
Dropped: TypeAlias = Mapping[str, Sequence[str]]  # "procedures" and "keys"

FACTS_AT_ONCE = 2_000

# Any two numbers, the same on every machine: the keys of the locks.
REBUILDING, LAYING_OUT = 63_2011, 63_2012

_POSTINGS = """
    SELECT id, NULL::bytea, NULL::bytea, NULL::bytea FROM search_segment WHERE id = ANY(%(segments)s)
    UNION ALL
    SELECT segment, term, numbers, weights FROM search_posting
    WHERE segment = ANY(%(segments)s) AND term = ANY(%(terms)s)"""


@dataclass
class Draft:
    """A segment while it is gathered."""

    documents: list[tuple[str, str, str, bytes]] = field(default_factory=list)  # key, procedure, facts, texts
    terms: dict[bytes, Postings] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[IndexedDocument]) -> Draft:
        """All of these."""
        draft = cls()
        for document in documents:
            draft.add(document)
        return draft

    def add(self, document: IndexedDocument) -> None:
        """One more document, analysed."""
        number = len(self.documents)
        facts = packed_facts(document)
        self.documents.append((document.key, document.procedure, facts, texts_digest(document)))
        for kind, weights in document_terms(document).items():
            for term, weight in weights.items():
                self.post(term_key((kind, term)), number, weight)

    def post(self, term: bytes, number: int, weight: float) -> None:
        """One posting; numbers must come in ascending order."""
        found = self.terms.get(term)
        if found is None:
            found = self.terms[term] = (array("I"), array("f"))
        found[0].append(number)
        found[1].append(weight)


def term_key(name: Name) -> bytes:
    """A term as it stands in the table; bytes sort and compare alike under every collation."""
    return " ".join(name).encode()


def packed_facts(document: IndexedDocument) -> str:
    """The facts of a document as JSON in ASCII, which every encoding of a database can hold."""
    return json.dumps(astuple(Facts.of(document)))


def lay_out(connection: Connection) -> None:
    """Create what is missing."""
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (LAYING_OUT,))
    found = layout(connection)
    if found is not None and found != LAYOUT_MARK:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {', '.join(TABLES)}")
    if found != LAYOUT_MARK:
        for statement in LAYOUT:
            connection.exec_driver_sql(statement)


def layout(connection: Connection) -> str | None:
    """The mark of the tables that are there, None without any; asking a table itself could spoil the transaction."""
    return connection.exec_driver_sql(
        """SELECT coalesce(obj_description(to_regclass('search_posting'), 'pg_class'), '')
           WHERE to_regclass('search_posting') IS NOT NULL"""
    ).scalar()


def hold_rebuilds_off(connection: Connection) -> bool:
    """Until the transaction ends no rebuild begins; False when one is at work."""
    return bool(connection.exec_driver_sql("SELECT pg_try_advisory_xact_lock(%s)", (REBUILDING,)).scalar())


def set_state(connection: Connection) -> None:
    """Give the state a mark of its own: a number would come again after a change that was rolled back."""
    connection.exec_driver_sql(
        "UPDATE search_state SET schema = %s, revision = %s", (SCHEMA_VERSION, uuid.uuid4().hex[:16])
    )


def segments(connection: Connection) -> list[int]:
    """All that are there."""
    return list(connection.exec_driver_sql("SELECT id FROM search_segment ORDER BY id").scalars())


def write(connection: Connection, draft: Draft, dropped: Dropped) -> int:
    """Store a segment; `dropped` are the "procedures" and "keys" whose older documents it took the place of."""
    segment: int = connection.exec_driver_sql(
        "INSERT INTO search_segment (size, dropped) VALUES (%s, %s) RETURNING id",
        (len(draft.documents), json.dumps({name: list(values) for name, values in dropped.items()})),
    ).scalar_one()
    rows: Iterable[Sequence[Any]] = (
        (segment, number, *document) for number, document in enumerate(draft.documents)
    )  # fmt: skip
    columns = "(segment, number, key, procedure, facts, texts)"
    _copy(connection, f"search_document {columns}", ("int8", "int4", "text", "text", "text", "bytea"), rows)
    rows = ((segment, term, packed(numbers), packed(weights)) for term, (numbers, weights) in draft.terms.items())
    _copy(connection, "search_posting (segment, term, numbers, weights)", ("int8", "bytea", "bytea", "bytea"), rows)
    return segment


def _copy(connection: Connection, into: str, types: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    driver: Any = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)


def delete(connection: Connection, segments: Sequence[int]) -> None:
    """Remove segments with all they hold."""
    for table, column in (("search_posting", "segment"), ("search_document", "segment"), ("search_segment", "id")):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ANY(%s)", (list(segments),))  # noqa: S608


def remove(connection: Connection, gone: Mapping[int, Sequence[int]]) -> None:
    """Mark documents, given by segment and number, as removed."""
    for segment, numbers in gone.items():
        connection.exec_driver_sql(
            "UPDATE search_segment SET removed = removed || %s::integer[] WHERE id = %s", (list(numbers), segment)
        )


def documents_of(connection: Connection, dropped: Dropped, only: Sequence[int] | None = None) -> list[Any]:
    """Rows (segment, number, key, facts, texts) of the documents not yet removed that have these procedures or keys."""
    statement = """
        SELECT segment, number, key, facts, texts FROM search_document JOIN search_segment ON id = segment
        WHERE (procedure = ANY(%(procedures)s) OR key = ANY(%(keys)s)) AND NOT number = ANY(removed)"""
    values = {"procedures": list(dropped["procedures"]), "keys": list(dropped["keys"])}
    if only is not None:
        return list(connection.exec_driver_sql(f"{statement} AND id = ANY(%(only)s)", {**values, "only": list(only)}))
    return list(connection.exec_driver_sql(statement, values))


def is_unchanged(row: Any, document: IndexedDocument) -> bool:
    """Whether a row of `documents_of` is what the document would be written as."""
    return bool(row.facts == packed_facts(document) and bytes(row.texts) == texts_digest(document))


def dropped_by_others(connection: Connection, known: Sequence[int]) -> list[Dropped]:
    """What the segments that are not among the known took the place of, oldest first."""
    rows = connection.exec_driver_sql(
        "SELECT dropped FROM search_segment WHERE NOT id = ANY(%s) ORDER BY id", (list(known),)
    )
    return [dropped for dropped in rows.scalars() if dropped]


def read_facts(connection: Connection, segments: Sequence[int]) -> dict[int, list[Facts]]:
    """The facts of every document ever written into these segments, in the order of their numbers."""
    return {segment: list(_facts_of(connection, segment)) for segment in segments}


def _facts_of(connection: Connection, segment: int) -> Iterator[Facts]:
    # A few at a time: all rows of a long history at once would take more memory than what is made of them.
    statement = "SELECT facts FROM search_document WHERE segment = %s AND number >= %s AND number < %s ORDER BY number"
    for first in count(0, FACTS_AT_ONCE):
        rows = connection.exec_driver_sql(statement, (segment, first, first + FACTS_AT_ONCE)).scalars().all()
        yield from (Facts.from_row(json.loads(facts)) for facts in rows)
        if len(rows) < FACTS_AT_ONCE:
            return


def read_postings(
    connection: Connection, segments: Sequence[int], names: Sequence[Name]
) -> dict[int, dict[Name, Postings]] | None:
    """The postings of these terms by segment, in one journey; None when one of the segments is no longer there."""
    keys = {term_key(name): name for name in names}
    values = {"segments": list(segments), "terms": list(keys)}
    found: dict[int, dict[Name, Postings]] = {}
    for segment, term, numbers, weights in connection.exec_driver_sql(_POSTINGS, values):
        held = found.setdefault(segment, {})
        if term is not None:
            held[keys[bytes(term)]] = (unpacked("I", numbers), unpacked("f", weights))
    return found if len(found) == len(set(segments)) else None


def read_everything(connection: Connection, segments: Sequence[int]) -> Iterator[tuple[int, bytes, Postings]]:
    """Every term of these segments: segment, term, postings; segments in ascending order for each term."""
    rows = connection.exec_driver_sql(
        "SELECT segment, term, numbers, weights FROM search_posting WHERE segment = ANY(%s) ORDER BY term, segment",
        (list(segments),),
    )
    for segment, term, numbers, weights in rows:
        yield segment, bytes(term), (unpacked("I", numbers), unpacked("f", weights))


def packed(values: array[Any]) -> bytes:
    """Four bytes a value, little-endian."""
    if sys.byteorder == "big":
        values = array(values.typecode, values)
        values.byteswap()
    return values.tobytes()


def unpacked(typecode: str, data: bytes) -> array[Any]:
    """The inverse of `packed`."""
    values: array[Any] = array(typecode, bytes(data))
    if sys.byteorder == "big":
        values.byteswap()
    return values
