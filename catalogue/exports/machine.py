"""JSON and CSV: the list and one procedure for programs, with keys that stay."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any

from catalogue import glossary
from catalogue.exports import labels
from catalogue.exports.blocks import cell, one_line
from catalogue.exports.text import ListingRow, ListingText, Notice, ProcedureText

ROW_KEYS = (
    "code", "key", "name", "friendly_name", "level", "sector", "agency", "time_text", "place", "fee_text", "bases",
    "online", "channels", "decision_text", "state", "valid_from", "valid_until", "since_known", "awaits_content",
    "non_territorial", "note", "address",
)  # fmt: skip
"""Keys of a row of the list, in this order; more may be added at the end."""

HEADINGS = {
    "code": "Mã TTHC",
    "key": "Khóa",
    "name": "Tên thủ tục hành chính",
    "friendly_name": "Tên thường gọi",
    "level": "Cấp thực hiện",
    "sector": "Lĩnh vực",
    "agency": "Cơ quan thực hiện",
    "time_text": "Thời hạn giải quyết",
    "place": "Địa điểm thực hiện",
    "fee_text": "Phí, lệ phí",
    "bases": "Căn cứ pháp lý",
    "online": "Dịch vụ công trực tuyến",
    "channels": "Cách thức thực hiện",
    "decision_text": "Quyết định công bố",
    "state": "Tình trạng",
    "valid_from": "Có hiệu lực từ ngày",
    "valid_until": "Hết hiệu lực từ ngày",
    "since_known": "Rõ ngày có hiệu lực",
    "awaits_content": "Chờ nội dung",
    "non_territorial": "Phi địa giới hành chính",
    "note": "Ghi chú",
    "address": "Địa chỉ trang",
}
"""Column heads of the flat table (CSV, second sheet of XLSX) for ``ROW_KEYS``."""

_LABELS = {"level": glossary.LEVELS, "online": labels.GRADES, "state": glossary.STATES}
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def listing_json(text: ListingText) -> bytes:
    """``{on, rows: […], totals: {rows, procedures, by_level, by_sector}, title, filter, edition, …}``; ISO dates."""
    rows = [row.source for row in text.rows]
    value = {
        "on": text.on.isoformat(),
        "title": text.title,
        "issuer": text.head.issuer,
        "filter": text.filter_sentence,
        "draft": text.draft,
        "rows": [_row(row) for row in rows],
        "totals": {
            "rows": len(rows),
            "procedures": len({row.key or row.code or row.name for row in rows}),
            "by_level": dict(Counter(row.level for row in rows)),
            "by_sector": dict(Counter(one_line(row.sector) for row in rows)),
        },
        "edition": _dates(asdict(text.edition)),
        "notice": _notice(text.notice),
    }
    return _encoded(value)


def procedure_json(text: ProcedureText) -> bytes:
    """The printed text (``summary``, ``sections``) and beside it ``content``, the typed value it was made from.

    ``provenance``: by part of ``content``, ``{decision, signed_on, annex, section, ordinal, effective_on}`` of the row
    that set it, ISO dates; a part without a known row is left out. ``burden``: ``{papers, money, visits}`` as
    ``{low, high}`` and ``time`` as ``{span, unit}``, numbers as strings (money in đồng); unknown figures are left out.
    ``fees_due``: by channel, the printed lines of every fee that a filing on the day ``on`` pays.
    """
    value = {
        "on": text.on.isoformat(),
        "code": None if text.code == labels.NO_CODE else text.code,
        "name": text.title,
        "friendly_name": text.friendly_name,
        "level": text.level,
        "state": text.state,
        "state_line": text.state_line,
        "valid_from": text.valid_from.isoformat() if text.valid_from else None,
        "valid_until": text.valid_until.isoformat() if text.valid_until else None,
        "issuer": text.head.issuer,
        "decisions": text.decisions,
        "summary": [asdict(fact) for fact in text.summary],
        "sections": [asdict(section) for section in text.sections],
        "content": text.content,
        "burden": text.burden,
        "fees_due": text.fees_due,
        "provenance": text.provenance,
        "draft": text.draft,
        "edition": _dates(asdict(text.edition)),
        "notice": _notice(text.notice),
    }
    return _encoded(value)


def listing_csv(text: ListingText) -> bytes:
    """UTF-8 with byte order mark, commas, CRLF (RFC 4180), labels of ``HEADINGS``; one line a row, no group rows.

    A cell that a spreadsheet would take for a formula gets one blank before it, which readers may strip.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS.values())
    writer.writerows([_inert(value) for value in flat_row(row.source)] for row in text.rows)
    return ("\ufeff" + out.getvalue()).encode()


def flat_row(row: ListingRow) -> list[str]:
    """The cells of a row under ``HEADINGS``: labels for identifiers, dd/mm/yyyy, lists with line ends."""
    return [_flat(key, _known(row, key)) for key in HEADINGS]


def _flat(key: str, value: Any) -> str:
    if key in _LABELS:
        return _LABELS[key][value]
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, date):
        return labels.day(value)
    if key == "channels":
        return ", ".join(glossary.CHANNELS[channel] for channel in value)
    if isinstance(value, tuple):
        return "\n".join(cell(item) for item in value)
    return cell(value or "")


def _inert(text: str) -> str:
    return f" {text}" if text.startswith(_FORMULA_SIGNS) else text


def _row(row: ListingRow) -> dict[str, Any]:
    return {key: _plain(_known(row, key)) for key in ROW_KEYS}


def _known(row: ListingRow, key: str) -> Any:
    """The value of a row; a first day that is only the day of the inventory is no first day."""
    return None if key == "valid_from" and not row.since_known else getattr(row, key)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return cell(value) if isinstance(value, str) else value


def _dates(value: dict[str, Any]) -> dict[str, Any]:
    return {key: _plain(item) for key, item in value.items()}


def _notice(notice: Notice | None) -> list[str]:
    return [notice.title, *notice.lines] if notice else []


def _encoded(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
