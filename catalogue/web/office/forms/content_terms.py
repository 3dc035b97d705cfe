"""Ways to file, time limits, fees and legal bases as rows."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField, HiddenField

from catalogue.glossary import CHANNELS, FLAGS, GRADES, PARTS
from catalogue.services.extras import ExtraBook, mark_of
from catalogue.web.fields import AreaField, ChoiceField, LineField
from catalogue.web.office.forms.content_fields import (
    LONG,
    SHORT,
    CheckField,
    FeeForm,
    RowForm,
    TimeForm,
    rows_of,
    shown_fee,
    shown_time,
    written_fees,
    written_time,
)
from decisions.content import Channel, ChannelKind, Flags, LegalBasis, ProcedureContent
from decisions.kinds import OnlineGrade

Data = dict[str, Any]


class ChannelForm(RowForm):
    """A way to file, with its own time and fees."""

    kind = ChoiceField(_l("Cách nộp"), choices=CHANNELS, default="direct")
    text = AreaField(_l("Hướng dẫn"), [LONG])
    time = FormField(TimeForm)
    fees = rows_of(FeeForm)
    kept = HiddenField()


class ChannelsForm(RowForm):
    """Ways to file, the online grade, and marks."""

    channels = rows_of(ChannelForm)
    online = ChoiceField(PARTS["online"], choices=GRADES, default="unknown")
    non_territorial = CheckField(FLAGS["non_territorial"])
    post_in = CheckField(FLAGS["post_in"])
    post_out = CheckField(FLAGS["post_out"])
    joint = CheckField(FLAGS["joint"])


class TimesForm(RowForm):
    """Time limits that hold for every way and case; several rows are phases."""

    times = rows_of(TimeForm)


class FeesForm(RowForm):
    """Fees that hold for every way and case, or name their own way."""

    fees = rows_of(FeeForm)


class BasisForm(RowForm):
    """A text the procedure rests on."""

    title = AreaField(_l("Tên văn bản"), [LONG])
    number = LineField(_l("Số và ký hiệu"), [SHORT])
    articles = LineField(_l("Điều, khoản"), [SHORT])
    kept = HiddenField()


class BasesForm(RowForm):
    """Legal bases."""

    bases = rows_of(BasisForm)


def shown_channels(content: ProcedureContent) -> Data:
    """Texts of ``ChannelsForm``."""
    rows = [
        {"kind": channel.kind.value, "text": channel.text, "time": shown_time(channel.time),
         "fees": [shown_fee(fee) for fee in channel.fees], "kept": mark_of(channel.extra)}
        for channel in content.channels
    ]  # fmt: skip
    flags = {flag: getattr(content.flags, flag) for flag in FLAGS}
    return {"channels": rows, "online": content.online.value, **flags}


def written_channels(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``ChannelsForm``; a row is kept even when it only names the way."""
    rows = tuple(
        Channel(
            ChannelKind(row["kind"]), written_time(row["time"]), written_fees(row["fees"], extras), row["text"] or "",
            extras.of(row["kept"]),
        )
        for row in data["channels"]
    )  # fmt: skip
    flags = Flags(**{flag: bool(data[flag]) for flag in FLAGS})
    return {"channels": rows, "online": OnlineGrade(data["online"]), "flags": flags}


def shown_times(content: ProcedureContent) -> Data:
    """Texts of ``TimesForm``."""
    return {"times": [shown_time(limit) for limit in content.times]}


def written_times(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``TimesForm``; empty rows are left out."""
    return {"times": tuple(limit for row in data["times"] if (limit := written_time(row)) is not None)}


def shown_fees(content: ProcedureContent) -> Data:
    """Texts of ``FeesForm``."""
    return {"fees": [shown_fee(fee) for fee in content.fees]}


def written_general_fees(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``FeesForm``."""
    return {"fees": written_fees(data["fees"], extras)}


def shown_bases(content: ProcedureContent) -> Data:
    """Texts of ``BasesForm``."""
    rows = [{"title": b.title, "number": b.number, "articles": b.articles, "kept": mark_of(b.extra)}
            for b in content.bases]  # fmt: skip
    return {"bases": rows}


def written_bases(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``BasesForm``; empty rows are left out."""
    found = (
        LegalBasis(row["title"] or "", row["number"] or "", row["articles"] or "", extras.of(row["kept"]))
        for row in data["bases"]
    )
    return {"bases": tuple(basis for basis in found if basis != LegalBasis())}
