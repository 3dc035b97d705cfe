"""Typst runs beside us: what it leaves in memory goes with it, and its errors come back as ours."""

from __future__ import annotations

import subprocess
import sys

import pytest

from catalogue.exports.typesetting import TypesettingFailed, typeset
from tests.catalogue.exports.papers import TODAY


def test_a_template_that_is_not_there_is_an_error_and_no_paper():
    with pytest.raises(TypesettingFailed, match="No such file"):
        typeset("missing.typ", {}, TODAY)


def test_data_a_template_cannot_use_is_an_error_and_no_paper():
    with pytest.raises(TypesettingFailed, match="head"):
        typeset("listing.typ", {"title": "Danh mục"}, TODAY)


def test_setting_a_paper_loads_no_typst_into_the_server():
    code = "import sys, catalogue.exports; sys.exit('typst' in sys.modules or 'flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
