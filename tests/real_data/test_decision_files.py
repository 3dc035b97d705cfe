"""All real Word decisions: each is read, no annex row is lost, and kinds are those a person found in the paper.

The expectations were written down from the papers, not from what the reader gave.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from catalogue.imports.decision_document import read_decision
from catalogue.imports.decision_values import ParsedDecision, RowRole
from decisions.kinds import DecisionKind, EffectType, Level, Register
from decisions.text import fold

pytestmark = pytest.mark.real_data

# Number -> lines by kind. Decisions whose file ends before the annex have none.
KINDS: dict[str, dict[str, int]] = {
    "1766/QĐ-UBND": {"amended": 50, "abolished": 21},
    "378/QĐ-UBND": {"introduced": 1, "amended": 9},
    "1351/QĐ-UBND": {},
    "3218/QĐ-UBND": {"introduced": 2},
    "2637/QĐ-UBND": {"amended": 12, "abolished": 1},
    "1486/QĐ-UBND": {"amended": 1, "abolished": 3},
    "2685/QĐ-UBND": {},
    "2740/QĐ-UBND": {"introduced": 2},
    "1489/QĐ-UBND": {"amended": 3},
    "1490/QĐ-UBND": {},
    "1498/QĐ-UBND": {"workflow": 68},
    "1805/QĐ-UBND": {"introduced": 16, "abolished": 6},
    "1948/QĐ-UBND": {"non_territorial": 9},
    "1949/QĐ-UBND": {"standardised": 25},
    "1951/QĐ-UBND": {"abolished": 2},
    "2702/QĐ-UBND": {"unknown": 1},
    "2703/QĐ-UBND": {"unknown": 12},
    "2708/QĐ-UBND": {"amended": 2},
    "2929/QĐ-UBND": {"introduced": 6},
    "3361/QĐ-BCT": {"amended": 1},
    "01779/QĐ-UBND": {"published_late": 1},
    "1936/QĐ-UBND": {"amended": 3, "abolished": 3},
    "2487/QĐ-UBND": {"introduced": 14, "abolished": 6, "workflow": 14},
    "2715/QĐ-UBND": {"introduced": 9, "abolished": 8},
    "2817/QĐ-UBND": {"introduced": 14, "abolished": 4},
    "2833/QĐ-UBND": {},
    "2873/QĐ-UBND": {"amended": 12, "abolished": 1},
    "3303/QĐ-BTP": {"amended": 5},
    "3574/QĐ-BYT": {"moved_sector": 2},
    "3771/QĐ-UBND": {"non_territorial": 83},
    "1505/QĐ-UBND": {"amended": 1},
    "1594/QĐ-TTPVHCC": {"workflow": 2},
    "1622/QĐ-UBND": {"amended": 1, "abolished": 3},
    "2020/QĐ-UBND": {"amended": 3},
    "2682/QĐ-UBND": {"introduced": 1},
    "2813/QĐ-UBND": {"simplified": 1},
    "2815/QĐ-UBND": {"amended": 3},
    "2816/QĐ-UBND": {"simplified": 5},
    "2842/QĐ-UBND": {"simplified": 43},
    "2843/QĐ-UBND": {"simplified": 53},
    "2932/QĐ-UBND": {"introduced": 3, "amended": 3},
    "2934/QĐ-UBND": {"introduced": 2},
    "3782/QĐ-UBND": {"non_territorial": 2},
    "01814/QĐ-UBND": {},
    "1628/QĐ-UBND": {"unknown": 9},
    "1630/QĐ-UBND": {"unknown": 2},
    "2512/QĐ-UBND": {"published_late": 1},
    "2568/QĐ-UBND": {"delegated": 15},
    "2848/QĐ-UBND": {"amended": 3},
    "2904/QĐ-UBND": {"introduced": 2},
    "2969/QĐ-UBND": {"introduced": 2},
    "3565/QĐ-UBND": {"amended": 3, "resumed": 3},
    "3566/QĐ-UBND": {"introduced": 2},
    "4422/QĐ-BVHTTDL": {"unknown": 1},
    "1513/QĐ-UBND": {"amended": 6},
    "1520/QĐ-UBND": {"non_territorial": 13},
    "1521/QĐ-UBND": {"standardised": 67, "abolished": 24},
    "02125/QĐ-UBND": {"amended": 3},
    "1994/QĐ-UBND": {},
    "2608/QĐ-UBND": {"non_territorial": 27, "abolished": 23},
    "2609/QĐ-UBND": {"abolished": 4},
    "2914/QĐ-UBND": {"non_territorial": 50},
    "2916/QĐ-UBND": {"unknown": 1},
    "1378/QĐ-BNV": {"introduced": 4},
    "1610/QĐ-TTPVHCC": {"workflow": 26},
    "2666/QĐ-UBND": {"amended": 1, "abolished": 3},
    "3850/QĐ-UBND": {"unknown": 3},
    "3854/QĐ-UBND": {"amended": 2},
    "3857/QĐ-UBND": {},
    "5042/QĐ-BNNMT": {"amended": 16, "abolished": 2},
    "2827/QĐ-UBND": {"introduced": 2},
    "2828/QĐ-UBND": {"abolished": 4},
    "1973/QĐ-UBND": {"moved_sector": 2},
    "2031/QĐ-UBND": {"introduced": 2, "amended": 8},
    "4508/QĐ-BVHTTDL": {"amended": 62},
    "3004/QĐ-UBND": {"amended": 4},
    "02200/QĐ-UBND": {"moved_sector": 2},
    "4001/QĐ-BKHCN": {"introduced": 4, "abolished": 14},
    "": {},
}

# Number -> lines by level, where group rows, headings or a column of the paper say it.
LEVELS: dict[str, dict[str, int]] = {
    "1766/QĐ-UBND": {"shared": 15, "district": 7, "commune": 5, "province": 44},
    "378/QĐ-UBND": {"province": 10},
    "3218/QĐ-UBND": {"district": 2},
    "2637/QĐ-UBND": {"shared": 5, "commune": 8},
    "1498/QĐ-UBND": {"province": 64, "commune": 4},
    "1805/QĐ-UBND": {"province": 22},
    "1948/QĐ-UBND": {"province": 7, "commune": 2},
    "1949/QĐ-UBND": {"province": 24, "commune": 1},
    "1951/QĐ-UBND": {"province": 1, "commune": 1},
    "2703/QĐ-UBND": {"province": 5, "commune": 7},
    "3361/QĐ-BCT": {"shared": 1},
    "3303/QĐ-BTP": {"central": 5},
    "3771/QĐ-UBND": {"province": 50, "commune": 33},
    "1505/QĐ-UBND": {"province": 1},
    "2682/QĐ-UBND": {"commune": 1},
    "2813/QĐ-UBND": {"commune": 1},
    "2815/QĐ-UBND": {"province": 3},
    "2816/QĐ-UBND": {"shared": 1, "commune": 4},
    "3782/QĐ-UBND": {"province": 2},
    "3565/QĐ-UBND": {"province": 6},
    "4422/QĐ-BVHTTDL": {"commune": 1},
    "1520/QĐ-UBND": {"shared": 4, "commune": 4, "province": 5},
    "2608/QĐ-UBND": {"province": 48, "commune": 2},
    "2914/QĐ-UBND": {"province": 48, "commune": 2},
    "1378/QĐ-BNV": {"central": 1, "commune": 3},
    "1610/QĐ-TTPVHCC": {"province": 20, "commune": 6},
    "3854/QĐ-UBND": {"province": 2},
    "5042/QĐ-BNNMT": {"central": 10, "province": 6, "commune": 1, "district": 1},
    "1973/QĐ-UBND": {"province": 2},
    "2031/QĐ-UBND": {"province": 10},
    "4508/QĐ-BVHTTDL": {"central": 17, "province": 44, "commune": 1},
    "4001/QĐ-BKHCN": {"central": 13, "province": 5},
}

INTERNAL = {"2740/QĐ-UBND", "2702/QĐ-UBND", "2703/QĐ-UBND", "2708/QĐ-UBND", "01814/QĐ-UBND", "1630/QĐ-UBND",
            "2609/QĐ-UBND", "1378/QĐ-BNV", "5042/QĐ-BNNMT", "2828/QĐ-UBND"}  # fmt: skip

# Effect of the decision as a whole where it is not the day of signing: type, day, last day, other text.
EFFECTS: dict[str, tuple[str, str, str, str]] = {
    "1486/QĐ-UBND": ("with_text", "", "", "3740/QĐ-BTC"),
    "1489/QĐ-UBND": ("with_text", "", "", "3659/QĐ-BKHCN"),
    "1505/QĐ-UBND": ("with_text", "", "", "4831/QĐ-BNNMT"),
    "2817/QĐ-UBND": ("with_text", "", "", "268/2025/NĐ-CP"),
    "2848/QĐ-UBND": ("with_text", "", "", "262/2025/NĐ-CP"),
    "4001/QĐ-BKHCN": ("with_text", "", "", "36/2025/TT-BKHCN"),
    "3361/QĐ-BCT": ("fixed", "2026-05-01", "", ""),
    "3303/QĐ-BTP": ("fixed", "2025-07-01", "2026-12-31", ""),
    "1513/QĐ-UBND": ("fixed", "2025-11-20", "", ""),
    "2568/QĐ-UBND": ("on_signing", "2025-11-21", "2027-02-28", ""),
}
WITHOUT_WHOLE_EFFECT = {"2740/QĐ-UBND", "378/QĐ-UBND", "2608/QĐ-UBND"}

_CODE = re.compile(r"(?<![\d.])[1-9]\.\d{6}(?!\d)")
_LEGAL = re.compile(r"\W*(?:luat|bo luat|nghi dinh|thong tu|nghi quyet|quyet dinh|khoan|diem|dieu|can cu)\b")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def _index(folder: Path) -> tuple[tuple[str, str, str], ...]:
    entries = json.loads((folder / "decisions" / "index.json").read_text(encoding="utf-8"))
    return tuple((entry["file"], entry["number"], entry["date"]) for entry in entries)


@cache
def _read(folder: Path) -> dict[str, ParsedDecision]:
    return {
        number: read_decision((folder / "decisions" / file).read_bytes(), file) for file, number, _ in _index(folder)
    }


@cache
def _printed_rows(path: Path) -> dict[tuple[int, int], list[str]]:
    """Cell texts by (table, row), read without the code under test."""
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml")).find(f"{_W}body")
    rows = {}
    for number, table in enumerate((node for node in body if node.tag == f"{_W}tbl"), start=1):
        for index, row in enumerate(table.findall(f"{_W}tr"), start=1):
            cells = row.findall(f"{_W}tc")
            rows[number, index] = ["".join(t.text or "" for t in cell.iter(f"{_W}t")) for cell in cells]
    return rows


def _codes(cells: list[str]) -> set[str]:
    return {code for cell in cells if not _LEGAL.match(fold(cell[:60])) for code in _CODE.findall(cell)}


def test_the_expectations_cover_every_file(real_data: Path) -> None:
    assert {number for _, number, _ in _index(real_data)} == set(KINDS)


def test_number_and_date_of_every_file_are_those_of_the_paper(real_data: Path) -> None:
    wrong = {
        number: (decision.head.number.text, decision.head.signed_on)
        for (_, number, day), decision in zip(_index(real_data), _read(real_data).values(), strict=True)
        if number and (decision.head.number.text != number or str(decision.head.signed_on) != day)
    }
    assert wrong == {}


def test_heads_are_complete(real_data: Path) -> None:
    for number, decision in _read(real_data).items():
        assert decision.head.issuer and decision.head.subject, number
        assert not re.search(r"\bCHỦ TỊCH ỦY BAN NHÂN DÂN [\w ]+$", decision.head.subject), number
        assert len(decision.articles) >= 2, number
        assert number in ("378/QĐ-UBND", "") or decision.effects or decision.kind is DecisionKind.LISTING, number
        assert decision.bases and decision.proposal, number


def test_every_row_of_every_table_has_an_account(real_data: Path) -> None:
    for file, number, _ in _index(real_data):
        printed = _printed_rows(real_data / "decisions" / file)
        accounted = {(account.table, account.row) for account in _read(real_data)[number].rows}
        assert accounted == set(printed), number


def test_each_code_is_on_exactly_the_lines_whose_rows_print_it(real_data: Path) -> None:
    wrong = []
    for file, number, _ in _index(real_data):
        decision = _read(real_data)[number]
        on_lines: dict[tuple[int, int], set[str]] = {}
        for line in decision.lines:
            for row in line.position.rows:
                on_lines.setdefault((line.position.table, row), set()).update(line.codes)
        known = {code for line in decision.lines for code in line.codes}
        roles = {(a.table, a.row): a.role for a in decision.rows if a.role in (RowRole.LINE, RowRole.CONTINUATION)}
        for place, cells in _printed_rows(real_data / "decisions" / file).items():
            printed = _codes(cells)
            if place in roles and not printed <= on_lines.get(place, set()):
                wrong.append((number, place, printed))
            elif place not in roles and decision.kind is not DecisionKind.WORKFLOW and not printed <= known:
                wrong.append((number, place, printed - known))
        for place, codes in on_lines.items():
            rows = [p for line in decision.lines for p in [(line.position.table, r) for r in line.position.rows]]
            assert place in rows
            if place[0] and codes and not codes & _codes_around(decision, place, file, real_data):
                wrong.append((number, place, codes))
    assert wrong == []


def _codes_around(decision: ParsedDecision, place: tuple[int, int], file: str, folder: Path) -> set[str]:
    """What the rows of the line at a place print, blanks and missing dots allowed for."""
    rows = next(x.position.rows for x in decision.lines if x.position.table == place[0] and place[1] in x.position.rows)
    printed = _printed_rows(folder / "decisions" / file)
    text = " ".join(cell for row in rows for cell in printed[place[0], row])
    tight = re.sub(r"\D", "", text)
    found = {code for x in decision.lines for code in x.codes if code.replace(".", "") in tight}
    return _codes([text]) | found


def test_nothing_is_unexplained_but_the_flattened_draft(real_data: Path) -> None:
    left = {number: decision.unexplained for number, decision in _read(real_data).items() if decision.unexplained}
    assert set(left) == {""}


@pytest.mark.parametrize("number", KINDS)
def test_kinds_are_those_a_person_found(real_data: Path, number: str) -> None:
    decision = _read(real_data)[number]
    assert dict(Counter(line.kind.value for line in decision.lines)) == KINDS[number]


@pytest.mark.parametrize("number", LEVELS)
def test_levels_are_those_the_paper_states(real_data: Path, number: str) -> None:
    decision = _read(real_data)[number]
    assert dict(Counter(line.level.value for line in decision.lines)) == LEVELS[number]


def test_every_line_has_a_name_that_stands_in_its_rows(real_data: Path) -> None:
    for file, number, _ in _index(real_data):
        printed = _printed_rows(real_data / "decisions" / file)
        for line in _read(real_data)[number].lines:
            assert len(line.name) >= 8, (number, line.position)
            if line.position.table:
                rows = "".join(cell for row in line.position.rows for cell in printed[line.position.table, row])
                tight = re.sub(r"\W|_", "", fold(rows))
                assert re.sub(r"\W|_", "", fold(line.name))[:60] in tight, (number, line.name)


def test_internal_procedures_go_to_their_own_register(real_data: Path) -> None:
    internal = {n for n, decision in _read(real_data).items() if decision.register is Register.INTERNAL}
    assert internal == INTERNAL


def test_effect_clauses_are_read(real_data: Path) -> None:
    for number, decision in _read(real_data).items():
        clause = decision.effect
        if number in WITHOUT_WHOLE_EFFECT:
            assert clause is None, number
        elif number in EFFECTS:
            kind, on, until, other = EFFECTS[number]
            assert clause is not None
            assert (clause.type.value, str(clause.on or ""), str(clause.until or ""), clause.other_text) == (
                kind, on, until, other,
            ), number  # fmt: skip
        else:
            assert clause is not None and clause.type is EffectType.ON_SIGNING, number


def test_lines_carry_the_effect_that_names_them(real_data: Path) -> None:
    decision = _read(real_data)["2740/QĐ-UBND"]
    assert [str(line.effect.on) for line in decision.lines if line.effect] == ["2025-11-15", "2025-12-01"]


def test_acts_by_serial_numbers_are_read(real_data: Path) -> None:
    acts = _read(real_data)["2833/QĐ-UBND"].acts
    assert [(act.kind.value, act.target, act.whole) for act in acts] == [("abolished", "1347/QĐ-UBND", False)]
    assert "1, 2, 3" in acts[0].serials and "34, 35 tại Mục A và thứ tự 2 tại Mục B" in acts[0].serials
    targets = [(act.kind.value, act.target) for act in _read(real_data)["2637/QĐ-UBND"].acts]
    assert targets == [
        ("abolished", "1374/QĐ-UBND"), ("amended", "2411/QĐ-UBND"), ("abolished", "2411/QĐ-UBND"),
    ]  # fmt: skip


def test_two_articles_with_one_number_are_both_kept(real_data: Path) -> None:
    labels = [label for label, _ in _read(real_data)["2637/QĐ-UBND"].articles]
    assert labels == ["Điều 1", "Điều 2", "Điều 3", "Điều 3"]


def test_no_line_is_left_without_level_where_the_paper_groups_by_level(real_data: Path) -> None:
    for number in LEVELS:
        assert all(line.level is not Level.UNKNOWN for line in _read(real_data)[number].lines), number
