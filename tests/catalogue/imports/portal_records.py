"""Records in the shape of the national portal, in our own words, for the tests of reading and of the inventory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.imports.portal_values import is_blank, is_derived, same, tidy

BIRTH = "1.990101"
ISSUER = {"id": "body-stp", "name": "UBND tỉnh Sông Thao"}
SIGNED_12_MARCH_2026 = 1773248400000  # 2026-03-12 00:00 +07:00, which is 17:00 of the day before in UTC


def detail(code: str = BIRTH, **changes: Any) -> dict[str, Any]:
    """A detail record with something in every part; ``changes`` replace whole keys."""
    return {
        "id": f"id-{code}",
        "code": code,
        "codeNotation": code,
        "name": "Đăng ký khai sinh lưu động",
        "state": "ACTIVE",
        "type": "STANDARD",
        "formalityType": "ASSIGNED_REGULATION",
        "isWard": True,
        "isProvince": False,
        "isInternal": False,
        "isNonTerritorial": True,
        "executionSteps": [{"name": "Bước 1", "description": "- Nộp tờ khai tại Bộ phận Một cửa.\n- Nhận phiếu hẹn."}],
        "executionMethods": [channel(), channel(submissionMethod="ONLINE", description="Nộp trên Cổng dịch vụ công.")],
        "executionCases": [{"name": "Giấy tờ phải nộp", "profileComponents": [paper()]}],
        "cases": [
            {
                "id": "case-1",
                "name": "Trẻ sinh tại nhà",
                "code": f"{code}.01",
                "processingDay": {"qty": 2, "type": "WORKING_DAY"},
                "profileComponents": [],
            }
        ],
        "categoriesDetails": [{"id": "sector-ht", "name": "Hộ tịch", "code": "G15-TP07"}],
        "categoryIds": ["sector-ht"],
        "subjectTypesDetails": [
            {"id": "s1", "name": "Công dân Việt Nam", "code": "ĐT1"},
            {"id": "s2", "name": "Tổ chức", "code": "ĐT9"},
        ],
        "legalBasisesDetails": [
            {"id": "l1", "name": "Quy định về hộ tịch", "code": "990/2026/NĐ-CP"},
            {"id": "l2", "name": "Hướng dẫn hộ tịch", "code": "77/2026/TT-BTP"},
        ],
        "resultsDetails": [{"id": "r1", "name": "Giấy khai sinh", "code": "KQ.01"}],
        "departmentsExecuting": [{"id": "d1", "name": "Ủy ban nhân dân xã Bến Đá", "code": "H99.1"}],
        "unitGroupsCoordinating": [{"id": "u1", "name": "Công an cấp xã"}],
        "departmentPromulgateName": ISSUER["name"],
        "departmentPromulgateCode": "H99",
        "procedureProposal": proposal(),
        "requirementsAndConditions": "Không quy định",
        "returningMethods": [{"type": "ONLINE", "value": ["ONLINE", "AT_HOME"]}],
        "updatedAt": 1773334800000,
        **changes,
    }


def channel(**changes: Any) -> dict[str, Any]:
    """An entry of ``executionMethods``."""
    return {
        "submissionMethod": "DIRECT",
        "processingTime": 5,
        "processingTimeUnit": "WORKING_DAY",
        "description": "",
        "fees": [fee()],
        **changes,
    }


def fee(**changes: Any) -> dict[str, Any]:
    """An entry of ``fees``."""
    return {"type": "SERVICE_FEE", "value": 8000, "currencyName": "Việt Nam Đồng", "description": "", **changes}


def paper(**changes: Any) -> dict[str, Any]:
    """An entry of ``profileComponents``."""
    return {
        "name": "Tờ khai đăng ký khai sinh",
        "code": "GT-1",
        "originalQty": 1,
        "copyQty": 0,
        "required": False,
        "hasElectronicForm": True,
        "attachments": [{"id": "f1", "fileName": "mau-to-khai.docx", "bucketName": "dvc"}],
        **changes,
    }


def proposal(number: str = "210/QĐ-UBND", signed: int | None = SIGNED_12_MARCH_2026) -> dict[str, Any]:
    """The decision a record names."""
    return {"id": "p1", "proposalNumber": number, "decisionDate": signed, "issuingAgency": ISSUER}


def rebuilt(code: str = BIRTH, **changes: Any) -> dict[str, Any]:
    """A full text without national id and without dates."""
    record = detail(code, **{"procedureProposal": proposal(signed=None), **changes})
    del record["id"], record["updatedAt"]
    return record


def row(code: str = BIRTH, **changes: Any) -> dict[str, Any]:
    """A row of the national list."""
    return {
        "id": f"id-{code}",
        "name": "Đăng ký khai sinh lưu động",
        "code": code,
        "categories": ["Hộ tịch"],
        "categoryIds": ["sector-ht"],
        "departments": ["Ủy ban nhân dân cấp xã", ""],
        "departmentPromulgate": ISSUER["name"],
        "formalityTargetType": ["Công dân Việt Nam"],
        "state": "ACTIVE",
        "type": "STANDARD",
        **changes,
    }


def says_the_same(written: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Whether a written record says what the source said, no less and no more; only derived keys may be added."""
    source = tidy(dict(record))
    keys = [key for key in written.keys() | source.keys() if not (is_derived(key) and is_blank(source.get(key)))]
    return [key for key in keys if not same(written.get(key), source.get(key), key)] == []
