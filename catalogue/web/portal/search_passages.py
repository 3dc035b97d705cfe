"""What a row of results says besides its facts: the answer to what was asked, or the passage that holds the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from catalogue import glossary
from catalogue.queries import contents
from catalogue.queries.procedures import ProcedureRow
from catalogue.web.filters import brief
from catalogue.web.portal.search import Found
from decisions import dossier
from decisions.content import Case, Paper, ProcedureContent
from search_index import passages, vietnamese
from search_index.intents import Intent
from search_index.passages import Passage
from search_index.vietnamese import Word

Plain = Mapping[str, Any]

PAPERS_NAMED = 3
_MARKS = " \n\t-–+*•"  # of the first item of a list, which means nothing where only its words are shown
ENOUGH_MISSING = 0.3  # share of the words asked
# Where the page of a procedure answers.
SECTIONS = {
    Intent.PAPERS: "giay-to", Intent.FEE: "bao-nhieu-tien", Intent.TIME: "bao-lau", Intent.PLACE: "nop-o-dau",
    Intent.FORM: "bieu-mau", Intent.ONLINE: "cach-nop", Intent.STEPS: "trinh-tu", Intent.CONDITIONS: "dieu-kien",
    Intent.BASES: "can-cu",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """The fact that was asked for: what it is called, its words, and the section of the page that has it in full."""

    label: str
    words: str
    section: str


@dataclass(frozen=True)
class Shown:
    """A result as it is printed."""

    found: Found
    answer: Answer | None = None
    passage: Passage | None = None

    @property
    def row(self) -> ProcedureRow:
        """The row of the list."""
        return self.found.row

    @property
    def section(self) -> str:
        """The part of the procedure's page to open; empty for its top."""
        return self.answer.section if self.answer else ""


def shown(session: Session, found: Sequence[Found], asked: Sequence[Word], intent: str) -> tuple[Shown, ...]:
    """The results of one page; only those of which more than the row is wanted have their text read."""
    kind = _intent(intent)
    if len({word.folded for word in asked}) > passages.MOST_WORDS:  # a whole name: what matters stands in names
        asked = ()
    folded = {word.folded for word in asked}
    named = {item.row.version_id: _named(item.row) if folded else set() for item in found}
    wanted = [
        item.row.version_id for item in found
        if not item.row.awaits_content and (kind in _FROM_TEXT or _lacks(named[item.row.version_id], folded))
    ]  # fmt: skip
    texts = contents.plain(session, wanted) if wanted else {}
    return tuple(
        _shown(item, texts.get(item.row.version_id), asked, named[item.row.version_id], kind) for item in found
    )


def _intent(intent: str) -> Intent:
    return Intent(intent) if intent in Intent._value2member_map_ else Intent.NONE


def _shown(found: Found, text: Plain | None, asked: Sequence[Word], named: set[str], intent: Intent) -> Shown:
    answer = _answer(found.row, text or {}, intent)
    if answer or text is None or not _lacks(named, {word.folded for word in asked}):
        return Shown(found, answer)
    return Shown(found, answer, passages.best(_passages(text), asked, named))


def _named(row: ProcedureRow) -> set[str]:
    """Folded words that the row shows anyway."""
    return _folded(f"{row.name} {row.friendly_name} {row.sector} {row.agency}")


def _lacks(named: set[str], asked: set[str]) -> bool:
    """Whether so much of the question is missing in what the row shows that its text is worth reading."""
    return len(asked - named) > ENOUGH_MISSING * len(asked)


def _folded(text: str) -> set[str]:
    return {folded for folded, _marked in vietnamese.forms(text)}


def _passages(text: Plain) -> Iterator[str]:
    """The texts of a procedure, those that say most about it in few words first."""
    yield from _names(text.get("outcomes"))
    yield from _names(text.get("other_names"))
    cases = text.get("cases") or ()
    for case in cases:
        yield str(case.get("name") or "")
        yield from _names(case.get("papers"))
    yield from _names(text.get("forms"))
    yield str(text.get("conditions") or "")
    for part in (text, *cases):
        yield from (str(step.get("text") or "") for step in part.get("steps") or ())
    yield from (str(channel.get("text") or "") for channel in text.get("channels") or ())
    yield str(text.get("note") or "")


