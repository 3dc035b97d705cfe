"""The public pages: read only, without cookies, each with an ETag made of the catalogue's revision and the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Flask, g, request, url_for

from catalogue import unit_of_work
from catalogue.extensions import db
from catalogue.queries.facts import DecisionFact
from catalogue.web.portal import freshness, memory, site
from catalogue.web.portal.filters import LEVEL_SLUGS
from catalogue.web.portal.suggestions import common
from search_index.vietnamese import collation_key

bp = Blueprint("portal", __name__)


def init_app(app: Flask) -> None:
    """Register the pages, what every page shows, and how pages stay fresh."""
    from catalogue.web.portal import (  # noqa: F401  (their routes hang on bp)
        backlog,
        comparison,
        counting,
        decisions,
        expiry,
        legal_texts,
        listing,
        official_forms,
        pages,
        procedures,
        search_pages,
        workflow_files,
        workflows,
    )

    app.before_request(begin_anew)
    app.before_request(read_one_moment)
    memory.init_app(app)
    freshness.init_app(app, bp)
    counting.init_app(app)
    expiry.init_app(app)
    backlog.init_app(app)
    app.context_processor(site.template_values)
    app.jinja_env.globals.update(decision_url=decision_url, url_at=url_at, common_questions=common_questions)
    app.jinja_env.filters.update(level_slug=LEVEL_SLUGS.get, in_name_order=in_name_order)
    app.register_blueprint(bp)


def begin_anew() -> None:
    """Nothing of an earlier request may be shown; requests made inside one application context share ``g``."""
    for name in ("site", "moment", "revision", "etag"):
        g.pop(name, None)


def read_one_moment() -> None:
    """A page is made of what was true at one moment, also when an officer issues a decision meanwhile."""
    if request.blueprint == bp.name:
        unit_of_work.read_one_moment(db.session())


def decision_url(fact: DecisionFact) -> str:
    """The address of a decision's page."""
    return url_for("portal.show_decision", year=fact.address_year, number=fact.slug)


def common_questions() -> list[str]:
    """What browsers without script offer in the box; nothing where the page shows no day."""
    shown = g.get("moment")
    return common(db.session(), shown) if shown else []


def in_name_order(counts: Iterable[tuple[str, int]], names: Mapping[str, str]) -> list[tuple[str, int]]:
    """Counts by slug in the order of the Vietnamese alphabet of their names."""
    return sorted(counts, key=lambda pair: collation_key(names.get(pair[0], pair[0])))


def url_at(endpoint: str, args: Mapping[str, Any] | None = None, **values: Any) -> str:
    """An address for the moment that the page shows; query keys are written with ``_`` for ``-``; empty ones go."""
    shown = g.get("moment")
    kept = {name.replace("_", "-"): value for name, value in values.items() if value not in (None, "")}
    return url_for(endpoint, **{**(shown.to_args() if shown else {}), **(args or {}), **kept})
