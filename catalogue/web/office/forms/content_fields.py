"""Fields and small forms that the sections of a text share: counts, quantities, sums, lists, times and fees."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, ValidationError

from catalogue.exports.labels import number
from catalogue.glossary import CHANNELS, FEE_KINDS, TIME_UNITS
from catalogue.services.extras import ExtraBook, mark_of
from catalogue.web.fields import (
    AreaField,
    ChoiceField,
    DayField,
    LineField,
    NoLongerThan,
    OfficeForm,
    clean,
    house_widget,
)
from decisions.content import ChannelKind, Fee, FeeKind, Named, TimeLimit, TimeUnit
from decisions.rereading import reread_fee, reread_time
from decisions.text import spelling

LONG = NoLongerThan(60_000)
SHORT = NoLongerThan(5_000)
_UNITS = {"": "", **{unit: words or "theo lời văn" for unit, words in TIME_UNITS.items()}}
_WHOLE = re.compile(r"\d{1,3}")
_QUANTITY = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")
_SUM = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{1,13}")


class RowForm(OfficeForm):
    """A part of a section; the token of the request is checked once, for the whole page."""

    class Meta(OfficeForm.Meta):
        csrf = False


class CheckField(BooleanField):
    """A box to tick."""

    widget = staticmethod(house_widget)
    control = "check"


class TypedField(LineField):
    """One line that is read as a value; what cannot be read stays on the screen with a sentence."""

    data: Any
    typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the words, and read them."""
        self.typed = str(clean(valuelist[0])) if valuelist else ""
        self.data = self.read(self.typed)

    def read(self, typed: str) -> Any:
        """The value, or a ``ValueError`` with a sentence."""
        raise NotImplementedError

    def _value(self) -> str:
        return self.typed if self.typed and self.errors else self.printed()

    def printed(self) -> str:
        """The value as people write it."""
        return "" if self.data is None else str(self.data)


class CountField(TypedField):
    """How many originals or copies; empty is none."""

    control = "count"

    def read(self, typed: str) -> int:
        """A whole number up to 999."""
        if typed and not _WHOLE.fullmatch(typed):
            raise ValueError(f"{self.label.text}: «{typed[:40]}» chưa phải là số. Ghi số từ 0 đến 999.")
        return int(typed or 0)

    def printed(self) -> str:
        """Nothing for none."""
        return str(self.data) if self.data else ""


class QuantityField(TypedField):
    """Days, hours or months, halves with a comma."""

    control = "count"

    def read(self, typed: str) -> Decimal | None:
        """A number with at most two decimals."""
        if not typed:
            return None
        if not _QUANTITY.fullmatch(typed):
            raise ValueError(f"{self.label.text}: «{typed[:40]}» chưa phải là số. Ghi số, ví dụ 10 hoặc 0,5.")
        return Decimal(typed.replace(",", "."))

    def printed(self) -> str:
        """With a comma."""
        return number(self.data) if isinstance(self.data, Decimal) else ""


