"""The ``catalogue`` command."""

from __future__ import annotations

import click

from catalogue.app import create_app
from catalogue.cli.program import Program


@click.group(cls=Program, create_app=create_app)
def group() -> None:
    """Danh mục thủ tục hành chính và quyết định công bố của một tỉnh."""


def main() -> None:
    """Run a command; see ``Program`` for what happens when something goes wrong."""
    group.main(prog_name="catalogue")


if __name__ == "__main__":
    main()
