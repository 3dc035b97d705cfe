"""The search page: filters with counts, passages, answers, advice when unsure, what has been abolished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement
from werkzeug.datastructures import MultiDict

from catalogue.web.portal.filters import ProcedureFilter
from decisions.content import Bodies, Case, Channel, ChannelKind, Fee, Flags, Named, OnlineGrade, Paper
from tests.builders import end, make_content, make_settings, put_in_force
from tests.pages import Browser, Page, words

START = date(2025, 7, 1)
COMMITTEE, JUSTICE = "Ủy ban nhân dân cấp xã", "Sở Tư pháp"
FREE = (Fee(text="Miễn phí"),)


def row(page: Page, place: int = 0) -> HtmlElement:
    return page.tree.xpath("//ul[@class='rows']/li")[place]


def headings(page: Page) -> list[str]:
    return [words(found.text_content()) for found in page.tree.xpath("//ul[@class='rows']/li/h3")]


def options(page: Page, key: str) -> dict[str, str]:
    """The values offered for a filter with their words and counts."""
    boxes = page.tree.xpath(f"//form[@id='loc']//input[@name='{key}' and @type!='hidden']/..")
    listed = page.tree.xpath(f"//form[@id='loc']//select[@name='{key}']/option[@value!='']")
    found = {box.find("input").get("value"): words(box.text_content()) for box in boxes}
    return found | {option.get("value"): words(option.text_content()) for option in listed}


@pytest.fixture
def office(session, index) -> None:
    """Three procedures that differ in all that filters know."""
    put_in_force(session, "1.001193", make_content(
        "Đăng ký khai sinh", fees=FREE, channels=(), online=OnlineGrade.FULL, flags=Flags(non_territorial=True),
        subjects=(Named("Công dân Việt Nam"), Named("Người nước ngoài")),
    ), on=START)  # fmt: skip
    put_in_force(session, "1.000894", make_content(
        "Đăng ký kết hôn", bodies=Bodies(executing=(Named(COMMITTEE), Named(JUSTICE))),
    ), on=START)  # fmt: skip
    put_in_force(session, "2.000635", make_content(
        "Đăng ký hành nghề luật sư", sectors=(Named("Luật sư"),), subjects=(Named("Tổ chức."),),
        bodies=Bodies(executing=(Named(JUSTICE),)),
    ), on=START, level="province")  # fmt: skip
    index()


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("question", ["", "q=đăng+ký&"], ids=["list", "question"])
class TestFilters:
    def test_every_filter_comes_with_its_counts(self, browser: Browser, question: str) -> None:
        page = browser.get(f"/thu-tuc?{question}")
        assert options(page, "cap") == {"xa": "Cấp xã 2", "tinh": "Cấp tỉnh 1"}
        assert options(page, "linh-vuc") == {"ho-tich": "Hộ tịch (2)", "luat-su": "Luật sư (1)"}
        assert options(page, "co-quan") == {
            "uy-ban-nhan-dan-cap-xa": f"{COMMITTEE} (2)",
            "so-tu-phap": f"{JUSTICE} (2)",
        }
        assert options(page, "doi-tuong") == {
            "cong-dan-viet-nam": "Công dân Việt Nam 2", "nguoi-nuoc-ngoai": "Người nước ngoài 1",
            "to-chuc": "Tổ chức 1",
        }  # fmt: skip
        assert options(page, "mien-phi") == {"co": "Không mất phí, lệ phí 1"}
        assert options(page, "phi-dia-gioi")["co"].endswith(" 1")
        assert options(page, "trang-thai")["con-hieu-luc"] == "Còn hiệu lực 3"

    @pytest.mark.parametrize(
        ("chosen", "found", "word"),
        [
            ("co-quan=so-tu-phap", {"Đăng ký kết hôn", "Đăng ký hành nghề luật sư"}, JUSTICE),
            ("doi-tuong=nguoi-nuoc-ngoai", {"Đăng ký khai sinh"}, "Người nước ngoài"),
            (
                "doi-tuong=nguoi-nuoc-ngoai&doi-tuong=to-chuc",
                {"Đăng ký khai sinh", "Đăng ký hành nghề luật sư"},
                "Tổ chức",
            ),
            ("mien-phi=co", {"Đăng ký khai sinh"}, "Không mất phí, lệ phí"),
            ("phi-dia-gioi=co", {"Đăng ký khai sinh"}, "Phi địa giới"),
            ("truc-tuyen=toan-trinh", {"Đăng ký khai sinh"}, "Trực tuyến: toàn trình"),
        ],
    )
    def test_each_narrows_and_is_taken_away_again(
        self, browser: Browser, question: str, chosen: str, found: set[str], word: str
    ) -> None:
        page = browser.get(f"/thu-tuc?{question}{chosen}")
        assert set(headings(page)) == found
        assert set(headings(browser.get(page.link(f"{word}×")))) != found

    def test_the_form_sends_back_what_is_chosen(self, browser: Browser, question: str) -> None:
        page = browser.get(f"/thu-tuc?{question}mien-phi=co&co-quan=uy-ban-nhan-dan-cap-xa")
        chosen = page.tree.xpath("//form[@id='loc']//*[@checked or @selected]")
        assert {box.get("value") for box in chosen} >= {"co", "uy-ban-nhan-dan-cap-xa", "con-hieu-luc"}
        assert all(d.get("open") is not None for d in page.tree.xpath("//details[.//option[@selected]]"))

    def test_values_that_nothing_is_known_of_are_named_and_ignored(self, browser: Browser, question: str) -> None:
        page = browser.get(f"/thu-tuc?{question}cap=sao-hoa&co-quan=bo-phep-thuat&linh-vuc=<b>&mien-phi=0")
        assert len(headings(page)) == 3
        assert "chưa có trong danh mục: «sao-hoa», «bo-phep-thuat»" in page.text

    def test_a_parameter_given_twice_is_no_trouble(self, browser: Browser, question: str) -> None:
        page = browser.get(
            f"/thu-tuc?{question}q=khai+sinh&cap=xa&cap=xa&trang-thai=tat-ca&trang-thai=con-hieu-luc&trang=1&trang=9"
        )
        assert "Đăng ký khai sinh" in headings(page)


class TestAnswers:
    def test_a_question_about_papers_is_answered_and_leads_to_that_section(self, browser, session, index) -> None:
        cases = (
            Case(
                papers=(
                    Paper("Trường hợp ủy quyền: văn bản ủy quyền"),
                    Paper("Tờ khai", 1),
                    Paper("Giấy chứng sinh", 1),
                )
            ),
        )
        put_in_force(session, "1.001193", make_content(cases=cases), on=START)
        index()
        page = browser.get("/thu-tuc?q=đăng+ký+khai+sinh+cần+giấy+tờ+gì")
        assert page.all("answer")[0].startswith("Giấy tờ cần nộp: Tờ khai; Giấy chứng sinh; Trường hợp ủy quyền")
        section = row(page).find(".//a").get("href").partition("#")[2]
        assert section in browser.get("/thu-tuc/1.001193").tree.xpath("//@id")

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            ("đăng ký khai sinh bao nhiêu tiền", "Phí, lệ phí: Lệ phí 8.000 đồng/việc"),
            ("đăng ký khai sinh mất mấy ngày", "Thời hạn: 01 ngày làm việc"),
            ("đăng ký khai sinh nộp ở đâu", "Nơi nộp: Trung tâm Phục vụ hành chính công cấp xã"),
        ],
    )
    def test_other_facts_too_and_once_only(self, browser, session, index, question: str, said: str) -> None:
        put_in_force(session, "1.001193", on=START)
        index()
        page = browser.get(f"/thu-tuc?q={question}")
        assert page.all("answer") == [said]
        assert page.text.count(said.partition(": ")[2]) == 1
        section = row(page).find(".//a").get("href").partition("#")[2]
        assert section in browser.get("/thu-tuc/1.001193").tree.xpath("//@id")

    def test_words_that_only_the_text_holds_are_shown_where_they_stand(self, browser, session, index) -> None:
        papers = (Paper("Tờ khai theo mẫu"), Paper("Văn bản của người làm chứng xác nhận việc sinh"))
        put_in_force(session, "1.001193", make_content(cases=(Case(papers=papers),)), on=START)
        index()
        page = browser.get("/thu-tuc?q=khai sinh nguoi lam chung")
        passage = page.tree.find_class("passage")[0]
        assert words(passage.text_content()) == "Văn bản của người làm chứng xác nhận việc sinh"
        assert [m.text_content() for m in passage.iter("mark")] == ["người làm chứng", "sinh"]

    def test_equal_names_are_told_apart_and_stand_together(self, browser, session, index) -> None:
        for key, level, body in (("1.1", "province", "Sở Y tế"), ("1.2", "commune", COMMITTEE)):
            content = make_content("Cấp giấy phép", bodies=Bodies(executing=(Named(body),)))
            put_in_force(session, key, content, on=START, level=level)
        put_in_force(session, "1.3", make_content("Cấp giấy phép xây dựng"), on=START)
        index()
        apart = browser.get("/thu-tuc?q=cấp giấy phép").all("apart")
        assert len(apart) == 2
        assert "Cấp tỉnh Sở Y tế lĩnh vực Hộ tịch mã 1.1" in apart


class TestDoubt:
    def test_a_slip_is_answered_with_what_may_have_been_meant(self, browser, session, index) -> None:
        for number, name in enumerate(["Đăng ký khai sinh", "Đăng ký lại khai sinh", "Đăng ký kết hôn"]):
            put_in_force(session, f"1.00{number}", make_content(name), on=START)
        index()
        page = browser.get("/thu-tuc?q=dang ky khia sinh&ngay=2025-08-01")
        assert page.all("meant") == ["Bạn muốn tìm đăng ký khai sinh?"]
        right = browser.get(page.link("đăng ký khai sinh"))
        assert "Đăng ký khai sinh" in headings(right) and "01/08/2025" in right.band
        assert right.all("meant") == []

    def test_a_guess_is_called_a_guess(self, browser, session, index) -> None:
        make_settings(session, pakn_phone="0200 000 1022")
        put_in_force(session, "1.001193", on=START)
        index()
        page = browser.get("/thu-tuc?q=sinh tố xoài bao nhiêu một ly")
        assert "Chưa chắc đúng điều bạn cần." in page.text and "0200 000 1022" in page.text
        assert page.link("Hộ tịch")
        assert "Chưa chắc" not in browser.get("/thu-tuc?q=đăng ký khai sinh").text

    def test_where_nothing_fits_the_page_still_leads_on(self, browser, session, index) -> None:
        put_in_force(session, "1.001193", on=START)
        index()
        for question in ("xyzzy", "出生登记", "זה", "تسجيل"):
            page = browser.get(f"/thu-tuc?q={question}")
            assert "Chưa tìm thấy thủ tục phù hợp" in page.text
            assert page.link("Hộ tịch") == "/thu-tuc?linh-vuc=ho-tich"
            assert page.link("Tìm cả thủ tục đã bãi bỏ")

    @pytest.mark.parametrize("question", ["🙂🙂", "?!", '"*("', "…", "\u202e\u200b ?"])
    def test_a_question_without_words_lists_everything_and_says_so(
        self, browser, session, index, question: str
    ) -> None:
        put_in_force(session, "1.001193", on=START)
        index()
        page = browser.get("/thu-tuc?" + urlencode({"q": question}))
        assert headings(page) == ["Đăng ký khai sinh"]
        assert "nên dưới đây là toàn bộ danh sách" in page.text

    @pytest.mark.parametrize(
        "question",
        ["a" * 10_000, "khai sinh " * 500, "tôi muốn làm gì", "khai AND sinh OR (NOT x)", '"khai sinh" -x',
         "khai\x00sinh", "🙂 khai sinh", "出生 khai sinh", "\u202ehnis iahk", "%",
         "khai'; DROP TABLE procedure; --", "q=q&q=q"],
    )  # fmt: skip
    def test_no_question_breaks_any_address_of_search(self, browser, session, index, question: str) -> None:
        put_in_force(session, "1.001193", on=START)
        index()
        assert browser.get("/thu-tuc?" + urlencode({"q": question})).heading
        for path in ("/goi-y", "/api/v1/thu-tuc"):
            assert browser.client.get(path, query_string={"q": question}).status_code == 200


class TestAbolished:
    @pytest.fixture
    def replaced(self, session, index) -> None:
        """A procedure replaced by another, and one that moved from the districts to the communes."""
        put_in_force(session, "2.001009", make_content("Chứng thực văn bản khai nhận di sản"), on=START)
        put_in_force(session, "1.115000", make_content("Chứng thực văn bản phân chia di sản"), on=date(2026, 1, 1))
        end(session, "2.001009", on=date(2026, 1, 1), successors=["1.115000"])
        put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=START, level="district")
        end(session, "1.000656", on=date(2026, 1, 1), level="district")
        put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=date(2026, 1, 1), level="commune")
        index()

    DAY = "ngay=2026-02-01"

    def test_one_switch_brings_them_with_the_successor_first(self, browser, replaced) -> None:
        page = browser.get(f"/thu-tuc?q=chứng thực văn bản khai nhận di sản&{self.DAY}")
        assert headings(page) == ["Chứng thực văn bản phân chia di sản"]
        every = browser.get(page.link("Cả thủ tục đã bãi bỏ (1)"))
        assert headings(every) == ["Chứng thực văn bản phân chia di sản", "Chứng thực văn bản khai nhận di sản"]
        assert "Nay thực hiện theo: Chứng thực văn bản phân chia di sản (1.115000)." in words(
            row(every, 1).text_content()
        )
        assert headings(browser.get(every.link("Chỉ thủ tục còn hiệu lực"))) == headings(page)

    def test_when_the_best_answer_has_been_abolished_the_page_says_so(self, browser, session, index) -> None:
        put_in_force(session, "2.001009", make_content("Cấp thẻ đi chợ huyện miền núi"), on=START)
        put_in_force(session, "1.115000", make_content("Cấp thẻ thương nhân"), on=date(2026, 1, 1))
        end(session, "2.001009", on=date(2026, 1, 1), successors=["1.115000"])
        index()
        page = browser.get(f"/thu-tuc?q=thẻ đi chợ huyện miền núi&{self.DAY}")
        notice = page.all("ended")[0]
        assert "Cấp thẻ đi chợ huyện miền núi (2.001009) đã hết hiệu lực từ 01/01/2026." in notice
        assert "Nay thực hiện theo: Cấp thẻ thương nhân (1.115000)." in notice

    def test_what_moved_to_another_level_leads_there(self, browser, replaced) -> None:
        page = browser.get(f"/thu-tuc?q=khai tử&trang-thai=het-hieu-luc&{self.DAY}")
        assert "Nay thực hiện ở: cấp xã." in words(row(page).text_content())

    def test_before_that_day_nothing_of_it_is_known(self, browser, replaced) -> None:
        page = browser.get("/thu-tuc?q=chứng thực văn bản&ngay=2025-12-31&trang-thai=tat-ca")
        assert headings(page)[0] == "Chứng thực văn bản khai nhận di sản"
        assert "Nay thực hiện" not in page.text

    def test_every_state_at_once_gives_one_row_for_each_level(self, browser, replaced) -> None:
        for question in ("", "q=chứng thực đăng ký&"):
            page = browser.get(f"/thu-tuc?{question}trang-thai=tat-ca&{self.DAY}")
            assert sorted(headings(page)) == [
                "Chứng thực văn bản khai nhận di sản", "Chứng thực văn bản phân chia di sản", "Đăng ký khai tử",
                "Đăng ký khai tử",
            ]  # fmt: skip


def test_every_link_of_a_past_day_stays_on_that_day(browser: Browser, session, index) -> None:
    for number in range(25):
        put_in_force(session, f"1.{number:06}", make_content(f"Đăng ký việc số {number:02}"), on=START)
    end(session, "1.000003", on=date(2025, 7, 15))
    index()
    page = browser.get("/thu-tuc?q=đăng ký việc&ngay=2025-08-01&cap=xa")
    results = [
        link.href
        for link in page.links
        if link.href.startswith("/thu-tuc") and link.text not in ("Thủ tục", "Về hôm nay")
    ]
    assert len(results) > 20
    assert [href for href in results if "ngay=2025-08-01" not in href] == []


def test_channels_are_no_reason_to_call_a_procedure_free(browser: Browser, session, index) -> None:
    channels = (Channel(ChannelKind.DIRECT), Channel(ChannelKind.ONLINE, fees=FREE))
    put_in_force(session, "1.001193", make_content(fees=(), channels=channels), on=START)
    index()
    assert options(browser.get("/thu-tuc"), "mien-phi") == {}
    assert headings(browser.get("/thu-tuc?mien-phi=co")) == []


@pytest.mark.usefixtures("office")
def test_filters_hold_for_what_was_known_on_a_day_too(browser: Browser) -> None:
    known = "biet-ngay=2026-01-01&ngay=2026-01-01"
    assert headings(browser.get(f"/thu-tuc?{known}&mien-phi=co&doi-tuong=nguoi-nuoc-ngoai")) == ["Đăng ký khai sinh"]
    page = browser.get(f"/thu-tuc?{known}&q=dang+ky&co-quan=so-tu-phap&trang-thai=tat-ca")
    assert set(headings(page)) == {"Đăng ký kết hôn", "Đăng ký hành nghề luật sư"}
    assert options(page, "doi-tuong")["to-chuc"] == "Tổ chức 1"


KEYS = (
    "q", "cap", "linh-vuc", "co-quan", "doi-tuong", "truc-tuyen", "mien-phi", "phi-dia-gioi", "trang-thai", "sap-xep",
)  # fmt: skip
KNOWN = ["xa", "tinh", "toan-trinh", "co", "tat-ca", "ten", "so-y-te", "khai sinh"]
VALUES = st.text(max_size=30) | st.sampled_from(KNOWN)


@given(st.lists(st.tuples(st.sampled_from(KEYS), VALUES), max_size=25))
def test_any_address_is_read_and_what_is_read_gives_the_same_address_again(pairs: list[tuple[str, str]]) -> None:
    wanted = ProcedureFilter.from_args(MultiDict(pairs))
    again = [
        (key, one) for key, value in wanted.to_args().items() for one in (value if isinstance(value, list) else [value])
    ]
    assert replace(wanted, ignored=(), cut=False) == ProcedureFilter.from_args(MultiDict(again))


def test_other_days_count_as_questions_and_today_does_not(app, browser) -> None:
    app.config["SEARCH_LIMIT"] = "2 per minute"
    for _ in range(3):
        browser.get("/thu-tuc")
        browser.file("/goi-y?q=khai")
    for day in ("2026-01-01", "2026-01-02"):
        browser.get(f"/thu-tuc?ngay={day}")
    browser.get("/thu-tuc?biet-ngay=2026-01-03", status=429)
    for day in ("2026-01-01", "2026-01-02"):
        browser.file(f"/goi-y?q=khai&ngay={day}")
    browser.file("/goi-y?q=khai&ngay=2026-01-03", status=429)
