"""The editor of a whole text without script: sections, rows, readings, two people, files, amendments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.extensions import db
from catalogue.models import Decision, DecisionLine, StoredFile, UnsavedText
from catalogue.services.drafting import LineInput
from decisions.content import from_json
from tests.catalogue.cast import introduced
from tests.pages import Page
from tests.web.office.conftest import Officer
from tests.web.office.drafts import brought, carried, drafted

Enter = Callable[[str], Officer]
LIBRARY = LineInput(kind="introduced", name="Cấp thẻ đọc thư viện xã", code_printed="9.400001", level="commune",
                    sector="Văn hóa", basis="Luật Thư viện 2019")  # fmt: skip


def editor(decision: int, section: str = "") -> str:
    line = db.session.scalars(select(DecisionLine.id).where(DecisionLine.decision_id == decision)).first()
    db.session.rollback()
    return f"/quan-tri/quyet-dinh/{decision}/cac-dong/{line}/noi-dung{section}"


def stored(decision: int) -> DecisionLine:
    db.session.expire_all()
    return db.session.scalars(select(DecisionLine).where(DecisionLine.decision_id == decision)).first()


def write(person: Officer, decision: int, section: str, values: dict[str, Any], *, status: int = 303) -> Page | None:
    """Open a section, fill in fields, save."""
    page = person.get(editor(decision, f"/{section}"))
    return person.send(page, {"lam": "luu", **values}, to=f"/{section}", status=status)


def wish(person: Officer, page: Page, section: str, lam: str, values: dict[str, Any] | None = None) -> Page:
    """Press a button of a row: the same page comes back, filled in."""
    found = person.send(page, {**(values or {}), "lam": lam}, to=f"/{section}", status=200)
    assert found is not None
    return found


def value(page: Page, name: str) -> str:
    field = page.tree.xpath(f"//*[@name='{name}']")[0]
    if field.tag == "select":
        return str((field.xpath("./option[@selected]") or field.xpath("./option"))[0].get("value"))
    return (field.text or "").removeprefix("\n") if field.tag == "textarea" else str(field.get("value") or "")


def word_file(*extra: str) -> bytes:
    """The bones of a Word file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            archive.writestr(zipfile.ZipInfo(name), "<x/>")
    return stream.getvalue()


@pytest.fixture
def an(officer: Enter) -> Officer:
    return officer("an")


class TestFromEmptyToPublic:
    def test_a_text_written_by_sections_becomes_the_public_page(self, an: Officer, officer: Enter) -> None:
        number = drafted("4001/QĐ-UBND", lines=(LIBRARY,))
        page = an.get(editor(number))
        assert "Còn thiếu" in page.text and "được soạn mới" in page.text
        write(an, number, "trinh-tu", {"steps-0-name": "Bước 1", "steps-0-text": "Nộp **phiếu** đăng ký"})
        write(an, number, "cach-thuc", {"channels-0-kind": "direct", "channels-0-time-text": "02 giờ"})
        write(an, number, "ho-so", {"cases-0-papers-0-name": "Phiếu đăng ký", "cases-0-papers-0-originals": "1",
                                    "cases-0-papers-0-forms": "Mẫu số 01", "dossier_sets": "01 bộ"})  # fmt: skip
        write(an, number, "thoi-han", {"times-0-text": "0,5 ngày làm việc"})
        write(an, number, "doi-tuong", {"subjects": "Cá nhân\nTổ chức"})
        write(an, number, "co-quan", {"executing": "Ủy ban nhân dân cấp xã", "reception": "Thư viện xã"})
        write(an, number, "phi", {"fees-0-text": "Phí: 8.000 đồng/thẻ", "fees-0-exempt": "Trẻ em\nNgười cao tuổi"})
        write(an, number, "ket-qua", {"outcomes": "Thẻ đọc"})
        overview = an.get(editor(number))
        assert "Đã đủ các phần mà mọi thủ tục phải có." in overview.text
        assert "Yêu cầu, điều kiện không quy định" in overview.text
        content = from_json(stored(number).content)
        assert content.times[0].quantity is not None and str(content.times[0].quantity) == "0.5"
        assert (content.fees[0].amount, content.fees[0].exempt) == (8000, ("Trẻ em", "Người cao tuổi"))

        preview = an.get(editor(number, "/xem-truoc"))
        assert "Bản xem trước" in preview.band
        assert "Phiếu đăng ký" in preview.text and "Trẻ em" in preview.text
        carried(number, "issued")
        public = an.get("/thu-tuc/9.400001")
        for words in ("Nộp phiếu đăng ký", "0,5 ngày làm việc", "Trẻ em; Người cao tuổi", "Bản chính: 1", "Mẫu số 01"):
            assert words in public.text, words

    def test_the_next_section_is_one_button_away(self, an: Officer) -> None:
        number = drafted("4002/QĐ-UBND", lines=(LIBRARY,))
        write(an, number, "ten", {"friendly_name": "Làm thẻ thư viện", "lam": "luu-sang"})
        assert an.answer.location.endswith("/trinh-tu")


