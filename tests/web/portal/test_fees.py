"""What a citizen pays: by the day of filing and the channel (S5), and who is exempt, wherever they read it (S6)."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pypdfium2
import pytest

from decisions.content import Case, Channel, ChannelKind, Fee, FeeKind, ProcedureContent
from tests.builders import make_content, make_decision, put_in_force
from tests.pages import Browser

DESK, ONLINE = ChannelKind.DIRECT, ChannelKind.ONLINE
OLD_ACT, NEW_ACT = "Nghị quyết số 12/2021/NQ-HĐND", "Nghị quyết số 23/2026/NQ-HĐND"
OLD = Fee(FeeKind.CHARGE, Decimal(8000), "", basis=OLD_ACT)
FREE = Fee(FeeKind.CHARGE, Decimal(0), "0 đồng khi nộp trực tuyến", ONLINE, (), NEW_ACT, date(2026, 8, 8))
COPY = Fee(FeeKind.FEE, Decimal(8000), "8.000 đồng/bản", basis="Thông tư số 281/2016/TT-BTC")
GROUPS = ("Trẻ em dưới 16 tuổi", "Người khuyết tật", "Người thuộc hộ nghèo", "Người có công với cách mạng")
WORKS = Fee(FeeKind.FEE, Decimal(400_000), "400.000 đồng/hồ sơ", exempt=GROUPS, basis="Thông tư số 85/2019/TT-BTC")


def text(name: str, *fees: Fee) -> ProcedureContent:
    ways = (Channel(DESK), Channel(ONLINE))
    return replace(make_content(name), fees=fees, channels=ways)


@pytest.fixture
def published(session) -> None:
    first = make_decision(session, "100/QĐ-UBND", date(2026, 1, 5))
    for code, content in (
        ("1.001193", text("Đăng ký khai sinh", OLD, FREE)),
        ("2.000635", text("Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh", COPY)),
        ("2.001263", text("Đăng ký việc nuôi con nuôi trong nước", WORKS)),
    ):
        put_in_force(session, code, content, on=date(2026, 1, 5), decision=first)
    session.commit()


def due(browser: Browser, code: str, day: str) -> dict[str, str]:
    found = json.loads(browser.file(f"/thu-tuc/{code}.json?ngay={day}").data)["fees_due"]
    return {channel: " ".join(line for fee in fees for line in fee) for channel, fees in found.items()}


@pytest.mark.usefixtures("published")
class TestFeeByFilingDate:
    def test_online_before_the_day_the_old_fee_is_due_and_its_act_is_named(self, browser: Browser) -> None:
        words = due(browser, "1.001193", "2026-08-07")["online"]
        assert "8.000 đồng" in words and OLD_ACT in words and NEW_ACT not in words

    def test_online_from_the_day_it_is_nothing_by_the_new_act(self, browser: Browser) -> None:
        words = due(browser, "1.001193", "2026-08-08")["online"]
        assert "0 đồng" in words and NEW_ACT in words and "8.000" not in words

    def test_at_the_desk_the_old_fee_stays(self, browser: Browser) -> None:
        words = due(browser, "1.001193", "2026-08-08")["direct"]
        assert "8.000 đồng" in words and OLD_ACT in words

    def test_copies_stay_as_they_are(self, browser: Browser) -> None:
        for day in ("2026-08-07", "2026-08-08"):
            assert "8.000 đồng/bản" in due(browser, "2.000635", day)["online"]

    def test_the_page_says_it_by_the_day_shown_and_when_it_will_change(self, browser: Browser) -> None:
        before = browser.get("/thu-tuc/1.001193?ngay=2026-08-07")
        assert "Mức thu khi nộp ngày 07/08/2026" in before.text and "Sắp thay đổi từ 08/08/2026" in before.text
        after = browser.get("/thu-tuc/1.001193?ngay=2026-08-08")
        assert "Mức thu khi nộp ngày 08/08/2026" in after.text and "Sắp thay đổi" not in after.text
        assert "Mức thu khi nộp" not in browser.get("/thu-tuc/2.000635?ngay=2026-08-08").text


def words_of_pdf(data: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def words_of_word(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.usefixtures("published")
class TestExemptionsArePublic:
    def test_every_group_is_in_the_page_without_script_and_in_print(self, browser: Browser) -> None:
        page = browser.get("/thu-tuc/2.001263")
        for group in GROUPS:
            found = [node for node in page.tree.iter() if node.text and group in node.text]
            hidden = [n for n in found for up in (n, *n.iterancestors()) if "no-print" in up.get("class", "").split()
                      or up.get("hidden") is not None]  # fmt: skip
            assert found and not hidden, group

    @pytest.mark.parametrize(("suffix", "read"), [("pdf", words_of_pdf), ("docx", words_of_word)])
    def test_every_group_is_on_paper(self, browser: Browser, suffix: str, read) -> None:
        words = " ".join(read(browser.file(f"/thu-tuc/2.001263.{suffix}").data).split())
        assert [group for group in GROUPS if group not in words] == []

    def test_every_group_is_in_the_data(self, browser: Browser) -> None:
        content = json.loads(browser.file("/thu-tuc/2.001263.json").data)["content"]
        assert content["fees"][0]["exempt"] == list(GROUPS)


def test_a_fee_of_one_case_is_told_under_its_name(session, browser: Browser) -> None:
    late = Case("Đăng ký quá hạn", fees=(Fee(FeeKind.CHARGE, Decimal(15_000), basis=OLD_ACT),))
    put_in_force(session, "1.001193", replace(text("Đăng ký khai sinh", FREE), cases=(late,)), on=date(2026, 1, 5))
    session.commit()
    assert due(browser, "1.001193", "2026-08-07")["online"].startswith("Đăng ký quá hạn: Lệ phí: 15.000 đồng")
    assert "Đăng ký quá hạn: Lệ phí: 15.000 đồng" in browser.get("/thu-tuc/1.001193?ngay=2026-08-07").text
