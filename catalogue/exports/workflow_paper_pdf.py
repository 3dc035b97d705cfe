"""Papers of workflows as PDF through Typst."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from catalogue.exports.pdf import block, frame
from catalogue.exports.text import Block
from catalogue.exports.typesetting import typeset
from catalogue.exports.workflow_paper_decision import DecisionFront, DecisionText
from catalogue.exports.workflow_paper_values import BandRow, Part, StepRow, StepTable, SumRow, WorkflowText

_LETTERS = {False: 100, True: 155}
"""Letters on a line over the full width of an upright page and of one turned sideways, rounded down."""
_MOST_LINES_KEPT = {False: 44, True: 30}
"""A row of more lines than this may be split over two pages; shorter rows stay whole."""


def workflow_pdf(text: WorkflowText) -> bytes:
    """A4; a table alone stands on pages turned sideways, so do tables of many columns in the ISO layout."""
    sideways = all(part.landscape for part in text.parts)
    data = {
        **frame(text.head, text.edition, text.banner, None, draft=text.draft),
        "title": text.title,
        "name": text.name,
        "facts": [asdict(fact) for fact in text.facts],
        "parts": parts_data(text.parts),
        "sideways": sideways,
    }
    return typeset("workflow.typ", data, text.edition.printed_on)


def decision_pdf(text: DecisionText) -> bytes:
    """A4 upright; an annex of tables is turned sideways."""
    data = {
        **frame(text.head, text.edition, text.banner, None, draft=text.draft),
        "title": text.title,
        "front": _front(text.front) if text.front else None,
        "unsigned": text.draft,
        "annexes": [
            {
                "label": annex.label.upper(),
                "title": annex.title,
                "reference": annex.reference,
                "landscape": annex.landscape,
                "parts": parts_data(annex.parts),
            }
            for annex in text.annexes
        ],
    }
    return typeset("workflow-decision.typ", data, text.edition.printed_on)


def _front(front: DecisionFront) -> dict[str, Any]:
    articles = [{"label": a.label, "blocks": [block(value) for value in a.blocks]} for a in front.articles]
    return {**asdict(front), "articles": articles}


def parts_data(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """What ``parts-of`` of ``typst/steps.typ`` reads."""
    return [
        {
            "heading": part.heading,
            "rank": part.rank,
            "landscape": part.landscape,
            "blocks": [_block(value, part.landscape) for value in part.blocks],
        }
        for part in parts
    ]


def _block(value: Block | StepTable, landscape: bool) -> dict[str, Any]:
    if not isinstance(value, StepTable):
        return block(value)
    return {
        "kind": "steps",
        "columns": [asdict(column) for column in value.columns],
        "times": value.times,
        "rows": [_row(row, value, landscape) for row in value.rows],
    }


def _row(row: StepRow | BandRow | SumRow, table: StepTable, landscape: bool) -> dict[str, Any]:
    if isinstance(row, BandRow):
        return {"kind": "band", "text": row.text}
    if isinstance(row, SumRow):
        return {"kind": "sum", "label": row.label, "text": row.text}
    whole = _lines(row, table, landscape) <= _MOST_LINES_KEPT[landscape]
    return {"kind": "step", "cells": [asdict(cell) for cell in row.cells], "whole": whole}


def _lines(row: StepRow, table: StepTable, landscape: bool) -> int:
    """How many lines the tallest cell takes, about."""
    total = sum(column.width for column in table.columns)
    return max(
        sum(
            1 + len(line) * total // (_LETTERS[landscape] * column.width)
            for words in (cell.text, *cell.notes)
            for line in words.split("\n")
        )
        for cell, column in zip(row.cells, table.columns, strict=True)
    )
