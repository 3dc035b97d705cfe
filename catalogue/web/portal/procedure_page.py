"""Everything the page of one procedure shows, gathered once for screen, paper and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from catalogue.exports.phrases import due_lines
from catalogue.exports.procedure_text import ProcedureFacts
from catalogue.papers import Frame, procedure_facts, since_known
from catalogue.queries import history
from catalogue.queries.facts import LineFact, State
from catalogue.queries.history import LEVEL_ORDER, Ending, ProcedureFact, Successor, Term, Text
from catalogue.queries.legal_texts import LegalText, legal_texts
from catalogue.queries.procedure_acts import WORKFLOW, ProcedureAct, adoptions, text_acts
from catalogue.queries.provenance import content_hashes, part_lines
from catalogue.queries.workflows import BindingWorkflow, workflows_for
from catalogue.redlines import change_sentence
from catalogue.web.portal.memory import Memory
from catalogue.web.portal.moment import Moment
from decisions.content import LegalBasis, ProcedureContent
from decisions.fees import fee_changes, filing_channels, has_dates
from decisions.legal_numbers import basis_key

_ORIGINS = Memory(1_000)
_SENTENCES = Memory(1_000)


@dataclass(frozen=True)
class LevelChoice:
    """A level at which the procedure exists, with how it stands there on the day."""

    level: str
    state: State
    chosen: bool


@dataclass(frozen=True)
class FeesDue:
    """What a filing pays on the day shown, by channel the lines of each fee, and the later days on which it changes."""

    now: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    later: tuple[date, ...]


@dataclass(frozen=True)
class ProcedurePage:
    """One text of one procedure at one level as seen on a day.

    ``term`` is None when the text binds on no day that is known. ``earlier`` are the terms of the level up to the one
    shown; ``coming`` is the next one after the day; ``ending`` says why nothing binds any more. ``changes`` is a
    sentence, ``origins`` are the annex rows that set the parts, ``acts`` what decisions did by the day, oldest first.
    """

    procedure: ProcedureFact
    moment: Moment
    level: str
    levels: tuple[LevelChoice, ...]
    term: Term | None
    state: State
    text: Text
    earlier: tuple[Term, ...]
    coming: Term | None = None
    ending: Ending | None = None
    changes: str = ""
    origins: Mapping[str, LineFact] = field(default_factory=dict)
    predecessors: tuple[Successor, ...] = ()
    workflows: tuple[BindingWorkflow, ...] = ()
    legal: Mapping[str, LegalText] = field(default_factory=dict)
    acts: tuple[ProcedureAct, ...] = ()

    @property
    def shared_origin(self) -> LineFact | None:
        """The one row that set every part; None where several did, or none is known."""
        rows = {line.line_id: line for line in self.origins.values()}
        return next(iter(rows.values())) if len(rows) == 1 else None

    def origins_of(self, parts: Iterable[str]) -> list[tuple[LineFact, list[str]]]:
        """The rows that set these parts, each with its parts; none where one row set the whole page."""
        found: dict[int, tuple[LineFact, list[str]]] = {}
        if self.shared_origin is None:
            for part in parts:
                if line := self.origins.get(part):
                    found.setdefault(line.line_id, (line, []))[1].append(part)
        return list(found.values())

    @property
    def since_known(self) -> bool:
        """Whether the first day is one that a decision names."""
        return self.term is not None and since_known(self.term.opening)

    def legal_text(self, basis: LegalBasis) -> LegalText | None:
        """What is known of a text that this one rests on."""
        return self.legal.get(basis_key(basis))

    @property
    def dues(self) -> FeesDue | None:
        """What is due by the day of filing; None where the day makes no difference."""
        content = self.text.content
        if not has_dates(content):
            return None
        now = tuple((kind.value, due_lines(content, self.moment.on, kind)) for kind in filing_channels(content))
        return FeesDue(now, fee_changes(content, self.moment.on))

    def facts(self, frame: Frame) -> ProcedureFacts:
        """The same for papers and files."""
        return procedure_facts(
            self.procedure, self.term, self.state, level=self.level, earlier=self.earlier, on=self.moment.on,
            today=self.moment.today, frame=frame, ending=self.ending, origins=self.origins,
            adoptions=[act for act in self.acts if act.kind == WORKFLOW],
        )  # fmt: skip


def page_of(
    session: Session, procedure: ProcedureFact, moment: Moment, *, level: str = "", number: int | None = None
) -> ProcedurePage | None:
    """The page on the day at a level (the first in force when empty), or of the ``number``-th version; None if none."""
    terms = history.terms(session, procedure.id, known_at=moment.known_at)
    if number is not None:
        return _version_page(session, procedure, moment, terms, number)
    nearest = {found: _nearest(of_level, moment) for found, of_level in _by_level(terms).items()}
    if not nearest:
        return _never_page(session, procedure, moment)
    chosen = level if level in nearest else _first(nearest, moment)
    return _page(session, procedure, moment, terms, nearest[chosen])


def _version_page(
    session: Session, procedure: ProcedureFact, moment: Moment, terms: list[Term], number: int
) -> ProcedurePage | None:
    of_version = [term for term in terms if term.number == number]
    if of_version:
        return _page(session, procedure, moment, terms, _nearest(of_version, moment))
    text = history.text_by_number(session, procedure.id, number)
    return _without_term(procedure, moment, text) if text else None


def _never_page(session: Session, procedure: ProcedureFact, moment: Moment) -> ProcedurePage | None:
    text = history.text_by_number(session, procedure.id, 1)
    return _without_term(procedure, moment, text) if text else None


def _without_term(procedure: ProcedureFact, moment: Moment, text: Text) -> ProcedurePage:
    choice = LevelChoice(text.level, State.NEVER, True)
    return ProcedurePage(procedure, moment, text.level, (choice,), None, State.NEVER, text, ())


def _page(session: Session, procedure: ProcedureFact, moment: Moment, terms: list[Term], term: Term) -> ProcedurePage:
    of_level = _by_level(terms)[term.level]
    earlier = tuple(found for found in of_level if found.valid_from <= term.valid_from)
    coming = next((found for found in of_level if found.valid_from > moment.on), None)
    text = history.texts(session, [term.version_id])[term.version_id]
    hashes = content_hashes(session, earlier)
    last = of_level[-1]
    ending = history.ending(session, procedure.id, last) if last.valid_until else None
    return ProcedurePage(
        procedure=procedure,
        moment=moment,
        level=term.level,
        levels=tuple(
            LevelChoice(level, _nearest(found, moment).state_on(moment.on), level == term.level)
            for level, found in _by_level(terms).items()
        ),
        term=term,
        state=term.state_on(moment.on),
        text=text,
        earlier=earlier,
        coming=coming if coming is not term else None,
        ending=ending,
        changes=_changes(session, earlier, hashes, text),
        predecessors=history.predecessors(session, procedure.id),
        origins=part_lines(session, earlier, hashes, _ORIGINS.recall),
        workflows=_workflows(session, procedure, term, moment),
        legal=legal_texts(session, map(basis_key, text.content.bases), moment.on),
        acts=_acts(session, procedure, earlier, ending if term is last else None, moment),
    )


def _acts(
    session: Session, procedure: ProcedureFact, earlier: Sequence[Term], ending: Ending | None, moment: Moment
) -> tuple[ProcedureAct, ...]:
    """What decisions did to the text shown and around it, in the order of the days from which it counts."""
    adopted = adoptions(session, procedure.id, earlier[-1].level, moment.on, known_at=moment.known_at)
    return tuple(sorted((*text_acts(earlier, ending, moment.on), *adopted), key=lambda act: act.day))


def _changes(session: Session, earlier: Sequence[Term], hashes: tuple[str, ...], text: Text) -> str:
    """What the last text changed; the one before is read only when the answer is not known yet."""
    if len(earlier) < 2:
        return ""
    before = earlier[-2].version_id
    return kept_sentence(hashes[-2:], lambda: (history.texts(session, [before])[before].content, text.content))


def kept_sentence(hashes: tuple[str, ...], contents: Callable[[], tuple[ProcedureContent, ProcedureContent]]) -> str:
    """What the second of two texts changed, kept in this process under the hashes of both."""
    return _SENTENCES.recall(hashes, lambda: change_sentence(*contents()))


def _workflows(session: Session, procedure: ProcedureFact, term: Term, moment: Moment) -> tuple[BindingWorkflow, ...]:
    """The workflows of the level shown, on the day; nothing once the text no longer binds."""
    if term.state_on(moment.on) is not State.IN_FORCE:
        return ()
    return tuple(workflows_for(session, procedure.id, moment.on, (term.level,)))


def _by_level(terms: list[Term]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in terms:
        found.setdefault(term.level, []).append(term)
    return found


def _nearest(terms: list[Term], moment: Moment) -> Term:
    """The term that holds the day, else the next to come, else the last that ended."""
    by_state = {state: [t for t in terms if t.state_on(moment.on) is state] for state in State}
    if by_state[State.IN_FORCE]:
        return by_state[State.IN_FORCE][0]
    return by_state[State.COMING][0] if by_state[State.COMING] else by_state[State.ENDED][-1]


def _first(nearest: dict[str, Term], moment: Moment) -> str:
    """The level shown when none is asked for: one in force before one to come, then in the order of levels."""
    order = {State.IN_FORCE: 0, State.COMING: 1, State.ENDED: 2, State.NEVER: 3}
    return min(nearest, key=lambda level: (order[nearest[level].state_on(moment.on)], LEVEL_ORDER.get(level, 99)))
