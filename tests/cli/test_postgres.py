"""What commands promise holds on PostgreSQL too: the sentence before ``init``, two at once, a whole decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.app import create_app
from catalogue.cli import refusals
from catalogue.extensions import db
from tests.catalogue.cast import make_cast
from tests.catalogue.imports.portal_records import detail
from tests.cli.papers import days_ago, new_procedures, portal_file, put, row
from tests.cli.terminal import Terminal

pytestmark = pytest.mark.postgres


def test_an_office_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home", DATABASE_URL=postgres_url)
    assert terminal.run("list", code=1).err == f"{refusals.NOT_READY}\n"
    terminal.run("init")
    add_people(terminal, postgres_url)
    names = {number: f"Thủ tục số {number}" for number in range(1, 81)}
    halves = [[detail(f"1.{n:06}", name=names[n]) for n in part] for part in (range(1, 51), range(31, 81))]
    files = [portal_file(tmp_path, half, f"{place}.jsonl") for place, half in enumerate(halves)]
    said = [terminal.finished(process) for process in [terminal.start("import", "portal", f, "--json") for f in files]]
    assert sum(each.json["procedures"] for each in said) == 80
    word = put(tmp_path, "qd.docx", new_procedures(row(1, "1.014391", "Đăng ký khai sinh lưu động")))
    processes = [terminal.start("import", "decision", word, "--as", "an") for _ in range(2)]
    codes = sorted(process.wait(timeout=60) for process in processes)
    assert codes == [0, 1], [terminal.finished(process, process.returncode).err for process in processes]
    for process in processes:
        terminal.finished(process, process.returncode)
    for step, person in (("submit", "an"), ("review", "binh"), ("approve", "chi"), ("issue", "an")):
        terminal.run("decision", step, "1250/QĐ-UBND", "--as", person)
    assert len(terminal.run("list", "--json").json["rows"]) == 81
    early = terminal.run("search", "khai sinh luu dong", "--on", days_ago(11), "--json").json
    assert "1.014391" not in {hit["code"] for hit in early}
    assert terminal.run("search", "khai sinh luu dong", "--json").json[0]["code"] == "1.014391"
    assert terminal.run("replay", "--check", "--json").json == {"differences": []}
    assert "Không có quyết định" in terminal.run("decision", "show", "9" * 18, code=1).err


def add_people(terminal: Terminal, url: str) -> None:
    app = create_app({"CATALOGUE_HOME": terminal.home, "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        make_cast(db.session())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
