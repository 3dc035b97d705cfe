"""What a change of words does to the judged questions: measured before anybody approves it.

Only the questions that the change can touch are asked, twice: in the words of today, and as if the change held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import indexing, words
from catalogue.judgements import questions
from catalogue.models import Procedure, Validity, WordRule
from catalogue.queries import words as queries
from catalogue.queries.words import WordKind
from catalogue.words import Words
from search_index import question
from search_index.measures import RatedQuestion, hit_at_1, ndcg, rated
from search_index.ports import IndexedDocument, Query, SearchBackend, Searcher

DEPTH = 30
"""Documents looked at for each question: one code may stand at several levels."""
MOST_FALL = 0.02
"""A fall of nDCG@10 over the touched questions by more than this needs a reason."""

Pair = tuple[RatedQuestion, list[str], list[str]]
"""A question with the codes that answer it before and after."""


@dataclass(frozen=True)
class Moved:
    """A judged question whose first right answer changed its place; places count from 1, None is "not found"."""

    query: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Effect:
    """The measures of the ``touched`` questions before and after; ``fall`` is that of their nDCG@10, ``fall_of_all``
    what it comes to over all ``asked``."""

    asked: int = 0
    touched: int = 0
    hit_before: float = 0.0
    hit_after: float = 0.0
    ndcg_before: float = 0.0
    ndcg_after: float = 0.0
    fall: float = 0.0
    fall_of_all: float = 0.0
    moved: tuple[Moved, ...] = ()

    @property
    def falls(self) -> bool:
        """Whether approval needs a reason."""
        return self.fall > MOST_FALL

    def to_json(self) -> dict[str, Any]:
        """What is kept with the decision."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Effect:
        """What was kept with a decision."""
        return cls(**{**kept, "moved": tuple(Moved(**one) for one in kept["moved"])})


def measure(session: Session, backend: SearchBackend, rule: WordRule, on: date) -> Effect:
    """What approving a proposal would do today.

    Raises:
        SearchError: the index cannot be asked.
    """
    held = queries.in_force(session, on)
    after_rules = [*(other for other in held if other.id != rule.replaces_id), *([] if _only_ends(rule) else [rule])]
    before, after = words.made_of(held), words.made_of(after_rules)
    judged = _judged(session, on)
    if rule.kind == WordKind.FRIENDLY_NAME:
        touched = [asked for asked in judged if _shares_words(asked.text, rule.phrases[0], before)]
        return _effect(len(judged), _pairs_renamed(session, backend, rule, touched, before, on))
    touched = [asked for asked in judged if _reads_otherwise(asked.text, before, after)]
    pairs = [(one, _codes(backend, one.text, before, on), _codes(backend, one.text, after, on)) for one in touched]
    return _effect(len(judged), pairs)


def _pairs_renamed(
    session: Session, backend: SearchBackend, rule: WordRule, touched: Sequence[RatedQuestion], known: Words, on: date
) -> list[Pair]:
    """Answers before and after a procedure gets another name; where it is not among them, only one search is made."""
    if not touched:
        return []
    changed = backend.preview(_renamed(session, rule, on))
    keys = {held.procedure.key for held in rule.procedures}
    pairs = []
    for one in touched:
        after = _codes(changed, one.text, known, on)
        # A new name can only bring the procedure in; one taken away may have brought it in before.
        same = rule.replaces_id is None and not keys & set(after)
        pairs.append((one, after if same else _codes(backend, one.text, known, on), after))
    return pairs


def _only_ends(rule: WordRule) -> bool:
    return rule.removes and not rule.replaces_shipped


def _judged(session: Session, on: date) -> list[RatedQuestion]:
    """The judged questions that this catalogue can answer on the day."""
    in_force = select(Procedure.key).join(Validity).where(
        Validity.valid_from <= on, Validity.valid_until.is_(None) | (Validity.valid_until > on)
    )  # fmt: skip
    known = frozenset(session.scalars(in_force))
    return rated(({"query": one.query, "codes": one.codes, "tier": one.tier} for one in questions()), known)


def _reads_otherwise(text: str, before: Words, after: Words) -> bool:
    same_pins = before.pins.first(text) == after.pins.first(text)
    return not same_pins or question.read(text, before.vocabulary) != question.read(text, after.vocabulary)


def _shares_words(text: str, name: str, known: Words) -> bool:
    """Whether a question can find another document by a name: it has two of its words, or its only one."""
    named = {word.folded for word in question.read(name).highlighted}
    shared = named & {term.text for term in question.read(text, known.vocabulary).terms}
    return len(shared) >= min(2, len(named))


def _renamed(session: Session, rule: WordRule, on: date) -> dict[str, Sequence[IndexedDocument]]:
    """The documents of the procedure as they will be written, by procedure."""
    ids = [held.procedure_id for held in rule.procedures]
    found: dict[str, list[IndexedDocument]] = {str(one): [] for one in ids}
    for document in indexing.documents(session, ids, {} if rule.removes else dict.fromkeys(ids, rule.phrases[0])):
        found[document.procedure].append(document)
    return dict(found)


def _codes(index: Searcher, text: str, known: Words, on: date) -> list[str]:
    page = index.search(Query(text, on, limit=DEPTH, first=known.pins.first(text)), known.vocabulary)
    return list(dict.fromkeys(hit.code for hit in page.hits))


def _effect(asked: int, pairs: Sequence[Pair]) -> Effect:
    if not pairs:
        return Effect(asked=asked)
    count = len(pairs)
    ndcg_before = sum(ndcg(before, one.codes) for one, before, _ in pairs)
    ndcg_after = sum(ndcg(after, one.codes) for one, _, after in pairs)
    moved = [Moved(one.text, _place(before, one), _place(after, one)) for one, before, after in pairs]
    return Effect(
        asked=asked,
        touched=count,
        hit_before=round(sum(hit_at_1(before, one.codes) for one, before, _ in pairs) / count, 4),
        hit_after=round(sum(hit_at_1(after, one.codes) for one, _, after in pairs) / count, 4),
        ndcg_before=round(ndcg_before / count, 4),
        ndcg_after=round(ndcg_after / count, 4),
        fall=round((ndcg_before - ndcg_after) / count, 4),
        fall_of_all=round((ndcg_before - ndcg_after) / asked, 4),
        moved=tuple(one for one in moved if one.before != one.after),
    )


def _place(codes: Sequence[str], asked: RatedQuestion) -> int | None:
    return next((place for place, code in enumerate(codes, start=1) if code in asked.codes), None)
