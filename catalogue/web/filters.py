"""Values as templates print them: dates, numbers, sizes, labels of the glossary, long texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path

from flask import Flask, url_for
from markupsafe import Markup, escape

from catalogue import glossary
from catalogue.clock import VIETNAM
from catalogue.exports import phrases
from catalogue.markup import to_html
from catalogue.web import wording
from decisions.content import Case
from search_index.vietnamese import Span, segments


def init_app(app: Flask) -> None:
    """Make the filters and the glossary known to every template."""
    app.jinja_env.filters.update(
        day=day, moment=moment, number=number, size=size, prose=to_html, highlighted=highlighted, label=label,
        lower_first=lower_first, upper_first=upper_first, sentence=sentence, bare=wording.bare,
        calm=wording.calm, calm_place=wording.calm_place, shown_papers=wording.shown_papers, brief=brief,
        with_links=wording.with_links,
        own_cases=own_cases, time=phrases.time_text, fee_lines=phrases.fee_lines, fee_sentence=phrases.fee_sentence,
        basis=phrases.basis_text, paper=phrases.paper_text, named=phrases.named_text,
        official_form=phrases.form_text, time_words=phrases.listing_time_text, fee_words=phrases.listing_fee_text,
        place_words=phrases.place_text, other_words=phrases.other_words, beside=phrases.prose_in,
        named_cases=wording.named_cases,
    )  # fmt: skip
    app.jinja_env.globals.update(
        glossary=glossary, asset=asset, bootstrap_version=version("bootstrap-flask"), one_day=timedelta(days=1)
    )
    app.jinja_env.tests.update(choice=wording.is_choice, note=wording.is_note)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def day(value: date | None) -> str:
    """20/11/2025; an unknown day is the empty string."""
    return f"{value:%d/%m/%Y}" if value else ""


def moment(value: datetime | None) -> str:
    """14:05 ngày 20/11/2025, in Vietnamese time."""
    return f"{value.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}" if value else ""


def number(value: int) -> str:
    """1.234."""
    return f"{value:,}".replace(",", ".")


def size(value: int) -> str:
    """A file size: 812 byte, 34 KB, 1,2 MB."""
    if value < 1024:
        return f"{value} byte"
    if value < 1024 * 1024:
        return f"{round(value / 1024)} KB"
    return f"{value / 1024 / 1024:.1f} MB".replace(".", ",")


def label(value: str, group: str) -> str:
    """The words of an identifier from one group of the glossary; an unknown one stays as it is."""
    return str(getattr(glossary, group).get(str(value), value))


def lower_first(text: str) -> str:
    """The text inside a sentence."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text as a sentence of its own."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Printed notes as one sentence: list marks at line starts become semicolons, and it ends with a full stop."""
    parts = [part.strip(" -–+•;") for part in re.split(r"\n|;\s*[-–]\s|^\s*[-–]\s", text)]
    whole = "; ".join(part for part in parts if part)
    return upper_first(whole) if whole.endswith((".", "?")) else f"{upper_first(whole)}."


def brief(text: str, longest: int = 160) -> str:
    """The beginning of a text for a list, cut between words; the whole stands on its own page."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def own_cases(cases: Sequence[Case]) -> list[Case]:
    """The cases with papers or steps of their own; times and fees of the others stand in the summary."""
    return [case for case in cases if case.papers or case.steps]


def highlighted(text: str, spans: Sequence[Span]) -> Markup:
    """The text with the found words marked; everything is escaped."""
    return Markup().join(
        Markup("<mark>{}</mark>").format(piece) if hit else escape(piece) for piece, hit in segments(text, spans)
    )


def asset(name: str) -> str:
    """The address of a static file, with a mark of its content so that it may be kept for a year."""
    return url_for("static", filename=name, v=_mark(name))


@cache
def _mark(name: str) -> str:
    data = (Path(__file__).parents[1] / "static" / name).read_bytes()
    return hashlib.sha256(data).hexdigest()[:10]
