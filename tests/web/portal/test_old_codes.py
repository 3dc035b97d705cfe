"""An old code still leads somewhere: to the page that says what became of it (story S3)."""

from __future__ import annotations

import pytest

from tests.pages import Browser


@pytest.mark.parametrize("question", ["2.001023", "2.001023.000.00.00.H44", " 2.001023 "])
def test_the_code_of_a_replaced_procedure_leads_to_its_page_and_successor(province: Browser, question: str) -> None:
    page = province.get(f"/thu-tuc?q={question}", follow=True)
    assert "Hết hiệu lực" in page.text and "3.000722" in page.text


def test_a_code_that_nobody_has_finds_nothing(province: Browser) -> None:
    assert "Chưa tìm thấy thủ tục phù hợp" in province.get("/thu-tuc?q=9.999999").text
