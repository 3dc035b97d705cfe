"""The province itself: its settings, agencies over time, legal texts and the people who sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue.models import Account, Agency, LegalDocument, Setting
from catalogue.sample.texts import legal_texts, read
from catalogue.services.people import make_account
from catalogue.services.registry import agency_key
from decisions.legal_numbers import legal_key
from decisions.text import fold

PASSWORD = "thu-nghiem-2026"  # noqa: S105 - printed at the start on purpose
"""One password for all sample accounts, printed at the start. For trying out only: a real office makes its own."""


@dataclass(frozen=True)
class SamplePerson:
    """An account of the sample as a newcomer needs to know it."""

    username: str
    full_name: str
    title: str
    roles: tuple[str, ...]


def people() -> list[SamplePerson]:
    """The sample accounts in the order of the work: drafter, reviewer, approver, a second drafter, administrator."""
    return [
        SamplePerson(a["username"], a["full_name"], a["title"], tuple(a["roles"]))
        for a in read("province.toml")["account"]
    ]


def put_province(session: Session, now: datetime) -> dict[str, Account]:
    """Write settings, agencies, legal texts and accounts; returns the accounts by name."""
    data = read("province.toml")
    for key, value in data["settings"].items():
        session.merge(Setting(key=key, value=value))
    agencies = _put_agencies(session, data["agency"])
    _put_legal_texts(session)
    accounts = {}
    for person in data["account"]:
        accounts[person["username"]] = make_account(
            session,
            username=person["username"],
            full_name=person["full_name"],
            title=person["title"],
            password=PASSWORD,
            roles=tuple(person["roles"]),
            agency_id=agencies[person["agency"]].id,
            now=now,
        )
    return accounts


def _put_agencies(session: Session, rows: list[dict[str, object]]) -> dict[str, Agency]:
    made: dict[str, Agency] = {}
    for row in rows:
        made[str(row["name"])] = Agency(
            name=row["name"],
            folded_name=agency_key(str(row["name"])),
            short_name=row.get("short", ""),
            kind=row["kind"],
            level=row["level"],
            address=row.get("address", ""),
            phone=row.get("phone", ""),
            email=row.get("email", ""),
            valid_from=row.get("since"),
            valid_until=row.get("until"),
        )
    for row in rows:
        follows = row.get("follows", [])
        assert isinstance(follows, list)
        made[str(row["name"])].predecessors = [made[name] for name in follows]
    session.add_all(made.values())
    session.flush()  # accounts and decisions point to them
    return made


def _put_legal_texts(session: Session) -> None:
    for number, (title, issuer, issued, effective) in legal_texts().items():
        session.add(
            LegalDocument(
                number=number,
                number_key=legal_key(number) or fold(number),
                title=title,
                issuer=issuer,
                issued_on=date.fromisoformat(issued) if issued else None,
                effective_from=date.fromisoformat(effective) if effective else None,
            )
        )
