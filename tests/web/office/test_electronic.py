"""The electronic workflow in the office: derived, adjusted, taken from a drawing, approved by another, set up."""

from __future__ import annotations

import io
import json

import pytest

from catalogue.extensions import db
from catalogue.imports.bpmn import read_bpmn
from catalogue.models import ElectronicWorkflow, Workflow
from tests.web.office.conftest import Officer
from tests.web.office.drafts import drafted
from tests.web.office.test_workflows import NEW, added, carried, fill


@pytest.fixture
def adopted(an: Officer) -> str:
    """The address of an adopted workflow."""
    number = drafted(lines=(NEW,))
    fill(an, added(an, number), "0,5 ngày", "4 ngày", "giờ hành chính")
    carried(number)
    return f"/quan-tri/quy-trinh/{db.session.query(Workflow).one().id}"


@pytest.fixture
def draft(an: Officer, adopted: str) -> str:
    """The address of an electronic draft."""
    an.send(an.get(adopted), to="dien-tu")
    return an.answer.location


def stored() -> ElectronicWorkflow:
    db.session.expire_all()
    return db.session.query(ElectronicWorkflow).one()


def test_it_starts_with_states_actors_and_times_of_the_internal_one(an: Officer, draft: str) -> None:
    assert [(s.state, s.actor, s.online.text) for s in stored().value.steps][1] == (
        "Đang xử lý", "Chuyên viên", "4 ngày")  # fmt: skip
    an.send(an.get(draft), {"steps-1-online": "02 ngày", "steps-1-sms": "y"})
    step = stored().value.steps[1]
    assert (step.online.hours, step.notices, step.time.text) == (16, ("sms",), "4 ngày")


def test_the_drafter_cannot_approve_and_a_second_person_can(an: Officer, binh: Officer, draft: str) -> None:
    an.post(f"{draft}/phe-duyet", status=403)
    binh.send(binh.get(draft), to="phe-duyet")
    assert stored().status == "approved"
    an.post(draft, {"seen": "1"}, status=409)


def test_nobody_approves_a_text_changed_after_the_page_was_opened(an: Officer, binh: Officer, draft: str) -> None:
    page = binh.get(draft)
    an.send(an.get(draft), {"steps-1-online": "02 ngày"})
    binh.send(page, to="phe-duyet", status=409)
    assert stored().status == "draft"


def test_what_two_people_type_at_once_is_not_lost(an: Officer, draft: str) -> None:
    first, second = an.get(draft), an.get(draft)
    an.send(first, {"steps-1-online": "02 ngày"})
    again = an.send(second, {"steps-1-eform": "Mẫu điện tử 07"}, status=409)
    assert "Mẫu điện tử 07" in again.source


def test_more_steps_than_there_are_answer_with_the_stored_ones(an: Officer, draft: str) -> None:
    an.post(draft, {"seen": "1", **{f"steps-{n}-state": "x" for n in range(9)}}, status=409)


def test_a_configuration_is_recorded_once_it_is_approved(an: Officer, binh: Officer, draft: str) -> None:
    binh.send(binh.get(draft), to="phe-duyet")
    page = an.get(draft)
    values = {"system": "Hệ thống một cửa tỉnh", "configured_by": "Tổ công nghệ", "configured_on": "31/02/2026"}
    an.send(page, values, to="cau-hinh", status=422)
    an.send(page, values | {"configured_on": "01/11/2026", "tested_on": "02/11/2026"}, to="cau-hinh")
    assert (
        "Hệ thống một cửa tỉnh: Tổ công nghệ cấu hình ngày 01/11/2026, chạy thử ngày 02/11/2026" in an.get(draft).text
    )


@pytest.mark.parametrize("suffix", ["bpmn", "json", "opencps"])
def test_every_file_for_other_systems_can_be_taken(an: Officer, adopted: str, draft: str, suffix: str) -> None:
    for address in (adopted, draft):
        answer = an.file(f"{address}.{suffix}")
        if suffix == "json":
            assert json.loads(answer.data)["procedure"]["code"] == "1.014391"
        else:
            assert answer.data.startswith(b"<?xml")


def test_a_drawing_goes_out_and_comes_back_without_loss(an: Officer, draft: str) -> None:
    before = stored().value
    data = an.file(f"{draft}.bpmn").data
    assert read_bpmn(data, "x.bpmn").workflow == before
    changed = data.replace("Việc thứ 2".encode(), "Việc đã sửa ở chương trình khác".encode())
    an.send(an.get(draft), {"file": (io.BytesIO(changed), "sua.bpmn")}, to="bpmn")
    assert stored().value.steps[1].state == "Đang xử lý"


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><definitions>&b;</definitions>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><definitions>&a;</definitions>'


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, b"", b"PK\x03\x04", b"<definitions/>"])
def test_hostile_and_foreign_files_are_refused_with_a_sentence(an: Officer, draft: str, data: bytes) -> None:
    before = stored().content
    page = an.send(an.get(draft), {"file": (io.BytesIO(data), "la.bpmn")}, to="bpmn", status=422)
    assert page.all("error") and "root:" not in page.source
    assert stored().content == before
