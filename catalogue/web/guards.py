"""Closed by default: a view that names no permission answers nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.permissions import EVERYBODY, Permission, permissions_of
from catalogue.web import identity

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    """Name what a view needs; stands directly under the route line."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def only_with_permission() -> ResponseReturnValue | None:
    """Before every request: who is it, and may they do this. Strangers are asked to sign in first."""
    g.account = identity.current_account()
    g.permissions = permissions_of(g.account.role_names) if g.account else EVERYBODY
    view = current_app.view_functions[request.endpoint or ""]
    permission = getattr(view, "permission", None)
    if permission in g.permissions:
        return None
    if g.account is not None or permission is None:
        abort(403)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("office.show_sign_in", den=back), 303)


def may(permission: str) -> bool:
    """For templates: whether to offer something at all."""
    return permission in g.get("permissions", EVERYBODY)
