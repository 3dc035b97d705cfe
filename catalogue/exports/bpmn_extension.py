"""Our own data inside a BPMN file: every field of a workflow and its steps, in a namespace of ours with a version.

``<qt:workflow version="1">`` stands on the process, ``<qt:step place="1">`` on every task. Single values are attributes
named as in ``decisions.workflow``, parts are child elements, ``extra`` is JSON. Characters that XML cannot hold are
written ``\\uXXXX`` and a backslash twice.
"""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Mapping
from typing import Any, TypeVar
from xml.etree import ElementTree

from decisions.codec import from_plain, to_plain
from decisions.workflow import Workflow, WorkflowStep

NAMESPACE = "urn:x-catalogue:quy-trinh"
PREFIX = "qt"
VERSION = "1"

Value = TypeVar("Value")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x85\u2028\ud800-\udfff\ufffe\uffff\\\\]")
_WRITTEN = re.compile(r"\\(?:u([0-9a-f]{4})|(\\))")


class UnknownVersion(ValueError):
    """The data are of a later version than this program knows."""


def workflow_element(workflow: Workflow) -> ElementTree.Element:
    """``<qt:workflow>`` with everything but the steps."""
    element = _element("workflow", {key: value for key, value in to_plain(workflow).items() if key != "steps"})
    element.set("version", VERSION)
    return element


def step_element(step: WorkflowStep, place: int) -> ElementTree.Element:
    """``<qt:step>``; ``place`` counts from 1 in the workflow."""
    element = _element("step", to_plain(step))
    element.set("place", str(place))
    return element


def read_workflow(element: ElementTree.Element) -> Workflow:
    """The workflow without its steps.

    Raises:
        UnknownVersion: a later program wrote the file.
        ValueError: a value is missing or wrong.
    """
    if element.get("version") != VERSION:
        raise UnknownVersion(element.get("version") or "")
    return _read(Workflow, element, "version")


def read_step(element: ElementTree.Element) -> tuple[int, WorkflowStep]:
    """The place and the step; raises ``ValueError`` where a value is missing or wrong."""
    return int(element.get("place") or ""), _read(WorkflowStep, element, "place")


def _element(name: str, plain: Mapping[str, Any]) -> ElementTree.Element:
    element = ElementTree.Element(f"{PREFIX}:{name}")
    for key, value in plain.items():
        if key == "extra":
            ElementTree.SubElement(element, f"{PREFIX}:extra").text = _written(json.dumps(value, ensure_ascii=False))
        elif isinstance(value, dict):
            element.append(_element(key, value))
        elif isinstance(value, list):
            for item in value:
                child = _element(key, item) if isinstance(item, dict) else ElementTree.Element(f"{PREFIX}:{key}")
                if not isinstance(item, dict):
                    child.set("value", _written(item))
                element.append(child)
        else:
            element.set(key, ("true" if value else "false") if isinstance(value, bool) else _written(value))
    return element


def _read(cls: type[Value], element: ElementTree.Element, own: str) -> Value:
    try:
        return from_plain(cls, {key: value for key, value in _plain(cls, element).items() if key != own})
    except (KeyError, ArithmeticError) as error:
        raise ValueError(f"{cls.__name__}: {error}") from error


def _plain(cls: type[Any], element: ElementTree.Element) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    plain: dict[str, Any] = {}
    for key, text in element.attrib.items():
        plain[key] = text == "true" if hints.get(key) is bool else _as_meant(text)
    for child in element:
        key = child.tag.removeprefix(f"{{{NAMESPACE}}}")
        kind = _part(hints[key])
        if key == "extra":
            plain[key] = json.loads(_as_meant(child.text or ""))
        elif typing.get_origin(hints[key]) is tuple:
            plain.setdefault(key, []).append(
                _plain(kind, child) if kind is not str else _as_meant(child.get("value", ""))
            )
        else:
            plain[key] = _plain(kind, child)
    return plain


def _part(hint: Any) -> Any:
    """The class inside ``tuple[X, ...]`` or ``X | None``."""
    return typing.get_args(hint)[0] if typing.get_args(hint) else hint


def _written(text: str) -> str:
    return _UNWRITABLE.sub(lambda match: "\\\\" if match[0] == "\\" else f"\\u{ord(match[0]):04x}", text)


def _as_meant(text: str) -> str:
    return _WRITTEN.sub(lambda match: chr(int(match[1], 16)) if match[1] else "\\", text)
