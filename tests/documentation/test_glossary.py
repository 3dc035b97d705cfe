"""The glossary people read and the one the program prints from are the same."""

from __future__ import annotations

import re
from pathlib import Path

import catalogue.models
import decisions.content
from catalogue import glossary
from tests.architecture.source_tree import ROOT

MANUAL = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
GROUPS = {name: value for name, value in vars(glossary).items() if name.isupper() and isinstance(value, dict)}


def printed_groups() -> dict[str, dict[str, str]]:
    """The tables of labels, by the name of their group."""
    sections = re.findall(r"^## [^\n]*\(`(\w+)`\)\n(.*?)(?=^## |\Z)", MANUAL, re.M | re.S)
    return {name: dict(re.findall(r"^\| `(\w+)` \| (.*?) \|$", text, re.M)) for name, text in sections}


def test_every_label_is_in_the_manual_as_it_is_printed():
    printed = printed_groups()
    assert set(printed) == set(GROUPS)
    for name, labels in GROUPS.items():
        assert printed[name] == {key: str(label) for key, label in labels.items()}, name


def test_every_noun_of_the_manual_exists():
    known = set(vars(catalogue.models)) | set(vars(decisions.content)) | set(decisions.content.PARTS) | {"Dossier"}
    nouns = re.findall(r"^\| [^|`]+ \| `(\w+)` \|", MANUAL, re.M)
    assert [noun for noun in nouns if noun not in known] == []


def test_labels_are_vietnamese_and_calm():
    words = [str(label) for labels in GROUPS.values() for label in labels.values()]
    assert [word for word in words if "!" in word or "_" in word] == []


def test_the_manual_is_found_from_the_front_page():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", readme)
    assert [link for link in links if "://" not in link and not (ROOT / Path(link)).exists()] == []
