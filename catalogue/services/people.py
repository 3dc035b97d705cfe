"""Accounts: made, found and checked at sign-in."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account

_HASHER = PasswordHasher()

IMPORTER = "nhap-tu-dong"


def make_account(
    session: Session, *, username: str, full_name: str, password: str, roles: tuple[str, ...], now: datetime,
    title: str = "", agency_id: int | None = None, hasher: PasswordHasher = _HASHER,
) -> Account:  # fmt: skip
    """A new account with an argon2 hash of its password; the name must be free."""
    account = Account(
        username=username, full_name=full_name, title=title, roles=",".join(roles), agency_id=agency_id,
        password_hash=hasher.hash(password), created_at=now,
    )  # fmt: skip
    session.add(account)
    session.flush()  # audit entries point to the id
    return account


def record_change(session: Session, account: Account, *, actor: Account | None, now: datetime, change: str) -> None:
    """Put a change of an account into the log; never its password."""
    audit.record(
        session, actor=actor, action=AuditAction.ACCOUNT_CHANGED, subject=account, at=now,
        change=change, username=account.username, roles=account.roles,
    )  # fmt: skip


def importer(session: Session, now: datetime) -> Account:
    """The account that stands for files taken in by command without a named person; nobody can sign in with it."""
    found = session.scalar(select(Account).where(Account.username == IMPORTER))
    if found is None:
        found = make_account(
            session, username=IMPORTER, full_name="Nhập tự động", password=secrets.token_urlsafe(32),
            roles=("drafter",), now=now,
        )  # fmt: skip
        found.active = False
    return found


def account_named(session: Session, username: str) -> Account | None:
    """The active account of that name."""
    return session.scalar(select(Account).where(Account.username == username.strip(), Account.active.is_(True)))


def signed_in(session: Session, username: str, password: str) -> Account | None:
    """The account when the password fits; the same work is done for an unknown name, so that time tells nothing."""
    account = account_named(session, username)
    stored = account.password_hash if account else _nobody()
    try:
        _HASHER.verify(stored, password)
    except Argon2Error:
        return None
    return account


@cache
def _nobody() -> str:
    """A hash to check against when there is no account; made at the first need, it costs as much as a sign-in."""
    return _HASHER.hash("không ai cả")
