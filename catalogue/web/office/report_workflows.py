"""The workflows in a report that is signed: what each row adopts or ends, where and from when, with all its steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from catalogue.glossary import LEVELS
from catalogue.models import WorkflowLine
from catalogue.services.workflow_legality import workflow_place
from catalogue.services.workflow_planning import PlannedWorkflow
from catalogue.web.workflow_view import WorkflowView, workflow_view


@dataclass(frozen=True)
class WorkflowNews:
    """One row of the paper; ``sentences`` say what it does, ``view`` shows the workflow that it adopts."""

    line: WorkflowLine
    name: str
    sentences: tuple[str, ...]
    view: WorkflowView | None


def workflow_news(lines: Iterable[WorkflowLine], planned: Iterable[PlannedWorkflow]) -> tuple[WorkflowNews, ...]:
    """Every workflow row of a decision in the order of the paper; a row that does nothing says so."""
    by_line: dict[int, list[PlannedWorkflow]] = {}
    for one in planned:
        by_line.setdefault(one.line.id, []).append(one)
    return tuple(_news(line, by_line.get(line.id, [])) for line in lines)


def _news(line: WorkflowLine, planned: list[PlannedWorkflow]) -> WorkflowNews:
    value = line.value
    view = workflow_view(value, None, f"quy-trinh-{line.position}") if value and value.steps else None
    sentences = tuple(dict.fromkeys(map(_sentence, planned))) or ("Chưa làm thay đổi quy trình nào đang áp dụng.",)
    return WorkflowNews(line, workflow_place(line), sentences, view)


def _sentence(planned: PlannedWorkflow) -> str:
    where = f"{planned.key}, {LEVELS.get(planned.level, planned.level).lower()}"
    if not planned.adopts:
        return f"Hết áp dụng quy trình của {where} từ {planned.effective_on:%d/%m/%Y}."
    until = f" đến hết {planned.until - timedelta(days=1):%d/%m/%Y}" if planned.until else ""
    return f"Áp dụng cho {where} từ {planned.effective_on:%d/%m/%Y}{until}."
