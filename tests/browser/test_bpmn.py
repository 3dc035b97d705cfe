"""Our BPMN files in bpmn-js, a program nobody here wrote: opened, saved, edited, and read back by us."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from playwright.sync_api import Browser, Page

from catalogue.exports.bpmn import bpmn
from catalogue.exports.workflow_graph import graph_of
from catalogue.imports.bpmn import read_bpmn
from decisions.workflow import Workflow
from tests.workflows import branching, building_permit, linear, workflows

pytestmark = pytest.mark.browser

OPEN = """
async xml => {
  const result = await modeler.importXML(xml);
  modeler.get('canvas').zoom('fit-viewport');
  const elements = modeler.get('elementRegistry').getAll().filter(e => e.parent);
  const drawn = e => e.waypoints ? 'flow' : e.type === 'label' || e.labelTarget ? 'label' : 'shape';
  return {warnings: result.warnings.map(w => w.message), kinds: elements.map(drawn)};
}
"""
SAVE = "async () => (await modeler.saveXML({format: true})).xml"


@pytest.fixture(scope="module")
def modeler(browser: Browser) -> Iterator[Page]:
    """A page with an empty modeler and nothing of the network."""
    folders = sorted((Path(sys.prefix) / "test-assets").glob("bpmn-js-*"))
    if not folders:
        pytest.skip("bpmn-js not found; run bin/assets")
    dist = folders[-1] / "dist"
    page = browser.new_page(viewport={"width": 1600, "height": 800}, offline=True)
    page.set_content('<div id="canvas" style="height: 760px"></div>')
    for style in ("diagram-js.css", "bpmn-js.css"):
        page.add_style_tag(path=dist / "assets" / style)
    page.add_script_tag(path=dist / "bpmn-modeler.production.min.js")
    page.evaluate("window.modeler = new BpmnJS({container: '#canvas'})")
    yield page
    page.close()


def opened(modeler: Page, workflow: Workflow) -> dict[str, Any]:
    return modeler.evaluate(OPEN, bpmn(workflow).decode())


def assert_opens(modeler: Page, workflow: Workflow) -> None:
    graph, found = graph_of(workflow), opened(modeler, workflow)
    assert found["warnings"] == []
    assert found["kinds"].count("shape") == len(graph.nodes) + len(graph.lanes) + 1  # and the pool
    assert found["kinds"].count("flow") == len(graph.flows)
    assert found["kinds"].count("label") == sum(bool(flow.text) for flow in graph.flows)


# One page serves all examples; shrinking would open hundreds of diagrams.
@settings(max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(workflow=workflows())
def test_grown_workflows_open_without_warning_with_every_shape_and_come_back_equal(
    modeler: Page, workflow: Workflow
) -> None:
    assert_opens(modeler, workflow)
    saved = read_bpmn(modeler.evaluate(SAVE).encode(), "saved.bpmn")
    assert saved.workflow == workflow
    assert saved.exact


def test_a_hundred_steps_open(modeler: Page) -> None:
    assert_opens(modeler, linear(100))


def test_the_building_permit_of_the_sample_province_opens(modeler: Page) -> None:
    assert_opens(modeler, building_permit())


def test_a_diagram_with_moved_boxes_is_still_the_same_workflow(modeler: Page) -> None:
    opened(modeler, branching())
    modeler.evaluate(
        "modeler.get('modeling').moveElements([modeler.get('elementRegistry').get('step_b5')], {x: 9, y: 0})"
    )
    saved = read_bpmn(modeler.evaluate(SAVE).encode(), "saved.bpmn")
    assert saved.workflow == branching()
    assert saved.exact


def test_what_is_edited_there_is_read_here_and_the_rest_stays(modeler: Page) -> None:
    opened(modeler, branching())
    modeler.evaluate(
        """() => {
          const get = id => modeler.get('elementRegistry').get(id), modeling = modeler.get('modeling');
          modeling.updateLabel(get('step_b5'), 'B5. Xác minh tại thực địa');
          const added = modeling.appendShape(get('step_b7'), {type: 'bpmn:UserTask'}, {x: 2600, y: 300});
          modeling.updateLabel(added, 'Lấy chữ ký nháy');
        }"""
    )
    read = read_bpmn(modeler.evaluate(SAVE).encode(), "saved.bpmn")
    texts = {step.text: step for step in read.workflow.steps}
    assert not read.exact
    assert texts["Xác minh tại thực địa"].product == "Biên bản xác minh"
    assert texts["Lấy chữ ký nháy"].time.text == ""
    before = {step.key: step for step in branching().steps if step.key not in ("b5", "b7")}
    assert {step.key: step for step in read.workflow.steps if step.key in before} == before
