"""``catalogue list``: the provincial list of a day, as plain lines or as a file of any format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from flask import current_app
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.cli import refusals
from catalogue.cli.answers import OneOf, Refused
from catalogue.cli.days import on_option
from catalogue.exports import FORMATS
from catalogue.exports.text import ListingText
from catalogue.extensions import db
from catalogue.glossary import LEVELS
from catalogue.papers import frame_of, listing_paper
from catalogue.queries import site
from catalogue.queries.procedures import Selection, sector_names
from decisions.text import squeezed


@click.command("list")
@on_option
@click.option("--level", "levels", multiple=True, type=OneOf(list(LEVELS)), help="Chỉ lấy cấp này.")
@click.option("--sector", "sectors", multiple=True, help="Chỉ lấy lĩnh vực này (tên, có dấu hay không).")
@click.option("--format", "suffix", type=OneOf([made.suffix for made in FORMATS.values() if made.listing]))
@click.option("--json", "as_json", is_flag=True, help="Như --format json.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Ghi ra tệp.")
def list_procedures(
    on: date | None,
    levels: tuple[str, ...],
    sectors: tuple[str, ...],
    suffix: str | None,
    as_json: bool,
    output: Path | None,
) -> None:
    """Danh mục thủ tục có hiệu lực trong một ngày."""
    session, today = db.session(), clock.today()
    suffix = "json" if as_json else suffix
    if suffix in ("pdf", "docx", "xlsx") and output is None:
        raise Refused(f"Tệp {suffix} không in ra màn hình được; thêm -o TÊN_TỆP.{suffix}.")
    wanted = Selection(on or today, levels=levels, sectors=_slugs(session, sectors))
    frame = frame_of(site.settings(session), current_app.config["SITE_ADDRESS"])
    text = listing_paper(session, wanted, today=today, frame=frame)
    data = (FORMATS[suffix].listing or _plain)(text) if suffix else _plain(text)
    if output is None:
        click.echo(data.decode("utf-8-sig"), nl=suffix is not None)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise Refused(f"Chưa ghi được tệp «{output}»: {refusals.reason(error)}.") from None
    click.echo(f"Đã ghi {len(text.rows)} thủ tục vào {output}.", err=True)


def _slugs(session: Session, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Sectors by name or slug, marks aside."""
    known = {squeezed(name): slug for slug, name in sector_names(session).items()}
    found = {name: known.get(squeezed(name)) for name in wanted}
    if missing := [name for name, slug in found.items() if slug is None]:
        raise Refused(f"Không có lĩnh vực «{missing[0]}» trong danh mục.")
    return tuple(slug for slug in found.values() if slug)


def _plain(text: ListingText) -> bytes:
    lines = [f"{text.title}. {text.day_line}. {text.filter_sentence}".strip()]
    for level in text.groups:
        lines.append(f"\n{level.heading}")
        for sector in level.sectors:
            lines.append(f"  {sector.heading}")
            lines += [f"    {row.source.code or 'chưa có mã':<12} {row.source.name}" for row in sector.rows]
    return "\n".join([*lines, "", *text.totals, ""]).encode()


COMMANDS = (list_procedures,)
