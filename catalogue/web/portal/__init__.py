"""The public pages: read only, without cookies, each with an ETag made of the catalogue's revision and the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Flask, g, url_for

from catalogue.queries.facts import DecisionFact
from catalogue.web.portal import freshness, memory, site
from catalogue.web.portal.filters import GRADE_SLUGS, LEVEL_SLUGS, STATE_SLUGS
from search_index.vietnamese import collation_key

bp = Blueprint("portal", __name__)


def init_app(app: Flask) -> None:
    """Register the pages, what every page shows, and how pages stay fresh."""
    from catalogue.web.portal import decisions, listing, pages, procedures  # noqa: F401  (their routes hang on bp)

    app.before_request(begin_anew)
    memory.init_app(app)
    freshness.init_app(app, bp)
    app.context_processor(site.template_values)
    app.jinja_env.globals.update(decision_url=decision_url, url_at=url_at)
    app.jinja_env.filters.update(
        level_slug=LEVEL_SLUGS.get, grade_slug=GRADE_SLUGS.get, state_slug=STATE_SLUGS.get, in_name_order=in_name_order
    )
    app.register_blueprint(bp)


def begin_anew() -> None:
    """Nothing of an earlier request may be shown; requests made inside one application context share ``g``."""
    for name in ("site", "moment", "revision", "etag"):
        g.pop(name, None)


def decision_url(fact: DecisionFact) -> str:
    """The address of a decision's page."""
    return url_for("portal.show_decision", year=fact.address_year, number=fact.slug)


def in_name_order(counts: Iterable[tuple[str, int]], names: Mapping[str, str]) -> list[tuple[str, int]]:
    """Counts by slug in the order of the Vietnamese alphabet of their names."""
    return sorted(counts, key=lambda pair: collation_key(names.get(pair[0], pair[0])))


def url_at(endpoint: str, args: Mapping[str, Any] | None = None, **values: Any) -> str:
    """An address for the moment that the page shows; query keys are written with ``_`` for ``-``; empty ones go."""
    shown = g.get("moment")
    kept = {name.replace("_", "-"): value for name, value in values.items() if value not in (None, "")}
    return url_for(endpoint, **{**(shown.to_args() if shown else {}), **(args or {}), **kept})
