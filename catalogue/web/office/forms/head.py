"""The head of a decision as a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from catalogue.glossary import DECISION_KINDS, EFFECT_TYPES, REGISTERS
from catalogue.models import Decision
from catalogue.services.drafting import DraftHead
from catalogue.web.fields import AreaField, ChoiceField, DayField, LineField, NoLongerThan, read_day
from catalogue.web.office.forms.draft import DraftForm, text_of
from catalogue.web.office.labels import FIELD_LABELS

_LISTS = ("bases", "recipients")
_DAYS = ("signed_on", "effect_from", "effect_until")
_KINDS = {kind: words for kind, words in DECISION_KINDS.items() if kind != "inventory"}
_LONG = NoLongerThan(20_000)
_ARTICLE = re.compile(r"^(Điều\s+\d+[a-zđ]?)\s*[.:]\s*", re.MULTILINE)


class HeadForm(DraftForm):
    """Everything above and around the annexes; empty values are allowed in a draft."""

    number = LineField(
        FIELD_LABELS["number"], [NoLongerThan(80)], description=_l("Đúng như trên bản ký, ví dụ 2815/QĐ-UBND.")
    )
    signed_on = DayField(FIELD_LABELS["signed_on"], description=_l("Ví dụ 20/11/2025."))
    issuer_text = LineField(FIELD_LABELS["issuer_text"], [NoLongerThan(300)])
    subject = AreaField(FIELD_LABELS["subject"], [_LONG])
    kind = ChoiceField(FIELD_LABELS["kind"], choices=_KINDS)
    register = ChoiceField(FIELD_LABELS["register"], choices=REGISTERS)
    effect_type = ChoiceField(FIELD_LABELS["effect_type"], choices=EFFECT_TYPES)
    effect_from = DayField(FIELD_LABELS["effect_from"], description=_l("Để trống khi có hiệu lực kể từ ngày ký."))
    effect_until = DayField(FIELD_LABELS["effect_until"], description=_l("Chỉ ghi khi văn bản nêu thời hạn áp dụng."))
    effect_text = AreaField(FIELD_LABELS["effect_text"], [_LONG])
    signer = LineField(FIELD_LABELS["signer"], [NoLongerThan(120)])
    capacity = LineField(
        FIELD_LABELS["capacity"], [NoLongerThan(200)], description=_l("Ví dụ KT. CHỦ TỊCH, PHÓ CHỦ TỊCH.")
    )
    place = LineField(FIELD_LABELS["place"], [NoLongerThan(120)])
    bases = AreaField(FIELD_LABELS["bases"], [_LONG], description=_l("Mỗi dòng một căn cứ."))
    proposal = AreaField(FIELD_LABELS["proposal"], [_LONG])
    articles = AreaField(
        FIELD_LABELS["articles"], [_LONG], description=_l("Mỗi điều bắt đầu ở đầu dòng bằng “Điều 1.”, “Điều 2.” …")
    )
    recipients = AreaField(FIELD_LABELS["recipients"], [_LONG], description=_l("Mỗi dòng một nơi nhận."))

    def validate_effect_until(self, field: DayField) -> None:
        """The last day is not before the first."""
        first = self.effect_from.data if "effect_from" in self._fields else None
        if isinstance(first, date) and isinstance(field.data, date) and field.data < first:
            raise ValidationError(f"Ngày cuối {field.data:%d/%m/%Y} trước ngày có hiệu lực {first:%d/%m/%Y}.")


def shown_head(decision: Decision | None) -> dict[str, str]:
    """The texts of the form for a decision; the paper's last day, not the first day after it."""
    if decision is None:
        return {"kind": "publication", "register": "public", "effect_type": "on_signing"}
    texts: dict[str, str] = {}
    for name in HeadForm.__dict__:
        if name in DraftHead.__dataclass_fields__:
            value = getattr(decision, name)
            if name == "effect_until" and value is not None:
                value -= timedelta(days=1)
            texts[name] = _text(name, value)
    return texts


def _text(name: str, value: Any) -> str:
    if name == "articles":
        return "\n\n".join(text_of(f"{label}. {text}") for label, text in value)
    return "\n".join(map(str, value)) if name in _LISTS else text_of(value)


def read_articles(text: str) -> tuple[tuple[str, str], ...]:
    """Label and words of each article; words before the first label belong to an article without one."""
    found: list[tuple[str, str]] = []
    pieces = _ARTICLE.split(text)
    if pieces[0].strip():
        found.append(("", pieces[0].strip()))
    for label, words in zip(pieces[1::2], pieces[2::2], strict=True):
        found.append((" ".join(label.split()), words.strip()))
    return tuple(found)


def head_values(texts: Mapping[str, str]) -> dict[str, Any]:
    """Texts of the form as values of ``DraftHead``."""
    return {name: _value(name, text) for name, text in texts.items() if name in DraftHead.__dataclass_fields__}


def _value(name: str, text: str) -> Any:
    if name in _LISTS:
        return tuple(line.strip() for line in text.split("\n") if line.strip())
    if name == "articles":
        return read_articles(text)
    if name not in _DAYS:
        return text
    day = read_day(text, FIELD_LABELS[name])
    return day + timedelta(days=1) if day and name == "effect_until" else day
