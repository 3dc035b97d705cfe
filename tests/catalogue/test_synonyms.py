"""The words that citizens use, as search gets them."""

from __future__ import annotations

from catalogue.extensions import open_search
from catalogue.synonyms import EXPANSIONS
from search_index.vietnamese import clean, fold
from tests.search_index.documents import CATALOGUE, MARRIAGE, codes


def test_every_group_is_written_cleanly():
    assert [phrase for phrase in EXPANSIONS if not phrase or phrase != clean(phrase).lower()] == []
    assert [legal for others in EXPANSIONS.values() for legal in others if not legal or legal != clean(legal)] == []


def test_no_phrase_only_repeats_itself():
    assert [phrase for phrase, others in EXPANSIONS.items() if fold(phrase) in map(fold, others)] == []


def test_the_application_searches_with_the_groups():
    backend = open_search("memory:")
    backend.rebuild(CATALOGUE)
    assert codes(backend, "lấy vợ")[0] == MARRIAGE.code
