"""A sample province of our own invention: for screenshots, tests and a newcomer's first five minutes.

Codes and numbers of procedures and legal texts are those of the national lists; the province, its people, agencies,
decisions and every sentence are made up. Everything goes through the services that an office uses, so that the replay
finds nothing to say about it.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.models import Account, Decision
from catalogue.sample.annexes import Library
from catalogue.sample.passage import at, carry, open_inventory
from catalogue.sample.province import PASSWORD, SamplePerson, people, put_province
from catalogue.sample.texts import file_names, read, shelf
from catalogue.sample.wording import propose_words
from catalogue.sample.workflows import look_after

__all__ = ["PASSWORD", "SampleRefused", "SamplePerson", "load", "people"]


class SampleRefused(Exception):
    """The database already holds something; the sample is only for an empty one."""


def load(session: Session, now: datetime) -> None:
    """Fill an empty database with the sample province; the caller commits.

    ``now`` is the moment of the drafts still on their way; issued decisions carry the moments of their own days.

    Raises:
        SampleRefused: there are accounts or decisions already.
    """
    if session.scalar(select(func.count(Decision.id))) or session.scalar(select(func.count(Account.id))):
        raise SampleRefused("Cơ sở dữ liệu đã có dữ liệu nên không nạp tỉnh mẫu.")
    staff = put_province(session, at(date(2023, 1, 3), 8))
    library = Library(shelf())
    open_inventory(session, library, staff["quan-tri"])
    for name in file_names("decisions"):
        carry(session, read(name), library, staff, now)
    look_after(session, staff, at(now.date(), 10))
    propose_words(session, staff)
    session.flush()
