"""House rules that a machine can check: the clock, transactions, signatures, and what may not be named anywhere."""

from __future__ import annotations

import ast
import re
import subprocess

import pytest

from tests.architecture.source_tree import ROOT, WRITTEN, dotted, within

CLOCKS = re.compile(r"(^|\.)(date\.today|datetime\.(now|utcnow|today))$")
BELOW_THE_EDGE = within(
    "catalogue/services/", "catalogue/queries/", "catalogue/models/", "catalogue/imports/", "catalogue/audit.py"
)
# Folders of one person's machine, put together here so that this file does not name them itself.
MACHINE_PATHS = re.compile("|".join(["/" + "work/", "/" + "root/", "/" + "tmp/brief", "/" + r"home/\w+/"]))
TEXT_SUFFIXES = {
    ".py", ".html", ".css", ".js", ".md", ".cfg", ".toml", ".txt", ".ini", ".mako", ".typ", ".json", ".po", ".csv", "",
}  # fmt: skip


def test_the_clock_is_read_in_one_module():
    readers = {f"{m}:{line}" for m in WRITTEN for name, line in m.calls() if CLOCKS.search(name)}
    assert {place for place in readers if not place.startswith("catalogue/clock.py:")} == set()


def test_rules_and_services_do_not_ask_the_time():
    lower = [*within("decisions/", "search_index/"), *BELOW_THE_EDGE]
    assert [str(m) for m in lower if any(name.startswith("catalogue.clock") for name in m.imports)] == []


def test_services_never_end_the_transaction():
    enders = [
        f"{m}:{line}" for m in BELOW_THE_EDGE for name, line in m.calls() if name.endswith((".commit", ".rollback"))
    ]
    assert enders == [], "the entry point commits, through unit_of_work"


def test_status_codes_are_chosen_at_the_edge():
    lower = [m for m in within("catalogue/") if not str(m).startswith("catalogue/web/")]
    assert [str(m) for m in lower if {"flask.abort", "werkzeug.exceptions.abort"} & m.imports] == []


@pytest.mark.parametrize("module", WRITTEN, ids=str)
def test_signatures_are_annotated(module):
    bare = []
    for function in module.functions:
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        missing = [a.arg for a in arguments if a.annotation is None and a.arg not in ("self", "cls", "_", "__")]
        if missing or (function.returns is None and function.name != "__init__"):
            bare.append(f"{function.name} (line {function.lineno})")
    assert bare == []


def test_nothing_is_hidden_in_assignments_to_foreign_modules():
    """Patching another module at import time changes it for everybody."""
    patched = []
    for module in WRITTEN:
        imported = {name.split(".")[0] for name in module.imports}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assign):
                targets = [dotted(t) for t in node.targets if isinstance(t, ast.Attribute)]
                patched += [f"{module}:{node.lineno}" for t in targets if t.split(".")[0] in imported - {"self"}]
    assert patched == []


def test_nothing_mentions_a_path_of_one_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    found = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in TEXT_SUFFIXES and path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            found += [f"{name}: {match.group()}" for match in MACHINE_PATHS.finditer(text)]
    assert found == []


def test_locks_carry_hashes_and_no_address():
    for lock in sorted(ROOT.glob("requirements*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text and "--index" not in text and "--find-links" not in text, lock.name
        for requirement in re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", text, re.M | re.S):
            assert "==" in requirement and "--hash=sha256:" in requirement, f"{lock.name}: {requirement[:40]}"
