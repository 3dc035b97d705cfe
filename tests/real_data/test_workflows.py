"""All real workflows: those inside the Word decisions and the 68 of ``workflows.jsonl``.

Counts, totals and the few that do not add up were taken from the papers by a person, not from what the reader gave.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from catalogue.imports.decision_document import read_decision
from catalogue.imports.decision_values import ParsedDecision, ParsedWorkflow, RowRole
from catalogue.imports.workflow_targets import workflow_of_rows
from decisions.content import TimeLimit, TimeUnit
from decisions.kinds import Level
from decisions.reading import parse_time
from decisions.text import fold, squeezed
from decisions.workflow import StepTime, Workflow, WorkflowStep, workflow_from_json, workflow_json
from decisions.workflow_paths import longest_path
from decisions.workflow_proof import ProofFacts, limit_hours, prove

pytestmark = pytest.mark.real_data

# Number of the decision -> workflows by table of steps (a group of procedures shares one), as printed.
TABLES: dict[str, int] = {
    "1490/QĐ-UBND": 3, "1948/QĐ-UBND": 9, "2929/QĐ-UBND": 6, "2487/QĐ-UBND": 8, "1594/QĐ-TTPVHCC": 2,
    "2682/QĐ-UBND": 1, "2904/QĐ-UBND": 2, "2969/QĐ-UBND": 2, "2916/QĐ-UBND": 2, "3854/QĐ-UBND": 2,
    "3857/QĐ-UBND": 1, "2031/QĐ-UBND": 4, "3004/QĐ-UBND": 4,
}  # fmt: skip
# One workflow for each procedure of a group: 2487 has one for 7 procedures in two cases and one for 2; 2031 two
# groups of 2 and one of 5.
PROCEDURES = TABLES | {"2487/QĐ-UBND": 8 + 6 + 6 + 1, "2031/QĐ-UBND": 4 + 1 + 1 + 4}

# (decision, beginning of the name) -> what the proof says, in hours. By eye: 2969 gives its second procedure
# 1,5 days where the first has 01, so 3,5 days stand against 03; 2929 adds 40 days in the case that it says takes 30.
ACCUSED: dict[tuple[str, str], dict[str, tuple[str, str]]] = {
    ("2969/QĐ-UBND", "Sửa đổi, bổ sung/cấp lại"): {
        "workflow_time_over": ("28", "24"), "workflow_total_differs": ("28", "24"),
    },
    ("2929/QĐ-UBND", "Thủ tục xác minh, kết lu"): {"workflow_total_differs": ("320", "240")},
}  # fmt: skip

# Line of workflows.jsonl (from 0) -> hours of the steps and of the printed total, where they differ on paper.
DIFFERING = {9: (120, 216), 17: (408, 424), 27: (40, 80), 51: (76, 84), 53: (80, 24), 64: (136, 96)}

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LABEL = re.compile(r"(?:Bước|B)\s?\d{1,2}")
# A form glued behind the workflow, and titles whose contents have a field of their own.
_NOT_KEPT = re.compile("CỘNG HÒA XÃ HỘI|^(?:BIỂU MẪU|HỒ SƠ LƯU|KÝ HIỆU QUY TRÌNH)")
_TOTAL = re.compile(
    r"Tổng (?:cộng )?thời gian (?:giải quyết|thực hiện)(?: TTHC)?:?\s*"
    r"(.{1,60}?)(?=\s+(?:Quy trình số|[IVX]+\.\s|\d{1,2}\s*\.\s?[A-ZĐ]|kể từ)|$)"
)
_SERIAL = re.compile(r"(?:(?<=\s)|^)(\d{1,2})\s?\.\s?(?=[A-ZĐ“])")


@cache
def _decisions(folder: Path) -> dict[str, tuple[Path, ParsedDecision]]:
    entries = json.loads((folder / "decisions" / "index.json").read_text(encoding="utf-8"))
    paths = {entry["number"]: folder / "decisions" / entry["file"] for entry in entries}
    return {number: (path, read_decision(path.read_bytes(), path.name)) for number, path in paths.items()}


def _workflows(folder: Path) -> Iterator[tuple[str, ParsedWorkflow]]:
    for number, (_, decision) in _decisions(folder).items():
        yield from ((number, workflow) for workflow in decision.workflows)


@cache
def _printed(path: Path) -> dict[tuple[int, int], list[str]]:
    """Cell texts by (table, row), read without the code under test."""
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml")).find(f"{_W}body")
    assert body is not None
    rows = {}
    for number, table in enumerate((node for node in body if node.tag == f"{_W}tbl"), start=1):
        for index, row in enumerate(table.findall(f"{_W}tr"), start=1):
            cells = row.findall(f"{_W}tc")
            rows[number, index] = ["".join(t.text or "" for t in cell.iter(f"{_W}t")).strip() for cell in cells]
    return rows


def _rest(step: WorkflowStep) -> str:
    """ "Trưởng Phòng" of "Phòng Nội vụ" shares a word with it."""
    ends = (n for n in range(len(step.unit), 0, -1) if step.role.endswith(step.unit[:n]))
    return step.unit[next(ends, 0) :]


def _kept(workflow: Workflow) -> str:
    """All words of a workflow, posts joined with their units again."""
    actors = " ".join(f"{step.role} {_rest(step)} {step.role} {step.unit}" for step in workflow.steps)
    plain = workflow_json(workflow).replace("\\n", " ").replace('\\"', " ")
    return squeezed(f"{plain} {actors}")


def _labels(rows: Sequence[list[str]]) -> list[str]:
    return [text for cells in rows for text in cells[:2] if _LABEL.fullmatch(text)]


def _verdict(workflow: Workflow, limit: StepTime) -> dict[str, tuple[str, str]]:
    limits = (TimeLimit(limit.text, limit.hours, TimeUnit.HOUR),) if limit.hours is not None else ()
    return {problem.code: (problem.value, problem.detail) for problem in prove(workflow, ProofFacts(limits=limits))}


# ---------------------------------------------------------------- inside the decisions


def test_every_table_of_steps_of_the_decisions_is_a_workflow(real_data: Path) -> None:
    found: dict[str, set[tuple[tuple[int, int], ...]]] = {}
    for number, workflow in _workflows(real_data):
        found.setdefault(number, set()).add(workflow.rows)
    assert {number: len(tables) for number, tables in found.items()} == TABLES


def test_each_procedure_of_a_group_has_its_workflow_and_knows_its_line(real_data: Path) -> None:
    counts: dict[str, int] = {}
    for number, workflow in _workflows(real_data):
        counts[number] = counts.get(number, 0) + 1
        assert workflow.name and not any("cần chọn thủ tục" in doubt.reason for doubt in workflow.doubts), number
        listed = _decisions(real_data)[number][1].lines
        assert workflow.line is not None or not listed, (number, workflow.name)
    assert counts == PROCEDURES


def test_every_printed_step_is_a_step_in_its_order(real_data: Path) -> None:
    for number, workflow in _workflows(real_data):
        printed = _printed(_decisions(real_data)[number][0])
        labels = [label for label, _ in groupby(_labels([printed[row] for row in workflow.rows]))]
        assert [label for label, _ in groupby(step.label for step in workflow.workflow.steps)] == labels, number


def test_no_row_of_a_workflow_is_without_an_owner(real_data: Path) -> None:
    for number, (_, decision) in _decisions(real_data).items():
        owned = {row for workflow in decision.workflows for row in workflow.rows}
        steps = {(account.table, account.row) for account in decision.rows if account.role is RowRole.WORKFLOW}
        assert steps <= owned, number


def test_no_word_of_a_step_row_is_lost(real_data: Path) -> None:
    for path, decision in _decisions(real_data).values():
        glued = {(account.table, account.row) for account in decision.rows if account.role is not RowRole.WORKFLOW}
        kept = " ".join(squeezed(flow.heading) + _kept(flow.workflow) for flow in decision.workflows)
        for workflow in decision.workflows:
            for row in set(workflow.rows) - glued:
                for text in (cell for cell in _printed(path)[row] if not _NOT_KEPT.search(cell)):
                    words = squeezed(text.replace("\n", " "))
                    told = "thoi gian" in fold(text) or len(words) < 4 or words in kept
                    assert told or all(squeezed(part) in kept for part in re.split(r"[.;:]", text)), (row, text[:80])


def test_only_workflows_that_do_not_add_up_are_accused(real_data: Path) -> None:
    accused = {
        (number, workflow.name[:24]): verdict
        for number, workflow in _workflows(real_data)
        if (verdict := _verdict(workflow.workflow, workflow.limit))
    }
    assert accused == ACCUSED


def test_printed_totals_are_reached_by_the_longest_path(real_data: Path) -> None:
    """Nothing is let off by leaving the total unread: a total stands under all tables but those of the ISO layout."""
    for number, workflow in _workflows(real_data):
        total = workflow.workflow.total
        assert (total.hours is None) is (workflow.symbol.startswith("QT.")), (number, total.text)


def test_the_public_limit_in_the_list_is_kept_by_all_but_the_one_that_breaks_it(real_data: Path) -> None:
    over, kept = set(), 0
    for number, workflow in _workflows(real_data):
        line = next((x for x in _decisions(real_data)[number][1].lines if x.position.order == workflow.line), None)
        limit = limit_hours(parse_time(line.time_text)) if line else None
        if limit is not None:
            hours = longest_path(workflow.workflow).hours
            kept += hours == limit
            over |= {(number, workflow.name[:24])} if hours > limit else set()
    assert over == {("2969/QĐ-UBND", "Sửa đổi, bổ sung/cấp lại")}
    assert kept == 27


def test_symbols_levels_and_marks_are_those_of_the_paper(real_data: Path) -> None:
    by_number: dict[str, list[ParsedWorkflow]] = {}
    for number, workflow in _workflows(real_data):
        by_number.setdefault(number, []).append(workflow)
    assert [w.symbol for w in by_number["1594/QĐ-TTPVHCC"]] == ["QTTP-20", "QTTP-14"]
    assert [w.symbol for w in by_number["3004/QĐ-UBND"]] == ["QT.TBYT.01", "QT.TBYT.02", "QT.TBYT.03", "QT.TBYT.06"]
    assert {w.workflow.retention for w in by_number["2904/QĐ-UBND"]} == {"02 năm"}
    assert [w.limit.hours for w in by_number["2916/QĐ-UBND"]] == [42 * 8, 32 * 8]
    assert [w.level for w in by_number["1948/QĐ-UBND"]] == [Level.PROVINCE] * 7 + [Level.COMMUNE] * 2
    non_territorial = {n for n, ws in by_number.items() if any(w.workflow.non_territorial for w in ws)}
    assert non_territorial == {"1948/QĐ-UBND", "2031/QĐ-UBND", "2682/QĐ-UBND"}
    back = [route for w in by_number["1594/QĐ-TTPVHCC"] for step in w.workflow.steps for route in step.routes]
    assert len(back) == 4 and all(route.returns and route.condition == "Nếu không đồng ý" for route in back)


def test_what_the_articles_end_is_read(real_data: Path) -> None:
    ends = {
        number: [(expiry.target, expiry.symbol or expiry.serials) for expiry in decision.expiries]
        for number, (_, decision) in _decisions(real_data).items()
        if decision.expiries
    }
    assert ends["1594/QĐ-TTPVHCC"] == [("1211/QĐ-TTPVHCC", "QTTP-20"), ("1211/QĐ-TTPVHCC", "QTTP-14")]
    assert [target for target, _ in ends["2487/QĐ-UBND"]] == ["1308/QĐ-UBND"]
    assert ends["2487/QĐ-UBND"][0][1].endswith("số thứ tự 12, 13 Mục I Phần I Phụ lục II")
    assert ends["3004/QĐ-UBND"][0][1].endswith("số thứ tự 03 phần I; số thứ tự 01, 02, 03 phần II")
    assert [target for target, _ in ends["2873/QĐ-UBND"]] == ["1599/QĐ-UBND", "1644/QĐ-UBND", "1809/QĐ-UBND"]


def test_workflows_come_back_from_their_stored_form(real_data: Path) -> None:
    for _, workflow in _workflows(real_data):
        assert workflow_from_json(workflow_json(workflow.workflow)) == workflow.workflow


# ---------------------------------------------------------------- workflows.jsonl


@cache
def _records(folder: Path) -> tuple[dict[str, Any], ...]:
    lines = (folder / "workflows.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def _serial(record: dict[str, Any]) -> int:
    found = _SERIAL.findall(record["heading"])
    return int(found[-1]) if found else -1


def _total(records: Sequence[dict[str, Any]], index: int) -> str:
    """The total stands in front of the next heading, if that is the next of the same paper."""
    following = records[index + 1] if index + 1 < len(records) else None
    if following is None or following["decision"] != records[index]["decision"]:
        return ""
    if _serial(following) not in (_serial(records[index]) + 1, 1):
        return ""
    found = _TOTAL.findall(following["heading"])
    return found[-1] if found else ""


@cache
def _extracted(folder: Path) -> tuple[ParsedWorkflow, ...]:
    records, found = _records(folder), []
    for index, record in enumerate(records):
        rows = [[step["step"], *step["cells"]] for step in record["steps"]]
        if total := _total(records, index):
            rows.append(["Tổng thời gian giải quyết TTHC", total])
        parsed = workflow_of_rows(rows, record["heading"])
        assert parsed is not None, record["code"]
        found.append(parsed)
    return tuple(found)


def test_all_records_become_workflows_with_all_their_steps(real_data: Path) -> None:
    assert len(_extracted(real_data)) == 68
    for record, parsed in zip(_records(real_data), _extracted(real_data), strict=True):
        printed = [label for label, _ in groupby(step["step"] for step in record["steps"])]
        assert [label for label, _ in groupby(step.label for step in parsed.workflow.steps)] == printed
        assert prove(replace(parsed.workflow, total=StepTime()), ProofFacts()) == (), record["code"]


def test_no_cell_of_a_record_is_lost(real_data: Path) -> None:
    for record, parsed in zip(_records(real_data), _extracted(real_data), strict=True):
        kept = _kept(parsed.workflow)
        for step in record["steps"]:
            for cell in (text for text in step["cells"] if not re.fullmatch("[IVX]+", text)):
                assert squeezed(cell.replace("\n", " ").replace('"', " ")) in kept, (record["code"], cell[:80])


def test_columns_of_records_are_those_a_person_sees(real_data: Path) -> None:
    for record, parsed in zip(_records(real_data), _extracted(real_data), strict=True):
        for step in parsed.workflow.steps:
            assert step.text and (step.role or step.unit), (record["code"], step.label)
            assert not re.match(r"\d[\d,/]* (?:ngày|giờ)", step.text), (record["code"], step.text)


def test_the_printed_total_is_refused_exactly_where_the_paper_does_not_add_up(real_data: Path) -> None:
    compared, differing = 0, {}
    for index, parsed in enumerate(_extracted(real_data)):
        total, hours = parsed.workflow.total.hours, longest_path(parsed.workflow).hours
        compared += total is not None
        if total is not None and total != hours:
            differing[index] = (hours, total)
            assert "workflow_total_differs" in _verdict(parsed.workflow, StepTime())
    assert differing == {index: (Decimal(a), Decimal(b)) for index, (a, b) in DIFFERING.items()}
    assert compared >= 45
