"""Serving the application on this machine with waitress."""

from __future__ import annotations

import click
from flask import current_app
from sqlalchemy import select
from waitress import create_server

from catalogue.cli import refusals
from catalogue.cli.answers import Refused
from catalogue.cli.setup import init
from catalogue.extensions import db
from catalogue.models import Setting


@click.command("serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", envvar="PORT", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Cổng.")
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="Số luồng.")
@click.option("--sample", is_flag=True, help="Làm «catalogue init --sample» trước, trong cùng một lần khởi động.")
@click.pass_context
def serve(context: click.Context, host: str, port: int, threads: int, sample: bool) -> None:
    """Phục vụ trang web ở tiền cảnh; dừng bằng Ctrl+C."""
    if sample:
        context.invoke(init, sample=True, as_json=False)
    db.session.scalar(select(Setting.key).limit(1))  # a database that is not ready is told now, not to every visitor
    db.session.remove()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        server = create_server(app, host=host, port=port, threads=threads, ident="")
    except OSError as error:
        reason = f"Chưa mở được {host}:{port} ({refusals.reason(error)}). Đặt biến PORT để dùng cổng khác."
        raise Refused(reason) from None
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    click.echo(f"Đang phục vụ tại http://{shown}:{port} — dừng bằng Ctrl+C.")
    server.run()


COMMANDS = (serve,)
