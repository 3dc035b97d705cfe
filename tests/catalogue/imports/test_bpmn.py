"""BPMN files of other tools, changed files and hostile ones: read as far as they go, and what is left is named."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from catalogue.exports.bpmn import bpmn
from catalogue.imports.bpmn import NotBpmn, read_bpmn
from decisions.workflow import Branching, Route, StepKind, Workflow, WorkflowStep, routes_of
from tests.workflows import branching, workflows

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"

LANES = """
<laneSet id="ls">
  <lane id="l1" name="Bộ phận Một cửa xã"><flowNodeRef>s</flowNodeRef><flowNodeRef>nhan</flowNodeRef>
    <flowNodeRef>du</flowNodeRef><flowNodeRef>bosung</flowNodeRef><flowNodeRef>tra</flowNodeRef></lane>
  <lane id="l2" name="Công chức Tư pháp - Hộ tịch"><flowNodeRef>xuly</flowNodeRef></lane>
</laneSet>"""
SIMPLE = """
<startEvent id="s"/>
<userTask id="nhan" name="Bước 1: Tiếp nhận hồ sơ"/>
<exclusiveGateway id="du" name="Hồ sơ đầy đủ?"/>
<intermediateCatchEvent id="bosung" name="Chờ công dân bổ sung"><messageEventDefinition/></intermediateCatchEvent>
<task id="xuly" name="Bước 2: Ghi vào Sổ hộ tịch"><documentation>Theo mẫu của Bộ Tư pháp.</documentation></task>
<task id="tra" name="Bước 3: Trả kết quả"/>
<endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="nhan"/>
<sequenceFlow id="f2" sourceRef="nhan" targetRef="du"/>
<sequenceFlow id="f3" name="Có" sourceRef="du" targetRef="xuly"/>
<sequenceFlow id="f4" name="Không" sourceRef="du" targetRef="bosung"/>
<sequenceFlow id="f5" sourceRef="bosung" targetRef="nhan"/>
<sequenceFlow id="f6" sourceRef="xuly" targetRef="tra"/>
<sequenceFlow id="f7" sourceRef="tra" targetRef="e"/>"""


def foreign(body: str, name: str = "Đăng ký khai sinh") -> bytes:
    """A file as a modelling tool writes it: the model is the default namespace, nothing is ours, no coordinates."""
    return (
        f'{HEAD}<definitions xmlns="{MODEL}" id="d" targetNamespace="http://example.vn">'
        f'<process id="p" name="{name}">{body}</process></definitions>'
    ).encode()


def flows(*pairs: str) -> str:
    """``flows("a>b Có", …)``: sequence flows with a condition."""
    parts = []
    for at, pair in enumerate(pairs):
        ends, _, text = pair.partition(" ")
        source, _, target = ends.partition(">")
        parts.append(f'<sequenceFlow id="f{at}" sourceRef="{source}" targetRef="{target}" name="{text}"/>')
    return "".join(parts)


def tasks(*names: str) -> str:
    return "".join(f'<task id="{name}" name="Việc {name}"/>' for name in names)


def steps_by_text(workflow: Workflow) -> dict[str, WorkflowStep]:
    return {step.text: step for step in workflow.steps}


def ways(workflow: Workflow) -> dict[str, list[tuple[str, str, bool]]]:
    """Where each step leads, by texts: (text of the next step or "", condition, whether back)."""
    texts = {step.key: step.text for step in workflow.steps} | {"": ""}
    return {
        texts[key]: [(texts[route.to], route.condition, route.returns) for route in routes]
        for key, routes in routes_of(workflow).items()
    }


def test_a_file_of_another_tool_without_coordinates_becomes_steps_with_units_conditions_and_ways_back() -> None:
    read = read_bpmn(foreign(LANES + SIMPLE), "khai-sinh.bpmn")
    assert read.workflow.name == "Đăng ký khai sinh"
    assert [(step.label, step.text, step.unit, step.kind) for step in read.workflow.steps] == [
        ("Bước 1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa xã", StepKind.TASK),
        ("Bước 2", "Ghi vào Sổ hộ tịch", "Công chức Tư pháp - Hộ tịch", StepKind.TASK),
        ("Bước 3", "Trả kết quả", "Bộ phận Một cửa xã", StepKind.TASK),
        ("", "Chờ công dân bổ sung", "Bộ phận Một cửa xã", StepKind.WAIT),
    ]
    assert ways(read.workflow) == {
        "Tiếp nhận hồ sơ": [
            ("Ghi vào Sổ hộ tịch", "Hồ sơ đầy đủ?: Có", False),
            ("Chờ công dân bổ sung", "Hồ sơ đầy đủ?: Không", False),
        ],
        "Chờ công dân bổ sung": [("Tiếp nhận hồ sơ", "", True), ("", "", False)],
        "Ghi vào Sổ hộ tịch": [("Trả kết quả", "", False)],
        "Trả kết quả": [("", "", False)],
    }
    assert steps_by_text(read.workflow)["Ghi vào Sổ hộ tịch"].note == "Theo mẫu của Bộ Tư pháp."
    assert read.notes == (
        "Bước “Chờ công dân bổ sung” chỉ có đường quay lại; đã thêm lối kết thúc tại đó.",
        "Tệp không ghi người thực hiện, thời gian và sản phẩm của từng bước: cần bổ sung.",
    )


def without_our_data(data: bytes) -> bytes:
    return re.sub(rb"<bpmn:extensionElements>.*?</bpmn:extensionElements>", b"", data, flags=re.DOTALL)


@settings(max_examples=60)
@given(workflows())
def test_the_drawing_alone_keeps_steps_units_ways_and_meetings(workflow: Workflow) -> None:
    read = read_bpmn(without_our_data(bpmn(workflow)), "x.bpmn").workflow
    told, meant = ({step.label: step for step in found.steps} for found in (read, workflow))
    assert told.keys() == meant.keys()
    for label, step in meant.items():
        assert (told[label].text, told[label].unit) == (step.text, step.unit)
        assert told[label].waits_for_all == step.waits_for_all
    assert _labelled_ways(read) == _labelled_ways(workflow)


def _labelled_ways(workflow: Workflow) -> dict[str, object]:
    labels = {step.key: step.label for step in workflow.steps} | {"": ""}
    found: dict[str, object] = {}
    for step in workflow.steps:
        routes = routes_of(workflow)[step.key]
        several = sum(not route.returns for route in routes) > 1
        found[step.label] = (
            sorted((labels[route.to], route.condition, route.returns) for route in routes),
            step.branching if several else None,
        )
    return found


def test_a_parallel_part_is_read_with_its_join() -> None:
    body = (
        '<startEvent id="s"/><endEvent id="e"/><parallelGateway id="g1"/><parallelGateway id="g2"/>'
        + tasks("a", "b", "c", "d")
        + flows("s>a", "a>g1", "g1>b", "g1>c", "b>g2", "c>g2", "g2>d", "d>e")
    )
    steps = steps_by_text(read_bpmn(foreign(body), "x.bpmn").workflow)
    assert steps["Việc a"].branching is Branching.ALL
    assert len(steps["Việc a"].routes) == 2
    assert steps["Việc d"].waits_for_all


def test_a_choice_inside_a_parallel_part_stands_as_a_step_and_is_named() -> None:
    body = (
        '<startEvent id="s"/><endEvent id="e"/><parallelGateway id="g1"/><exclusiveGateway id="g2" name="Có phí?"/>'
        + tasks("a", "b", "c", "d")
        + flows("s>a", "a>g1", "g1>b", "g1>g2", "g2>c Có", "g2>d Không", "b>e", "c>e", "d>e")
    )
    read = read_bpmn(foreign(body), "x.bpmn")
    assert ways(read.workflow)["Có phí?"] == [("Việc c", "Có", False), ("Việc d", "Không", False)]
    assert "Nhánh rẽ “Có phí?” được giữ thành một bước vì không gộp được vào bước trước nó." in read.notes


def test_what_is_not_understood_is_named() -> None:
    body = (
        '<startEvent id="s" name="Công dân nộp hồ sơ"/><endEvent id="e"/>'
        '<inclusiveGateway id="g" name="Chọn cách nhận"/>'
        '<serviceTask id="a" name="Gửi tin nhắn"/><subProcess id="b" name="Thẩm định">'
        '<task id="b1" name="Đọc hồ sơ"/><task id="b2" name="Viết tờ trình"/></subProcess>'
        '<boundaryEvent id="t" name="Quá 2 ngày" attachedToRef="b"><timerEventDefinition/></boundaryEvent>'
        '<dataObjectReference id="o" name="Hồ sơ gốc"/><textAnnotation id="n"><text>Xem Điều 5</text></textAnnotation>'
        + tasks("c", "d", "lẻ")
        + flows("s>a", "a>b", "b>g", "g>c", "g>d", "c>e", "d>e", "t>d", "d>mất")
    )
    read = read_bpmn(foreign(body), "x.bpmn")
    assert steps_by_text(read.workflow)["Thẩm định"].note == "Gồm: Đọc hồ sơ; Viết tờ trình"
    assert ("Việc d", "Quá 2 ngày", False) in ways(read.workflow)["Thẩm định"]
    assert set(read.notes) == {
        "Dữ liệu “Hồ sơ gốc” chưa được đọc.",
        "Ghi chú “Xem Điều 5” chưa được đọc.",
        "1 đường nối tới chỗ không có trong tệp đã bị bỏ.",
        "“Gửi tin nhắn” là công việc máy tự làm; đã đọc thành một bước thường.",
        "“Thẩm định” là quy trình con; đã đọc thành một bước thường.",
        "Sự kiện “Quá 2 ngày” gắn với “Thẩm định” được đọc thành một nhánh.",
        "Nhánh rẽ “Chọn cách nhận” được đọc là chọn một trong các nhánh.",
        "Sự kiện bắt đầu “Công dân nộp hồ sơ” không phải một bước nên không được ghi.",
        "Bước “Việc lẻ” không có đường dẫn tới từ chỗ bắt đầu.",
        "Tệp không chia làn theo đơn vị: cần ghi đơn vị thực hiện của từng bước.",
        "Tệp không ghi người thực hiện, thời gian và sản phẩm của từng bước: cần bổ sung.",
    }


def test_of_several_processes_the_largest_is_read_and_the_others_are_named() -> None:
    body = foreign(SIMPLE).decode().replace(
        "</process>", '</process><process id="q" name="Phía công dân"><task id="x" name="Nộp"/></process>'
    )  # fmt: skip
    read = read_bpmn(body.encode(), "x.bpmn")
    assert len(read.workflow.steps) == 4
    assert "Tệp còn một quy trình khác, “Phía công dân”, chưa được đọc." in read.notes


def test_gateways_that_lead_to_each_other_for_ever_end_as_steps() -> None:
    gates = "".join(f'<exclusiveGateway id="g{at}"/>' for at in range(60))
    doubled = [f"g{at}>g{at + 1} {way}" for at in range(59) for way in ("trái", "phải")]
    body = '<startEvent id="s"/>' + gates + tasks("a") + flows("s>a", "a>g0", *doubled, "g59>g0")
    assert "Việc a" in steps_by_text(read_bpmn(foreign(body), "x.bpmn").workflow)


class TestChangedElsewhere:
    """Our file after somebody edited it in another tool: the drawing counts, the rest stays."""

    def changed(self, old: str, new: str) -> tuple[Workflow, tuple[str, ...]]:
        text = bpmn(branching()).decode()
        assert old in text
        read = read_bpmn(text.replace(old, new).encode(), "sua.bpmn")
        assert not read.exact
        return read.workflow, read.notes

    def test_a_new_name_is_the_new_text_and_hours_and_forms_stay(self) -> None:
        workflow, notes = self.changed('name="B5. Xác minh', 'name="B5. Xác minh lại')
        step, before = workflow.step("b5"), branching().step("b5")
        assert step is not None and before is not None
        assert step.text == "Xác minh lại thực tế, lập biên bản"
        assert (step.time, step.product, step.role) == (before.time, before.product, before.role)
        assert "Bước “B5” đã đổi nội dung thành “Xác minh lại thực tế, lập biên bản”." in notes

    def test_a_new_way_is_read_and_the_untouched_steps_are_the_same(self) -> None:
        workflow, _ = self.changed('targetRef="step_b8" />', 'targetRef="step_b9" />')
        assert workflow.step("b7").routes[0] == Route("b9")  # type: ignore[union-attr]
        untouched = [step for step in workflow.steps if step.key not in ("b7", "b8")]
        assert untouched == [step for step in branching().steps if step.key not in ("b7", "b8")]

    def test_a_moved_lane_is_a_new_unit(self) -> None:
        workflow, notes = self.changed('name="Văn phòng UBND tỉnh"', 'name="Sở Xây dựng"')
        assert workflow.step("b6").unit == "Sở Xây dựng"  # type: ignore[union-attr]
        assert "Bước “B6” đã chuyển sang đơn vị “Sở Xây dựng”." in notes

    def test_data_of_a_later_version_are_left_and_the_drawing_is_read(self) -> None:
        workflow, notes = self.changed(' version="1"', ' version="2"')
        assert len(workflow.steps) == 9
        assert notes[0].startswith("Tệp do phiên bản mới hơn của chương trình ghi (dữ liệu bản “2”)")

    def test_broken_data_are_named_and_the_drawing_is_read(self) -> None:
        workflow, notes = self.changed('hours="24"', 'hours="nhiều"')
        assert len(workflow.steps) == 9
        assert "đã hỏng" in notes[0]

    def test_moving_boxes_changes_nothing(self) -> None:
        text = re.sub(r'x="(\d+)"', lambda match: f'x="{int(match[1]) + 7}"', bpmn(branching()).decode())
        read = read_bpmn(text.encode(), "x.bpmn")
        assert read.exact
        assert read.workflow == branching()


BOMB = (
    '<!DOCTYPE definitions [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
EXTERNAL = '<!DOCTYPE definitions [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
NO_ENTITIES = "Tệp “x.bpmn” có khai báo DOCTYPE hoặc thực thể; tệp BPMN không cần nên không được nhận."


@pytest.mark.parametrize("doctype", [BOMB, EXTERNAL, "<!DOCTYPE definitions>", '<!DOCTYPE d SYSTEM "http://x/y.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs_external_entities_and_document_types_are_refused(doctype: str, encoding: str) -> None:
    text = foreign(SIMPLE, name="&c;").decode().replace(HEAD, doctype)
    with pytest.raises(NotBpmn) as refused:
        read_bpmn(text.encode(encoding), "x.bpmn")
    assert str(refused.value) == NO_ENTITIES


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Tệp “x.bpmn” không phải XML đọc được: hỏng ở dòng 1."),
        (b"\x89PNG\r\n\x1a\n", "Tệp “x.bpmn” không phải XML đọc được: hỏng ở dòng 1."),
        (foreign(SIMPLE)[:-30], "Tệp “x.bpmn” không phải XML đọc được: hỏng ở dòng 16."),
        (b"<html/>", "Tệp “x.bpmn” không phải BPMN 2.0: phần tử gốc là <html>, cần <definitions> của OMG."),
        (foreign(""), "Tệp “x.bpmn” không có quy trình nào: không thấy bước, sự kiện hay nhánh rẽ."),
        (b" " * (5 * 2**20 + 1), "Tệp “x.bpmn” nặng hơn 5 MB, lớn hơn mọi sơ đồ quy trình hợp lý."),
        (foreign(tasks(*map(str, range(2001)))), "Tệp “x.bpmn” có 2001 bước và nhánh; nhiều nhất 2000."),
        (
            b"<a>" * 101 + b"</a>" * 101,
            "Tệp “x.bpmn” có quá nhiều phần tử hoặc lồng quá sâu, không giống sơ đồ quy trình.",
        ),
    ],
)
def test_what_is_no_bpmn_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(NotBpmn) as refused:
        read_bpmn(data, "x.bpmn")
    assert str(refused.value) == sentence
