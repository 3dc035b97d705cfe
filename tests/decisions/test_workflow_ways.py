"""Ways out of a step as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given

from decisions.workflow import Route
from decisions.workflow_ways import UnknownStep, read_ways, ways_text
from tests.workflows import branching, linear, workflows

STEPS = branching().steps


@pytest.mark.parametrize(
    ("line", "route"),
    [
        ("B4: Hồ sơ đầy đủ", Route("b4", "Hồ sơ đầy đủ")),
        ("bước 4", Route("b4")),
        ("Đến bước 04: đạt", Route("b4", "đạt")),
        ("4", Route("b4")),
        ("trả lại B2: Chưa đạt", Route("b2", "Chưa đạt", returns=True)),
        ("Chuyển lại bước 2", Route("b2", returns=True)),
        ("kết thúc: Từ chối tiếp nhận", Route("", "Từ chối tiếp nhận")),
        ("KẾT THÚC", Route("")),
    ],
)
def test_a_line_is_read_as_people_mean_it(line, route):
    assert read_ways(line, STEPS) == (route,)


def test_a_line_that_names_no_step_is_told():
    with pytest.raises(UnknownStep) as unknown:
        read_ways("B4\nB44: Hồ sơ", STEPS)
    assert unknown.value.named == "B44"


def test_the_plain_next_step_needs_no_words():
    assert {ways_text(step, linear().steps) for step in linear().steps} == {""}


@given(workflows())
def test_what_is_written_is_read_back(workflow):
    for step in workflow.steps:
        assert read_ways(ways_text(step, workflow.steps), workflow.steps) == step.routes
