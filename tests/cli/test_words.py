"""The words that officers look after, on the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from catalogue import clock
from catalogue.app import create_app
from catalogue.extensions import db
from catalogue.queries.words import WordKind
from catalogue.services import words as service
from catalogue.services.people import account_named, make_account
from catalogue.services.words import WordInput
from catalogue.services.words_effect import Effect
from catalogue.unit_of_work import unit_of_work
from tests.catalogue.cast import QUICK


@pytest.fixture
def site(_prepared: Path, tmp_path: Path) -> Iterator[Flask]:
    """An installation with two people and a proposal."""
    home = tmp_path / "office"
    shutil.copytree(_prepared, home)
    app = create_app({"CATALOGUE_HOME": home})
    now, today = clock.now(), clock.today()
    with app.app_context():
        with unit_of_work(db.session()) as work:
            for name, role in (("lan", "drafter"), ("hoa", "reviewer")):
                make_account(
                    work.session, username=name, full_name=name, password=name, roles=(role,), now=now, hasher=QUICK
                )
            lan = account_named(work.session, "lan")
            assert lan is not None
            given = WordInput(
                WordKind.SYNONYM, ("rước dâu",), "đăng ký kết hôn", reason="Hay hỏi", owner="lan",
                last_day=today + timedelta(days=30),
            )  # fmt: skip
            service.propose(work.session, given, actor=lan, now=now, on=today)
        yield app
        db.engine.dispose()


def test_a_proposal_is_listed_as_waiting_and_then_as_in_force(site: Flask) -> None:
    run = site.test_cli_runner().invoke
    (waiting,) = json.loads(run(args=["words", "list", "--waiting", "--json"]).output)
    assert (waiting["phrases"], waiting["legal"], waiting["owner"]) == (["rước dâu"], "đăng ký kết hôn", "lan")
    assert "Chưa có mục nào" in run(args=["words", "list"]).output
    with unit_of_work(db.session()) as work:
        rule, hoa = service.queries.by_id(work.session, waiting["number"]), account_named(work.session, "hoa")
        assert rule is not None and hoa is not None
        service.approve(
            work.session, rule, Effect(), override="", actor=hoa, now=clock.now(), on=clock.today()
        )  # fmt: skip
    assert "Từ đồng nghĩa   «rước dâu» → đăng ký kết hôn (lan, đến hết" in run(args=["words", "list"]).output
    assert run(args=["words", "list", "--on", "2031-01-01", "--json"]).output.strip() == "[]"


def test_what_a_proposal_would_do_is_told_and_nothing_is_written(site: Flask) -> None:
    run = site.test_cli_runner().invoke
    (waiting,) = json.loads(run(args=["words", "list", "--waiting", "--json"]).output)
    found = run(args=["words", "effect", str(waiting["number"]), "--json"])
    assert found.exit_code == 0
    assert {"asked", "touched", "ndcg_before", "ndcg_after", "moved"} <= set(json.loads(found.output))
    assert json.loads(run(args=["words", "list", "--waiting", "--json"]).output) == [waiting]


def test_a_proposal_that_is_not_there_is_refused_in_a_sentence(site: Flask) -> None:
    answer = site.test_cli_runner().invoke(args=["words", "effect", "99"])
    assert (answer.exit_code, "Không có đề nghị số 99" in answer.output) == (1, True)
