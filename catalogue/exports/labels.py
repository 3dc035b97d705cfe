"""Words that papers print and screens do not: headings of the official forms, column heads, sentences of the frame."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from catalogue import glossary

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
NO_CODE = "Chưa có mã"
NO_INFORMATION = "Chưa có thông tin."
AWAITS_CONTENT = "Đã công bố, chờ nội dung"
SINCE_UNKNOWN = "đang có hiệu lực từ trước; chưa rõ ngày"
LISTING_TITLE = "Danh mục thủ tục hành chính"
NO_SECTOR = "Chưa xếp lĩnh vực"
SCAN = "Quét mã để xem bản đang có hiệu lực"

LEVEL_HEADINGS = {
    "central": "Thủ tục hành chính cấp trung ương",
    "province": "Thủ tục hành chính cấp tỉnh",
    "district": "Thủ tục hành chính cấp huyện",
    "commune": "Thủ tục hành chính cấp xã",
    "shared": "Thủ tục hành chính dùng chung",
    "other": "Thủ tục hành chính của cơ quan khác",
    "unknown": "Thủ tục hành chính chưa xác định cấp thực hiện",
}
GRADES = glossary.GRADES | {"unknown": ""}
FEE_KINDS = glossary.FEE_KINDS | {"unknown": ""}
"""On paper an unknown grade or kind of fee is left out instead of named."""
SECTIONS = {
    "steps": "Trình tự thực hiện",
    "channels": "Cách thức thực hiện",
    "papers": "Thành phần, số lượng hồ sơ",
    "times": "Thời hạn giải quyết",
    "subjects": "Đối tượng thực hiện thủ tục hành chính",
    "bodies": "Cơ quan thực hiện thủ tục hành chính",
    "outcomes": "Kết quả thực hiện thủ tục hành chính",
    "fees": "Phí, lệ phí",
    "forms": "Tên mẫu đơn, mẫu tờ khai",
    "conditions": "Yêu cầu, điều kiện thực hiện thủ tục hành chính",
    "bases": "Căn cứ pháp lý của thủ tục hành chính",
    "others": "Thông tin khác",
}
"""The order and the wording of PHẦN II of the ministry form (NĐ 63/2010/NĐ-CP Đ.8)."""


def day(value: date) -> str:
    """20/11/2025."""
    return f"{value:%d/%m/%Y}"


def until(value: date) -> str:
    """The last day before an exclusive end: "đến hết ngày 28/02/2027"."""
    return f"đến hết ngày {day(value - timedelta(days=1))}"


def day_in_words(place: str, value: date) -> str:
    """ "Sông Thao, ngày 05 tháng 02 năm 2026": padded below 10 and in months 1, 2 (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    month = f"{value.month:02}" if value.month < 3 else str(value.month)
    return f"{place}, ngày {value.day:02} tháng {month} năm {value.year}"


def number(value: Decimal | int) -> str:
    """1.234,5: points between thousands, a comma before decimals."""
    whole, _, decimals = f"{value:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def dong(value: Decimal | int) -> str:
    """8.000 đồng."""
    return f"{number(value)} đồng"


def count(value: int) -> str:
    """A count on paper: two digits at least, as official papers print it (02 TTHC, 1.204 TTHC)."""
    return f"{value:02}" if value < 10 else number(value)


def roman(value: int) -> str:
    """I, II, III … for the numbers of sectors; 0 < value < 4000."""
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
             (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    text = ""
    for size, sign in signs:
        times, value = divmod(value, size)
        text += sign * times
    return text


def capital(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital first letter and an end mark."""
    text = text.strip()
    return capital(text) if not text or text[-1] in ".:;!?…" else f"{capital(text)}."
