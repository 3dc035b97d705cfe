"""Addresses: closed by default in the office, typed, kebab-case, and answering for ever once public."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

RECORDED = Path(__file__).with_name("addresses.txt")


def our_rules(app: Flask) -> list[Rule]:
    """The addresses we made, without those of extensions and static files."""
    foreign = {"static", "bootstrap.static"}
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in foreign]


def test_every_office_view_declares_a_permission(app):
    office = {name: view for name, view in app.view_functions.items() if name.startswith("office.")}
    assert [name for name, view in office.items() if not hasattr(view, "permission")] == [], "add @requires"


def test_every_variable_has_a_type(app):
    untyped = [rule.rule for rule in our_rules(app) if re.search(r"<[^:>]+>", rule.rule)]
    assert untyped == [], "write <int:…>, <string:…> or a converter of ours"


def test_static_parts_are_kebab_case_without_marks(app):
    for rule in our_rules(app):
        for part in re.sub(r"<[^>]*>", "", rule.rule).split("/"):
            assert re.fullmatch(r"[a-z0-9.-]*", part), f"{rule.rule}: lower case and hyphens only"


def test_views_are_named_like_their_endpoint(app):
    odd = [name for name, view in app.view_functions.items() if name.split(".")[0] in {"portal", "office", "api"}
           and name.rpartition(".")[2] != view.__name__]  # fmt: skip
    assert odd == []


def test_no_public_address_disappears(app):
    current = {rule.rule for rule in our_rules(app) if not rule.endpoint.startswith("office.")}
    recorded = set(RECORDED.read_text(encoding="utf-8").splitlines())
    assert recorded - current == set(), "an address once published answers for ever: redirect it"
    assert current - recorded == set(), f"add to {RECORDED.name}"
