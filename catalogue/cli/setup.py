"""``catalogue init``: bring the database to the newest form, fill in what every office needs, build the index."""

from __future__ import annotations

import importlib
import logging
from datetime import datetime
from typing import Any

import click
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue import audit, clock, glossary, indexing
from catalogue.audit import AuditAction
from catalogue.cli.answers import Refused
from catalogue.cli.search import rebuild_index
from catalogue.extensions import db, search
from catalogue.models import Account, Decision, HolidayEntry
from catalogue.unit_of_work import unit_of_work
from decisions.working_days import DEFAULT_HOLIDAYS
from search_index.ports import SearchError


@click.command("init")
@click.option("--sample", is_flag=True, help="Nạp tỉnh mẫu (hư cấu) khi cơ sở dữ liệu còn trống.")
def init(sample: bool) -> None:
    """Chuẩn bị cơ sở dữ liệu, lịch nghỉ và chỉ mục; chạy lại bao nhiêu lần cũng được."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade()
    session, now = db.session(), clock.now()
    with unit_of_work(session) as work:
        seed_holidays(work.session, now)
    loaded = sample and _is_empty(session) and _load_sample(session, now)
    if loaded or _index_is_unusable(session):
        rebuild_index(session)
    else:
        with unit_of_work(session) as work:
            indexing.sync(work.session, search(), now, limit=1_000_000)
    if sample:
        _tell_accounts(session)


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
    with unit_of_work(session) as work:
        province.load(work.session, now)
    return True


def _index_is_unusable(session: Session) -> bool:
    """Whether the index is missing, of another form, damaged, or empty although there is something to find."""
    try:
        return search().count() == 0 and indexing.total(session) > 0
    except SearchError:
        return True


def _tell_accounts(session: Session) -> None:
    """The sample accounts, as long as they are the ones in the database."""
    province = _sample()
    known = set(session.scalars(select(Account.username).where(Account.active)))
    shown = [person for person in province.people() if person.username in known]
    if not shown:
        return
    click.echo(f"Tài khoản của tỉnh mẫu (mật khẩu chung: {province.PASSWORD}):")
    for person in shown:
        roles = ", ".join(glossary.ROLES.get(role, role).lower() for role in person.roles)
        click.echo(f"  {person.username:<10} {person.full_name} – {roles}")


def _sample() -> Any:
    # Imported only when asked for: an installation may leave the sample out.
    try:
        return importlib.import_module("catalogue.sample")
    except ModuleNotFoundError:
        raise Refused("Bản cài đặt này không kèm tỉnh mẫu.") from None


COMMANDS = (init,)
