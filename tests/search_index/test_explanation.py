"""A score explains itself: its parts sum to it, and each part has a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import relevance
from search_index.memory import MemoryBackend
from search_index.ports import Hit, Query
from tests.search_index.documents import BIRTH, CATALOGUE, TODAY, document

ELSEWHERE = document("1.115001", "Đăng ký khai sinh lưu động", sector="Hộ tịch", boost=0.85)
EXPANSIONS = {"mới đẻ": ("đăng ký khai sinh",), "báo tử": ("đăng ký khai tử",)}
WORDS = ["đăng", "ký", "lại", "khai", "sinh", "tử", "kết hôn", "nước ngoài", "mới đẻ", "thu hồi", "cấp tỉnh"]
TEXTS = [
    "đăng ký khai sinh", "vợ mới đẻ làm giấy gì", "khai sinh có yếu tố nước ngoài", "1.001193", "qđ 2815", "2815",
    "dang ky khai sih", "gia hạn đăng ký kết hôn", "lòng đường vỉa hè", "khai sinh lưu động 2815/QĐ-UBND",
]  # fmt: skip


def explained(text: str, **more: object) -> tuple[Hit, ...]:
    backend = MemoryBackend(EXPANSIONS)
    # In an order that is not that of names, as on any disk.
    backend.rebuild([ELSEWHERE, *reversed(CATALOGUE)])
    return backend.search(Query(text, TODAY, explain=True, **more)).hits  # type: ignore[arg-type]


@pytest.mark.parametrize("text", TEXTS)
def test_the_parts_sum_to_the_score(text):
    hits = explained(text)
    assert hits
    for hit in hits:
        assert sum(part.worth for part in hit.parts) == pytest.approx(hit.score, abs=1e-3)


@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_whatever_is_asked_the_parts_sum_to_the_score(words):
    for hit in explained(" ".join(words)):
        assert sum(part.worth for part in hit.parts) == pytest.approx(hit.score, abs=1e-3)


def test_a_word_of_the_law_names_the_phrase_that_brought_it():
    parts = {part.term: part.origin for part in explained("vợ mới đẻ")[0].parts if part.what == "folded"}
    assert parts["khai"] == parts["sinh"] == "moi de"


def test_what_was_named_what_was_pinned_and_whose_text_it_is_are_told():
    assert [part.what for part in explained("1.001193")[0].parts] == ["code"]
    assert [part.what for part in explained("qđ 2815")[0].parts] == ["number"]
    assert [part.what for part in explained("kết hôn", first=(BIRTH.procedure,))[0].parts] == ["pinned"]
    parts = {part.what: part.worth for part in next(h for h in explained("khai sinh") if h.code == "1.115001").parts}
    assert parts["boost"] < 0


def test_nothing_is_explained_unasked():
    backend = MemoryBackend()
    backend.rebuild(CATALOGUE)
    assert backend.search(Query("khai sinh", TODAY)).hits[0].parts == ()
    assert not backend.search(Query("khai sinh", TODAY - timedelta(days=9_000), explain=True)).hits


def test_each_field_has_its_share_of_a_term():
    shares = relevance.shares(BIRTH, relevance.FOLDED, "sinh")
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["name"] > shares["body"] > 0
    assert relevance.shares(BIRTH, relevance.FOLDED, "tau") == {}
