"""The editor knows every real text: what is opened and saved untouched stays as it was, and no field loses a word."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from catalogue.app import create_app
from catalogue.imports.portal import PortalRecord, read_file
from catalogue.services.extras import ExtraBook
from catalogue.web.office.forms.content import SECTIONS, Section
from decisions.content import Case, ProcedureContent
from tests.pages import browser_fields

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app({"TESTING": True, "CATALOGUE_HOME": tmp_path_factory.mktemp("editor"), "SECRET_KEY": "tests",
                       "SQLALCHEMY_DATABASE_URI": "sqlite://", "SEARCH_URL": "memory:"})  # fmt: skip


@pytest.fixture(scope="module")
def texts(real_data: Path) -> list[ProcedureContent]:
    folder = real_data / "portal-2026"
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing")
    return [record.content for record in read_file(folder / "details.jsonl.gz") if isinstance(record, PortalRecord)]


def cleaned(value: Any) -> Any:
    """The value with each text as a form field gives it back."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {f.name: cleaned(getattr(value, f.name)) for f in fields(value) if f.name != "extra"}
        return replace(value, **found)
    if isinstance(value, tuple):
        return tuple(cleaned(item) for item in value)
    if isinstance(value, str) and type(value) is str:
        lines = unicodedata.normalize("NFC", value).replace("\u200b", "").splitlines()
        return "\n".join(" ".join(line.split()) for line in lines).strip()
    return value


def sent(section: Section, content: ProcedureContent) -> MultiDict[str, str]:
    return MultiDict([*browser_fields(section.filled(content)), ("sent", "1")])


def told(part: str, value: Any) -> Any:
    """A case without a word says nothing."""
    return tuple(case for case in value if case != Case()) if part == "cases" else value


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.slug)
def test_a_section_opened_and_saved_loses_nothing(app: Flask, texts: list[ProcedureContent], section: Section) -> None:
    """Untouched parts stay to the letter; forced through the fields, they come out with every word and every mark."""
    lost = []
    with app.test_request_context():
        for content in texts:
            form = section.form(formdata=sent(section, content))
            assert form.validate(), (content.name, form.errors)
            written = section.written(form.data, content, ExtraBook(content))
            assert written == section.untouched(content, ExtraBook(content)), content.name
            lost += [f"{content.name}: {part}" for part in section.parts
                     if cleaned(written[part]) != cleaned(told(part, getattr(content, part)))]  # fmt: skip
    assert lost == []

