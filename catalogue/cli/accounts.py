"""``catalogue account …`` and ``catalogue setting …``: the people of an office and its own names."""

from __future__ import annotations

import os
from typing import Any

import click
from sqlalchemy import select

from catalogue import clock, glossary
from catalogue.cli import answers
from catalogue.cli.answers import Refused, as_json
from catalogue.cli.writing import writing
from catalogue.extensions import db
from catalogue.models import Account, Setting
from catalogue.permissions import Role
from catalogue.services import people
from catalogue.services.province import SETTINGS, put_setting
from catalogue.services.registry import agency_named

SHORTEST = 10


@click.group("account")
def group() -> None:
    """Tài khoản của cán bộ."""


@group.command("add")
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Họ và tên.")
@click.option("--role", "roles", multiple=True, required=True, type=answers.OneOf([role.value for role in Role]),
              help="Vai trò; lặp lại để có nhiều vai trò.")  # fmt: skip
@click.option("--title", default="", help="Chức vụ.")
@click.option("--agency", default="", help="Cơ quan.")
@as_json
def add(username: str, full_name: str, roles: tuple[str, ...], title: str, agency: str, as_json: bool) -> None:
    """Thêm tài khoản; mật khẩu lấy từ biến NEW_PASSWORD, không có thì hỏi."""
    password = os.environ.get("NEW_PASSWORD") or click.prompt(
        "Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại"
    )
    if len(password) < SHORTEST:
        raise Refused(f"Mật khẩu cần ít nhất {SHORTEST} ký tự.")
    with writing(db.session()) as work:
        if work.session.scalar(select(Account.id).where(Account.username == username.strip())):
            raise Refused(f"Tài khoản «{username}» đã có.")
        place = agency_named(work.session, agency)
        account = people.make_account(
            work.session, username=username.strip(), full_name=full_name, password=password, roles=roles,
            now=clock.now(), title=title, agency_id=place.id if place else None,
        )  # fmt: skip
        people.record_change(work.session, account, actor=None, now=clock.now(), change="added")
    answers.answer({"username": username, "roles": list(roles)}, f"Đã thêm tài khoản «{username}».", as_json=as_json)


@group.command("list")
@as_json
def listed(as_json: bool) -> None:
    """Các tài khoản, vai trò và trạng thái."""
    rows = [_row(account) for account in db.session.scalars(select(Account).order_by(Account.username))]
    text = [f"{r['username']:<16} {r['name']:<28} {r['roles_text']}{'' if r['active'] else ' (đã khóa)'}" for r in rows]
    answers.answer(rows, "\n".join(text) or "Chưa có tài khoản.", as_json=as_json)


@group.command("close")
@click.argument("username")
@as_json
def close(username: str, as_json: bool) -> None:
    """Khóa một tài khoản; những gì người ấy đã làm vẫn giữ tên."""
    with writing(db.session()) as work:
        account = people.account_named(work.session, username)
        if account is None:
            raise Refused(f"Không có tài khoản «{username}» đang hoạt động.")
        account.active = False
        people.record_change(work.session, account, actor=None, now=clock.now(), change="closed")
    answers.answer({"username": username, "active": False}, f"Đã khóa tài khoản «{username}».", as_json=as_json)


def _row(account: Account) -> dict[str, Any]:
    roles = sorted(account.role_names)
    shown = ", ".join(str(glossary.ROLES.get(role, role)) for role in roles)
    return {
        "username": account.username,
        "name": account.full_name,
        "roles": roles,
        "roles_text": shown,
        "active": account.active,
    }


@click.group("setting")
def setting() -> None:
    """Tên và địa chỉ liên hệ của tỉnh in trên trang và giấy."""


@setting.command("list")
@as_json
def settings_listed(as_json: bool) -> None:
    """Các giá trị đang dùng."""
    known = {row.key: row.value for row in db.session.scalars(select(Setting))}
    values = {key: known.get(key, "") for key in SETTINGS}
    text = "\n".join(f"{key:<16} {values[key] or '—'}    ({told})" for key, told in SETTINGS.items())
    answers.answer(values, text, as_json=as_json)


@setting.command("set")
@click.argument("key", type=click.Choice(list(SETTINGS)))
@click.argument("value")
@as_json
def settings_set(key: str, value: str, as_json: bool) -> None:
    """Đặt một giá trị; thay đổi được ghi vào nhật ký."""
    with writing(db.session()) as work:
        put_setting(work.session, key, value, actor=None, now=clock.now())
    answers.answer({key: value}, f"{key} = {value}", as_json=as_json)


COMMANDS = (group, setting)
