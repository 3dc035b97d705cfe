"""What the frame of every page shows: names and contacts of the province, and the last decision of the day shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from sqlalchemy.exc import SQLAlchemyError

from catalogue.extensions import db
from catalogue.papers import Frame, contact_line, feedback_line, frame_of
from catalogue.queries import site as queries
from catalogue.queries.facts import DecisionFact
from catalogue.web.portal.moment import Moment

NAME = "Danh mục thủ tục hành chính"


@dataclass(frozen=True)
class Site:
    """Names and contacts; every text may be empty but ``name``."""

    name: str
    office: str
    phone: str
    email: str
    feedback: str
    contact: str
    frame: Frame
    sign_in: str


def current() -> Site:
    """The site of this request; when the database is away, only its name."""
    if "site" not in g:
        g.site = _load()
    found: Site = g.site
    return found


def template_values() -> dict[str, Any]:
    """``site`` for every template; ``moment`` where the view has read one."""
    moment: Moment | None = g.get("moment")
    return {"site": current(), "moment": moment, "last_decision": _last_decision(moment) if moment else None}


def _last_decision(moment: Moment) -> DecisionFact | None:
    try:
        return queries.last_decision(db.session(), moment.on, moment.known_at)
    except SQLAlchemyError:
        return None


def _load() -> Site:
    try:
        known = queries.settings(db.session())
    except SQLAlchemyError:
        known = {}
    sign_in = "office.show_sign_in" if "office.show_sign_in" in current_app.view_functions else ""
    return Site(
        name=known.get("site_name") or NAME,
        office=known.get("office_name") or known.get("province_name", ""),
        phone=known.get("pakn_phone", ""),
        email=known.get("pakn_email", ""),
        feedback=feedback_line(known),
        contact=contact_line(known),
        # Without a configured address, the one by which the reader came.
        frame=frame_of({"site_address": request.url_root, **known}, current_app.config["SITE_ADDRESS"]),
        sign_in=url_for(sign_in) if sign_in else "",
    )
