"""Adapters that read foreign formats into values of our own: one module family a format, no database, no web."""
