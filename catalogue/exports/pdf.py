"""PDF through Typst: our templates read the text as data, so that no word of it can become code."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from catalogue.exports import labels, qr
from catalogue.exports.text import (
    Block,
    Edition,
    Grid,
    Head,
    Items,
    ListingText,
    Notice,
    Paragraph,
    PrintedRow,
    ProcedureText,
)
from catalogue.exports.typesetting import typeset

_MOST_LINES_KEPT = 36
"""A row of more lines than this may be split over two pages; shorter rows stay whole (a page holds about 40)."""
_LINE_OF_THE_LIST = 195
"""Letters on a line over the full width of the list, measured in its type size and rounded down."""


LONG_LIST = 1_000
"""Rows from which on each sector begins a page: such a list is bound by sector, and its pages are set side by side."""


def render_listing(text: ListingText) -> bytes:
    """A4 landscape, the header row on every page, group rows kept with their rows."""
    data = {
        **frame(text.head, text.edition, text.banner, text.notice, draft=text.draft),
        "title": text.title,
        "lines": [line for line in (f"({text.day_line})", text.filter_sentence) if line],
        "columns": [asdict(column) for column in text.columns],
        "groups": [
            {
                "heading": level.heading,
                "sectors": [{"heading": s.heading, "rows": [_row(row, text) for row in s.rows]} for s in level.sectors],
            }
            for level in text.groups
        ],
        "totals": text.totals,
        "by_sector": sum(len(s.rows) for level in text.groups for s in level.sectors) > LONG_LIST,
    }
    return typeset("listing.typ", data, text.edition.printed_on)


def render_procedure(text: ProcedureText) -> bytes:
    """A4 portrait, large enough to be read on a wall: state, summary, then every section in legal order."""
    data = {
        **frame(text.head, text.edition, text.banner, text.notice, draft=text.draft),
        "title": text.title,
        "friendly": text.friendly_name,
        "state": text.state_line,
        "summary": [asdict(fact) for fact in text.summary],
        "sections": [{"label": s.label, "blocks": [block(b) for b in s.blocks]} for s in text.sections],
    }
    return typeset("procedure.typ", data, text.edition.printed_on)


def frame(head: Head, edition: Edition, banner: str, notice: Notice | None, *, draft: bool) -> dict[str, Any]:
    """What ``typst/official.typ`` reads of every paper."""
    return {
        "head": {
            "superior": head.superior.upper(),
            "issuer": head.issuer.upper(),
            "nation": labels.NATION,
            "motto": labels.MOTTO,
            "number": head.number,
            "day": head.day or (labels.day_in_words(head.place, edition.printed_on) if head.place else ""),
        },
        "footer": f"Mã bản in: {edition.code}. In ngày {labels.day(edition.printed_on)}.",
        "address": edition.address,
        "qr": qr.svg(edition.address) if edition.address else "",
        "scan": labels.SCAN,
        "banner": banner,
        "notice": asdict(notice) if notice else None,
        "draft": labels.DRAFT if draft else "",
    }


def _row(row: PrintedRow, text: ListingText) -> dict[str, Any]:
    total = sum(column.width for column in text.columns)
    lines = max(
        sum(1 + len(line) * total // (_LINE_OF_THE_LIST * column.width) for line in cell.split("\n"))
        for cell, column in zip(row.cells, text.columns, strict=True)
    )
    return {"cells": row.cells, "whole": lines <= _MOST_LINES_KEPT}


def block(value: Block) -> dict[str, Any]:
    """One block of a text as ``text-block`` of the templates reads it."""
    kind = "items" if isinstance(value, Items) else "grid" if isinstance(value, Grid) else "paragraph"
    if kind == "paragraph" and not isinstance(value, Paragraph):
        kind = "subheading"
    return {"kind": kind, **asdict(value)}