class SumField(TypedField):
    """A sum of money in đồng, "8.000"."""

    control = "count"

    def read(self, typed: str) -> Decimal | None:
        """Digits, thousands apart by a point or a blank."""
        bare = re.sub(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", "", typed, flags=re.IGNORECASE)
        if not bare:
            return None
        if not _SUM.fullmatch(bare):
            raise ValueError(f"{self.label.text}: «{typed[:40]}» chưa phải là số tiền. Ghi số đồng, ví dụ 8.000.")
        return Decimal(re.sub(r"[. ]", "", bare))

    def printed(self) -> str:
        """Thousands apart."""
        return number(self.data) if isinstance(self.data, Decimal) else ""


class TimeForm(RowForm):
    """A time limit: the printed words, and what they were read as."""

    text = AreaField(_l("Lời văn"), [LONG])
    quantity = QuantityField(_l("Đọc là"))
    unit = ChoiceField(_l("Đơn vị"), choices=_UNITS, default="")
    cut_text = AreaField(_l("Lời văn sau cắt giảm"), [LONG])
    cut_quantity = QuantityField(_l("Đọc là, sau cắt giảm"))
    read = HiddenField()


class FeeForm(RowForm):
    """One fee: the printed words, and the sum they name."""

    text = AreaField(_l("Lời văn"), [LONG])
    amount = SumField(_l("Mức thu (đồng)"))
    kind = ChoiceField(_l("Loại"), choices={**FEE_KINDS, "unknown": "Chưa rõ loại"}, default="unknown")
    channel = ChoiceField(_l("Khi nộp"), choices={"": "Mọi cách", **CHANNELS}, default="")
    exempt = AreaField(_l("Đối tượng được miễn, giảm (mỗi dòng một đối tượng)"), [LONG])
    basis = AreaField(_l("Căn cứ thu"), [LONG])
    valid_from = DayField(_l("Áp dụng từ ngày"))
    valid_until = DayField(_l("Ngày cuối áp dụng"))
    kept = HiddenField()
    read = HiddenField()

    def validate_valid_until(self, field: DayField) -> None:
        """The last day is not before the first."""
        first = self.valid_from.data
        if isinstance(first, date) and isinstance(field.data, date) and field.data < first:
            raise ValidationError(f"Ngày cuối {field.data:%d/%m/%Y} trước ngày đầu {first:%d/%m/%Y}.")


def rows_of(form: type[RowForm]) -> FieldList:
    """A list of rows of one kind."""
    return FieldList(FormField(form))


# ------------------------------------------------------------------ values to texts and back


def shown_time(limit: TimeLimit | None) -> dict[str, Any]:
    """The values of ``TimeForm``."""
    limit = limit or TimeLimit()
    return {
        "text": limit.text, "quantity": limit.quantity, "unit": limit.unit.value if limit.unit else "",
        "cut_text": limit.cut_text, "cut_quantity": limit.cut_quantity, "read": _read_time(limit),
    }  # fmt: skip


def written_time(data: Mapping[str, Any]) -> TimeLimit | None:
    """The limit of a filled form; ``None`` when nothing is written."""
    unit = TimeUnit(data["unit"]) if data["unit"] else None
    typed = TimeLimit(data["text"] or "", data["quantity"], unit, data["cut_text"] or "", data["cut_quantity"])
    found = reread_time(_time_read(data["read"]), typed)
    return found if found != TimeLimit() else None


def _read_time(limit: TimeLimit) -> str:
    values = [limit.text, _plain(limit.quantity), limit.unit or "", limit.cut_text, _plain(limit.cut_quantity)]
    return json.dumps(values, ensure_ascii=False)


def _time_read(written: str) -> TimeLimit:
    """What was on the screen; an empty one when the page did not say."""
    try:
        text, quantity, unit, cut_text, cut = (str(clean(str(value))) for value in json.loads(written or "[]"))
        return TimeLimit(text, _decimal(quantity), TimeUnit(unit) if unit else None, cut_text, _decimal(cut))
    except (ValueError, ArithmeticError, TypeError):
        return TimeLimit()


def shown_fee(fee: Fee) -> dict[str, Any]:
    """The values of ``FeeForm``; an end is shown as the last day."""
    return {
        "text": fee.text, "amount": fee.amount, "kind": fee.kind.value, "channel": fee.channel or "",
        "exempt": "\n".join(fee.exempt), "basis": fee.basis, "valid_from": fee.valid_from,
        "valid_until": fee.valid_until - timedelta(days=1) if fee.valid_until else None, "kept": mark_of(fee.extra),
        "read": json.dumps([fee.text, _plain(fee.amount), fee.kind.value], ensure_ascii=False),
    }  # fmt: skip


def written_fee(data: Mapping[str, Any], extras: ExtraBook) -> Fee:
    """The fee of a filled form."""
    until = data["valid_until"]
    typed = Fee(
        kind=FeeKind(data["kind"]), amount=data["amount"], text=data["text"] or "",
        channel=ChannelKind(data["channel"]) if data["channel"] else None, exempt=lines_of(data["exempt"]),
        basis=data["basis"] or "", valid_from=data["valid_from"],
        valid_until=until + timedelta(days=1) if until else None, extra=extras.of(data["kept"]),
    )  # fmt: skip
    return reread_fee(_fee_read(data["read"]), typed)


def written_fees(rows: Iterable[Mapping[str, Any]], extras: ExtraBook) -> tuple[Fee, ...]:
    """The fees of a list; empty rows are left out."""
    return tuple(fee for fee in (written_fee(row, extras) for row in rows) if fee != Fee())


def _fee_read(written: str) -> Fee:
    try:
        text, amount, kind = (str(clean(str(value))) for value in json.loads(written or "[]"))
        return Fee(FeeKind(kind), _decimal(amount), text)
    except (ValueError, ArithmeticError, TypeError):
        return Fee()


def _plain(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def lines_of(text: str | None) -> tuple[str, ...]:
    """One item a line, blank lines and repeats left out."""
    return tuple(dict.fromkeys(line.strip() for line in (text or "").split("\n") if line.strip()))


def shown_named(items: Sequence[Named]) -> str:
    """Bodies, subjects, outcomes: one a line."""
    return "\n".join(" ".join((item.name or item.code).split()) for item in items)


def written_named(text: str | None, known: Iterable[Named]) -> tuple[Named, ...]:
    """The items of a list; one that the text names already keeps its code and what else came with it."""
    by_name: dict[str, list[Named]] = {}
    for item in known:
        by_name.setdefault(spelling(item.name or item.code), []).append(item)
    found = []
    for line in (text or "").split("\n"):
        if name := line.strip():
            waiting = by_name.get(spelling(name), [])
            item = waiting.pop(0) if waiting else Named(name)
            same = name == " ".join((item.name or item.code).split())
            found.append(item if same else Named(name, item.code, item.extra))
    return tuple(found)
