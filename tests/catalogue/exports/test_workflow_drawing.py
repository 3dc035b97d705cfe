"""The diagram on the page and its list of words: well formed, escaped, with a name, a description and every step."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.exports.workflow_boxes import text_width, wrapped
from catalogue.exports.workflow_drawing import svg
from catalogue.exports.workflow_layout import Direction
from catalogue.exports.workflow_text import StepWords, steps_in_words
from decisions.workflow import Route, Workflow, WorkflowStep
from tests.workflows import any_workflows, branching, building_permit, linear, workflows

SVG = "{http://www.w3.org/2000/svg}"


def drawn(workflow: Workflow, direction: Direction = Direction.DOWN) -> ElementTree.Element:
    return ElementTree.fromstring(svg(workflow, "so-do", direction))


def classes(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [part for part in root.iter() if name in (part.get("class") or "").split()]


@settings(max_examples=60)
@given(st.one_of(workflows(), any_workflows()), st.sampled_from(Direction))
def test_every_drawing_is_well_formed_with_a_box_for_every_step(workflow: Workflow, direction: Direction) -> None:
    root = drawn(workflow, direction)
    assert len(classes(root, "workflow-step")) == len(workflow.steps)
    assert len(classes(root, "workflow-start")) == 1
    assert not any(part.get("style") for part in root.iter()), "the content security policy refuses inline styles"
    assert not {part.tag for part in root.iter()} & {f"{SVG}style", f"{SVG}script", f"{SVG}foreignObject"}


def test_the_drawing_is_an_image_with_a_name_and_a_description() -> None:
    root = drawn(building_permit())
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "so-do-title so-do-desc"
    assert root.findtext(f"{SVG}title") == "Quy trình cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ"
    described = root.findtext(f"{SVG}desc") or ""
    assert described.startswith("Sơ đồ gồm 10 bước qua 4 đơn vị: Trung tâm Phục vụ hành chính công phường Bến Đá;")


def test_words_of_steps_cannot_break_out_of_the_drawing() -> None:
    text = '</text><script>alert("1")</script> & <b>'
    steps = (WorkflowStep("b1", text, unit=text, role=text, routes=(Route("", text), Route("b1", "a", returns=True))),)
    image = svg(Workflow(text, steps), name='x"><script>')
    ElementTree.fromstring(image)
    assert "<script" not in image


def test_ways_back_are_dashed_and_waiting_looks_different_without_colour() -> None:
    root = drawn(branching())
    assert all(part.get("stroke-dasharray") for part in classes(root, "workflow-back"))
    assert len(classes(root, "workflow-back")) == 2
    (waiting,) = classes(root, "workflow-wait")
    rectangle = waiting.find(f"{SVG}rect")
    assert rectangle is not None
    assert rectangle.get("stroke-dasharray")


def test_a_very_long_drawing_says_so_that_paper_may_leave_it_out() -> None:
    assert "workflow-long" in svg(linear(300))
    assert "workflow-long" not in svg(linear(12))


@given(st.text(max_size=300), st.integers(40, 300), st.integers(1, 8))
def test_lines_are_never_wider_than_their_box_nor_more_than_have_room(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, most)
    assert len(lines) <= most
    assert all(text_width(line) <= width or len(line) <= 2 for line in lines)
    if not lines or not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())


def words() -> dict[str, StepWords]:
    return {step.key: step for step in steps_in_words(building_permit())}


def test_a_step_is_told_with_who_does_it_how_long_and_with_what() -> None:
    told = words()["b7"]
    assert (told.called, told.text) == ("Bước 7", "Thẩm định hồ sơ, dự thảo giấy phép xây dựng")
    assert told.who == "Phòng Kinh tế, Hạ tầng và Đô thị phường Bến Đá – Công chức thụ lý"
    assert told.time == "1,5 ngày làm việc"
    assert told.details == (
        ("Cần có", "Biên bản kiểm tra thực địa; Văn bản cho ý kiến"),
        ("Sản phẩm", "Dự thảo giấy phép"),
    )
    assert told.before == ("Bắt đầu khi đã xong Bước 5 và Bước 6.",)
    assert told.ways == ()


@pytest.mark.parametrize(
    ("key", "sentences"),
    [
        ("b1", ()),
        (
            "b2",
            ("Trường hợp “Hồ sơ chưa đầy đủ”: chuyển sang Bước 3.", "Trường hợp “Hồ sơ đầy đủ”: chuyển sang Bước 4."),
        ),
        (
            "b3",
            (
                "Trường hợp “Đã bổ sung”: quay lại Bước 2.",
                "Trường hợp “Quá hạn, không bổ sung”: kết thúc quy trình.",
            ),
        ),
        ("b4", ("Tiếp theo, làm đồng thời Bước 5 và Bước 6.",)),
        ("b5", ("Tiếp theo: chuyển sang Bước 7.",)),
        ("b8", ("Trường hợp “Đồng ý”: chuyển sang Bước 9.", "Trường hợp “Yêu cầu làm rõ”: quay lại Bước 7.")),
        ("b10", ("Kết thúc quy trình.",)),
    ],
)
def test_branches_are_said_in_sentences(key: str, sentences: tuple[str, ...]) -> None:
    assert words()[key].ways == sentences


def test_waiting_says_that_the_clock_stands() -> None:
    assert words()["b3"].before == ("Thời gian chờ không tính vào thời hạn giải quyết.",)


@settings(max_examples=60)
@given(st.one_of(workflows(), any_workflows()))
def test_every_workflow_can_be_told(workflow: Workflow) -> None:
    told = steps_in_words(workflow)
    assert [step.key for step in told] == [step.key for step in workflow.steps]
    assert all(sentence.endswith(".") for step in told for sentence in (*step.before, *step.ways))


def test_a_way_to_a_step_that_is_missing_is_named() -> None:
    (told,) = steps_in_words(Workflow("Quy trình", (WorkflowStep("b1", "Nhận", routes=(Route("b7"),)),)))
    assert told.ways == ("Tiếp theo: chuyển sang bước “b7” (không có trong quy trình).",)
