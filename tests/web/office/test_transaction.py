"""Saving once more when another person's commit came in between (PostgreSQL; SQLite lets one writer in at a time)."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.exceptions import Conflict

from catalogue.models import DecisionLine
from catalogue.web.office.transaction import saved
from tests.web.office.conftest import stored
from tests.web.office.drafts import drafted


class TestSomebodyElseCommitsFirst:
    def overtaken(self, session: Session, line_id: int, sector: str, *, times: list[int]) -> str:
        """Change a row that another connection has changed between our reading and our writing."""
        line = session.get_one(DecisionLine, line_id)
        before = line.sector
        if times:
            times.pop()
            bump = update(DecisionLine).where(DecisionLine.id == line_id).values(lock_version=line.lock_version + 1)
            session.execute(bump, execution_options={"synchronize_session": False})
        line.sector = sector
        session.flush()
        return before

    def test_the_change_is_made_on_what_is_stored_now(self, office: Flask) -> None:
        number = drafted()
        line = stored(number).lines[0].id
        assert saved(lambda session: self.overtaken(session, line, "Tư pháp", times=[])) == "Hộ tịch"
        left = [1]
        assert saved(lambda session: self.overtaken(session, line, "Dân cư", times=left)) == "Tư pháp"
        assert left == [] and stored(number).lines[0].sector == "Dân cư"

    def test_after_a_second_time_the_person_is_asked_to_look_again(self, office: Flask) -> None:
        number = drafted()
        line = stored(number).lines[0].id
        with pytest.raises(Conflict):
            saved(lambda session: self.overtaken(session, line, "Dân cư", times=[1, 2]))
        assert stored(number).lines[0].sector == "Hộ tịch"
