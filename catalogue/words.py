"""The words that questions are read with: the groups that come with the program, and what officers have changed.

They live in the database, so that every machine reads the same; each process keeps them until their revision moves on.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sqlalchemy.orm import Session

from catalogue.models import WordRule
from catalogue.queries import words
from catalogue.queries.words import WordKind
from catalogue.synonyms import EXPANSIONS
from search_index.pinning import Pins
from search_index.ports import Query, ResultPage, SearchBackend
from search_index.question import Vocabulary

KEPT = 4

Expansions = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Words:
    """What a question is read with on a day: other names of phrases, and what was put first for it."""

    vocabulary: Vocabulary
    pins: Pins


_kept: OrderedDict[tuple[str, date], Words] = OrderedDict()
_lock = threading.Lock()


def look_up(session: Session, backend: SearchBackend, query: Query, today: date) -> ResultPage:
    """Put a question to the index in the words that hold today, whatever day the question is about.

    Raises:
        SearchError: the index cannot be asked.
    """
    known = current(session, today)
    return backend.search(replace(query, first=known.pins.first(query.text)), known.vocabulary)


def vocabulary(session: Session, today: date) -> Vocabulary:
    """The other names of phrases that hold today."""
    return current(session, today).vocabulary


def current(session: Session, today: date) -> Words:
    """The words that hold today; one small question to the database when nothing has changed."""
    name = (words.revision(session), today)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    made = made_of(words.in_force(session, today))
    with _lock:
        _kept[name] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def made_of(rules: Iterable[WordRule]) -> Words:
    """The words that a set of rules makes, as if they were the ones in force."""
    rules = list(rules)
    pins = [
        (asked, [str(held.procedure_id) for held in rule.procedures])
        for rule in rules if rule.kind == WordKind.PIN and not rule.removes for asked in rule.phrases
    ]  # fmt: skip
    return Words(Vocabulary(expansions(rules)), Pins(pins))


def expansions(rules: Iterable[WordRule]) -> Expansions:
    """Phrases and their other names: the shipped groups less those that a rule stands in for, and the rules' own."""
    own = [rule for rule in rules if rule.kind == WordKind.SYNONYM]
    replaced = {rule.replaces_shipped for rule in own}
    found: Expansions = {}
    groups = [(phrases, legal) for legal, phrases in shipped().items() if legal not in replaced]
    for phrases, legal in [*groups, *((rule.phrases, rule.legal) for rule in own if not rule.removes)]:
        for phrase in phrases:
            found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), legal)))
    return found


@cache
def shipped() -> dict[str, tuple[str, ...]]:
    """The groups that come with the program: words of law, and the everyday phrases that mean them."""
    found: dict[str, list[str]] = {}
    for phrase, others in EXPANSIONS.items():
        for legal in others:
            found.setdefault(legal, []).append(phrase)
    return {legal: tuple(phrases) for legal, phrases in found.items()}
