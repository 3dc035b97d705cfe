"""Frozen dataclasses to plain JSON and back; defaults are left out, so that new parts do not change old hashes."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """A JSON value of dicts, lists, strings, numbers and booleans; decimals and dates become strings."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(item) for f in fields(value) if (item := getattr(value, f.name)) != _default(f)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return _decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    return value


def from_plain(cls: type[T], data: Any) -> T:
    """Build ``cls`` from what ``to_plain`` gave.

    Raises:
        ValueError: a value has a wrong type or a key is unknown; the message names the key.
    """
    if not isinstance(data, Mapping):
        raise ValueError(f"{cls.__name__}: not an object: {data!r}")
    readers = _readers(typing.cast(Hashable, cls))
    if unknown := data.keys() - readers.keys():
        raise ValueError(f"{cls.__name__}: unknown keys {sorted(unknown)}")
    try:
        return cls(**{key: readers[key](value) for key, value in data.items()})
    except TypeError as error:
        raise ValueError(str(error)) from error


Reader = Callable[[Any], Any]


@cache
def _readers(cls: Hashable) -> dict[str, Reader]:
    """How to read each field of a class, worked out once: lists read thousands of texts."""
    name = getattr(cls, "__name__", "")
    return {key: _reader(hint, f"{name}.{key}") for key, hint in typing.get_type_hints(cls).items()}


def _default(f: Field[Any]) -> Any:
    if f.default is not MISSING:
        return f.default
    if f.default_factory is not MISSING:
        return f.default_factory()
    return MISSING


def _decimal_text(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _reader(hint: Any, where: str) -> Reader:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = _reader(next(a for a in typing.get_args(hint) if a is not type(None)), where)
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _reader(typing.get_args(hint)[0], where)
        return lambda value: tuple([item(found) for found in _checked(value, list, where)])
    if isinstance(hint, type):
        return _scalar_reader(hint, where)
    return lambda value: _checked(value, dict, where)


def _scalar_reader(hint: type, where: str) -> Reader:
    if is_dataclass(hint):
        return lambda value: from_plain(hint, value)
    if issubclass(hint, Enum):
        return hint
    if issubclass(hint, Decimal):
        return lambda value: Decimal(_checked(value, str, where))
    if issubclass(hint, date):
        return lambda value: date.fromisoformat(_checked(value, str, where))
    return lambda value: _checked(value, hint, where)


def _checked(value: Any, expected: type, where: str) -> Any:
    if not isinstance(value, expected):
        raise ValueError(f"{where}: expected {expected.__name__}, got {value!r}")
    return value
