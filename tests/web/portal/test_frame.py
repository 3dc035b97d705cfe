"""What every public page owes: freshness, safety, compression, kind errors."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from flask import Flask

from tests.builders import make_content, make_settings, put_in_force
from tests.pages import Browser

PAGES = ["/", "/thu-tuc", "/danh-muc", "/quyet-dinh", "/thay-doi"]


@pytest.mark.parametrize("path", PAGES)
class TestEveryPage:
    def test_an_unchanged_page_is_not_sent_again(self, browser: Browser, path: str) -> None:
        tag = browser.file(path).headers["ETag"]
        again = browser.client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")

    def test_an_issue_changes_the_tag(self, browser: Browser, session, path: str) -> None:
        tag = browser.file(path).headers["ETag"]
        put_in_force(session, on=date(2025, 7, 1))
        session.commit()
        assert browser.client.get(path, headers={"If-None-Match": tag}).status_code == 200

    def test_a_setting_changes_the_tag(self, browser: Browser, session, path: str) -> None:
        tag = browser.file(path).headers["ETag"]
        make_settings(session, pakn_phone="0200 000 1022")
        session.commit()
        assert browser.file(path).headers["ETag"] != tag

    def test_nothing_comes_from_elsewhere_and_no_cookie_is_set(self, browser: Browser, path: str) -> None:
        page = browser.get(path)
        addresses = page.tree.xpath("//*[@src]/@src | //link/@href")
        assert [a for a in addresses if a.startswith(("http", "//"))] == []
        assert "default-src 'self'" in page.response.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in page.response.headers

    def test_it_is_sent_compressed_to_who_can_read_it(self, browser: Browser, path: str) -> None:
        packed = browser.client.get(path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.data).startswith(b"<!doctype html>")

    def test_it_begins_with_a_way_past_the_head(self, browser: Browser, path: str) -> None:
        assert browser.get(path).links[0].href == "#noi-dung"


def test_the_home_page_with_everything_it_needs_is_small(browser: Browser) -> None:
    page = browser.get("/")
    parts = ["/", *page.tree.xpath("//link/@href"), *page.tree.xpath("//img/@src")]
    sizes = [len(browser.client.get(part, headers={"Accept-Encoding": "gzip"}).data) for part in parts]
    assert sum(sizes) < 100_000


def test_an_unknown_address_offers_a_search(browser: Browser) -> None:
    page = browser.get("/khong-co-trang-nay", status=404)
    assert page.heading == "Chưa tìm thấy trang này"
    assert page.tree.xpath("//form[@role='search']")


def test_a_wrong_method_is_told_in_vietnamese(browser: Browser) -> None:
    response = browser.client.post("/thu-tuc/1.001193")
    assert response.status_code in (400, 405)
    assert "<h1>" in response.text


def test_an_unforeseen_error_is_a_page_of_the_house(app: Flask, session, browser: Browser) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    version = put_in_force(session, on=date(2025, 7, 1))
    version.content = "{"  # what a damaged disk might leave
    session.commit()
    page = browser.get("/thu-tuc/1.001193", status=500)
    assert page.heading == "Hệ thống gặp trục trặc"


def test_too_many_questions_get_a_pause(tmp_path, app: Flask, browser: Browser) -> None:
    app.config["SEARCH_LIMIT"] = "2 per minute"
    answers = [browser.client.get("/thu-tuc?q=khai+sinh").status_code for _ in range(4)]
    assert answers == [200, 200, 429, 429]
    assert "Chờ khoảng một phút rồi tìm lại." in browser.client.get("/thu-tuc?q=khai+sinh").text
    assert browser.client.get("/thu-tuc").status_code == 200


def test_changes_come_latest_first_with_what_is_coming_on_top(browser: Browser, session) -> None:
    put_in_force(session, "1.000001", make_content("Cũ hơn"), on=date(2026, 1, 5))
    put_in_force(session, "1.000002", make_content("Mới hơn"), on=date(2026, 9, 14))
    put_in_force(session, "1.000003", make_content("Chưa tới ngày"), on=date(2027, 3, 1))
    session.commit()
    text = browser.get("/thay-doi?ngay=2026-11-21").text
    assert text.index("Chưa tới ngày") < text.index("Mới hơn") < text.index("Cũ hơn")


def test_every_procedure_of_the_sample_shows_at_every_stage(province: Browser) -> None:
    seen = set()
    for path in (
        "/thu-tuc",
        "/thu-tuc?trang=2",
        "/thu-tuc?trang-thai=het-hieu-luc",
        "/thu-tuc?trang-thai=sap-co-hieu-luc",
    ):
        for link in province.get(path + ("&" if "?" in path else "?") + "ngay=2026-11-21").links:
            if link.href.startswith("/thu-tuc/") and link.href not in seen:
                seen.add(link.href)
                province.get(link.href)
    assert len(seen) > 40
