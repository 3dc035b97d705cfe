"""Workflows out of real Word decisions printed again: every word of every step, and of the ISO parts around them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from catalogue.exports.blocks import cell
from catalogue.exports.text import Head
from catalogue.exports.workflow_paper import workflow_text
from catalogue.exports.workflow_paper_pdf import workflow_pdf
from catalogue.exports.workflow_paper_values import Layout, WorkflowFacts
from catalogue.exports.workflow_paper_word import workflow_docx
from catalogue.imports.decision_document import read_decision
from decisions.workflow import Workflow
from tests.catalogue.exports.papers import squeezed, words_of

pytestmark = pytest.mark.real_data

FILES = {
    "2025-11-21_2904-QD-UBND.docx": Layout.ISO,  # the ISO layout itself
    "2025-11-20_1594-QD-TTPVHCC.docx": Layout.FORMS_LAST,  # stages, one time for several steps
    "2025-11-26_3857-QD-UBND.docx": Layout.ACTOR_FIRST,  # hours, grade of the online service
    "2025-11-18_1490-QD-UBND.docx": Layout.PLAIN,  # steps of half a page
}
MAKERS = {"pdf": workflow_pdf, "docx": workflow_docx}
HEADS = ("Bản chính", "Bản sao", "NỘI DUNG QUY TRÌNH")


def told(workflow: Workflow) -> list[str]:
    """Everything the source says, a line each; the heads of two columns are ours."""
    lines = [
        line
        for step in workflow.steps
        for words in (step.text, step.unit, step.role, step.time.text, step.product, step.note)
        for line in words.split("\n")
    ]
    lines += [line for row in workflow.extra.get("sections", ()) for words in row[2:] for line in words.split("\n")]
    return [*lines, *workflow.extra.get("forms", ()), *workflow.records, workflow.symbol, workflow.total.text]


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("name", FILES)
def test_every_word_of_a_real_workflow_is_on_its_paper(real_data: Path, name: str, suffix: str) -> None:
    found = read_decision((real_data / "decisions" / name).read_bytes(), name).workflows
    assert found
    today = date(2026, 11, 21)
    for parsed in found:
        facts = WorkflowFacts(
            Head("Ủy ban nhân dân tỉnh"), today, today, parsed.level, parsed.name, parsed.code_printed
        )
        text = workflow_text(parsed.workflow, None, facts, FILES[name])
        words = squeezed(words_of(suffix, MAKERS[suffix](text)))
        lost = [line for line in told(parsed.workflow) if line not in HEADS and squeezed(cell(line)) not in words]
        assert lost == []
