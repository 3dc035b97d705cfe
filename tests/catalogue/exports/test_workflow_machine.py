"""The JSON of a workflow for one-stop systems: valid by its own schema, complete, with keys that stay."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import fastjsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.exports.workflow_machine import WorkflowOrigin, workflow_json_file, workflow_schema
from decisions.workflow import Route, StepTime, Workflow, WorkflowStep
from decisions.workflow_paths import longest_path
from tests.workflows import any_workflows, building_permit, workflows


@cache
def validator() -> Any:
    return fastjsonschema.compile(json.loads(workflow_schema()))


NO_ORIGIN = WorkflowOrigin()


def document(workflow: Workflow, origin: WorkflowOrigin = NO_ORIGIN) -> dict[str, Any]:
    value = json.loads(workflow_json_file(workflow, origin))
    validator()(value)
    return value


@settings(max_examples=100)
@given(st.one_of(workflows(), any_workflows()))
def test_every_workflow_gives_a_file_that_its_schema_accepts(workflow: Workflow) -> None:
    document(workflow)


@settings(max_examples=60)
@given(workflows())
def test_every_way_stands_in_the_transitions_from_the_start_to_an_end(workflow: Workflow) -> None:
    found = document(workflow)
    keys = {step["key"] for step in found["steps"]}
    assert [way["to"] for way in found["transitions"] if way["from"] is None] == [workflow.steps[0].key]
    assert any(way["to"] is None for way in found["transitions"])
    assert {way["to"] for way in found["transitions"]} - {None} == keys
    assert found["longest_path"]["hours"] == float(longest_path(workflow).hours)


def test_the_building_permit_reads_as_documented() -> None:
    origin = WorkflowOrigin("1.013229", "Cấp giấy phép xây dựng", "commune", "https://x.example", "2409/QĐ-UBND")
    found = document(building_permit(), origin)
    assert found["procedure"] == {
        "code": "1.013229",
        "name": "Cấp giấy phép xây dựng",
        "level": "commune",
        "address": "https://x.example",
        "decision": "2409/QĐ-UBND",
    }
    assert found["total"] == {"text": "7 ngày làm việc", "hours": 56, "counting": "counted"}
    assert found["longest_path"] == {"hours": 56, "steps": ["b1", "b2", "b4", "b6", "b7", "b8", "b9", "b10"]}
    units, roles = ({part["id"]: part["name"] for part in found[name]} for name in ("units", "roles"))
    step = found["steps"][5]
    assert (units[step["unit"]], roles[step["role"]], step["kind"]) == (
        "Công ty Điện lực Sông Thao",
        "Cán bộ kỹ thuật",
        "handover",
    )
    assert {"from": "b8", "to": "b7", "condition": "Yêu cầu làm rõ", "returns": True} in found["transitions"]


def test_a_time_without_a_number_is_null_and_keeps_its_words() -> None:
    words = "02 ngày hoặc 05 ngày nếu phải xác minh"
    found = document(Workflow("Quy trình", (WorkflowStep("b1", "Thẩm định", time=StepTime(words)),)))
    assert found["steps"][0]["time"] == {"text": words, "hours": None, "counting": "empty"}


def test_half_hours_are_numbers() -> None:
    time = StepTime("2,5 giờ", Decimal("2.5"))
    assert document(Workflow("Quy trình", (WorkflowStep("b1", "Ký", time=time),)))["steps"][0]["time"]["hours"] == 2.5


def test_a_circle_has_no_longest_path() -> None:
    ways = (Route("b3", "Đồng ý"), Route("b1", "Chưa đồng ý"))
    steps = (WorkflowStep("b1", "Soạn"), WorkflowStep("b2", "Duyệt", routes=ways), WorkflowStep("b3", "Trả kết quả"))
    assert document(Workflow("Quy trình", steps))["longest_path"] is None


def test_the_checksum_changes_when_and_only_when_the_workflow_does() -> None:
    workflow = building_permit()
    same, other = document(workflow, WorkflowOrigin("1.013229")), document(replace(workflow, symbol="QT.XD.08"))
    assert same["content_sha256"] == document(workflow)["content_sha256"] != other["content_sha256"]


def test_every_key_of_the_schema_is_written_and_every_written_key_stands_in_the_schema() -> None:
    schema, found = json.loads(workflow_schema()), document(building_permit())
    assert list(found) == list(schema["properties"])
    assert list(found["steps"][0]) == list(schema["properties"]["steps"]["items"]["properties"])
