"""Every real history compared text by text: noise of layout is no change, and nobody waits for the answer."""

from __future__ import annotations

import gzip
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from catalogue.imports.portal_content import read_detail
from catalogue.imports.portal_values import Node, tidy
from decisions.changes import changed_parts, find_changes
from decisions.codec import from_plain, to_plain
from decisions.content import ProcedureContent
from decisions.redline import Edit, word_runs
from decisions.text import clean

WORD = re.compile(r"\w+")
TAG = re.compile(r"</?[a-z][^<>]{0,80}>|&nbsp;", re.IGNORECASE)

pytestmark = pytest.mark.real_data

WORDY = {
    "name", "text", "title", "articles", "basis", "conditions", "reception", "returning", "dossier_sets", "note",
    "friendly_name", "cut_text", "exempt", "other_names", "keywords",
}  # fmt: skip
SHUFFLED = {"sectors", "subjects", "outcomes", "bases", "keywords", "executing", "deciding", "coordinating", "papers"}


def texts(folder: Path) -> Iterator[list[ProcedureContent]]:
    with gzip.open(folder / "portal-2026" / "histories.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield [read_detail(Node(tidy(version["data"]))) for version in json.loads(line)["versions"]]


@pytest.fixture(scope="module")
def histories(real_data: Path) -> list[list[ProcedureContent]]:
    return list(texts(real_data))


def rewritten(content: ProcedureContent, rewrite: Callable[[str], str]) -> ProcedureContent:
    return from_plain(ProcedureContent, _walked(to_plain(content), rewrite, wordy=False))


def _walked(value: Any, rewrite: Callable[[str], str], *, wordy: bool) -> Any:
    if isinstance(value, dict):
        return {
            key: item if key == "extra" else _walked(item, rewrite, wordy=key in WORDY) for key, item in value.items()
        }
    if isinstance(value, list):
        return [_walked(item, rewrite, wordy=wordy) for item in value]
    return rewrite(value) if wordy and isinstance(value, str) else value


def shuffled(content: ProcedureContent, seed: int = 7) -> ProcedureContent:
    chance = random.Random(seed)

    def turn(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: item if name == "extra" else turn(item, name) for name, item in value.items()}
        if isinstance(value, list):
            items = [turn(item) for item in value]
            return chance.sample(items, len(items)) if key in SHUFFLED else items
        return value

    return from_plain(ProcedureContent, turn(to_plain(content)))


def starred(text: str) -> str:
    return "\n".join(f"* {re.sub(r'^[-+*•] ?', '', line)}" for line in text.splitlines())


NOISES: dict[str, Callable[[str], str]] = {
    "blanks": lambda text: "\u00a0 " + text.replace(" ", "  ").replace("\n", " \n\n\t") + " \n",
    "marks of lists": starred,
    "loose letters": lambda text: unicodedata.normalize("NFD", text),
    "quotes and dashes": lambda text: text.replace('"', "”").replace("-", "–"),
    "stops": lambda text: re.sub(r"(?<=\w{3})[.;]?$", ";", text, flags=re.MULTILINE),
    "tags": lambda text: "<p>" + text.replace("\n", "<br>\n") + "</p>",
}


@pytest.mark.parametrize("noise", NOISES)
def test_a_text_that_differs_only_in_layout_shows_no_change(histories, noise):
    for content, *_ in histories:
        assert find_changes(content, rewritten(content, NOISES[noise])) == [], content.name


def test_all_noise_together_is_no_change_in_any_version(histories):
    for versions in histories:
        for content in versions:
            noisy = shuffled(content)
            for noise in NOISES.values():
                noisy = rewritten(noisy, noise)
            assert changed_parts(content, noisy) == (), content.name


def test_another_order_of_sets_and_papers_is_no_change(histories):
    for versions in histories:
        for content in versions:
            assert changed_parts(content, shuffled(content)) == (), content.name


def test_every_word_of_the_new_text_is_read_out_of_the_runs(histories):
    for versions in histories:
        for before, after in zip(versions, versions[1:], strict=False):
            for change in find_changes(before, after):
                runs = word_runs(change.before, change.after)
                read = "".join(run.text for run in runs if run.edit is not Edit.REMOVED)
                assert WORD.findall(read) == WORD.findall(clean(TAG.sub(" ", change.after)))


def test_the_same_parts_differ_whichever_text_came_first(histories):
    for first, *_, last in histories:
        assert set(changed_parts(first, last)) == set(changed_parts(last, first)), first.name
