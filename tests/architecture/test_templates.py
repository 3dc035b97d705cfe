"""Templates compile, import nothing in vain, carry one title and never trust text."""

from __future__ import annotations

import re

import pytest
from jinja2 import nodes

from tests.architecture.source_tree import ROOT, TEMPLATES

FOLDER = ROOT / "catalogue" / "templates"
NAMES = [path.relative_to(FOLDER).as_posix() for path in TEMPLATES]


@pytest.fixture
def source(name):
    return (FOLDER / name).read_text(encoding="utf-8")


@pytest.fixture
def tree(app, source):
    return app.jinja_env.parse(source)


every_template = pytest.mark.parametrize("name", NAMES)


@every_template
def test_it_compiles_with_all_it_leans_on(app, name, tree):
    app.jinja_env.get_template(name)
    leaned = [node.template.value for kind in (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
              for node in tree.find_all(kind) if isinstance(node.template, nodes.Const)]  # fmt: skip
    for other in leaned:
        app.jinja_env.get_template(other)


@every_template
def test_nothing_is_imported_in_vain(tree):
    imported = {node.target for node in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.FromImport):
        imported |= {item[1] if isinstance(item, tuple) else item for item in node.names}
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert imported <= used, f"remove {imported - used}"


@every_template
def test_a_page_has_one_title(name, tree):
    is_page = any(tree.find_all(nodes.Extends)) and not name.startswith("layouts/")
    titles = [block for block in tree.find_all(nodes.Block) if block.name == "title"]
    assert len(titles) == 1 or not is_page


@every_template
def test_no_text_is_trusted(source, tree):
    assert [node.name for node in tree.find_all(nodes.Filter) if node.name == "safe"] == [], "markup.py makes HTML"
    assert "autoescape false" not in source


@every_template
def test_nothing_needs_an_inline_script_or_style(source, tree):
    """The security policy refuses both."""
    written = "".join(data.data for data in tree.find_all(nodes.TemplateData))
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", source), "put it in static/"
    assert not re.search(r"<style\b|\sstyle=\"|\son[a-z]+=\"", written), "put it in static/"


@every_template
def test_nothing_comes_from_another_host(source):
    assert not re.search(r"(src|href)=\"(https?:)?//", source)


@every_template
def test_nobody_is_shouted_at(tree):
    text = " ".join(data.data for data in tree.find_all(nodes.TemplateData))
    said = re.sub(r"<[^>]*>", " ", text)
    assert "!" not in said
