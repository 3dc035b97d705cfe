"""What forms over a draft share: the values shown, the values posted, and what differs between them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import HiddenField

from catalogue.web.fields import OfficeForm, clean


class DraftForm(OfficeForm):
    """Carries the lock number and the values that were on the screen when the person began to type."""

    seen = HiddenField()
    base = HiddenField()


@dataclass(frozen=True)
class Posted:
    """Flat texts by field name: ``mine`` as typed, ``base`` as shown before; ``seen`` is the lock number then."""

    mine: Mapping[str, str]
    base: Mapping[str, str]
    seen: int

    @property
    def changed(self) -> dict[str, str]:
        """What the person really changed."""
        return {name: text for name, text in self.mine.items() if text != self.base.get(name, "")}


def filled(form: DraftForm, shown: Mapping[str, str], seen: int) -> DraftForm:
    """Put the stored values and their copy into a fresh form."""
    for name, text in shown.items():
        if name in form._fields:
            form[name].data = text
    form.seen.data, form.base.data = str(seen), json.dumps(dict(shown), ensure_ascii=False)
    return form


def only_posted(form: DraftForm) -> DraftForm:
    """Leave out what was not on the page, so that it is not taken for emptied."""
    for name in list(form._fields):
        if name not in request.form and name != "csrf_token":
            del form[name]
    return form


def posted(form: DraftForm) -> Posted:
    """The texts of a validated form."""
    fields = (field for field in form if field.name not in ("seen", "base", "csrf_token"))
    mine = {field.name: text_of(field.data) for field in fields}
    return Posted(mine, _base(request.form.get("base", "")), _number(request.form.get("seen", "")))


def text_of(value: Any) -> str:
    """A field's value as one text; a day as 20/11/2025."""
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(clean(str(value)))


def _base(written: str) -> dict[str, str]:
    try:
        found = json.loads(written or "{}")
    except ValueError:
        return {}
    return {str(name): str(clean(str(text))) for name, text in found.items()} if isinstance(found, dict) else {}


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0


@dataclass(frozen=True)
class Clash:
    """A field that two people changed differently."""

    name: str
    mine: str
    theirs: str


def clashes(texts: Posted, current: Mapping[str, str]) -> list[Clash]:
    """Fields whose stored text is neither what the person saw nor what they typed."""
    return [
        Clash(name, mine, current.get(name, ""))
        for name, mine in texts.changed.items()
        if current.get(name, "") not in (mine, texts.base.get(name, ""))
    ]


def carried(texts: Posted, current: Mapping[str, str]) -> dict[str, str]:
    """The other changed fields: they are sent again beside the choice, so that nothing typed is lost."""
    asked = {clash.name for clash in clashes(texts, current)}
    return {name: text for name, text in texts.changed.items() if name not in asked}