class TestRows:
    def test_rows_are_added_moved_and_taken_out_with_everything_typed(self, an: Officer) -> None:
        number = drafted("4003/QĐ-UBND", lines=(LIBRARY,))
        page = an.get(editor(number, "/trinh-tu"))
        page = wish(an, page, "trinh-tu", "them:steps")
        page = wish(an, page, "trinh-tu", "them:steps", {"steps-0-text": "Nộp hồ sơ"})
        page = wish(an, page, "trinh-tu", "len:steps-1", {"steps-1-text": "Nhận thẻ"})
        assert [value(page, f"steps-{n}-text") for n in range(2)] == ["Nhận thẻ", "Nộp hồ sơ"]
        page = wish(an, page, "trinh-tu", "xuong:steps-0")
        page = wish(an, page, "trinh-tu", "them:steps")
        page = wish(an, page, "trinh-tu", "bo:steps-0")
        assert "Chưa lưu" in page.text and stored(number).content == ""
        an.send(page, {"lam": "luu"}, to="/trinh-tu")
        assert [step.text for step in from_json(stored(number).content).steps] == ["Nhận thẻ"]

    def test_rows_inside_rows(self, an: Officer) -> None:
        number = drafted("4004/QĐ-UBND", lines=(LIBRARY,))
        page = an.get(editor(number, "/ho-so"))
        page = wish(an, page, "ho-so", "them:cases", {"cases-0-name": "Người lớn"})
        page = wish(an, page, "ho-so", "them:cases-1-papers", {"cases-1-name": "Trẻ em"})
        page = wish(an, page, "ho-so", "them:cases-1-fees", {"cases-1-papers-0-name": "Giấy khai sinh"})
        page = wish(an, page, "ho-so", "len:cases-1", {"cases-1-fees-0-text": "Miễn phí"})
        an.send(page, {"lam": "luu"}, to="/ho-so")
        first, second = from_json(stored(number).content).cases
        assert (first.name, first.papers[0].name, first.fees[0].text) == ("Trẻ em", "Giấy khai sinh", "Miễn phí")
        assert second.name == "Người lớn"

    def test_the_script_gets_the_form_and_where_to_go_on(self, an: Officer) -> None:
        number = drafted("4005/QĐ-UBND", lines=(LIBRARY,))
        page = an.get(editor(number, "/trinh-tu"))
        an.send(page, {"lam": "them:steps"}, to="/trinh-tu", status=200, headers={"X-Fragment": "1"})
        told = an.answer.get_json()
        assert told["focus"] == "steps-0" and "steps-0-text" in told["html"] and "<html" not in told["html"]

    @pytest.mark.parametrize("lam", ["len:steps-9", "bo:khong-co-7", "them:steps-0-text", "la:steps-0", "bo:"])
    def test_a_button_nobody_made_changes_nothing(self, an: Officer, lam: str) -> None:
        number = drafted("4006/QĐ-UBND", lines=(LIBRARY,))
        page = an.get(editor(number, "/trinh-tu"))
        an.send(page, {"lam": lam, "steps-0-text": "Nộp"}, to="/trinh-tu", status=400)
        assert "Tải lại trang" in an.answer.text

    def test_a_list_is_full_at_three_hundred_rows(self, an: Officer) -> None:
        number = drafted("4007/QĐ-UBND", lines=(LIBRARY,))
        page = an.get(editor(number, "/can-cu"))
        many = {f"bases-{n}-title": f"Thông tư {n}" for n in range(300)}
        full = wish(an, page, "can-cu", "them:bases", many)
        assert "nhiều nhất" in full.text and value(full, "bases-299-title") == "Thông tư 299"


