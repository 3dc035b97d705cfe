"""Search for browsers and other sites: JSON, suggestions, the OpenSearch description."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import etree

from catalogue.web.portal.filters import ProcedureFilter
from decisions.content import Fee, Named
from tests.builders import end, make_content, put_in_force
from tests.pages import Browser

START = date(2025, 7, 1)


@pytest.fixture
def registry(session, index) -> None:
    """Two procedures and one that has been replaced."""
    put_in_force(session, "1.001193", make_content(friendly_name="Làm giấy khai sinh", fees=(Fee(text="Miễn phí"),),
                                                   channels=()), on=START)  # fmt: skip
    put_in_force(session, "1.000894", make_content("Thủ tục đăng ký kết hôn", sectors=(Named("Hộ tịch"),)), on=START)
    put_in_force(session, "2.000001", make_content("Đăng ký khai sinh lưu động"), on=START)
    end(session, "2.000001", on=date(2026, 1, 1), successors=["1.001193"])
    index()


def ask(browser: Browser, path: str = "/api/v1/thu-tuc", **query: Any) -> Any:
    answer = browser.file(f"{path}?{urlencode(query, doseq=True)}")
    return json.loads(answer.get_data(as_text=True))


@pytest.mark.usefixtures("registry")
class TestJson:
    def test_it_holds_what_the_page_holds(self, browser: Browser) -> None:
        found = ask(browser, q="dang ky khai sinh bao nhieu tien", ngay="2026-02-01")
        assert (found["question"], found["on"], found["intent"]) == (
            "dang ky khai sinh bao nhieu tien",
            "2026-02-01",
            "fee",
        )
        assert (found["page"], found["pages"], found["page_size"], found["confident"]) == (1, 1, 20, True)
        first = found["results"][0]
        assert (first["code"], first["level"], first["level_name"]) == ("1.001193", "commune", "Cấp xã")
        assert (first["fee_free"], first["non_territorial"], first["state"]) == (True, False, "in_force")
        assert (first["valid_from"], first["valid_until"]) == ("2025-07-01", None)
        assert first["answer"] == {"label": "Phí, lệ phí", "text": "Miễn phí"}
        assert [first["name"][a:b] for a, b in first["name_marks"]] == ["Đăng ký khai sinh"]
        assert first["url"].endswith("/thu-tuc/1.001193#bao-nhieu-tien")

    def test_keys_are_stable(self, browser: Browser) -> None:
        found = ask(browser, q="khai sinh")
        assert set(found) >= {
            "question", "on", "total", "page", "pages", "page_size", "confident", "intent", "did_you_mean", "results",
            "ended", "facets", "ignored", "parameters", "links",
        }  # fmt: skip
        assert set(found["results"][0]) >= {
            "code", "key", "name", "name_marks", "friendly_name", "level", "level_name", "sector", "agency", "subjects",
            "time", "fee", "fee_free", "non_territorial", "online", "state", "valid_from", "valid_until", "url",
            "confidence", "answer", "passage", "successors",
        }  # fmt: skip

    def test_every_parameter_of_the_address_is_documented(self, browser: Browser) -> None:
        every = ProcedureFilter(
            "x", ("commune",), ("ho-tich",), ("full",), None, "name", 2, False, ("a",), ("b",), True, True
        )  # fmt: skip
        assert set(ask(browser)["parameters"]) == {*every.to_args(), "ngay"}

    def test_values_of_facets_may_be_sent_back(self, browser: Browser) -> None:
        found = ask(browser)
        for key, options in found["facets"].items():
            for option in options:
                narrowed = ask(browser, **{key: option["value"]})
                assert option["count"] is None or narrowed["total"] == option["count"], (key, option)
                assert narrowed["ignored"] == []

    def test_what_has_ended_tells_what_follows(self, browser: Browser) -> None:
        found = ask(browser, q="khai sinh lưu động", **{"trang-thai": "het-hieu-luc"})
        (only,) = found["results"]
        assert (only["state"], only["valid_until"]) == ("ended", "2026-01-01")
        assert [follower["key"] for follower in only["successors"]] == ["1.001193"]

    def test_pages_are_linked_and_keep_the_question(self, browser: Browser, session, index) -> None:
        for number in range(45):
            put_in_force(session, f"3.{number:06}", make_content(f"Đăng ký việc số {number:02}"), on=START)
        index()
        found = ask(browser, q="đăng ký việc", trang=2, cap="xa")
        assert found["links"]["previous"].endswith("&trang=1") and "cap=xa" in found["links"]["next"]
        path = found["links"]["next"].partition("localhost")[2]
        assert json.loads(browser.file(path).get_data(as_text=True))["page"] == 3

    @pytest.mark.parametrize(
        ("path", "status", "said"),
        [
            ("/api/v1/thu-tuc?ngay=31/02/2026", 400, "Ngày «31/02/2026» không có trong lịch."),
            ("/api/v1/thu-tuc?trang=99", 404, "Danh sách chỉ có 1 trang."),
            ("/goi-y?q=khai&ngay=hôm qua", 400, "Ngày «hôm qua» chưa đọc được."),
        ],
    )
    def test_what_cannot_be_read_is_answered_with_a_sentence(
        self, browser: Browser, path: str, status: int, said: str
    ) -> None:
        answer = browser.file(path, status=status)
        assert said in json.loads(answer.get_data(as_text=True))["error"]

    def test_other_sites_may_read_it_and_keep_it_until_it_changes(self, browser: Browser) -> None:
        for path in ("/api/v1/thu-tuc?q=khai+sinh", "/goi-y?q=khai", "/opensearch.xml"):
            answer = browser.file(path)
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert "Set-Cookie" not in answer.headers
            again = browser.client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
            assert again.status_code == 304


@pytest.mark.usefixtures("registry")
class TestSuggestions:
    @pytest.mark.parametrize("typed", ["đăng ký k", "dang ky k", "Đăng kí K"])
    def test_names_are_suggested_without_their_wrapping(self, browser: Browser, typed: str) -> None:
        found = ask(browser, "/goi-y", q=typed)
        assert found["question"] == typed
        texts = [one["text"] for one in found["suggestions"]]
        assert {"Đăng ký khai sinh", "Đăng ký kết hôn"} <= set(texts)

    def test_people_s_words_come_with_the_words_of_the_law(self, browser: Browser) -> None:
        friendly, everyday = ask(browser, "/goi-y", q="làm giấy")["suggestions"], ask(browser, "/goi-y", q="hôn thú")
        assert {"text": "Làm giấy khai sinh", "kind": "friendly", "means": "Đăng ký khai sinh"} in friendly
        assert everyday["suggestions"] == [{"text": "hôn thú", "kind": "everyday", "means": "đăng ký kết hôn"}]

    def test_what_leads_nowhere_is_not_suggested(self, browser: Browser) -> None:
        assert ask(browser, "/goi-y", q="sổ đỏ")["suggestions"] == []
        assert ask(browser, "/goi-y", q="lưu động")["suggestions"] == []
        assert ask(browser, "/goi-y", q="lưu động", ngay="2025-12-31")["suggestions"] != []

    def test_everything_suggested_is_found(self, browser: Browser) -> None:
        for typed in ("kh", "đăng", "lam", "ket", "cuoi"):
            for one in ask(browser, "/goi-y", q=typed)["suggestions"]:
                assert ask(browser, q=one["text"])["total"] > 0, one

    def test_nothing_typed_suggests_nothing(self, browser: Browser) -> None:
        for typed in ("", "   ", "?"):
            assert ask(browser, "/goi-y", q=typed)["suggestions"] == []

    def test_browsers_get_the_array_they_know(self, browser: Browser) -> None:
        answer = browser.file("/goi-y?q=ket&dang=trinh-duyet")
        assert answer.content_type == "application/x-suggestions+json; charset=utf-8"
        typed, texts, notes = json.loads(answer.get_data(as_text=True))
        assert typed == "ket" and "Đăng ký kết hôn" in texts and len(notes) == len(texts)


def test_browsers_are_told_how_to_search_here(browser: Browser) -> None:
    page = browser.get("/")
    (link,) = page.tree.xpath("//link[@rel='search']")
    assert link.get("type") == "application/opensearchdescription+xml"
    tree = etree.fromstring(browser.file(link.get("href")).data)
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    templates = {url.get("type"): url.get("template") for url in tree.findall("o:Url", space)}
    assert set(templates) == {"text/html", "application/json", "application/x-suggestions+json"}
    assert len(tree.findtext("o:ShortName", namespaces=space)) <= 16
    for template in templates.values():
        path = template.partition("localhost")[2].replace("{searchTerms}", "khai%20sinh")
        assert browser.client.get(path).status_code == 200


def test_without_script_the_box_offers_common_questions_that_are_answered(province: Browser) -> None:
    for path in ("/", "/thu-tuc"):
        page = province.get(path)
        listed = page.tree.get_element_by_id(page.tree.get_element_by_id("q").get("list"))
        offered = [option.get("value") for option in listed.findall("option")]
        assert len(offered) >= 6
        for question in offered:
            assert ask(province, q=question)["total"], question


def test_an_empty_catalogue_offers_nothing(browser: Browser) -> None:
    assert browser.get("/").tree.get_element_by_id("goi-y-san").findall("option") == []
