"""An office: five accounts of two agencies who sign in, fill in forms as the page gives them, and send them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextvars import Context
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from catalogue import clock
from catalogue.cli.setup import seed_holidays
from catalogue.extensions import db
from catalogue.models import Agency, Decision
from catalogue.services.people import make_account
from catalogue.services.registry import agency_key
from tests.catalogue.cast import ISSUER, at
from tests.catalogue.cast import QUICK as QUICK_HASHER
from tests.pages import Browser, Page

PEOPLE = {
    "an": ("Lê Thu An", ("drafter",), "Sở Tư pháp"),
    "binh": ("Phan Hòa Bình", ("reviewer",), "Văn phòng Ủy ban nhân dân tỉnh"),
    "chi": ("Đặng Kim Chi", ("approver",), "Văn phòng Ủy ban nhân dân tỉnh"),
    "dung": ("Ngô Tiến Dũng", ("drafter",), "Sở Y tế"),
    "giang": ("Vũ Hà Giang", ("drafter",), "Sở Tư pháp"),
    "quan-tri": ("Tạ Minh Khôi", ("admin",), "Văn phòng Ủy ban nhân dân tỉnh"),
}


class ApartClient(FlaskClient):
    """Every request in a context of its own: the test's own application context must not lend it a session."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        return Context().run(super().open, *args, **more)


class Officer(Browser):
    """Somebody who is signed in."""

    def sign_in(self, username: str, password: str | None = None, *, status: int = 303) -> Page | None:
        page = self.get("/quan-tri/dang-nhap")
        return self.send(page, {"username": username, "password": password or username}, status=status)

    def send(
        self, page: Page, values: dict[str, Any] | None = None, *, to: str = "", status: int = 303,
        headers: dict[str, str] | None = None,
    ) -> Page | None:  # fmt: skip
        """Send the form whose address ends with ``to`` (the first of the main part without), with its own values."""
        form = self._form(page, to)
        data = filled(page, form) | (values or {})
        address = form.get("action") or page.response.request.full_path
        response = self.client.post(address, data=data, content_type=form.get("enctype"), headers=headers)
        assert response.status_code == status, f"{address}: {response.status_code}\n{text_of(response.text)[:1500]}"
        self.answer = response
        if 300 <= response.status_code < 400 or not response.mimetype.startswith("text/html"):
            return None
        shown = Page(response)
        assert shown.faults == [], address
        return shown

    def post(self, url: str, data: dict[str, Any] | None = None, *, status: int) -> None:
        """Send without having looked, as a hand-written request would, but with a valid token."""
        page = self.get("/quan-tri/lich-nghi")
        token = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
        response = self.client.post(url, data={"csrf_token": token, **(data or {})})
        assert response.status_code == status, f"{url}: {response.status_code}\n{text_of(response.text)[:1500]}"
        self.answer = response

    @staticmethod
    def _form(page: Page, to: str) -> html.HtmlElement:
        forms = page.tree.xpath("//main//form[@method='post']")
        here = page.response.request.path
        named = [form for form in forms if (form.get("action") or here).split("?")[0].endswith(to)]
        assert named, f"no form to «{to}» among {[form.get('action') for form in forms]}"
        return named[0]


def filled(page: Page, form: html.HtmlElement) -> dict[str, Any]:
    """What a browser would send: the fields inside the form and those that name it."""
    inside = list(form.xpath(".//input | .//select | .//textarea"))
    if form.get("id"):
        inside += page.tree.xpath(f"//*[@form='{form.get('id')}']")
    data: dict[str, Any] = {}
    for field in inside:
        if not field.get("name") or field.get("type") == "file":
            continue
        if field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is not None:
                data[field.get("name")] = field.get("value")
        elif field.tag == "select":
            chosen = field.xpath("./option[@selected]") or field.xpath("./option")
            data[field.get("name")] = chosen[0].get("value")
        elif field.tag == "textarea":
            data[field.get("name")] = (field.text or "").removeprefix("\n")
        else:
            data[field.get("name")] = field.get("value", "")
    return data


def text_of(source: str) -> str:
    return " ".join(html.document_fromstring(source).text_content().split()) if source.strip() else ""


def upload(data: bytes, name: str) -> dict[str, Any]:
    return {"file": (io.BytesIO(data), name)}


@pytest.fixture
def office(app: Flask) -> Iterator[Flask]:
    """The empty application with its people, an issuer and the published holidays."""
    app.test_client_class = ApartClient
    app.config["SIGN_IN_LIMIT"] = "10000 per minute"
    session = db.session()
    names = [*(agency for _, _, agency in PEOPLE.values()), ISSUER]
    agencies = {name: Agency(name=name, folded_name=agency_key(name), kind="department") for name in names}
    session.add_all(agencies.values())
    session.flush()
    for username, (full_name, roles, agency) in PEOPLE.items():
        make_account(session, username=username, full_name=full_name, password=username, roles=roles,
                     now=at(clock.today()), agency_id=agencies[agency].id, hasher=QUICK_HASHER)  # fmt: skip
    seed_holidays(session, clock.now())
    session.commit()
    yield app
    app.test_client_class = None


@pytest.fixture
def officer(office: Flask) -> Callable[[str], Officer]:
    """Somebody of the cast, signed in on a machine of their own."""

    def enter(username: str) -> Officer:
        person = Officer(office.test_client())
        person.sign_in(username)
        return person

    return enter


@pytest.fixture
def an(officer: Callable[[str], Officer]) -> Officer:
    return officer("an")


@pytest.fixture
def binh(officer: Callable[[str], Officer]) -> Officer:
    return officer("binh")


@pytest.fixture
def chi(officer: Callable[[str], Officer]) -> Officer:
    return officer("chi")


@pytest.fixture
def dung(officer: Callable[[str], Officer]) -> Officer:
    return officer("dung")


@pytest.fixture
def admin(officer: Callable[[str], Officer]) -> Officer:
    return officer("quan-tri")


def stored(decision_id: int) -> Decision:
    """The row as it is in the database now."""
    db.session.expire_all()
    return db.session.get_one(Decision, decision_id)
