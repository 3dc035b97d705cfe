"""What is installed is what is here: no template, font or migration is left behind by the packaging."""

from __future__ import annotations

import configparser
import tomllib

from tests.architecture.source_tree import PACKAGES, ROOT


def packaging() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_file_that_is_no_module_ships_with_its_package():
    data = packaging()["options.package_data"]
    left_behind = []
    for package in PACKAGES:
        folders = tuple(line.removesuffix("**") for line in data.get(package, "").split())
        for path in (ROOT / package).rglob("*"):
            inside = path.relative_to(ROOT / package).as_posix()
            if path.is_file() and path.suffix not in {".py", ".pyc"} and not inside.startswith(folders or "/"):
                left_behind.append(f"{package}/{inside}")
    assert left_behind == [], "name the folder in options.package_data"


def test_every_folder_of_modules_is_a_package():
    bare = {path.parent for package in PACKAGES for path in (ROOT / package).rglob("*.py")}
    scripts = ROOT / "catalogue" / "migrations"  # run by Alembic, not imported
    assert [
        str(folder.relative_to(ROOT))
        for folder in bare
        if not (folder / "__init__.py").exists() and scripts not in (folder, folder.parent)
    ] == []


def test_settings_stand_in_setup_cfg():
    """pyproject.toml holds only what setup.cfg cannot."""
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(content) == {"build-system", "tool"}
    assert set(content["tool"]) == {"ruff"}
