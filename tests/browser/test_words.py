"""Words of search in a real Chromium, with script and without: proposed, weighed, decided, found; nothing grave."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from waitress import create_server

from catalogue import clock
from catalogue.app import create_app
from catalogue.extensions import db
from catalogue.sample import PASSWORD
from catalogue.services import question_counts
from catalogue.services.question_counts import Tally
from catalogue.unit_of_work import unit_of_work
from tests.browser.accessibility import grave_findings, overflows

pytestmark = pytest.mark.browser

PAGES = (
    "/quan-tri/tu-ngu", "/quan-tri/tu-ngu?q=khai+sinh", "/quan-tri/tu-ngu/tu-dong-nghia", "/quan-tri/tu-ngu/ghim",
    "/quan-tri/tu-ngu/ten-thuong-goi", "/quan-tri/tu-ngu/de-nghi/ghim", "/quan-tri/tu-ngu/1", "/quan-tri/cau-hoi",
    "/quan-tri/noi-dung-thieu", "/quan-tri/noi-dung-thieu/ghi?cau=nuôi+chó",
)  # fmt: skip


@pytest.fixture(scope="module")
def words_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A province of its own, where people have asked what nobody could answer."""
    home = tmp_path_factory.mktemp("words")
    app = create_app({"CATALOGUE_HOME": home, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{home / 'catalogue.db'}",
                      "SEARCH_URL": f"whoosh:{home / 'search'}", "SIGN_IN_LIMIT": "10000 per minute"})  # fmt: skip
    done = app.test_cli_runner().invoke(args=["init", "--sample"])
    assert done.exit_code == 0, done.output
    asked = [("nuôi chó", Tally(4, 4)), ("rước dâu", Tally(7, 7)), ("làm giấy cho bé", Tally(3, 0, 2))]
    with app.app_context(), unit_of_work(db.session()) as work:
        question_counts.write_down(
            work.session, [(clock.today() - timedelta(days=7), *one) for one in asked], secret="khóa", shown_from=2
        )
    return app


@pytest.fixture(scope="module")
def words_site(words_app: Flask) -> Iterator[str]:
    server = create_server(words_app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


def signed_in(browser: Browser, site: str, username: str, *, width: int = 1280, script: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="vi-VN", base_url=site, java_script_enabled=script
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto("/quan-tri/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    return page


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_from_a_question_nobody_answered_to_an_answer_for_everybody(
    browser: Browser, words_site: str, script: bool
) -> None:
    an, binh = (signed_in(browser, words_site, name, script=script) for name in ("an", "binh"))
    phrase = "rước dâu" if script else "nuôi chó"
    legal = "đăng ký kết hôn" if script else "đăng ký khai sinh"
    an.goto("/quan-tri/cau-hoi")
    an.get_by_role("link", name=f"Đặt «{phrase}» làm từ đồng nghĩa").click()
    an.get_by_label("Cách nói của văn bản").fill(legal)
    an.get_by_label("Lý do").fill("Nhiều người hỏi trong tuần")
    an.get_by_role("button", name="Gửi đề nghị").click()
    expect(an.get_by_text("một người khác xem và quyết định").last).to_be_visible()

    binh.goto("/quan-tri/")
    binh.get_by_role("link", name="Xem từ ngữ tìm kiếm").click()
    binh.get_by_role("link", name=re.compile(phrase)).first.click()
    expect(binh.get_by_role("heading", name="Ảnh hưởng đến câu hỏi mẫu")).to_be_visible()
    binh.get_by_role("button", name="Duyệt", exact=True).click()
    expect(binh.get_by_text("Tìm kiếm dùng từ ngữ này từ bây giờ")).to_be_visible()

    an.goto(f"/thu-tuc?q={phrase}")
    expect(
        an.locator("main").get_by_role("link", name=re.compile(legal.removeprefix("đăng ký "), re.IGNORECASE)).first
    ).to_be_visible()
    for page in (an, binh):
        page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_has_a_grave_fault_or_scrolls_sideways(browser: Browser, words_site: str, width: int) -> None:
    page = signed_in(browser, words_site, "an", width=width)
    for address in PAGES:
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, address
        assert grave_findings(page) == [], address
        assert not overflows(page), address
    page.context.close()
