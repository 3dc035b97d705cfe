"""Everything that answers requests: blueprints, filters, error pages."""

from __future__ import annotations

import importlib
import importlib.util

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

from catalogue.web import compression, errors, filters, portal


class RowNumber(IntegerConverter):
    """A number in an address; what no database can hold leads nowhere (404)."""

    def to_python(self, value: str) -> int:
        """At most nine digits."""
        if len(value) > 9:
            raise ValidationError
        return super().to_python(value)


def init_app(app: Flask) -> None:
    """Register the public pages, the office, and what both share."""
    app.url_map.converters["int"] = RowNumber
    filters.init_app(app)
    errors.init_app(app)
    compression.init_app(app)
    portal.init_app(app)
    # The office is a package of its own; the public site also runs without it.
    if importlib.util.find_spec("catalogue.web.office") is not None:
        importlib.import_module("catalogue.web.office").init_app(app)
