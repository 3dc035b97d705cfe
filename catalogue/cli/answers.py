"""What commands say: plain text or JSON on stdout, one Vietnamese sentence and a non-zero exit on refusal."""

from __future__ import annotations

import json
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Account, Decision
from catalogue.services.people import account_named
from decisions.numbering import parse_decision_number

as_json = click.option("--json", "as_json", is_flag=True, help="Trả lời bằng JSON.")
as_account = click.option(
    "--as", "username", required=True, metavar="ACCOUNT", help="Tên đăng nhập của người thực hiện."
)


class Refused(click.ClickException):
    """One sentence for stderr; exit code 1."""

    def show(self, file: Any = None) -> None:
        """The sentence as it is, without a machine's prefix."""
        click.echo(self.message, file=file, err=file is None)


def answer(value: Any, text: str, *, as_json: bool) -> None:
    """Print the one or the other."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str) if as_json else text)


def account(session: Session, username: str) -> Account:
    """The named active account, or a refusal."""
    found = account_named(session, username)
    if found is None:
        raise Refused(f"Không có tài khoản «{username}» đang hoạt động.")
    return found


def decision(session: Session, reference: str) -> Decision:
    """By id, or by number when it is unique."""
    if reference.isdecimal() and (found := session.get(Decision, int(reference))) is not None:
        return found
    key = parse_decision_number(reference).key
    found_all = list(session.scalars(select(Decision).where(Decision.number_key == key)))
    if len(found_all) == 1:
        return found_all[0]
    if found_all:
        ids = ", ".join(str(d.id) for d in found_all)
        raise Refused(f"Có {len(found_all)} quyết định số «{reference}»; hãy chỉ rõ bằng mã số: {ids}.")
    raise Refused(f"Không có quyết định «{reference}».")
