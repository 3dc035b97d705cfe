"""Sizes that keep a file readable in one sitting, and names that say what a module is."""

from __future__ import annotations

import pytest

from tests.architecture.source_tree import ROOT, TEMPLATES, TESTS, WRITTEN, body_length

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared", "base_utils"}


@pytest.mark.parametrize("module", WRITTEN, ids=str)
def test_modules_and_functions_stay_short(module):
    assert module.lines <= 400, f"{module}: {module.lines} lines, split it by noun"
    long = [f"{f.name} ({body_length(f)})" for f in module.functions if body_length(f) > 40]
    assert long == [], f"{module}: over 40 lines"


def test_templates_stay_short():
    sizes = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in TEMPLATES}
    assert {name: size for name, size in sizes.items() if size > 150} == {}, "split off a _part.html"


def test_test_modules_stay_short():
    assert {str(module): module.lines for module in TESTS if module.lines > 500} == {}


def test_modules_are_named_by_a_noun():
    assert [str(module) for module in [*WRITTEN, *TESTS] if module.path.stem in VAGUE] == []


@pytest.mark.parametrize("module", WRITTEN, ids=str)
def test_modules_say_what_they_are_for(module):
    first = module.tree.body[0] if module.tree.body else None
    assert first is None or getattr(getattr(first, "value", None), "value", None), f"{module}: open with its purpose"
