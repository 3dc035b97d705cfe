"""What the structure tests look at: the project's own modules and templates, parsed once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("catalogue", "decisions", "search_index")


@dataclass(frozen=True)
class Module:
    """One Python file; prints as its path from the project folder."""

    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self))

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @cached_property
    def imports(self) -> set[str]:
        """Every imported name, dotted: ``flask.current_app`` for ``from flask import current_app``."""
        names: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        return names

    def calls(self) -> list[tuple[str, int]]:
        """Dotted names of what is called, with the line: ``("date.today", 12)``."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                found.append((dotted(node.func), node.lineno))
        return found


def dotted(node: ast.expr) -> str:
    """``a.b.c`` for attribute access; what is no plain name becomes ``?``."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    return total - ((first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0)


MODULES = [Module(path) for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
WRITTEN = [module for module in MODULES if "/migrations/" not in str(module)]
TESTS = [Module(path) for path in sorted((ROOT / "tests").rglob("*.py"))]
TEMPLATES = sorted((ROOT / "catalogue" / "templates").rglob("*.html"))


def within(*prefixes: str) -> list[Module]:
    """The modules whose path starts with one of the prefixes."""
    return [module for module in WRITTEN if str(module).startswith(prefixes)]
