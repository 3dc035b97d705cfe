"""The text of a procedure as OpenCPS asks for it: the sections of the page as plain lines."""

from __future__ import annotations

import re

from catalogue.exports.blocks import one_line, plain
from catalogue.exports.sections import sections_of
from catalogue.exports.text import Block, Grid, Items, Paragraph
from catalogue.exports.workflow_opencps import ServiceTexts
from decisions.content import Named, ProcedureContent, Step

_NUMBERED = re.compile(r"\bBước (?:\d{1,2}|[IVX]{1,4})\W*[.:)–-]\s*([^\n.;:]+)")
_MARK = re.compile(r"^(?:(?:[a-zđ]|\d{1,2})[.)]\s*|[-+*•]\s*)*(?:Bước (?:\d{1,2}|[IVX]{1,4})\W*)?")
_IN_ORDER = ("process", "method", "dossier", "duration", "applicant", "", "result", "fee", "", "condition", "bases")
"""The fields in the order of the eleven sections; bodies and forms have fields of their own."""


def service_texts(content: ProcedureContent, online_grade: int = 0) -> ServiceTexts:
    """Everything the file has room for; ``online_grade`` is the level of the service that OpenCPS counts (0 to 4)."""
    told = [section_text(section.blocks) for section in sections_of(content)]
    texts = {field: text for field, text in zip(_IN_ORDER, told, strict=False) if field}
    agency, sector = _first(content.bodies.executing), _first(content.sectors)
    subjects = " ".join(subject.name.casefold() for subject in content.subjects)
    return ServiceTexts(
        **texts,
        steps=tuple(name for step in content.steps for name in _step_names(step)),
        agency_code=agency.code,
        agency_name=agency.name,
        sector_code=sector.code,
        sector_name=sector.name,
        online_grade=online_grade,
        citizens="doanh nghiệp" not in subjects or "công dân" in subjects or "cá nhân" in subjects,
        businesses="doanh nghiệp" in subjects or "tổ chức" in subjects,
        by_post=content.flags.post_in or content.flags.post_out,
        forms=tuple((form.name, str(place), form.name) for place, form in enumerate(content.forms, 1)),
    )


def _step_names(step: Step) -> list[str]:
    """The name; else what follows each "Bước n:" in the text; else its first sentence."""
    if name := _without_mark(step.name):
        return [name]
    text = plain(step.text)
    return [found for match in _NUMBERED.findall(text) if (found := one_line(match))] or [
        _without_mark(re.split(r"[.;]\s", text, maxsplit=1)[0])
    ]


def _without_mark(text: str) -> str:
    """Without "a)", "-" and "Bước 1:" before it: the summary counts by itself."""
    return _MARK.sub("", one_line(text)).strip()


def section_text(blocks: tuple[Block, ...]) -> str:
    """A section as lines: marks before items, cells of a row side by side."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Items):
        return [f"{item.mark} {one_line(item.text)}" for item in block.items]
    if isinstance(block, Grid):
        return [" | ".join(map(one_line, row)) for row in (block.header, *block.rows)]
    if isinstance(block, Paragraph) and block.label:
        return [f"{block.label} {one_line(block.text)}"]
    return [one_line(block.text)]


def _first(named: tuple[Named, ...]) -> Named:
    return named[0] if named else Named("")
