"""Posts of a unit: kept by the administrator, and a workflow that names another is asked about."""

from __future__ import annotations

from sqlalchemy import select

from catalogue.extensions import db
from catalogue.models import Agency
from tests.web.office.conftest import Officer
from tests.web.office.drafts import drafted
from tests.web.office.test_workflows import NEW, added, area, fill


def unit(name: str = "Sở Tư pháp") -> str:
    return f"/quan-tri/don-vi/{db.session.scalars(select(Agency.id).where(Agency.name == name)).one()}"


def test_the_administrator_keeps_them_and_others_read(admin: Officer, an: Officer) -> None:
    admin.send(admin.get(unit()), {"posts": "Giám đốc Sở\n\nChuyên viên thụ lý\nchuyên viên  thụ lý."})
    assert "Sở Tư pháp 2 vị trí" in admin.get("/quan-tri/don-vi?q=so tu phap").text
    assert "Giám đốc Sở" in an.get(unit()).text
    an.post(unit(), {"posts": "x"}, status=403)
    an.get("/quan-tri/don-vi/99999", status=404)


def test_a_paragraph_is_no_post_and_is_shown_again(admin: Officer) -> None:
    page = admin.send(admin.get(unit()), {"posts": "Chuyên viên " * 60}, status=422)
    assert any("nhiều hơn 300 ký tự" in words for words in page.all("error"))
    assert "Chuyên viên Chuyên viên" in page.source


def test_a_workflow_that_names_a_post_nobody_holds_is_asked_about(admin: Officer, an: Officer) -> None:
    admin.send(admin.get(unit()), {"posts": "Chuyên viên thụ lý"})
    number = drafted(lines=(NEW,))
    address = added(an, number)
    fill(an, address, "1 ngày")
    an.send(an.get(address), {"lam": "luu", "steps-0-unit": "Sở Tư Pháp", "steps-0-role": "Chánh Thanh tra"})
    assert "chưa có vị trí “Chánh Thanh tra”" in an.get(area(number)).text
    an.send(an.get(address), {"lam": "luu", "steps-0-role": "Chuyên viên thụ lý"})
    assert "chưa có vị trí" not in an.get(area(number)).text
