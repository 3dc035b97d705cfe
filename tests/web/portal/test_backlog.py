"""What a killed process left unindexed is found again without anybody's doing."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from catalogue import clock, outbox
from catalogue.extensions import db
from catalogue.web.portal import backlog
from search_index.whoosh_backend import WhooshBackend
from tests.builders import make_content, put_in_force
from tests.pages import Browser


@pytest.fixture
def left(app: Flask, session: Session) -> Flask:
    """A process that begins on a catalogue whose last change never reached the index."""
    app.extensions["index_backlog"] = backlog.Look()
    version = put_in_force(session, "1.001193", make_content(), on=date(2025, 7, 1))
    outbox.enqueue(session, [version.procedure_id], clock.now())
    session.commit()
    return app


def finds(browser: Browser) -> bool:
    page = browser.get("/thu-tuc?q=khai+sinh")
    page.response.close()
    return "Đăng ký khai sinh" in page.text


def test_a_change_that_never_reached_the_index_does_so_after_the_first_page(left: Flask, browser: Browser) -> None:
    assert not finds(browser)
    assert finds(browser)
    assert outbox.pending(db.session()) == []


def test_a_process_looks_once_a_minute(left: Flask, browser: Browser, session: Session) -> None:
    browser.get("/").response.close()
    version = put_in_force(session, "1.000656", make_content("Đăng ký khai tử"), on=date(2025, 7, 1))
    outbox.enqueue(session, [version.procedure_id], clock.now())
    session.commit()
    browser.get("/").response.close()
    assert len(outbox.pending(session)) == 1
    left.extensions["index_backlog"].due = 0.0
    browser.get("/").response.close()
    session.rollback()
    assert outbox.pending(session) == []


def test_what_cannot_be_indexed_yet_waits_on_and_the_page_is_whole(
    left: Flask, browser: Browser, tmp_path: object
) -> None:
    left.extensions["search"] = WhooshBackend(f"{tmp_path}/nothing")
    page = browser.get("/thu-tuc?q=khai+sinh")
    page.response.close()
    assert "Đăng ký khai sinh" in page.text and "đang được lập lại" in page.text
    assert len(outbox.pending(db.session())) == 1
