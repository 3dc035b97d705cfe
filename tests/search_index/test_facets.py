"""Filters and counts beyond level and sector: several values for one document, and marks."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from search_index.ports import YES, Query, SearchBackend
from tests.search_index.documents import TODAY, codes, document

CITIZENS, COMPANIES = "Công dân Việt Nam", "Doanh nghiệp"
HELD = (
    document("1.1", "Đăng ký khai sinh", subjects=(CITIZENS,), fee_free=True, non_territorial=True,
             agency="Ủy ban nhân dân cấp xã"),
    document("1.2", "Đăng ký kết hôn", subjects=(CITIZENS, "Người nước ngoài"), fee_free=True,
             agency="Ủy ban nhân dân cấp xã; Sở Tư pháp"),
    document("1.3", "Đăng ký hộ kinh doanh", subjects=(COMPANIES, CITIZENS), agency="Sở Tài chính"),
    document("1.4", "Đăng ký nhãn hiệu"),
)  # fmt: skip


@pytest.fixture
def held(backend: SearchBackend) -> SearchBackend:
    """Four documents with subjects, agencies and marks."""
    backend.rebuild(HELD)
    return backend


def test_a_document_is_counted_under_each_of_its_subjects(held):
    page = held.search(Query("đăng ký", TODAY, facets=("subjects", "agency")))
    assert page.facets["subjects"] == ((CITIZENS, 3), (COMPANIES, 1), ("Người nước ngoài", 1))
    assert page.facets["agency"] == (("Ủy ban nhân dân cấp xã", 2), ("Sở Tài chính", 1), ("Sở Tư pháp", 1))


def test_one_of_the_values_wanted_is_enough(held):
    assert set(codes(held, "đăng ký", subjects=(COMPANIES, "Người nước ngoài"))) == {"1.2", "1.3"}
    assert set(codes(held, "đăng ký", agencies=("Sở Tư pháp",))) == {"1.2"}
    assert codes(held, "", subjects=(unicodedata.normalize("NFD", COMPANIES),)) == ["1.3"]


def test_marks_filter_only_when_asked_for(held):
    assert set(codes(held, "đăng ký", fee_free=True)) == {"1.1", "1.2"}
    assert codes(held, "đăng ký", fee_free=True, non_territorial=True) == ["1.1"]
    assert len(codes(held, "đăng ký")) == 4


def test_what_is_not_known_is_not_counted(held):
    page = held.search(Query("nhãn hiệu", TODAY, facets=("subjects", "agency", "sector", "fee_free")))
    assert page.total == 1
    assert all(page.facets[facet] == () for facet in ("subjects", "agency", "sector", "fee_free"))


def test_a_mark_is_counted_whether_or_not_it_is_asked_for(held):
    for wanted in (False, True):
        page = held.search(Query("đăng ký", TODAY, fee_free=wanted, facets=("fee_free", "non_territorial")))
        assert page.facets["fee_free"] == ((YES, 2),)
        assert page.facets["non_territorial"] == ((YES, 1),)


def test_what_is_filtered_out_is_not_counted_in_other_facets(held):
    page = held.search(Query("đăng ký", TODAY, subjects=(COMPANIES,), facets=("agency", "subjects", "status")))
    assert page.facets["agency"] == (("Sở Tài chính", 1),)
    assert page.facets["status"] == (("in_force", 1),)
    assert dict(page.facets["subjects"])[CITIZENS] == 3


def test_results_may_be_put_by_name_or_by_the_day_they_began(backend: SearchBackend) -> None:
    days = {"1.1": date(2025, 7, 1), "1.2": date(2026, 7, 1), "1.3": date(2026, 1, 1)}
    names = {"1.1": "Đăng ký khai sinh lưu động", "1.2": "Đăng ký khai sinh", "1.3": "Âu tàu: đăng ký khai sinh"}
    backend.rebuild([document(code, names[code], valid_from=day) for code, day in days.items()])
    assert codes(backend, "đăng ký khai sinh", order="name") == ["1.3", "1.2", "1.1"]
    assert codes(backend, "đăng ký khai sinh", order="newest") == ["1.2", "1.3", "1.1"]
    assert codes(backend, "đăng ký khai sinh", order="newest", limit=1, offset=1) == ["1.3"]
    assert codes(backend, "", order="newest") == ["1.2", "1.3", "1.1"]
