"""Closed by default: who may open which page of the office."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from catalogue.permissions import EVERYBODY, PERMISSIONS, Permission, Role, permissions_of
from tests.web.office.conftest import Officer


def test_unknown_roles_allow_nothing() -> None:
    assert permissions_of(["", "root", "drafter "]) == EVERYBODY


def test_no_role_alone_holds_two_of_the_three_steps() -> None:
    steps = {Permission.DRAFT, Permission.REVIEW, Permission.APPROVE}
    assert all(len(steps & allowed) <= 1 for allowed in PERMISSIONS.values())
    assert not steps & PERMISSIONS[Role.ADMIN]


def test_every_permission_is_held_by_somebody_and_every_view_names_a_known_one(office: Flask) -> None:
    views = {name: view for name, view in office.view_functions.items() if name.startswith("office.")}
    named = {view.permission for view in views.values()}
    assert named == EVERYBODY.union(*PERMISSIONS.values()) == set(Permission)


def test_a_stranger_is_asked_to_sign_in_everywhere(office: Flask) -> None:
    stranger = Officer(office.test_client())
    for rule in office.url_map.iter_rules():
        if not rule.endpoint.startswith("office.") or "GET" not in (rule.methods or ()) or "dang-nhap" in rule.rule:
            continue
        address = re.sub(r"<int:\w+>", "1", re.sub(r"<any\('?([\w-]+)'?[^>]*>", r"\1", rule.rule))
        answer = stranger.client.get(address)
        assert answer.status_code == 303 and "/dang-nhap?den=" in answer.location, address


@pytest.mark.parametrize("address", ["/quan-tri/quyet-dinh/nhap", "/quan-tri/quyet-dinh/moi"])
def test_the_administrator_does_not_draft(admin: Officer, address: str) -> None:
    page = admin.get(address, status=403)
    assert "chưa có quyền" in page.text
