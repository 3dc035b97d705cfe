"""RULES: what decisions say, when they bind, whether they may be issued.

Pure Python, standard library only. Nothing here knows Flask, a database or a file; screens and services about
decisions live in ``catalogue`` and call these functions.
"""
