"""Papers of real records: no word of 394 full texts is lost, and the longest of them is set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from catalogue.exports import FORMATS
from catalogue.exports.text import ProcedureText
from catalogue.imports.portal import PortalRecord, read_file
from decisions.codec import to_plain
from tests.catalogue.exports.papers import block_words, sheet, words_of
from tests.catalogue.exports.test_procedure_text import strings

pytestmark = pytest.mark.real_data


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def printed(text: ProcedureText) -> str:
    words = [text.title, text.friendly_name, *(fact.text for fact in text.summary)]
    words += [word for section in text.sections for block in section.blocks for word in block_words(block)]
    return letters(" ".join(words))


@pytest.fixture(scope="module")
def records(real_data: Path) -> list[PortalRecord]:
    found = list(read_file(real_data / "portal-2026" / "details.jsonl.gz"))
    return [record for record in found if isinstance(record, PortalRecord)]


def test_no_word_of_a_full_text_is_left_out(records):
    assert len(records) == 394
    lost = []
    for record in records:
        found = printed(sheet(record.content))
        lines = (line for text in strings(to_plain(record.content)) for line in text.split("\n"))
        lost += [(record.key, line) for line in lines if letters(line) not in found]
    assert lost == []


@pytest.mark.parametrize("suffix", ["pdf", "docx", "json"])
def test_the_longest_text_is_set_whole(records, suffix):
    longest = max(records, key=lambda record: len(repr(record.content)))
    text = sheet(longest.content)
    found = letters(words_of(suffix, FORMATS[suffix].procedure(text)))
    assert [section.label for section in text.sections if letters(section.label) not in found] == []
    first_words = [paper.name.split("\n")[0][:60] for paper in longest.content.papers]
    assert [words for words in first_words if letters(words) not in found] == []
