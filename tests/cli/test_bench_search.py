"""Search measured beside ready-made engines: the same documents, the same questions, ratios of both."""

from __future__ import annotations

from datetime import date

from flask import Flask

from catalogue import judgements
from catalogue.cli.bench_search import OURS, compared, lines, ratios
from catalogue.extensions import db, search
from search_index.measures import RatedQuestion

ON = date(2026, 11, 21)


def test_peers_are_asked_the_same_and_compared(sample_site: Flask) -> None:
    judged = [one for one in judgements.questions() if one.tier == "sample" and one.codes]
    asked = [RatedQuestion(one.query, frozenset(one.codes), one.tier, one.kind) for one in judged[::3]]
    with sample_site.app_context():
        reports = compared(db.session(), search(), asked, ON)
    assert {OURS, "SQLite FTS5"} <= set(reports)
    assert {report["n"] for report in reports.values()} == {len(asked)}
    assert reports[OURS]["ndcg@10"] > reports["SQLite FTS5"]["ndcg@10"] > 0.1
    assert ratios(reports)["SQLite FTS5"]["ndcg@10"] > 1
    printed = "\n".join(lines(reports))
    assert "SQLite FTS5 nDCG@10" in printed
    assert f"{OURS} so với SQLite FTS5: hit@1 gấp" in printed
