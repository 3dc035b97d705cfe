"""Story S14: 40 procedures, 5 versions each, one back-dated correction, looked at on 200 days."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from flask import Flask

from catalogue.app import create_app
from catalogue.extensions import db
from catalogue.services import projection
from catalogue.services.drafting import LineInput
from tests.catalogue.cast import amended, carry, draft, introduced, make_cast
from tests.web.conftest import QUICK

CODES = [f"1.00{n:04}" for n in range(1, 41)]
DAYS = [date(2025, 8, 1), date(2025, 11, 3), date(2026, 1, 12), date(2026, 4, 6), date(2026, 8, 17)]
CORRECTED = CODES[6]
CORRECTED_ON = date(2026, 9, 7)
"""The correction is of September 2026 and gives another text to the version of April."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app({**QUICK, "RATELIMIT_ENABLED": False, "CATALOGUE_HOME": tmp_path_factory.mktemp("years")})
    with app.app_context():
        db.create_all()
        _issue_all()
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


def _issue_all() -> None:
    session = db.session()
    cast = make_cast(session)
    for number, day in enumerate(DAYS):
        rows = [_row(number, code) for code in CODES]
        carry(session, cast, draft(session, cast, f"{number + 1}/QĐ-UBND", day, rows))
    fix = LineInput(kind="corrected", name=f"Thủ tục {CORRECTED}", code_printed=CORRECTED, level="commune",
                    basis="Thông tư số 1/2026", fields={"time": "99 ngày"})  # fmt: skip
    # The correction takes up the row of April: its own day says which row it means.
    head = {"effect_type": "fixed", "effect_from": DAYS[3]}
    carry(session, cast, draft(session, cast, "77/QĐ-UBND", CORRECTED_ON, [fix], **head))


def _row(number: int, code: str) -> LineInput:
    if number == 0:
        return introduced(code, f"Thủ tục {code}", _time(number))
    return amended(code, f"Thủ tục {code}", _time(number))


def _time(number: int) -> str:
    return f"{number + 11} ngày"


def expected(day: date, known: date | None = None) -> dict[str, str]:
    """What binds by hand: the last decision up to the day, the correction where it is known."""
    version = max(
        (n for n, start in enumerate(DAYS) if start <= day and (known is None or start <= known)), default=None
    )
    if version is None:
        return {}
    texts = dict.fromkeys(CODES, _time(version))
    if version == 3 and (known is None or known >= CORRECTED_ON):
        texts[CORRECTED] = "99 ngày"
    return texts


def random_days(count: int) -> list[date]:
    chance = random.Random(14)
    return [date(2025, 7, 1) + timedelta(days=chance.randrange(500)) for _ in range(count)]


def listed(client: Any, **query: str) -> dict[str, str]:
    answer = json.loads(client.get("/danh-muc.json", query_string=query).data)
    return {row["code"]: row["time_text"] for row in answer["rows"]}


def test_the_list_of_200_days_is_what_was_in_force(app: Flask) -> None:
    client = app.test_client()
    for day in random_days(200):
        assert listed(client, ngay=day.isoformat()) == expected(day), day


def test_page_and_paper_agree_with_the_list(app: Flask) -> None:
    client = app.test_client()
    for day in {max((d for d in DAYS if d <= day), default=date(2025, 7, 2)): day for day in random_days(200)}.values():
        texts = expected(day)
        html = client.get(f"/danh-muc?ngay={day.isoformat()}").get_data(as_text=True)
        paper = pdf_text(client.get(f"/danh-muc.pdf?ngay={day.isoformat()}").data)
        assert [code for code in CODES if (code in html) != (code in texts)] == []
        assert [code for code in CODES if (code in paper) != (code in texts)] == []
        for words in set(texts.values()):
            count = sum(1 for text in texts.values() if text == words)
            assert html.count(words) >= count
            assert paper.count(words) == count


def test_as_known_on_differs_only_where_the_correction_acts(app: Flask) -> None:
    client = app.test_client()
    for day in random_days(200):
        before = CORRECTED_ON - timedelta(days=1)
        for code in (CORRECTED, CODES[0]):
            then = client.get(
                f"/thu-tuc/{code}", query_string={"ngay": day.isoformat(), "biet-ngay": before.isoformat()}
            )
            wanted = expected(day, before).get(code)
            if wanted is not None:
                assert wanted in then.get_data(as_text=True), (code, day)


def test_addresses_of_old_versions_still_answer(app: Flask) -> None:
    client = app.test_client()
    for number in range(1, 6):
        page = client.get(f"/thu-tuc/{CORRECTED}/phien-ban/{number}")
        assert page.status_code == 200 and _time(number - 1) in page.get_data(as_text=True)


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_ledger_agrees_with_itself(app: Flask) -> None:
    with app.app_context():
        assert projection.check(db.session()) == []
