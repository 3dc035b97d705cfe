"""The page of one procedure: its state on a day, its order of need, its versions, history and files."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from decisions.content import Case, Channel, ChannelKind, Fee, FeeKind, Flags, Named, Paper, ProcedureContent, TimeLimit
from tests.builders import end, make_content, make_decision, make_settings, put_in_force
from tests.pages import Browser

FIRST = date(2025, 7, 1)
CHANGE = date(2025, 11, 20)
FUTURE = date(2027, 3, 1)


def state(page) -> str:
    return page.all("state-line")[0]


@pytest.fixture
def amended(session) -> None:
    """1.014391 as of QĐ 2815: fifteen working days become ten on 20/11/2025."""
    name = "Cấp giấy phép môi trường"
    first = make_decision(session, "1204/QĐ-UBND", FIRST)
    put_in_force(session, "1.014391", make_content(name, time_limit="15 ngày làm việc"), on=FIRST, decision=first)
    second = make_decision(session, "2815/QĐ-UBND", CHANGE)
    text = make_content(name, time_limit="10 ngày làm việc")
    words = "- Thời hạn từ 15 ngày xuống còn 10 ngày"
    put_in_force(session, "1.014391", text, on=CHANGE, kind="amended", decision=second, changed_parts=words)
    session.commit()


@pytest.mark.usefixtures("amended")
class TestAnAmendedProcedure:
    def test_the_state_line_names_the_decision_and_since_when(self, browser: Browser) -> None:
        line = state(browser.get("/thu-tuc/1.014391"))
        assert line.startswith("Còn hiệu lực từ 20/11/2025, theo Quyết định 2815/QĐ-UBND ngày 20/11/2025.")

    def test_it_says_in_one_sentence_what_changed_last(self, browser: Browser) -> None:
        words = "Thay đổi gần nhất (từ 20/11/2025): giảm 5 ngày làm việc (còn 10 ngày làm việc)."
        assert words in state(browser.get("/thu-tuc/1.014391"))

    def test_the_words_of_the_decision_stand_beside_it(self, browser: Browser) -> None:
        assert "Quyết định ghi: Thời hạn từ 15 ngày xuống còn 10 ngày." in state(browser.get("/thu-tuc/1.014391"))

    def test_the_day_before_shows_the_state_before(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc/1.014391?ngay=2025-11-19")
        assert "15 ngày làm việc" in page.all("summary")[0]
        assert "10 ngày làm việc" not in page.all("summary")[0]
        assert "Đang xem nội dung như ngày 19/11/2025." in page.band
        assert "nội dung mới từ 20/11/2025, theo Quyết định 2815/QĐ-UBND" in state(page)

    def test_the_history_says_what_changed_and_leads_to_the_marked_words(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc/1.014391/lich-su")
        assert "Giảm 5 ngày làm việc (còn 10 ngày làm việc)." in page.text
        assert page.text.index("Phiên bản 2") < page.text.index("Phiên bản 1")
        page = browser.get(page.link("Xem khác biệt với phiên bản 1"))
        assert [d.text_content() for d in page.tree.iter("del")] == ["(bỏ: 15 ngày làm việc)"]
        assert [i.text_content() for i in page.tree.iter("ins")] == ["(thêm: 10 ngày làm việc)"]

    def test_each_part_names_the_annex_row_that_set_it(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc/1.014391")
        assert "Thời hạn giải quyết theo dòng 1, 2815/QĐ-UBND." in page.text
        assert "Căn cứ pháp lý theo dòng 1, 1204/QĐ-UBND." in page.text
        assert "Mọi phần theo dòng 1, 1204/QĐ-UBND." in browser.get("/thu-tuc/1.014391/phien-ban/1").text

    def test_programs_read_which_row_set_each_part(self, browser: Browser) -> None:
        told = json.loads(browser.file("/thu-tuc/1.014391.json").data)["provenance"]
        assert (told["times"]["decision"], told["times"]["effective_on"]) == ("2815/QĐ-UBND", "2025-11-20")
        assert told["name"]["decision"] == "1204/QĐ-UBND"
        assert "conditions" not in told

    def test_an_old_version_keeps_its_address_and_says_where_the_new_one_is(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc/1.014391/phien-ban/1")
        assert "Hết hiệu lực từ 20/11/2025" in state(page)
        assert "15 ngày làm việc" in page.all("summary")[0]
        assert page.link("Xem nội dung đang áp dụng") == "/thu-tuc/1.014391?cap=xa"

    def test_a_version_that_never_was_is_not_found(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc/1.014391/phien-ban/9", status=404)
        assert "Thủ tục 1.014391 không có phiên bản 9." in page.text

    @pytest.mark.parametrize(
        "dirty", ["1.014391.000.00.00.H17", "1.014391.H44", "1.014391.01", " 1.014391", "1.014391 ", "1.0\u200e14391"]
    )
    def test_other_forms_of_the_code_lead_to_the_one_address(self, browser: Browser, dirty: str) -> None:
        response = browser.file(f"/thu-tuc/{dirty}?ngay=2025-11-19", status=301)
        assert response.location == "/thu-tuc/1.014391?ngay=2025-11-19"

    def test_as_known_before_the_recording_the_change_is_not_there(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc/1.014391?ngay=2025-12-01&biet-ngay=2025-11-19")
        assert "15 ngày làm việc" in page.all("summary")[0]
        assert "theo những gì hệ thống ghi nhận đến hết ngày 19/11/2025" in page.band

    @pytest.mark.parametrize(
        "day, limit", [("2025-11-19", "15 ngày"), ("2025-11-20", "10 ngày"), ("2026-11-21", "10 ngày")]
    )
    def test_page_and_json_agree_on_every_day(self, browser: Browser, day: str, limit: str) -> None:
        shown = browser.get(f"/thu-tuc/1.014391?ngay={day}").all("summary")[0]
        told = json.loads(browser.file(f"/thu-tuc/1.014391.json?ngay={day}").text)
        assert f"{limit} làm việc" in shown
        assert f"{limit} làm việc" in json.dumps(told, ensure_ascii=False)


def test_a_text_of_the_future_is_coming_today_and_in_force_on_its_day(browser: Browser, session) -> None:
    put_in_force(session, "1.013864", make_content("Chứng nhận rủi ro nghề nghiệp"), on=FUTURE)
    session.commit()
    assert state(browser.get("/thu-tuc/1.013864?ngay=2026-11-21")).startswith("Sắp có hiệu lực từ 01/03/2027")
    assert state(browser.get("/thu-tuc/1.013864?ngay=2027-03-01")).startswith("Còn hiệu lực từ 01/03/2027")


def test_an_abolished_procedure_says_by_what_since_when_and_what_follows(browser: Browser, session) -> None:
    put_in_force(session, "2.001023", make_content("Liên thông khai sinh, thẻ bảo hiểm y tế"), on=FIRST)
    put_in_force(session, "3.000722", make_content("Nhóm thủ tục khi sinh con"), on=date(2026, 9, 14))
    decision = make_decision(session, "1987/QĐ-UBND", date(2026, 9, 14))
    end(
        session,
        "2.001023",
        on=date(2026, 9, 14),
        kind="replaced",
        decision=decision,
        successors=["3.000722"],
        basis="Nghị định 63/2024/NĐ-CP",
    )
    session.commit()
    page = browser.get("/thu-tuc/2.001023")
    assert state(page).startswith("Hết hiệu lực từ 14/09/2026.")
    assert "Được thay thế theo Quyết định 1987/QĐ-UBND ngày 14/09/2026." in state(page)
    assert "Nay thực hiện theo: Nhóm thủ tục khi sinh con (3.000722)." in state(page)
    assert page.link("Nhóm thủ tục khi sinh con") == "/thu-tuc/3.000722"
    assert "Thay cho: Liên thông khai sinh" in state(browser.get("/thu-tuc/3.000722"))


def test_the_coming_end_of_a_text_in_force_is_announced(browser: Browser, session) -> None:
    put_in_force(session, on=FIRST)
    end(session, "1.001193", on=FUTURE)
    session.commit()
    assert "Sẽ hết hiệu lực từ 01/03/2027" in state(browser.get("/thu-tuc/1.001193?ngay=2026-11-21"))


def test_an_inventory_without_decision_does_not_invent_a_day(browser: Browser, session) -> None:
    opening = make_decision(session, "", None, kind="inventory")
    put_in_force(session, on=FIRST, kind="inventory", decision=opening)
    session.commit()
    line = state(browser.get("/thu-tuc/1.001193"))
    assert line == "Còn hiệu lực · có hiệu lực từ trước; chưa rõ ngày."
    assert "Quyết định" not in line


class TestLevels:
    @pytest.fixture(autouse=True)
    def both(self, session) -> None:
        put_in_force(
            session, "2.000908", make_content("Sao y bản chính", time_limit="03 ngày"), on=FIRST, level="province"
        )
        put_in_force(
            session, "2.000908", make_content("Sao y bản chính", time_limit="trong ngày"), on=FIRST, level="commune"
        )
        put_in_force(
            session, "2.000908", make_content("Sao y bản chính"), on=date(2023, 1, 1), level="district", until=FIRST
        )
        session.commit()

    def test_each_level_has_its_own_text(self, browser: Browser) -> None:
        assert "trong ngày" in browser.get("/thu-tuc/2.000908?cap=xa").all("summary")[0]
        assert "03 ngày" in browser.get("/thu-tuc/2.000908?cap=tinh").all("summary")[0]

    def test_without_a_level_the_first_in_force_is_shown_with_the_others_beside_it(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc/2.000908")
        assert "03 ngày" in page.all("summary")[0]
        assert page.link("Cấp xã") == "/thu-tuc/2.000908?cap=xa"
        assert "Cấp huyện (hết hiệu lực)" in page.text

    def test_before_july_2025_the_district_is_shown(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc/2.000908?ngay=2025-06-30")
        assert "Cấp huyện" in page.all("summary")[0]
        assert state(page).startswith("Còn hiệu lực")


class TestContent:
    def test_exempt_groups_stand_in_the_page(self, browser: Browser, session) -> None:
        fee = Fee(FeeKind.FEE, Decimal(400_000), "400.000 đồng", exempt=("Người khuyết tật", "Người cao tuổi"))
        put_in_force(session, content=make_content(fees=(fee,)), on=FIRST)
        session.commit()
        source = browser.get("/thu-tuc/1.001193").source
        assert "Người khuyết tật" in source and "Người cao tuổi" in source

    def test_a_zero_is_never_called_free(self, browser: Browser, session) -> None:
        put_in_force(session, content=make_content(fees=(Fee(FeeKind.FEE, Decimal(0)),)), on=FIRST)
        session.commit()
        assert "miễn phí" not in browser.get("/thu-tuc/1.001193").text.lower()

    def test_each_channel_shows_its_own_time_and_fee(self, browser: Browser, session) -> None:
        online = Channel(ChannelKind.ONLINE, TimeLimit("02 ngày"), (Fee(FeeKind.FEE, text="200.000 đồng"),))
        desk = Channel(ChannelKind.DIRECT, TimeLimit("03 ngày"), (Fee(FeeKind.FEE, text="400.000 đồng"),))
        put_in_force(session, content=make_content(channels=(online, desk), times=(), fees=()), on=FIRST)
        session.commit()
        rows = [" ".join(r.text_content().split()) for r in browser.get("/thu-tuc/1.001193").tree.xpath("//tbody/tr")]
        assert any("Trực tuyến" in row and "02 ngày" in row and "200.000 đồng" in row for row in rows)
        assert any("Trực tiếp" in row and "03 ngày" in row and "400.000 đồng" in row for row in rows)

    def test_cases_can_be_chosen_and_carry_their_own_papers(self, browser: Browser, session) -> None:
        cases = (
            Case("Trẻ bị bỏ rơi", papers=(Paper("Biên bản"),)),
            Case("Có cha mẹ", papers=(Paper("Giấy chứng sinh"),)),
        )
        put_in_force(session, content=make_content(cases=cases), on=FIRST)
        session.commit()
        page = browser.get("/thu-tuc/1.001193")
        assert page.link("Có cha mẹ") == "#truong-hop-2"
        assert "Giấy chứng sinh" in page.tree.get_element_by_id("truong-hop-2").text_content()

    def test_texts_from_outside_cannot_become_code(self, browser: Browser, session) -> None:
        bad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
        content = make_content(
            bad, conditions=bad, note=bad, friendly_name=bad, reception=bad, cases=(Case(bad, papers=(Paper(bad),)),)
        )
        put_in_force(session, content=content, on=FIRST, changed_parts=bad)
        session.commit()
        for path in ("/thu-tuc/1.001193", "/thu-tuc/1.001193/lich-su", "/thu-tuc", "/danh-muc", "/thay-doi", "/"):
            page = browser.get(path)
            foreign = "//script[not(@src)] | //img[@onerror] | //a[starts-with(@href, 'javascript')]"
            assert page.tree.xpath(foreign) == []

    def test_the_longest_real_length_of_a_name_is_shown_whole(self, browser: Browser, session) -> None:
        name = ("Cấp giấy chứng nhận quyền sử dụng đất " * 40)[:1192].strip()
        put_in_force(session, content=make_content(name), on=FIRST)
        session.commit()
        assert browser.get("/thu-tuc/1.001193").heading == name

    def test_a_row_without_details_says_that_it_waits(self, browser: Browser, session) -> None:
        put_in_force(session, content=ProcedureContent("Đăng ký khai sinh", sectors=(Named("Hộ tịch"),)), on=FIRST)
        make_settings(session, pakn_phone="0200 000 1022")
        session.commit()
        text = browser.get("/thu-tuc/1.001193").text
        assert "Đã công bố, chờ nội dung." in text and "gọi 0200 000 1022" in text

    def test_boundary_free_is_said(self, browser: Browser, session) -> None:
        put_in_force(session, content=make_content(flags=Flags(non_territorial=True)), on=FIRST)
        session.commit()
        assert "Không phụ thuộc địa giới hành chính" in browser.get("/thu-tuc/1.001193").text


def test_a_procedure_without_code_is_never_given_one(browser: Browser, session) -> None:
    put_in_force(session, "chua-co-ma-60", make_content("Thủ tục đặc thù của tỉnh"), on=FIRST)
    session.commit()
    page = browser.get("/thu-tuc/chua-co-ma-60")
    assert "chưa có mã" in page.text


@pytest.mark.parametrize("path", ["", "/lich-su", "/phien-ban/1", ".json", ".pdf", ".docx"])
def test_an_internal_procedure_does_not_exist_for_readers(browser: Browser, session, path: str) -> None:
    put_in_force(session, "1.200001", make_content("Xét thi đua nội bộ"), on=FIRST, register="internal")
    session.commit()
    assert "Xét thi đua" not in browser.file(f"/thu-tuc/1.200001{path}", status=404).text


@pytest.mark.parametrize("key", ["9.999999", "%00", "..", "a" * 3000, "1.001193%0a", "🙂", "%f0%28"])
def test_an_unknown_code_is_not_found_in_one_sentence(browser: Browser, key: str) -> None:
    page = browser.get(f"/thu-tuc/{key}", status=404)
    assert page.heading == "Chưa tìm thấy trang này"


@pytest.mark.parametrize(
    "suffix, media", [("pdf", "application/pdf"), ("docx", "application/vnd.openxml"), ("json", "application/json")]
)
def test_files_answer_with_their_type_and_a_name(browser: Browser, session, suffix: str, media: str) -> None:
    put_in_force(session, on=FIRST)
    session.commit()
    response = browser.file(f"/thu-tuc/1.001193.{suffix}")
    assert response.content_type.startswith(media)
    assert f"thu-tuc-1.001193.{suffix}" in response.headers["Content-Disposition"]
    assert len(response.data) > 500
