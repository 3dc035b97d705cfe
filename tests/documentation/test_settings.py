"""Every variable of the environment that something reads is explained, and nothing else is."""

from __future__ import annotations

import re

from tests.architecture.source_tree import ROOT, TESTS, WRITTEN

MANUAL = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
SCRIPTS = [*sorted((ROOT / "bin").iterdir()), ROOT / ".ci" / "run"]
READ_BY_PYTHON = re.compile(
    r"""(?:env|environ)(?:\.get\(|\[)\s*["']([A-Z][A-Z0-9_]+)["']"""
    r"""|(?:flag|whole_number)\(env,\s*["']([A-Z][A-Z0-9_]+)["']"""
    r"""|envvar=["']([A-Z][A-Z0-9_]+)["']"""
)
READ_BY_SHELL = re.compile(r"\$\{([A-Z][A-Z0-9_]+)")
# Set by whoever runs the tests or by the shell, not settings of ours.
FOREIGN = {"CI", "HOME", "PATH", "PIP_COMPILE"}


def test_every_setting_is_explained():
    read = {name for module in [*WRITTEN, *TESTS] for found in READ_BY_PYTHON.findall(module.text) for name in found}
    read |= {name for path in SCRIPTS for name in READ_BY_SHELL.findall(path.read_text(encoding="utf-8"))}
    explained = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", MANUAL, re.M))
    assert read - {""} - FOREIGN - explained == set(), "explain it in docs/settings.md"
    assert explained - read == set(), "nothing reads it any more"
