"""Decisions on their way in and at work: list, import, head, history, discarding."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from catalogue.extensions import db
from catalogue.models import AuditEntry, Decision
from tests.web.office.conftest import Officer, stored, upload
from tests.web.office.drafts import brought, drafted
from tests.word_decisions import BIRTH, LISTING, build_decision

SONG_THAO = {"issuer": "ỦY BAN NHÂN DÂN\nTỈNH SÔNG THAO", "authority": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG THAO"}


class TestTheList:
    def test_an_sees_the_drafts_of_her_agency_with_their_step(self, an: Officer) -> None:
        drafted("101/QĐ-UBND")
        assert "101/QĐ-UBND" in an.get("/quan-tri/quyet-dinh").text
        assert "Đang soạn" in an.get("/quan-tri/quyet-dinh").text

    def test_dung_of_another_agency_does_not(self, dung: Officer) -> None:
        number = drafted("101/QĐ-UBND")
        assert "101/QĐ-UBND" not in dung.get("/quan-tri/quyet-dinh").text
        dung.get(f"/quan-tri/quyet-dinh/{number}", status=404)
        dung.get(f"/quan-tri/quyet-dinh/{number}/cac-dong", status=404)

    def test_dung_sees_it_once_it_is_issued(self, dung: Officer) -> None:
        number = brought("issued")
        dung.get(f"/quan-tri/quyet-dinh/{number}")

    def test_the_reviewer_sees_every_agency(self, binh: Officer) -> None:
        drafted("101/QĐ-UBND")
        drafted("102/QĐ-UBND", by="dung")
        text = binh.get("/quan-tri/quyet-dinh").text
        assert "101/QĐ-UBND" in text and "102/QĐ-UBND" in text

    @pytest.mark.parametrize(
        "query", ["q=101", "q=khong+co", "trang-thai=draft", "trang-thai=x", "trang=x", "trang=10000000000", "q=%25_"]
    )
    def test_odd_questions_are_answered(self, an: Officer, query: str) -> None:
        drafted("101/QĐ-UBND")
        an.get(f"/quan-tri/quyet-dinh?{query}")

    def test_an_empty_office_says_what_to_do(self, an: Officer) -> None:
        assert "Nhập một tệp Word" in an.get("/quan-tri/quyet-dinh").text


class TestImporting:
    def test_a_word_file_becomes_a_draft(self, an: Officer) -> None:
        data = build_decision(number="1250/QĐ-UBND", tables=[[LISTING, BIRTH]], **SONG_THAO)
        an.send(an.get("/quan-tri/quyet-dinh/nhap"), upload(data, "1250.docx"))
        page = an.get(an.answer.location)
        assert "1250/QĐ-UBND" in page.heading
        lines = an.get(f"{an.answer.location}/cac-dong")
        assert "1.001193" in lines.source and "Văn bản gốc" in lines.text

    def test_the_original_is_kept_byte_for_byte(self, an: Officer) -> None:
        data = build_decision(tables=[[LISTING, BIRTH]], **SONG_THAO)
        an.send(an.get("/quan-tri/quyet-dinh/nhap"), upload(data, "Quyết định 1250.docx"))
        assert an.file(f"{an.answer.location}/tep").data == data

    @pytest.mark.parametrize(
        ("data", "name"), [(b"", "trong.docx"), (b"%PDF-1.7 ...", "ky.pdf"), (b"PK\x03\x04 cut", "hong.docx")]
    )
    def test_what_is_no_decision_is_refused_in_one_sentence(self, an: Officer, data: bytes, name: str) -> None:
        page = an.send(an.get("/quan-tri/quyet-dinh/nhap"), upload(data, name), status=422)
        assert page is not None
        assert len(page.all("error")) == 1 and name in page.all("error")[0]
        assert db.session.scalar(select(func.count(Decision.id))) == 0

    def test_the_same_file_twice_names_the_first(self, an: Officer) -> None:
        data = build_decision(tables=[[LISTING, BIRTH]], **SONG_THAO)
        an.send(an.get("/quan-tri/quyet-dinh/nhap"), upload(data, "a.docx"))
        page = an.send(an.get("/quan-tri/quyet-dinh/nhap"), upload(data, "b.docx"), status=422)
        assert page is not None and "đã được nhập trước đây" in page.all("error")[0]

    def test_nothing_chosen_says_so(self, an: Officer) -> None:
        page = an.send(an.get("/quan-tri/quyet-dinh/nhap"), status=422)
        assert page is not None and "Chọn một tệp Word" in page.text

    def test_a_file_over_the_limit_is_refused(self, an: Officer) -> None:
        an.client.application.config["MAX_CONTENT_LENGTH"] = 10_000
        page = an.get("/quan-tri/quyet-dinh/nhap")
        refused = an.send(page, upload(b"x" * 20_000, "lon.docx"), status=413)
        assert refused is not None and "quá lớn" in refused.text

    def test_the_reviewer_may_not_import(self, binh: Officer) -> None:
        binh.get("/quan-tri/quyet-dinh/nhap", status=403)


class TestTheHead:
    def test_a_draft_by_hand(self, an: Officer) -> None:
        page = an.get("/quan-tri/quyet-dinh/moi")
        an.send(page, {"number": "77/QĐ-UBND", "signed_on": "20/11/2025", "effect_type": "on_signing"})
        decision = stored(int(an.answer.location.rsplit("/", 1)[1]))
        assert (decision.number, f"{decision.signed_on}") == ("77/QĐ-UBND", "2025-11-20")

    def test_a_day_that_is_not_in_the_calendar_is_named_and_kept_on_the_page(self, an: Officer) -> None:
        page = an.send(an.get("/quan-tri/quyet-dinh/moi"), {"signed_on": "31/02/2026"}, status=422)
        assert page is not None
        assert page.all("error") == ["Ngày ký: «31/02/2026» không có trong lịch. Sửa lại theo dạng 20/11/2025."]
        assert 'value="31/02/2026"' in page.source

    def test_decomposed_letters_are_composed(self, an: Officer) -> None:
        page = an.get("/quan-tri/quyet-dinh/moi")
        an.send(page, {"number": "78/QĐ-UBND", "subject": "Công bố thủ tục hộ tịch"})
        assert stored(int(an.answer.location.rsplit("/", 1)[1])).subject == "Công bố thủ tục hộ tịch"

    def test_editing_changes_what_was_typed_and_says_so_in_the_history(self, an: Officer) -> None:
        number = drafted()
        page = an.get(f"/quan-tri/quyet-dinh/{number}/dau-quyet-dinh")
        an.send(page, {"signer": "Nguyễn Văn Hải"})
        assert stored(number).signer == "Nguyễn Văn Hải"
        history = an.get(f"/quan-tri/quyet-dinh/{number}/nhat-ky")
        assert "Người ký: (để trống) → thành Nguyễn Văn Hải" in history.text

    def test_saving_without_a_change_records_nothing(self, an: Officer) -> None:
        number = drafted()
        before = db.session.scalar(select(func.count(AuditEntry.id)))
        an.send(an.get(f"/quan-tri/quyet-dinh/{number}/dau-quyet-dinh"))
        assert db.session.scalar(select(func.count(AuditEntry.id))) == before

    def test_the_last_day_is_kept_as_the_paper_says_it(self, an: Officer) -> None:
        number = drafted()
        address = f"/quan-tri/quyet-dinh/{number}/dau-quyet-dinh"
        an.send(an.get(address), {"effect_type": "fixed", "effect_from": "1/12/2026", "effect_until": "28/02/2027"})
        assert f"{stored(number).effect_until}" == "2027-03-01"
        assert 'value="28/02/2027"' in an.get(address).source

    def test_articles_are_read_by_their_labels_and_kept(self, an: Officer) -> None:
        number = drafted()
        address = f"/quan-tri/quyet-dinh/{number}/dau-quyet-dinh"
        words = "Điều 1. Công bố danh mục.\nĐiều 2. Sở Tư pháp xây dựng quy trình nội bộ\ntrong 05 ngày làm việc.\n"
        an.send(an.get(address), {"articles": words})
        articles = [["Điều 1", "Công bố danh mục."],
                    ["Điều 2", "Sở Tư pháp xây dựng quy trình nội bộ\ntrong 05 ngày làm việc."]]  # fmt: skip
        assert stored(number).articles == articles
        an.send(an.get(address), {"signer": "Nguyễn Văn Hải"})
        assert stored(number).articles == articles

    def test_a_number_that_is_taken_is_refused(self, an: Officer) -> None:
        drafted("101/QĐ-UBND")
        number = drafted("102/QĐ-UBND")
        page = an.get(f"/quan-tri/quyet-dinh/{number}/dau-quyet-dinh")
        refused = an.send(page, {"number": "101/QĐ-UBND"}, status=422)
        assert refused is not None and "đã có trong hệ thống" in refused.text

    def test_two_people_in_one_field_are_shown_both_texts(self, an: Officer, binh: Officer) -> None:
        number = drafted()
        address = f"/quan-tri/quyet-dinh/{number}/dau-quyet-dinh"
        first, second = an.get(address), an.get(address)
        an.send(first, {"signer": "Nguyễn Văn Hải", "place": "Sông Thao"})
        page = an.send(second, {"signer": "Trần Thị Hạnh", "capacity": "KT. CHỦ TỊCH"}, status=409)
        assert page is not None and page.heading == "Hai người cùng sửa đầu quyết định"
        assert "Trần Thị Hạnh" in page.text and "Nguyễn Văn Hải" in page.text
        an.send(page)
        decision = stored(number)
        assert (decision.signer, decision.place, decision.capacity) == ("Trần Thị Hạnh", "Sông Thao", "KT. CHỦ TỊCH")

    def test_an_issued_one_cannot_be_edited(self, an: Officer) -> None:
        number = brought("issued")
        page = an.get(f"/quan-tri/quyet-dinh/{number}/dau-quyet-dinh", status=409)
        assert "đính chính" in page.text

    def test_an_unknown_number_is_not_found(self, an: Officer) -> None:
        an.get("/quan-tri/quyet-dinh/4711", status=404)
        an.get("/quan-tri/quyet-dinh/4711/dau-quyet-dinh", status=404)


class TestDiscarding:
    def test_the_draft_goes_and_the_record_stays(self, an: Officer) -> None:
        number = drafted()
        an.send(an.get(f"/quan-tri/quyet-dinh/{number}/huy"), {"reason": "Nhập nhầm tệp"})
        assert db.session.get(Decision, number) is None
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "decision_discarded")).one()
        assert entry.detail["reason"] == "Nhập nhầm tệp"

    def test_what_others_hold_is_returned_first(self, an: Officer) -> None:
        number = brought("reviewed")
        an.get(f"/quan-tri/quyet-dinh/{number}/huy", status=409)
        an.post(f"/quan-tri/quyet-dinh/{number}/huy", {"reason": "x"}, status=409)
        assert stored(number).status == "reviewed"

    def test_it_needs_a_reason(self, an: Officer) -> None:
        number = drafted()
        an.send(an.get(f"/quan-tri/quyet-dinh/{number}/huy"), status=422)
        assert stored(number).status == "draft"