class TestReadings:
    def test_figures_follow_changed_words_and_a_disagreement_is_named(self, an: Officer) -> None:
        number = drafted("4008/QĐ-UBND", lines=(LIBRARY,))
        write(an, number, "thoi-han", {"times-0-text": "10 ngày làm việc", "times-0-cut_text": "07 ngày làm việc"})
        page = an.get(editor(number, "/thoi-han"))
        shown = [value(page, f"times-0-{name}") for name in ("quantity", "unit", "cut_quantity")]
        assert shown == ["10", "working_day", "7"]
        write(an, number, "thoi-han", {"times-0-text": "15 ngày"})
        page = an.get(editor(number, "/thoi-han"))
        assert [value(page, f"times-0-{name}") for name in ("quantity", "unit")] == ["15", "day"]
        write(an, number, "thoi-han", {"times-0-quantity": "12"})
        page = an.get(editor(number, "/thoi-han"))
        assert "Lời văn ghi 15 ngày, ô bên cạnh ghi 12 ngày." in page.text

    def test_words_without_one_reading_stay_words(self, an: Officer) -> None:
        number = drafted("4009/QĐ-UBND", lines=(LIBRARY,))
        words = "02 ngày hoặc 05 ngày nếu phải xác minh"
        write(an, number, "thoi-han", {"times-0-text": words})
        page = an.get(editor(number, "/thoi-han"))
        assert (value(page, "times-0-text"), value(page, "times-0-quantity")) == (words, "")
        assert "không nêu đúng một thời hạn" in page.text

    def test_phases_are_taken_apart(self, an: Officer) -> None:
        number = drafted("4028/QĐ-UBND", lines=(LIBRARY,))
        write(an, number, "thoi-han", {"times-0-text": "Thông báo 02 ngày; thẩm định 16,5 ngày"})
        page = wish(an, an.get(editor(number, "/thoi-han")), "thoi-han", "tach:times-0")
        shown = [(value(page, f"times-{n}-text"), value(page, f"times-{n}-quantity")) for n in range(2)]
        assert shown == [("Thông báo 02 ngày", "2"), ("thẩm định 16,5 ngày", "16,5")]

    @pytest.mark.parametrize(("section", "field", "typed", "sentence"), [
        ("thoi-han", "times-0-quantity", "mười", "«mười» chưa phải là số"),
        ("ho-so", "cases-0-papers-0-originals", "-1", "«-1» chưa phải là số"),
        ("phi", "fees-0-amount", "8k", "«8k» chưa phải là số tiền"),
        ("phi", "fees-0-valid_from", "31/02/2026", "«31/02/2026» không có trong lịch"),
        ("phi", "fees-0-valid_until", "31/12/9999", "«31/12/9999» ngoài khoảng năm"),
        ("ten", "name", "", "Ghi tên thủ tục."),
    ])  # fmt: skip
    def test_what_cannot_be_read_comes_back_as_typed(
        self, an: Officer, section: str, field: str, typed: str, sentence: str
    ) -> None:
        number = drafted("4010/QĐ-UBND", lines=(LIBRARY,))
        page = write(an, number, section, {field: typed, "keywords": "thẻ", "times-0-text": "giữ lại"}, status=422)
        assert page is not None and sentence in page.text and value(page, field) == typed
        assert stored(number).content == ""

    def test_a_fee_that_ends_before_it_begins_comes_back_with_a_sentence(self, an: Officer) -> None:
        days = {"fees-0-text": "8.000 đồng", "fees-0-valid_from": "02/02/2026", "fees-0-valid_until": "01/02/2026"}
        page = write(an, drafted("4011/QĐ-UBND", lines=(LIBRARY,)), "phi", days, status=422)
        assert page is not None and "trước ngày đầu 02/02/2026" in page.text


