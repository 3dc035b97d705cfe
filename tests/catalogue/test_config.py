"""Settings: safe without any, clear when wrong, and secrets that are nobody else's to read."""

from __future__ import annotations

import stat

import pytest

from catalogue.config import BadSetting, load


def settings(tmp_path, **environ: str):
    return load({"CATALOGUE_HOME": str(tmp_path / "home"), **environ})


def test_without_any_setting_everything_lies_in_the_data_folder(tmp_path):
    config = settings(tmp_path)
    assert config["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'home' / 'catalogue.db'}"
    assert config["SEARCH_URL"] == f"whoosh:{tmp_path / 'home' / 'search'}"
    assert (config["FORCE_HTTPS"], config["TRUSTED_PROXIES"]) == (False, 0)


@pytest.mark.parametrize("written", ["postgres://an@may/csdl", "postgresql://an@may/csdl", "postgresql+psycopg://an@may/csdl"])
def test_postgresql_is_understood_as_people_write_it(tmp_path, written):
    assert settings(tmp_path, DATABASE_URL=written)["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://an@may/csdl"


def test_the_secret_is_made_once_and_kept_for_its_owner(tmp_path):
    first, second = settings(tmp_path)["SECRET_KEY"], settings(tmp_path)["SECRET_KEY"]
    assert first == second and len(first) > 40
    assert stat.S_IMODE((tmp_path / "home" / "secret-key").stat().st_mode) == 0o600
    assert settings(tmp_path, SECRET_KEY="của tôi")["SECRET_KEY"] == "của tôi"


@pytest.mark.parametrize(("name", "value"), [("FORCE_HTTPS", "co"), ("TRUSTED_PROXIES", "-1"), ("MAX_UPLOAD_MB", "5M")])
def test_a_setting_that_cannot_be_used_is_named_with_its_value(tmp_path, name, value):
    with pytest.raises(BadSetting, match=f"{name}.*«{value}»"):
        settings(tmp_path, **{name: value})


def test_the_index_of_several_machines_is_in_the_database_they_share(tmp_path):
    assert settings(tmp_path, DATABASE_URL="postgresql://an@may/csdl")["SEARCH_URL"] == "postgresql:"
    chosen = settings(tmp_path, DATABASE_URL="postgresql://an@may/csdl", SEARCH_URL="whoosh:/srv/tim-kiem")
    assert chosen["SEARCH_URL"] == "whoosh:/srv/tim-kiem"
    with pytest.raises(BadSetting, match="SEARCH_URL «postgresql:».*DATABASE_URL"):
        settings(tmp_path, SEARCH_URL="postgresql:")
