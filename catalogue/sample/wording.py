"""Words of search that wait for a second person, so that a newcomer sees how they are looked at."""

from __future__ import annotations

from sqlalchemy.orm import Session

from catalogue.models import Account
from catalogue.queries.words import WordKind
from catalogue.sample.passage import at
from catalogue.sample.texts import read
from catalogue.services.words import WordInput, propose


def propose_words(session: Session, staff: dict[str, Account]) -> None:
    """Put the proposals of the sample before a second person, each on its own day."""
    for raw in read("words.toml")["proposal"]:
        given = WordInput(
            kind=WordKind(raw["kind"]), phrases=tuple(raw["phrases"]), legal=raw.get("legal", ""),
            keys=tuple(raw.get("keys", ())), reason=raw["reason"], owner=raw["owner"], last_day=raw["last_day"],
        )  # fmt: skip
        propose(session, given, actor=staff[raw["by"]], now=at(raw["on"], 15), on=raw["on"])
