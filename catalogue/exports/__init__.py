"""One text, many formats: ``FORMATS[suffix]`` says how a list or a procedure becomes a file.

A new format is one module with a render function and one line here; what it prints comes from ``text.py`` alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from catalogue.exports import machine, pdf, spreadsheet, word
from catalogue.exports.text import ListingText, ProcedureText

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """A kind of file; ``listing`` or ``procedure`` is None where there is no such paper. ``label`` is for links."""

    suffix: str
    label: str
    media_type: str
    listing: Callable[[ListingText], bytes] | None = None
    procedure: Callable[[ProcedureText], bytes] | None = None


FORMATS = {
    made.suffix: made
    for made in (
        Format("pdf", "PDF", "application/pdf", pdf.render_listing, pdf.render_procedure),
        Format("docx", "Word", f"{_OFFICE}.wordprocessingml.document", word.render_listing, word.render_procedure),
        Format("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", spreadsheet.render_listing),
        Format("csv", "CSV", "text/csv; charset=utf-8", machine.listing_csv),
        Format("json", "JSON", "application/json", machine.listing_json, machine.procedure_json),
    )
}
"""Every format by the suffix of its address, in the order in which downloads are offered."""
