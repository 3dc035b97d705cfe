"""Values of a foreign JSON record: tidied at the door, read by type with the place named when a type is wrong."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from decisions.text import clean

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS = re.compile("[\t\u00a0\u2007\u202f]")
_SHOWN = 80

SETS = frozenset(
    ("categoriesDetails", "subjectTypesDetails", "legalBasisesDetails", "resultsDetails", "serviceGroupsDetails",
     "returningMethods", "value", "categories", "departments", "formalityTargetType")
)  # fmt: skip
"""Lists whose order says nothing; lists of ids and of bodies (``is_set``) are sets too."""

_DERIVED = frozenset(
    ("category", "executingAgencies", "delegatedAgencies", "authorizedAgencies", "coordinatingAgencies")
)


class FieldError(ValueError):
    """A field of a record cannot be read. ``place`` is its path in the record, ``reason`` a Vietnamese clause."""

    def __init__(self, place: str, value: Any, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.value = shown(value)
        self.reason = reason


@dataclass(frozen=True)
class Node:
    """An object inside a record with its path, for messages that name the place."""

    raw: Mapping[str, Any]
    place: str = ""

    def path(self, key: str) -> str:
        """Where a key of this object stands in the record."""
        return f"{self.place}.{key}" if self.place else key

    def text(self, key: str) -> str:
        """A text; missing and null are empty.

        Raises:
            FieldError: the value is no text.
        """
        value = self.raw.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise FieldError(self.path(key), value, "phải là chuỗi ký tự")
        return value

    def line(self, key: str) -> str:
        """A text as one line."""
        return clean(self.text(key))

    def flag(self, key: str) -> bool:
        """True or false; missing and null are false.

        Raises:
            FieldError: the value is neither.
        """
        value = self.raw.get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise FieldError(self.path(key), value, "phải là true hoặc false")
        return value

    def number(self, key: str) -> Decimal | None:
        """A number, or None when missing.

        Raises:
            FieldError: the value is no number.
        """
        value = self.raw.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FieldError(self.path(key), value, "phải là số")
        return Decimal(str(value))

    def node(self, key: str) -> Node | None:
        """An object, or None when missing.

        Raises:
            FieldError: the value is no object.
        """
        value = self.raw.get(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise FieldError(self.path(key), value, "phải là một đối tượng")
        return Node(value, self.path(key))

    def nodes(self, key: str) -> list[Node]:
        """A list of objects; missing is empty.

        Raises:
            FieldError: it is no list, or an element is no object.
        """
        found = []
        for n, item in enumerate(self._list(key)):
            if not isinstance(item, Mapping):
                raise FieldError(f"{self.path(key)}[{n}]", item, "phải là một đối tượng")
            found.append(Node(item, f"{self.path(key)}[{n}]"))
        return found

    def lines(self, key: str) -> list[str]:
        """A list of texts, each as one line, blanks included.

        Raises:
            FieldError: it is no list, or an element is no text.
        """
        for n, item in enumerate(self._list(key)):
            if not isinstance(item, str):
                raise FieldError(f"{self.path(key)}[{n}]", item, "phải là chuỗi ký tự")
        return [clean(item) for item in self._list(key)]

    def _list(self, key: str) -> list[Any]:
        value = self.raw.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise FieldError(self.path(key), value, "phải là một danh sách")
        return value


def tidy(value: Any) -> Any:
    """The same JSON value with every text in NFC, without invisible and control marks; line ends kept as ``\\n``."""
    if isinstance(value, str):
        return tidy_text(value)
    if isinstance(value, dict):
        return {tidy_text(key): tidy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [tidy(item) for item in value]
    return value


def tidy_text(text: str) -> str:
    """One text from outside: NFC, no marks that cannot be seen or stored, no blanks at line ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    sound = text.encode("utf-8", "replace").decode("utf-8")  # lone halves of surrogate pairs cannot be stored
    visible = _BLANKS.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", sound)))
    if "\r" in visible:
        visible = visible.replace("\r\n", "\n").replace("\r", "\n")
    if " \n" in visible:
        visible = "\n".join(line.rstrip() for line in visible.split("\n"))
    return visible.strip()


def is_set(key: str) -> bool:
    """Whether the list under this key is a set."""
    return key in SETS or key.endswith("Ids") or key.startswith(("departments", "unitGroups"))


def is_derived(key: str) -> bool:
    """Whether a key only repeats others (joined names, ids of objects); a record without it says the same."""
    return key in _DERIVED or key.endswith("Ids")


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: missing, null, false, empty. A zero says something."""
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


def same(one: Any, other: Any, key: str = "") -> bool:
    """Whether two JSON values say the same: blanks of a text do not count, nor the order and repeats of a set."""
    if is_blank(one) or is_blank(other):
        return is_blank(one) and is_blank(other)
    if isinstance(one, str) and isinstance(other, str):
        return one == other or clean(one) == clean(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(k), other.get(k), k) for k in one.keys() | other.keys())
    if isinstance(one, list) and isinstance(other, list):
        if is_set(key):
            return {canonical(item) for item in one} == {canonical(item) for item in other}
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return type(one) is type(other) and bool(one == other)


def canonical(value: Any) -> str:
    """A text by which equal values are equal: blanks of texts, missing keys and the order of sets aside."""
    return json.dumps(_bare(in_order(value)), ensure_ascii=False, sort_keys=True)


def _bare(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if not is_blank(item)}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def in_order(value: Any, key: str = "") -> Any:
    """The same value with its sets in a fixed order, at every level."""
    if isinstance(value, dict):
        return {k: in_order(item, k) for k, item in value.items()}
    if not isinstance(value, list):
        return value
    items = [in_order(item) for item in value]
    return sorted(items, key=canonical) if is_set(key) else items


def leftover(raw: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
    """What writing back would not give: kept as it came, so that nothing is lost whatever the model lacks.

    ``None`` stands for a key that writing would add though the record has nothing there (derived ones aside).
    """
    kept = {k: in_order(v, k) for k, v in raw.items() if not is_blank(v) and not same(v, written.get(k), k)}
    added: Iterable[str] = (
        k for k, v in written.items() if not is_derived(k) and not is_blank(v) and is_blank(raw.get(k))
    )
    return {**kept, **dict.fromkeys(added)}


def shown(value: Any) -> str:
    """A value as a message shows it, cut when long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    line = clean(text)
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
