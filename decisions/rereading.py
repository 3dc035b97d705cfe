"""Printed words and the figures beside them: read again when the words change, and told when they disagree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from decisions.content import Fee, FeeKind, TimeLimit, TimeUnit
from decisions.reading import parse_fees, parse_time


def reread_time(shown: TimeLimit, typed: TimeLimit) -> TimeLimit:
    """The limit as typed; figures that nobody touched follow words that somebody changed."""
    read = parse_time(typed.text, typed.cut_text)
    result = typed
    untouched = (typed.quantity, typed.unit) == (shown.quantity, shown.unit)
    if typed.text != shown.text and untouched:
        result = replace(result, quantity=read.quantity, unit=read.unit)
    cut_touched = typed.cut_quantity != shown.cut_quantity
    if typed.cut_text != shown.cut_text and not cut_touched:
        cut = parse_time(typed.cut_text)
        same_unit = result.unit in (cut.unit, None)
        result = replace(result, cut_quantity=cut.quantity if same_unit else None, unit=result.unit or cut.unit)
    if result.quantity is not None and result.unit is None:
        result = replace(result, unit=read.unit)
    return result


def reread_fee(shown: Fee, typed: Fee) -> Fee:
    """The fee as typed; an amount and kind that nobody touched follow words that somebody changed."""
    read = next(iter(parse_fees(typed.text)), Fee())
    result = typed
    if typed.text != shown.text and typed.amount == shown.amount:
        result = replace(result, amount=read.amount)
    if typed.kind is FeeKind.UNKNOWN and shown.kind is FeeKind.UNKNOWN and typed.text != shown.text:
        result = replace(result, kind=read.kind)
    return result


def time_read_otherwise(limit: TimeLimit) -> tuple[Decimal, TimeUnit] | None:
    """What the words say where the figures beside them say something else; None when they agree or words are unsure."""
    read = parse_time(limit.text)
    if read.quantity is None or read.unit is None or (read.quantity, read.unit) == (limit.quantity, limit.unit):
        return None
    return read.quantity, read.unit


def cut_read_otherwise(limit: TimeLimit) -> tuple[Decimal, TimeUnit] | None:
    """The same for the time after the cut, which is counted in the unit of the limit."""
    read = parse_time(limit.cut_text)
    if read.quantity is None or read.unit is None or (read.quantity, read.unit) == (limit.cut_quantity, limit.unit):
        return None
    return read.quantity, read.unit


def cut_is_longer(limit: TimeLimit) -> bool:
    """Whether the time after the cut is no shorter than the one before."""
    return limit.quantity is not None and limit.cut_quantity is not None and limit.cut_quantity >= limit.quantity


def fee_read_otherwise(fee: Fee) -> Decimal | None:
    """The one sum that the words name where the amount beside them is another one."""
    read = next(iter(parse_fees(fee.text)), None)
    return read.amount if read is not None and read.amount is not None and read.amount != fee.amount else None
