"""``catalogue init``: bring the database to the newest form, fill in what every office needs, build the index."""

from __future__ import annotations

import importlib
import logging
from datetime import datetime
from inspect import unwrap
from typing import Any

import click
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue import audit, clock, glossary, indexing
from catalogue.audit import AuditAction
from catalogue.cli.answers import Refused, answer, as_json
from catalogue.cli.writing import index_changes, rebuild_index, writing
from catalogue.extensions import db, search
from catalogue.models import Account, Decision, HolidayEntry
from decisions.working_days import DEFAULT_HOLIDAYS
from search_index.ports import SearchError


@click.command("init")
@click.option("--sample", is_flag=True, help="Nạp tỉnh mẫu (hư cấu) khi cơ sở dữ liệu còn trống.")
@as_json
def init(sample: bool, as_json: bool) -> None:
    """Chuẩn bị cơ sở dữ liệu, lịch nghỉ và chỉ mục; chạy lại bao nhiêu lần cũng được."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    unwrap(upgrade)()  # bare, so that a failure is told in our words
    session, now = db.session(), clock.now()
    with writing(session) as work:
        seed_holidays(work.session, now)
    loaded = sample and _is_empty(session) and _load_sample(session, now)
    try:
        if loaded or _index_is_unusable(session):
            rebuild_index(session)
        else:
            index_changes(session)
    except SearchError as error:
        raise Refused(f"Cơ sở dữ liệu đã sẵn sàng, nhưng chỉ mục tìm kiếm thì chưa. {error}") from None
    people = _sample_people(session) if sample else []
    names = [person.username for person in people]
    value = {"sample_loaded": bool(loaded), "periods": indexing.total(session), "accounts": names}
    told = _accounts_text(people) if people else "Cơ sở dữ liệu và chỉ mục đã sẵn sàng."
    answer(value, told, as_json=as_json)


def seed_holidays(session: Session, now: datetime) -> int:
    """Put the published holidays into an empty calendar; an edited one is left alone. Returns how many were added."""
    if session.scalar(select(func.count()).select_from(HolidayEntry)):
        return 0
    session.add_all(
        HolidayEntry(day=holiday.day, kind=holiday.kind.value, source=holiday.source) for holiday in DEFAULT_HOLIDAYS
    )
    audit.record(
        session, actor=None, action=AuditAction.CATALOGUE_INITIALISED, subject=None, at=now,
        holidays=len(DEFAULT_HOLIDAYS),
    )  # fmt: skip
    return len(DEFAULT_HOLIDAYS)


def _is_empty(session: Session) -> bool:
    return not (session.scalar(select(func.count(Account.id))) or session.scalar(select(func.count(Decision.id))))


def _load_sample(session: Session, now: datetime) -> bool:
    province = _sample()
    click.echo("Đang nạp tỉnh mẫu…", err=True)
    with writing(session) as work:
        province.load(work.session, now)
    return True


def _index_is_unusable(session: Session) -> bool:
    """Whether the index is missing, of another form, damaged, or empty although there is something to find."""
    try:
        return search().count() == 0 and indexing.total(session) > 0
    except SearchError:
        return True


def _sample_people(session: Session) -> list[Any]:
    """The sample accounts, as long as they are the ones in the database."""
    known = set(session.scalars(select(Account.username).where(Account.active)))
    return [person for person in _sample().people() if person.username in known]


def _accounts_text(people: list[Any]) -> str:
    lines = [f"Tài khoản của tỉnh mẫu (mật khẩu chung: {_sample().PASSWORD}):"]
    for person in people:
        roles = ", ".join(glossary.ROLES.get(role, role).lower() for role in person.roles)
        lines.append(f"  {person.username:<10} {person.full_name} – {roles}")
    return "\n".join(lines)


def _sample() -> Any:
    # Imported only when asked for: an installation may leave the sample out.
    try:
        return importlib.import_module("catalogue.sample")
    except ModuleNotFoundError:
        raise Refused("Bản cài đặt này không kèm tỉnh mẫu.") from None


COMMANDS = (init,)
