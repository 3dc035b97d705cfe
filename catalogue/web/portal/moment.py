"""The day a page shows (``?ngay=``) and up to which day's knowledge (``?biet-ngay=``), read in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import cast

from flask import abort, g, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from catalogue import clock
from catalogue.day_text import BadDay, parse_day
from catalogue.web.filters import day


@dataclass(frozen=True)
class Moment:
    """The day shown; ``known_on`` limits what the ledger knew to the end of that day, None means all."""

    on: date
    today: date
    known_on: date | None = None

    @property
    def known_at(self) -> datetime | None:
        """The last instant of ``known_on`` in Vietnam."""
        if self.known_on is None:
            return None
        return datetime.combine(self.known_on + timedelta(days=1), time(), clock.VIETNAM) - timedelta(microseconds=1)

    @property
    def is_ordinary(self) -> bool:
        """Whether the page shows today with all that is known."""
        return self.on == self.today and self.known_on is None

    @property
    def sentence(self) -> str:
        """What the calm band on top says."""
        if self.known_on is None:
            return _("Đang xem nội dung như ngày %(day)s.", day=day(self.on))
        return _(
            "Đang xem nội dung như ngày %(day)s, theo những gì hệ thống ghi nhận đến hết ngày %(known)s.",
            day=day(self.on),
            known=day(self.known_on),
        )

    def to_args(self) -> dict[str, str]:
        """The query that leads to the same moment; nothing for an ordinary one."""
        pairs = {
            "ngay": self.on.isoformat() if self.on != self.today else "",
            "biet-ngay": self.known_on.isoformat() if self.known_on else "",
        }
        return {name: value for name, value in pairs.items() if value}


def moment_from(args: MultiDict[str, str], today: date) -> Moment:
    """The moment a query asks for.

    Raises:
        BadDay: a value is no day of the calendar.
    """
    return Moment(parse_day(args.get("ngay", "")) or today, today, parse_day(args.get("biet-ngay", "")))


def current(*, with_knowledge: bool = True) -> Moment:
    """The moment of this request, kept for the frame of the page; a bad day ends in a page that says so (400).

    Pages that cannot replay what was known (``with_knowledge`` False) show all that is known, and say no other thing.
    """
    try:
        found = moment_from(request.args, clock.today())
    except BadDay as error:
        abort(400, description=str(error))
    g.moment = found if with_knowledge else replace(found, known_on=None)
    return cast(Moment, g.moment)