def _names(items: Iterable[Any] | None) -> Iterator[str]:
    for item in items or ():
        yield str(item.get("name") or "") if isinstance(item, Mapping) else str(item)


def _answer(row: ProcedureRow, text: Plain, intent: Intent) -> Answer | None:
    if intent is Intent.NONE or row.awaits_content:
        return None
    label, words = _LABELS[intent](), _words_of(row, text, intent)
    return Answer(label, brief(words.lstrip(_MARKS), 220), SECTIONS[intent]) if words else None


def _words_of(row: ProcedureRow, text: Plain, intent: Intent) -> str:
    if intent is Intent.TIME:
        return row.time_text
    if intent is Intent.FEE:
        return row.fee_text
    if intent is Intent.ONLINE:
        return "" if row.online == "unknown" else glossary.GRADES[row.online]
    return _FROM_TEXT[intent](row, text)


def _papers(row: ProcedureRow, text: Plain) -> str:
    own = [Case(name=str(case.get("name") or ""), papers=_paper_values(case)) for case in text.get("cases") or ()]
    choices = [case for case in dossier.choices(ProcedureContent(row.name, cases=tuple(own))) if case.papers]
    if len(choices) > 1:
        named = "; ".join(brief(dossier.bare(case.name), 60) for case in choices[:PAPERS_NAMED])
        return _("tùy %(count)s trường hợp: %(named)s", count=len(choices), named=_with_rest(named, len(choices)))
    papers = [
        dossier.bare(paper.name)
        for case in own if not dossier.is_note(case) for paper in dossier.asked(case.papers)
    ]  # fmt: skip
    # What everybody hands in, before what only some do.
    papers.sort(key=lambda name: name.lower().startswith("trường hợp"))
    return _with_rest("; ".join(brief(name, 60) for name in papers[:PAPERS_NAMED]), len(papers))


def _paper_values(case: Plain) -> tuple[Paper, ...]:
    papers = case.get("papers") or ()
    return tuple(Paper(str(one.get("name") or ""), one.get("originals") or 0, one.get("copies") or 0) for one in papers)


def _with_rest(named: str, count: int) -> str:
    return f"{named}; …" if count > PAPERS_NAMED else named


def _place(row: ProcedureRow, text: Plain) -> str:
    return str(text.get("reception") or "") or row.agency


def _forms(_row: ProcedureRow, text: Plain) -> str:
    papers = [paper for case in text.get("cases") or () for paper in case.get("papers") or ()]
    names = [*_names(text.get("forms")), *(name for paper in papers for name in _names(paper.get("forms")))]
    return "; ".join(dict.fromkeys(filter(None, names)))


def _steps(_row: ProcedureRow, text: Plain) -> str:
    steps = text.get("steps") or ()
    first = str(steps[0].get("name") or steps[0].get("text") or "") if steps else ""
    return _("%(count)s bước; %(first)s", count=len(steps), first=first) if len(steps) > 1 else first


def _bases(_row: ProcedureRow, text: Plain) -> str:
    bases = (f"{basis.get('title', '')} {basis.get('number', '')}".strip() for basis in text.get("bases") or ())
    return "; ".join(filter(None, bases))


_FROM_TEXT: dict[Intent, Callable[[ProcedureRow, Plain], str]] = {
    Intent.PAPERS: _papers, Intent.PLACE: _place, Intent.FORM: _forms, Intent.STEPS: _steps, Intent.BASES: _bases,
    Intent.CONDITIONS: lambda _row, text: str(text.get("conditions") or ""),
}  # fmt: skip
_LABELS = {
    Intent.PAPERS: lambda: _("Giấy tờ cần nộp"), Intent.FEE: lambda: _("Phí, lệ phí"),
    Intent.TIME: lambda: _("Thời hạn"), Intent.PLACE: lambda: _("Nơi nộp"),
    Intent.FORM: lambda: _("Mẫu đơn, mẫu tờ khai"), Intent.ONLINE: lambda: _("Nộp trực tuyến"),
    Intent.STEPS: lambda: _("Các bước thực hiện"), Intent.CONDITIONS: lambda: _("Yêu cầu, điều kiện"),
    Intent.BASES: lambda: _("Căn cứ pháp lý"),
}  # fmt: skip
