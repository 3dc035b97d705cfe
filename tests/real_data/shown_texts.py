"""What citizens read of a national record, and where it is found again: page, print, PDF, Word, JSON.

The texts are taken from the raw record and not from what we read of it, so that a loss at the door is seen too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from flask import Flask, render_template
from lxml import html

from catalogue.app import create_app
from catalogue.exports import FORMATS, labels
from catalogue.exports.text import Paragraph, ProcedureText, Section
from catalogue.extensions import db
from catalogue.imports.portal import PortalRecord, read_record
from catalogue.queries.facts import State
from catalogue.queries.history import ProcedureFact, Text
from catalogue.web.portal import moment
from catalogue.web.portal.procedure_page import LevelChoice, ProcedurePage
from decisions.content import ProcedureContent, awaits_content
from tests.catalogue.exports.papers import pages_of, sheet, words_of

STATIC = Path(__file__).parents[2] / "catalogue" / "static"
NOTHING = re.compile(r"khongcothongtin\d*|na|khong|0dong|0vnd|phi0dong|lephi0dong|theomôtả", re.IGNORECASE)
"""Letters of placeholders that say nothing."""
NAMED = ("categoriesDetails", "subjectTypesDetails", "serviceGroupsDetails")
BODIES = tuple(f"{kind}{role}" for kind in ("departments", "unitGroups")
               for role in ("Executing", "Authority", "Authorized", "Coordinating"))  # fmt: skip
UNITS = {"WORKING_DAY": "ngày làm việc", "DAY": "ngày", "HOUR": "giờ", "MONTH": "tháng"}


def letters(text: str) -> str:
    """Letters and digits alone, in one case: marks of lists, blanks and line ends may be set otherwise."""
    return re.sub(
        r"(?<=\d)(?:việtnamđồng|vnđ|vnd)", "đồng", re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text)).casefold()
    )


def shown_texts(raw: Mapping[str, Any]) -> Iterator[str]:
    """Every text of a raw record (detail or row) that is meant for citizens; marks for machines are not."""
    for key in ("name", "requirementsAndConditions", "description", "dossierReceivingAddresses", "note", "keywords",
                "departmentPromulgateName", "departmentPromulgate"):  # fmt: skip
        yield raw.get(key) or ""
    for key in ("categories", "departments", "formalityTargetType"):
        yield from raw.get(key) or ()
    for key in (*NAMED, *BODIES):
        yield from (item.get("name") or "" for item in raw.get(key) or ())
    # The tail of a code (".000429") is no outcome.
    names = (item.get("name") or "" for item in raw.get("resultsDetails") or ())
    yield from (name for name in names if any(sign.isalpha() for sign in name))
    for item in raw.get("legalBasisesDetails") or ():
        yield from (item.get("name") or "", item.get("code") or "")
    for step in raw.get("executionSteps") or ():
        yield from (step.get("name") or "", step.get("description") or "")
    for method in raw.get("executionMethods") or ():
        yield from _method_texts(method)
    for case in (*(raw.get("executionCases") or ()), *(raw.get("cases") or ())):
        yield from _case_texts(case)


def _method_texts(method: Mapping[str, Any]) -> Iterator[str]:
    time, unit = method.get("processingTime"), UNITS.get(method.get("processingTimeUnit") or "")
    if isinstance(time, str):
        yield time
    elif time and unit:
        yield f"{time:g} {unit}"
    description = method.get("description") or ""
    if not re.fullmatch(r"[\d.,\s-]*", description):  # a lone number is what is left of a form
        yield description
    for fee in method.get("fees") or ():
        yield fee.get("description") or ""
        if fee.get("value"):
            yield f"{fee['value']:g}" if fee["value"] < 1e5 else str(fee["value"])
        yield (fee.get("attachment") or {}).get("fileName") or ""


def _case_texts(case: Mapping[str, Any]) -> Iterator[str]:
    yield case.get("name") or ""
    day = case.get("processingDay") or {}
    if day.get("qty") and day.get("type") in UNITS:
        yield f"{day['qty']:g} {UNITS[day['type']]}"
    for paper in case.get("profileComponents") or ():
        yield paper.get("name") or ""
        yield from (file.get("fileName") or "" for file in paper.get("attachments") or ())


def lines_of(texts: Iterable[str]) -> list[str]:
    """Each line once, as ``letters``; placeholders left out."""
    found = dict.fromkeys(letters(line) for text in texts for line in text.split("\n"))
    return [line for line in found if line and not NOTHING.fullmatch(line)]


def lost(
    raws: Sequence[Mapping[str, Any]], texts_of: Callable[[Mapping[str, Any]], Iterable[str]] = shown_texts
) -> list[tuple[str, str, str]]:
    """What is not told, as code, medium and the letters of the line; one run of Typst and one Word file for all."""
    contents = [_content(raw) for raw in raws]
    wanted = [lines_of(texts_of(raw)) for raw in raws]
    sheets = [sheet(content) for content in contents]
    media: dict[str, list[str]] = {
        "json": [letters(words_of("json", FORMATS["json"].procedure(text))) for text in sheets],
        "pdf": words_of_book("pdf", book(sheets)),
        "docx": words_of_book("docx", book(sheets)),
    }
    screens, prints = zip(*_words_of_pages(contents), strict=True)
    media |= {"page": list(screens), "print": list(prints)}
    return [
        (str(raw.get("code")), medium, line)
        for medium, texts in media.items()
        for raw, lines, words in zip(raws, wanted, texts, strict=True)
        for line in lines
        if not (_said_in_pieces(line, words) if medium == "pdf" else line in words)
    ]


def _content(raw: Mapping[str, Any]) -> ProcedureContent:
    found = read_record(raw, "bản ghi")
    assert isinstance(found, PortalRecord), found
    return found.content


def _said_in_pieces(line: str, words: str) -> bool:
    """Whether a line is there, whole or cut by the ends of pages; beside a cut stands the next cell of the table."""
    if line in words:
        return True
    for _ in range(1 + _MOST_CUTS + len(line) // _LETTERS_OF_A_PAGE):
        shortest, longest = 0, len(line)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            shortest, longest = (middle, longest) if line[:middle] in words else (shortest, middle - 1)
        if shortest < min(_SHORTEST_PIECE, len(line)):
            return False
        line = line[shortest:]
        if not line:
            return True
    return False


_MOST_CUTS = 3
_SHORTEST_PIECE = 4
_LETTERS_OF_A_PAGE = 1_000
"""In a column of a table."""
_MARK = "Bản ghi thứ"


def book(sheets: Sequence[ProcedureText]) -> ProcedureText:
    """All papers as one: starting Typst or Word for each of them would cost more than setting it."""
    sections: list[Section] = []
    for place, text in enumerate(sheets):
        facts = (Paragraph(fact.text, fact.label) for fact in text.summary)
        told = (section for section in text.sections if section.blocks != (Paragraph(labels.NO_INFORMATION),))
        sections += (Section(f"{_MARK} {place} là", (Paragraph(text.title), *facts)), *told)
    return replace(sheets[0], sections=tuple(sections), summary=())


def words_of_book(suffix: str, text: ProcedureText) -> list[str]:
    """The letters of each record out of one file."""
    made = FORMATS[suffix].procedure
    assert made is not None
    data = made(text)
    if suffix == "pdf":
        foot = re.compile(rf"{letters(f'Mã bản in: {text.edition.code}')}\w*?trang\d+$")
        found = "".join(foot.sub("", letters(page)) for page in pages_of(data))
    else:
        body = Document(BytesIO(data)).element.body
        found = letters("".join(node.text or "" for node in body.iter(qn("w:t"))))
    return re.split(rf"{letters(_MARK)}\d+là", found)[1:]


def _words_of_pages(contents: Iterable[ProcedureContent]) -> Iterator[tuple[str, str]]:
    """The letters of each page on the screen and on the printer."""
    with _application().test_request_context("/thu-tuc/1.000001"):
        now = moment.current()
        for content in contents:
            source = render_template(
                "portal/procedure.html", page=_page(content, now), content=content, version=None,
                address="http://localhost/thu-tuc/1.000001", qr="", link_args={},
            )  # fmt: skip
            main = html.document_fromstring(source).get_element_by_id("noi-dung")
            screen = letters(main.text_content())
            for element in main.xpath("//*[@class or self::details]"):
                if set(element.get("class", "").split()) & _not_printed() or element.tag == "details":
                    element.drop_tree()
            yield screen, letters(main.text_content())


@cache
def _not_printed() -> frozenset[str]:
    """The classes that the style sheets of citizens' pages hide on paper."""
    rules = "".join(
        re.findall(r"@media print \{(.*?)^\}", (STATIC / "theme.css").read_text(), re.DOTALL | re.MULTILINE)
    )
    hiding = re.findall(r"([^{}]+)\{[^{}]*display: none[^{}]*\}", rules)
    found = frozenset(name for selector in hiding for name in re.findall(r"\.([\w-]+)", selector))
    assert "no-print" in found
    return found


@cache
def _application() -> Flask:
    folder = TemporaryDirectory()
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": "sqlite://", "SEARCH_URL": "memory:",
                      "SECRET_KEY": "only for tests", "CATALOGUE_HOME": Path(folder.name)})  # fmt: skip
    app.extensions["folder of the test"] = folder  # goes with the process
    with app.app_context():
        db.create_all()
    return app


def _page(content: ProcedureContent, now: moment.Moment) -> ProcedurePage:
    """A text that binds nowhere, so that every word on the page is its own or of the frame."""
    text = Text(1, 1, "commune", content, "", "", awaits_content(content))
    choice = LevelChoice("commune", State.NEVER, True)
    procedure = ProcedureFact(1, "1.000001", "1.000001")
    return ProcedurePage(procedure, now, "commune", (choice,), None, State.NEVER, text, ())
