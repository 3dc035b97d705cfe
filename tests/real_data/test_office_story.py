"""A real decision goes from its Word file to the public page on screen, through three accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import _empty_app, app
from tests.web.office.conftest import Officer, an, binh, chi, office, officer, upload

__all__ = ["_empty_app", "an", "app", "binh", "chi", "office", "officer"]

pytestmark = pytest.mark.real_data

NAME = "Cấp Giấy chứng nhận đăng ký văn phòng đại diện, chi nhánh của tổ chức khoa học và công nghệ"
EARLIER = {"number": "1818/QĐ-UBND", "signed_on": "23/10/2025", "issuer_text": "Ủy ban nhân dân tỉnh Đồng Nai",
           "subject": "Công bố thủ tục hành chính khoa học và công nghệ", "effect_type": "on_signing"}  # fmt: skip
ROW = {"kind": "introduced", "code_printed": "1.014391", "name": NAME, "level": "province", "field_time": "15 ngày",
       "sector": "Hoạt động khoa học và công nghệ", "field_place": "Trung tâm Phục vụ hành chính công tỉnh",
       "basis": "Nghị định số 262/2025/NĐ-CP"}  # fmt: skip


def confirm(person: Officer, address: str) -> None:
    page = person.get(address)
    keys = page.tree.xpath("//input[@name='van-de']/@value")
    if keys:
        person.send(page, {"van-de": keys, "ly-do": "Đã đối chiếu bản ký"}, to="xac-nhan")


def carry(address: str, an: Officer, binh: Officer, chi: Officer) -> None:
    confirm(an, address)
    an.send(an.get(f"{address}/trinh"))
    binh.send(binh.get(f"{address}/kiem-soat"))
    chi.send(chi.get(f"{address}/phe-duyet"))
    chi.send(chi.get(f"{address}/ban-hanh"))


def test_the_file_of_2815_reaches_citizens(real_data: Path, an: Officer, binh: Officer, chi: Officer) -> None:
    an.send(an.get("/quan-tri/quyet-dinh/moi"), EARLIER)
    earlier = an.answer.location
    an.send(an.get(f"{earlier}/cac-dong/moi"), ROW)
    carry(earlier, an, binh, chi)

    data = (real_data / "decisions" / "2025-11-20_2815-QD-UBND.docx").read_bytes()
    an.send(an.get("/quan-tri/quyet-dinh/nhap"), upload(data, "2815-QD-UBND.docx"))
    address = an.answer.location
    assert "2815/QĐ-UBND" in an.get(address).heading
    report = an.get(f"{address}/chay-thu").text
    assert "thời hạn giải quyết từ «15 ngày» thành «10 ngày làm việc»" in report
    assert "Phiên bản 1 hết hiệu lực từ ngày 20/11/2025" in report
    carry(address, an, binh, chi)

    now = an.get("/thu-tuc/1.014391").text
    assert "10 ngày làm việc" in now and "2815/QĐ-UBND" in now and "từ 20/11/2025" in now
    assert "Thay đổi thời gian giải quyết từ 15 ngày xuống còn 10 ngày" in now
    before = an.get("/thu-tuc/1.014391?ngay=2025-11-19").text
    assert "15 ngày" in before and "10 ngày làm việc" not in before and "1818/QĐ-UBND" in before
