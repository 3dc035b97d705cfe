"""Builders of documents and questions with which the tests of search speak."""

from __future__ import annotations

from datetime import date
from typing import Any

from search_index.ports import IndexedDocument, Query, SearchBackend

BEGINNING = date(2025, 1, 1)
TODAY = date(2026, 11, 21)


def document(code: str, name: str, **more: Any) -> IndexedDocument:
    """A commune-level document in force since 2025 whose key is its code."""
    values: dict[str, Any] = {"key": code, "procedure": code, "level": "commune", "valid_from": BEGINNING, **more}
    return IndexedDocument(code=code, name=name, **values)


def codes(backend: SearchBackend, text: str, **more: Any) -> list[str]:
    """The codes that answer, best first, today unless said otherwise."""
    return [hit.code for hit in backend.search(Query(text, more.pop("on", TODAY), **more)).hits]


def keys(backend: SearchBackend, text: str, **more: Any) -> list[str]:
    """The keys that answer, best first, today unless said otherwise."""
    return [hit.key for hit in backend.search(Query(text, more.pop("on", TODAY), **more)).hits]


BIRTH = document(
    "1.001193",
    "Đăng ký khai sinh",
    friendly_name="Làm giấy khai sinh cho con",
    sector="Hộ tịch",
    agency="Ủy ban nhân dân cấp xã",
    keywords=("trích lục khai sinh",),
    body="Người đi đăng ký khai sinh nộp tờ khai và giấy chứng sinh. Căn cứ: Luật 60/2014/QH13; 123/2015/NĐ-CP.",
    decision_numbers=("2815/QĐ-UBND",),
    online_grade="full",
)
BIRTH_ABROAD = document(
    "2.000528", "Đăng ký khai sinh có yếu tố nước ngoài", sector="Hộ tịch", agency="Ủy ban nhân dân cấp xã",
    body="Người yêu cầu nộp giấy chứng sinh hoặc giấy tờ do cơ quan nước ngoài cấp.", online_grade="partial",
)  # fmt: skip
DEATH = document("1.000656", "Đăng ký khai tử", sector="Hộ tịch", body="Nộp giấy báo tử.", online_grade="full")
MARRIAGE = document(
    "1.000894", "Đăng ký kết hôn", sector="Hộ tịch", decision_numbers=("3218/QĐ-UBND", "44/2026/QĐ-UBND")
)
ROAD = document(
    "1.013061", "Cấp phép sử dụng tạm thời lòng đường, vỉa hè", level="province", sector="Đường bộ",
    agency="Sở Xây dựng", body="Đơn đề nghị sử dụng lòng đường.",
)  # fmt: skip
OCEAN = document(
    "1.009876", "Công nhận khu vực biển đảo Dương Hà", level="province", sector="Biển và hải đảo",
    agency="Sở Nông nghiệp và Môi trường", decision_numbers=("2815/QĐ-BNNMT",),
)  # fmt: skip
BUSINESS = document(
    "1.001612", "Đăng ký thành lập hộ kinh doanh", sector="Hộ kinh doanh", online_grade="full",
    body="Giấy đề nghị đăng ký hộ kinh doanh. Thủ tục này không cần giấy khai sinh.",
)  # fmt: skip
CASE = document("1.001193.01", "Khai sinh lưu động", key="1.001193.01", sector="Hộ tịch")

CATALOGUE = (BIRTH, BIRTH_ABROAD, DEATH, MARRIAGE, ROAD, OCEAN, BUSINESS)