class TestTwoPeople:
    def test_one_part_changed_by_both_is_put_before_the_second(self, an: Officer, officer: Enter) -> None:
        number, giang = drafted("4011/QĐ-UBND", lines=(LIBRARY,)), officer("giang")
        hers = giang.get(editor(number, "/ten"))
        write(an, number, "ten", {"keywords": "thẻ", "friendly_name": "Thẻ đọc"})
        mixed = {"keywords": "sách", "other_names": "Thẻ mượn sách", "lam": "luu"}
        both = giang.send(hers, mixed, to="/ten", status=409)
        assert both is not None and "sách" in both.text and "thẻ" in both.text
        assert "Thẻ mượn sách" not in both.text, "only the part that two people changed is asked about"
        giang.send(both, {"lam": "luu", "giu:keywords": "ho"}, to="/ten")
        content = from_json(stored(number).content)
        assert (content.keywords, content.friendly_name) == (("thẻ",), "Thẻ đọc")
        assert content.other_names == ("Thẻ mượn sách",)

    def test_the_person_may_keep_their_own(self, an: Officer, officer: Enter) -> None:
        number, giang = drafted("4012/QĐ-UBND", lines=(LIBRARY,)), officer("giang")
        hers = giang.get(editor(number, "/trinh-tu"))
        write(an, number, "trinh-tu", {"steps-0-text": "Nộp trực tiếp"})
        both = giang.send(hers, {"steps-0-text": "Nộp qua mạng", "lam": "luu"}, to="/trinh-tu", status=409)
        assert both is not None
        giang.send(both, {"lam": "luu", "giu:steps": "minh"}, to="/trinh-tu")
        assert from_json(stored(number).content).steps[0].text == "Nộp qua mạng"

    def test_different_sections_do_not_meet(self, an: Officer, officer: Enter) -> None:
        number, giang = drafted("4013/QĐ-UBND", lines=(LIBRARY,)), officer("giang")
        hers = giang.get(editor(number, "/doi-tuong"))
        write(an, number, "ket-qua", {"outcomes": "Thẻ"})
        giang.send(hers, {"subjects": "Cá nhân", "lam": "luu"}, to="/doi-tuong")
        assert stored(number).written == ["outcomes", "subjects"]

    @pytest.mark.parametrize("seen", ["", "[]", "{", '{"keywords": 7}'])
    def test_a_page_that_lost_its_marks_asks_before_it_overwrites(self, an: Officer, seen: str) -> None:
        number = drafted("4014/QĐ-UBND", lines=(LIBRARY,))
        write(an, number, "ten", {"keywords": "thẻ"})
        write(an, number, "ten", {"keywords": "sách", "seen": seen}, status=409)
        assert from_json(stored(number).content).keywords == ("thẻ",)


