"""One annex row as a form: in the grid a few cells of it, on its own page all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from catalogue.glossary import EFFECT_TYPES, KINDS, LEVELS
from catalogue.models import DecisionLine
from catalogue.services.line_content import FIELDS
from catalogue.web.fields import AreaField, ChoiceField, DayField, LineField, NoLongerThan, read_day
from catalogue.web.office.forms.draft import DraftForm, text_of
from catalogue.web.office.labels import CELL_LABELS, FIELD_LABELS

LINE_KINDS = {kind: words for kind, words in KINDS.items() if kind != "inventory"}
_WORDS = ("kind", "code_printed", "name", "level", "sector", "annex", "part", "section", "ordinal", "changed_parts",
          "basis", "effect_type", "effect_text")  # fmt: skip
_DAYS = ("effect_from", "effect_until")
_LISTS = ("replaces", "successors")
_LONG = NoLongerThan(20_000)
_CODES = _l("Mỗi dòng một mã, hoặc tên khi chưa có mã.")


class LineForm(DraftForm):
    """What a row says; the words of its columns are named ``field_<column>``."""

    kind = ChoiceField(FIELD_LABELS["kind"], choices=LINE_KINDS)
    code_printed = LineField(FIELD_LABELS["code_printed"], [NoLongerThan(200)])
    name = AreaField(FIELD_LABELS["name"], [NoLongerThan(5_000)])
    level = ChoiceField(FIELD_LABELS["level"], choices=LEVELS)
    sector = LineField(FIELD_LABELS["sector"], [NoLongerThan(300)])
    field_time = AreaField(CELL_LABELS["time"], [_LONG])
    field_cut = AreaField(CELL_LABELS["cut"], [_LONG])
    field_place = AreaField(CELL_LABELS["place"], [_LONG])
    field_channels = AreaField(CELL_LABELS["channels"], [_LONG])
    field_fee = AreaField(CELL_LABELS["fee"], [_LONG])
    field_basis = AreaField(CELL_LABELS["basis"], [_LONG])
    field_agency = AreaField(CELL_LABELS["agency"], [_LONG])
    field_deciding = AreaField(CELL_LABELS["deciding"], [_LONG])
    field_online = AreaField(CELL_LABELS["online"], [_LONG])
    field_conditions = AreaField(CELL_LABELS["conditions"], [_LONG])
    field_subjects = AreaField(CELL_LABELS["subjects"], [_LONG])
    changed_parts = AreaField(FIELD_LABELS["changed_parts"], [_LONG])
    basis = AreaField(FIELD_LABELS["basis"], [_LONG])
    replaces = AreaField(FIELD_LABELS["replaces"], [_LONG], description=_CODES)
    successors = AreaField(FIELD_LABELS["successors"], [_LONG], description=_CODES)
    effect_type = ChoiceField(FIELD_LABELS["effect_type"], choices={"": "Theo quyết định", **EFFECT_TYPES})
    effect_from = DayField(
        FIELD_LABELS["effect_from"], description=_l("Chỉ ghi khi khác với quyết định, ví dụ 01/3/2027.")
    )
    effect_until = DayField(FIELD_LABELS["effect_until"])
    effect_text = AreaField(FIELD_LABELS["effect_text"], [_LONG])
    annex = LineField(FIELD_LABELS["annex"], [NoLongerThan(500)])
    part = LineField(FIELD_LABELS["part"], [NoLongerThan(500)])
    section = LineField(FIELD_LABELS["section"], [NoLongerThan(500)])
    ordinal = LineField(FIELD_LABELS["ordinal"], [NoLongerThan(40)])

    def validate_effect_until(self, field: DayField) -> None:
        """The last day is not before the first."""
        first = self.effect_from.data if "effect_from" in self._fields else None
        if isinstance(first, date) and isinstance(field.data, date) and field.data < first:
            raise ValidationError(f"Ngày cuối {field.data:%d/%m/%Y} trước ngày có hiệu lực {first:%d/%m/%Y}.")


GROUPS = (
    (_l("Thủ tục"), ("kind", "code_printed", "name", "level", "sector")),
    (_l("Nội dung của dòng"), ("field_time", "field_cut", "field_place", "field_fee", "field_channels", "field_agency",
                               "field_deciding", "field_online", "field_basis", "field_conditions", "field_subjects")),
    (_l("Dòng này làm gì"), ("changed_parts", "basis", "replaces", "successors")),
    (_l("Hiệu lực riêng của dòng"), ("effect_type", "effect_from", "effect_until", "effect_text")),
    (_l("Vị trí trong văn bản"), ("annex", "part", "section", "ordinal")),
)  # fmt: skip


def shown_line(line: DecisionLine) -> dict[str, str]:
    """The texts of the form for a row."""
    texts = {name: text_of(getattr(line, name)) for name in _WORDS}
    texts |= {name: "\n".join(map(str, getattr(line, name))) for name in _LISTS}
    texts["effect_from"] = text_of(line.effect_from)
    texts["effect_until"] = text_of(line.effect_until - timedelta(days=1) if line.effect_until else None)
    words = {key: str(line.fields.get(key) or "") for key in (*FIELDS, *line.fields)}
    return texts | {f"field_{key}": text_of(text) for key, text in words.items()}


def line_values(texts: Mapping[str, str], base: Mapping[str, str]) -> dict[str, Any]:
    """Changed texts as values of ``LineInput``; when one column changes, ``fields`` carries all of ``base`` with it."""
    values: dict[str, Any] = {name: texts[name] for name in _WORDS if name in texts}
    values |= {name: tuple(filter(None, map(str.strip, texts[name].split("\n")))) for name in _LISTS if name in texts}
    for name in _DAYS:
        if name in texts:
            day = read_day(texts[name], FIELD_LABELS[name])
            values[name] = day + timedelta(days=1) if day and name == "effect_until" else day
    if any(name.startswith("field_") for name in texts):
        cells = {name: text for name, text in {**base, **texts}.items() if name.startswith("field_")}
        values["fields"] = {name.removeprefix("field_"): text for name, text in cells.items() if text}
    return values


def base_values(changed: Mapping[str, str], base: Mapping[str, str]) -> dict[str, Any]:
    """The values that were shown for what was changed, for merging."""
    return line_values({name: base.get(name, "") for name in changed}, base)
