"""Days on the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from catalogue.day_text import BadDay, parse_day


class Day(click.ParamType[Any]):
    """A day as ``2025-11-20`` or ``20/11/2025``; anything else is refused in one sentence."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | None:
        """The day; an empty text is no day."""
        try:
            return value if isinstance(value, date) else parse_day(str(value))
        except BadDay as error:
            return self.fail(str(error), param, ctx)


on_option = click.option("--on", type=Day(), metavar="NGÀY", help="Ngày xem; bỏ trống là hôm nay.")
