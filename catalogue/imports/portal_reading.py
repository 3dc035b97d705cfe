"""JSON out of a file, one record at a time: lines, an array or a single answer; plain or gzipped; cut files named."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any, NoReturn

from catalogue.imports.portal_values import shown

_GZIP = b"\x1f\x8b"
_LONGEST_LINE = 20_000_000  # characters; the longest real record has under 200,000


@dataclass(frozen=True)
class Problem:
    """Something about one record: where, which value, and why, in Vietnamese. A ``blocking`` one stops the import."""

    place: str
    value: str
    reason: str
    blocking: bool = False

    @property
    def sentence(self) -> str:
        """One sentence for a reader."""
        shown_value = f" (“{self.value}”)" if self.value else ""
        return f"{self.place}: {self.reason}{shown_value}."


@dataclass(frozen=True)
class RawRecord:
    """One JSON value and where it stood."""

    value: Any
    place: str


def read_raw(path: Path) -> Iterator[RawRecord | Problem]:
    """The JSON values of a file.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as plain:
        packed = plain.read(2) == _GZIP
        plain.seek(0)
        yield from _read(gzip.GzipFile(fileobj=plain) if packed else plain)


def _read(source: IO[bytes] | gzip.GzipFile) -> Iterator[RawRecord | Problem]:
    lines = _lines(source)
    first = next(lines, None)
    if first is None:
        yield Problem("tệp", "", "không có nội dung", blocking=True)
        return
    if isinstance(first, Problem):
        yield first
        return
    second = next(lines, None)
    rest = chain([first], [] if second is None else [second], lines)
    if _is_document(first, second):
        yield from _document(rest)
    else:
        yield from _json_lines(rest)


@dataclass(frozen=True)
class _Line:
    number: int
    text: str


def _lines(source: IO[bytes] | gzip.GzipFile) -> Iterator[_Line | Problem]:
    """Lines that are not blank, numbered from 1; a file cut or broken on the way ends with a problem."""
    number = 0
    while True:
        number += 1
        try:
            data = source.readline(_LONGEST_LINE)
            text = data.decode("utf-8-sig" if number == 1 else "utf-8")
        except (EOFError, zlib.error, gzip.BadGzipFile):
            yield Problem(f"dòng {number}", "", "tệp nén bị cắt hoặc hỏng từ chỗ này", blocking=True)
            return
        except UnicodeDecodeError:
            yield Problem(f"dòng {number}", shown(repr(data[:40])), "không phải chữ UTF-8", blocking=True)
            continue
        if not data:
            return
        if len(data) >= _LONGEST_LINE:
            yield Problem(f"dòng {number}", shown(text[:100]), "bản ghi quá dài", blocking=True)
            return
        if text.strip():
            yield _Line(number, text.strip())


def _is_document(first: _Line, second: _Line | Problem | None) -> bool:
    """Whether the file is one JSON text over several lines (or one array), not one record a line."""
    if first.text.startswith("["):
        return True
    if not isinstance(second, _Line) or second.text.startswith("{"):
        return False
    return isinstance(_parse(first), Problem)


def _json_lines(lines: Iterator[_Line | Problem] | chain[_Line | Problem]) -> Iterator[RawRecord | Problem]:
    for line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        parsed = _parse(line)
        if isinstance(parsed, Problem):
            yield parsed
        else:
            yield from _records(parsed.value, parsed.place)


def _document(lines: chain[_Line | Problem]) -> Iterator[RawRecord | Problem]:
    texts = []
    for line in lines:
        if isinstance(line, Problem):
            yield line
            return
        texts.append(line.text)
    text = "\n".join(texts)
    if not text.startswith("["):
        parsed = _parse(_Line(1, text))
        yield from [parsed] if isinstance(parsed, Problem) else _records(parsed.value, "bản ghi 1")
        return
    yield from _array(text)


def _array(text: str) -> Iterator[RawRecord | Problem]:
    """The elements of one array; where the text is cut, the records before it are still told apart."""
    at, count = _skip(text, 1, " \n\r\t"), 0
    while at < len(text) and text[at] != "]":
        count += 1
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield Problem(f"bản ghi {count}", shown(text[at : at + 100]), _json_reason(error), blocking=True)
            return
        yield from _records(value, f"bản ghi {count}")
        at = _skip(text, at, " \n\r\t,")
    if text[at:] != "]":
        yield Problem(
            f"sau bản ghi {count}", shown(text[at : at + 100]), "tệp JSON bị cắt hoặc thừa chữ ở cuối", blocking=True
        )


def _skip(text: str, at: int, marks: str) -> int:
    while at < len(text) and text[at] in marks:
        at += 1
    return at


def _records(value: Any, place: str) -> Iterator[RawRecord | Problem]:
    """A record, or the records inside an answer ``{"code": …, "data": …}``."""
    if not isinstance(value, dict) or "data" not in value or "name" in value:
        yield RawRecord(value, place)
        return
    data = value["data"]
    if isinstance(data, dict) and "name" not in data:
        lists = [item for item in data.values() if isinstance(item, list)]
        data = lists[0] if len(lists) == 1 else data
    if isinstance(data, list):
        for n, item in enumerate(data, start=1):
            yield RawRecord(item, f"{place}, mục {n}")
    elif isinstance(data, dict):
        yield RawRecord(data, place)
    else:
        yield Problem(place, shown(value), "câu trả lời của Cổng không có dữ liệu", blocking=True)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _parse(line: _Line) -> RawRecord | Problem:
    try:
        return RawRecord(_DECODER.decode(line.text), f"dòng {line.number}")
    except (ValueError, RecursionError) as error:
        return Problem(f"dòng {line.number}", shown(line.text[-100:]), _json_reason(error), blocking=True)


def _json_reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"JSON sai hoặc bị cắt ở ký tự {error.pos + 1}"
    return "JSON không đọc được"
