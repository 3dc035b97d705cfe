"""What answers a question as JSON; keys are stable, others may be added."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from catalogue import glossary
from catalogue.queries.procedures import apart
from catalogue.web.portal import search_facets
from catalogue.web.portal.filters import GRADES, LEVELS, ORDERS, STATES, YES
from catalogue.web.portal.moment import Moment
from catalogue.web.portal.search import PAGE_SIZE, Findings
from catalogue.web.portal.search_advice import Advice
from catalogue.web.portal.search_passages import Shown
from search_index.passages import Passage


def as_json(findings: Findings, said: Advice, shown: tuple[Shown, ...], moment: Moment, address: str) -> dict[str, Any]:
    """One page of results. ``marks`` are half-open spans of the text beside them, in characters."""
    wanted = findings.wanted
    args = {**wanted.to_args(), **moment.to_args()}
    return {
        "question": wanted.text,
        "on": moment.on.isoformat(),
        "total": findings.total,
        "page": wanted.page,
        "pages": findings.pages,
        "page_size": PAGE_SIZE,
        "confident": bool(findings.total) and not said.doubtful,
        "intent": findings.intent,
        "did_you_mean": said.meant,
        "results": [_result(item, moment, address) for item in shown],
        "ended": [
            {**_named(found.row, address), "until": _day(found.row.valid_until), "successors": _next(found, address)}
            for found in said.ended
        ],
        "facets": {
            facet.key: [
                {"value": o.value, "label": o.label, "count": o.count, "chosen": o.chosen} for o in facet.options
            ]
            for facet in search_facets.facets(findings.counts, wanted, findings.names)
        },
        "ignored": list(wanted.ignored),
        "parameters": parameters(),
        "links": {
            "page": address.rstrip("/") + url_for("portal.list_procedures", **args),
            "next": _page(args, wanted.page + 1, address) if wanted.page < findings.pages else "",
            "previous": _page(args, wanted.page - 1, address) if wanted.page > 1 else "",
        },
    }


def parameters() -> dict[str, str]:
    """Every parameter of the address, in words."""

    def choice(words: str, values: Any) -> str:
        return _("%(words)s; một hoặc nhiều: %(values)s", words=words, values=", ".join(values))

    return {
        "q": _("câu hỏi, mã số hoặc số quyết định; để trống thì liệt kê theo tên"),
        "ngay": _("xem như ngày nào, dạng 2026-11-20 hoặc 20/11/2026; để trống là hôm nay"),
        "cap": choice(_("cấp thực hiện"), LEVELS),
        "linh-vuc": _("lĩnh vực, viết như trong «facets»"),
        "co-quan": _("cơ quan thực hiện, viết như trong «facets»"),
        "doi-tuong": _("đối tượng thực hiện, viết như trong «facets»"),
        "truc-tuyen": choice(_("mức độ trực tuyến"), GRADES),
        "mien-phi": _("%(yes)s: chỉ thủ tục ghi rõ không thu phí, lệ phí", yes=YES),
        "phi-dia-gioi": _("%(yes)s: chỉ thủ tục thực hiện phi địa giới", yes=YES),
        "trang-thai": choice(_("hiệu lực vào ngày xem"), STATES),
        "sap-xep": choice(_("thứ tự; để trống là sát câu hỏi nhất trước"), ORDERS),
        "trang": _("trang, mỗi trang %(size)s thủ tục", size=PAGE_SIZE),
    }


def _result(item: Shown, moment: Moment, address: str) -> dict[str, Any]:
    row, found = item.row, item.found
    state = row.state_on(moment.on)
    return {
        **_named(row, address, item.section),
        "name_marks": [list(span) for span in found.highlights.get("name", ())],
        "friendly_name": found.friendly_name,
        "level_name": glossary.LEVELS[row.level],
        "sector": row.sector,
        "agency": row.agency,
        "subjects": list(apart(row.subjects)),
        "time": row.time_text,
        "fee": row.fee_text,
        "fee_free": row.fee_free,
        "non_territorial": row.non_territorial,
        "online": row.online,
        "state": state.value,
        "valid_from": _day(row.valid_from),
        "valid_until": _day(row.valid_until),
        "confidence": found.confidence,
        "answer": {"label": item.answer.label, "text": item.answer.words} if item.answer else None,
        "passage": _passage(item.passage),
        "successors": _next(found, address),
    }  # fmt: skip


def _named(row: Any, address: str, section: str = "") -> dict[str, Any]:
    path = url_for("portal.show_procedure", key=row.key, _anchor=section or None)
    return {"code": row.code, "key": row.key, "name": row.name, "level": row.level, "url": address.rstrip("/") + path}


def _passage(found: Passage | None) -> dict[str, Any] | None:
    return {"text": found.text, "marks": [list(span) for span in found.spans]} if found else None


def _next(found: Any, address: str) -> list[dict[str, str]]:
    return [
        {"key": one.key, "name": one.name, "url": address.rstrip("/") + url_for("portal.show_procedure", key=one.key)}
        for one in found.successors
    ]  # fmt: skip


def _page(args: dict[str, Any], page: int, address: str) -> str:
    return address.rstrip("/") + url_for("portal.answer_programs", **{**args, "trang": page})


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
