"""Made-up records in the shape of the national portal's answers, as many and as long as real ones, to measure with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

ACTS = (
    "Đăng ký", "Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Điều chỉnh", "Thu hồi", "Chấm dứt", "Xác nhận", "Thẩm định",
    "Công nhận", "Phê duyệt", "Chuyển nhượng", "Đính chính", "Hỗ trợ",
)  # fmt: skip
THINGS = (
    "khai sinh", "kết hôn", "khai tử", "giấy phép xây dựng", "quyền sử dụng đất", "hộ kinh doanh", "hợp tác xã",
    "chứng chỉ hành nghề khám bệnh", "giấy phép lái xe", "giấy phép lao động", "trợ cấp thất nghiệp",
    "chế độ người có công", "bằng tốt nghiệp", "cơ sở giáo dục mầm non", "an toàn thực phẩm", "giấy phép môi trường",
    "khai thác khoáng sản", "tàu cá", "nước thải", "quảng cáo", "biểu diễn nghệ thuật", "phòng cháy chữa cháy",
    "công chứng viên", "luật sư", "lý lịch tư pháp", "bảo hiểm y tế", "đấu giá tài sản", "giống cây trồng",
)  # fmt: skip
SCOPES = (
    "có yếu tố nước ngoài", "tại khu vực biên giới", "lưu động", "trong khu công nghiệp", "cho hộ nghèo",
    "do mất hoặc hỏng", "trực tuyến toàn trình", "đối với tổ chức", "đối với cá nhân", "thuộc thẩm quyền cấp tỉnh",
    "thuộc thẩm quyền cấp xã", "lần đầu",
)  # fmt: skip
SENTENCES = (
    "Người yêu cầu nộp hồ sơ tại Trung tâm phục vụ hành chính công hoặc trên cổng trực tuyến.",
    "Cán bộ tiếp nhận kiểm tra tính đầy đủ của hồ sơ, ghi phiếu hẹn và chuyển đến cơ quan giải quyết trong ngày.",
    "Trường hợp hồ sơ chưa đủ, cơ quan tiếp nhận hướng dẫn bằng văn bản một lần để người nộp bổ sung.",
    "Cơ quan giải quyết thẩm tra, lấy ý kiến đơn vị liên quan khi cần và trình người có thẩm quyền ký.",
    "Kết quả được trả tại nơi nộp, qua bưu chính công ích hoặc dưới dạng bản điện tử có chữ ký số.",
    "Nếu không đồng ý giải quyết, cơ quan trả lời bằng văn bản và nêu rõ lý do theo quy định.",
)
FIRST_SIGNED = 1_735_664_400_000  # 2025-01-01 00:00 +07:00, in milliseconds
DAY = 86_400_000


def records(count: int, seed: int = 20) -> Iterator[dict[str, Any]]:
    """``count`` different procedures, about 9 kB of JSON each; the same ones for the same seed."""
    random = Random(seed)
    names = [f"{act} {thing} {scope}" for act, thing, scope in product(ACTS, THINGS, SCOPES)]
    random.shuffle(names)
    for number, name in zip(range(count), names, strict=False):
        yield {"code": "OK", "data": record(random, number, name)}


def record(random: Random, number: int, name: str) -> dict[str, Any]:
    """One procedure with steps, cases, papers, two channels, fees and bases."""
    code = f"{1 + number % 3}.{number + 1:06}"
    days = random.choice((3, 5, 7, 10, 15, 20, 30))
    text = " ".join(random.choices(SENTENCES, k=24))
    papers = [
        {"name": f"Giấy tờ số {n}: {random.choice(SENTENCES)}", "originalQty": 1, "copyQty": n % 2, "attachments": []}
        for n in range(1, 9)
    ]
    amount = random.choice((0, 8000, 50000))
    fees = [{"type": "FEE", "value": amount, "currencyName": "VND", "description": "Mỗi hồ sơ"}]
    methods = [
        {"submissionMethod": way, "processingTime": days, "processingTimeUnit": "WORKING_DAY",
         "description": text[:300], "fees": fees}
        for way in ("DIRECT", "ONLINE")
    ]  # fmt: skip
    return {
        "id": f"00000000-0000-7000-8000-{number:012}", "code": code, "codeNotation": code, "name": name,
        "executionSteps": [{"name": f"Bước {n}", "description": text} for n in range(1, 4)],
        "executionMethods": methods, "executionCases": [{"name": "Giấy tờ phải nộp", "profileComponents": papers}],
        "state": "ACTIVE", "type": "STANDARD", "isInternal": False,
        "isProvince": number % 3 != 0, "isWard": number % 3 == 0,
        "categoriesDetails": [{"name": f"Lĩnh vực {number % 80 + 1}", "code": f"G{number % 80 + 1:02}-TP01"}],
        "departmentsExecuting": [{"name": f"Sở số {number % 14 + 1}", "code": ""}],
        "departmentPromulgateName": "Ủy ban nhân dân tỉnh",
        "legalBasisesDetails": [{"name": f"Nghị định {n}/2025/NĐ-CP", "code": f"{n}/2025/NĐ-CP"} for n in range(1, 6)],
        "resultsDetails": [{"name": "Văn bản chấp thuận", "code": ""}],
        "subjectTypesDetails": [{"name": "Công dân Việt Nam", "code": ""}, {"name": "Doanh nghiệp", "code": ""}],
        "requirementsAndConditions": text[:600],
        "procedureProposal": {
            "proposalNumber": f"{number // 40 + 1}/QĐ-UBND", "decisionDate": FIRST_SIGNED + number // 40 * DAY,
            "issuingAgency": {"name": "Ủy ban nhân dân tỉnh"},
        },
        "createdAt": FIRST_SIGNED, "updatedAt": FIRST_SIGNED,
    }  # fmt: skip


def write(path: Path, count: int) -> None:
    """The records as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in records(count))
