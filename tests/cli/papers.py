"""Signed decisions and portal files as they lie in the office's folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from catalogue import clock
from tests.word_decisions import LISTING, build_decision

AMENDED = [*LISTING, "Nội dung sửa đổi, bổ sung"]
LAW = "Nghị định số 123/2015/NĐ-CP ngày 15 tháng 11 năm 2015"
PLACE = "Trung tâm Phục vụ hành chính công cấp xã"


def days_ago(number: int) -> date:
    """A day that is past whenever the tests run."""
    return clock.today() - timedelta(days=number)


def row(ordinal: int, code: str, name: str, time: str = "03 ngày làm việc") -> list[str]:
    """A row of a list of new procedures."""
    return [str(ordinal), code, name, time, PLACE, "Không quy định phí, lệ phí", LAW]


def new_procedures(*rows: list[str], number: str = "1250/QĐ-UBND", **parts: Any) -> bytes:
    """A decision that introduces procedures of the commune, in force from its signing."""
    title = "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH LĨNH VỰC HỘ TỊCH THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA CẤP XÃ"
    given: dict[str, Any] = {
        "number": number,
        "signed": f"{days_ago(10):%d/%m/%Y}",
        "subject": f"VỀ VIỆC CÔNG BỐ {title}",
        "annex": f"PHỤ LỤC\n{title}",
        "articles": (
            "Điều 1. Công bố kèm theo Quyết định này danh mục thủ tục hành chính mới ban hành lĩnh vực hộ tịch.",
            "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.",
            "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành./.",
        ),
        "tables": [[LISTING, *rows]],
    }
    return build_decision(**{**given, **parts})


def amending(*rows: list[str], number: str = "1251/QĐ-UBND", **parts: Any) -> bytes:
    """A decision that amends procedures of the commune."""
    title = "DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG LĨNH VỰC HỘ TỊCH THUỘC THẨM QUYỀN CỦA CẤP XÃ"
    table = [AMENDED, *([*row, "Thời hạn giải quyết"] for row in rows)]
    given = {"number": number, "signed": f"{days_ago(5):%d/%m/%Y}", "annex": f"PHỤ LỤC\n{title}", "tables": [table]}
    return build_decision(**{**given, **parts})


def put(folder: Path, name: str, data: bytes) -> Path:
    """The bytes as a file."""
    path = folder / name
    path.write_bytes(data)
    return path


def portal_file(folder: Path, records: Iterable[Any], name: str = "cong.jsonl") -> Path:
    """Portal records, one a line."""
    lines = [json.dumps({"code": "OK", "data": record}, ensure_ascii=False) for record in records]
    return put(folder, name, "\n".join(lines).encode())