class TestWhatIsTyped:
    def keep(self, person: Officer, decision: int, section: str, values: dict[str, Any]) -> dict[str, Any]:
        page = person.get(editor(decision, f"/{section}"))
        token = value(page, "csrf_token")
        address = editor(decision, f"/{section}/go-do")
        data = {"csrf_token": token, "seen": value(page, "seen"), **values}
        answer = person.client.post(address, data=data)
        assert answer.status_code == 200, answer.text
        return dict(answer.get_json())

    def test_it_is_kept_apart_offered_and_taken_back(self, an: Officer, officer: Enter) -> None:
        number = drafted("4015/QĐ-UBND", lines=(LIBRARY,))
        told = self.keep(an, number, "thoi-han", {"times-0-text": "03 ngày làm việc", "times-0-kept": ""})
        assert "Đã giữ bản gõ dở" in told["message"]
        assert told["values"]["times-0-quantity"] == "3" and told["values"]["times-0-unit"] == "working_day"
        assert stored(number).content == "" and stored(number).lock_version == 1
        page = an.get(editor(number, "/thoi-han"))
        assert "Có nội dung bạn đã gõ" in page.text
        assert "Lê Thu An đã gõ ở phần này" in officer("giang").get(editor(number, "/thoi-han")).text
        page = an.get(page.link("Lấy lại nội dung đã gõ"))
        assert value(page, "times-0-text") == "03 ngày làm việc"
        an.send(page, {"lam": "luu"}, to="/thoi-han")
        assert from_json(stored(number).content).times[0].quantity == 3
        assert db.session.scalars(select(UnsavedText)).all() == []

    def test_it_can_be_given_up(self, an: Officer) -> None:
        number = drafted("4016/QĐ-UBND", lines=(LIBRARY,))
        self.keep(an, number, "doi-tuong", {"subjects": "Cá nhân"})
        page = an.get(editor(number, "/doi-tuong"))
        an.send(page, to="/bo-go-do")
        assert "Có nội dung bạn đã gõ" not in an.get(editor(number, "/doi-tuong")).text

    def test_what_is_saved_already_is_not_offered_again(self, an: Officer) -> None:
        """The last words on their way when the button was pressed may arrive after it."""
        number = drafted("4027/QĐ-UBND", lines=(LIBRARY,))
        old = value(an.get(editor(number, "/doi-tuong")), "seen")
        write(an, number, "doi-tuong", {"subjects": "Cá nhân"})
        self.keep(an, number, "doi-tuong", {"subjects": "Cá nhân", "seen": old})
        assert db.session.scalars(select(UnsavedText)).all() == []

    def test_a_colleague_who_saved_meanwhile_is_told_of_and_not_overwritten(self, an: Officer, officer: Enter) -> None:
        number, giang = drafted("4017/QĐ-UBND", lines=(LIBRARY,)), officer("giang")
        old = value(giang.get(editor(number, "/doi-tuong")), "seen")
        write(an, number, "doi-tuong", {"subjects": "Tổ chức"})
        told = self.keep(giang, number, "doi-tuong", {"subjects": "Cá nhân", "seen": old})
        assert "Một người khác vừa lưu phần này" in told["message"]
        page = giang.get(editor(number, "/doi-tuong") + "?go-do=1")
        giang.send(page, {"lam": "luu"}, to="/doi-tuong", status=409)
        assert from_json(stored(number).content).subjects[0].name == "Tổ chức"

    def test_a_discarded_draft_takes_it_along(self, an: Officer) -> None:
        number = drafted("4018/QĐ-UBND", lines=(LIBRARY,))
        self.keep(an, number, "doi-tuong", {"subjects": "Cá nhân"})
        an.send(an.get(f"/quan-tri/quyet-dinh/{number}/huy"), {"reason": "nhầm"})
        assert db.session.scalars(select(UnsavedText)).all() == []


