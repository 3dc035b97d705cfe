"""``catalogue move`` carries a whole installation to another database; ``catalogue hash`` proves what is the same."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session

from catalogue import clock, config, indexing
from catalogue.cli.answers import Progress, Refused, answer, as_json
from catalogue.cli.writing import patient_turn
from catalogue.extensions import db
from catalogue.queries.fingerprint import Fingerprint, fingerprint
from catalogue.services import moving
from catalogue.synonyms import EXPANSIONS
from search_index import open_backend
from search_index.ports import SearchBackend, SearchError


@click.command("hash")
@as_json
def show_hash(as_json: bool) -> None:
    """Giá trị băm của toàn bộ dữ liệu: hai cơ sở dữ liệu giống nhau thì giá trị này bằng nhau."""
    found = _fingerprint(db.session().connection(), "Đang đọc")
    tables = {name: {"rows": count, "hash": digest} for name, (count, digest) in found.tables.items()}
    answer({"hash": found.hash, "rows": found.rows, "tables": tables}, found.hash, as_json=as_json)


@click.command("move")
@click.option("--to", "url", required=True, metavar="URL", help="Cơ sở dữ liệu đích, còn trống.")
@click.option("--search", "search_url", metavar="URL", help="Chỉ mục của nơi đến; mặc định theo cơ sở dữ liệu đích.")
@as_json
def move(url: str, search_url: str | None, as_json: bool) -> None:
    """Chuyển toàn bộ dữ liệu sang cơ sở dữ liệu khác (SQLite, PostgreSQL) và chứng minh không sai một dòng."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    url = _address(url)
    session = db.session()
    patient_turn(session)  # nobody writes while everything is read
    with _target(url) as engine, engine.connect() as connection, Session(connection) as other:
        found = _carried(session.connection(), other)
        index = _index(url, search_url, other)
        count = _indexed(other, index) if index.joins_transactions else 0
        other.commit()
        session.rollback()
        if not index.joins_transactions:
            count = _indexed_after(other, index)
    value = {"tables": len(found.tables), "rows": found.rows, "hash": found.hash, "documents": count}
    answer(value, _told(url, found, count), as_json=as_json)


def _address(given: str) -> str:
    """The target as the program will read it: nothing can be kept nowhere."""
    if not given.strip():
        raise Refused("Chưa ghi cơ sở dữ liệu đích.")
    url = _whole(config.database_url({"DATABASE_URL": given}, Path()))
    if url.startswith("sqlite") and url.partition("://")[2] in ("", "/", "/:memory:"):
        raise Refused(f"Địa chỉ «{given[:80]}» chỉ giữ dữ liệu trong bộ nhớ; hãy ghi đường dẫn của một tệp.")
    return url


def _whole(url: str) -> str:
    """The address of a file by its whole path, which means the same wherever it is read from. As in ``DATABASE_URL``,
    a short one begins in the data folder."""
    scheme, _separator, path = url.partition(":///")
    if not scheme.startswith("sqlite") or path.startswith((":memory:", "file:")) or not path:
        return url
    file, mark, options = path.partition("?")
    return f"{scheme}:///{(Path(current_app.config['CATALOGUE_HOME']) / file).resolve()}{mark}{options}"


def _carried(source: Connection, other: Session) -> Fingerprint:
    """Everything copied and compared, not yet committed."""
    target = other.connection()
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("BEGIN IMMEDIATE")  # the driver would commit each new table by itself
    try:
        moving.prepare(source, target)
        with Progress("Đang chuyển", moving.total(source)) as progress:
            moving.carry(source, target, progress.show)
    except moving.NotMovable as refused:
        raise Refused(str(refused)) from None
    before, after = _fingerprint(source, "Đang đối chiếu nguồn"), _fingerprint(target, "Đang đối chiếu đích")
    if differing := before.differing(after):
        raise Refused(f"Dữ liệu ở đích khác nguồn (bảng {', '.join(differing)}); chưa ghi gì vào đích.")
    return before


def _fingerprint(connection: Connection, doing: str) -> Fingerprint:
    with Progress(doing, moving.total(connection)) as progress:
        return fingerprint(connection, progress.show)


@contextmanager
def _target(url: str) -> Iterator[Engine]:
    """The engine of an address, or a refusal that tells what is wrong with it."""
    try:
        if make_url(url) == make_url(_whole(str(current_app.config["SQLALCHEMY_DATABASE_URI"]))):
            raise Refused("Cơ sở dữ liệu đích chính là cơ sở dữ liệu đang dùng.")
        engine = create_engine(url, **config.engine_options(url))
    except (ArgumentError, NoSuchModuleError, ImportError):
        shown = "sqlite:///đường-dẫn hoặc postgresql://tên@máy/csdl"
        raise Refused(f"Địa chỉ «{url[:80]}» chưa dùng được; viết theo dạng {shown}.") from None
    try:
        engine.connect().close()
    except OperationalError:
        engine.dispose()
        raise Refused("Chưa kết nối được cơ sở dữ liệu đích; hãy kiểm tra địa chỉ và máy chủ.") from None
    try:
        yield engine
    finally:
        engine.dispose()


def _index(url: str, search_url: str | None, other: Session) -> SearchBackend:
    """The index of the installation to be: in its database, or beside its file."""
    folder = Path(make_url(url).database or "").absolute().parent
    chosen = search_url or config.search_url({}, url, folder)
    try:
        return open_backend(chosen, EXPANSIONS, connect=other.connection)
    except ValueError:
        raise Refused(f"Địa chỉ chỉ mục «{chosen}» chưa dùng được.") from None


def _indexed(other: Session, index: SearchBackend) -> int:
    with Progress("Lập chỉ mục", indexing.total(other)) as progress:
        return indexing.rebuild(other, index, clock.now(), progress.show)


def _indexed_after(other: Session, index: SearchBackend) -> int:
    try:
        count = _indexed(other, index)
    except SearchError as error:
        done = "Dữ liệu đã chuyển đủ và đúng, nhưng chỉ mục tìm kiếm thì chưa."
        raise Refused(f"{done} {error} Sau khi đổi cấu hình, hãy chạy: catalogue search rebuild.") from None
    other.commit()
    return count


def _told(url: str, found: Fingerprint, documents: int) -> str:
    shown = make_url(url).render_as_string(hide_password=True)
    return "\n".join([
        f"Đã chuyển {found.rows} dòng của {len(found.tables)} bảng và lập chỉ mục {documents} nội dung.",
        f"Đã đối chiếu từng dòng: hai cơ sở dữ liệu giống nhau, giá trị băm {found.hash}.",
        f"Để dùng nơi mới: đặt DATABASE_URL là {shown}, giữ nguyên SECRET_KEY, rồi khởi động lại.",
    ])  # fmt: skip


COMMANDS = (move, show_hash)
