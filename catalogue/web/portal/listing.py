"""The provincial list as the annex prints it: level, sector, rows, totals; and the same as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue.exports import FORMATS, labels
from catalogue.extensions import db, limiter
from catalogue.papers import filter_sentence, listing_paper
from catalogue.queries import procedures
from catalogue.queries.facts import State
from catalogue.queries.procedures import ProcedureRow, Selection
from catalogue.web.portal import bp, moment, site
from catalogue.web.portal.filters import ProcedureFilter
from catalogue.web.portal.memory import remembered
from catalogue.web.portal.moment import Moment

PAGE_SIZE = 100

Outline = list[tuple[int, str, str]]
Fetch = Callable[[Sequence[int]], dict[int, ProcedureRow]]


@dataclass(frozen=True)
class ShownSector:
    """The part of a sector that stands on the page; ``ordinal`` numbers its first row within the level."""

    heading: str
    ordinal: int
    rows: tuple[ProcedureRow, ...]


@dataclass(frozen=True)
class ShownLevel:
    """The part of a level that stands on the page."""

    heading: str
    sectors: tuple[ShownSector, ...]


@bp.get("/danh-muc")
def show_listing() -> ResponseReturnValue:
    """One page of the list."""
    now = moment.current()
    wanted = ProcedureFilter.from_args(request.args)
    selection = _selection(wanted, now)
    outline, fetch = _ordered(selection, now)
    pages = max(1, -(-len(outline) // PAGE_SIZE))
    if wanted.page > pages:
        abort(404, description=_("Danh mục chỉ có %(pages)s trang.", pages=pages))
    names = procedures.sector_names(db.session())
    return render_template(
        "portal/listing.html",
        wanted=wanted,
        pages=pages,
        total=len(outline),
        levels=shown_levels(outline, fetch, names, (wanted.page - 1) * PAGE_SIZE),
        by_level=Counter(level for _id, level, _slug in outline),
        by_sector=_by_sector(outline if not selection.sectors else _ordered(replace(selection, sectors=()), now)[0]),
        sector_names=names,
        sentence=filter_sentence(selection, names),
        formats=[made for made in FORMATS.values() if made.listing],
    )


def _by_sector(outline: Outline) -> dict[str, int]:
    """Rows by sector; ``outline`` is that of every sector, so that another one can be chosen."""
    return dict(Counter(slug for _id, _level, slug in outline if slug).most_common())


@bp.get("/danh-muc.<any(pdf, docx, xlsx, csv, json):suffix>")
@limiter.limit("30 per minute")
def download_listing(suffix: str) -> ResponseReturnValue:
    """The whole list as a file."""
    now = moment.current()
    made = FORMATS[suffix]
    assert made.listing is not None
    wanted = ProcedureFilter.from_args(request.args)
    query = urlencode({**replace(wanted, text="", page=1).to_args(), **now.to_args()}, doseq=True)
    frame = site.current().frame
    text = listing_paper(
        db.session(), _selection(wanted, now), today=now.today, frame=frame, query=query, known_at=now.known_at
    )
    answer = Response(made.listing(text), content_type=made.media_type)
    name = f"danh-muc-tthc-{now.on.isoformat()}.{suffix}"
    answer.headers["Content-Disposition"] = f'{"inline" if suffix == "json" else "attachment"}; filename="{name}"'
    return answer


def shown_levels(outline: Outline, fetch: Fetch, names: dict[str, str], start: int) -> tuple[ShownLevel, ...]:
    """Group rows for one page; headings carry the counts of the whole list and say when they go on from before."""
    part = outline[start : start + PAGE_SIZE]
    rows = fetch([found for found, _level, _slug in part])
    level_counts = Counter(level for _id, level, _slug in outline)
    sector_counts = Counter((level, slug) for _id, level, slug in outline)
    level_order, sector_order = list(level_counts), list(sector_counts)
    seen = Counter(level for _id, level, _slug in outline[:start])
    seen_sectors = Counter((level, slug) for _id, level, slug in outline[:start])
    shown = []
    for level, of_level in groupby(part, key=lambda item: item[1]):
        ordinal, sectors = seen[level] + 1, []
        places = [slug for found, slug in sector_order if found == level]
        for slug, of_sector in groupby(of_level, key=lambda item: item[2]):
            found_rows = tuple(rows[found] for found, _level, _slug in of_sector if found in rows)
            name = f"Lĩnh vực {names[slug]}" if slug else labels.NO_SECTOR
            number = labels.roman(places.index(slug) + 1)
            heading = _group(f"{number}. {name}", sector_counts[level, slug], seen_sectors[level, slug])
            sectors.append(ShownSector(heading, ordinal, found_rows))
            ordinal += len(found_rows)
        letter = chr(ord("A") + level_order.index(level))
        heading = _group(f"{letter}. {labels.LEVEL_HEADINGS[level]}", level_counts[level], seen[level])
        shown.append(ShownLevel(heading, tuple(sectors)))
    return tuple(shown)


def _group(name: str, size: int, before: int) -> str:
    more = _(" (tiếp theo)") if before else ""
    return f"{name} ({labels.count(size)} TTHC){more}"


def _selection(wanted: ProcedureFilter, now: Moment) -> Selection:
    return Selection(now.on, wanted.state or State.IN_FORCE, wanted.levels, wanted.sectors, wanted.online)


def _ordered(selection: Selection, now: Moment) -> tuple[Outline, Fetch]:
    """The order of the whole list, and how to get the rows of a part of it."""
    known_at = now.known_at
    if known_at is None:
        outline = remembered(lambda: procedures.outline(db.session(), selection), "outline", selection)
        return outline, lambda ids: procedures.rows_by_validity(db.session(), ids)
    rows = remembered(
        lambda: procedures.printed_order(procedures.known_rows(db.session(), selection, known_at)),
        "known list", selection, known_at,
    )  # fmt: skip
    places = [(place, row.level, row.sector_slug) for place, row in enumerate(rows)]
    return places, lambda ids: {place: rows[place] for place in ids}
