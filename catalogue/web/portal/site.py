"""What the frame of every page shows: names and contacts of the province, the last decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from sqlalchemy.exc import SQLAlchemyError

from catalogue.exports.text import Head, Notice
from catalogue.extensions import db
from catalogue.queries import site as queries
from catalogue.queries.facts import DecisionFact

NAME = "Danh mục thủ tục hành chính"


@dataclass(frozen=True)
class Site:
    """Names and contacts; every text may be empty but ``name``."""

    name: str
    province: str
    office: str
    issuer: str
    place: str
    phone: str
    email: str
    feedback: str
    contact: str
    address: str
    last_decision: DecisionFact | None
    sign_in: str

    @property
    def head(self) -> Head:
        """The head of papers."""
        return Head(issuer=self.issuer or self.office or self.name, place=self.place)

    @property
    def notice(self) -> Notice | None:
        """The notice about feedback and petitions that papers carry."""
        lines = tuple(line for line in (self.feedback, self.contact) if line)
        return Notice("Tiếp nhận phản ánh, kiến nghị về quy định hành chính", lines) if lines else None


def current() -> Site:
    """The site of this request; when the database is away, only its name."""
    if "site" not in g:
        g.site = _load()
    found: Site = g.site
    return found


def template_values() -> dict[str, Any]:
    """``site`` for every template; ``moment`` where the view has read one."""
    return {"site": current(), "moment": g.get("moment")}


def absolute(path: str) -> str:
    """The full address of a path, for QR codes and citations."""
    return (current().address or request.url_root.rstrip("/")) + path


def _load() -> Site:
    try:
        known = queries.settings(db.session())
        last = queries.last_decision(db.session())
    except SQLAlchemyError:
        known, last = {}, None
    phone, email, web = (known.get(f"pakn_{part}", "") for part in ("phone", "email", "website"))
    ways = [f"điện thoại {phone}" if phone else "", f"thư điện tử {email}" if email else "", web]
    address = known.get("pakn_address", "")
    sign_in = "office.show_sign_in" if "office.show_sign_in" in current_app.view_functions else ""
    return Site(
        name=known.get("site_name") or NAME,
        province=known.get("province_name", ""),
        office=known.get("office_name") or known.get("province_name", ""),
        issuer=known.get("issuer_name", ""),
        place=known.get("place_name") or known.get("province_name", "").removeprefix("tỉnh ").removeprefix("Tỉnh "),
        phone=phone,
        email=email,
        feedback="; ".join(way for way in ways if way) + ("." if any(ways) else ""),
        contact=f"Địa chỉ: {address}." if address else "",
        address=(current_app.config["SITE_ADDRESS"] or known.get("site_address", "")).rstrip("/"),
        last_decision=last,
        sign_in=url_for(sign_in) if sign_in else "",
    )
