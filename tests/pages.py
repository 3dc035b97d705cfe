"""A browser that is hard to please: every page fetched in any test is parsed and must keep the house rules."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse
from wtforms import BooleanField, FieldList, FileField, Form, FormField

LABELLED_BY_TYPE = {"hidden", "submit", "button", "image", "reset"}


@dataclass(frozen=True)
class Link:
    """An address and its words."""

    href: str
    text: str


class Page:
    """One parsed page."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.source = response.text
        self.tree = html.document_fromstring(self.source)

    @property
    def language(self) -> str | None:
        return self.tree.get("lang")

    @property
    def title(self) -> str:
        return words(self.tree.findtext(".//title") or "")

    @property
    def heading(self) -> str:
        return words(self.tree.find(".//h1").text_content())

    @property
    def text(self) -> str:
        """What a reader sees of the main part, on one line."""
        return words(self.tree.get_element_by_id("noi-dung").text_content())

    @property
    def band(self) -> str:
        """The calm band on top; empty when there is none."""
        found = self.tree.find_class("band")
        return words(found[0].text_content()) if found else ""

    @property
    def links(self) -> list[Link]:
        return [Link(a.get("href"), words(a.text_content())) for a in self.tree.iter("a") if a.get("href")]

    def link(self, text: str) -> str:
        """The address behind the words."""
        found = [link.href for link in self.links if text in link.text]
        assert found, f"no link «{text}» among {[link.text for link in self.links]}"
        return found[0]

    def all(self, css_class: str) -> list[str]:
        """The words of every element of a class."""
        return [words(found.text_content()) for found in self.tree.find_class(css_class)]

    @property
    def faults(self) -> list[str]:
        """What no page of ours may have."""
        ids = Counter(element.get("id") for element in self.tree.iter() if element.get("id"))
        labels = {label.get("for") for label in self.tree.iter("label")}
        found = [f"the id {name} stands {n} times" for name, n in ids.items() if n > 1]
        if self.language != "vi":
            found.append("the page does not say that it is Vietnamese")
        if len(list(self.tree.iter("h1"))) != 1:
            found.append("a page has one h1")
        for field in self.tree.xpath("//input | //select | //textarea"):
            inside = any(parent.tag == "label" for parent in field.iterancestors())
            named = field.get("id") in labels or field.get("aria-label") or inside
            if field.get("type", "text") not in LABELLED_BY_TYPE and not named:
                found.append(f"the field {field.get('name')} has no label")
        for image in self.tree.iter("img"):
            if image.get("alt") is None:
                found.append("a picture has no alternative text")
        for element in self.tree.xpath("//*[@style or @onclick or @onload]"):
            found.append(f"<{element.tag}> carries style or script that the content policy refuses")
        anchors = {a.get("href")[1:] for a in self.tree.xpath("//a[starts-with(@href, '#')]")}
        found += [f"the link #{name} leads nowhere" for name in anchors if name not in ids]
        found += [f"the page says «{word}»" for word in ("None", "Undefined", "{{", "%(") if word in self.text]
        return found


class Browser:
    """A visitor without script."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, url: str, *, status: int = 200, follow: bool = False) -> Page:
        """Fetch a page and check it."""
        response = self.client.get(url, follow_redirects=follow)
        assert response.status_code == status, f"{url}: {response.status_code}\n{response.text[:2000]}"
        page = Page(response)
        assert page.faults == [], url
        return page

    def file(self, url: str, *, status: int = 200) -> TestResponse:
        """Fetch what is no page."""
        response = self.client.get(url)
        assert response.status_code == status, f"{url}: {response.status_code}"
        return response


def words(text: str) -> str:
    """Every run of blanks as one."""
    return re.sub(r"\s+", " ", text).strip()


def browser_fields(form: Form) -> list[tuple[str, str]]:
    """What a browser sends of a form as it is shown, line ends as browsers write them."""
    found: list[tuple[str, str]] = []
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                found += browser_fields(entry.form)
        elif isinstance(field, FormField):
            found += browser_fields(field.form)
        elif isinstance(field, BooleanField):
            found += [(field.name, "y")] if field.data else []
        elif not isinstance(field, FileField):
            value = field._value() if hasattr(field, "_value") else field.data
            found.append((field.name, str(value or "").replace("\n", "\r\n")))
    return found
