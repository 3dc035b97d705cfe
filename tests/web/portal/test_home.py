"""The home page: one search box, what is new, and nothing that a citizen may not see."""

from __future__ import annotations

from datetime import date, timedelta

from catalogue import clock
from tests.builders import end, make_content, make_settings, put_in_force
from tests.pages import Browser

ON = "?ngay=2026-11-21"


def test_it_shows_one_search_box_and_real_examples(province: Browser) -> None:
    page = province.get("/")
    assert page.heading == "Tìm thủ tục hành chính"
    assert len(page.tree.xpath("//form[@role='search']//input[@type='search']")) == 1
    assert len(page.tree.find_class("examples")[0].findall("a")) == 3


def test_every_link_of_the_sample_home_answers(province: Browser) -> None:
    for link in province.get(f"/{ON}").links:
        if link.href.startswith("/"):
            assert province.client.get(link.href, follow_redirects=True).status_code == 200, link


def test_an_empty_catalogue_says_so_kindly(browser: Browser) -> None:
    page = browser.get("/")
    assert "0 thủ tục đang có hiệu lực" in page.text
    assert "Chưa có thay đổi nào trong 90 ngày gần đây." in page.text


def test_sectors_come_with_their_counts(browser: Browser, session) -> None:
    put_in_force(session, "1.001193", on=date(2025, 7, 1))
    put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=date(2025, 7, 1))
    session.commit()
    page = browser.get("/")
    assert "Hộ tịch 2" in page.text
    assert page.link("Hộ tịch") == "/thu-tuc?linh-vuc=ho-tich"


def test_recent_coming_and_ended_stand_with_their_days(browser: Browser, session) -> None:
    today = clock.today()
    put_in_force(session, "1.001193", make_content("Đăng ký khai sinh"), on=today - timedelta(days=3))
    put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=today + timedelta(days=9))
    put_in_force(session, "1.000894", make_content("Đăng ký kết hôn"), on=date(2024, 1, 1))
    end(session, "1.000894", on=today - timedelta(days=1))
    session.commit()
    begun, coming, ended = (
        section.text_content() for section in browser.get("/").tree.xpath("//div[contains(@class,'news')]/section")
    )
    assert "Đăng ký khai sinh" in begun and f"{today - timedelta(days=3):%d/%m/%Y}" in begun
    assert "Đăng ký khai tử" in coming and "Đăng ký khai tử" not in begun
    assert "Đăng ký kết hôn" in ended and "Bị bãi bỏ" in ended


def test_a_past_day_has_a_calm_band_and_the_way_back(browser: Browser) -> None:
    page = browser.get("/?ngay=2025-08-15")
    assert page.band == "Đang xem nội dung như ngày 15/08/2025. Về hôm nay"
    assert page.link("Về hôm nay") == "/"
    assert browser.get("/").band == ""


def test_names_and_contacts_of_the_province_come_from_its_settings(browser: Browser, session) -> None:
    make_settings(session, office_name="Văn phòng UBND tỉnh Sông Thao", pakn_phone="0200 000 1022")
    session.commit()
    page = browser.get("/")
    assert "Văn phòng UBND tỉnh Sông Thao" in page.source
    assert "điện thoại <a" in page.source
    assert page.link("0200 000 1022") == "tel:02000001022"


def test_internal_procedures_are_neither_counted_nor_named(browser: Browser, session) -> None:
    put_in_force(session, "1.200001", make_content("Xét thi đua nội bộ"), on=clock.today(), register="internal")
    session.commit()
    page = browser.get("/")
    assert "0 thủ tục đang có hiệu lực" in page.text
    assert "Xét thi đua nội bộ" not in page.source
