"""The office: where decisions are imported, worked on, and carried through three people. Closed by default."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Flask, Response, g

from catalogue.extensions import db
from catalogue.queries import office
from catalogue.web import guards

bp = Blueprint("office", __name__, url_prefix="/quan-tri")
bp.before_request(guards.only_with_permission)


def init_app(app: Flask) -> None:
    """Register the pages and what their templates use."""
    from catalogue.web.office import (  # noqa: F401  (their routes hang on bp)
        acts,
        adopted,
        calendar,
        content,
        content_overview,
        decisions,
        electronic,
        entries,
        entry,
        grid,
        labels,
        leftovers,
        legal_texts,
        lines,
        posts,
        problems,
        questions,
        redline,
        steps,
        todo,
        words,
        words_proposals,
        workflow_files,
        workflow_prints,
        workflows,
    )  # fmt: skip

    app.jinja_env.globals.update(may=guards.may)
    labels.init_app(app)
    content_overview.init_app(app)
    app.register_blueprint(bp)


@bp.after_request
def keep_nothing(response: Response) -> Response:
    """What an officer sees stays on no shared machine and in no cache on the way."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.context_processor
def people() -> dict[str, object]:
    """Who is looking, and full names, for every template of the office."""
    return {"account": g.get("account"), "person": full_name, "names": full_names}


def full_names(usernames: Iterable[str]) -> str:
    """Several people in one list."""
    return ", ".join(map(full_name, usernames))


def full_name(username: str) -> str:
    """How colleagues know an account; logs and confirmations keep its name only."""
    if "full_names" not in g:
        g.full_names = office.full_names(db.session())
    return str(g.full_names.get(username, username))
