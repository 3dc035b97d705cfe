"""The words of search as officers see them: what waits, what holds, what runs out, and what a question finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalogue import clock, words
from catalogue.extensions import db, search
from catalogue.indexing import version_of
from catalogue.models import WordRule
from catalogue.permissions import Permission
from catalogue.queries import words as queries
from catalogue.queries.procedures import ProcedureRow, rows_of_versions
from catalogue.queries.words import WordKind, WordState
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.portal import expiry
from search_index.ports import SURE, Query, SearchError
from search_index.vietnamese import clean, fold

KIND_SLUGS = {
    "tu-dong-nghia": WordKind.SYNONYM,
    "ten-thuong-goi": WordKind.FRIENDLY_NAME,
    "ghim": WordKind.PIN,
}
SLUGS = {kind: slug for slug, kind in KIND_SLUGS.items()}
TRIED = 10  # results shown for a question that is tried
DECIDED_SHOWN = 50
LONGEST_TEXT = 300  # characters


@dataclass(frozen=True)
class Group:
    """Words in force: a rule of ours, or a group that came with the program (``rule`` None)."""

    phrases: tuple[str, ...]
    legal: str
    rule: WordRule | None = None


@dataclass(frozen=True)
class Tried:
    """One result of a question that was tried."""

    row: ProcedureRow
    pinned: bool
    sure: bool


@bp.get("/tu-ngu")
@requires(Permission.READ)
def show_words() -> ResponseReturnValue:
    """What waits for a decision, what runs out, and what a question finds with the words of today."""
    session, today = db.session(), clock.today()
    expiry.write_down(session, today)
    asked = clean(request.args.get("q", ""))[:LONGEST_TEXT]
    tried, failed = _tried(session, asked, today)
    return render_template(
        "office/words.html", waiting=queries.proposed(session), running_out=queries.running_out(session, today),
        decided=queries.history(session, DECIDED_SHOWN), asked=asked, tried=tried, failed=failed, today=today,
        slugs=SLUGS,
    )  # fmt: skip


@bp.get("/tu-ngu/<any('tu-dong-nghia', 'ten-thuong-goi', 'ghim'):slug>")
@requires(Permission.READ)
def list_words(slug: str) -> ResponseReturnValue:
    """The words of one kind that hold today, by what is written in the filter."""
    session, today, kind = db.session(), clock.today(), KIND_SLUGS[slug]
    rules = queries.in_force(session, today, kind)
    groups = [Group(tuple(rule.phrases), rule.legal, rule) for rule in rules if not rule.removes]
    removed = [rule for rule in rules if rule.removes]
    if kind is WordKind.SYNONYM:
        replaced = {rule.replaces_shipped for rule in rules}
        shipped = words.shipped().items()
        groups += [Group(phrases, legal) for legal, phrases in shipped if legal not in replaced]
    text = clean(request.args.get("q", ""))[:LONGEST_TEXT]
    found = [group for group in groups if _holds(group, fold(text))]
    return render_template(
        "office/words_in_force.html", kind=kind, slug=slug, groups=found, removed=removed, text=text, today=today,
        total=len(groups), names=queries.procedure_names(session, rules),
    )  # fmt: skip


@bp.context_processor
def waiting_words() -> dict[str, int]:
    """How many things about words wait for the person who looks, for the menu of every page."""
    account = g.get("account")
    if account is None:
        return {"words_waiting": 0}
    decides = Permission.DECIDE_WORDS in g.permissions
    return {"words_waiting": queries.waiting_for(db.session(), account.id, decides, clock.today())}


@bp.app_template_filter()
def score(value: float) -> str:
    """0,912."""
    return f"{value:.3f}".replace(".", ",")


def _holds(group: Group, wanted: str) -> bool:
    keys = [held.procedure.key for held in group.rule.procedures] if group.rule else []
    return not wanted or any(f" {wanted}" in f" {fold(text)}" for text in (*group.phrases, group.legal, *keys))


def _tried(session: Session, asked: str, today: date) -> tuple[list[Tried], str]:
    """The first results of a question with their marks, and why there are none where the index cannot be asked."""
    if not asked:
        return [], ""
    try:
        hits = words.look_up(session, search(), Query(asked, today, limit=TRIED), today).hits
    except SearchError as error:
        return [], str(error)
    rows = rows_of_versions(session, [version_of(hit.key) for hit in hits], today)
    pairs = [(rows.get(version_of(hit.key)), hit) for hit in hits]
    return [Tried(row, hit.pinned, hit.confidence >= SURE) for row, hit in pairs if row is not None], ""


def state_of(rule: WordRule, today: date) -> WordState:
    """Where a rule stands on a day, whether or not anybody has written down that it ran out."""
    if rule.state == WordState.APPROVED and rule.last_day is not None and rule.last_day < today:
        return WordState.EXPIRED
    return WordState(rule.state)