class TestAnAmendment:
    @pytest.fixture
    def in_force(self, office: Flask) -> None:
        fields = {"fee": "Lệ phí: 8.000 đồng", "subjects": "Cá nhân"}
        line = introduced("9.400002", "Cấp bản sao trích lục", fields=fields)
        brought("issued", number="4100/QĐ-UBND", lines=(line,))

    def amendment(self, number: str) -> int:
        line = LineInput(kind="amended", name="Cấp bản sao trích lục", code_printed="9.400002", level="commune",
                         basis="Nghị định số 87/2020/NĐ-CP")  # fmt: skip
        return drafted(number, lines=(line,))

    def test_it_starts_from_the_text_in_force_and_names_what_it_touches(self, an: Officer, in_force: None) -> None:
        number = self.amendment("4101/QĐ-UBND")
        page = an.get(editor(number, "/thoi-han"))
        assert value(page, "times-0-text") == "05 ngày làm việc" and "Giữ nguyên" in page.text
        write(an, number, "thoi-han", {"times-0-text": "03 ngày làm việc"})
        assert stored(number).written == ["times"]
        page = an.get(editor(number))
        assert "Phần được sửa (1)" in page.text and "Giữ nguyên 12 phần" in page.text
        page = an.get(editor(number, "/thoi-han"))
        assert "Được sửa" in page.text
        an.send(page, to="/giu-nguyen")
        assert (stored(number).written, stored(number).content) == ([], "")

    def test_what_it_does_not_touch_follows_a_decision_issued_meanwhile(self, an: Officer, in_force: None) -> None:
        number = self.amendment("4102/QĐ-UBND")
        write(an, number, "thoi-han", {"times-0-text": "03 ngày làm việc"})
        other = LineInput(kind="amended", name="Cấp bản sao trích lục", code_printed="9.400002", level="commune",
                          basis="Nghị quyết số 9", fields={"fee": "Không"}, changed_parts="Lệ phí")  # fmt: skip
        brought("issued", number="4103/QĐ-UBND", lines=(other,))
        page = an.get(editor(number, "/xem-truoc"))
        assert "03 ngày làm việc" in page.text and "8.000" not in page.text

    def test_saving_untouched_takes_nobodys_approval_back(self, an: Officer, in_force: None) -> None:
        number = self.amendment("4104/QĐ-UBND")
        carried(number, "submitted")
        write(an, number, "phi", {})
        assert db.session.get(Decision, number).status == "submitted"
        write(an, number, "phi", {"fees-0-text": "Không"})
        db.session.expire_all()
        assert db.session.get(Decision, number).status == "draft"

    def test_a_column_that_says_otherwise_is_named_at_the_row(self, an: Officer, in_force: None) -> None:
        line = LineInput(kind="amended", name="Cấp bản sao trích lục", code_printed="9.400002", level="commune",
                         basis="Nghị định số 87", fields={"time": "04 ngày"})  # fmt: skip
        number = drafted("4105/QĐ-UBND", lines=(line,))
        write(an, number, "thoi-han", {"times-0-text": "03 ngày làm việc"})
        assert "dòng ghi «04 ngày», nội dung soạn ghi khác" in an.get(editor(number)).text
        assert "nội dung soạn của thủ tục ghi khác" in an.get(f"/quan-tri/quyet-dinh/{number}").text

    def test_the_log_says_what_was_written(self, an: Officer, in_force: None) -> None:
        number = self.amendment("4106/QĐ-UBND")
        write(an, number, "thoi-han", {"times-0-text": "03 ngày làm việc"})
        log = an.get(f"/quan-tri/quyet-dinh/{number}/nhat-ky")
        assert "Thời hạn giải quyết: 05 ngày làm việc" in log.text and "03 ngày làm việc" in log.text


