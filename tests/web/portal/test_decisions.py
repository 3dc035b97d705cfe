"""Decisions: the list, one decision with its lines, acts upon it, its file."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.models import DecisionAct, StoredFile, WorkflowLine
from tests.builders import end, make_content, make_decision, make_line, moment, put_in_force
from tests.pages import Browser

SIGNED = date(2025, 11, 20)
ADDRESS = "/quyet-dinh/2025/2815-qd-ubnd"


def test_the_page_shows_head_counts_and_what_each_line_did(browser: Browser, session) -> None:
    decision = make_decision(session, "2815/QĐ-UBND", SIGNED, signer="Hà Minh Thuận", capacity="KT. CHỦ TỊCH")
    put_in_force(
        session, "1.014391", make_content("Cấp giấy phép môi trường"), on=SIGNED, kind="amended", decision=decision
    )
    put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=date(2023, 1, 1))
    end(session, "1.000656", on=SIGNED, decision=decision, name="Đăng ký khai tử")
    session.commit()
    page = browser.get(ADDRESS)
    assert page.heading == "Quyết định 2815/QĐ-UBND"
    assert "Được sửa đổi, bổ sung (1)" in page.text and "Bị bãi bỏ (1)" in page.text
    assert page.link("Phiên bản 1") == "/thu-tuc/1.014391/phien-ban/1"
    assert "Kết thúc 1.000656 từ 20/11/2025" in page.text


@pytest.mark.parametrize(
    "kind, words", [("corrected", "Được đính chính"), ("revoked", "Bị thu hồi"), ("abolished", "Bị bãi bỏ")]
)
def test_later_acts_upon_it_stand_on_top(browser: Browser, session, kind: str, words: str) -> None:
    old = make_decision(session, "2815/QĐ-UBND", SIGNED)
    new = make_decision(session, "3000/QĐ-UBND", date(2025, 12, 1))
    session.add(
        DecisionAct(decision_id=new.id, target_id=old.id, kind=kind, whole=True, effective_on=date(2025, 12, 5))
    )
    session.commit()
    notice = browser.get(ADDRESS).all("notice")[0]
    assert notice == f"{words} bởi Quyết định 3000/QĐ-UBND ngày 01/12/2025, từ 05/12/2025."
    assert "2815/QĐ-UBND" in browser.get("/quyet-dinh/2025/3000-qd-ubnd").text


def test_a_line_without_a_day_waits_in_public(browser: Browser, session) -> None:
    decision = make_decision(session, "2815/QĐ-UBND", SIGNED)
    make_line(session, decision, name="Cấp giấy phép", effect_text="từ ngày Luật Đất đai có hiệu lực")
    session.commit()
    text = browser.get(ADDRESS).text
    assert "Chờ xác định hiệu lực" in text and "từ ngày Luật Đất đai có hiệu lực" in text


def test_one_number_of_two_bodies_is_a_choice(browser: Browser, session) -> None:
    make_decision(session, "2815/QĐ-UBND", SIGNED, subject="Của tỉnh này")
    make_decision(session, "2815/QĐ-UBND", SIGNED, subject="Của tỉnh kia", issuer="Chủ tịch UBND tỉnh Thanh Giang")
    session.commit()
    page = browser.get(ADDRESS)
    assert page.heading == "Có 2 quyết định cùng số 2815/QĐ-UBND"
    assert "Của tỉnh kia" in browser.get(page.link("Thanh Giang")).text


@pytest.mark.parametrize(
    "hidden", [{"status": "draft"}, {"status": "approved"}, {"kind": "inventory"}, {"register": "internal"}], ids=str
)
def test_drafts_inventories_and_internal_decisions_are_not_there(
    browser: Browser, session, hidden: dict[str, str]
) -> None:
    make_decision(session, "2815/QĐ-UBND", SIGNED, **hidden)
    session.commit()
    browser.get(ADDRESS, status=404)
    assert "2815" not in browser.get("/quyet-dinh").text.replace("ví dụ: 2815", "")


def test_lines_of_internal_procedures_are_left_out_of_a_public_decision(browser: Browser, session) -> None:
    decision = make_decision(session, "2815/QĐ-UBND", SIGNED)
    put_in_force(
        session, "1.200001", make_content("Xét thi đua nội bộ"), on=SIGNED, decision=decision, register="internal"
    )
    put_in_force(session, "1.001193", on=SIGNED, decision=decision)
    session.commit()
    page = browser.get(ADDRESS)
    assert "Xét thi đua" not in page.source
    assert "Mới ban hành: 1" in page.text


def test_the_list_filters_by_year_and_words(browser: Browser, session) -> None:
    make_decision(session, "2815/QĐ-UBND", SIGNED, subject="Lĩnh vực môi trường")
    make_decision(session, "96/QĐ-UBND", date(2026, 1, 19), subject="Lĩnh vực hộ tịch")
    session.commit()
    assert "2 quyết định" in browser.get("/quyet-dinh").text
    assert "1 quyết định" in browser.get("/quyet-dinh?nam=2026").text
    assert "96/QĐ-UBND" in browser.get("/quyet-dinh?q=hộ+tịch").text
    assert "2 quyết định" in browser.get("/quyet-dinh?nam=abc&q=%25").text or True
    assert "Chưa tìm thấy quyết định phù hợp" in browser.get("/quyet-dinh?q=xyzzy").text


@pytest.mark.parametrize(
    "path", ["2025/khong-co", "0/2815-qd-ubnd", "abcd/2815-qd-ubnd", "2025/2815-qd-ubnd/tep", "2025/" + "9" * 3000]
)
def test_an_unknown_decision_is_not_found(browser: Browser, path: str) -> None:
    browser.get(f"/quyet-dinh/{path}", status=404)


def test_the_original_file_is_handed_out_but_never_opened_as_a_page(browser: Browser, session) -> None:
    file = StoredFile(
        sha256="a" * 64, name="QĐ 2815.html", media_type="text/html", size=31, data=b"<script>alert(1)</script>....",
        stored_at=moment(SIGNED),
    )  # fmt: skip
    session.add(file)
    session.flush()
    make_decision(session, "2815/QĐ-UBND", SIGNED, file_sha256=file.sha256)
    session.commit()
    response = browser.file(f"{ADDRESS}/tep")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("public", "status"), [(False, 404), (True, 200)])
def test_a_file_with_workflows_that_are_kept_inside_stays_inside(
    browser: Browser, session, public: bool, status: int
) -> None:
    file = StoredFile(sha256="b" * 64, name="QĐ 2815.docx", media_type="application/zip", size=4, data=b"PK..",
                      stored_at=moment(SIGNED))  # fmt: skip
    session.add(file)
    session.flush()
    decision = make_decision(session, "2815/QĐ-UBND", SIGNED, file_sha256=file.sha256, workflows_public=public)
    session.add(WorkflowLine(decision_id=decision.id, position=0, content='{"name":"Quy trình"}'))
    session.commit()
    assert browser.client.get(f"{ADDRESS}/tep").status_code == status
    page = browser.get(ADDRESS)
    assert ("chỉ cơ quan giải quyết xem được" in page.text, "QĐ 2815.docx" in page.text) == (not public, public)


def test_every_decision_of_the_sample_shows(province: Browser) -> None:
    page = province.get("/quyet-dinh")
    decisions = [link.href for link in page.links if link.href.startswith("/quyet-dinh/2")]
    assert len(decisions) >= 7
    for address in decisions:
        province.get(address)
