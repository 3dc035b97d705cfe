"""Workflows as BPMN: valid against the schema of the standard, read by a stranger's parser, and back without loss."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import XSD_PATH, BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from catalogue.exports.bpmn import bpmn
from catalogue.exports.workflow_graph import graph_of
from catalogue.imports.bpmn import read_bpmn
from decisions.workflow import Branching, Route, Workflow, WorkflowStep
from tests.workflows import any_workflows, branching, building_permit, linear, workflows

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}"


@cache
def omg_schema() -> etree.XMLSchema:
    """The schema of the Object Management Group, as a test dependency brings it."""
    return etree.XMLSchema(etree.parse(XSD_PATH))


def assert_valid(data: bytes) -> None:
    omg_schema().assertValid(etree.fromstring(data))


@settings(max_examples=100)
@given(workflows())
def test_a_clean_workflow_is_equal_after_export_and_import(workflow: Workflow) -> None:
    read = read_bpmn(bpmn(workflow), "quy-trinh.bpmn")
    assert read.workflow == workflow
    assert read.exact
    assert read.notes == ()


@settings(max_examples=100)
@given(any_workflows())
def test_any_workflow_is_equal_after_export_and_import_whatever_its_texts_and_ways(workflow: Workflow) -> None:
    read = read_bpmn(bpmn(workflow), "quy-trinh.bpmn")
    assert read.workflow == workflow
    assert read.exact


@settings(max_examples=100)
@given(st.one_of(workflows(), any_workflows()))
def test_the_file_is_valid_against_the_schema_of_the_standard(workflow: Workflow) -> None:
    assert_valid(bpmn(workflow))


@settings(max_examples=100)
@given(workflows())
def test_every_node_and_flow_has_its_coordinates(workflow: Workflow) -> None:
    root = ElementTree.fromstring(bpmn(workflow))
    graph = graph_of(workflow)
    drawn = [part.get("bpmnElement") for part in root.iter() if part.tag.startswith(DIAGRAM)]
    lanes = [lane.get("id") for lane in root.iter(f"{MODEL}lane")]
    expected = ["pool", *lanes, *(node.id for node in graph.nodes), *(flow.id for flow in graph.flows)]
    assert sorted(filter(None, drawn)) == sorted([*filter(None, expected), "collaboration"])


def steps_of(data: bytes) -> BpmnWorkflow:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(data))
    return BpmnWorkflow(parser.get_spec("process"), script_engine=_Chooser())


class _Chooser:
    """Answers every condition with yes: the first way of a choice is taken."""

    def evaluate(self, task: object, expression: str, external_context: object = None) -> bool:
        return True


@settings(max_examples=100)
@given(workflows())
def test_spiffworkflow_reads_every_step_with_its_name_and_unit(workflow: Workflow) -> None:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(bpmn(workflow)))
    specs = parser.get_spec("process").task_specs
    read = {name: (spec.bpmn_name, spec.lane) for name, spec in specs.items() if name.startswith("step_")}
    assert read == {f"step_{step.key}": (f"{step.label}. {step.text}", step.unit) for step in workflow.steps}


def run(workflow: Workflow) -> list[str]:
    """Let SpiffWorkflow run it, ready steps first done first; the keys of the steps in the order in which they ran."""
    running, done = steps_of(bpmn(workflow)), list[str]()
    for _ in range(1000):
        waiting = running.get_tasks(state=TaskState.READY) or running.get_tasks(state=TaskState.WAITING)
        if not waiting:
            break
        task = waiting[0]
        if task.task_spec.name.startswith("step_"):
            done.append(task.task_spec.name.removeprefix("step_"))
            task.complete() if task.state == TaskState.WAITING else task.run()
        else:
            task.run()
    assert running.is_completed()
    return done


def test_spiffworkflow_runs_a_line_of_steps_from_the_first_to_the_last() -> None:
    assert run(linear(7)) == ["b1", "b2", "b3", "b4", "b5", "b6", "b7"]


def test_spiffworkflow_runs_parallel_steps_both_before_the_one_that_waits_for_them() -> None:
    steps = (
        WorkflowStep("b1", "Lấy ý kiến", routes=(Route("b2"), Route("b3")), branching=Branching.ALL),
        WorkflowStep("b2", "Xác minh thực tế", routes=(Route("b4"),)),
        WorkflowStep("b3", "Cho ý kiến", routes=(Route("b4"),)),
        WorkflowStep("b4", "Thẩm định", waits_for_all=True),
    )
    ran = run(Workflow("Cấp giấy phép", steps))
    assert sorted(ran[1:3]) == ["b2", "b3"]
    assert ran == ["b1", *ran[1:3], "b4"]


def test_a_choice_without_printed_condition_says_where_each_way_leads() -> None:
    steps = (
        WorkflowStep("b1", "Kiểm tra", label="B1", routes=(Route("b2"), Route("", "Từ chối"))),
        WorkflowStep("b2", "Trả kết quả", label="B2"),
    )
    root = ElementTree.fromstring(bpmn(Workflow("Quy trình", steps)))
    assert [part.text for part in root.iter(f"{MODEL}conditionExpression")] == [
        "Chuyển đến: B2. Trả kết quả",
        "Từ chối",
    ]


def test_lanes_are_the_units_and_hold_every_node() -> None:
    root = ElementTree.fromstring(bpmn(branching()))
    lanes = {lane.get("name"): [ref.text for ref in lane] for lane in root.iter(f"{MODEL}lane")}
    assert lanes["Văn phòng UBND tỉnh"] == ["step_b6"]
    assert sum(map(len, lanes.values())) == len(graph_of(branching()).nodes)


def test_our_data_stand_in_a_namespace_of_ours_with_a_version() -> None:
    root = ElementTree.fromstring(bpmn(branching()))
    (workflow,) = root.iter("{urn:x-catalogue:quy-trinh}workflow")
    assert workflow.get("version") == "1"
    step = root.find(f".//{MODEL}userTask[@id='step_b5']//{{urn:x-catalogue:quy-trinh}}step")
    assert step is not None
    assert (step.get("key"), step.get("product")) == ("b5", "Biên bản xác minh")


@pytest.mark.parametrize("key", ["bước một", "a b", "1", "B1", "_", "x" * 300])
def test_odd_keys_become_names_that_xml_allows(key: str) -> None:
    workflow = Workflow("Quy trình", (WorkflowStep(key, "Tiếp nhận"), WorkflowStep("khác", "Trả")))
    assert_valid(bpmn(workflow))
    assert read_bpmn(bpmn(workflow), "x.bpmn").workflow == workflow


def test_three_hundred_steps_go_out_and_come_back() -> None:
    assert read_bpmn(bpmn(linear(300)), "x.bpmn").workflow == linear(300)


def test_story_s21_lanes_a_gateway_and_a_wait_for_the_citizen_are_valid_and_come_back_the_same() -> None:
    """The shapes in bpmn-js are counted in tests/browser/test_bpmn.py, the OpenCPS file in test_workflow_opencps.py."""
    data = bpmn(building_permit())
    assert_valid(data)
    root = ElementTree.fromstring(data)
    assert [task.get("name") for task in root.iter(f"{MODEL}receiveTask")] == ["B3. Chờ chủ đầu tư bổ sung hồ sơ"]
    assert len(list(root.iter(f"{MODEL}lane"))) == 4
    assert len(list(root.iter(f"{MODEL}exclusiveGateway"))) == 3
    assert read_bpmn(data, "giay-phep.bpmn").workflow == building_permit()
