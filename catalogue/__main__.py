"""The ``catalogue`` command."""

from __future__ import annotations

import sys

import click
from flask.cli import FlaskGroup

from catalogue.app import create_app
from catalogue.config import BadSetting


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False, add_version_option=False)
def group() -> None:
    """Danh mục thủ tục hành chính và quyết định công bố của một tỉnh."""


def main() -> None:
    """Run a command; a setting that cannot be used is told in one sentence."""
    try:
        group.main(prog_name="catalogue")
    except BadSetting as error:
        click.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
