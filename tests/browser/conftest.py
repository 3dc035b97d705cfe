"""A real Chromium on a really served sample province; pages may speak to no other host nor complain in the console."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from waitress import create_server

from catalogue.app import create_app
from catalogue.sample import PASSWORD

# Without these, Chromium asks its maker for updates at every start and waits for answers.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with the sample province, in a folder of its own."""
    home = tmp_path_factory.mktemp("province")
    app = create_app({"CATALOGUE_HOME": home, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{home / 'catalogue.db'}",
                      "SEARCH_URL": f"whoosh:{home / 'search'}", "SEARCH_LIMIT": "100000 per minute"})  # fmt: skip
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["init", "--sample"])
    assert done.exit_code == 0, done.output
    return app


@pytest.fixture(scope="session")
def site(sample_app: Flask) -> Iterator[str]:
    """Address of the served application, without a slash at the end."""
    server = create_server(sample_app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests; each test gets a context of its own."""
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the site: ``visit("/thu-tuc", width=360)``. Each call is a visitor with no cookies.

    What a page says in the console or asks of another host fails the test when it ends.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str = "/", *, width: int = 1280, height: int = 800, script: bool = True, **more: Any) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, locale="vi-VN", base_url=site, java_script_enabled=script, **more)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        _listen(page, site, complaints)
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


def _listen(page: Page, site: str, complaints: list[str]) -> None:
    def console(message: ConsoleMessage) -> None:
        # A page that answers 404 on purpose is reported under its own address; what it asks for must be there.
        if message.type in ("error", "warning") and message.location.get("url") != page.url:
            complaints.append(f"{page.url}: {message.text}")

    def request(sent: Request) -> None:
        if not sent.url.startswith((site, "data:", "blob:")):
            complaints.append(f"{page.url} asks {sent.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", request)


@pytest.fixture(scope="module")
def office_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A province of its own: what officers do here is seen by no other test."""
    home = tmp_path_factory.mktemp("office")
    app = create_app({"CATALOGUE_HOME": home, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{home / 'catalogue.db'}",
                      "SEARCH_URL": f"whoosh:{home / 'search'}", "SIGN_IN_LIMIT": "10000 per minute"})  # fmt: skip
    done = app.test_cli_runner().invoke(args=["init", "--sample"])
    assert done.exit_code == 0, done.output
    return app


@pytest.fixture(scope="module")
def office_site(office_app: Flask) -> Iterator[str]:
    server = create_server(office_app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(browser: Browser, office_site: str) -> Iterator[SignIn]:
    """Somebody in front of a machine of their own; what the page complains of fails the test."""
    opened = []
    complaints: list[str] = []

    def enter(username: str, *, width: int = 1366, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", base_url=office_site, java_script_enabled=script
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.goto("/quan-tri/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Việc cần làm")
        return page

    yield enter
    for context in opened:
        context.close()
    assert complaints == []
