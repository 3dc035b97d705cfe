"""What a filled form was read as: figures that follow changed words, and sentences where words and figures disagree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, FieldList, Form, FormField

from catalogue.exports.labels import dong, number
from catalogue.glossary import TIME_UNITS
from catalogue.services.extras import ExtraBook
from catalogue.web.office.forms.content_fields import (
    FeeForm,
    TimeForm,
    shown_fee,
    shown_time,
    written_fee,
    written_time,
)
from decisions.content import TimeLimit, TimeUnit
from decisions.rereading import cut_is_longer, cut_read_otherwise, fee_read_otherwise, time_read_otherwise

_READ = {TimeForm: ("quantity", "unit", "cut_quantity", "read"), FeeForm: ("amount", "kind", "read")}
_NOTHING = ExtraBook()


def reread_fields(form: Form) -> dict[str, str]:
    """Texts of fields, by name, that follow from words somebody changed; empty when all are as typed."""
    found: dict[str, str] = {}
    for part in _read_forms(form):
        if part.errors:
            continue
        shown = shown_time(written_time(part.data)) if isinstance(part, TimeForm) else _shown_fee(part)
        fresh = type(part)(formdata=None, data=shown)
        for name in _READ[type(part)]:
            if (text := _text(fresh[name])) != _text(part[name]):
                found[part[name].name] = text
    return found


def _shown_fee(part: Form) -> dict[str, Any]:
    return shown_fee(written_fee(part.data, _NOTHING))


def _text(field: Field) -> str:
    return str(field._value() if hasattr(field, "_value") else field.data or "")


def reading_notes(form: Form) -> dict[str, str]:
    """Sentences by the name of the words they are about."""
    return {part["text"].name: note for part in _read_forms(form) if (note := reading_note(part))}


def reading_note(part: Form) -> str:
    """What a person should know of how these words were read; empty when words and figures agree."""
    if isinstance(part, FeeForm):
        fee = written_fee(part.data, _NOTHING)
        said = fee_read_otherwise(fee)
        if said is None:
            return ""
        beside = dong(fee.amount) if fee.amount is not None else _("để trống")
        return _(
            "Lời văn ghi %(said)s, ô mức thu ghi %(beside)s. Sửa một bên cho khớp.", said=dong(said), beside=beside
        )
    limit = written_time(part.data) or TimeLimit()
    return " ".join(filter(None, _time_notes(limit)))


def _time_notes(limit: TimeLimit) -> Iterator[str]:
    if said := time_read_otherwise(limit):
        beside = _quantity(limit.quantity, limit.unit) or _("để trống")
        yield _("Lời văn ghi %(said)s, ô bên cạnh ghi %(beside)s. Sửa một bên cho khớp.",
                said=_quantity(*said), beside=beside)  # fmt: skip
    elif limit.text and limit.quantity is None:
        yield _("Lời văn không nêu đúng một thời hạn nên không ghi số; người đọc thấy nguyên lời văn.")
    if said := cut_read_otherwise(limit):
        beside = _quantity(limit.cut_quantity, limit.unit) or _("để trống")
        yield _("Sau cắt giảm, lời văn ghi %(said)s, ô bên cạnh ghi %(beside)s.", said=_quantity(*said), beside=beside)
    if cut_is_longer(limit):
        yield _("Thời hạn sau cắt giảm không ngắn hơn thời hạn theo quy định.")


def _quantity(quantity: Decimal | None, unit: TimeUnit | None) -> str:
    return f"{number(quantity)} {TIME_UNITS[unit] if unit else ''}".strip() if quantity is not None else ""


def _read_forms(form: Form) -> Iterator[Form]:
    """Times and fees, however deep they stand."""
    for field in form:
        entries = field.entries if isinstance(field, FieldList) else [field]
        for entry in entries:
            if isinstance(entry, FormField):
                if type(entry.form) in _READ:
                    yield entry.form
                else:
                    yield from _read_forms(entry.form)
