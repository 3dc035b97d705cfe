"""The program as a whole: whatever goes wrong in a command becomes one sentence on stderr and a non-zero exit."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo

from catalogue.cli import refusals

INTERRUPTED = 130  # 128 + SIGINT, as shells count


class Program(FlaskGroup):
    """The group of all commands. Nothing of its own to configure: settings come from the environment."""

    def __init__(self, **given: Any) -> None:
        super().__init__(add_default_commands=False, add_version_option=False, load_dotenv=False, **given)
        self.params = []  # -A, -e and --debug of Flask choose another application than this one

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands of the application; one that cannot be loaded says why, as with every command."""
        app: Flask = ctx.ensure_object(ScriptInfo).load_app()
        return sorted(app.cli.list_commands(ctx))

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run one command and leave with its exit code."""
        standalone = extra.pop("standalone_mode", True)
        if not standalone:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        sys.exit(self._run(args, prog_name, extra))

    def _run(self, args: Sequence[str] | None, prog_name: str | None, extra: dict[str, Any]) -> int:
        given = list(sys.argv[1:] if args is None else args)
        if any("\udc80" <= sign <= "\udcff" for word in given for sign in word):
            click.echo("Lệnh có chữ không theo bảng mã UTF-8.", err=True)
            return refusals.USAGE
        try:
            code = super().main(args, prog_name, standalone_mode=False, **extra)
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("Đã dừng giữa chừng; phần chưa ghi xong không được giữ.", err=True)
            return INTERRUPTED
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                # Whoever read our answer has gone; the interpreter must not complain when it flushes again.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return 1
            click.echo(refusals.sentence(error), err=True)
            return refusals.exit_code(error)
        return code if isinstance(code, int) else 0
