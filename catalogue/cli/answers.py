"""What commands take and say: plain text or JSON on stdout, progress, one Vietnamese sentence on refusal."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Account, Decision
from catalogue.permissions import Permission, permissions_of, sees_every_agency
from catalogue.queries import office
from catalogue.queries.office import Viewer
from catalogue.services.people import account_named
from decisions.kinds import DecisionKind
from decisions.numbering import parse_decision_number

as_json = click.option("--json", "as_json", is_flag=True, help="Trả lời bằng JSON.")
as_account = click.option(
    "--as", "username", required=True, metavar="ACCOUNT", help="Tên đăng nhập của người thực hiện."
)

LONGEST_ID = 9  # digits that every database takes for a whole number


class Refused(click.ClickException):
    """One sentence for stderr; exit code 1."""

    def show(self, file: Any = None) -> None:
        """The sentence as it is, without a machine's prefix."""
        click.echo(self.message, file=file, err=file is None)


class OneOf(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """In Vietnamese, with everything that may be chosen."""
        return f"không nhận «{str(value)[:40]}»; chọn một trong: {', '.join(self.choices)}."


class Whole(click.IntRange):
    """A whole number between two bounds."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a refusal that names what was written and the bounds."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"không nhận «{str(value)[:40]}»; viết một số từ {self.min} đến {self.max}.", param, ctx)


class Progress:
    """One line that writes over itself while long work goes on; silent where nobody looks at a terminal."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self.what, self.total = what, total
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo(f"\r{'':<78}\r", nl=False, err=True)

    def show(self, done: int) -> None:
        """``done`` of ``total`` so far; every hundredth is enough for the eye."""
        if sys.stderr.isatty() and (done % 100 == 0 or done == self.total):
            of = f"/{self.total}" if self.total else ""
            click.echo(f"\r{f'{self.what}: {done}{of}':<78}", nl=False, err=True)
            self._shown = True


def answer(value: Any, text: str, *, as_json: bool) -> None:
    """Print the one or the other."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str) if as_json else text)


def remark(text: str) -> None:
    """Something worth knowing that is neither the answer nor a refusal."""
    click.echo(text, err=True)


def account(session: Session, username: str, permission: Permission, doing: str) -> Account:
    """The named active account when its roles allow what the command does, or a refusal; as on screen."""
    found = account_named(session, username)
    if found is None:
        raise Refused(f"Không có tài khoản «{username}» đang hoạt động.")
    if permission not in permissions_of(found.role_names):
        raise Refused(f"Tài khoản «{username}» không có quyền {doing}.")
    return found


def decision(session: Session, reference: str) -> Decision:
    """By id, or by number when it is unique; the opening inventory is no decision."""
    shown = select(Decision).where(Decision.kind != DecisionKind.INVENTORY)
    if reference.isascii() and reference.isdecimal() and len(reference) <= LONGEST_ID:
        found = session.scalar(shown.where(Decision.id == int(reference)))
        if found is not None:
            return found
    key = parse_decision_number(reference).key
    found_all = list(session.scalars(shown.where(Decision.number_key == key, Decision.number_key != "")))
    if len(found_all) == 1:
        return found_all[0]
    if found_all:
        ids = ", ".join(f"{d.id} (năm {d.year or 'chưa rõ'})" for d in found_all)
        raise Refused(f"Có {len(found_all)} quyết định số «{reference}»; hãy chỉ rõ bằng mã số: {ids}.")
    raise Refused(f"Không có quyết định «{reference[:80]}».")


def seen_by(session: Session, actor: Account, reference: str) -> Decision:
    """The decision when this account may see it: drafts of another agency are not there for a drafter."""
    found = decision(session, reference)
    viewer = Viewer(actor.id, actor.agency_id, sees_every_agency(actor.role_names))
    if office.by_id(session, viewer, found.id) is None:
        raise Refused(f"Quyết định «{reference[:80]}» không thuộc cơ quan của tài khoản «{actor.username}».")
    return found
