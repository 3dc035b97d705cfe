"""The application whose commands and settings the manuals must name."""

from tests.architecture.conftest import app

__all__ = ["app"]
