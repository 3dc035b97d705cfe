"""Form fields that bring their own label, hint, error and ARIA; Vietnamese text is put in order at the door."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from flask import render_template
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from markupsafe import Markup
from wtforms import Field, FieldList, FormField, PasswordField, SelectField, StringField, TextAreaField, ValidationError

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff\x00"))
EARLIEST, LATEST = 1900, 2999
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")


def clean(text: object) -> object:
    """NFC, without invisible marks, ends stripped, line ends of one kind; what is no text stays as it is."""
    if not isinstance(text, str):
        return text
    return unicodedata.normalize("NFC", text).translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n").strip()


def house_widget(field: Field, **attributes: Any) -> Markup:
    """Label, hint, control and errors in one piece."""
    return Markup(render_template("office/_field.html", field=field, attributes=attributes))  # noqa: S704


class LineField(StringField):
    """One line of text."""

    widget = staticmethod(house_widget)
    control = "input"


class AreaField(TextAreaField):
    """Several lines of text."""

    widget = staticmethod(house_widget)
    control = "area"


class ChoiceField(SelectField):
    """One of a closed list."""

    widget = staticmethod(house_widget)
    control = "choice"


class SecretField(PasswordField):
    """A password; it is not put in order, and never shown again."""

    widget = staticmethod(house_widget)
    control = "secret"


class UploadField(FileField):
    """A file."""

    widget = staticmethod(house_widget)
    control = "file"


class DayField(LineField):
    """A day as people write it, 20/11/2025; ``data`` is a date or ``None``. An impossible day is named in the error."""

    control = "day"
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed, so that it is shown again when it cannot be read."""
        self.typed = str(clean(valuelist[0])) if valuelist else ""
        self.data = read_day(self.typed, self.label.text)

    def _value(self) -> str:
        if getattr(self, "typed", None) and self.errors:
            return str(self.typed)
        return f"{self.data:%d/%m/%Y}" if isinstance(self.data, date) else str(self.data or "")


def read_day(typed: str, name: str) -> date | None:
    """A typed day; ``ValueError`` with a sentence when there is no such day."""
    if not typed:
        return None
    found = _DAY.fullmatch(typed)
    if found is None:
        raise ValueError(f"{name}: «{typed}» chưa đọc được. Viết ngày theo dạng 20/11/2025.")
    day, month, year = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"{name}: «{typed}» không có trong lịch. Sửa lại theo dạng 20/11/2025.") from None
    if not EARLIEST <= read.year <= LATEST:  # "31/12/9999" has no day after it
        raise ValueError(f"{name}: «{typed}» ngoài khoảng năm {EARLIEST} đến {LATEST}. Không có ngày thì để trống.")
    return read


class Needed:
    """A field that must be filled in; the sentence says what to write."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        self.field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        if not field.data and not field.process_errors:
            raise ValidationError(self.sentence)


class NoLongerThan:
    """A bound on what may be pasted."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, form: Any, field: Field) -> None:
        if isinstance(field.data, str) and len(field.data) > self.length:
            raise ValidationError(
                f"{field.label.text}: dài {len(field.data)} ký tự, nhiều hơn {self.length} ký tự được phép."
            )


class OfficeForm(FlaskForm):
    """Every text field is cleaned before it is checked."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Clean all but secrets."""
            if unbound_field.field_class not in (SecretField, DayField, UploadField, FieldList, FormField):
                options["filters"] = [*unbound_field.kwargs.get("filters", ()), clean]
            return unbound_field.bind(form=form, **options)