class TestFiles:
    def test_a_form_is_uploaded_kept_and_given_to_the_public(self, an: Officer) -> None:
        number = drafted("4019/QĐ-UBND", lines=(LIBRARY,))
        page = an.get(editor(number, "/bieu-mau"))
        sent = {"forms-0-upload": (io.BytesIO(word_file()), "Mẫu số 01.docx"), "forms-0-name": ""}
        page = wish(an, page, "bieu-mau", "them:forms", sent)
        assert "Đã có tệp" in page.text and value(page, "forms-0-name") == "Mẫu số 01"
        assert an.file(page.link("Tải về xem")).data == word_file()
        an.send(page, {"lam": "luu"}, to="/bieu-mau")
        write(an, number, "ho-so", {"cases-0-papers-0-name": "Phiếu", "cases-0-papers-0-forms": "Mẫu số 01"})
        form = from_json(stored(number).content).forms[0]
        assert form.file and db.session.get(StoredFile, form.file).name == "Mẫu số 01.docx"
        address = f"/thu-tuc/9.400001/bieu-mau/{form.file}"
        an.file(address, status=404)
        carried(number, "issued")
        public = an.get("/thu-tuc/9.400001")
        assert [link.href for link in public.links if "Tải mẫu (Word" in link.text] == [address] * 2
        answer = an.file(address)
        assert answer.data == word_file()
        header = answer.headers["Content-Disposition"]
        assert header.startswith("attachment; filename=\"mau so 01.docx\"") and header.encode("latin-1")
        an.file(f"/thu-tuc/9.400001/bieu-mau/{'0' * 64}", status=404)

    @pytest.mark.parametrize(("data", "name", "sentence"), [
        (b"", "trống.docx", "rỗng"),
        (b"MZ\x90\x00" + b"\x00" * 100, "mẫu.docx", "không phải Word"),
        (b"<html><script>alert(1)</script>", "mẫu.pdf", "không phải Word"),
        (word_file("word/vbaProject.bin"), "mẫu.docx", "có macro"),
        (b"PK\x03\x04 not a zip", "mẫu.docx", "không phải Word"),
    ], ids=["empty", "program", "page", "macro", "broken"])  # fmt: skip
    def test_what_cannot_be_a_form_is_refused_and_the_rest_kept(
        self, an: Officer, data: bytes, name: str, sentence: str
    ) -> None:
        number = drafted("4020/QĐ-UBND", lines=(LIBRARY,))
        sent = {"forms-0-name": "Mẫu số 01", "forms-0-upload": (io.BytesIO(data), name)}
        page = write(an, number, "bieu-mau", sent, status=422)
        assert page is not None and sentence in page.text and value(page, "forms-0-name") == "Mẫu số 01"
        assert db.session.scalars(select(StoredFile)).all() == []

    def test_nobody_can_name_a_file_they_were_not_given(self, an: Officer) -> None:
        number = drafted("4021/QĐ-UBND", lines=(LIBRARY,))
        write(an, number, "bieu-mau", {"forms-0-name": "Mẫu", "forms-0-file": "a" * 64})
        assert from_json(stored(number).content).forms[0].file == ""
        an.get(editor(number, f"/tep/{'a' * 64}"), status=404)


class TestClosedDoors:
    def test_whoever_reviews_sees_the_page_and_edits_nothing(self, an: Officer, officer: Enter) -> None:
        number, binh = drafted("4026/QĐ-UBND", lines=(LIBRARY,)), officer("binh")
        lines = binh.get(f"/quan-tri/quyet-dinh/{number}/cac-dong")
        page = binh.get(lines.link("Xem trước"))
        assert "Bản xem trước" in page.band
        binh.get(page.link("Quay lại"))
        binh.get(editor(number, "/ten"), status=403)

    def test_an_issued_text_is_never_edited(self, an: Officer) -> None:
        number = brought("issued", number="4022/QĐ-UBND", lines=(LIBRARY,))
        page = an.get(editor(number, "/ten"), status=409)
        assert "đã ban hành" in page.text

    @pytest.mark.parametrize(("kind", "sentence"), [("unknown", "chưa ghi loại"), ("abolished", "không có nội dung")])
    def test_a_row_without_a_text_says_so(self, an: Officer, kind: str, sentence: str) -> None:
        line = LineInput(kind=kind, name="Cấp thẻ", code_printed="9.4", level="commune")
        number = drafted("4023/QĐ-UBND", lines=(line,))
        assert sentence in an.get(editor(number), status=409).text

    def test_there_is_no_such_section(self, an: Officer) -> None:
        number = drafted("4024/QĐ-UBND", lines=(LIBRARY,))
        an.get(editor(number, "/khong-co"), status=404)

    def test_another_agency_does_not_see_it(self, an: Officer, officer: Enter) -> None:
        number = drafted("4025/QĐ-UBND", lines=(LIBRARY,))
        officer("dung").get(editor(number, "/ten"), status=404)
