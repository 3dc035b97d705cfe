"""Which fee is due for filing on a day by a channel; each answer keeps its words and names its act.

A fee set for a channel or from a day (a resolution of the people's council: "lệ phí trực tuyến 0 đồng từ 08/8/2026")
takes the place of the general fees of its kind for that channel and from that day; outside of them these stay due.
Source: resolutions on fees and charges under Luật Phí và lệ phí 2015; story S5.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from decisions.content import ChannelKind, Fee, FeeKind, ProcedureContent


def fees_due(content: ProcedureContent, filed_on: date, channel: ChannelKind, case: str = "") -> tuple[Fee, ...]:
    """The fees of a filing, in the order of the text; ``case`` limits them to one case and what all cases share."""
    standing = [fee for fee in _offered(content, channel, case) if _binds(fee, filed_on)]
    found: list[Fee] = []
    for fee in standing:
        rivals = [other for other in standing if _same_kind(other, fee)]
        if _weight(fee) == max(map(_weight, rivals)) and fee not in found:
            found.append(fee)
    return tuple(found)


def fee_changes(content: ProcedureContent, after: date) -> tuple[date, ...]:
    """The later days on which what is due changes, in order."""
    days = {day for fee in content.all_fees for day in (fee.valid_from, fee.valid_until) if day is not None}
    return tuple(sorted(day for day in days if day > after))


def has_dates(content: ProcedureContent) -> bool:
    """Whether what is due depends on the day of filing."""
    return any(fee.valid_from or fee.valid_until for fee in content.all_fees)


def filing_channels(content: ProcedureContent) -> tuple[ChannelKind, ...]:
    """The ways to file that a text names; all of them where it names none."""
    return tuple(dict.fromkeys(channel.kind for channel in content.channels)) or tuple(ChannelKind)


def _offered(content: ProcedureContent, channel: ChannelKind, case: str) -> Iterable[Fee]:
    """Every fee that a filing by the channel could meet."""
    for fee in content.fees:
        if fee.channel in (None, channel):
            yield fee
    for way in content.channels:
        if way.kind is channel:
            yield from way.fees
    for known in content.cases:
        if not case or known.name == case:
            yield from (fee for fee in known.fees if fee.channel in (None, channel))


def _binds(fee: Fee, day: date) -> bool:
    return (fee.valid_from is None or fee.valid_from <= day) and (fee.valid_until is None or day < fee.valid_until)


def _same_kind(one: Fee, other: Fee) -> bool:
    """A fee whose kind nobody said may be any."""
    return one.kind == other.kind or FeeKind.UNKNOWN in (one.kind, other.kind)


def _weight(fee: Fee) -> date:
    """Fees without a first day are of old; of two with one, the later act speaks."""
    return fee.valid_from or date.min
