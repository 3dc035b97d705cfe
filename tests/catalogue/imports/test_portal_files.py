"""Files of the national portal in all their wrappings, whole, cut and broken."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.imports.portal import PortalRecord, read_file
from catalogue.imports.portal_reading import Problem
from tests.catalogue.imports.portal_records import detail, row


def written(folder: Path, text: str | bytes, name: str = "thu-tuc.json") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def dumped(value: Any, **how: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **how)


def codes(path: Path) -> list[str]:
    return [item.key if isinstance(item, PortalRecord) else item.sentence for item in read_file(path)]


TWO = [detail("1.990101"), row("1.990102")]
LINES = "\n".join(dumped(record) for record in TWO) + "\n"
EXPECTED = ["1.990101", "1.990102"]


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        "\ufeff" + LINES.replace("\n", "\r\n\r\n"),
        "\n".join(dumped({"code": "OK", "data": record}) for record in TWO),
        dumped(TWO),
        dumped(TWO, indent=2),
        dumped({"code": "OK", "data": TWO}),
        dumped({"code": "OK", "data": {"total": 2, "items": TWO}}, indent=1),
    ],
    ids=["lines", "windows lines", "enveloped lines", "array", "indented array", "answer", "paged answer"],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_every_wrapping_gives_the_same_records(tmp_path, text, packed):
    data = text.encode()
    assert codes(written(tmp_path, gzip.compress(data) if packed else data)) == EXPECTED


def test_a_single_record_is_a_file_too(tmp_path):
    assert codes(written(tmp_path, dumped(detail(), indent=2))) == ["1.990101"]


def test_a_line_cut_in_the_middle_is_named_and_the_others_are_read(tmp_path):
    first, second = LINES.splitlines()
    found = codes(written(tmp_path, f"{first}\n{second[:200]}\n{first}\n"))
    assert found[0] == found[2] == "1.990101"
    assert found[1].startswith("dòng 2: JSON sai hoặc bị cắt ở ký tự ")


def test_a_cut_array_names_the_record_where_it_ends(tmp_path):
    whole = dumped(TWO)
    found = codes(written(tmp_path, whole[:-40]))
    assert found[0] == "1.990101" and found[1].startswith("bản ghi 2: JSON sai hoặc bị cắt ở ký tự ")
    assert codes(written(tmp_path, whole[:-1]))[-1].startswith("sau bản ghi 2: tệp JSON bị cắt")


def test_a_cut_gzip_file_says_so(tmp_path):
    many = gzip.compress("".join(dumped(detail(f"1.99{n:04}")) + "\n" for n in range(200)).encode())
    found = list(read_file(written(tmp_path, many[: len(many) // 2])))
    assert isinstance(found[-1], Problem) and "tệp nén bị cắt hoặc hỏng" in found[-1].reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "không có nội dung"),
        (b"\n \n", "không có nội dung"),
        (b"\x1f\x8bnot gzip", "tệp nén bị cắt hoặc hỏng"),
        (b"PK\x03\x04\xff\xfe", "không phải chữ UTF-8"),
        (b"<html></html>", "JSON sai hoặc bị cắt ở ký tự 1"),
        (b'{"code":"ERROR","data":null}', "câu trả lời của Cổng không có dữ liệu"),
        (b'{"name":"A","executionSteps":[],"updatedAt":NaN}', "JSON không đọc được"),
        (b"[" * 100_000, "JSON không đọc được"),
    ],
    ids=["empty", "blank", "broken gzip", "binary", "html", "error answer", "NaN", "nested too deep"],
)
def test_what_is_no_portal_file_gives_one_clear_sentence(tmp_path, data, reason):
    found = list(read_file(written(tmp_path, data)))
    assert len(found) == 1
    assert isinstance(found[0], Problem) and found[0].blocking and found[0].reason.startswith(reason)


@given(st.integers(0, len(LINES.encode())))
def test_a_file_cut_anywhere_never_breaks_the_reader(tmp_path_factory, length):
    path = written(tmp_path_factory.getbasetemp(), LINES.encode()[:length])
    for item in read_file(path):
        assert isinstance(item, PortalRecord | Problem)
