"""Files for OpenCPS: valid, nothing cut, and what the format cannot say is said in a warning (story S21)."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from catalogue.exports.opencps_texts import service_texts
from catalogue.exports.workflow_machine import WorkflowOrigin
from catalogue.exports.workflow_opencps import OpenCpsFile, ServiceTexts, service_info, service_process
from decisions.content import Step
from decisions.workflow import Workflow, WorkflowStep
from tests.builders import make_content
from tests.catalogue.exports.opencps_format import opencps_schema
from tests.workflows import any_workflows, building_permit, linear, workflows

ADDRESS = "https://thutuc.songthao.example/thu-tuc/1.013229"
ORIGIN = WorkflowOrigin("1.013229", "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ", "commune", ADDRESS)


def valid(file: OpenCpsFile) -> ElementTree.Element:
    opencps_schema().assertValid(etree.fromstring(file.data))
    return ElementTree.fromstring(file.data)


@settings(max_examples=60)
@given(st.one_of(workflows(), any_workflows()))
def test_every_workflow_gives_a_valid_file(workflow: Workflow) -> None:
    valid(service_process(workflow, ORIGIN))


@settings(max_examples=60)
@given(st.text(max_size=2500), st.lists(st.text(max_size=120), max_size=9).map(tuple), st.sampled_from(("", ADDRESS)))
def test_texts_of_any_length_give_a_valid_file(text: str, steps: tuple[str, ...], address: str) -> None:
    origin = WorkflowOrigin("1.013229", "Cấp giấy phép xây dựng", address=address)
    valid(service_info(origin, ServiceTexts(process=text, steps=steps, dossier=text, fee=text[::-1]), linear(5)))


def test_steps_actions_and_roles_are_those_of_the_workflow() -> None:
    root = valid(service_process(building_permit(), ORIGIN))
    assert root.findtext("processNo") == "QT.XD.07"
    assert (root.findtext("durationCount"), root.findtext("durationUnit")) == ("56", "1")
    steps = [(step.findtext("stepCode"), step.findtext("durationCount")) for step in root.iter("ProcessStep")]
    assert steps[:4] == [("b1", ""), ("b2", "4"), ("b3", ""), ("b4", "4")]
    ways = [
        (action.findtext("preStepCode"), action.findtext("postStepCode"), action.findtext("preCondition"))
        for action in root.iter("ProcessAction")
    ]
    assert ways[0] == ("", "b1", "")
    assert ("b2", "b3", "Hồ sơ chưa đầy đủ") in ways
    assert ("b8", "b7", "Yêu cầu làm rõ") in ways
    assert ways[-1] == ("b10", "ket-thuc", "")
    waiting = [
        step.findtext("stepCode") for step in root.iter("ProcessStep") if step.findtext("dossierStatus") == "waiting"
    ]
    assert waiting == ["b3"]
    assert len(list(root.iter("ProcessRole"))) == 7


def test_parallel_parts_and_joins_are_named_because_opencps_knows_none() -> None:
    assert service_process(building_permit(), ORIGIN).warnings == (
        "Bước “B4” mở các nhánh song song; OpenCPS không có nhánh song song, cần cấu hình lại bằng tay.",
        "Bước “B7” chờ đủ các nhánh; OpenCPS không ghi được điều này, cần cấu hình lại bằng tay.",
    )
    assert service_process(linear(7), ORIGIN).warnings == ()


def test_a_long_process_text_becomes_a_summary_of_the_steps_and_the_address_with_a_warning() -> None:
    process = "Người đề nghị nộp hồ sơ tại Trung tâm Phục vụ hành chính công phường nơi có nhà. " * 30
    steps = ("Nộp hồ sơ", "Kiểm tra hồ sơ", "Kiểm tra thực địa", "Cấp giấy phép")
    file = service_info(ORIGIN, ServiceTexts(process=process, steps=steps))
    assert valid(file).findtext("processText") == (
        "Gồm 4 bước: Nộp hồ sơ; Kiểm tra hồ sơ; Kiểm tra thực địa; Cấp giấy phép. "
        "Toàn văn: https://thutuc.songthao.example/thu-tuc/1.013229"
    )
    assert file.warnings == (
        "Trường ServiceInfo/processText chỉ nhận 255 ký tự; nội dung 2429 ký tự được thay bằng tóm tắt và đường dẫn.",
    )


def test_a_text_of_whole_sentences_is_shortened_between_sentences_only() -> None:
    fees = "Lệ phí cấp giấy phép: 75.000 đồng. " * 60
    shortened = valid(service_info(ORIGIN, ServiceTexts(fee=fees))).findtext("feeText") or ""
    kept = shortened.removesuffix(f" Toàn văn: {ADDRESS}")
    assert kept != shortened
    assert kept.replace("Lệ phí cấp giấy phép: 75.000 đồng.", "").strip() == ""


def test_of_many_steps_as_many_are_named_as_there_is_room_for() -> None:
    steps = tuple(f"Xem xét phần thứ {place} của hồ sơ" for place in range(1, 20))
    text = valid(service_info(ORIGIN, ServiceTexts(process="x" * 300, steps=steps))).findtext("processText") or ""
    assert text.startswith("Gồm 19 bước: Xem xét phần thứ 1 của hồ sơ; Xem xét phần thứ 2 của hồ sơ; ")
    assert text.endswith(f"; … Toàn văn: {ADDRESS}")


def test_steps_inside_one_long_text_are_found_by_their_numbers() -> None:
    text = "Bước 1: Nộp hồ sơ trực tiếp.\nChi tiết ở Điều 5.\nBước 2: Kiểm tra, thẩm định.\nBước 3. Trả kết quả;"
    assert service_texts(make_content(steps=(Step(text),))).steps == (
        "Nộp hồ sơ trực tiếp",
        "Kiểm tra, thẩm định",
        "Trả kết quả",
    )


def test_a_text_that_just_fits_goes_in_word_for_word_without_warning() -> None:
    exact = "Nộp hồ sơ. " * 23 + "Xong"
    exact = exact[:255].strip()
    file = service_info(ORIGIN, ServiceTexts(process=exact))
    assert valid(file).findtext("processText") == exact
    assert file.warnings == ()


def test_a_long_step_is_summed_up_with_the_address_of_the_whole() -> None:
    step = WorkflowStep("b1", "Thẩm định hồ sơ. " + "Đối chiếu từng giấy tờ với bản chính " * 10)
    file = service_process(Workflow("Quy trình", (step,)), ORIGIN)
    note = valid(file).findtext("steps/ProcessStep/instructionNote")
    assert note == f"Thẩm định hồ sơ. Toàn văn: {ADDRESS}"
    assert len(file.warnings) == 1


def test_the_sections_of_a_procedure_fill_the_texts_and_exempt_people_are_among_them() -> None:
    texts = service_texts(make_content(steps=(Step("Nộp hồ sơ tại nơi cư trú.", "Nộp hồ sơ"),)))
    root = valid(service_info(ORIGIN, texts, building_permit()))
    assert root.findtext("processText") == "Nộp hồ sơ Nộp hồ sơ tại nơi cư trú."
    assert "Tờ khai theo mẫu" in (root.findtext("dossierText") or "")
    assert root.findtext("durationText") == "01 ngày làm việc"
    assert "Người thuộc hộ nghèo" in (root.findtext("feeText") or "")
    assert root.findtext("domainName") == "Hộ tịch"
    assert root.findtext("configs/ServiceConfig/processes/ProcessOption/processNo") == "QT.XD.07"
    assert root.findtext("configs/ServiceConfig/serviceUrl") == ADDRESS
