"""Who is signed in. The session names the account and a mark of its password, and ends after a working day."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from flask import request, session

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import Account

LASTS = timedelta(hours=12)


def current_account() -> Account | None:
    """The signed-in account; none when it was closed, its password changed, or the session is too old."""
    number, mark, since = session.get("account"), session.get("mark"), session.get("since")
    if not isinstance(number, int) or not isinstance(since, str):
        return None
    account = db.session.get(Account, number)
    if account is None or not account.active or mark != password_mark(account):
        return None
    return account if clock.now() - datetime.fromisoformat(since) < LASTS else None


def sign_in(account: Account, now: datetime) -> None:
    """Start a fresh session: nothing of the stranger's one is kept, so that it cannot have been prepared."""
    session.clear()
    session["account"] = account.id
    session["mark"] = password_mark(account)
    session["since"] = now.isoformat()


def sign_out() -> None:
    """Forget everything."""
    session.clear()


def password_mark(account: Account) -> str:
    """Changes with the password, so that all other sessions end; says nothing about it."""
    return hashlib.sha256(account.password_hash.encode()).hexdigest()[:16]


def safe_return(address: str | None) -> str | None:
    """An address of our own office to go on to after signing in, or nothing."""
    if address and address.startswith(f"{request.script_root}/quan-tri/") and "//" not in address:
        return address if "\\" not in address else None
    return None
